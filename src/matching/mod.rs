//! Matching: the probability that two names are one person's, with the reason.
//!
//! Vowels are never waited for: what both sides surely say, consonants and long vowels, is
//! compared before what they may say. A name is prepared once and compared often.
//!
//! ```
//! use nasab::{Prepared, compare};
//! let a = Prepared::new("قيس الخزعلي");
//! let b = Prepared::new("Qaïs el-Khazaali");
//! assert!(compare(&a, &b).probability > 0.8);
//! ```

mod align;
mod cost;
mod score;
pub(crate) mod tokens;
pub(crate) mod units;
mod word;

use serde::Serialize;
use units::Unit;

/// A word of a prepared name.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub text: String,
    pub units: Vec<Unit>,
    /// How much the word says: high for rare words.
    pub weight: f32,
}

/// A name made ready for comparing.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub(crate) words: Vec<Word>,
}

/// Two words that were held to be one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// Words of the first name.
    pub left: String,
    /// Words of the second.
    pub right: String,
    /// From 0 to 1.
    pub similarity: f64,
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// That both are one person's names, from 0 to 1.
    pub probability: f64,
    /// The words that answer each other.
    pub links: Vec<Link>,
    /// Words of the first name without an answer.
    pub left_only: Vec<String>,
    /// Words of the second.
    pub right_only: Vec<String>,
}

impl Prepared {
    /// Prepares a name of any script. Words past the 32nd are left aside.
    pub fn new(name: &str) -> Prepared {
        let words = tokens::tokens(name)
            .into_iter()
            .map(|token| {
                let weight = score::weight(&tokens::rarity_key(&token));
                Word { units: units::units(&token.text, token.arabic), text: token.text, weight }
            })
            .collect();
        Prepared { words }
    }

    /// True when nothing can be compared.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Compares two names and says why.
pub fn compare(a: &Prepared, b: &Prepared) -> Comparison {
    let pairing = align::pair(a, b);
    let text = |words: &[Word], range: &std::ops::Range<usize>| -> String {
        words.get(range.clone()).unwrap_or(&[]).iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    let alone = |words: &[Word], taken: &dyn Fn(usize) -> bool| -> Vec<String> {
        words.iter().enumerate().filter(|(i, _)| !taken(*i)).map(|(_, w)| w.text.clone()).collect()
    };
    Comparison {
        probability: score::probability(a, b, &pairing),
        links: pairing
            .iter()
            .map(|p| Link { left: text(&a.words, &p.left), right: text(&b.words, &p.right), similarity: f64::from(p.similarity) })
            .collect(),
        left_only: alone(&a.words, &|i| pairing.iter().any(|p| p.left.contains(&i))),
        right_only: alone(&b.words, &|i| pairing.iter().any(|p| p.right.contains(&i))),
    }
}

/// The probability alone.
pub fn probability(a: &Prepared, b: &Prepared) -> f64 {
    score::probability(a, b, &align::pair(a, b))
}
