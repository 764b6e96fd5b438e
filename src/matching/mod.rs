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
mod facts;
mod keys;
mod measures;
mod prepared;
mod reason;
mod score;
mod spelling;
pub(crate) mod tokens;
#[doc(hidden)]
pub mod units;
mod word;

pub use evidence::Evidence;
pub use facts::{Facts, Gender};
pub use keys::blocking_keys;
#[cfg(feature = "index")]
pub(crate) use keys::codes;
pub use measures::MEASURES;
pub use prepared::Prepared;
#[cfg(feature = "index")]
pub(crate) use prepared::Word;
pub use reason::{Kind, LetterLink, Reason, WordReason, letters};
use serde::Serialize;
#[cfg(feature = "index")]
pub(crate) use spelling::Spelling;
use std::sync::Arc;
use units::Unit;
#[cfg(feature = "index")]
pub(crate) use word::{likely_from, same as same_word};

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// That both are one person's names, from 0 to 1.
    pub probability: f64,
    /// What the words say, in the order of the first name; what only the second has comes last.
    pub words: Vec<WordReason>,
    /// What is no word's, the weightiest first. With the weights of the words they add up to the log-odds of the
    /// probability; empty where no word answers another.
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
            self.reasons.push(Reason { what: "the prior that was given", weight: score::logit(prior) - score::logit(learned_prior()) });
        }
        self
    }

    /// The same with what is known of both beside their names.
    #[must_use]
    pub fn with_facts(mut self, left: &Facts, right: &Facts) -> Self {
        let reasons = left.weigh(right);
        self.probability = moved(self.probability, reasons.iter().map(|r| r.weight).sum());
        if !self.reasons.is_empty() {
            self.reasons.extend(reasons);
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
    moved(probability, score::logit(prior) - score::logit(learned_prior()))
}

/// A probability of two names with what is known of both beside them.
pub fn with_facts(probability: f64, left: &Facts, right: &Facts) -> f64 {
    moved(probability, left.weigh(right).iter().map(|r| r.weight).sum())
}

/// A probability after more evidence, in log-odds. What is certain stays so.
fn moved(probability: f64, weight: f64) -> f64 {
    if probability <= 0.0 || probability >= 1.0 { probability } else { score::logistic(score::logit(probability) + weight) }
}

/// Compares two names and says why.
pub fn compare(a: &Prepared, b: &Prepared) -> Comparison {
    let (first, second) = ordered(a, b);
    let pairs = align::align(first, second);
    let own = if std::ptr::eq(first, a) { pairs } else { pairs.turned() };
    if pairs.is_empty() {
        let (words, _) = reason::reasons(a, b, &own, &[0.0; MEASURES.len()]);
        return Comparison { probability: 0.0, words, reasons: Vec::new() };
    }
    let evidence = evidence::evidence(first, second, &pairs);
    let probability = certainty(first, second, &evidence);
    let shares = score::shares(&evidence);
    let (words, mut reasons) = reason::reasons(a, b, &own, &shares);
    reasons.push(Reason { what: "before anything is compared", weight: score::start() });
    let rest = score::logit(probability) - score::start() - shares.iter().sum::<f64>();
    if rest.abs() > 1e-4 {
        reasons.push(Reason { what: "the same words", weight: rest });
    }
    Comparison { probability, words, reasons }
}

/// The probability alone; allocates nothing. No word answering another is no evidence for one person, whatever
/// else is alike.
pub fn probability(a: &Prepared, b: &Prepared) -> f64 {
    let (a, b) = ordered(a, b);
    let pairs = align::align(a, b);
    if pairs.is_empty() { 0.0 } else { certainty(a, b, &evidence::evidence(a, b, &pairs)) }
}

/// How far every word of each answers a word of the other, from 0 to 1: what two spans of parallel texts are compared by, where
/// that they may name one person goes without saying.
pub(crate) fn coverage(a: &Prepared, b: &Prepared) -> f32 {
    let (a, b) = ordered(a, b);
    let pairs = align::align(a, b);
    let met: f32 = pairs.iter().map(|p| p.similarity * (p.left.len() + p.right.len()) as f32).sum();
    met / (a.words.len() + b.words.len()).max(1) as f32
}

/// What a comparison rests on, number by number: for learning the weights, and for the curious.
pub fn evidence(a: &Prepared, b: &Prepared) -> Evidence {
    let (a, b) = ordered(a, b);
    evidence::evidence(a, b, &align::align(a, b))
}

/// A word as the learning chores see it.
#[doc(hidden)]
pub struct Learned {
    /// Its units.
    pub units: Vec<Unit>,
    /// Its consonant keys; rarity is counted under the first.
    pub keys: Vec<String>,
    /// The rows of the lexicon that it may be, by their sounds, with their shares.
    pub rows: Vec<(u64, f32)>,
    /// How likely it is a given name.
    pub given: f32,
    /// As it was written.
    pub shown: String,
}

/// The words of a name, for learning costs and rarity from data.
#[doc(hidden)]
pub fn words(name: &str) -> Vec<Learned> {
    let learned = |token: tokens::Token| {
        let keys = tokens::skeletons(&token);
        let word = prepared::Word::of(token);
        Learned {
            units: word.spelling.units.to_vec(),
            keys,
            rows: word.rows.iter().map(|row| (row.sounds, row.share)).collect(),
            given: word.given,
            shown: word.shown.clone(),
        }
    };
    tokens::tokens(name).into_iter().map(learned).collect()
}

/// The two in one order whichever came first, so that sums round alike.
fn ordered<'a>(a: &'a Prepared, b: &'a Prepared) -> (&'a Prepared, &'a Prepared) {
    let known = |w: &'a Arc<prepared::Word>| w.rows.iter().map(|row| (row.sounds, row.share.to_bits())).chain([(0, w.weight.to_bits())]);
    let units = a.words.iter().map(|w| &w.spelling.units).cmp(b.words.iter().map(|w| &w.spelling.units));
    // Words of the same units may be other words: a letter that no unit stands for was passed over.
    let order = units.then_with(|| a.words.iter().flat_map(known).cmp(b.words.iter().flat_map(known)));
    if order.is_le() { (a, b) } else { (b, a) }
}

