//! Names to a segment.

use super::layout::{self, PER_WEIGHT, PLACE, WordRecord, put};
use super::terms;
use crate::matching::tokens::Token;
use rayon::prelude::*;
use std::collections::HashMap;
use std::io::{self, Write};

/// Words listed under a key, those that most names have first.
const MOST_UNDER_A_KEY: usize = 8192;

/// Makes a segment of names that come in the order of their numbers.
#[derive(Default)]
pub struct Builder {
    numbers: HashMap<String, u32>,
    words: Vec<Growing>,
    units: Vec<u8>,
    /// Words under each key.
    under: HashMap<Vec<u8>, Vec<u32>>,
    records: Vec<u8>,
    names: Vec<u8>,
    count: u32,
    last: u64,
}

/// A word while names are added.
#[derive(Default)]
struct Growing {
    record: WordRecord,
    postings: Vec<u8>,
    /// The place of the last name that holds it.
    last: u32,
}

impl Builder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds names; a number is the caller's, above 0 and higher than those before it. A name without a letter takes no room.
    pub fn add(&mut self, names: &[(u64, &str)]) {
        let terms: Vec<Vec<Token>> = names.par_iter().map(|(_, name)| terms::terms(name)).collect();
        let mut new: Vec<&Token> = Vec::new();
        let numbers: Vec<Vec<u32>> = terms.iter().map(|tokens| tokens.iter().map(|token| self.number(token, &mut new)).collect()).collect();
        self.learn(&new);
        for ((number, name), words) in names.iter().zip(numbers) {
            if !words.is_empty() && *number > self.last {
                self.one(*number, name, &words);
            }
        }
    }

    /// The number of a word; one that was not there before is put down as new.
    fn number<'a>(&mut self, token: &'a Token, new: &mut Vec<&'a Token>) -> u32 {
        let next = self.numbers.len() as u32;
        let own = *self.numbers.entry(terms::spelled(token)).or_insert(next);
        if own == next {
            new.push(token);
        }
        own
    }

    /// What there is to know of new words.
    fn learn(&mut self, new: &[&Token]) {
        let read: Vec<_> = new
            .par_iter()
            .map(|token| {
                let word = terms::word(token);
                let keys = terms::keys(token, &word).under;
                (word, keys)
            })
            .collect();
        for (word, keys) in read {
            let number = self.words.len() as u32;
            let core = word.core.as_ref();
            let record = WordRecord {
                units: self.units.len() as u32,
                length: word.spelling.len() as u8,
                core: core.map_or(0, |core| core.spelling.len() as u8),
                article: core.is_some_and(|core| core.article),
                weight: word.weight,
                ..WordRecord::default()
            };
            self.units.extend_from_slice(&word.spelling.units);
            self.units.extend(core.iter().flat_map(|core| core.spelling.units.iter()));
            self.words.push(Growing { record, ..Growing::default() });
            keys.into_iter().for_each(|key| self.under.entry(key).or_default().push(number));
        }
    }

    fn one(&mut self, number: u64, name: &str, words: &[u32]) {
        let place = self.count;
        self.count += 1;
        self.last = number;
        let at = self.records.len() as u64;
        self.names.extend(at.to_le_bytes().into_iter().take(PLACE));
        let weight: f32 = words.iter().filter_map(|word| self.words.get(*word as usize)).map(|word| word.record.weight).sum();
        put(&mut self.records, number);
        put(&mut self.records, (weight * PER_WEIGHT) as u64);
        put(&mut self.records, words.len() as u64);
        for own in words {
            put(&mut self.records, u64::from(*own));
            if let Some(word) = self.words.get_mut(*own as usize)
                && (word.record.count == 0 || word.last != place)
            {
                // The first step is from before the first name, so that no step is 0.
                let before = if word.record.count == 0 { 0 } else { word.last + 1 };
                put(&mut word.postings, u64::from(place + 1 - before));
                word.last = place;
                word.record.count += 1;
            }
        }
        put(&mut self.records, name.len() as u64);
        self.records.extend_from_slice(name.as_bytes());
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
    pub fn finish(mut self, out: &mut impl Write) -> io::Result<()> {
        let (mut words, mut postings) = (Vec::new(), Vec::new());
        for word in &mut self.words {
            word.record.postings = postings.len() as u64;
            word.record.write(&mut words);
            postings.append(&mut word.postings);
        }
        let mut lists = Vec::new();
        let mut dictionary = fst::MapBuilder::memory();
        let mut under: Vec<(Vec<u8>, Vec<u32>)> = self.under.into_iter().collect();
        under.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (key, mut numbers) in under {
            let count = |number: &u32| self.words.get(*number as usize).map_or(0, |word| word.record.count);
            numbers.sort_by_key(|number| (std::cmp::Reverse(count(number)), *number));
            numbers.truncate(MOST_UNDER_A_KEY);
            dictionary.insert(key, lists.len() as u64).map_err(io::Error::other)?;
            put(&mut lists, numbers.len() as u64);
            numbers.iter().for_each(|number| put(&mut lists, u64::from(*number)));
        }
        let keys = dictionary.into_inner().map_err(io::Error::other)?;
        layout::write([&keys, &lists, &words, &self.units, &postings, &self.names, &self.records], out)
    }
}
