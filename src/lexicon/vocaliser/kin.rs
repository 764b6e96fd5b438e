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

/// The labels whose units are those of a word with these letters; `None` where they do not fit.
pub fn labels_of(letters: &[char], units: &[Unit]) -> Option<Vec<Label>> {
    let mut path = Vec::with_capacity(letters.len());
    walk(letters, units, &mut path).then_some(path)
}

fn walk(letters: &[char], units: &[Unit], path: &mut Vec<Label>) -> bool {
    let place = path.len();
    let Some(&letter) = letters.get(place) else { return units.is_empty() };
    let before = path.last().copied();
    for &label in Group::of(letter, place == 0, place + 1 == letters.len()).labels() {
        if !may_follow(before, label) || splits_glide(before, label, letter) {
            continue;
        }
        let mut emitted = Vec::new();
        label.emit(letter, &mut emitted);
        if let Some(rest) = units.strip_prefix(emitted.as_slice()) {
            path.push(label);
            if walk(letters, rest, path) {
                return true;
            }
            path.pop();
        }
    }
    false
}
