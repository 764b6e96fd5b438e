//! Evidence to a probability, by learned weights.

use super::evidence::Evidence;
use super::measures::MEASURES;
use super::tokens::{Token, rarity_key};
use crate::lexicon::frequency;
use crate::tables;

/// What a word weighs that neither the count of names nor the lexicon knows.
const UNKNOWN: f32 = 5.0;

/// What a title weighs, and an initial.
const TITLE: f32 = 0.8;

/// How much a word says: high for rare words. Counted names come first
/// (`tables/matching/rarity.tsv`); for others the lexicon's frequency class has to do.
pub(super) fn weight(token: &Token) -> f32 {
    if token.title || token.text.chars().nth(1).is_none() {
        return TITLE;
    }
    let key = rarity_key(token);
    if let Some(weight) = tables::rarity(&key) {
        return weight;
    }
    // A class is a factor of about three; words past the count are rare whatever their class.
    frequency(&key).map_or(UNKNOWN, |class| (UNKNOWN - 0.2 * class).max(3.5))
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
