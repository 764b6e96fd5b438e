//! Identities in memory.

use super::{Bearer, Bearers, LinkOptions, Linkage, Query, Status, link, suggest};
use crate::error::Error;
use crate::index::{Builder, Index};
use crate::matching::Facts;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Segments added one by one before all names are indexed anew.
const MOST_SEGMENTS: usize = 8;

/// Identities with their names and facts, in memory.
#[derive(Default)]
pub struct People {
    identities: Vec<(String, Facts)>,
    by_id: HashMap<String, usize>,
    /// Each name with the place of its identity; the name at place n has the number n + 1 in the index.
    names: Vec<(usize, String)>,
    index: OnceLock<Index>,
}

impl People {
    /// Nobody yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of identities.
    pub fn len(&self) -> usize {
        self.identities.len()
    }

    /// True when nobody is there.
    pub fn is_empty(&self) -> bool {
        self.identities.is_empty()
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
            self.identities.push((id.to_string(), Facts::default()));
            self.identities.len() - 1
        });
        let before = self.names.len();
        self.names.extend(names.into_iter().map(|name| (place, name)));
        // What was searched before stays as it is; the new names stand behind it.
        match self.index.get_mut() {
            Some(index) if index.segments() < MOST_SEGMENTS => push(index, &self.names, before),
            _ => drop(self.index.take()),
        }
        Ok(())
    }

    /// Adds to what is known of an identity that is there.
    pub fn know(&mut self, id: &str, facts: &Facts) {
        if let Some((_, known)) = self.by_id.get(id).and_then(|place| self.identities.get_mut(*place)) {
            known.merge(facts);
        }
    }

    /// The identities that may bear a name.
    pub fn link(&self, query: impl Into<Query>, options: &LinkOptions) -> Linkage {
        let query = query.into();
        // Reading from memory does not fail.
        let nobody = |_| Linkage { query: query.names.first().cloned().unwrap_or_default(), status: Status::None, matches: Vec::new() };
        link(self, &query, options).unwrap_or_else(nobody)
    }

    /// The identities that somebody may mean who has typed the beginning of a name.
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<Bearer> {
        suggest(self, typed, most).unwrap_or_default()
    }
}

impl Bearers for People {
    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::new();
            push(&mut index, &self.names, 0);
            index
        })
    }

    fn bearer(&self, number: u64) -> Result<Option<Bearer>, Error> {
        let name = usize::try_from(number).ok().and_then(|number| self.names.get(number.checked_sub(1)?));
        let bearer = |(place, name): &(usize, String)| Some(Bearer { id: self.identities.get(*place)?.0.clone(), name: name.clone() });
        Ok(name.and_then(bearer))
    }

    fn facts(&self, id: &str) -> Result<Facts, Error> {
        let identity = self.by_id.get(id).and_then(|place| self.identities.get(*place));
        Ok(identity.map(|(_, facts)| facts.clone()).unwrap_or_default())
    }

    fn decided(&self, _: &str) -> Result<Vec<(Bearer, bool)>, Error> {
        Ok(Vec::new())
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