/// What two names of the same words, letter for letter, come to at the least. Pairs of the data
/// that the weights are learned from are never equal, so they say nothing of this; a single
/// word stays what it is, since many people bear it.
const EQUAL: f64 = 0.95;

/// The same where one name begins with another word: mostly with the surname. Of 24 pairs of the lists and headings whose words
/// stand in another order 22 are one person's.
const TURNED: f64 = 0.6;

/// What the evidence comes to, and no less than names of the same words do.
fn certainty(a: &Prepared, b: &Prepared, evidence: &Evidence) -> f64 {
    let learned = score::logistic(score::log_odds(evidence));
    match () {
        () if equal(a, b) => learned.max(EQUAL),
        () if turned(a, b) => learned.max(TURNED),
        () => learned,
    }
}

/// Two names of the same words in the same round, one of them begun elsewhere: `Salman Muhammad` and
/// `Muhammad Salman`. Other orders may be a father's and a son's who bears his grandfather's name.
fn turned(a: &Prepared, b: &Prepared) -> bool {
    let count = a.words.len();
    let same = |shift: usize| a.words.iter().zip(b.words.iter().cycle().skip(shift)).all(|(x, y)| x.spelling.same(&y.spelling));
    count > 1 && count == b.words.len() && (1..count).any(same)
}

/// Two names of several words, spelled alike letter for letter.
pub(crate) fn equal(a: &Prepared, b: &Prepared) -> bool {
    a.words.len() > 1 && a.words.len() == b.words.len() && a.words.iter().zip(&b.words).all(|(x, y)| x.spelling.same(&y.spelling))
}
