//! Pairs of words to evidence: what is shared, how rare it is, what is left over, what conflicts.
//!
//! Every measure is the same in both orders of the names. The weights that turn evidence into
//! a probability are learned (`tables/matching/weights.tsv`); the measures are chosen here.

use super::align::Pair;
use super::measures::MEASURES;
use super::word::similarity;
use super::{Prepared, Word};
use std::ops::Range;

/// What a comparison rests on, one number a measure of [`MEASURES`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence(pub [f32; MEASURES.len()]);

/// One name's side of the pairs.
struct Side<'a> {
    words: &'a [Word],
    ranges: Vec<Range<usize>>,
}

impl Side<'_> {
    fn weight(&self, range: &Range<usize>) -> f32 {
        self.words.get(range.clone()).unwrap_or(&[]).iter().map(|w| w.weight).sum()
    }

    fn total(&self) -> f32 {
        self.words.iter().map(|w| w.weight).sum::<f32>().max(0.1)
    }

    fn taken(&self, place: usize) -> bool {
        self.ranges.iter().any(|r| r.contains(&place))
    }

    fn left_over(&self) -> impl Iterator<Item = f32> {
        self.words.iter().enumerate().filter(|(place, _)| !self.taken(*place)).map(|(_, w)| w.weight)
    }
}

pub(super) fn evidence(a: &Prepared, b: &Prepared, pairs: &[Pair]) -> Evidence {
    let left = Side { words: &a.words, ranges: pairs.iter().map(|p| p.left.clone()).collect() };
    let right = Side { words: &b.words, ranges: pairs.iter().map(|p| p.right.clone()).collect() };
    let (mut shared, mut rarest, mut worst, mut sum) = (0.0f32, 0.0f32, 1.0f32, 0.0f32);
    let (mut in_left, mut in_right) = (0.0, 0.0);
    for pair in pairs {
        let (x, y) = (left.weight(&pair.left), right.weight(&pair.right));
        let certain = pair.similarity * pair.similarity;
        shared += x.min(y) * certain;
        rarest = rarest.max(x.min(y) * certain);
        in_left += x * pair.similarity;
        in_right += y * pair.similarity;
        worst = worst.min(pair.similarity);
        sum += pair.similarity;
    }
    let count = pairs.len() as f32;
    let (cover_left, cover_right) = (in_left / left.total(), in_right / right.total());
    let (over_left, over_right) = (left.left_over().sum::<f32>(), right.left_over().sum::<f32>());
    let (max_left, max_right) = (left.left_over().fold(0.0, f32::max), right.left_over().fold(0.0, f32::max));
    let (last_a, last_b) = (a.words.len().saturating_sub(1), b.words.len().saturating_sub(1));
    let at = |i: usize, j: usize| pairs.iter().find(|p| p.left.contains(&i) && p.right.contains(&j)).map_or(0.0, |p| p.similarity);
    let first = at(0, 0);
    let last = at(last_a, last_b);
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let inversions = pairs.windows(2).filter(|w| matches!(w, [p, q] if p.right.start > q.right.start)).count();
    // Sons and brothers: one name more in front, or another given name before the same chain.
    let given_differs = !left.taken(0) && !right.taken(0) && !pairs.is_empty();
    let leading = |one: &Side, other_first: bool| !one.taken(0) && one.taken(1) && other_first;
    let leading_extra = leading(&left, right.taken(0)) || leading(&right, left.taken(0));
    let inner = |side: &Side| (1..side.words.len().saturating_sub(1)).any(|place| !side.taken(place));
    let middle_differs = first > 0.0 && last > 0.0 && inner(&left) && inner(&right);
    Evidence([
        shared.min(20.0),
        rarest,
        cover_left.min(cover_right),
        cover_left.max(cover_right),
        if pairs.is_empty() { 0.0 } else { worst },
        if pairs.is_empty() { 0.0 } else { sum / count },
        max_left.min(max_right),
        over_left.min(over_right).min(20.0),
        over_left.max(over_right).min(20.0),
        count.min(6.0),
        first,
        last,
        flag(left.taken(0)) + flag(right.taken(0)),
        flag(left.taken(last_a)) + flag(right.taken(last_b)),
        inversions as f32,
        similarity(&a.whole, &b.whole),
        flag(a.words.len() == 1 || b.words.len() == 1),
        flag(a.arabic != b.arabic),
        flag(given_differs),
        flag(leading_extra),
        flag(middle_differs),
        (a.words.len().abs_diff(b.words.len()) as f32).min(6.0),
    ])
}
