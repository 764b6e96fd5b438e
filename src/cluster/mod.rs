//! Clustering: which names of a list are one person's.
//!
//! Items enter, each with one name or several and perhaps facts; groups leave, each with an id, its members, and its
//! weakest link for review. Only an item without a letter is refused. The answer does not depend on the order of the
//! items, and no group is a chain: every member is held against every other, not against its neighbour alone.
//! Persons whose names and facts are equal letter for letter cannot be told apart and are one.
//!
//! ```
//! use nasab::cluster::{Constraints, Item, Options, cluster};
//! let items: Vec<Item> = ["Qays al-Khazali", "Falih al-Fayyad", "قيس الخزعلي"].iter().map(|n| Item::new(n).unwrap()).collect();
//! let groups = cluster(items, &Constraints::default(), &Options::default());
//! assert_eq!(groups.len(), 2);
//! assert!(groups.iter().any(|group| group.members == [0, 2]));
//! ```

mod block;
mod list;
mod merge;

use crate::error::Error;
use crate::matching::{Facts, Prepared, blocking_keys, probability, with_facts};
pub use block::{LARGEST, NEXT};
pub use list::List;
pub use merge::{Edge, Ties, merge};
use serde::Serialize;

/// What groups must keep to. Chosen on the names of three public lists: docs/measurements.md.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// Two groups are joined when their link reaches this: so much of their best pair, the rest of the mean of all pairs.
    pub threshold: f64,
    /// What the best pair counts in a link, from 0 to 1.
    pub best: f64,
    /// A pair that shares a word and is less likely than this keeps its groups apart.
    pub floor: f64,
    /// At most this share of the pairs between two groups may share no word. One person has names that share none,
    /// but the ends of a chain are like that too.
    pub strangers: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options { threshold: 0.4, best: 0.4, floor: 0.005, strangers: 0.2 }
    }
}

impl Options {
    /// The same with another threshold.
    #[must_use]
    pub fn with_threshold(mut self, threshold: f64) -> Self {
        self.threshold = threshold;
        self
    }
}

/// A line of a list: what is known of one person there.
#[derive(Clone, Debug)]
pub struct Item {
    /// Sorted, so that their order says nothing.
    names: Vec<(String, Prepared)>,
    facts: Facts,
}

impl Item {
    /// An item of one name.
    ///
    /// # Errors
    /// The name has no letter.
    pub fn new(name: &str) -> Result<Item, Error> {
        Item { names: Vec::new(), facts: Facts::default() }.with_name(name)
    }

    /// The same with another name of the person.
    ///
    /// # Errors
    /// The name has no letter.
    pub fn with_name(mut self, name: &str) -> Result<Item, Error> {
        let prepared = Prepared::new(name);
        if prepared.is_empty() || !name.chars().any(char::is_alphabetic) {
            return Err(Error::new("no letter in the name").with_hint("give a name in Arabic or Latin letters"));
        }
        if let Err(place) = self.names.binary_search_by(|(own, _)| own.as_str().cmp(name)) {
            self.names.insert(place, (name.to_string(), prepared));
        }
        Ok(self)
    }

    /// The same with facts beside the names.
    #[must_use]
    pub fn with_facts(mut self, facts: &Facts) -> Item {
        self.facts.merge(facts);
        self
    }

    /// The probability that both are one person: that of the two names that fit best, with the facts.
    pub fn probability(&self, other: &Item) -> f64 {
        let pairs = self.names.iter().flat_map(|(_, one)| other.names.iter().map(move |(_, two)| probability(one, two)));
        with_facts(pairs.fold(0.0, f64::max), &self.facts, &other.facts)
    }

    /// Its blocking keys as numbers, sorted: for those who seek pairs where no list fits into memory. Items that share a key are
    /// compared; of a key of more than [`LARGEST`] items each only with the [`NEXT`] behind it in the order of names.
    pub fn block_keys(&self) -> Vec<u64> {
        block::hashes(self.keys())
    }

    fn keys(&self) -> Vec<String> {
        self.names.iter().flat_map(|(name, _)| blocking_keys(name)).collect()
    }
}

/// What is decided, by the places of the items. Places beyond the list are passed over.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
    /// Pairs that are one person. They win over what else stands here.
    pub same: Vec<(usize, usize)>,
    /// Pairs that are two persons.
    pub apart: Vec<(usize, usize)>,
    /// Items of groups that are known, each with the id of its group. Such a group stays as it is but for new items that
    /// join it: it keeps its id, and two known groups are never joined.
    pub known: Vec<(usize, String)>,
}

/// Items that are one person's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The id of a known group; else made of the first member, so that the same members have the same id in every list.
    pub id: String,
    /// Places of the items, in the order of their names.
    pub members: Vec<usize>,
    /// The two members that fit least; none where all are alike letter for letter.
    pub weakest: Option<Weakest>,
    /// The mean probability of all pairs of members that are not alike letter for letter.
    pub mean: Option<f64>,
}

/// The pair of members that a reviewer should look at first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Weakest {
    /// The place of one item.
    pub left: usize,
    /// The place of the other.
    pub right: usize,
    /// That both are one person.
    pub probability: f64,
}

/// The groups of a list, in the order of their first members' names. For many items see [`List`], whose links can be sought
/// by several threads.
pub fn cluster(items: Vec<Item>, constraints: &Constraints, options: &Options) -> Vec<Group> {
    let list = List::new(items, constraints);
    let edges = (0..list.len()).flat_map(|node| list.edges(node, options)).collect();
    list.groups(edges, options)
}
