//! A segment that is open: words, names and what stands under a key.

use super::heard::Seen;
use super::layout::{self, PARTS, PER_ROUGH_WEIGHT, PER_WEIGHT, PLACE, WORD, WordRecord, take};
use crate::error::Error;
use crate::matching::units::Unit;
use fst::{IntoStreamer, Streamer};
use std::ops::Range;
use std::sync::Arc;

/// The bytes of a segment, in memory or in a mapped file.
pub(super) type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Words told for one beginning.
const MOST_BEGINNING: usize = 20_000;

/// A part of the bytes.
#[derive(Clone)]
struct Part {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        (*self.bytes).as_ref().get(self.range.clone()).unwrap_or_default()
    }
}

/// Names under a number, with their words.
pub(super) struct Segment {
    keys: fst::Map<Part>,
    lists: Part,
    words: Part,
    units: Part,
    postings: Part,
    dense: Part,
    weights: Part,
    names: Part,
    records: Part,
    /// What words of queries were heard as.
    pub(super) seen: Seen,
}

/// A name of a segment.
pub(super) struct NameRecord<'a> {
    pub number: u64,
    /// What its words weigh together.
    pub weight: f32,
    count: usize,
    /// The words, then the text.
    rest: &'a [u8],
}

impl<'a> NameRecord<'a> {
    pub(super) fn words(&self) -> impl Iterator<Item = u32> + use<'a> {
        let mut rest = self.rest;
        (0..self.count).map_while(move |_| take(&mut rest).map(|number| number as u32))
    }

    pub(super) fn text(&self) -> &'a str {
        let mut rest = self.rest;
        // A count that lies may be past all bounds.
        if (0..self.count).any(|_| take(&mut rest).is_none()) {
            return "";
        }
        let length = take(&mut rest).unwrap_or(0) as usize;
        rest.get(..length).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
    }
}

/// The names that hold a word, read from the first on.
pub(super) enum Bearers<'a> {
    /// A bit for each name of the segment.
    Bits(&'a [u8]),
    /// Steps from one to the next. `next` is one more than the place that was read last.
    Steps { rest: &'a [u8], left: u32, next: u32 },
}

impl Bearers<'_> {
    /// About how many there are left.
    pub(super) fn count(&self) -> u64 {
        match self {
            // Bits are for words that one name in so many holds at least.
            Bearers::Bits(all) => all.len() as u64 * 8,
            Bearers::Steps { left, .. } => u64::from(*left),
        }
    }

    /// Sets the bits of those in a range of places, which comes behind the one before; true when there may be any.
    pub(super) fn mark(&mut self, places: Range<usize>, bits: &mut [u64]) -> bool {
        let mut set = |place: usize| {
            let at = place - places.start;
            bits.get_mut(at / 64).into_iter().for_each(|lane| *lane |= 1 << (at % 64));
        };
        match self {
            Bearers::Bits(all) => {
                let own = all.get(places.start / 8..).unwrap_or_default();
                for (lane, eight) in bits.iter_mut().zip(own.chunks_exact(8)).take(places.len().div_ceil(64)) {
                    *lane |= eight.first_chunk().copied().map_or(0, u64::from_le_bytes);
                }
                true
            }
            Bearers::Steps { rest, left, next } => {
                let mut any = false;
                // A place that was read and lies behind the range waits for the next one.
                if let Some(place) = (*next as usize).checked_sub(1).filter(|place| places.contains(place)) {
                    set(place);
                    any = true;
                }
                while *left > 0 && (*next as usize) <= places.end {
                    let Some(step) = take(rest) else { break };
                    *left -= 1;
                    *next = next.saturating_add(step as u32);
                    match (*next as usize).checked_sub(1) {
                        Some(place) if place < places.end && place >= places.start => {
                            set(place);
                            any = true;
                        }
                        _ => {}
                    }
                }
                any
            }
        }
    }
}

impl Segment {
    /// Opens what a [`Builder`](super::Builder) wrote, once it is seen to be whole.
    pub(super) fn open(bytes: Bytes) -> Result<Segment, Error> {
        let ranges: [Range<usize>; PARTS] = layout::check((*bytes).as_ref())?;
        let [keys, lists, words, units, postings, dense, weights, names, records] =
            ranges.map(|range| Part { bytes: bytes.clone(), range });
        let keys = fst::Map::new(keys).map_err(|error| Error::new(format!("the index is damaged: {error}")))?;
        Ok(Segment { keys, lists, words, units, postings, dense, weights, names, records, seen: Seen::default() })
    }

