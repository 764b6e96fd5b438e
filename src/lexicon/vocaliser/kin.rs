//! What the lexicon says of words near a word it lacks: the base of a nisba, the man of a woman's
//! name, a plural without its ending. What a relative has at a letter is a feature, no answer.

use super::label::{Group, Label, may_follow, splits_glide};
use crate::hub::Unit;

/// What is taken from the end of a word, and what may be put there, to find a relative.
const ENDINGS: [(&str, &str); 20] = [
    ("ي", ""),
    ("ي", "ة"),
    ("ي", "ا"),
    ("ية", ""),
    ("ية", "ي"),
    ("ة", ""),
    ("", "ة"),
    ("", "ي"),
    ("ات", ""),
    ("ات", "ة"),
    ("ان", ""),
    ("ين", ""),
    ("ون", ""),
    ("ين", "ي"),
    ("ون", "ي"),
    ("ا", ""),
    ("ه", ""),
    ("ها", ""),
    ("هم", ""),
    ("ي", "ية"),
];

/// A label that a relative has at a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The place of the letter.
    pub place: usize,
    /// The number of the kinship.
    pub kin: usize,
    pub label: Label,
    /// The last letter that the two share: its vowel is the relative's own affair.
    pub last: bool,
}

/// Hints of the relatives that `look_up` finds by their spelling.
pub fn hints(letters: &[char], mut look_up: impl FnMut(&str) -> Vec<(Vec<char>, Vec<Label>)>) -> Vec<Hint> {
    let word: String = letters.iter().collect();
    let mut out: Vec<Hint> = Vec::new();
    for (kin, (off, on)) in ENDINGS.iter().enumerate() {
        let Some(stem) = word.strip_suffix(off).filter(|s| s.chars().count() >= 2) else { continue };
        let shared = stem.chars().count();
        for (relative, labels) in look_up(&format!("{stem}{on}")) {
            for place in 0..shared {
                let (Some(own), Some(theirs), Some(label)) = (letters.get(place), relative.get(place), labels.get(place)) else { break };
                let hint = Hint { place, kin, label: *label, last: place + 1 == shared };
                if own == theirs && !out.contains(&hint) {
                    out.push(hint);
                }
            }
        }
    }
    out
}

/// The kin whose word is mostly the word itself with another ending: the base of a nisba, with
/// or without its ة, and what a ة was put to.
const TRUSTED: [usize; 3] = [0, 1, 5];

/// How much likelier a path becomes that has all labels of such a relative. 2, 4 and 8 were tried
/// and are within .003 of each other on one fold; 3 lies between and was not tried alone.
const FAVOUR: f64 = 3.0;

/// Makes paths likelier that have all labels of a trusted relative; the sum stays what it was.
pub fn prefer(paths: &mut [(Vec<Label>, f64)], hints: &[Hint]) {
    let all: f64 = paths.iter().map(|p| p.1).sum();
    for (labels, probability) in paths.iter_mut() {
        let agrees = |kin: usize| {
            let mut own = hints.iter().filter(|h| h.kin == kin && !h.last).peekable();
            own.peek().is_some()
                && (0..labels.len()).all(|place| {
                    let mut here = hints.iter().filter(|h| h.kin == kin && !h.last && h.place == place).peekable();
                    here.peek().is_none() || here.any(|h| labels.get(place) == Some(&h.label))
                })
        };
        if TRUSTED.iter().any(|kin| agrees(*kin)) {
            *probability *= FAVOUR;
        }
    }
    let now: f64 = paths.iter().map(|p| p.1).sum();
    if now > 0.0 {
        paths.iter_mut().for_each(|p| p.1 *= all / now);
    }
    paths.sort_by(|a, b| b.1.total_cmp(&a.1));
}

/// The labels whose units are those of a word with these letters; `None` where they do not fit.
pub fn labels_of(letters: &[char], units: &[Unit]) -> Option<Vec<Label>> {
    fit(letters, units, &|units| units.is_empty(), &|letter, _, label, units| {
        let mut emitted = Vec::new();
        label.emit(letter, &mut emitted);
        units.strip_prefix(emitted.as_slice()).into_iter().collect()
    })
}

/// The first labels, letter by letter, that use up what is to be explained: `step` gives what is left of it
/// after a letter with a label (and the label before), in each way that fits.
pub fn fit<R: Copy>(
    letters: &[char],
    whole: R,
    done: &impl Fn(R) -> bool,
    step: &impl Fn(char, Option<Label>, Label, R) -> Vec<R>,
) -> Option<Vec<Label>> {
    let mut path = Vec::with_capacity(letters.len());
    walk(letters, whole, &mut path, done, step).then_some(path)
}

fn walk<R: Copy>(
    letters: &[char],
    left: R,
    path: &mut Vec<Label>,
    done: &impl Fn(R) -> bool,
    step: &impl Fn(char, Option<Label>, Label, R) -> Vec<R>,
) -> bool {
    let place = path.len();
    let Some(&letter) = letters.get(place) else { return done(left) };
    let before = path.last().copied();
    for &label in Group::of(letter, place == 0, place + 1 == letters.len()).labels() {
        if !may_follow(before, label) || splits_glide(before, label, letter) {
            continue;
        }
        for rest in step(letter, before, label, left) {
            path.push(label);
            if walk(letters, rest, path, done, step) {
                return true;
            }
            path.pop();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::Word;

    #[test]
    fn a_relative_tells_its_labels() {
        let letters: Vec<char> = "دولي".chars().collect();
        let found = hints(&letters, |spelling| {
            let word = Word::parse("dawlaẗ").unwrap();
            let letters: Vec<char> = word.stem_arabic().chars().collect();
            let labels = labels_of(&letters, &word.units).unwrap();
            if spelling == "دولة" { vec![(letters, labels)] } else { Vec::new() }
        });
        let names: Vec<(usize, &str, bool)> = found.iter().map(|h| (h.place, h.label.name(), h.last)).collect();
        assert_eq!(names, [(0, "Ca", false), (1, "C", false), (2, "C", true)]);
        let path = |form: &str| labels_of(&letters, &Word::parse(form).unwrap().units).unwrap();
        let mut paths = vec![(path("dūlī"), 0.5), (path("dawlī"), 0.3)];
        prefer(&mut paths, &found);
        assert_eq!(paths.first().map(|p| p.0.clone()), Some(path("dawlī")));
        assert!((paths.iter().map(|p| p.1).sum::<f64>() - 0.8).abs() < 1e-9);
    }

    #[test]
    fn every_row_of_the_lexicon_that_is_spelled_by_rule_has_labels() {
        for form in ["muḥammad", "quwwaẗ", "zakiyyaẗ", "ādam", "īmān", "ḥayāẗ", "muṣṭafá", "ruʾūf", "mirʾāẗ"] {
            let word = Word::parse(form).unwrap();
            let letters: Vec<char> = word.stem_arabic().chars().collect();
            let labels = labels_of(&letters, &word.units).unwrap_or_else(|| panic!("{form}"));
            assert_eq!(super::super::word(&letters, &labels), Some(word));
        }
    }
}
