//! The vocalised words to learn from and to judge by.

use super::align::align;
use crate::data::{self, Table};
use nasab::lexicon::vocaliser::kin::{Hint, labels_of};
use nasab::lexicon::vocaliser::label::Label;
use nasab::lexicon::{self, key, vocaliser};
use nasab::orthography;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Rarer words of titles are less often right and count for this much.
const RARE_WEIGHT: f64 = 1.0;
/// From this frequency on a word of titles is judged, and counts in full.
const COMMON: f64 = 3.0;
/// What a word of names counts for: names are what is to be read.
const NAME_WEIGHT: f64 = 2.0;
const LEXICON_WEIGHT: f64 = 1.0;

/// A word to learn from.
pub struct Lesson {
    pub letters: Vec<char>,
    pub article: bool,
    pub labels: Vec<Label>,
    pub weight: f64,
    pub hints: Vec<Hint>,
    pub key: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    Titles,
    Names,
}

/// A word to judge by; without labels where its letters and its spelling do not fit.
pub struct Question {
    pub letters: Vec<char>,
    pub article: bool,
    pub labels: Option<Vec<Label>>,
    pub share: f64,
    pub set: Set,
    /// The lexicon has no row of its skeleton.
    pub lacking: bool,
    pub key: String,
}

pub struct Words {
    pub lessons: Vec<Lesson>,
    pub questions: Vec<Question>,
}

/// Votes for the readings of the words of one source.
type Votes = BTreeMap<String, BTreeMap<(bool, Vec<Label>), f64>>;

pub fn read(folder: &Path) -> Result<Words, String> {
    let known: BTreeSet<String> = lexicon::rows().map(|row| key::arabic(&row.word.stem_arabic())).collect();
    let mut questions = Vec::new();
    let (mut common, mut rare) = (Votes::new(), Votes::new());
    let titles = Table::read(&folder.join("loc_words.tsv"))?;
    let (source, target) = (titles.column("source")?, titles.column("target")?);
    let (freq, irregular) = (titles.column("freq")?, titles.column("irregularity")?);
    for row in titles.rows() {
        let count: f64 = data::cell(&row, freq).parse().unwrap_or(0.0);
        if !data::cell(&row, irregular).parse::<f64>().is_ok_and(|i| i <= 0.5) {
            continue;
        }
        let cut = stem(&letters(data::cell(&row, source)), &roman(data::cell(&row, target)));
        let aligned = cut.as_ref().and_then(|(stem, article, text)| Some((stem, *article, found(stem, text)?)));
        if count >= COMMON {
            let plain = cut.as_ref().map_or_else(|| letters(data::cell(&row, source)), |c| c.0.clone());
            let key = key::arabic(&plain);
            // A single letter is no word.
            if plain.chars().count() < 2 {
                continue;
            }
            questions.push(Question {
                letters: plain.chars().collect(),
                article: cut.as_ref().is_some_and(|c| c.1),
                labels: aligned.as_ref().map(|a| a.2.clone()),
                share: 1.0,
                set: Set::Titles,
                lacking: !known.contains(&key),
                key,
            });
        }
        if let Some((stem, article, labels)) = aligned {
            let votes = if count >= COMMON { &mut common } else { &mut rare };
            *votes.entry(stem.clone()).or_default().entry((article, labels)).or_default() += count.max(1.0);
        }
    }
    // A word that is common too needs no rare witness.
    rare.retain(|stem, _| !common.contains_key(stem));
    let names = headings(folder)?;
    for (stem, readings) in &names {
        let key = key::arabic(stem);
        let total: f64 = readings.values().sum();
        for ((article, labels), votes) in readings {
            questions.push(Question {
                letters: stem.chars().collect(),
                article: *article,
                labels: Some(labels.clone()),
                share: votes / total,
                set: Set::Names,
                lacking: !known.contains(&key),
                key: key.clone(),
            });
        }
    }
    let mut rows = Votes::new();
    for lexicon::Row { word, freq, nisba, .. } in lexicon::rows() {
        let stem = word.stem_arabic();
        let letters: Vec<char> = stem.chars().collect();
        let Some(labels) = labels_of(&letters, &word.units) else { continue };
        let weight = 3f64.powf(f64::from(freq) / 2.0);
        let votes = rows.entry(stem).or_default();
        // A nisba stands with the article as often as without.
        *votes.entry((false, labels.clone())).or_default() += if nisba { weight / 2.0 } else { weight };
        if nisba {
            *votes.entry((true, labels)).or_default() += weight / 2.0;
        }
    }
    let mut lessons = Vec::new();
    for (votes, weight) in [(common, 1.0), (rare, RARE_WEIGHT), (names, NAME_WEIGHT), (rows, LEXICON_WEIGHT)] {
        for (stem, readings) in votes {
            let total: f64 = readings.values().sum();
            let letters: Vec<char> = stem.chars().collect();
            let hints = vocaliser::hints(&letters);
            for ((article, labels), votes) in readings {
                let (letters, hints, key) = (letters.clone(), hints.clone(), key::arabic(&stem));
                lessons.push(Lesson { letters, article, labels, weight: weight * votes / total, hints, key });
            }
        }
    }
    // The lessons of one word stand together.
    lessons.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(Words { lessons, questions })
}

