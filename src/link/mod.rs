//! Linking: a name to the identity it belongs to, among many.
//!
//! A [`Registry`] is held in memory; every name of an identity is prepared once. Candidates
//! share a blocking key with the query; the matcher scores them. The answer does not depend on
//! the order in which identities were added.
//!
//! ```
//! use nasab::{LinkOptions, Registry, Status};
//! let mut registry = Registry::new();
//! registry.add("q1", ["Qays al-Khazali".to_string()]).unwrap();
//! registry.add("q2", ["Laith al-Khazali".to_string()]).unwrap();
//! let linkage = registry.link("قيس الخزعلي", &LinkOptions::default());
//! assert_eq!(linkage.matches[0].id, "q1");
//! ```

mod block;

use crate::error::Error;
use crate::matching::{Prepared, equal, probability};
use block::Blocks;
use serde::Serialize;
use std::collections::HashMap;

/// How far a link goes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LinkOptions {
    /// At most this many matches are listed.
    pub top: usize,
    /// At this probability or above, with no second identity as good, a name is linked.
    pub threshold: f64,
    /// At this probability or above a person should look.
    pub review: f64,
}

impl Default for LinkOptions {
    fn default() -> Self {
        LinkOptions { top: 5, threshold: 0.9, review: 0.3 }
    }
}

/// What became of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The best match is sure enough.
    Linked,
    /// There are matches that a person should look at.
    Review,
    /// Nobody here bears this name.
    None,
}

/// An identity that may bear the name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkMatch {
    /// The identity.
    pub id: String,
    /// Its name that matched best.
    pub name: String,
    /// The probability that both are one person.
    pub probability: f64,
}

/// The answer to a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Linkage {
    /// The name that was asked for.
    pub query: String,
    /// What became of it.
    pub status: Status,
    /// Matches, best first; equal ones by id.
    pub matches: Vec<LinkMatch>,
}

struct Record {
    id: String,
    names: Vec<(String, Prepared)>,
}

/// Identities and their names, in memory.
#[derive(Default)]
pub struct Registry {
    records: Vec<Record>,
    by_id: HashMap<String, usize>,
    blocks: Blocks,
}

/// Candidates scored for a query.
const MOST_CANDIDATES: usize = 400;

impl Registry {
    /// An empty registry.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of identities.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True when nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Adds names to an identity, new or known.
    ///
    /// # Errors
    /// The id is empty, or no name has a letter.
    pub fn add(&mut self, id: &str, names: impl IntoIterator<Item = String>) -> Result<(), Error> {
        if id.trim().is_empty() {
            return Err(Error::new("no id").with_hint("give every row an id"));
        }
        let names: Vec<String> = names.into_iter().filter(|n| n.chars().any(char::is_alphabetic)).collect();
        if names.is_empty() {
            return Err(Error::new(format!("no name for `{id}`")).with_hint("give every row a name with letters"));
        }
        let place = *self.by_id.entry(id.to_string()).or_insert_with(|| {
            self.records.push(Record { id: id.to_string(), names: Vec::new() });
            self.records.len() - 1
        });
        if let Some(record) = self.records.get_mut(place) {
            for name in names {
                self.blocks.add(&name, place);
                let prepared = Prepared::new(&name);
                record.names.push((name, prepared));
            }
        }
        Ok(())
    }

    /// The identities that may bear a name.
    pub fn link(&self, query: &str, options: &LinkOptions) -> Linkage {
        let prepared = Prepared::new(query);
        let mut matches: Vec<LinkMatch> = Vec::new();
        for place in self.blocks.candidates(query, MOST_CANDIDATES) {
            let Some(record) = self.records.get(place) else { continue };
            let best = record
                .names
                .iter()
                .map(|(name, other)| (probability(&prepared, other), equal(&prepared, other), name))
                // The name that is spelled so answers before one that fits as well.
                .max_by(|a, b| a.1.cmp(&b.1).then(a.0.total_cmp(&b.0)).then_with(|| b.2.cmp(a.2)));
            if let Some((probability, name)) = best.map(|(p, _, name)| (p, name)).filter(|(p, _)| *p >= 0.01) {
                matches.push(LinkMatch { id: record.id.clone(), name: name.clone(), probability });
            }
        }
        matches.sort_by(|a, b| b.probability.total_cmp(&a.probability).then_with(|| a.id.cmp(&b.id)));
        let best = matches.first().map_or(0.0, |m| m.probability);
        let alone = matches.get(1).is_none_or(|second| second.probability < best);
        matches.truncate(options.top);
        let status = if best >= options.threshold && alone {
            Status::Linked
        } else if best >= options.review {
            Status::Review
        } else {
            Status::None
        };
        Linkage { query: query.to_string(), status, matches }
    }
}
