//! Name against name: which words answer which, neighbours joined where that fits better.

use super::cost::script;
use super::units::Unit;
use super::word::{likely, same, similarity};
use super::{Prepared, Word};
use std::ops::Range;

/// Words that answer each other.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub left: Range<usize>,
    pub right: Range<usize>,
    pub similarity: f32,
}

/// Below this two words are two words.
const LEAST: f32 = 0.15;

/// Below this two neighbours are not one word.
const LEAST_JOINED: f32 = 0.68;

/// A join must beat its best part by this.
const JOIN_GAIN: f32 = 0.12;

/// Pairs words one to one, the best pairs first; the same whichever name is first.
pub(crate) fn pair(a: &Prepared, b: &Prepared) -> Vec<Pair> {
    let mut all: Vec<Pair> = Vec::with_capacity(a.words.len() * b.words.len());
    for (i, x) in a.words.iter().enumerate() {
        for (j, y) in b.words.iter().enumerate() {
            let similarity = same(x, y);
            if similarity >= LEAST {
                all.push(Pair { left: i..i + 1, right: j..j + 1, similarity });
            }
        }
    }
    joins(&a.words, &b.words, &mut all, false);
    joins(&b.words, &a.words, &mut all, true);
    let gain = |p: &Pair| {
        let width = p.left.len().max(p.right.len()) as f32;
        p.similarity + if width > 1.0 { 0.02 } else { 0.0 }
    };
    // Ties: nearer places first, then a key that does not know which name is first.
    let shift = |p: &Pair| p.left.start.abs_diff(p.right.start);
    let sum = |p: &Pair| p.left.start + p.right.start;
    let low = |p: &Pair| p.left.start.min(p.right.start);
    all.sort_by(|p, q| gain(q).total_cmp(&gain(p)).then(shift(p).cmp(&shift(q))).then(sum(p).cmp(&sum(q))).then(low(p).cmp(&low(q))));
    let mut out: Vec<Pair> = Vec::new();
    for candidate in all {
        let free = |taken: &Range<usize>, range: &Range<usize>| taken.end <= range.start || range.end <= taken.start;
        if out.iter().all(|p| free(&p.left, &candidate.left) && free(&p.right, &candidate.right)) {
            out.push(candidate);
        }
    }
    out.sort_by_key(|p| (p.left.start, p.right.start));
    out
}

/// Two neighbours of one name against one word of the other.
fn joins(two: &[Word], one: &[Word], all: &mut Vec<Pair>, turned: bool) {
    for (i, neighbours) in two.windows(2).enumerate() {
        let units: Vec<Unit> = neighbours.iter().flat_map(|w| w.units.iter().copied()).take(64).collect();
        for (j, word) in one.iter().enumerate() {
            let joined = likely(similarity(&units, &word.units), script(&units) != script(&word.units));
            let best = neighbours.iter().map(|w| same(w, word)).fold(0.0, f32::max);
            if joined > LEAST_JOINED && joined > best + JOIN_GAIN {
                let (left, right) = if turned { (j..j + 1, i..i + 2) } else { (i..i + 2, j..j + 1) };
                all.push(Pair { left, right, similarity: joined });
            }
        }
    }
}
