//! Word against word: by the spelling, by what stays of a compound, and by the names that both may be.

use super::cost::answer;
use super::prepared::Word;
use super::spelling::{Spelling, similarity};
use super::units::Unit;

/// What is left of the probability when one spelling leaves out ʿAbd, Abū, al-Dīn or Allāh.
const WITHOUT_HEAD: f32 = 0.6;
/// The same when it leaves out an article.
pub(super) const WITHOUT_ARTICLE: f32 = 0.95;
/// Words of unlike spellings that are surely one known name: Mehmet and محمد.
const ONE_NAME: f32 = 0.9;
/// What is left where each is surely another known name: Hasan and Husayn.
const APART: f32 = 0.6;
/// From here on two words may be spellings of one.
pub(super) const LEAST: f32 = 0.15;

/// The probability that two words are spellings of one; 0 where it is below [`LEAST`].
pub(crate) fn same(a: &Word, b: &Word) -> f32 {
    if a.spelling.same(&b.spelling) {
        return 1.0;
    }
    if a.initial || b.initial {
        return initial(a, b).max(likely(&a.spelling, &b.spelling));
    }
    let by_spelling = spelled_alike(a, b);
    if by_spelling >= ONE_NAME {
        return by_spelling;
    }
    let one = one_name(a, b);
    let by_name = ONE_NAME * one;
    let sure = |w: &Word| w.rows.first().is_some_and(|r| r.share > 0.8);
    let by_spelling = if one < 0.05 && sure(a) && sure(b) { by_spelling * APART } else { by_spelling };
    let most = by_spelling.max(if by_name > ONE_NAME / 2.0 { by_name } else { 0.0 });
    if most < LEAST { 0.0 } else { most }
}

fn spelled_alike(a: &Word, b: &Word) -> f32 {
    let whole = likely(&a.spelling, &b.spelling);
    let (short, core) = match (&a.core, &b.core) {
        (None, Some(core)) => (a, core),
        (Some(core), None) => (b, core),
        _ => return whole,
    };
    let left = if core.article { WITHOUT_ARTICLE } else { WITHOUT_HEAD };
    whole.max(left * likely(&short.spelling, &core.spelling))
}

/// How likely it is that both are one row of the lexicon; 0 where none is known.
pub(super) fn one_name(a: &Word, b: &Word) -> f32 {
    if a.row_bits & b.row_bits == 0 {
        return 0.0;
    }
    let shared = |x: &crate::lexicon::Known| b.rows.iter().find(|y| y.sounds == x.sounds).map_or(0.0, |y| x.share * y.share);
    a.rows.iter().map(shared).sum()
}

/// A likeness becomes a probability by a curve that turns where as many pairs are one word as are two.
pub(super) fn likely<U: AsRef<[Unit]>, V: AsRef<[Unit]>>(a: &Spelling<U>, b: &Spelling<V>) -> f32 {
    /// Here the curve is at [`LEAST`].
    const LEAST_LIKE: f32 = 0.306;
    likely_from(a, b, LEAST_LIKE)
}

/// The same, 0 where the likeness is less.
pub(crate) fn likely_from<U: AsRef<[Unit]>, V: AsRef<[Unit]>>(a: &Spelling<U>, b: &Spelling<V>, least: f32) -> f32 {
    const STEEP: f32 = 10.0;
    const TURN: f32 = 0.48;
    let like = similarity(a, b, least);
    let curve = |like: f32| 1.0 / (1.0 + (-STEEP * (like - TURN)).exp());
    if like < least { 0.0 } else { curve(like) / curve(1.0) }
}

/// An initial and a word that begins so.
const INITIAL: f32 = 0.6;

fn initial(a: &Word, b: &Word) -> f32 {
    let begins = |short: &Word, long: &Word| match (&*short.spelling.units, &*long.spelling.units) {
        ([only], [first, _, ..]) => short.initial && answer(*only)(*first) > 0,
        _ => false,
    };
    if begins(a, b) || begins(b, a) { INITIAL } else { 0.0 }
}