/// The words of catalogue headings, counted once a heading.
fn headings(folder: &Path) -> Result<Votes, String> {
    let table = Table::read(&folder.join("aco_names.tsv"))?;
    let (arabic, latin) = (table.column("arabic")?, table.column("alalc")?);
    let mut out = Votes::new();
    for row in table.rows() {
        let split =
            |text: &str| -> Vec<String> { text.split([' ', ',', '،', '.']).filter(|w| !w.is_empty()).map(str::to_string).collect() };
        let (left, right) = (split(data::cell(&row, arabic)), split(data::cell(&row, latin)));
        if left.len() != right.len() {
            continue;
        }
        for (word, text) in left.iter().zip(&right) {
            let (word, text) = (letters(word), roman(text));
            if matches!(word.as_str(), "بن" | "ابن" | "بنت") {
                continue;
            }
            let whole = stem(&word, &text).and_then(|(stem, article, text)| Some((found(&stem, &text)?, stem, article)));
            // The heading leaves out the article of the word that it begins with.
            let reading = whole.or_else(|| {
                let stem = word.strip_prefix("ال")?.to_string();
                Some((found(&stem, &text)?, stem, true))
            });
            if let Some((labels, stem, article)) = reading {
                *out.entry(stem).or_default().entry((article, labels)).or_default() += 1.0;
            }
        }
    }
    Ok(out)
}

fn found(stem: &str, text: &str) -> Option<Vec<Label>> {
    let letters: Vec<char> = stem.chars().collect();
    if letters.len() < 2 { None } else { align(&letters, text) }
}

/// Arabic letters alone.
fn letters(word: &str) -> String {
    orthography::clean(word)
        .chars()
        .filter(|c| !matches!(c, '\u{640}' | '\u{64B}'..='\u{655}' | '\u{670}' | '\u{200B}'..='\u{200F}'))
        .collect()
}

/// A romanization in lower case with one sign each for ʿayn and hamza.
fn roman(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|c| !matches!(c, 'ʹ' | '·' | '′'))
        .map(|c| match c {
            'ʻ' | '‘' | '`' | 'ʽ' => 'ʿ',
            'ʼ' | '’' | '\'' | 'ˈ' => 'ʾ',
            other => other,
        })
        .collect()
}

/// Cuts what is written as one with the word: the article, and and the prepositions.
fn stem(word: &str, text: &str) -> Option<(String, bool, String)> {
    const JOINED: [(&str, &str, bool); 7] = [
        ("al-", "ال", true),
        ("lil-", "لل", true),
        ("wa-", "و", false),
        ("bi-", "ب", false),
        ("li-", "ل", false),
        ("ka-", "ك", false),
        ("fa-", "ف", false),
    ];
    let (mut word, mut text, mut article) = (word, text, false);
    while let Some((sign, arabic, is_article)) = JOINED.iter().find(|(sign, _, _)| text.starts_with(sign)) {
        text = text.strip_prefix(sign)?;
        word = word.strip_prefix(arabic)?;
        article |= is_article;
    }
    let text = text.strip_prefix('ʾ').unwrap_or(text);
    (!text.contains(['-', ' ']) && !word.is_empty()).then(|| (word.to_string(), article, text.to_string()))
}
