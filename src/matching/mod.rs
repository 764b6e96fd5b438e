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
mod evidence;
mod measures;
mod score;
pub(crate) mod tokens;
#[doc(hidden)]
pub mod units;
mod word;

use crate::lexicon::{Known, known_rows};
pub use evidence::Evidence;
pub use measures::MEASURES;
use measures::REASONS;
use serde::Serialize;
use std::sync::Arc;
use units::Unit;

/// A word of a prepared name.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// As it was written.
    pub shown: String,
    pub units: Vec<Unit>,
    /// The units of the word's core; empty where it has none of its own.
    pub core: Vec<Unit>,
    /// The core lacks no more than an article.
    pub core_is_whole: bool,
    /// How much the word says: high for rare words.
    pub weight: f32,
    /// The rows of the lexicon that it may be.
    pub rows: Arc<[Known]>,
    /// Consonant keys.
    pub skeletons: Vec<String>,
}

impl Word {
    fn of(token: tokens::Token) -> Word {
        let rows = known_rows(&token.text, token.arabic);
        Word {
            units: units::units(&token.text, token.arabic),
            core: token.core.as_ref().map_or(Vec::new(), |core| units::units(&core.text, token.arabic)),
            core_is_whole: token.core.as_ref().is_some_and(|core| core.article),
            weight: score::weight(&token, &rows),
            rows,
            skeletons: tokens::skeletons(&token),
            shown: token.shown,
        }
    }
}

/// A name made ready for comparing.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub(crate) words: Vec<Word>,
    /// The units of all words in one row, for spellings that part words elsewhere.
    pub(crate) whole: Vec<Unit>,
    /// In Arabic script.
    pub(crate) arabic: bool,
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
    /// `same` spelling, another `habit`, `joined` words, an `initial`, or only `near`.
    pub kind: &'static str,
}

/// What a group of measures adds to the log-odds of one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// In words.
    pub what: &'static str,
    /// Natural logarithm of odds; above 0 it speaks for one person.
    pub weight: f64,
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
    /// Why, the weightiest first. Their sum is the log-odds of the probability; empty where no word answers another.
    pub reasons: Vec<Reason>,
}

impl Comparison {
    /// The same under another prior: the share of pairs of one person among all that will be compared, between
    /// 0 and 1. Without this it is [`learned_prior`], that of the pairs that were learned from.
    ///
    /// ```
    /// use nasab::{Prepared, compare};
    /// let found = compare(&Prepared::new("Qays al-Khazali"), &Prepared::new("Qaïs el-Khazaali"));
    /// assert!(found.clone().with_prior(1e-6).probability < found.probability);
    /// ```
    #[must_use]
    pub fn with_prior(mut self, prior: f64) -> Self {
        self.probability = with_prior(self.probability, prior);
        if !self.reasons.is_empty() {
            self.reasons.push(Reason { what: "the prior that was given", weight: log_odds(prior) - log_odds(learned_prior()) });
        }
        self
    }
}

/// The share of pairs of one person among those that the weights were learned from.
pub fn learned_prior() -> f64 {
    score::learned_prior()
}

/// A probability under another prior than [`learned_prior`].
pub fn with_prior(probability: f64, prior: f64) -> f64 {
    if probability <= 0.0 || probability >= 1.0 {
        return probability;
    }
    score::logistic(log_odds(probability) + log_odds(prior) - log_odds(learned_prior()))
}

fn log_odds(probability: f64) -> f64 {
    let inside = probability.clamp(1e-12, 1.0 - 1e-12);
    (inside / (1.0 - inside)).ln()
}

impl Prepared {
    /// Prepares a name of any script. Words past the 32nd are left aside.
    pub fn new(name: &str) -> Prepared {
        let tokens = tokens::tokens(name);
        let arabic = tokens.iter().any(|t| t.arabic);
        let words: Vec<Word> = tokens.into_iter().map(Word::of).collect();
        let whole = words.iter().flat_map(|w| w.units.iter().copied()).take(units::MOST_UNITS).collect();
        Prepared { words, whole, arabic }
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
        words.get(range.clone()).unwrap_or(&[]).iter().map(|w| w.shown.as_str()).collect::<Vec<_>>().join(" ")
    };
    let alone = |words: &[Word], taken: &dyn Fn(usize) -> bool| -> Vec<String> {
        words.iter().enumerate().filter(|(i, _)| !taken(*i)).map(|(_, w)| w.shown.clone()).collect()
    };
    let (first, second) = ordered(a, b);
    let (probability, reasons) = reasoned(first, second, &align::pair(first, second));
    let kind = |pair: &align::Pair| {
        let (left, right) = (evidence::units_of(&a.words, &pair.left), evidence::units_of(&b.words, &pair.right));
        match () {
            () if left == right => "same",
            () if left.len() == 1 || right.len() == 1 => "initial",
            () if pair.left.len() != pair.right.len() => "joined",
            () if pair.similarity >= HABIT => "habit",
            () => "near",
        }
    };
    Comparison {
        probability,
        reasons,
        links: pairing
            .iter()
            .map(|p| Link {
                left: text(&a.words, &p.left),
                right: text(&b.words, &p.right),
                similarity: f64::from(p.similarity),
                kind: kind(p),
            })
            .collect(),
        left_only: alone(&a.words, &|i| pairing.iter().any(|p| p.left.contains(&i))),
        right_only: alone(&b.words, &|i| pairing.iter().any(|p| p.right.contains(&i))),
    }
}

