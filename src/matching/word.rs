//! Word against word: the best path through their units.

use super::Word;
use super::cost::{answer, gap, own, script};
use super::units::{MOST_UNITS, Unit};

/// What is left of the probability when one spelling leaves out ʿAbd, Abū, al-Dīn or Allāh.
const WITHOUT_HEAD: f32 = 0.6;
/// The same when it leaves out an article.
const WITHOUT_ARTICLE: f32 = 0.95;

/// The probability that two words are spellings of one.
///
/// A likeness becomes a probability by a curve that turns where as many pairs are one word as
/// are two; across scripts, where vowels are missing, that is lower.
pub(super) fn same(a: &Word, b: &Word) -> f32 {
    let scripts_differ = script(&a.units) != script(&b.units);
    let whole = likely(similarity(&a.units, &b.units), scripts_differ);
    let (short, long) = match (a.core.is_empty(), b.core.is_empty()) {
        (false, true) => (b, a),
        (true, false) => (a, b),
        _ => return whole,
    };
    let left = if long.core_is_whole { WITHOUT_ARTICLE } else { WITHOUT_HEAD };
    whole.max(left * likely(similarity(&short.units, &long.core), scripts_differ))
}

/// The curve of [`same`].
pub(super) fn likely(similarity: f32, scripts_differ: bool) -> f32 {
    const STEEP: f32 = 12.0;
    let turn = if scripts_differ { 0.44 } else { 0.5 };
    1.0 / (1.0 + (-STEEP * (similarity - turn)).exp())
}

/// Likeness from 0 (nothing in common) to 1 (the same spelling); spellings of one word are
/// mostly above one half. The same in both orders; allocates nothing.
pub(crate) fn similarity(a: &[Unit], b: &[Unit]) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    (raw(a, b) / (own(a) * own(b)).sqrt()).clamp(0.0, 1.0)
}

/// The log-odds of the best path through two words.
pub(super) fn raw(a: &[Unit], b: &[Unit]) -> f32 {
    let (a_script, b_script) = (script(a), script(b));
    let b = b.get(..b.len().min(MOST_UNITS)).unwrap_or(b);
    let mut row = [0f32; MOST_UNITS + 1];
    let mut sum = 0.0;
    for (slot, &unit) in row.iter_mut().skip(1).zip(b) {
        sum += gap(unit, a_script);
        *slot = sum;
    }
    for &x in a {
        let skip_x = gap(x, b_script);
        let mut diagonal = row.first().copied().unwrap_or(0.0);
        let mut left = diagonal + skip_x;
        if let Some(slot) = row.first_mut() {
            *slot = left;
        }
        for (slot, &y) in row.iter_mut().skip(1).zip(b) {
            let best = (diagonal + answer(x, y)).max(*slot + skip_x).max(left + gap(y, a_script));
            diagonal = *slot;
            *slot = best;
            left = best;
        }
    }
    row.get(b.len()).copied().unwrap_or(0.0)
}
