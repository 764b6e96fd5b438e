//! Pairs of words to evidence: what is shared, how rare it is, what is left over, what conflicts.
//!
//! Every measure is the same in both orders of the names. The trees that turn evidence into
//! a probability are learned (`tables/matching/trees.tsv`); the measures are chosen here.

use super::align::Pair;
use super::measures::MEASURES;
use super::score::rareness;
use super::units::{MOST_UNITS, Unit};
use super::word::{raw, similarity};
use super::{Prepared, Word};
use std::ops::Range;

/// What a comparison rests on, one number a measure of [`MEASURES`].
#[derive(Clone, Copy, Debug, PartialEq)]
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

/// What known names say of words that answer each other: how much the ones they may share say, and the most that a
/// word says whose names are surely others.
fn known_names(a: &Prepared, b: &Prepared, pairs: &[Pair]) -> (f32, f32) {
    let (mut agree, mut contradict) = (0.0f32, 0.0f32);
    for pair in pairs {
        let (Some([x]), Some([y])) = (a.words.get(pair.left.clone()), b.words.get(pair.right.clone())) else { continue };
        if x.rows.is_empty() || y.rows.is_empty() {
            continue;
        }
        let mut same = 0.0;
        for row in x.rows.iter() {
            let Some(other) = y.rows.iter().find(|other| other.sounds == row.sounds) else { continue };
            agree += rareness(row).min(rareness(other)) * row.share.min(other.share);
            same += row.share * other.share;
        }
        contradict = contradict.max(x.weight.min(y.weight) * (1.0 - same));
    }
    (agree, contradict)
}

/// The units of some words in one row.
pub(super) fn units_of(words: &[Word], range: &Range<usize>) -> Vec<Unit> {
    words.get(range.clone()).unwrap_or(&[]).iter().flat_map(|w| w.units.iter().copied()).take(MOST_UNITS).collect()
}

pub(super) fn evidence(a: &Prepared, b: &Prepared, pairs: &[Pair]) -> Evidence {
    let left = Side { words: &a.words, ranges: pairs.iter().map(|p| p.left.clone()).collect() };
    let right = Side { words: &b.words, ranges: pairs.iter().map(|p| p.right.clone()).collect() };
    let (mut shared, mut rarest, mut worst, mut sum) = (0.0f32, 0.0f32, 1.0f32, 0.0f32);
    let (mut in_left, mut in_right) = (0.0, 0.0);
    for pair in pairs {
        let (x, y) = (left.weight(&pair.left), right.weight(&pair.right));
        let certain = pair.similarity;
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
    let mut weights: Vec<f32> = pairs.iter().map(|p| left.weight(&p.left).min(right.weight(&p.right)) * p.similarity).collect();
    weights.sort_by(|x, y| y.total_cmp(x));
    let closing = |side: &Side, last: usize| match side.words.get(last) {
        Some(word) if !pairs.is_empty() && !side.taken(last) => word.weight,
        _ => 0.0,
    };
    let last_differs = closing(&left, last_a).min(closing(&right, last_b));
    let fewer = if a.words.len() <= b.words.len() { &left } else { &right };
    let letters =
        |side: &Side, range: &Range<usize>| side.words.get(range.clone()).unwrap_or(&[]).iter().map(|w| w.units.len()).sum::<usize>();
    let units: f32 = pairs.iter().map(|p| letters(&left, &p.left).min(letters(&right, &p.right)) as f32 * p.similarity).sum();
    let answers: Vec<(Vec<Unit>, Vec<Unit>)> = pairs.iter().map(|p| (units_of(&a.words, &p.left), units_of(&b.words, &p.right))).collect();
    let row = similarity(
        &answers.iter().flat_map(|(x, _)| x.iter().copied()).collect::<Vec<_>>(),
        &answers.iter().flat_map(|(_, y)| y.iter().copied()).collect::<Vec<_>>(),
    );
    let same_places = pairs
        .iter()
        .filter(|p| p.left.start == p.right.start || last_a - p.left.start.min(last_a) == last_b - p.right.start.min(last_b))
        .count();
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let inversions = pairs.windows(2).filter(|w| matches!(w, [p, q] if p.right.start > q.right.start)).count();
    // Sons and brothers: one name more in front, or another given name before the same chain.
    let open = |side: &Side| if side.taken(0) { 0.0 } else { side.words.first().map_or(0.0, |w| w.weight) };
    let given_differs = if pairs.is_empty() { 0.0 } else { open(&left).min(open(&right)) };
    let leading = |one: &Side, other: &Side| if one.taken(1) && other.taken(0) { open(one) } else { 0.0 };
    let leading_extra = leading(&left, &right).max(leading(&right, &left));
    let inner = |side: &Side| (1..side.words.len().saturating_sub(1)).any(|place| !side.taken(place));
    let middle_differs = first > 0.0 && last > 0.0 && inner(&left) && inner(&right);
    let (rows_agree, rows_contradict) = known_names(a, b, pairs);
    let raw: f32 = answers.iter().map(|(x, y)| raw(x, y)).sum();
    let equal_words = answers.iter().filter(|(x, y)| x == y).count();
    let alike_words = pairs.iter().filter(|p| p.similarity > 0.9).count();
    let keyed = |x: &Word, y: &[Word]| y.iter().any(|y| x.skeletons.iter().any(|k| !k.is_empty() && y.skeletons.contains(k)));
    let by_key = |x: &[Word], y: &[Word]| x.iter().filter(|w| keyed(w, y)).map(|w| w.weight).sum::<f32>();
    let skeletons = (by_key(&a.words, &b.words) / left.total()).max(by_key(&b.words, &a.words) / right.total());
    let all_letters = |side: &Side| letters(side, &(0..side.words.len())).max(1) as f32;
    let (letters_left, letters_right) = (
        pairs.iter().map(|p| letters(&left, &p.left) as f32 * p.similarity).sum::<f32>() / all_letters(&left),
        pairs.iter().map(|p| letters(&right, &p.right) as f32 * p.similarity).sum::<f32>() / all_letters(&right),
    );
    let trailing_extra = (closing(&left, last_a) - closing(&right, last_b)).abs();
    let inner_weight = |side: &Side| {
        (1..side.words.len().saturating_sub(1)).filter(|p| !side.taken(*p)).filter_map(|p| side.words.get(p)).map(|w| w.weight).sum::<f32>()
    };
    let inner_extra = inner_weight(&left).max(inner_weight(&right)).min(12.0);
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
        given_differs,
        leading_extra,
        flag(middle_differs),
        (a.words.len().abs_diff(b.words.len()) as f32).min(6.0),
        a.words.len().min(b.words.len()) as f32,
        weights.get(1).copied().unwrap_or(0.0),
        last_differs,
        fewer.left_over().sum::<f32>().min(12.0),
        units.min(30.0),
        row,
        same_places as f32 / count.max(1.0),
        raw.min(60.0),
        equal_words as f32,
        alike_words as f32,
        skeletons,
        letters_left.min(letters_right),
        letters_left.max(letters_right),
        trailing_extra,
        inner_extra,
        max_left.max(max_right),
        rows_agree,
        rows_contradict,
    ])
}
