//! A name to the words that an index knows it by, and a word to the keys that it is found under.
//!
//! A key is a word's consonants, those that writers confuse as one, whole or, behind a dash, with one of them left out: two
//! words that share a key differ by an edit. What they are worth to each other is then told by their spelling. Another
//! kind of key is the lexicon row that a word surely is, for spellings as unlike as Mehmet and محمد.

use crate::matching::tokens::{self, Token};
use crate::matching::{Word, codes};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Consonants from which on one of them may be missing.
const LEAST_CODE: usize = 3;
/// How sure it must be that a word is a row.
const SURE: f32 = 0.3;

/// The words of a name; titles only where there is nothing else.
pub(super) fn terms(name: &str) -> Vec<Token> {
    let mut all = tokens::tokens(name);
    if all.iter().any(|token| !token.title) {
        all.retain(|token| !token.title);
    }
    all
}

/// What makes two tokens one word of the index.
pub(super) fn spelled(token: &Token) -> String {
    match &token.core {
        Some(core) => format!("{}\n{}{}", token.text, core.text, if core.article { "\n" } else { "" }),
        None => token.text.clone(),
    }
}

/// The keys of a word.
pub(super) fn keys(token: &Token, word: &Word) -> Keys {
    let (mut under, mut asked, mut loose) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for code in codes(token) {
        let letters: Vec<char> = code.chars().collect();
        if letters.len() >= LEAST_CODE {
            for left_out in 0..letters.len() {
                let rest: String = letters.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| c).collect();
                under.insert(format!("-{rest}").into_bytes());
                loose.insert(format!("-{rest}").into_bytes());
                asked.insert(rest.into_bytes());
            }
        }
        asked.insert(format!("-{code}").into_bytes());
        asked.insert(code.clone().into_bytes());
        under.insert(code.into_bytes());
    }
    for row in word.rows.iter().filter(|row| row.share >= SURE) {
        under.insert(row_key(row.sounds));
        asked.insert(row_key(row.sounds));
    }
    let list = |keys: BTreeSet<Vec<u8>>| keys.into_iter().collect();
    Keys { under: list(under), asked: list(asked), loose: list(loose) }
}

/// The keys of a word, each list sorted.
pub(super) struct Keys {
    /// Those that it stands under.
    pub under: Vec<Vec<u8>>,
    /// Those that a query looks under for it: words of the same consonants, of one more, and of one fewer.
    pub asked: Vec<Vec<u8>>,
    /// Those of words of one other consonant, which are many.
    pub loose: Vec<Vec<u8>>,
}

/// The key of a lexicon row; no code begins so.
pub(super) fn row_key(sounds: u64) -> Vec<u8> {
    let mut key = vec![b'='];
    key.extend(sounds.to_be_bytes());
    key
}

/// The word of a token, as the matcher sees it.
pub(super) fn word(token: &Token) -> Arc<Word> {
    Word::of(token.clone())
}
