//! A name as it is searched for: its words, and neighbours that another spelling writes as one.

use super::begun::Begun;
use super::terms::{self, Keys};
use crate::matching::units::units;
use crate::matching::{Spelling, Word, codes};
use std::sync::Arc;

/// Words of a name that are searched for.
pub(super) const MOST_WORDS: usize = 12;

/// A name to search for.
pub(super) struct Query {
    pub words: Vec<QueryWord>,
    /// How many of them are words of the name; the others are neighbours in one, in the same order.
    pub single: usize,
    /// What the words of the name weigh together.
    pub weight: f32,
    /// The last word, where it may go on.
    pub begun: Option<Begun>,
}

/// A word to search for, or two neighbours in one.
pub(super) struct QueryWord {
    pub spelling: Spelling,
    /// The whole word; none for neighbours in one.
    pub word: Option<Arc<Word>>,
    pub keys: Vec<Vec<u8>>,
    pub loose: Vec<Vec<u8>>,
    pub weight: f32,
    /// What answers to it may be kept under; none for neighbours in one.
    pub known_as: Option<String>,
}

impl Query {
    /// A whole name; or, where it is `typed`, one that may go on.
    pub(super) fn new(name: &str, typed: bool) -> Query {
        let mut tokens = terms::terms(name);
        tokens.truncate(MOST_WORDS);
        let mut words: Vec<QueryWord> = Vec::new();
        for token in &tokens {
            let word = terms::word(token);
            let Keys { asked: keys, loose, .. } = terms::keys(token, &word);
            words.push(QueryWord {
                spelling: word.spelling.clone(),
                keys,
                loose,
                weight: word.weight,
                word: Some(word),
                known_as: Some(terms::spelled(token)),
            });
        }
        let single = words.len();
        let weight = words.iter().map(|word| word.weight).sum();
        for (at, pair) in tokens.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let mut joined = one.clone();
            joined.text.push_str(&other.text);
            joined.core = None;
            let keys = codes(&joined).into_iter().map(String::into_bytes).collect();
            let spelling = Spelling::new(units(&joined.text, joined.arabic));
            let weight = words.get(at..at + 2).unwrap_or_default().iter().map(|word| word.weight).sum();
            words.push(QueryWord { spelling, word: None, keys, loose: Vec::new(), weight, known_as: None });
        }
        let begun = tokens.last().filter(|_| typed).map(Begun::new);
        Query { words, single, weight, begun }
    }
}
