//! How a segment lies on disk: a head, then its parts one after another.
//!
//! ```text
//! magic, version, sum of the head, sum of the parts, the length of each part
//! keys      an fst: key to the place of its list
//! lists     words under a key: count, then steps from one number to the next
//! words     one record of fixed length a word, those of the same consonants together
//! units     the spellings of the words
//! postings  names that hold a word: steps from one to the next
//! names     one place a name: where its record begins
//! records   the number of a name, what it weighs, its words, its text
//! ```
//!
//! Numbers are little-endian; a number of any length has seven bits a byte, the lowest first.

use crate::error::Error;
use std::io::{self, Write};

/// What a segment begins with.
const MAGIC: &[u8; 8] = b"nasabidx";
/// To be raised when the layout changes, or what names are cut into.
const VERSION: u32 = 2;
/// Parts of a segment.
pub(super) const PARTS: usize = 9;
/// Magic, version, two sums, the lengths.
pub(super) const HEAD: usize = 8 + 4 + 4 + 4 + PARTS * 8;
/// Bytes of a record of `words`.
pub(super) const WORD: usize = 28;
/// Bytes of a place in `names`.
pub(super) const PLACE: usize = 5;

/// Steps in which the weight of a name is written.
pub(super) const PER_WEIGHT: f32 = 16.0;
/// The same in `weights`.
pub(super) const PER_ROUGH_WEIGHT: f32 = 4.0;
/// A word that one name in so many holds has bits: they are read in no time, and are ten times as long as steps at most.
pub(super) const DENSE: u64 = 128;
/// Names from which on words have bits.
pub(super) const LEAST_DENSE: usize = 1 << 16;

/// A word as `words` has it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordRecord {
    /// Where its units begin, how many they are, and how many its core has behind them.
    pub units: u32,
    pub length: u8,
    pub core: u8,
    /// The core lacks no more than an article.
    pub article: bool,
    pub weight: f32,
    /// Where its postings begin, or its bits where it is dense, and how many names hold it.
    pub postings: u64,
    pub dense: bool,
    pub count: u32,
}

impl WordRecord {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.units.to_le_bytes());
        out.extend([self.length, self.core, u8::from(self.article), u8::from(self.dense)]);
        out.extend(self.weight.to_le_bytes());
        out.extend(self.postings.to_le_bytes());
        out.extend(self.count.to_le_bytes());
        out.extend([0; 4]);
    }

    pub(super) fn read(bytes: &[u8]) -> Option<WordRecord> {
        let &[length, core, article, dense] = bytes.get(4..8)? else { return None };
        Some(WordRecord {
            units: u32::from_le_bytes(bytes.first_chunk().copied()?),
            length,
            core,
            article: article == 1,
            dense: dense == 1,
            weight: f32::from_le_bytes(bytes.get(8..)?.first_chunk().copied()?),
            postings: u64::from_le_bytes(bytes.get(12..)?.first_chunk().copied()?),
            count: u32::from_le_bytes(bytes.get(20..)?.first_chunk().copied()?),
        })
    }
}

/// Appends a number.
pub(super) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number off the front; `None` at the end.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

/// Writes a segment.
pub(super) fn write(parts: [&[u8]; PARTS], out: &mut impl Write) -> io::Result<()> {
    let mut sum = crc32fast::Hasher::new();
    parts.iter().for_each(|part| sum.update(part));
    let mut lengths = Vec::new();
    lengths.extend(sum.finalize().to_le_bytes());
    parts.iter().for_each(|part| lengths.extend((part.len() as u64).to_le_bytes()));
    let head = crc32fast::hash(&lengths);
    out.write_all(MAGIC)?;
    out.write_all(&VERSION.to_le_bytes())?;
    out.write_all(&head.to_le_bytes())?;
    out.write_all(&lengths)?;
    parts.iter().try_for_each(|part| out.write_all(part))
}

/// Where each part lies, when all is as it was written.
pub(super) fn check(bytes: &[u8]) -> Result<[std::ops::Range<usize>; PARTS], Error> {
    let damaged = |what: &str| Error::new(format!("the index is damaged: {what}")).with_hint("it is rebuilt from the registry");
    let four = |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk().copied()).map(u32::from_le_bytes);
    if !bytes.starts_with(MAGIC) {
        return Err(damaged("it is none"));
    }
    if four(8) != Some(VERSION) {
        return Err(Error::new("the index is of another version").with_hint("it is rebuilt from the registry"));
    }
    let lengths = bytes.get(16..HEAD).ok_or_else(|| damaged("its head is cut off"))?;
    if four(12) != Some(crc32fast::hash(lengths)) {
        return Err(damaged("its head has changed"));
    }
    let mut at = HEAD;
    let mut places: [std::ops::Range<usize>; PARTS] = std::array::from_fn(|_| 0..0);
    for (place, length) in places.iter_mut().zip(lengths.get(4..).unwrap_or_default().chunks_exact(8)) {
        let length = length.first_chunk().copied().map_or(0, u64::from_le_bytes);
        let end = usize::try_from(length).ok().and_then(|length| at.checked_add(length)).filter(|end| *end <= bytes.len());
        *place = at..end.ok_or_else(|| damaged("it is cut off"))?;
        at = place.end;
    }
    if at != bytes.len() {
        return Err(damaged("something is behind its end"));
    }
    if four(16) != bytes.get(HEAD..).map(crc32fast::hash) {
        return Err(damaged("its content has changed"));
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|n| put(&mut bytes, *n));
        let mut rest = bytes.as_slice();
        assert_eq!(numbers.map(|_| take(&mut rest)), numbers.map(Some));
        assert_eq!(take(&mut rest), None);
        assert_eq!(take(&mut [0xFF; 20].as_slice()), None);
    }

    #[test]
    fn a_word_comes_back() {
        let word = WordRecord { units: 7, length: 5, core: 3, article: true, weight: 2.5, postings: 1 << 40, dense: true, count: 9 };
        let mut bytes = Vec::new();
        word.write(&mut bytes);
        assert_eq!(bytes.len(), WORD);
        assert_eq!(format!("{:?}", WordRecord::read(&bytes).unwrap()), format!("{word:?}"));
        assert!(WordRecord::read(&bytes[..20]).is_none());
    }

    #[test]
    fn any_changed_bit_is_seen() {
        let mut bytes = Vec::new();
        write([b"a", b"bc", b"", b"d", b"", b"e", b"fgh", b"", b"i"], &mut bytes).unwrap();
        assert_eq!(check(&bytes).unwrap()[6].len(), 3);
        for at in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[at / 8] ^= 1 << (at % 8);
            assert!(check(&other).is_err(), "bit {at}");
        }
        for length in 0..bytes.len() {
            assert!(check(&bytes[..length]).is_err(), "{length} bytes");
        }
    }
}
