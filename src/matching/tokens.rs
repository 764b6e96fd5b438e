//! A raw name to the words that are compared: article, particles and compounds taken care of.

use crate::lexicon::key;
use crate::orthography::{clean, fold_arabic, is_arabic_script};
use crate::scheme::plain;

/// Words of a name considered in a comparison; what comes after is left aside.
pub(crate) const MOST_WORDS: usize = 32;

/// A word to be compared, in folded Arabic or plain Latin letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub text: String,
    pub arabic: bool,
}

const LATIN_DROPPED: [&str; 21] =
    ["al", "el", "ul", "bin", "ben", "ibn", "b", "bint", "bt", "ould", "wuld", "ebn", "l", "ash", "ad", "ar", "as", "az", "at", "an", "bn"];
const ARABIC_DROPPED: [&str; 4] = ["بن", "ابن", "بنت", "ولد"];
const LATIN_ARTICLES: [&str; 14] = ["al", "el", "ul", "ash", "ad", "ar", "as", "az", "at", "an", "es", "ed", "er", "ez"];

/// The words of a name in natural order: `Surname, Forename` is turned round.
pub(crate) fn tokens(name: &str) -> Vec<Token> {
    let name = clean(name);
    let natural = match name.split_once([',', '،']) {
        Some((last, first)) if first.chars().any(char::is_alphabetic) => format!("{first} {last}"),
        _ => name.into_owned(),
    };
    let arabic = is_arabic_script(&natural);
    let mut words: Vec<String> = Vec::new();
    for piece in natural
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '.' | ',' | '،' | '/' | '(' | ')' | '"'))
        .filter(|p| !p.is_empty())
    {
        let word = if arabic { fold_arabic(piece).chars().filter(|c| c.is_alphabetic()).collect() } else { plain(piece) };
        let word: String = word.chars().take(64).collect();
        if !word.is_empty() {
            words.push(word);
        }
        if words.len() >= MOST_WORDS * 2 {
            break;
        }
    }
    let kept = if arabic { arabic_words(&words) } else { latin_words(&words) };
    kept.into_iter().take(MOST_WORDS).map(|text| Token { text, arabic }).collect()
}

fn arabic_words(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut prefix = String::new();
    for word in words {
        if ARABIC_DROPPED.contains(&word.as_str()) && words.len() > 1 {
            continue;
        }
        let stem = word.strip_prefix("ال").filter(|s| s.chars().count() >= 2 && word != "الله").unwrap_or(word);
        join(&mut out, &mut prefix, stem, word == "الله" || stem == "دين", stem == "عبد" || stem == "ابو" || stem == "ابي");
    }
    if !prefix.is_empty() {
        out.push(prefix);
    }
    out.into_iter().map(|w| w.replace("عبدال", "عبد").replace("ابوال", "ابو")).collect()
}

fn latin_words(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut prefix = String::new();
    let has_other = words.iter().any(|w| !LATIN_DROPPED.contains(&w.as_str()));
    for word in words {
        if has_other && LATIN_DROPPED.contains(&word.as_str()) {
            continue;
        }
        let mut stem = word.as_str();
        // A glued article before a sun letter shows by the doubling: essebsi, ettaher.
        if let Some(rest) = LATIN_ARTICLES.iter().find_map(|a| stem.strip_prefix(a)).filter(|r| r.len() > 5)
            && stem.starts_with(['e'])
            && stem.chars().nth(1) == rest.chars().next()
        {
            stem = rest;
        }
        let abd = matches!(stem, "abd" | "abdul" | "abdel" | "abdal" | "abdu" | "abdol");
        let abu = matches!(stem, "abu" | "abou" | "abi" | "abo" | "aboo" | "abdou");
        let tail = matches!(stem, "din" | "deen" | "dine" | "eddine" | "eddin" | "uddin" | "allah" | "ullah" | "aldin" | "eldin" | "addin");
        let text = if abd {
            "abd"
        } else if abu {
            "abu"
        } else {
            stem
        };
        let text = match text {
            "eddine" | "eddin" | "uddin" | "dine" | "deen" | "aldin" | "eldin" | "addin" => "din",
            "ullah" => "allah",
            other => other,
        };
        join(&mut out, &mut prefix, text, tail, abd || abu);
    }
    if !prefix.is_empty() {
        out.push(prefix);
    }
    out.into_iter().map(solid).collect()
}

/// Abdurrahman, Abdelrahman and Abd al-Rahman get one shape.
fn solid(word: String) -> String {
    let Some(rest) = word.strip_prefix("abd").filter(|r| r.len() > 4) else { return word };
    let rest =
        rest.strip_prefix(['u', 'e', 'a', 'o']).filter(|r| r.starts_with('l') || r.chars().next() == r.chars().nth(1)).unwrap_or(rest);
    let rest = rest.strip_prefix('l').filter(|r| !r.starts_with(['l', 'a', 'i', 'u', 'e', 'o'])).unwrap_or(rest);
    format!("abd{rest}")
}

/// Adds a word, glued to what governs it or to the word it closes.
fn join(out: &mut Vec<String>, prefix: &mut String, stem: &str, closes: bool, governs: bool) {
    if governs {
        prefix.push_str(stem);
    } else if !prefix.is_empty() {
        out.push(format!("{prefix}{stem}"));
        prefix.clear();
    } else if closes && let Some(last) = out.last_mut() {
        last.push_str(stem);
    } else {
        out.push(stem.to_string());
    }
}

/// The words of a name as plain Latin, for blocking keys.
pub(crate) fn plain_words(name: &str) -> Vec<String> {
    tokens(name).into_iter().map(|t| if t.arabic { super::units::latin_of(&t.text) } else { t.text }).collect()
}

/// The consonant key that rarity is counted under.
pub(crate) fn rarity_key(token: &Token) -> String {
    let word = if token.arabic { super::units::latin_of(&token.text) } else { token.text.clone() };
    key::latin(&word).into_iter().next().unwrap_or_default()
}
