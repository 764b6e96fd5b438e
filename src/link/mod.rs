//! Linking: a name to the identity it belongs to, among many.
//!
//! A [`Query`] enters: one name or several of one person, and what is known beside them. The [`Bearers`] of a registry
//! that share its rarer words are judged by the matcher; their facts are evidence, and what a person decided is final. What
//! leaves is a [`Linkage`]. It does not depend on the order in which identities were added. Identities in memory are
//! [`People`].
//!
//! ```
//! use nasab::{LinkOptions, People, Status};
//! let mut people = People::new();
//! people.add("q1", ["Qays al-Khazali".to_string()]).unwrap();
//! people.add("q2", ["Laith al-Khazali".to_string()]).unwrap();
//! let linkage = people.link("قيس الخزعلي", &LinkOptions::default());
//! assert_eq!(linkage.matches[0].id, "q1");
//! ```

mod people;

use crate::error::Error;
use crate::index::Index;
use crate::matching::{Facts, Prepared, equal, probability, with_facts};
pub use people::People;
use serde::{Deserialize, Serialize};
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

/// Who is asked for: names of one person, and what is known beside them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Query {
    /// The names, of which the first stands for all in the answer.
    pub names: Vec<String>,
    /// The facts.
    #[serde(flatten)]
    pub facts: Facts,
}

impl From<&str> for Query {
    fn from(name: &str) -> Self {
        Query { names: vec![name.to_string()], facts: Facts::default() }
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
    /// The probability that both are one person; 1 where a person decided so.
    pub probability: f64,
    /// A person decided it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
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

/// A name in a registry, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The identity.
    pub id: String,
    /// The name.
    pub name: String,
}

/// What linking asks of a registry.
pub trait Bearers {
    /// The search structure over its names.
    fn index(&self) -> &Index;

    /// Whose name it is that has a number in the index; `None` for a name that was taken back.
    ///
    /// # Errors
    /// The registry cannot be read.
    fn bearer(&self, number: u64) -> Result<Option<Bearer>, Error>;

    /// What is known of an identity.
    ///
    /// # Errors
    /// The registry cannot be read.
    fn facts(&self, id: &str) -> Result<Facts, Error>;

    /// Identities of which a person decided that this spelling is (`true`) or is not (`false`) theirs, each with a name.
    ///
    /// # Errors
    /// The registry cannot be read.
    fn decided(&self, name: &str) -> Result<Vec<(Bearer, bool)>, Error>;
}

/// Names judged for a query; the right one is among so many in 98 of 100 queries (docs/measurements.md).
const MOST_CANDIDATES: usize = 80;
/// Once a name is as likely as this, those are judged that share so much of what the first one shares.
const SURE: f64 = 0.9;
const WORTH_WHEN_SURE: f32 = 0.6;
/// A match less likely is none.
const LEAST: f64 = 0.01;

/// The identities that may bear a name.
///
/// # Errors
/// The registry cannot be read.
pub fn link(registry: &impl Bearers, query: &Query, options: &LinkOptions) -> Result<Linkage, Error> {
    let mut best = Judged::default();
    let mut decided: HashMap<String, Option<LinkMatch>> = HashMap::new();
    for name in &query.names {
        for (bearer, same) in registry.decided(name)? {
            let Bearer { id, name } = bearer;
            let own = same.then(|| LinkMatch { id: id.clone(), name, probability: 1.0, decided: true });
            // That one spelling is not his says nothing of another.
            if same || query.names.len() == 1 {
                decided.insert(id, own);
            }
        }
        let prepared = Prepared::new(name);
        let found = registry.index().search(name, MOST_CANDIDATES);
        let first = found.first().map_or(0.0, |best| best.score);
        let mut worth = 0.0;
        for found in found {
            if found.score < worth {
                break;
            }
            let Some(bearer) = registry.bearer(found.number)? else { continue };
            if best.judge(&prepared, &bearer, &Prepared::new(&bearer.name)) >= SURE {
                worth = WORTH_WHEN_SURE * first;
            }
        }
    }
    let mut matches: Vec<LinkMatch> = Vec::new();
    for mut found in best.matches() {
        if decided.contains_key(&found.id) {
            continue;
        }
        if !query.facts.is_empty() {
            found.probability = with_facts(found.probability, &query.facts, &registry.facts(&found.id)?);
        }
        if found.probability >= LEAST {
            matches.push(found);
        }
    }
    matches.extend(decided.into_values().flatten());
    Ok(linkage(query.names.first().cloned().unwrap_or_default(), matches, options))
}

/// The identities that may bear a name, of candidates that were found elsewhere: all are judged, as [`link`] judges what its index finds,
/// without facts and decisions.
///
/// ```
/// use nasab::{Bearer, LinkOptions, Prepared, judge};
/// let bearer = Bearer { id: "q1".to_string(), name: "Qays al-Khazali".to_string() };
/// let prepared = Prepared::new(&bearer.name);
/// let linkage = judge("قيس الخزعلي", [(&bearer, &prepared)], &LinkOptions::default());
/// assert_eq!(linkage.matches[0].id, "q1");
/// ```
pub fn judge<'a>(name: &str, candidates: impl IntoIterator<Item = (&'a Bearer, &'a Prepared)>, options: &LinkOptions) -> Linkage {
    let (prepared, mut best) = (Prepared::new(name), Judged::default());
    for (bearer, other) in candidates {
        best.judge(&prepared, bearer, other);
    }
    linkage(name.to_string(), best.matches().collect(), options)
}

