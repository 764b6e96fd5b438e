//! What it says of two words that one writes this unit where the other writes that.
//!
//! A figure is the log-odds of the habit: how much more often the two units answer each other
//! in spellings of one word than they would by chance. Habits of spelling are positive, slips
//! of typing negative. Learned (`tables/matching/costs.tsv`).

use super::units::{UNITS, Unit, is_arabic};
use crate::tables;
use std::sync::OnceLock;

/// Two units that never answered each other.
pub const NEVER: f32 = -5.0;

/// One unit for another.
pub(super) fn answer(a: Unit) -> impl Fn(Unit) -> f32 {
    let row = tables::unit_costs().get(usize::from(a));
    move |b| row.and_then(|row| row.get(usize::from(b))).copied().unwrap_or(NEVER)
}

/// The unit left out by a word of that script.
pub(super) fn gap(unit: Unit, in_arabic: bool) -> f32 {
    let column = UNITS + usize::from(in_arabic);
    tables::unit_costs().get(usize::from(unit)).and_then(|row| row.get(column)).copied().unwrap_or(NEVER)
}

/// What spellings of one word in that script say on the average.
pub(super) fn worth(units: &[Unit], in_arabic: bool) -> f32 {
    let column = UNITS + 2 + usize::from(in_arabic);
    let worth = |unit: &Unit| tables::unit_costs().get(usize::from(*unit)).and_then(|row| row.get(column)).copied().unwrap_or(0.0);
    units.iter().map(worth).sum::<f32>().max(1.0)
}

/// What a unit may meet in another word.
#[derive(Clone, Copy, Default)]
pub(super) struct Met {
    /// One bit a unit that answers it by habit.
    pub answers: u128,
    /// The most that a unit of Latin script says to it, and of Arabic.
    pub best: [f32; 2],
}

/// What a unit may meet.
pub(super) fn met(unit: Unit) -> Met {
    static ALL: OnceLock<[Met; UNITS]> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all = [Met::default(); UNITS];
        for (a, met) in (0..).zip(&mut all) {
            for b in 0..UNITS as Unit {
                let odds = answer(a)(b);
                if odds > 0.0 {
                    met.answers |= 1 << b;
                    let [latin, arabic] = &mut met.best;
                    let best = if is_arabic(b) { arabic } else { latin };
                    *best = best.max(odds);
                }
            }
        }
        all
    });
    all.get(usize::from(unit)).copied().unwrap_or_default()
}

const _: () = assert!(UNITS <= 128, "one bit a unit");
