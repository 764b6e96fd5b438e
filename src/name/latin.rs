//! A word in Latin letters, scholarly or loose, to tokens.

use super::particle::{self, Particle};
use super::pieces::Piece;
use super::word::NameWord;
use super::{Token, memo};
use crate::error::{Error, Note};
use crate::lexicon::{self, Reading, read_latin};
use crate::orthography::{ayn_sign, hamza_sign};
use crate::scheme::{Kind, Scheme, plain};
use unicode_normalization::UnicodeNormalization;

/// How the letters of a text are to be taken.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Habit {
    scheme: Option<Scheme>,
    /// Lengths and dots are written, so that what is not written is not there.
    scholarly: bool,
    /// The caller named the scheme, so that a letter outside it is an error.
    named: bool,
}

/// How much less likely a word is that the named scheme would have written otherwise.
const OTHERWISE: f64 = 0.05;

/// Letters with marks that French and other press spellings use.
const PRESS_MARKS: &str = "éèêëàùçôöüïîâûœñ";

/// Schemes that a text may be in, the likelier first where its letters do not tell.
const LIKELY: [&str; 6] = ["dmg", "ala-lc", "ijmes", "bgn-pcgn", "un-2017", "iso-233-2"];

impl Habit {
    /// The named scheme, or the first that has every marked letter of the text.
    pub(super) fn of(text: &str, named: Option<Scheme>) -> Habit {
        if let Some(scheme) = named {
            return Habit { scheme: named, scholarly: scheme.writes_length(), named: true };
        }
        let lower: String = text.to_lowercase().nfc().collect();
        let marked: Vec<char> = lower.chars().filter(|c| is_marked(*c)).collect();
        let letters: Vec<char> = lower.chars().filter(|c| c.is_alphabetic() && !ayn_sign(*c) && !hamza_sign(*c) && is_latin(*c)).collect();
        let digraphs = ["sh", "kh", "gh", "th", "dh"].iter().any(|d| lower.contains(d));
        let fits = |scheme: &Scheme| {
            let alphabet = scheme.alphabet();
            letters.iter().all(|c| alphabet.contains(*c)) && !(digraphs && scheme.label() == "dmg")
        };
        let loose = Scheme::find("ala-lc").ok();
        if marked.is_empty() {
            return Habit { scheme: loose, scholarly: false, named: false };
        }
        let scheme = LIKELY.iter().filter_map(|label| Scheme::find(label).ok()).find(fits).or(loose);
        Habit { scheme, scholarly: true, named: false }
    }
}

/// A letter that only scholarly romanization writes.
fn is_marked(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii() && is_latin(c) && !PRESS_MARKS.contains(c) && !ayn_sign(c) && !hamza_sign(c)
}

/// A letter that some romanization could use.
fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// An article that stands by itself: `El Khazaali`.
pub(super) fn is_lone_article(word: &str) -> bool {
    particle::is_article(&word.trim_end_matches(['-', '’', '\'']).to_lowercase())
}

/// Reads a piece; `more` words follow it in this name, or an `article` stood before it. True when
/// the piece ends in the article of the next: Abdel Rahman.
pub(super) fn read(piece: &Piece, more: bool, mut article: bool, habit: Habit, tokens: &mut Vec<Token>, notes: &mut Vec<Note>) -> bool {
    if !piece.text.chars().any(is_latin) {
        let shown: String = piece.text.chars().take(24).collect();
        notes.push(Note::error(
            Error::new(format!("`{shown}` is not in Latin or Arabic letters and is left as it is"))
                .with_hint("give names in Arabic script or in a romanization")
                .with_column(piece.column),
        ));
        tokens.push(Token::other(piece.text));
        return false;
    }
    for (c, at) in strays(piece.text, habit) {
        notes.push(Note::error(stray_note(c, habit).with_column(piece.column + at)));
    }
    // A scheme whose letters are digits reads them itself.
    let digits = habit.named && habit.scheme.is_some_and(|s| s.alphabet().contains('7'));
    let text = if digits { piece.text.to_string() } else { chat_letters(piece.text) };
    let mut parts = split(&text);
    let ends_in_article = more && parts.len() > 1 && parts.last().is_some_and(|part| is_lone_article(part));
    if ends_in_article {
        parts.pop();
    }
    let count = parts.len();
    for (place, part) in parts.into_iter().enumerate() {
        let (more, article) = (more || place + 1 < count, std::mem::take(&mut article));
        memo::tokens(&part, memo::Setting::Latin { more, article, habit }, tokens, || {
            Some(vec![word_of(&part, more, habit, article).map_or_else(|| Token::other(&part), Token::word)])
        });
    }
    ends_in_article
}

