//! The vowels of a stem that the lexicon lacks: the likeliest paths through what its letters may
//! stand for, by weights learned from vocalised words (`cargo xtask learn-vowels FOLDER`).
//!
//! A linear-chain conditional random field: `label.rs` has what a letter may stand for,
//! `feature.rs` what is looked at, `lattice.rs` the search, `layout.rs` where the weights lie.
//! The chore that learns them uses the same code, so the module is public and hidden.

pub mod feature;
pub mod kin;
pub mod label;
pub mod lattice;
pub mod layout;
pub mod shipped;

use super::{MOST_READINGS, Reading, is_sign, key, word_of};
use crate::hub::{Unit, Vowel, Word, read_vocalised};
use crate::tables;
use kin::Hint;
use label::Label;
use lattice::{Lattice, Weights};
use shipped::Shipped;

/// Rows of one spelling that are asked.
const MOST_RELATIVES: usize = 3;

/// The letters of a stem, each with its signs.
fn glyphs(stem: &str) -> Vec<(char, String)> {
    let mut out: Vec<(char, String)> = Vec::new();
    for c in stem.chars() {
        match out.last_mut() {
            Some((_, marks)) if is_sign(c) => marks.push(c),
            _ => out.push((c, String::new())),
        }
    }
    out
}

/// Whether the signs that a text gives contradict a word: each given sign must be the word's.
pub(super) fn agrees(stem: &str, word: &Word) -> bool {
    let given = glyphs(stem);
    let own = word.glyphs();
    given.len() == own.len()
        && given.iter().zip(&own).all(|((_, marks), glyph)| marks.chars().all(|m| m == '\u{652}' || glyph.marks.contains(m)))
}

/// Guesses, best first, all marked as such. Signs that the text gives are kept.
pub(super) fn guess(stem: &str, article: bool) -> Vec<Reading> {
    let Some(spelled) = read_vocalised(stem) else { return Vec::new() };
    let (letters, marks): (Vec<char>, Vec<String>) = glyphs(stem).into_iter().unzip();
    let mut readings: Vec<Reading> = best(Shipped::get(), &letters, &marks, article)
        .into_iter()
        .filter_map(|(path, probability)| Some(Reading::guess(word(&letters, &path)?, probability)))
        .collect();
    // Shares are single floats and may add up to a little more than all.
    let sum: f64 = readings.iter().map(|r| r.probability).sum();
    for reading in readings.iter_mut().filter(|_| sum > 1.0) {
        reading.probability /= sum;
    }
    if readings.is_empty() {
        // Signs that no path has: what the text leaves open then has no vowel.
        readings.push(Reading::guess(close(spelled), 1.0));
    }
    readings
}

/// The likeliest labels of letters with their signs; the chore judges by the same.
pub fn best(weights: &impl Weights, letters: &[char], marks: &[String], article: bool) -> Vec<(Vec<Label>, f64)> {
    let hints = hints(letters);
    let mut found = Lattice::new(weights, letters, marks, article, hints.clone()).best(MOST_READINGS);
    kin::prefer(&mut found, &hints);
    found
}

/// What the lexicon says of a word's relatives.
pub fn hints(letters: &[char]) -> Vec<Hint> {
    kin::hints(letters, |spelling| {
        tables::by_arabic(&key::arabic(spelling))
            .take(MOST_RELATIVES)
            .filter_map(|entry| {
                let word = word_of(&entry)?;
                let letters: Vec<char> = word.stem_arabic().chars().collect();
                let labels = kin::labels_of(&letters, &word.units)?;
                Some((letters, labels))
            })
            .collect()
    })
}

/// The word that letters with these labels are, spelled with these letters.
pub fn word(letters: &[char], labels: &[Label]) -> Option<Word> {
    let mut units = Vec::with_capacity(2 * letters.len());
    for (letter, label) in letters.iter().zip(labels) {
        label.emit(*letter, &mut units);
    }
    let spelling: String = letters.iter().collect();
    (!units.is_empty()).then(|| Word::new(units).with_spelling(&spelling))
}

/// What is still open is no vowel, but for the one that a word must begin with.
pub(super) fn close(word: Word) -> Word {
    if !word.has_unknown() {
        return word;
    }
    let spelling = word.stem_arabic();
    let mut units: Vec<Unit> = Vec::with_capacity(word.units.len());
    for (place, &unit) in word.units.iter().enumerate() {
        match unit {
            Unit::Unknown if place == 0 => units.push(Unit::Short(Vowel::A)),
            Unit::Unknown => {}
            other => units.push(other),
        }
    }
    Word::new(units).with_article(word.article).with_spelling(&spelling)
}