fn linkage(query: String, mut matches: Vec<LinkMatch>, options: &LinkOptions) -> Linkage {
    matches.sort_by(|a, b| b.decided.cmp(&a.decided).then(b.probability.total_cmp(&a.probability)).then_with(|| a.id.cmp(&b.id)));
    let status = status(&matches, options);
    matches.truncate(options.top);
    Linkage { query, status, matches }
}

/// The best name of each identity.
#[derive(Default)]
struct Judged(HashMap<String, Best>);

impl Judged {
    /// The probability that the bearer of a name is meant.
    fn judge(&mut self, query: &Prepared, bearer: &Bearer, other: &Prepared) -> f64 {
        let own = Best { equal: equal(query, other), probability: probability(query, other), name: bearer.name.clone() };
        let found = own.probability;
        match self.0.get_mut(&bearer.id) {
            Some(old) if !own.before(old) => {}
            Some(old) => *old = own,
            None => drop(self.0.insert(bearer.id.clone(), own)),
        }
        found
    }

    /// Those that are worth telling.
    fn matches(self) -> impl Iterator<Item = LinkMatch> {
        let told = self.0.into_iter().filter(|(_, best)| best.probability >= LEAST);
        told.map(|(id, Best { probability, name, .. })| LinkMatch { id, name, probability, decided: false })
    }
}

/// The identities that somebody may mean who has typed the beginning of a name, each with the name that was found.
///
/// # Errors
/// The registry cannot be read.
pub fn suggest(registry: &impl Bearers, typed: &str, most: usize) -> Result<Vec<Bearer>, Error> {
    let mut offered: Vec<Bearer> = Vec::new();
    // An identity may be found by several of its names, and a name may be taken off.
    for found in registry.index().suggest(typed, most.saturating_mul(4)) {
        if offered.len() == most {
            break;
        }
        if let Some(bearer) = registry.bearer(found.number)?
            && !offered.iter().any(|own| own.id == bearer.id)
        {
            offered.push(bearer);
        }
    }
    Ok(offered)
}

/// The name of an identity that answers best.
struct Best {
    equal: bool,
    probability: f64,
    name: String,
}

impl Best {
    /// The name that is spelled so answers before one that fits as well.
    fn before(&self, other: &Best) -> bool {
        let order = self.equal.cmp(&other.equal).then(self.probability.total_cmp(&other.probability));
        order.then_with(|| other.name.cmp(&self.name)).is_gt()
    }
}

fn status(matches: &[LinkMatch], options: &LinkOptions) -> Status {
    let Some(best) = matches.first() else { return Status::None };
    let rival = |other: &LinkMatch| other.decided == best.decided && other.probability >= best.probability;
    let alone = !matches.get(1).is_some_and(rival);
    match best.probability {
        sure if sure >= options.threshold && alone => Status::Linked,
        likely if likely >= options.review => Status::Review,
        _ => Status::None,
    }
}
