//! Evidence to a probability, by learned weights.

use super::evidence::Evidence;
use super::measures::MEASURES;
use crate::lexicon::frequency;
use crate::tables;

/// What an unknown word weighs: it is rarer than any listed one.
const UNKNOWN: f32 = 5.0;

/// How much a word says, from its frequency class in the lexicon; unknown words are rare.
pub(crate) fn weight(key: &str) -> f32 {
    match frequency(key) {
        // 9 is Muḥammad, in about one name of five; a class is a factor of about three
        Some(class) => 1.0 + (9.0 - f32::from(class)) * 0.5,
        None => UNKNOWN,
    }
}

/// A logistic of what each measure contributes; a measure may bend at knots.
pub(super) fn probability(evidence: &Evidence) -> f64 {
    let sum: f32 = tables::match_weights().iter().map(|w| contribution(w.measure, w.knot, w.weight, evidence)).sum();
    1.0 / (1.0 + (-f64::from(sum)).exp())
}

/// The constant has the number one past the last measure.
fn contribution(measure: u8, knot: Option<f32>, weight: f32, evidence: &Evidence) -> f32 {
    let Some(value) = evidence.0.get(usize::from(measure)) else { return weight };
    weight * knot.map_or(*value, |k| (value - k).max(0.0))
}

const _: () = assert!(MEASURES.len() < u8::MAX as usize);
