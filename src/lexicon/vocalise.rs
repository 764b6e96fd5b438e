//! The vowels of a stem the lexicon lacks, by analogy with the lexicon words of the same shape.

use super::{Reading, is_sign, key, settle, strip};
use crate::hub::{Unit, Vowel, Word, read_vocalised};
use crate::tables;

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
pub(super) fn guess(stem: &str) -> Vec<Reading> {
    let given = glyphs(stem);
    let letters = strip(stem);
    let mut readings = Vec::new();
    for (rank, shape) in key::shapes(&letters).iter().enumerate() {
        for (pattern, count) in tables::patterns(shape) {
            let marks: Vec<&str> = pattern.split('|').collect();
            if let Some(word) = apply(&given, &marks) {
                readings.push(Reading::guess(word, f64::from(*count) * 0.5f64.powi(rank as i32)));
            }
        }
    }
    if let Some(word) = by_rule(&given) {
        readings.push(Reading::guess(word, 0.5));
    }
    settle(&mut readings);
    readings
}

/// The given letters with the signs of a pattern; `None` where the two contradict each other.
fn apply(given: &[(char, String)], marks: &[&str]) -> Option<Word> {
    if given.len() != marks.len() {
        return None;
    }
    let mut text = String::new();
    for ((letter, own), pattern) in given.iter().zip(marks) {
        text.push(*letter);
        if own.chars().any(|m| m != '\u{652}' && !pattern.contains(m)) {
            return None;
        }
        text.push_str(pattern);
    }
    read_vocalised(&text).map(close)
}

/// A fatḥa after every consonant that another follows; و and ي between consonants are long.
fn by_rule(given: &[(char, String)]) -> Option<Word> {
    let mut text = String::new();
    let count = given.len();
    for (place, (letter, own)) in given.iter().enumerate() {
        text.push(*letter);
        if !own.is_empty() {
            text.push_str(own);
            continue;
        }
        let next = given.get(place + 1).map(|(l, _)| *l);
        let long_after = given.get(place + 2).is_none_or(|(l, _)| !matches!(l, 'ا' | 'ة' | 'ى'));
        let vowel = match next {
            Some('ا' | 'ى' | 'ة') => Some('\u{64E}'),
            Some('و') if long_after && place > 0 => Some('\u{64F}'),
            Some('ي') if long_after && (place > 0 || count > 2) => Some('\u{650}'),
            Some(_) if !matches!(letter, 'ا' | 'و' | 'ي' | 'ى') || place == 0 => {
                let before_last = place + 2 == count;
                let after_long = place > 0 && given.get(place - 1).is_some_and(|(l, _)| *l == 'ا');
                Some(if after_long && before_last { '\u{650}' } else { '\u{64E}' })
            }
            _ => None,
        };
        text.extend(vowel.filter(|_| *letter != 'ا' || place == 0));
    }
    read_vocalised(&text).map(close)
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