/// The probability alone.
pub fn probability(a: &Prepared, b: &Prepared) -> f64 {
    let (a, b) = ordered(a, b);
    certainty(a, b, &align::pair(a, b))
}

/// What a comparison rests on, number by number: for learning the weights, and for the curious.
pub fn evidence(a: &Prepared, b: &Prepared) -> Evidence {
    let (a, b) = ordered(a, b);
    evidence::evidence(a, b, &align::pair(a, b))
}

/// A word as the learning chores see it.
#[doc(hidden)]
pub struct Learned {
    /// Its units.
    pub units: Vec<Unit>,
    /// Its consonant keys; rarity is counted under the first.
    pub keys: Vec<String>,
}

/// The words of a name, for learning costs and rarity from data.
#[doc(hidden)]
pub fn words(name: &str) -> Vec<Learned> {
    tokens::tokens(name).iter().map(|t| Learned { units: units::units(&t.text, t.arabic), keys: tokens::skeletons(t) }).collect()
}

/// The two in one order whichever came first, so that sums round alike.
fn ordered<'a>(a: &'a Prepared, b: &'a Prepared) -> (&'a Prepared, &'a Prepared) {
    let known = |w: &'a Word| w.rows.iter().map(|row| (row.sounds, row.share.to_bits())).chain([(0, w.weight.to_bits())]);
    let units = a.words.iter().map(|w| &w.units).cmp(b.words.iter().map(|w| &w.units));
    // Words of the same units may be other words: a letter that no unit stands for was passed over.
    let order = units.then_with(|| a.words.iter().flat_map(known).cmp(b.words.iter().flat_map(known)));
    if order.is_le() { (a, b) } else { (b, a) }
}

/// What two names of the same words, letter for letter, come to at the least. Pairs of the data
/// that the weights are learned from are never equal, so they say nothing of this; a single
/// word stays what it is, since many people bear it.
const EQUAL: f64 = 0.95;

/// From this similarity on another spelling is a habit; below it the words are only near.
const HABIT: f32 = 0.8;

/// No word answering another is no evidence for one person, whatever else is alike.
fn certainty(a: &Prepared, b: &Prepared, pairs: &[align::Pair]) -> f64 {
    if pairs.is_empty() {
        return 0.0;
    }
    let learned = score::logistic(score::log_odds(&evidence::evidence(a, b, pairs)));
    if equal(a, b) { learned.max(EQUAL) } else { learned }
}

/// Two names of several words, spelled alike letter for letter.
pub(crate) fn equal(a: &Prepared, b: &Prepared) -> bool {
    a.words.len() > 1 && a.words.len() == b.words.len() && a.words.iter().zip(&b.words).all(|(x, y)| x.units == y.units)
}

/// The same with the weights that add up to it.
fn reasoned(a: &Prepared, b: &Prepared, pairs: &[align::Pair]) -> (f64, Vec<Reason>) {
    let probability = certainty(a, b, pairs);
    if pairs.is_empty() {
        return (probability, Vec::new());
    }
    let shares = score::shares(&evidence::evidence(a, b, pairs));
    let mut reasons: Vec<Reason> = Vec::new();
    for (what, share) in REASONS.into_iter().zip(shares) {
        match reasons.iter_mut().find(|r| r.what == what) {
            Some(reason) => reason.weight += f64::from(share),
            None => reasons.push(Reason { what, weight: f64::from(share) }),
        }
    }
    reasons.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
    reasons.push(Reason { what: "before anything is compared", weight: f64::from(score::start()) });
    let rest = log_odds(probability) - reasons.iter().map(|r| r.weight).sum::<f64>();
    if rest.abs() > 1e-4 {
        reasons.push(Reason { what: "the same words, letter for letter", weight: rest });
    }
    (probability, reasons)
}
