//! Arabic script to the tokens of a name.

use super::particle::Particle;
use super::{LONGEST_WORD, Name, NameWord, Token};
use crate::error::{Error, Note};
use crate::lexicon::{self, Reading, read_arabic};
use crate::orthography::{is_arabic_letter, is_arabic_mark};

/// Reads clean Arabic text.
pub(super) fn read(text: &str) -> Name {
    let (mut tokens, mut notes) = (Vec::new(), Vec::new());
    let pieces = pieces(text);
    for (place, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Comma => tokens.push(Token::Comma),
            Piece::Other(other, _) => tokens.push(Token::Other(other.clone())),
            Piece::Word(word, column) if word.chars().count() > LONGEST_WORD => {
                notes.push(Note::error(
                    Error::new(format!("a word of more than {LONGEST_WORD} letters is left as it is")).with_column(*column),
                ));
                tokens.push(Token::Other(word.clone()));
            }
            Piece::Word(word, column) => {
                let more = matches!(pieces.get(place + 1), Some(Piece::Word(..)));
                let first = tokens.is_empty() || matches!(tokens.last(), Some(Token::Comma));
                for part in split(word) {
                    match word_of(&part, more || part != *word, first) {
                        Some(word) => tokens.push(Token::Word(word)),
                        None => {
                            let c = part.chars().find(|c| !lexicon_letter(*c)).unwrap_or(' ');
                            notes.push(Note::error(
                                Error::new(format!("`{c}` (U+{:04X}) is not a letter that names are spelled with", u32::from(c)))
                                    .with_hint("the word is left as it is; write it with letters of Arabic, Persian or Urdu")
                                    .with_column(*column),
                            ));
                            tokens.push(Token::Other(part));
                        }
                    }
                }
            }
        }
    }
    Name::new(tokens, Some(text.to_string()), notes)
}

fn lexicon_letter(c: char) -> bool {
    is_arabic_letter(c) || is_arabic_mark(c)
}

enum Piece {
    Word(String, usize),
    Comma,
    Other(String, usize),
}

/// Words, commas and the rest; a hyphen between words is a blank.
fn pieces(text: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut fresh = true;
    for (column, c) in text.chars().enumerate() {
        let arabic = lexicon_letter(c);
        match c {
            ',' | '،' => out.push(Piece::Comma),
            _ if c.is_whitespace() || (c == '-' && matches!(out.last(), Some(Piece::Word(..)))) => {
                fresh = true;
                continue;
            }
            _ => match out.last_mut() {
                Some(Piece::Word(word, _)) if arabic && !fresh => word.push(c),
                Some(Piece::Other(other, _)) if !arabic && !fresh => other.push(c),
                _ if arabic => out.push(Piece::Word(c.to_string(), column + 1)),
                _ => out.push(Piece::Other(c.to_string(), column + 1)),
            },
        }
        fresh = false;
    }
    out
}

fn bare(word: &str) -> String {
    word.chars().filter(|c| !is_arabic_mark(*c)).collect()
}

/// Cuts words that are written as one: عبدالله, ابوبكر, نورالدين, نصرالله.
fn split(word: &str) -> Vec<String> {
    let plain = bare(word);
    if plain != word || lexicon::known(&plain).is_some_and(|freq| freq > 4) {
        return vec![word.to_string()];
    }
    let long = |rest: &str| rest.chars().count() >= 2;
    if let Some(rest) = plain.strip_prefix("عبد")
        && rest.starts_with("ال")
        && rest.chars().count() > 3
    {
        return vec!["عبد".to_string(), rest.to_string()];
    }
    for prefix in ["أبو", "ابو"] {
        if let Some(rest) = plain.strip_prefix(prefix)
            && long(rest)
            && lexicon::known(&plain).is_none()
            && (rest.starts_with("ال") || lexicon::known(rest).is_some())
        {
            return vec![prefix.to_string(), rest.to_string()];
        }
    }
    for suffix in ["الدين", "الله", "الإسلام", "الاسلام", "الزمان"] {
        if let Some(rest) = plain.strip_suffix(suffix)
            && long(rest)
        {
            return vec![rest.to_string(), suffix.to_string()];
        }
    }
    vec![word.to_string()]
}

/// A word with its readings; `None` when it holds a letter that names are not spelled with.
fn word_of(word: &str, more: bool, first: bool) -> Option<NameWord> {
    let plain = bare(word);
    if let Some(particle) = Particle::of_arabic(&plain)
        && (more || !particle.governs())
        // أبي and بني at the start are as often a name or a kin word: the genitive needs a head.
        && !(first && matches!(particle, Particle::Aba))
    {
        return Some(NameWord::particle(particle));
    }
    let readings = readings(word, &plain);
    (!readings.is_empty()).then_some(NameWord { readings, particle: None })
}

fn readings(word: &str, plain: &str) -> Vec<Reading> {
    let Some(rest) = plain.strip_prefix("ال").or_else(|| plain.strip_prefix("ٱل")).filter(|r| r.chars().count() >= 2) else {
        return read_arabic(word);
    };
    // الياس and الهام begin with the letters of the article and have none.
    let whole = lexicon::known(plain).unwrap_or(0);
    let stem = lexicon::known(rest).unwrap_or(0);
    if whole > stem {
        return read_arabic(word);
    }
    let mut readings = read_arabic(&after_article(word));
    for reading in &mut readings {
        reading.word.article = true;
    }
    readings
}

/// The word without its article, nor the shadda that the article gives a sun letter.
fn after_article(word: &str) -> String {
    let mut chars = word.chars().peekable();
    chars.next();
    while chars.peek().is_some_and(|c| is_arabic_mark(*c)) {
        chars.next();
    }
    chars.next();
    while chars.peek().is_some_and(|c| is_arabic_mark(*c)) {
        chars.next();
    }
    let mut stem = String::new();
    let mut letters = 0;
    for c in chars {
        if !is_arabic_mark(c) {
            letters += 1;
        }
        if c == '\u{651}' && letters == 1 && stem.chars().next().is_some_and(crate::hub::is_sun) {
            continue;
        }
        stem.push(c);
    }
    stem
}