/// The digits of chat spelling that stand for letters, where they stand beside letters.
fn chat_letters(word: &str) -> String {
    if !word.chars().any(|c| c.is_ascii_digit()) || !word.chars().any(is_latin) {
        return word.to_string();
    }
    word.chars()
        .map(|c| match c {
            '2' => 'ʾ',
            '3' => 'ʿ',
            '5' => 'ḫ',
            '6' => 'ṭ',
            '7' => 'ḥ',
            '9' => 'ṣ',
            other => other,
        })
        .collect()
}

/// The letters that cannot be read, with their places in the word.
fn strays(text: &str, habit: Habit) -> Vec<(char, usize)> {
    let outside: Vec<usize> = match habit.scheme {
        Some(scheme) if habit.named && scheme.kind() == Kind::Sound => scheme.strange(text).into_iter().map(|(at, _)| at - 1).collect(),
        _ => Vec::new(),
    };
    let unknown = |c: char| c.is_alphabetic() && !ayn_sign(c) && !hamza_sign(c) && plain(&c.to_string()).is_empty();
    text.chars().enumerate().filter(|(at, c)| outside.contains(at) || unknown(*c)).map(|(at, c)| (c, at)).collect()
}

/// A text whose letters are written with signs that part words elsewhere, as text of DMG: word by word,
/// by the best reading.
pub(super) fn decoded(text: &str, scheme: Scheme) -> Result<(String, Vec<Note>), Error> {
    let dmg = Scheme::find("dmg")?;
    let (mut out, mut notes, mut column) = (String::new(), Vec::new(), 1);
    for token in text.split_inclusive([' ', ',', '\t']) {
        let word = token.trim_end_matches([' ', ',', '\t']);
        match scheme.read_word(word).into_iter().next().filter(|(w, _)| !w.units.is_empty()) {
            Some((word, _)) => out.push_str(&dmg.write_word(&word)),
            None => out.push_str(word),
        }
        let has = |c: char| scheme.alphabet().contains(c) || !c.is_alphanumeric();
        for (at, c) in word.chars().enumerate().filter(|(_, c)| !has(*c)) {
            notes.push(Note::error(stray_note(c, Habit { scheme: Some(scheme), scholarly: true, named: true }).with_column(column + at)));
        }
        out.push_str(token.get(word.len()..).unwrap_or(""));
        column += token.chars().count();
    }
    Ok((out, notes))
}

fn stray_note(c: char, habit: Habit) -> Error {
    match habit.scheme {
        Some(scheme) if habit.named => Error::new(format!("`{c}` is not a letter of scheme `{}`", scheme.label()))
            .with_hint(format!("`nasab schemes --letter {c}` lists the schemes that have it")),
        _ => {
            Error::new(format!("`{c}` is a letter of no scheme")).with_hint("the letter is passed over; `nasab schemes` lists the schemes")
        }
    }
}

/// The parts of a hyphenated or solid word; an article keeps its hyphen.
fn split(word: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut held = String::new();
    for part in word.split(['-', '‐', '‑', '–']).filter(|p| !p.is_empty()) {
        let lower = part.trim_matches(['’', '\'', 'ʼ', 'ʾ']).to_lowercase();
        if held.is_empty() && (particle::is_article(&lower) || particle::is_elided_article(&lower)) {
            held = format!("{lower}-");
        } else {
            out.extend(solid(&format!("{held}{part}")));
            // Abdul-Rahman: the article that ends one part is the next one's.
            held = out.pop_if(|own| particle::is_article(own)).map_or(String::new(), |own| format!("{own}-"));
        }
    }
    if !held.is_empty() {
        out.push(held.trim_end_matches('-').to_string());
    }
    out
}

