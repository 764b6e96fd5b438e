//! Evidence to a probability, by learned weights.

use super::evidence::Evidence;
use super::measures::MEASURES;
use super::tokens::{Token, rarity_key};
use crate::lexicon::Known;
use crate::tables::{self, Tree};

/// What a word weighs that neither the lexicon nor the count of names knows.
const UNKNOWN: f32 = 6.0;

/// What a title weighs, and an initial.
const TITLE: f32 = 0.8;

/// How much a word says: high for rare words. The known names that it may be tell (`tables/matching/rarity-rows.tsv`);
/// of a word of no row, what was counted of its consonants (`rarity-keys.tsv`).
pub(super) fn weight(token: &Token, rows: &[Known]) -> f32 {
    if token.title || token.text.chars().nth(1).is_none() {
        return TITLE;
    }
    if rows.is_empty() {
        return tables::rarity(&rarity_key(token)).unwrap_or(UNKNOWN);
    }
    rows.iter().map(|row| row.share * row.rarity).sum()
}

/// Questions from the root of a tree to its last nodes.
const DEPTH: usize = 3;

/// Whether the evidence is above what a node asks; never below a leaf.
fn answers(tree: &Tree, at: usize, evidence: &Evidence) -> Option<bool> {
    let value = evidence.0.get(usize::from(*tree.measures.get(at)?))?;
    Some(value > tree.thresholds.get(at)?)
}

/// The log-odds of one person.
pub(super) fn log_odds(evidence: &Evidence) -> f64 {
    let leaf = |tree: &Tree| {
        let last = (0..DEPTH).fold(1, |at, _| 2 * at + usize::from(answers(tree, at, evidence).unwrap_or(false)));
        tree.values.get(last).copied().unwrap_or(0.0)
    };
    f64::from(tables::match_constant()) + tables::match_trees().iter().map(|tree| f64::from(leaf(tree))).sum::<f64>()
}

/// What each measure adds to the log-odds before any measure is asked for. A tree asks for one measure after
/// another; what a node has come to beyond the one before is the measure's.
pub(super) fn shares(evidence: &Evidence) -> [f64; MEASURES.len()] {
    let mut out = [0.0; MEASURES.len()];
    let value = |tree: &Tree, at: usize| tree.values.get(at).copied().map_or(0.0, f64::from);
    for tree in tables::match_trees() {
        let mut at = 1;
        while let Some(yes) = answers(tree, at, evidence) {
            let next = 2 * at + usize::from(yes);
            if let Some(share) = tree.measures.get(at).and_then(|m| out.get_mut(usize::from(*m))) {
                *share += value(tree, next) - value(tree, at);
            }
            at = next;
        }
    }
    out
}

/// The log-odds before any measure is asked for.
pub(super) fn start() -> f64 {
    let roots = tables::match_trees().iter().filter_map(|tree| tree.values.get(1)).map(|value| f64::from(*value));
    f64::from(tables::match_constant()) + roots.sum::<f64>()
}

/// The share of pairs of one person that was learned from.
pub(super) fn learned_prior() -> f64 {
    logistic(f64::from(tables::match_constant()))
}

/// Log-odds as a probability.
pub(super) fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// A probability as log-odds.
pub(super) fn logit(probability: f64) -> f64 {
    let inside = probability.clamp(1e-12, 1.0 - 1e-12);
    (inside / (1.0 - inside)).ln()
}

const _: () = assert!(MEASURES.len() < u8::MAX as usize);
