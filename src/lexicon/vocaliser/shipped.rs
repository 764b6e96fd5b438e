//! The weights that the build has laid out in bytes.

use super::label::{LABELS, Label};
use super::lattice::{EDGE, PAIR_SETTINGS, Steps, TRIPLE_SETTINGS, Weights, pair, triple};
use super::layout;
use crate::tables;
use std::sync::OnceLock;

pub(super) struct Shipped {
    bytes: &'static [u8],
    step: f32,
    temperature: f32,
    steps: Steps,
}

impl Shipped {
    pub(super) fn get() -> &'static Shipped {
        static SHIPPED: OnceLock<Shipped> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let bytes = tables::vocaliser();
            let (step, temperature) = layout::head(bytes);
            let mut steps = Steps::empty();
            each_step(|name, table, place| {
                let name: Vec<char> = name.chars().collect();
                let table = if table == 3 { &mut steps.triples } else { &mut steps.pairs };
                layout::each(bytes, layout::hash(&name), |label, weight| {
                    if let Some(slot) = table.get_mut(place + usize::from(label)) {
                        *slot = f32::from(weight) * step;
                    }
                });
            });
            Shipped { bytes, step, temperature, steps }
        })
    }
}

impl Weights for Shipped {
    fn add(&self, feature: &[char], labels: &[Label], scores: &mut [f32]) {
        layout::each(self.bytes, layout::hash(feature), |number, weight| {
            if let Some(slot) = labels.iter().position(|l| l.0 == number).and_then(|p| scores.get_mut(p)) {
                *slot += f32::from(weight) * self.step;
            }
        });
    }

    fn steps(&self) -> &Steps {
        &self.steps
    }

    fn temperature(&self) -> f32 {
        self.temperature
    }
}

/// Every step by its name in the table: which table of [`Steps`] has it, and where its labels begin.
pub fn each_step(mut tell: impl FnMut(&str, u8, usize)) {
    let name = |number: usize| match u8::try_from(number) {
        Ok(number) if number as usize != EDGE => Label(number).name(),
        _ => "^",
    };
    for between in 0..=LABELS {
        for setting in 0..PAIR_SETTINGS {
            tell(&format!("2|{setting}|{}", name(between)), 2, pair(setting, between, 0));
        }
        for before in 0..=LABELS {
            for setting in 0..TRIPLE_SETTINGS {
                tell(&format!("3|{setting}|{}|{}", name(before), name(between)), 3, triple(setting, before, between, 0));
            }
        }
    }
}
