//! Blocking keys: two names that share none are not worth comparing.
//!
//! A key stands for one word that few people bear, or for two words of which one may be misspelled: all
//! consonants of the one, the first or the last two of the other. Consonants are those that every spelling of
//! a word has, in either script; vowels do not count, nor does the order of the words.

use super::prepared;
use super::tokens::{self, Token};
use crate::lexicon::key;
use std::collections::BTreeSet;

/// From this weight on a word has a key of its own; commoner words only together with another.
const RARE: f32 = 3.2;
/// Consonants of the word beside it that a key takes from either end.
const EDGE: usize = 3;
/// Spellings of a word considered.
const MOST_CODES: usize = 4;
/// Words considered; names of more have keys enough.
const MOST_WORDS: usize = 8;

/// The blocking keys of a name, sorted; none where it has no letter. They are short texts to join on.
///
/// How many true pairs share a key, and how many names a key brings back: docs/measurements.md.
///
/// ```
/// let keys = nasab::blocking_keys("قيس الخزعلي");
/// assert!(nasab::blocking_keys("Qais Khazaali").iter().any(|key| keys.contains(key)));
/// ```
pub fn blocking_keys(name: &str) -> Vec<String> {
    let mut words: Vec<Word> = tokens::tokens(name).iter().map(Word::of).filter(|w| !w.codes.is_empty()).collect();
    if words.iter().any(|w| !w.title) {
        words.retain(|w| !w.title);
    }
    words.truncate(MOST_WORDS);
    let mut keys = BTreeSet::new();
    let alone = words.len() == 1;
    for (place, word) in words.iter().enumerate() {
        if alone || word.weight >= RARE {
            keys.extend(word.codes.iter().cloned());
        }
        for (_, other) in words.iter().enumerate().filter(|(at, _)| *at != place) {
            for (code, end) in word.codes.iter().flat_map(|c| other.codes.iter().map(move |o| (c, o))) {
                keys.insert(format!("{code}^{}", end.chars().take(EDGE).collect::<String>()));
                keys.insert(format!("{code}${}", end.chars().rev().take(EDGE).collect::<String>()));
            }
        }
    }
    // Neighbours that another spelling writes as one word.
    for pair in words.windows(2) {
        if let [Some(one), Some(other)] = [0, 1].map(|at| pair.get(at).and_then(|w| w.codes.first())) {
            keys.insert(coarse(&format!("{one}{other}")));
        }
    }
    keys.into_iter().collect()
}

struct Word {
    /// Its consonants, as each spelling may have them.
    codes: Vec<String>,
    weight: f32,
    title: bool,
}

impl Word {
    fn of(token: &Token) -> Word {
        Word { codes: codes(token), weight: prepared::Word::of(token.clone()).weight, title: token.title }
    }
}

/// The consonants of a word, as each spelling may have them, those that writers confuse being one. Of the Arabic dentals
/// half the writers make a z or an s, so that such words have a code for either.
pub(crate) fn codes(token: &Token) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    let hissed = |text: &str| text.replace(['ث', 'ذ', 'ض', 'ظ'], "ز");
    let texts = std::iter::once(&token.text).chain(token.core.as_ref().map(|core| &core.text));
    let mut spellings: Vec<String> = Vec::new();
    for text in texts {
        spellings.push(tokens::latin(text, token.arabic));
        if token.arabic && hissed(text) != *text {
            spellings.push(tokens::latin(&hissed(text), true));
        }
    }
    let skeletons = spellings.iter().flat_map(|spelling| key::latin(spelling));
    for code in skeletons.map(|s| coarse(&s)).filter(|c| !c.is_empty()) {
        if codes.len() < MOST_CODES && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// Consonants that writers confuse are one, and doubled ones count once.
fn coarse(skeleton: &str) -> String {
    let mut out = String::with_capacity(skeleton.len());
    for c in skeleton.chars() {
        let class = match c {
            'k' | 'g' | '9' | 'j' => 'k',
            'x' | 'h' => 'h',
            '0' | 'd' | 't' | '8' => 't',
            'z' | 's' => 's',
            'c' | '$' => 'c',
            c => c,
        };
        if !out.ends_with(class) {
            out.push(class);
        }
    }
    out
}
