//! A word in Arabic letters to tokens.

use super::particle::Particle;
use super::pieces::Piece;
use super::word::NameWord;
use super::{Token, memo};
use crate::error::{Error, Note};
use crate::hub::read_vocalised_word;
use crate::lexicon::{self, Reading, read_arabic};
use crate::orthography::is_arabic_mark;
use crate::scheme::Scheme;

/// Reads a piece; `more` words follow it in this name, or it is the `first`.
pub(super) fn read(piece: &Piece, more: bool, first: bool, tokens: &mut Vec<Token>, notes: &mut Vec<Note>) {
    let whole = || words(piece.text, more, first).into_iter().map(|(_, word)| word.map(Token::word)).collect();
    if memo::tokens(piece.text, memo::Setting::Arabic { more, first }, tokens, whole) {
        return;
    }
    for (part, word) in words(piece.text, more, first) {
        match word {
            Some(word) => tokens.push(Token::word(word)),
            None => {
                let wrong = part.chars().find(|c| !is_arabic_mark(*c) && !lexicon::is_letter(*c)).or(part.chars().next()).unwrap_or(' ');
                notes.push(Note::error(
                    Error::new(format!("`{wrong}` (U+{:04X}) is not a letter that names are spelled with", u32::from(wrong)))
                        .with_hint("the word is left as it is; write it with letters of Arabic, Persian or Urdu")
                        .with_column(piece.column),
                ));
                tokens.push(Token::other(&part));
            }
        }
    }
}

/// The words that are written as one, each with what it is read as.
fn words(text: &str, more: bool, first: bool) -> Vec<(String, Option<NameWord>)> {
    let parts = split(text);
    let last = parts.len().saturating_sub(1);
    let read = |(place, part): (usize, String)| {
        let word = word_of(&part, more || place < last, first && place == 0);
        (part, word)
    };
    parts.into_iter().enumerate().map(read).collect()
}

/// The Arabic text of a scheme of letters. Where a letter stands twice the lexicon says whether it is two:
/// LL is the article and the l of اللامي, NN is the shadda of حنا.
pub(super) fn from_letters(text: &str, scheme: Scheme) -> String {
    let doubled = scheme.letters_to_arabic(text, false);
    let apart = scheme.letters_to_arabic(text, true);
    if doubled == apart {
        return doubled;
    }
    let known = |word: &str| {
        let word = bare(word);
        if Particle::of_arabic(&word).is_some() {
            return f32::MAX;
        }
        lexicon::known(word.strip_prefix("ال").unwrap_or(&word)).unwrap_or(0.0)
    };
    let pick = |(doubled, apart): (&str, &str)| if known(apart) > known(doubled) { apart.to_string() } else { doubled.to_string() };
    doubled.split(' ').zip(apart.split(' ')).map(pick).collect::<Vec<_>>().join(" ")
}

fn bare(word: &str) -> String {
    word.chars().filter(|c| !is_arabic_mark(*c)).collect()
}

/// Cuts words that are written as one: عبدالله, ابوبكر, نورالدين, نصرالله.
fn split(word: &str) -> Vec<String> {
    let plain = bare(word);
    let long = |rest: &str| rest.chars().count() >= 2;
    let cut = |head: &str| -> Vec<String> {
        // The signs stay with their letters.
        let letters = head.chars().count();
        let mut seen = 0;
        let at = word.char_indices().find(|(_, c)| {
            seen += usize::from(!is_arabic_mark(*c));
            seen > letters
        });
        let (head, tail) = word.split_at(at.map_or(word.len(), |(at, _)| at));
        vec![head.to_string(), tail.to_string()]
    };
    if plain.strip_prefix("عبد").is_some_and(|r| r.starts_with("ال") && r.chars().count() > 3) {
        return cut("عبد");
    }
    if let Some(whole) = lexicon::known(&plain) {
        // ابوبكر is the father of Bakr far more often than the one name that others made of it.
        let father = ["أبو", "ابو"].iter().any(|p| plain.strip_prefix(p).and_then(lexicon::known).is_some_and(|freq| freq > whole));
        return if father { cut("ابو") } else { vec![word.to_string()] };
    }
    // Signs would say whether the word begins with a conjunction; without them the lexicon does.
    if let Some(rest) = lexicon::after_conjunction(&plain).filter(|_| plain == word) {
        return std::iter::once("و".to_string()).chain(split(rest)).collect();
    }
    for suffix in ["الدين", "الله", "الإسلام", "الاسلام", "الزمان"] {
        if let Some(head) = plain.strip_suffix(suffix).filter(|h| long(h)) {
            return cut(head);
        }
    }
    for prefix in ["أبو", "ابو", "أبا", "ابن", "بن", "أم", "ام"] {
        if let Some(rest) = plain.strip_prefix(prefix).filter(|r| long(r))
            && (rest.starts_with("ال") && rest.chars().count() > 4 || lexicon::known(rest).is_some_and(|freq| freq >= 4.0))
        {
            return cut(prefix);
        }
    }
    // A name without its blank before a frequent one: محمدعلي.
    for (at, _) in plain.char_indices().skip(3) {
        let (head, tail) = plain.split_at(at);
        if tail.chars().count() >= 3 && lexicon::known(head).is_some_and(|f| f >= 7.0) && lexicon::known(tail).is_some_and(|f| f >= 7.0) {
            return cut(head);
        }
    }
    vec![word.to_string()]
}

/// A word with its readings; `None` when it holds a letter that names are not spelled with.
fn word_of(word: &str, more: bool, first: bool) -> Option<NameWord> {
    let plain = bare(word);
    if let Some(particle) = Particle::of_arabic(&plain)
        && (more || !particle.governs())
        // أبا at the start of a name is the accusative of no one.
        && !(first && matches!(particle, Particle::Aba))
    {
        return Some(NameWord::particle(particle));
    }
    let readings = readings(word, &plain);
    (!readings.is_empty()).then(|| NameWord::new(readings))
}

fn readings(word: &str, plain: &str) -> Vec<Reading> {
    // Signs say it where there are any: the alif of an article has none.
    let signed = read_vocalised_word(word).is_some_and(|w| w.article);
    let vowel = word.strip_prefix(['ا', 'ٱ']).is_some_and(|rest| rest.starts_with(['\u{64E}', '\u{64F}', '\u{650}']));
    if !signed && (vowel || lexicon::after_article(plain).is_none()) {
        return read_arabic(word, false);
    }
    let mut readings = read_arabic(&after_article(word), true);
    for reading in &mut readings {
        reading.word.article = true;
    }
    readings
}

/// The word without its article, nor the shadda that the article gives a sun letter.
fn after_article(word: &str) -> String {
    let mut stem = String::new();
    let mut letters = 0;
    for c in word.chars() {
        if !is_arabic_mark(c) {
            letters += 1;
        }
        let assimilated = c == '\u{651}' && letters == 3 && stem.chars().next().is_some_and(crate::hub::is_sun);
        if letters > 2 && !assimilated {
            stem.push(c);
        }
    }
    stem
}
