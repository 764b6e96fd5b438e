//! Rows to checked values; refuses what would mislead, with place and remedy.

use crate::hub::Word;
use crate::parse::{Row, Table};
use std::collections::BTreeMap;

pub const KINDS: &[&str] = &["ism", "nisba", "laqab", "kunya", "family", "place", "title", "common"];
pub const GENDERS: &[&str] = &["", "m", "f", "mf"];
pub const ORIGINS: &[&str] = &["ar", "fa", "tr", "ku", "ber", "he", "syr", "gr", "eu", "in", "ms", "af", "am"];

pub struct Entry {
    pub form: String,
    pub kinds: Vec<String>,
    /// In tenths.
    pub freq: u8,
    pub gender: String,
    pub origin: String,
    pub word: Word,
    pub press: Vec<String>,
}

/// `U+0640` or the sign itself.
pub fn sign(text: &str) -> Option<String> {
    match text.strip_prefix("U+") {
        Some(hex) => u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).map(String::from),
        None => Some(text.to_string()),
    }
}

pub fn orthography(tables: &[Table]) -> Result<Vec<(char, String)>, Vec<String>> {
    let (mut out, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeMap::new());
    for row in tables.iter().flat_map(|t| &t.rows) {
        let to: Option<String> = row.get("to").split(' ').map(sign).collect();
        let from = sign(row.get("from"));
        match (from.as_deref().map(|f| f.chars().collect::<Vec<_>>()).as_deref(), to) {
            (Some([from]), Some(to)) => {
                if let Some(first) = seen.insert(*from, row.place.clone()) {
                    errors.push(format!("{}: U+{:04X} stands at {first} already; keep one", row.place, *from as u32));
                }
                out.push((*from, to));
            }
            _ => errors.push(format!("{}: `from` takes one sign and `to` signs with blanks between, or U+ and hex digits", row.place)),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

pub fn lexicon(tables: &[Table]) -> Result<Vec<Entry>, Vec<String>> {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
    for row in tables.iter().flat_map(|t| &t.rows) {
        match entry(row) {
            Ok(entry) => {
                if let Some(first) = seen.insert((entry.form.clone(), entry.word.stem_arabic()), row.place.clone()) {
                    errors.push(format!("{}: `{}` stands at {first} already; keep one row with both kinds", row.place, entry.form));
                }
                out.push(entry);
            }
            Err(error) => errors.push(format!("{}: {error}", row.place)),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// `4` or `4.5`, up to 9, in tenths.
fn tenths(text: &str) -> Option<u8> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| (text.len() == 1).then(|| text.parse::<u8>().ok()).flatten();
    Some(10 * digits(whole)? + digits(rest)?).filter(|tenths| *tenths <= 90)
}

fn entry(row: &Row) -> Result<Entry, String> {
    let form = row.get("form");
    let mut word = Word::parse(form)
        .filter(|w| !w.article && !w.has_unknown())
        .ok_or_else(|| format!("`{form}` holds a sign the notation does not have; see tables/lexicon/README.md"))?;
    if word.to_string() != form {
        return Err(format!("`{form}` reads as `{word}`; write it so"));
    }
    let arabic = row.get("arabic");
    if !arabic.is_empty() {
        if let Some(c) = arabic.chars().find(|c| !matches!(c, 'ء'..='غ' | 'ف'..='ي' | 'پ' | 'چ' | 'ژ' | 'گ' | 'ڤ')) {
            return Err(format!("`{c}` (U+{:04X}) is no letter of a stem; write letters without signs, article or blanks", c as u32));
        }
        word = word.with_spelling(arabic);
    }
    let kinds: Vec<String> = row.get("kind").split(',').map(|k| k.trim().to_string()).collect();
    if let Some(kind) = kinds.iter().find(|k| !KINDS.contains(&k.as_str())) {
        return Err(format!("`{kind}` is no kind; take one of {}", KINDS.join(", ")));
    }
    let freq = tenths(row.get("freq")).ok_or("freq is a number from 0 to 9 with one decimal at most")?;
    let gender = row.get("gender").to_string();
    if !GENDERS.contains(&gender.as_str()) {
        return Err(format!("`{gender}` is no gender; take m, f, mf or nothing"));
    }
    let origin = if row.get("origin").is_empty() { "ar" } else { row.get("origin") }.to_string();
    if !ORIGINS.contains(&origin.as_str()) {
        return Err(format!("`{origin}` is no origin; take one of {}", ORIGINS.join(", ")));
    }
    let press = row.get("press").split(',').map(|p| p.trim().to_lowercase()).filter(|p| !p.is_empty()).collect();
    Ok(Entry { form: form.to_string(), kinds, freq, gender, origin, word, press })
}
