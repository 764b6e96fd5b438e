//! The lexicon: which vocalised stems an Arabic or a Latin word may be, with probabilities.
//!
//! A word enters without its article. What leaves is a ranked list of [`Reading`]s whose
//! probabilities add up to one at most. A reading that no row supports is a guess and says so.

#[doc(hidden)]
pub mod channel;
#[doc(hidden)]
pub mod key;
mod known;
mod latin;
#[doc(hidden)]
pub mod vocaliser;

pub(crate) use channel::{slot::name as slot_name, spellings};
pub(crate) use known::{Known, known_rows};
#[doc(hidden)]
pub use latin::{Candidate, candidates, plain};
pub(crate) use latin::{knows_latin, read_latin};

use crate::hub::{Unit, Vowel, Word, read_vocalised};
use crate::tables::{self, Entry};

/// Readings kept for a word; findings put the right one among the first five in 88 of 100 cases.
pub(crate) const MOST_READINGS: usize = 5;

/// One vocalised word that a written word may stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The word.
    pub word: Word,
    /// Its share, from 0 to 1.
    pub probability: f64,
    /// True when no row of the lexicon has it.
    pub guessed: bool,
    /// Kinds of the lexicon row as bits, in the order of [`KINDS`]; 0 for a guess.
    pub(crate) kinds: u8,
    /// Frequency class of the row; 0 for a guess.
    pub(crate) freq: f32,
    /// How its own language writes a foreign word in Latin letters, where the row says so.
    pub(crate) original: Option<&'static str>,
    /// The row's chief kind, as its place in [`KINDS`]; `None` for a guess.
    pub(crate) chief: Option<u8>,
}

/// The kinds of a row in the order of their bits.
pub const KINDS: [&str; 8] = ["ism", "nisba", "laqab", "kunya", "family", "place", "title", "common"];

pub(crate) fn kind_bit(kind: &str) -> u8 {
    KINDS.iter().position(|k| *k == kind).map_or(0, |place| 1 << place)
}

impl Reading {
    /// A word that the text itself spells out.
    pub(crate) fn spelled(word: Word) -> Self {
        Reading { word, probability: 1.0, guessed: false, kinds: 0, freq: 0.0, original: None, chief: None }
    }

    pub(crate) fn guess(word: Word, probability: f64) -> Self {
        Reading { word, probability, guessed: true, kinds: 0, freq: 0.0, original: None, chief: None }
    }

    fn of(entry: &Entry, probability: f64) -> Option<Self> {
        Some(Reading {
            word: word_of(entry)?,
            probability,
            guessed: false,
            kinds: entry.kinds,
            freq: entry.freq,
            original: entry.original(),
            chief: Some(entry.chief),
        })
    }

    /// True when it is a given name first of all.
    pub(crate) fn is_given(&self) -> bool {
        self.is_chiefly("ism")
    }

    /// True when this is the chief kind of its row.
    pub(crate) fn is_chiefly(&self, kind: &str) -> bool {
        self.chief.is_some_and(|chief| KINDS.get(usize::from(chief)) == Some(&kind))
    }

    /// True of a word that is no person's name, such as *maktaba*; so is one that the text spells
    /// out with its vowels and the lexicon lacks.
    pub(crate) fn is_only_noun(&self) -> bool {
        let persons = kind_bit("ism") | kind_bit("family") | kind_bit("nisba") | kind_bit("kunya");
        !self.guessed && self.kinds & persons == 0
    }

    /// True of a place that is no person's name.
    pub(crate) fn is_place(&self) -> bool {
        self.is("place") && self.kinds & (kind_bit("ism") | kind_bit("nisba")) == 0
    }

    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kinds & kind_bit(kind) != 0
    }
}

fn word_of(entry: &Entry) -> Option<Word> {
    let word = Word::parse(entry.form)?;
    Some(if entry.arabic.is_empty() { word } else { word.with_spelling(entry.arabic) })
}

