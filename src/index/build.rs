//! Names to a segment.

use super::layout::{self, DENSE, LEAST_DENSE, PER_ROUGH_WEIGHT, PER_WEIGHT, PLACE, WordRecord, put, take};
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
    weights: Vec<u8>,
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
        self.weights.push((weight * PER_ROUGH_WEIGHT) as u8);
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
        let mut under: Vec<(Vec<u8>, Vec<u32>)> = std::mem::take(&mut self.under).into_iter().collect();
        under.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        drop(std::mem::take(&mut self.numbers));
        let order = order(&under, self.words.len());
        let numbers = turned(&order);
        self.rename(&numbers);
        let (mut words, mut units) = (Vec::new(), Vec::new());
        let (mut postings, mut dense) = (Vec::new(), Vec::new());
        let names = self.len();
        for old in order {
            let Some(word) = self.words.get_mut(old as usize) else { continue };
            let record = &mut word.record;
            let spelled = record.units as usize..record.units as usize + usize::from(record.length) + usize::from(record.core);
            record.units = units.len() as u32;
            units.extend_from_slice(self.units.get(spelled).unwrap_or_default());
            record.dense = names >= LEAST_DENSE && u64::from(record.count) * DENSE >= names as u64;
            let steps = std::mem::take(&mut word.postings);
            if record.dense {
                record.postings = dense.len() as u64;
                append_bits(&mut dense, &steps, names);
            } else {
                record.postings = postings.len() as u64;
                postings.extend(steps);
            }
            record.write(&mut words);
        }
        let mut lists = Vec::new();
        let mut dictionary = fst::MapBuilder::memory();
        for (key, mut own) in under {
            let count = |number: &u32| self.words.get(*number as usize).map_or(0, |word| word.record.count);
            own.sort_by_key(|number| (std::cmp::Reverse(count(number)), *number));
            own.truncate(MOST_UNDER_A_KEY);
            own.iter_mut().for_each(|number| *number = numbers.get(*number as usize).copied().unwrap_or(0));
            own.sort_unstable();
            dictionary.insert(key, lists.len() as u64).map_err(io::Error::other)?;
            put(&mut lists, own.len() as u64);
            own.iter().fold(0, |before, number| {
                put(&mut lists, u64::from(number - before));
                *number
            });
        }
        let keys = dictionary.into_inner().map_err(io::Error::other)?;
        layout::write([&keys, &lists, &words, &units, &postings, &dense, &self.weights, &self.names, &self.records], out)
    }

    /// Gives the words of all names their new numbers.
    fn rename(&mut self, numbers: &[u32]) {
        const NAMES: usize = 1 << 14;
        let (names, records) = (std::mem::take(&mut self.names), std::mem::take(&mut self.records));
        let rename = |places: &[u8]| {
            let (mut out, mut starts) = (Vec::new(), Vec::new());
            for place in places.chunks_exact(PLACE) {
                starts.push(out.len());
                let at = place.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
                let mut rest = records.get(at as usize..).unwrap_or_default();
                let mut next = || take(&mut rest).unwrap_or(0);
                let (number, weight, count) = (next(), next(), next());
                [number, weight, count].into_iter().for_each(|head| put(&mut out, head));
                for _ in 0..count {
                    put(&mut out, numbers.get(next() as usize).copied().map_or(0, u64::from));
                }
                let length = next();
                put(&mut out, length);
                out.extend_from_slice(rest.get(..length as usize).unwrap_or_default());
            }
            (out, starts)
        };
        let parts: Vec<(Vec<u8>, Vec<usize>)> = names.par_chunks(NAMES * PLACE).map(rename).collect();
        drop(records);
        for (part, starts) in parts {
            let before = self.records.len();
            self.names.extend(starts.into_iter().flat_map(|start| ((before + start) as u64).to_le_bytes().into_iter().take(PLACE)));
            self.records.extend(part);
        }
    }
}

/// The words in the order of their consonants: those that a query hears together lie together.
fn order(under: &[(Vec<u8>, Vec<u32>)], words: usize) -> Vec<u32> {
    let mut placed = vec![false; words];
    let whole = under.iter().filter(|(key, _)| !matches!(key.first(), Some(b'-' | b'=')));
    let all = whole.flat_map(|(_, own)| own.iter().copied()).chain(0..words as u32);
    all.filter(|number| placed.get_mut(*number as usize).is_some_and(|placed| !std::mem::replace(placed, true))).collect()
}

/// The place of each number.
fn turned(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, number) in (0..).zip(order) {
        places.get_mut(*number as usize).into_iter().for_each(|own| *own = place);
    }
    places
}

/// Appends a bit for each name, in whole numbers of eight bytes, from the steps between those that are set.
fn append_bits(out: &mut Vec<u8>, mut steps: &[u8], names: usize) {
    let start = out.len();
    out.resize(start + names.div_ceil(64) * 8, 0);
    let mut next = 0;
    while let Some(step) = take(&mut steps) {
        next += step as usize;
        let place = next - 1;
        out.get_mut(start + place / 8).into_iter().for_each(|byte| *byte |= 1 << (place % 8));
    }
}
