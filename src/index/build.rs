//! Names to a segment.

use super::layout::{self, PLACE, WordRecord, put};
use super::terms;
use crate::matching::tokens::Token;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

/// Words listed under a key, those that most names have first.
const MOST_UNDER_A_KEY: usize = 8192;

/// Makes a segment of names that come in the order of their numbers.
#[derive(Default)]
pub struct Builder {
    numbers: HashMap<String, u32>,
    words: Vec<Growing>,
    records: Vec<u8>,
    names: Vec<u8>,
    count: u32,
    last: u64,
}

/// A word while names are added.
struct Growing {
    token: Token,
    postings: Vec<u8>,
    last: u32,
    count: u32,
}

impl Builder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds names; a number is the caller's, above 0 and higher than those before it. A name without a letter takes no room.
    pub fn add(&mut self, names: &[(u64, &str)]) {
        let terms: Vec<Vec<Token>> = names.par_iter().map(|(_, name)| terms::terms(name)).collect();
        for ((number, name), terms) in names.iter().zip(terms) {
            if !terms.is_empty() && *number > self.last {
                self.one(*number, name, terms);
            }
        }
    }

    fn one(&mut self, number: u64, name: &str, terms: Vec<Token>) {
        let place = self.count;
        self.count += 1;
        let at = self.records.len() as u64;
        self.names.extend(at.to_le_bytes().into_iter().take(PLACE));
        put(&mut self.records, number);
        put(&mut self.records, terms.len() as u64);
        for token in terms {
            let next = self.words.len() as u32;
            let own = *self.numbers.entry(terms::spelled(&token)).or_insert(next);
            if own == next {
                self.words.push(Growing { token, postings: Vec::new(), last: 0, count: 0 });
            }
            put(&mut self.records, u64::from(own));
            if let Some(word) = self.words.get_mut(own as usize)
                && (word.count == 0 || word.last != place)
            {
                // The first step is from before the first name, so that no step is 0.
                put(&mut word.postings, u64::from(place + 1 - if word.count == 0 { 0 } else { word.last + 1 }));
                word.last = place;
                word.count += 1;
            }
        }
        put(&mut self.records, name.len() as u64);
        self.records.extend_from_slice(name.as_bytes());
        self.last = number;
    }

    /// The number of names.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// True when there is no name.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Writes the segment.
    ///
    /// # Errors
    /// The writer's.
    pub fn finish(self, out: &mut impl Write) -> io::Result<()> {
        let read: Vec<_> = self
            .words
            .par_iter()
            .map(|growing| {
                let word = terms::word(&growing.token);
                let core = word.core.as_ref().map(|core| (core.spelling.units.to_vec(), core.article));
                (word.spelling.units.to_vec(), core, word.weight, terms::keys(&growing.token, &word))
            })
            .collect();
        let (mut words, mut units, mut postings) = (Vec::new(), Vec::new(), Vec::new());
        let mut under: BTreeMap<Vec<u8>, Vec<u32>> = BTreeMap::new();
        for ((number, growing), (own, core, weight, keys)) in (0..).zip(&self.words).zip(read) {
            let (core, article) = core.unwrap_or_default();
            let record = WordRecord {
                units: units.len() as u32,
                length: own.len() as u8,
                core: core.len() as u8,
                article,
                weight,
                postings: postings.len() as u64,
                count: growing.count,
            };
            record.write(&mut words);
            units.extend(own);
            units.extend(core);
            postings.extend_from_slice(&growing.postings);
            keys.into_iter().for_each(|key| under.entry(key).or_default().push(number));
        }
        let mut lists = Vec::new();
        let mut dictionary = fst::MapBuilder::memory();
        for (key, mut numbers) in under {
            let count = |number: &u32| self.words.get(*number as usize).map_or(0, |word| word.count);
            numbers.sort_by_key(|number| (std::cmp::Reverse(count(number)), *number));
            numbers.truncate(MOST_UNDER_A_KEY);
            dictionary.insert(key, lists.len() as u64).map_err(io::Error::other)?;
            put(&mut lists, numbers.len() as u64);
            numbers.iter().for_each(|number| put(&mut lists, u64::from(*number)));
        }
        let keys = dictionary.into_inner().map_err(io::Error::other)?;
        layout::write([&keys, &lists, &words, &units, &postings, &self.names, &self.records], out)
    }
}
