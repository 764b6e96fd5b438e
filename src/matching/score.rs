//! Pairs of words to a probability: what is shared, how rare it is, what is left over, what conflicts.

use super::align::Pair;
use super::{Prepared, Word};
use crate::lexicon::frequency;

/// How much a word says, from its frequency class in the lexicon; unknown words are rare.
pub(crate) fn weight(key: &str) -> f32 {
    match frequency(key) {
        // 9 is Muḥammad, in about one name of five; a class is a factor of about three
        Some(class) => 1.0 + (9.0 - f32::from(class)) * 0.55,
        None => 5.0,
    }
}

/// Features of a comparison; each is the same in both orders.
pub(crate) struct Features {
    /// Weight of the pairs, each by its similarity.
    pub shared: f32,
    /// Share of the poorer covered name that is answered.
    pub least_cover: f32,
    /// Share of the better covered name.
    pub most_cover: f32,
    /// The worst pair.
    pub worst: f32,
    /// The rarest word that is left over on both sides: a conflict.
    pub conflict: f32,
    /// Pairs.
    pub pairs: f32,
    /// The first words of both answer each other.
    pub first: f32,
    /// The last words do.
    pub last: f32,
}

pub(crate) fn features(a: &Prepared, b: &Prepared, pairs: &[Pair]) -> Features {
    let total = |words: &[Word]| words.iter().map(|w| w.weight).sum::<f32>().max(0.1);
    let weight_of =
        |words: &[Word], range: &std::ops::Range<usize>| -> f32 { words.get(range.clone()).unwrap_or(&[]).iter().map(|w| w.weight).sum() };
    let (mut shared, mut left, mut right, mut worst) = (0.0, 0.0, 0.0, 1.0f32);
    for pair in pairs {
        let (x, y) = (weight_of(&a.words, &pair.left), weight_of(&b.words, &pair.right));
        shared += x.min(y) * pair.similarity * pair.similarity;
        left += x * pair.similarity;
        right += y * pair.similarity;
        worst = worst.min(pair.similarity);
    }
    let rest = |words: &[Word], side: &dyn Fn(&Pair) -> std::ops::Range<usize>| -> f32 {
        words.iter().enumerate().filter(|(i, _)| !pairs.iter().any(|p| side(p).contains(i))).map(|(_, w)| w.weight).fold(0.0, f32::max)
    };
    let (alone_a, alone_b) = (rest(&a.words, &|p| p.left.clone()), rest(&b.words, &|p| p.right.clone()));
    let (cover_a, cover_b) = (left / total(&a.words), right / total(&b.words));
    let at = |i: usize, j: usize| pairs.iter().find(|p| p.left.contains(&i) && p.right.contains(&j)).map_or(0.0, |p| p.similarity);
    Features {
        shared,
        least_cover: cover_a.min(cover_b),
        most_cover: cover_a.max(cover_b),
        worst: if pairs.is_empty() { 0.0 } else { worst },
        conflict: alone_a.min(alone_b),
        pairs: pairs.len() as f32,
        first: at(0, 0),
        last: at(a.words.len().saturating_sub(1), b.words.len().saturating_sub(1)),
    }
}

/// A logistic of the features.
pub(crate) fn probability(a: &Prepared, b: &Prepared, pairs: &[Pair]) -> f64 {
    if a.is_empty() || b.is_empty() || pairs.is_empty() {
        return 0.0;
    }
    let f = features(a, b, pairs);
    let z = -7.6 + 0.42 * f.shared.min(14.0) + 4.2 * f.most_cover + 2.6 * f.least_cover + 1.6 * f.worst - 0.75 * f.conflict
        + 0.25 * f.pairs.min(4.0)
        + 0.8 * f.first
        + 0.5 * f.last;
    1.0 / (1.0 + (-f64::from(z)).exp())
}
