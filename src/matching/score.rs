//! Evidence to a probability, by learned weights.

use super::evidence::Evidence;
use super::measures::MEASURES;
use super::tokens::{Token, rarity_key};
use crate::lexicon::Known;
use crate::tables;

/// What a word weighs that neither the count of names nor the lexicon knows.
const UNKNOWN: f32 = 5.0;

/// What a title weighs, and an initial.
const TITLE: f32 = 0.8;

/// How much a word says: high for rare words. What was counted of its consonants (`tables/matching/rarity.tsv`) and
/// the use of the known names that it may be tell half each; where one is missing, the other alone.
pub(super) fn weight(token: &Token, rows: &[Known]) -> f32 {
    if token.title || token.text.chars().nth(1).is_none() {
        return TITLE;
    }
    let counted = tables::rarity(&rarity_key(token));
    let known = (!rows.is_empty()).then(|| rows.iter().map(|row| row.share * rareness(row)).sum::<f32>());
    match (counted, known) {
        (counted, Some(known)) => 0.5 * counted.unwrap_or(UNKNOWN) + 0.5 * known,
        (Some(counted), None) => counted,
        (None, None) => UNKNOWN,
    }
}

/// What a known name says: its frequency class on the scale of the counts, where a class is a factor of three.
pub(super) fn rareness(row: &Known) -> f32 {
    0.7 * (9.5 - row.freq)
}

/// What each measure adds to the log-odds of one person. A tree asks for one measure after another; what a
/// node has come to beyond the one before is the measure's.
pub(super) fn shares(evidence: &Evidence) -> [f32; MEASURES.len()] {
    let mut out = [0.0; MEASURES.len()];
    for tree in tables::match_trees() {
        let mut at = 1;
        let mut before = 0.0;
        let mut asked: Option<usize> = None;
        while let Some(node) = tree.get(at) {
            if let Some(share) = asked.and_then(|m| out.get_mut(m)) {
                *share += node.value - before;
            }
            let Some(value) = evidence.0.get(usize::from(node.measure)) else { break };
            before = node.value;
            asked = Some(usize::from(node.measure));
            at = 2 * at + usize::from(*value > node.threshold);
        }
    }
    out
}

/// The log-odds of one person: the constant, what the trees begin with, and the shares of the measures.
pub(super) fn log_odds(evidence: &Evidence) -> f64 {
    f64::from(start()) + shares(evidence).iter().map(|s| f64::from(*s)).sum::<f64>()
}

/// The log-odds before any measure is asked for.
pub(super) fn start() -> f32 {
    tables::match_constant() + tables::match_trees().iter().filter_map(|tree| tree.get(1)).map(|root| root.value).sum::<f32>()
}

/// The share of pairs of one person that was learned from.
pub(super) fn learned_prior() -> f64 {
    logistic(f64::from(tables::match_constant()))
}

/// Log-odds as a probability.
pub(super) fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

const _: () = assert!(MEASURES.len() < u8::MAX as usize);
