//! Spelling against spelling: the best path through their units.

use super::cost::{Met, answer, gap, met, worth};
use super::units::{MOST_UNITS, Unit, is_arabic};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The units of a word, or of neighbours in one row, with what every comparison asks of them. They are owned, or
/// stand in an index.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spelling<U = Box<[Unit]>> {
    pub units: U,
    /// What its spellings say on the average, in Latin and in Arabic script.
    worth: [i32; 2],
    /// One bit a unit that it holds.
    holds: u128,
    arabic: bool,
}

impl Spelling {
    pub(crate) fn new(units: Vec<Unit>) -> Self {
        Self::over(units.into())
    }

    /// Some spellings in one row.
    pub(crate) fn joined<'a>(parts: impl Iterator<Item = &'a Spelling>) -> Self {
        Self::new(parts.flat_map(|p| p.units.iter().copied()).take(MOST_UNITS).collect())
    }
}

impl<U: AsRef<[Unit]>> Spelling<U> {
    /// A spelling of units that are kept elsewhere.
    pub(crate) fn over(units: U) -> Self {
        let all = units.as_ref();
        Spelling {
            worth: [worth(all, false), worth(all, true)],
            holds: all.iter().fold(0, |held, &unit| held | 1 << (unit & 127)),
            arabic: all.first().is_some_and(|&u| is_arabic(u)),
            units,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn len(&self) -> usize {
        self.units.as_ref().len()
    }

    /// The script, by the first unit.
    pub(crate) fn arabic(&self) -> bool {
        self.arabic
    }

    /// Whether both have the same units.
    pub(crate) fn same<V: AsRef<[Unit]>>(&self, other: &Spelling<V>) -> bool {
        self.holds == other.holds && self.units.as_ref() == other.units.as_ref()
    }

    /// No path can say more: each unit with the best answer that the other holds at all.
    fn most<V>(&self, other: &Spelling<V>) -> i32 {
        let (met, script) = (met(), usize::from(other.arabic));
        let best = |&unit: &Unit| match met.get(usize::from(unit)) {
            Some(Met { answers, best }) if answers & other.holds != 0 => best.get(script).copied().unwrap_or(0),
            _ => 0,
        };
        self.units.as_ref().iter().map(best).sum()
    }
}

/// Units of a short word.
const SHORT: usize = 12;

/// A number that equal things share.
pub(super) fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Likeness from 0 (nothing in common) to 1 (the same spelling); spellings of one word are mostly above one half.
/// What cannot reach `least` is 0. The same in both orders; allocates nothing.
pub(crate) fn similarity<U: AsRef<[Unit]>, V: AsRef<[Unit]>>(a: &Spelling<U>, b: &Spelling<V>, least: f32) -> f32 {
    let worth = |worth: [i32; 2], other: bool| worth.get(usize::from(other)).copied().unwrap_or(100) as f32;
    let full = (worth(a.worth, b.arabic) * worth(b.worth, a.arabic)).sqrt();
    let cannot = |most: i32| (most as f32) < least * full;
    if a.is_empty() || b.is_empty() || cannot(a.most(b)) || cannot(b.most(a)) {
        return 0.0;
    }
    if a.same(b) {
        return 1.0;
    }
    // Most words are short; a short row is cheaper to begin.
    let raw = if b.len() <= SHORT { raw::<{ SHORT + 1 }, U, V>(a, b) } else { raw::<{ MOST_UNITS + 1 }, U, V>(a, b) };
    (raw as f32 / full).clamp(0.0, 1.0)
}

/// The log-odds of the best path through two spellings, in hundredths.
fn raw<const PLACES: usize, U: AsRef<[Unit]>, V: AsRef<[Unit]>>(a: &Spelling<U>, b: &Spelling<V>) -> i32 {
    let others = b.units.as_ref();
    let mut row = [0i32; PLACES];
    let mut gaps = [0i32; PLACES];
    let mut sum = 0;
    for ((slot, &unit), skip) in row.iter_mut().skip(1).zip(others).zip(&mut gaps) {
        *skip = gap(unit, a.arabic);
        sum += *skip;
        *slot = sum;
    }
    let mut first = 0;
    for &x in a.units.as_ref() {
        let skip_x = gap(x, b.arabic);
        let answers = answer(x);
        let mut diagonal = first;
        first += skip_x;
        let mut left = first;
        for ((slot, &y), skip_y) in row.iter_mut().skip(1).zip(others).zip(&gaps) {
            let best = (diagonal + answers(y)).max(*slot + skip_x).max(left + skip_y);
            diagonal = *slot;
            *slot = best;
            left = best;
        }
    }
    row.get(b.len()).copied().unwrap_or(0)
}

/// What one unit met in the other spelling; `None` is nothing.
pub(super) struct Step {
    pub left: Option<Unit>,
    pub right: Option<Unit>,
    /// Log-odds of the habit, in hundredths.
    pub odds: i32,
}

/// The best path, step by step: for reasons.
pub(super) fn path(a: &Spelling, b: &Spelling) -> Vec<Step> {
    let (left_gap, right_gap) = (|unit| gap(unit, b.arabic()), |unit| gap(unit, a.arabic()));
    let width = b.len() + 1;
    let mut best: Vec<i32> = vec![0; width * (a.len() + 1)];
    let at = |best: &[i32], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    // What the last step into a place was, and what came before it.
    let into = |best: &[i32], i: usize, j: usize| -> Option<(i32, Step)> {
        let x = i.checked_sub(1).and_then(|i| a.units.get(i)).copied();
        let y = j.checked_sub(1).and_then(|j| b.units.get(j)).copied();
        let both = x.zip(y).map(|(x, y)| (at(best, i - 1, j - 1), Step { left: Some(x), right: Some(y), odds: answer(x)(y) }));
        let only_x = x.map(|x| (at(best, i - 1, j), Step { left: Some(x), right: None, odds: left_gap(x) }));
        let only_y = y.map(|y| (at(best, i, j - 1), Step { left: None, right: Some(y), odds: right_gap(y) }));
        [both, only_x, only_y].into_iter().flatten().max_by_key(|(before, step)| before + step.odds)
    };
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if let Some((before, step)) = into(&best, i, j)
                && let Some(slot) = best.get_mut(i * width + j)
            {
                *slot = before + step.odds;
            }
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut out = Vec::new();
    while let Some((_, step)) = into(&best, i, j) {
        i -= usize::from(step.left.is_some());
        j -= usize::from(step.right.is_some());
        out.push(step);
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::super::units::units;
    use super::*;

    #[test]
    fn what_is_passed_over_could_not_have_reached_it() {
        let words = ["khazali", "ghazali", "haider", "smith", "mhmd", "abdurrahman", "xyz", "e", "nasrallah"];
        let arabic = ["خزعلي", "حيدر", "محمد", "عبدرحمن", "نصرالله", "ا"];
        let all: Vec<Spelling> =
            words.iter().map(|w| units(w, false)).chain(arabic.iter().map(|w| units(w, true))).map(Spelling::new).collect();
        for a in &all {
            for b in &all {
                let full = similarity(a, b, 0.0);
                let quick = similarity(a, b, 0.4);
                assert!(quick == full || full < 0.4, "{a:?} {b:?}");
            }
        }
    }
}
