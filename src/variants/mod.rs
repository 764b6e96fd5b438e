//! The spellings of a name that are worth searching for, likeliest first.
//!
//! What people write is learned sound by sound (`tables/channel`); a region shifts it (`tables/variants`). Scholarly
//! and official schemes come after the spellings of the press, since few texts use them.
//!
//! ```
//! use nasab::{Name, Source, variants::{Region, variants}};
//! let name = Name::read("قيس الخزعلي", Source::Auto).unwrap();
//! let found = variants(&name, &[], 50);
//! assert!(found.iter().any(|v| v.text == "Qais al-Khazali"));
//! let french = variants(&Name::read("شريف", Source::Auto).unwrap(), &[Region::find("french").unwrap()], 5);
//! assert!(french.iter().any(|v| v.text == "Cherif"));
//! ```

mod region;

pub use region::Region;

use crate::lexicon::{self, Reading};
use crate::name::particle::Particle;
use crate::name::{Name, NameWord, Token};
use crate::scheme::{self, Scheme};
use std::collections::{HashMap, HashSet};

/// Spellings of one word that are combined with those of others.
const MOST_OF_A_WORD: usize = 400;
/// Readings of a word that are spelled.
const MOST_READINGS: usize = 3;
/// The share of all spellings that a standard scheme has.
const BY_SCHEME: f64 = 0.002;

/// What stands for the article of a word, and how often. A blank for the hyphen is no other spelling to those who search.
const ARTICLES: [(&str, f64); 5] = [("al-", 0.86), ("el-", 0.06), ("", 0.04), ("al", 0.02), ("el", 0.02)];
/// The same after ʿAbd, with it.
const SERVANTS: [(&str, f64); 12] = [
    ("abd al-", 0.2),
    ("abdul ", 0.16),
    ("abdel ", 0.14),
    ("abdul", 0.12),
    ("abdel", 0.1),
    ("abd al ", 0.06),
    ("abd el-", 0.06),
    ("abdul-", 0.05),
    ("abdel-", 0.05),
    ("abd el ", 0.03),
    ("abdal", 0.02),
    ("abdol", 0.01),
];
/// al-Dīn behind another word.
const FAITHS: [(&str, f64); 14] = [
    (" al-din", 0.2),
    ("eddine", 0.13),
    (" el-din", 0.1),
    (" eddine", 0.1),
    ("uddin", 0.09),
    (" al din", 0.08),
    (" ad-din", 0.06),
    ("eddin", 0.06),
    (" el din", 0.05),
    (" eldin", 0.04),
    ("aldin", 0.03),
    ("-eddine", 0.03),
    (" uddin", 0.02),
    (" al-deen", 0.01),
];

/// A spelling worth searching for.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// As it is written, with capitals.
    pub text: String,
    /// The share of writers who are expected to write so, from 0 to 1.
    pub probability: f64,
    /// The scheme that writes so, where one does and people rarely do.
    pub scheme: Option<Scheme>,
}

/// The spellings of a name, likeliest first, at most `limit`; of some regions, or of all writers for none.
///
/// Without a region the forms of the standard schemes follow, as far as half of the limit. Every text stands once. Names in which
/// one word varies come before those in which several do.
pub fn variants(name: &Name, regions: &[Region], limit: usize) -> Vec<Variant> {
    let mut out: Vec<Variant> =
        spelled(name, regions, limit).into_iter().map(|(text, probability)| Variant { text, probability, scheme: None }).collect();
    if regions.is_empty() {
        let standards = Scheme::all().filter(|s| s.kind() == scheme::Kind::Sound && !s.is_habit() && !s.is_coded());
        for scheme in standards {
            let text = name.write(scheme);
            if !text.is_empty() && !out.iter().any(|v| v.text == text) {
                out.push(Variant { text, probability: BY_SCHEME, scheme: Some(scheme) });
            }
        }
    }
    // Standards stand last: few texts use them, and they are told by their names.
    let standards = out.iter().filter(|v| v.scheme.is_some()).count().min(limit / 2);
    let (mut found, named): (Vec<Variant>, Vec<Variant>) = out.into_iter().partition(|v| v.scheme.is_none());
    found.truncate(limit - standards);
    found.extend(named.into_iter().take(standards));
    found
}

/// The same word by word: what each part of the name may be, likeliest first, for patterns. A part is a word with what belongs to
/// it: an article, ʿAbd.
pub fn parts(name: &Name, regions: &[Region], limit: usize) -> Vec<Vec<String>> {
    units(name)
        .iter()
        .map(|unit| {
            let mut seen: Vec<String> = unit.spellings(regions, limit).into_iter().map(|(text, _)| capitalised(text.trim())).collect();
            seen.dedup();
            seen
        })
        .collect()
}