/// Cuts Abdurrahman, Abdelkader, Noureddine and Nasrallah.
fn solid(word: &str) -> Vec<String> {
    let one = || vec![word.to_string()];
    if word.contains('-') {
        return one();
    }
    let lower = word.to_lowercase();
    let bare = lower.trim_start_matches(ayn_sign);
    let long_enough = |rest: &str, least: usize| rest.chars().count() >= least;
    if let Some(rest) = bare.strip_prefix("abd").filter(|r| !r.is_empty()) {
        let tail = rest.strip_prefix(['u', 'e', 'a', 'o', 'i']).unwrap_or(rest);
        if matches!(tail, "llah" | "llāh" | "lla" | "allah" | "ullah" | "ellah") {
            return vec!["ʿabd".to_string(), "allāh".to_string()];
        }
        let mut letters = tail.chars();
        let (first, second) = (letters.next(), letters.next());
        // The l of the article, or the sun letter that took it over.
        if (first == Some('l') || first == second) && long_enough(tail, 4) {
            let stem = if first == Some('l') && second == Some('l') && tail.starts_with("lla") { tail } else { letters_after(tail) };
            return vec!["ʿabd".to_string(), format!("al-{stem}")];
        }
        if matches!(rest, "ul" | "el" | "al" | "ol" | "u" | "us" | "ur" | "ar" | "er" | "as" | "es") {
            return vec!["ʿabd".to_string(), "al".to_string()];
        }
    }
    for (suffix, second) in particle::LATIN_SECONDS {
        // Nor Eldin, with a blank in the wrong place.
        if lower == suffix {
            return vec![second.to_string()];
        }
        if let Some(head) = lower.strip_suffix(suffix).filter(|h| long_enough(h, 3)) {
            return vec![head.to_string(), second.to_string()];
        }
    }
    if lexicon::knows_latin(&plain(&lower)) {
        return one();
    }
    // A glued article before a sun letter shows by the doubling: Essebsi, Ettaher.
    if let Some(rest) = lower.strip_prefix('e') {
        let mut letters = rest.chars();
        let (first, second) = (letters.next(), letters.next());
        if first == second && first.is_some_and(|c| "tdrzsn".contains(c)) && long_enough(rest, 5) {
            return vec![format!("al-{}", letters_after(rest))];
        }
    }
    for prefix in ["abou", "abu", "ben", "bin", "ibn", "ould"] {
        if let Some(rest) = lower.strip_prefix(prefix).filter(|r| long_enough(r, 3))
            && lexicon::knows_latin(&plain(rest))
        {
            return vec![prefix.to_string(), rest.to_string()];
        }
    }
    for article in ["al", "el"] {
        if let Some(rest) = lower.strip_prefix(article).filter(|r| long_enough(r, 5))
            && lexicon::knows_latin(&plain(rest))
        {
            return vec![format!("al-{rest}")];
        }
    }
    one()
}

fn letters_after(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

/// One word with its readings.
fn word_of(part: &str, more: bool, habit: Habit, article: bool) -> Option<NameWord> {
    let trimmed = part.trim_end_matches('.');
    // An initial stays what it is; `b.` is the son.
    let typed = plain(trimmed);
    if part.ends_with('.') && typed.chars().count() == 1 && typed != "b" {
        return None;
    }
    if trimmed.to_lowercase() == "āl" && more {
        return Some(NameWord::particle(Particle::Al));
    }
    if let Some(particle) = Particle::of_latin(&typed)
        && (more || !particle.governs())
        && !article
        && particle != Particle::Al
    {
        return Some(NameWord::particle(particle));
    }
    let scheme = habit.scheme?;
    let sounded = scheme.read_sounded(trimmed);
    let glued = sounded.first().is_some_and(|(w, _)| w.article);
    let stem = match trimmed.split_once('-') {
        Some((_, stem)) if glued => stem,
        _ => trimmed,
    };
    let stems: Vec<_> = sounded.into_iter().map(|(w, p)| (w.with_article(false), p)).filter(|(w, _)| !w.units.is_empty()).collect();
    let mut readings: Vec<Reading> = read_latin(stem, &stems, habit.scholarly, habit.named && scheme.is_habit());
    // A standard that leaves marks out still says what it would have written: Lami is no lamʿī in it.
    if habit.named && !habit.scholarly && !scheme.is_habit() {
        let typed = stem.to_lowercase();
        for reading in readings.iter_mut().filter(|r| scheme.write_word(&r.word).to_lowercase() != typed) {
            reading.probability *= OTHERWISE;
        }
        lexicon::settle(&mut readings);
    }
    for reading in &mut readings {
        reading.word.article = article || glued;
    }
    (!readings.is_empty()).then(|| NameWord::new(readings))
}
