//! Latin script, scholarly or loose, to the tokens of a name.

use super::particle::Particle;
use super::{LONGEST_WORD, Name, NameWord, Token};
use crate::error::{Error, Note};
use crate::lexicon::{Reading, read_latin};
use crate::orthography::{ayn_sign, hamza_sign};
use crate::scheme::{Scheme, plain};

/// How the letters of a text are to be taken.
#[derive(Clone, Copy)]
struct Habit {
    scheme: Option<Scheme>,
    /// Vowel lengths and dots are written, so that what is not written is not there.
    scholarly: bool,
}

/// Reads clean Latin text.
pub(super) fn read(text: &str, scheme: Option<Scheme>) -> Name {
    let habit = habit(text, scheme);
    let (mut tokens, mut notes) = (Vec::new(), Vec::new());
    let mut article = false;
    let pieces = pieces(text);
    for (place, (piece, column)) in pieces.iter().enumerate() {
        if piece == "," {
            tokens.push(Token::Comma);
            continue;
        }
        if !piece.chars().any(readable) {
            if piece.chars().any(char::is_alphabetic) {
                notes.push(Note::error(
                    Error::new(format!("`{}` is not in Latin or Arabic letters and is left as it is", cut(piece))).with_column(*column),
                ));
            }
            tokens.push(Token::Other(piece.clone()));
            continue;
        }
        if piece.chars().count() > LONGEST_WORD {
            notes
                .push(Note::error(Error::new(format!("a word of more than {LONGEST_WORD} letters is left as it is")).with_column(*column)));
            tokens.push(Token::Other(piece.clone()));
            continue;
        }
        let more = pieces.get(place + 1).is_some_and(|(p, _)| p != ",");
        if more && !article && is_lone_article(piece) {
            article = true;
            continue;
        }
        for part in split(piece) {
            let (word, stray) = word_of(&part, more || part != *piece, habit, article);
            article = false;
            if let Some((c, at)) = stray {
                notes.push(Note::error(stray_note(c, scheme).with_column(column + at)));
            }
            match word {
                Some(word) => tokens.push(Token::Word(word)),
                None => tokens.push(Token::Other(part)),
            }
        }
    }
    Name::new(tokens, None, notes)
}

