//! The one door to the compiled tables: nothing else knows how `build/emit.rs` lays them out.

use crate::hub::{CODES, Unit};
use crate::matching::units::UNITS;
use crate::pack::{self, Packed};
use crate::scheme::Letter;
use crate::scheme::rules::Rules;

/// A row of the lexicon.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub form: &'static str,
    pub kinds: u8,
    pub chief: u8,
    /// From 0 to 9; a step is a factor of about three.
    pub freq: f32,
    pub arabic: &'static str,
    pub gender: Gender,
    /// How much it says of who bears it: the log of one in so many persons, scaled.
    pub rarity: f32,
    /// It is a word of another language.
    foreign: bool,
    press: &'static str,
}

/// Who bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Any,
    Man,
    Woman,
}

impl Entry {
    /// How its own language writes a foreign word in Latin letters: the first of its listed spellings.
    pub(crate) fn original(&self) -> Option<&'static str> {
        self.press().next().filter(|_| self.foreign)
    }

    /// Latin spellings that do not follow from the sounds.
    pub(crate) fn press(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.press.split(',').filter(|p| !p.is_empty())
    }
}

static ROWS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.rows"));
static STARTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.starts"));
static BY_ARABIC: Packed = Packed {
    slots: include_bytes!(concat!(env!("OUT_DIR"), "/arabic.slots")),
    records: include_bytes!(concat!(env!("OUT_DIR"), "/arabic.records")),
};
static BY_LATIN: Packed = Packed {
    slots: include_bytes!(concat!(env!("OUT_DIR"), "/latin.slots")),
    records: include_bytes!(concat!(env!("OUT_DIR"), "/latin.records")),
};

/// A scheme's file.
pub(crate) struct SchemeTable {
    pub label: &'static str,
    pub title: &'static str,
    pub edition: &'static str,
    pub source: &'static str,
    pub reversible: bool,
    pub unverified: &'static str,
    /// The rules under every set of options; bit n of the place is option n.
    pub rules: &'static [Rules],
    pub options: &'static [SchemeOption],
    /// The rows as they stand in the file.
    pub letters: &'static [Letter],
    index: &'static [[u8; 256]; 4],
    romans: &'static [&'static str],
}

/// What a scheme may do otherwise.
pub(crate) struct SchemeOption {
    pub name: &'static str,
    /// What it sets, for people.
    pub settings: &'static str,
    pub source: &'static str,
    pub letters: &'static [(char, usize, &'static str)],
    /// Letters that stand together (of a letters scheme).
    pub clusters: &'static [(&'static str, &'static str)],
}

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    Any,
    /// As a long vowel.
    Long,
    /// ة at the end of a phrase.
    Pausa,
    /// ة before what it governs.
    Construct,
}

impl SchemeTable {
    /// What the scheme writes for an Arabic letter or sign.
    pub(crate) fn written(&self, letter: char, context: Context) -> Option<&'static str> {
        let low = u32::from(letter).checked_sub(0x600)?;
        let place = self.index.get(context as usize)?.get(low as usize).copied().filter(|place| *place > 0)?;
        self.romans.get(usize::from(place)).copied()
    }
}

/// A small tree about a comparison: nodes in the order of a heap, from 1, and every path as long as the longest.
pub(crate) struct Tree {
    /// The measure that a node asks for, by its place; 255 at and below a leaf.
    pub measures: [u8; 16],
    /// Above it the answer is yes.
    pub thresholds: [f32; 16],
    /// The log-odds that the node has come to.
    pub values: [f32; 16],
}

// A learned weight may come near a number that has a name.
#[allow(missing_docs, clippy::approx_constant)]
mod generated {
    use super::{Letter, SchemeOption, SchemeTable, Tree};
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// What one glyph is cleaned to; empty when it is dropped.
pub(crate) fn orthography(glyph: char) -> Option<&'static str> {
    generated::ORTHOGRAPHY.get(&glyph).copied()
}

/// Rows whose stem has this folded Arabic key, most frequent first.
pub(crate) fn by_arabic(key: &str) -> impl Iterator<Item = Entry> + use<> {
    BY_ARABIC.get(key).filter_map(row)
}

/// Rows whose sound or press spelling has this Latin key, most frequent first.
pub(crate) fn by_latin(key: &str) -> impl Iterator<Item = Entry> + use<> {
    BY_LATIN.get(key).filter_map(row)
}

/// How many rows the lexicon has.
pub(crate) fn rows() -> usize {
    STARTS.len() / 4
}

/// Every row of the lexicon.
pub(crate) fn lexicon() -> impl Iterator<Item = Entry> {
    (0..rows()).filter_map(row)
}