/// What a frequency class weighs: a step is a factor of about three.
fn weight(freq: f32) -> f64 {
    3f64.powf(f64::from(freq))
}

/// Whether the lexicon has a stem with this folded Arabic spelling, and how frequent it is.
pub(crate) fn known(stem: &str) -> Option<f32> {
    tables::by_arabic(&key::arabic(stem)).next().map(|e| e.freq)
}

/// What follows the article of an Arabic word without signs; `None` where there is no article:
/// الياس and الهام begin with its letters and have none.
pub(crate) fn after_article(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("ال").or_else(|| word.strip_prefix("ٱل")).filter(|r| r.chars().count() >= 2)?;
    (known(word).unwrap_or(0.0) <= known(rest).unwrap_or(0.0)).then_some(rest)
}

/// What follows a conjunction written as one with an Arabic word without signs: والخزعلي, وفياض.
///
/// `None` where the whole word is known (وهيب, وسيم), and where what follows is neither known as a
/// name nor has the article: a rare name in و is not to lose its letter to a rarer one.
pub(crate) fn after_conjunction(word: &str) -> Option<&str> {
    /// The rarest row that may stand after a conjunction without the article.
    const LEAST_FREQUENCY: f32 = 4.0;
    let rest = word.strip_prefix('و').filter(|_| known(word).is_none())?;
    let with_article = rest.strip_prefix("ال").is_some_and(|stem| stem.chars().count() >= 3);
    (with_article || known(rest).is_some_and(|freq| freq >= LEAST_FREQUENCY)).then_some(rest)
}

/// True of a letter that an Arabic stem may be spelled with.
pub(crate) fn is_letter(c: char) -> bool {
    read_vocalised(c.encode_utf8(&mut [0; 4])).is_some()
}

/// Reads an Arabic stem, with or without signs; `article` says that the article stood before it.
///
/// What the signs of the text say is never contradicted. Empty when the stem holds a letter
/// that names are not spelled with.
pub(crate) fn read_arabic(stem: &str, article: bool) -> Vec<Reading> {
    let bare = strip(stem);
    let marked = bare.len() != stem.len();
    let rows = || tables::by_arabic(&key::arabic(&bare)).filter_map(|e| Reading::of(&e, weight(e.freq))).chain(in_at(&bare));
    let spelled = if marked { read_vocalised(stem) } else { None };
    if let Some(word) = spelled.as_ref().filter(|w| !w.has_unknown()) {
        if let Some(row) = rows().find(|r| r.word.units == word.units) {
            return vec![Reading { word: word.clone(), probability: 1.0, ..row }];
        }
        // Letters that are not heard have no sign: عَمْرو, هَذِهِ.
        let silent = |r: &Reading| r.word.spelling.as_deref() == Some(&*bare) && vocaliser::agrees(stem, &r.word);
        let own = rows().find(silent).unwrap_or_else(|| Reading::spelled(word.clone()));
        return vec![Reading { probability: 1.0, ..own }];
    }
    let mut readings: Vec<Reading> = rows()
        .filter(|r| !marked || vocaliser::agrees(stem, &r.word))
        .map(|reading| {
            let fit = closeness(&reading.word.stem_arabic(), &bare) * if article { fits_article(&reading) } else { 1.0 };
            Reading { probability: reading.probability * fit, ..reading }
        })
        .collect();
    if readings.is_empty() {
        // A text that gives vowels gives the ones that are heard: what it leaves bare has none.
        if let Some(word) = spelled.filter(|w| w.units.iter().any(|u| matches!(u, Unit::Short(_)))) {
            return vec![Reading::spelled(vocaliser::close(word))];
        }
        return vocaliser::guess(stem, article);
    }
    settle(&mut readings);
    // What is not spelled out may be a word that no row has, the likelier the rarer its rows are.
    if !marked {
        let class = readings.iter().map(|r| r.freq).fold(0.0, f32::max);
        scale(&mut readings, 1.0 - f64::from(tables::unlisted(class)));
    }
    readings
}

