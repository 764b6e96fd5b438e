//! What a word of a query may be heard as: the words of a segment that share a key with it, as far as their spellings are alike.

use super::query::QueryWord;
use super::segment::Segment;
use crate::matching::units::Unit;
use crate::matching::{Spelling, likely_from};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// From this likeness on a word answers; it is one spelling in four of the same word.
pub(super) const LEAST: f32 = 0.37;
/// Words of one other consonant are looked at where they are no more than this.
const MOST_LOOSE: u64 = 64;
/// The likeness of words that are surely one row of the lexicon.
const ONE_NAME: f32 = 0.85;
/// What is left of the likeness where a head such as ʿAbd is left out, and where an article is.
const WITHOUT: [f32; 2] = [0.6, 0.95];

/// A word of the segment that may be the word asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard {
    pub number: u32,
    pub likeness: f32,
}

/// What some thousand words were heard as: the words of queries repeat as those of names do.
#[derive(Default)]
pub(super) struct Seen(Mutex<HashMap<String, Arc<[Heard]>>>);

impl Seen {
    fn get_or(&self, word: &str, look: impl FnOnce() -> Vec<Heard>) -> Arc<[Heard]> {
        const MOST: usize = 4096;
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(word) {
            return known.clone();
        }
        let found: Arc<[Heard]> = look().into();
        let mut seen = lock();
        if seen.len() >= MOST {
            seen.clear();
        }
        seen.insert(word.to_string(), found.clone());
        found
    }
}

/// The words of the segment that may be a word of the query.
pub(super) fn heard(segment: &Segment, word: &QueryWord) -> Arc<[Heard]> {
    match &word.known_as {
        Some(spelled) => segment.seen.get_or(spelled, || look(segment, word)),
        None => look(segment, word).into(),
    }
}

fn look(segment: &Segment, word: &QueryWord) -> Vec<Heard> {
    let mut out = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let mut known: Vec<u32> = Vec::new();
    for key in &word.keys {
        let list = if key.first() == Some(&b'=') { &mut known } else { &mut numbers };
        list.extend(segment.under(key, u64::MAX));
    }
    for key in &word.loose {
        numbers.extend(segment.under(key, MOST_LOOSE));
    }
    known.sort_unstable();
    numbers.extend(&known);
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        let Some(record) = segment.word(number) else { continue };
        let (whole, core) = segment.units(&record);
        let mut likeness = alike(word, whole, core, record.article);
        if likeness < ONE_NAME && known.binary_search(&number).is_ok() {
            likeness = ONE_NAME;
        }
        if likeness > 0.0 {
            out.push(Heard { number, likeness });
        }
    }
    out
}

/// How likely the spellings are one word, one of them without what it may leave out.
fn alike(word: &QueryWord, whole: &[Unit], core: &[Unit], article: bool) -> f32 {
    let there = Spelling::over(whole);
    let by_whole = likely_from(&word.spelling, &there, LEAST);
    let own = word.word.as_ref().and_then(|word| word.core.as_ref());
    let left = |article: bool| if article { WITHOUT[1] } else { WITHOUT[0] };
    match (own, core.is_empty()) {
        (Some(own), true) => by_whole.max(left(own.article) * likely_from(&own.spelling, &there, LEAST)),
        (None, false) => by_whole.max(left(article) * likely_from(&word.spelling, &Spelling::over(core), LEAST)),
        _ => by_whole,
    }
}
