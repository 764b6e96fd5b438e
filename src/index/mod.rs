//! The search structure: of millions of names those that are worth comparing with one.
//!
//! Names enter with their numbers, in rising order ([`Builder`]), and become a segment: bytes that are searched where they
//! lie, in memory or in a mapped file. An [`Index`] is some segments, the newer behind the older. What leaves is
//! a few names that share the rarest words with the query, for the matcher to judge. Bytes that are not whole, or
//! of another version, are refused; the index is derived from its names and can always be built again.
//!
//! ```
//! use nasab::index::{Builder, Index};
//! let mut builder = Builder::new();
//! builder.add(&[(1, "Qays al-Khazali"), (2, "Falih al-Fayyad"), (3, "ليث الخزعلي")]);
//! let mut segment = Vec::new();
//! builder.finish(&mut segment).unwrap();
//! let mut index = Index::new();
//! index.push(segment).unwrap();
//! let found = index.search("قيس الخزعلي", 80);
//! assert_eq!((found[0].number, found[1].number, found.len()), (1, 3, 2));
//! ```

mod begun;
mod build;
pub mod file;
mod heard;
mod layout;
mod query;
mod search;
mod segment;
mod tally;
mod terms;

use crate::error::Error;
pub use build::Builder;
use query::Query;
use segment::Segment;
use std::sync::Arc;

/// Names are found that share so much of what the first one shares. Of those below, none more was the right one.
const WORTH: f32 = 0.5;

/// A name that a search found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found<'a> {
    /// The number that the name was added with.
    pub number: u64,
    /// How much it shares with the query, from 0 to 1.
    pub score: f32,
    /// The name.
    pub name: &'a str,
}

/// Segments that are searched together.
#[derive(Default)]
pub struct Index {
    segments: Vec<Segment>,
}

impl Index {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a segment that a [`Builder`] wrote; its numbers are higher than those of the segments before it.
    ///
    /// # Errors
    /// The bytes are no segment, damaged, of another version, or the numbers were there before.
    pub fn push(&mut self, bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<(), Error> {
        let segment = Segment::open(Arc::new(bytes))?;
        if segment.first() <= self.last() && segment.len() > 0 {
            return Err(Error::new("the index has names twice").with_hint("it is rebuilt from the registry"));
        }
        self.segments.push(segment);
        Ok(())
    }

    /// The number of segments.
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// The number of names.
    pub fn len(&self) -> usize {
        self.segments.iter().map(Segment::len).sum()
    }

    /// True when there is no name.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The highest number; 0 without names.
    pub fn last(&self) -> u64 {
        self.segments.iter().map(Segment::last).max().unwrap_or(0)
    }

    /// At most so many names that share most with one, half as much as the first one at least, best first; equal ones by number.
    pub fn search(&self, name: &str, most: usize) -> Vec<Found<'_>> {
        self.look(name, most, false)
    }

    /// The same for what somebody is typing: its last word may be the beginning of one, in either script.
    ///
    /// ```
    /// use nasab::index::{Builder, Index};
    /// let mut builder = Builder::new();
    /// builder.add(&[(1, "Qays al-Khazali"), (2, "Falih al-Fayyad"), (3, "ليث الخزعلي")]);
    /// let mut segment = Vec::new();
    /// builder.finish(&mut segment).unwrap();
    /// let mut index = Index::new();
    /// index.push(segment).unwrap();
    /// let mut found: Vec<u64> = index.suggest("Khaz", 10).iter().map(|one| one.number).collect();
    /// found.sort();
    /// assert_eq!(found, [1, 3]);
    /// ```
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<Found<'_>> {
        self.look(typed, most, true)
    }

    fn look(&self, name: &str, most: usize, begun: bool) -> Vec<Found<'_>> {
        let query = Query::new(name, begun);
        let mut found: Vec<Found<'_>> = Vec::new();
        for segment in &self.segments {
            for hit in search::search(segment, &query, most) {
                found.extend(segment.name(hit.place).map(|name| Found { number: name.number, score: hit.score, name: name.text() }));
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
        let worth = WORTH * found.first().map_or(0.0, |best| best.score);
        found.retain(|found| found.score >= worth);
        found.truncate(most);
        found
    }
}