pub(crate) fn scale(readings: &mut [Reading], by: f64) {
    for reading in readings {
        reading.probability *= by;
    }
}

/// Given names in -ī have no article; the nisba that is spelled alike has: al-Ḥasanī beside Ḥusnī.
fn fits_article(reading: &Reading) -> f64 {
    const IN_I: f64 = 0.1;
    let given = reading.kinds & !kind_bit("family") == kind_bit("ism");
    if given && reading.word.units.last() == Some(&Unit::Long(Vowel::I)) { IN_I } else { 1.0 }
}

/// Names in -at (ʿIzzat, Midḥat) that many write with ة as they write common nouns.
fn in_at(stem: &str) -> impl Iterator<Item = Reading> + use<'_> {
    /// How often such a name is written so.
    const IN_AT: f64 = 0.6;
    let other = stem.strip_suffix('ة').map(|rest| format!("{rest}ت")).unwrap_or_default();
    let rows = tables::by_arabic(&key::arabic(&other)).filter(|e| e.chief == 0 && e.form.ends_with("at"));
    rows.filter_map(|e| Reading::of(&e, weight(e.freq) * IN_AT))
        .map(move |reading| Reading { word: reading.word.with_spelling(stem), ..reading })
}

/// How far a spelling that differs in hamza, ى or ة is the same word: each slip halves it.
fn closeness(row: &str, typed: &str) -> f64 {
    let slips = row.chars().zip(typed.chars()).filter(|(a, b)| a != b).count() + row.chars().count().abs_diff(typed.chars().count());
    0.4f64.powi(slips.min(8) as i32)
}

/// Sorts, cuts and scales readings so that they add up to one.
pub(crate) fn settle(readings: &mut Vec<Reading>) {
    sort(readings);
    let total: f64 = readings.iter().map(|r| r.probability).sum();
    if total > 0.0 {
        scale(readings, 1.0 / total);
    }
}

/// Sorts and cuts readings; each word stands once.
fn sort(readings: &mut Vec<Reading>) {
    readings.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let mut seen: Vec<Word> = Vec::new();
    readings.retain(|r| {
        let new = !seen.contains(&r.word);
        seen.push(r.word.clone());
        new
    });
    readings.truncate(MOST_READINGS);
}

fn strip(stem: &str) -> String {
    stem.chars().filter(|c| !is_sign(*c)).collect()
}

fn is_sign(c: char) -> bool {
    ('\u{64B}'..='\u{655}').contains(&c) || c == '\u{670}'
}

/// A row, for the chores that learn from them.
#[doc(hidden)]
pub struct Row {
    /// Its word; written out it is the row's form.
    pub word: Word,
    /// Its frequency class.
    pub freq: f32,
    /// Whether nisba is among its kinds.
    pub nisba: bool,
    /// Whether it is a given name first of all.
    pub given: bool,
    /// Whether it is a person's name first of all: given, of origin, or of a family.
    pub person: bool,
    /// Whether title is among its kinds.
    pub title: bool,
    /// A number that words of the same sounds share.
    pub sounds: u64,
}

/// Every row.
#[doc(hidden)]
pub fn rows() -> impl Iterator<Item = Row> {
    let row = |e: Entry| {
        word_of(&e).map(|word| Row {
            sounds: known::sounds(&word),
            word,
            freq: e.freq,
            nisba: e.kinds & kind_bit("nisba") != 0,
            given: e.chief == 0,
            person: ["ism", "nisba", "family"].iter().any(|kind| KINDS.get(usize::from(e.chief)) == Some(kind))
                && e.kinds & kind_bit("common") == 0,
            title: e.kinds & kind_bit("title") != 0,
        })
    };
    tables::lexicon().filter_map(row)
}

/// The number of rows.
pub fn len() -> usize {
    tables::rows()
}