fn stray_note(c: char, scheme: Option<Scheme>) -> Error {
    match scheme {
        Some(scheme) => Error::new(format!("`{c}` is not a letter of scheme `{}`", scheme.label()))
            .with_hint(format!("`nasab schemes {}` shows its letters", scheme.label())),
        None => {
            Error::new(format!("`{c}` is a letter of no scheme")).with_hint("the letter is passed over; `nasab schemes` lists the schemes")
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(24).collect()
}

/// Letters that some romanization uses.
fn readable(c: char) -> bool {
    c.is_alphabetic() && (c.is_ascii() || ('\u{C0}'..='\u{24F}').contains(&c) || ('\u{1E00}'..='\u{1EFF}').contains(&c))
}

/// DMG shows itself by its letters; other scholarly marks are read as ALA-LC, whose letters the
/// other digraph schemes share.
fn habit(text: &str, scheme: Option<Scheme>) -> Habit {
    if scheme.is_some() {
        return Habit { scheme, scholarly: true };
    }
    let lower = text.to_lowercase();
    let has = |signs: &str| lower.chars().any(|c| signs.contains(c));
    if has("ṯǧḫḏšġ") {
        return Habit { scheme: Scheme::find("dmg").ok(), scholarly: true };
    }
    let scholarly = has("āīūḥṣḍṭẓʿʻ");
    let digraphs = ["sh", "kh", "gh", "th", "dh", "j"].iter().any(|d| lower.contains(d));
    let assimilated = lower.split([' ', '-']).any(|w| matches!(w, "as" | "ar" | "ad" | "an" | "at" | "az"));
    let label = if scholarly && assimilated && !digraphs { "dmg" } else { "ala-lc" };
    Habit { scheme: Scheme::find(label).ok(), scholarly }
}

/// Words and commas with their columns; other signs cling to their word.
fn pieces(text: &str) -> Vec<(String, usize)> {
    let mut out: Vec<(String, usize)> = Vec::new();
    let mut fresh = true;
    for (place, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            fresh = true;
        } else if matches!(c, ',' | '،' | ';') {
            out.push((",".to_string(), place + 1));
            fresh = true;
        } else if fresh {
            out.push((c.to_string(), place + 1));
            fresh = false;
        } else if let Some((word, _)) = out.last_mut() {
            word.push(c);
        }
    }
    out
}

fn is_lone_article(word: &str) -> bool {
    let lower = word.trim_end_matches(['-', '’', '\'']).to_lowercase();
    matches!(lower.as_str(), "al" | "el" | "ul" | "ash" | "ad" | "ar" | "as" | "az" | "at" | "an" | "ed" | "es" | "er" | "ez" | "l")
}

/// The parts of a hyphenated or solid word; an article keeps its hyphen.
fn split(word: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut held = String::new();
    for part in word.split(['-', '‐', '‑', '–']).filter(|p| !p.is_empty()) {
        let lower = part.to_lowercase();
        let short = lower.chars().count() <= 3;
        let is_article = held.is_empty()
            && short
            && (is_lone_article(part)
                || matches!(lower.as_str(), "aš" | "aṣ" | "aḍ" | "aṭ" | "aẓ" | "aṯ" | "aḏ" | "n" | "r" | "s" | "š" | "d" | "z" | "t"));
        if is_article {
            held = format!("{part}-");
        } else {
            out.extend(solid(&format!("{held}{part}")));
            held.clear();
        }
    }
    if !held.is_empty() {
        out.push(held.trim_end_matches('-').to_string());
    }
    out
}

/// Cuts Abdurrahman, Abdelkader, Noureddine and Nasrallah.
fn solid(word: &str) -> Vec<String> {
    let one = vec![word.to_string()];
    if word.contains('-') {
        return one;
    }
    let lower = word.to_lowercase();
    let start = ["ʿabd", "ʻabd", "‘abd", "`abd", "'abd", "abd"].iter().find_map(|p| lower.strip_prefix(p));
    if let Some(rest) = start {
        let rest = rest.strip_prefix(['u', 'e', 'a', 'o']).unwrap_or(rest);
        let mut letters = rest.chars();
        let (first, second) = (letters.next(), letters.next());
        if rest == "llah" || rest == "llāh" || rest == "allah" {
            return vec!["ʿAbd".to_string(), "Allāh".to_string()];
        }
        if first == Some('l') && rest.chars().count() > 3 {
            let rest: String = rest.chars().skip(1).collect();
            return vec!["ʿAbd".to_string(), format!("al-{rest}")];
        }
        if first.is_some() && first == second && rest.chars().count() > 4 {
            let rest: String = rest.chars().skip(1).collect();
            return vec!["ʿAbd".to_string(), format!("al-{rest}")];
        }
    }
    for suffix in
        ["eddine", "eddin", "uddine", "uddin", "addin", "addine", "eddeen", "uddeen", "oddin", "aldin", "eldin", "eldeen", "edine", "ettin"]
    {
        if let Some(rest) = lower.strip_suffix(suffix).filter(|r| r.chars().count() >= 3) {
            return vec![rest.to_string(), "al-Dīn".to_string()];
        }
    }
    for suffix in ["allah", "ullah", "allāh"] {
        if let Some(rest) = lower.strip_suffix(suffix).filter(|r| r.chars().count() >= 3) {
            return vec![rest.to_string(), "Allāh".to_string()];
        }
    }
    one
}

/// A letter that no scheme has, with its place in the word.
fn stray_letter(part: &str) -> Option<(char, usize)> {
    part.chars()
        .enumerate()
        .find(|(_, c)| c.is_alphabetic() && !ayn_sign(*c) && !hamza_sign(*c) && plain(&c.to_string()).is_empty())
        .map(|(at, c)| (c, at))
}

/// One word and the letter in it that could not be read.
fn word_of(part: &str, more: bool, habit: Habit, article: bool) -> (Option<NameWord>, Option<(char, usize)>) {
    let typed = plain(part.trim_end_matches('.'));
    if let Some(particle) = Particle::of_latin(&typed)
        && (more || !particle.governs())
        && !article
        && !(particle == Particle::Al)
    {
        return (Some(NameWord::particle(particle)), None);
    }
    if part.to_lowercase() == "āl" && more {
        return (Some(NameWord::particle(Particle::Al)), None);
    }
    let Some(scheme) = habit.scheme else { return (None, None) };
    let sounded = scheme.read_sounded(part);
    let has_article = article || sounded.words.first().is_some_and(|(w, _)| w.article);
    let stem = match part.split_once('-') {
        Some((_, stem)) if has_article => stem,
        _ => part,
    };
    let stems: Vec<_> = sounded.words.into_iter().map(|(w, p)| (w.with_article(false), p)).filter(|(w, _)| !w.units.is_empty()).collect();
    let mut readings: Vec<Reading> = read_latin(stem, &stems, habit.scholarly);
    for reading in &mut readings {
        reading.word.article = has_article;
    }
    let stray = stray_letter(part).or(if habit.scholarly { sounded.stray.filter(|(c, _)| !c.is_ascii()) } else { None });
    ((!readings.is_empty()).then_some(NameWord { readings, particle: None }), stray)
}