/// Words that are written together.
enum Unit<'a> {
    Word(&'a NameWord),
    /// ʿAbd and a word with the article.
    Servant(&'a NameWord),
    /// A word and al-Dīn.
    Faith(&'a NameWord),
}

fn units(name: &Name) -> Vec<Unit<'_>> {
    let words: Vec<&NameWord> = name.tokens.iter().filter_map(Token::as_word).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at).copied() {
        let next = words.get(at + 1).copied();
        let article = |w: &NameWord| w.best().is_some_and(|r| r.word.article);
        let faith = |w: &NameWord| w.best().is_some_and(|r| r.word.article && r.word.to_string() == "al-dīn");
        match next {
            Some(next) if word.particle == Some(Particle::Abd) && article(next) => {
                out.push(Unit::Servant(next));
                at += 2;
            }
            Some(next) if word.particle.is_none() && faith(next) => {
                out.push(Unit::Faith(word));
                at += 2;
            }
            _ => {
                out.push(Unit::Word(word));
                at += 1;
            }
        }
    }
    out
}

impl Unit<'_> {
    fn spellings(&self, regions: &[Region], most: usize) -> Vec<(String, f64)> {
        let mut all: HashMap<String, f64> = HashMap::new();
        let word = match self {
            Unit::Word(word) | Unit::Servant(word) | Unit::Faith(word) => word,
        };
        for reading in word.readings().iter().take(MOST_READINGS) {
            for (stem, share) in stems(reading, regions) {
                let mut add = |text: String, share: f64| *all.entry(text).or_default() += share * reading.probability;
                match self {
                    Unit::Word(_) if reading.word.article => {
                        ARTICLES.iter().for_each(|(article, often)| add(format!("{article}{stem}"), often * share))
                    }
                    Unit::Word(_) => add(stem, share),
                    Unit::Servant(_) => SERVANTS.iter().for_each(|(head, often)| add(format!("{head}{stem}"), often * share)),
                    Unit::Faith(_) => FAITHS.iter().for_each(|(tail, often)| add(format!("{stem}{tail}"), often * share)),
                }
            }
        }
        let mut all: Vec<(String, f64)> = all.into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all.truncate(most);
        all
    }
}

/// Spellings of a word without its article, over the regions asked for; listed spellings of the press among them.
fn stems(reading: &Reading, regions: &[Region]) -> Vec<(String, f64)> {
    let mut all: HashMap<String, f64> = HashMap::new();
    let asked = if regions.is_empty() { &[Region::ANY] } else { regions };
    for region in asked {
        for (text, share) in lexicon::spellings(&reading.word, MOST_OF_A_WORD, &|slot, answers| region.shift(slot, answers)) {
            *all.entry(text).or_default() += share / asked.len() as f64;
        }
    }
    all.into_iter().collect()
}

/// Whole names. Those in which one word varies come before those in which several do, which hold no new spelling of a word.
fn spelled(name: &Name, regions: &[Region], limit: usize) -> Vec<(String, f64)> {
    /// What each further word that is not spelled as most do takes off the rank.
    const ANOTHER: f64 = 0.03;
    struct Beam {
        text: String,
        probability: f64,
        varied: i32,
    }
    let rank = |b: &Beam| b.probability * ANOTHER.powi((b.varied - 1).max(0));
    let mut beams = vec![Beam { text: String::new(), probability: 1.0, varied: 0 }];
    let most = limit.clamp(64, MOST_OF_A_WORD);
    for unit in units(name) {
        let own = unit.spellings(regions, most);
        let mut longer: Vec<Beam> = Vec::new();
        for before in &beams {
            let joint = if before.text.is_empty() { "" } else { " " };
            longer.extend(own.iter().enumerate().map(|(place, (text, share))| Beam {
                text: format!("{}{joint}{}", before.text, capitalised(text)),
                probability: before.probability * share,
                varied: before.varied + i32::from(place > 0),
            }));
        }
        longer.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then_with(|| a.text.cmp(&b.text)));
        longer.truncate(limit.max(64));
        beams = longer;
    }
    let mut seen = HashSet::new();
    beams.retain(|b| !b.text.is_empty() && seen.insert(b.text.clone()));
    beams.into_iter().map(|b| (b.text, b.probability)).collect()
}

/// Each word with a capital, the article in front of a hyphen without.
fn capitalised(text: &str) -> String {
    let word = |word: &str| {
        let up = |s: &str| {
            let mut letters = s.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        };
        match word.split_once('-') {
            Some((article @ ("al" | "el" | "ad"), stem)) => format!("{article}-{}", up(stem)),
            Some((head, stem)) => format!("{}-{}", up(head), up(stem)),
            None if matches!(word, "al" | "el") => word.to_string(),
            None => up(word),
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