    /// The number of names.
    pub(super) fn len(&self) -> usize {
        self.names.as_ref().len() / PLACE
    }

    /// Words under a key, rising; none where there are more than `most`.
    pub(super) fn under(&self, key: &[u8], most: u64) -> impl Iterator<Item = u32> {
        self.keys.get(key).into_iter().flat_map(move |at| self.list(at, most))
    }

    /// The words of the list at a place.
    fn list(&self, at: u64, most: u64) -> impl Iterator<Item = u32> {
        let mut rest = self.lists.as_ref().get(at as usize..).unwrap_or_default();
        let count = take(&mut rest).filter(|count| *count <= most).unwrap_or(0);
        let mut number = 0u32;
        (0..count).map_while(move |_| {
            number = number.checked_add(take(&mut rest)? as u32)?;
            Some(number)
        })
    }

    /// Words of which the consonants begin so.
    pub(super) fn beginning(&self, code: &[u8]) -> Vec<u32> {
        let mut numbers = Vec::new();
        let mut keys = self.keys.range().ge(code).into_stream();
        while let Some((key, at)) = keys.next() {
            if !key.starts_with(code) || numbers.len() >= MOST_BEGINNING {
                break;
            }
            numbers.extend(self.list(at, u64::MAX));
        }
        numbers
    }

    pub(super) fn word(&self, number: u32) -> Option<WordRecord> {
        let at = number as usize * WORD;
        WordRecord::read(self.words.as_ref().get(at..at + WORD)?)
    }

    /// The units of a word, and of its core.
    pub(super) fn units(&self, word: &WordRecord) -> (&[Unit], &[Unit]) {
        let (start, end) = (word.units as usize, word.units as usize + usize::from(word.length));
        let part = |range: Range<usize>| self.units.as_ref().get(range).unwrap_or_default();
        (part(start..end), part(end..end + usize::from(word.core)))
    }

    /// The names that hold a word.
    pub(super) fn bearers(&self, word: &WordRecord) -> Bearers<'_> {
        let part = if word.dense { &self.dense } else { &self.postings };
        let rest = part.as_ref().get(word.postings as usize..).unwrap_or_default();
        match word.dense {
            true => Bearers::Bits(rest.get(..self.len().div_ceil(64) * 8).unwrap_or_default()),
            false => Bearers::Steps { rest, left: word.count, next: 0 },
        }
    }

    /// What a name weighs, roughly.
    pub(super) fn weight(&self, place: usize) -> f32 {
        self.weights.as_ref().get(place).map_or(0.0, |weight| f32::from(*weight) / PER_ROUGH_WEIGHT)
    }

    pub(super) fn name(&self, place: u32) -> Option<NameRecord<'_>> {
        let at = self.names.as_ref().get(place as usize * PLACE..)?.get(..PLACE)?;
        let at = at.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
        let mut rest = self.records.as_ref().get(at as usize..)?;
        let number = take(&mut rest)?;
        let weight = take(&mut rest)? as f32 / PER_WEIGHT;
        let count = take(&mut rest)? as usize;
        Some(NameRecord { number, weight, count, rest })
    }

    /// The number of the first name.
    pub(super) fn first(&self) -> u64 {
        self.name(0).map_or(0, |name| name.number)
    }

    /// The number of the last name; numbers rise.
    pub(super) fn last(&self) -> u64 {
        (self.len() as u32).checked_sub(1).and_then(|place| self.name(place)).map_or(0, |name| name.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_with_its_bytes_whatever_it_says_of_its_words() {
        let name = |count| NameRecord { number: 1, weight: 1.0, count, rest: &[7, 8, 3, b'A', b'l', b'i'] };
        assert_eq!((name(2).text(), name(2).words().collect::<Vec<_>>()), ("Ali", vec![7, 8]));
        assert_eq!((name(usize::MAX).text(), name(usize::MAX).words().count()), ("", 6));
    }
}