fn row(place: usize) -> Option<Entry> {
    let start = pack::number::<4>(STARTS, 4 * place)?;
    let byte = |at: usize| ROWS.get(start + at).copied();
    let (form, at) = pack::text(ROWS, start + 6)?;
    let (arabic, at) = pack::text(ROWS, at)?;
    let (press, _) = pack::text(ROWS, at)?;
    Some(Entry {
        form,
        kinds: byte(0)?,
        chief: byte(1)?,
        freq: f32::from(byte(2)?) / 10.0,
        arabic,
        gender: match byte(3)? {
            1 => Gender::Man,
            2 => Gender::Woman,
            _ => Gender::Any,
        },
        rarity: f32::from(byte(5)?) / 20.0,
        // Origin 0 is Arabic.
        foreign: byte(4)? > 0,
        press,
    })
}

/// The log-probability that `next` follows `before` in a word of the lexicon; `None` is the edge of the word.
pub(crate) fn sequence(before: Option<Unit>, next: Option<Unit>) -> f32 {
    let code = |unit: Option<Unit>| unit.map_or(CODES, Unit::code);
    generated::SEQUENCES.get(code(before)).and_then(|row| row.get(code(next))).copied().unwrap_or(-9.0)
}

/// The log-probability of a unit after these two.
pub(crate) fn follows(first: Option<Unit>, before: Option<Unit>, next: Option<Unit>) -> f32 {
    let code = |unit: Option<Unit>| unit.map_or(CODES, Unit::code);
    let row = code(first) * (CODES + 1) + code(before);
    let start = |row: usize| generated::TRIPLE_STARTS.get(row).map_or(0, |start| *start as usize);
    let met = generated::TRIPLES.get(start(row)..start(row + 1)).unwrap_or(&[]);
    let number = code(next) as u8;
    match met.binary_search_by_key(&number, |(third, _)| *third).ok().and_then(|at| met.get(at)) {
        Some((_, odds)) => *odds,
        None => generated::UNSEEN_AFTER.get(row).copied().unwrap_or(0.0) + sequence(before, next),
    }
}

/// What a kind at a place of a name, with or without the article, adds to the log-odds of a reading.
pub(crate) fn context(place: usize, article: bool, kind: usize) -> f32 {
    let row = generated::CONTEXT.get(place).map_or(0.0, |kinds| kinds.get(kind).copied().unwrap_or(0.0));
    row + if article { generated::CONTEXT_ARTICLE.get(kind).copied().unwrap_or(0.0) } else { 0.0 }
}

/// How often a word is meant that no row has, where its spelling's most frequent row has this class.
pub(crate) fn unlisted(class: f32) -> f32 {
    generated::UNLISTED.get(class.max(0.0).round() as usize).copied().unwrap_or(0.0)
}

/// How far a word's own shares are trusted beside its place: the power they are raised to.
pub(crate) fn context_trust() -> f32 {
    generated::CONTEXT_TRUST
}

/// What writers of a region do to the answers below: region, sound, letters, factor.
pub(crate) const REGIONS: &str = include_str!("../tables/variants/regions.tsv");

/// The letters that answer a sound at its place (`src/lexicon/channel/slot.rs`), with their shares.
pub(crate) fn answers(slot: u16) -> &'static [(u32, f32)] {
    generated::ANSWERS.get(usize::from(slot)).copied().unwrap_or(&[])
}

/// The learned weights of the vocaliser, as `src/lexicon/vocaliser/layout.rs` lays them out.
pub(crate) fn vocaliser() -> &'static [u8] {
    include_bytes!(concat!(env!("OUT_DIR"), "/vocaliser.bin"))
}

/// The learned trees about a comparison.
pub(crate) fn match_trees() -> &'static [Tree] {
    &generated::MATCH_TREES
}

/// The log-odds of one person before anything is asked: the share of such pairs that was learned from.
pub(crate) fn match_constant() -> f32 {
    generated::MATCH_CONSTANT
}

/// Log-odds of unit pairs in hundredths; then the gaps by the script of the other word, then what the unit is worth against either script.
pub(crate) fn unit_costs() -> &'static [[i16; UNITS + 4]; UNITS] {
    &generated::UNIT_COSTS
}

/// How much a word under this key says, where it was counted.
pub(crate) fn rarity(key: &str) -> Option<f32> {
    generated::RARITY.get(key).copied()
}

/// Every scheme, in the order of their labels.
pub(crate) fn schemes() -> &'static [SchemeTable] {
    &generated::SCHEMES
}
