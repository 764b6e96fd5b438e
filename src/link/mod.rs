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

#[cfg(feature = "import")]
pub mod import;

use crate::error::Error;
use crate::index::{Builder, Index};
use crate::matching::{Prepared, equal, probability};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::OnceLock;

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

/// Identities and their names, in memory.
#[derive(Default)]
pub struct Registry {
    ids: Vec<String>,
    by_id: HashMap<String, usize>,
    /// Each name with the place of its identity; the name at place n has the number n + 1 in the index.
    names: Vec<(usize, String)>,
    index: OnceLock<Index>,
}

/// Candidates scored for a query.
const MOST_CANDIDATES: usize = 80;
/// Segments added one by one before all names are indexed anew.
const MOST_SEGMENTS: usize = 8;

impl Registry {
    /// An empty registry.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of identities.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True when nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
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
            self.ids.push(id.to_string());
            self.ids.len() - 1
        });
        let before = self.names.len();
        self.names.extend(names.into_iter().map(|name| (place, name)));
        // What was searched before stays as it is; the new names stand behind it.
        if let Some(index) = self.index.get_mut() {
            if index.segments() < MOST_SEGMENTS {
                push(index, &self.names, before);
            } else {
                self.index.take();
            }
        }
        Ok(())
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::new();
            push(&mut index, &self.names, 0);
            index
        })
    }

    /// The identities that may bear a name.
    pub fn link(&self, query: &str, options: &LinkOptions) -> Linkage {
        let prepared = Prepared::new(query);
        // The name that is spelled so answers before one that fits as well.
        let mut best: HashMap<usize, (bool, f64, &str)> = HashMap::new();
        for found in self.index().search(query, MOST_CANDIDATES) {
            let Some((place, name)) = self.names.get(found.number as usize - 1) else { continue };
            let other = Prepared::new(name);
            let own = (equal(&prepared, &other), probability(&prepared, &other), name.as_str());
            let better = |old: &(bool, f64, &str)| own.0.cmp(&old.0).then(own.1.total_cmp(&old.1)).then_with(|| old.2.cmp(own.2)).is_gt();
            match best.get_mut(place) {
                Some(old) if !better(old) => {}
                Some(old) => *old = own,
                None => drop(best.insert(*place, own)),
            }
        }
        let mut matches: Vec<LinkMatch> = best
            .into_iter()
            .filter(|(_, (_, probability, _))| *probability >= 0.01)
            .filter_map(|(place, (_, probability, name))| {
                Some(LinkMatch { id: self.ids.get(place)?.clone(), name: name.to_string(), probability })
            })
            .collect();
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

/// Indexes the names from a place on as one segment.
fn push(index: &mut Index, names: &[(usize, String)], from: usize) {
    let new: Vec<(u64, &str)> =
        (from as u64 + 1..).zip(names.get(from..).unwrap_or_default()).map(|(n, (_, name))| (n, name.as_str())).collect();
    let mut builder = Builder::new();
    builder.add(&new);
    let mut segment = Vec::new();
    // Neither writing to memory nor reading what was just written fails.
    if builder.finish(&mut segment).is_ok() {
        let _ = index.push(segment);
    }
}
