//! A name read once into what comparisons ask of it.

use super::score;
use super::spelling::{Spelling, hash};
use super::tokens::{self, Token};
use super::units::units;
use crate::lexicon::{Known, known_rows};
use crate::tables::Gender;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// Neighbours that a spelling may write as one word.
const MOST_JOINED: usize = 5;

/// A word of a prepared name.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// As it was written.
    pub shown: String,
    pub spelling: Spelling,
    /// The word without what some spellings leave out.
    pub core: Option<Core>,
    /// How much the word says: high for rare words.
    pub weight: f32,
    /// The rows of the lexicon that it may be.
    pub rows: Box<[Known]>,
    /// A bit for each of them, so that words with none in common are passed over.
    pub row_bits: u64,
    /// Its consonant keys, hashed.
    pub keys: Box<[u64]>,
    /// One letter for a name.
    pub initial: bool,
    pub title: bool,
    pub kunya: bool,
    /// How likely it is a nisba, from 0 to 1.
    pub nisba: f32,
    /// How likely it is a given name.
    pub given: f32,
    /// It ends in -a, as most names of women do.
    pub feminine: bool,
    /// How likely it is a man's given name, and a woman's.
    pub gender: [f32; 2],
}

/// What stays of a word.
#[derive(Clone, Debug)]
pub(crate) struct Core {
    pub spelling: Spelling,
    /// No more than an article is gone.
    pub article: bool,
}

/// Neighbours written as one word.
#[derive(Clone, Debug)]
pub(crate) struct Joined {
    pub start: usize,
    pub len: usize,
    pub spelling: Spelling,
}

/// A name made ready for comparing.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub(crate) words: Vec<Arc<Word>>,
    pub(crate) joined: Vec<Joined>,
    /// All words in one row, for spellings that part words elsewhere.
    pub(crate) whole: Spelling,
    /// In Arabic script.
    pub(crate) arabic: bool,
}

impl Prepared {
    /// Prepares a name of any script. Words past the 24th are left aside.
    pub fn new(name: &str) -> Prepared {
        let tokens = tokens::tokens(name);
        let arabic = tokens.iter().any(|t| t.arabic);
        let row = |part: &[Token]| {
            let text: String = part.iter().map(|t| t.text.as_str()).collect();
            Spelling::new(units(&text, part.first().is_some_and(|t| t.arabic)))
        };
        let whole = row(&tokens);
        let mut joined = Vec::new();
        for len in 2..=MOST_JOINED {
            for (start, part) in tokens.windows(len).enumerate() {
                joined.push(Joined { start, len, spelling: row(part) });
            }
        }
        let words = tokens.into_iter().map(Word::of).collect();
        Prepared { words, joined, whole, arabic }
    }

    /// True when nothing can be compared.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl Word {
    /// The word of a token. Each thread keeps some thousand words: names of one list share most of theirs.
    pub(crate) fn of(token: Token) -> Arc<Word> {
        const MOST: usize = 16_384;
        thread_local! {
            static SEEN: RefCell<HashMap<Token, Arc<Word>>> = RefCell::default();
        }
        if let Some(word) = SEEN.with_borrow(|seen| seen.get(&token).cloned()) {
            return word;
        }
        let word = Arc::new(Word::read(&token));
        SEEN.with_borrow_mut(|seen| {
            if seen.len() >= MOST {
                seen.clear();
            }
            seen.insert(token, word.clone());
        });
        word
    }

    fn read(token: &Token) -> Word {
        let rows: Box<[Known]> = known_rows(&token.text, token.arabic).into();
        let share = |of: &dyn Fn(&Known) -> bool| rows.iter().filter(|row| of(row)).map(|row| row.share).sum::<f32>();
        let known = !rows.is_empty();
        let initial = !token.arabic && token.text.chars().nth(1).is_none();
        Word {
            spelling: Spelling::new(units(&token.text, token.arabic)),
            core: token.core.as_ref().map(|core| Core { spelling: Spelling::new(units(&core.text, token.arabic)), article: core.article }),
            weight: score::weight(token, &rows),
            keys: tokens::skeletons(token).iter().filter(|k| !k.is_empty()).map(hash).collect(),
            initial,
            title: token.title,
            kunya: token.kunya,
            nisba: if known { share(&|row| row.is("nisba")) } else { unknown_nisba(token) },
            given: match () {
                () if token.title || token.kunya || initial => 0.0,
                () if known => share(&|row| row.is("ism")),
                () => 0.5,
            },
            feminine: token.text.trim_end_matches(['h', '\'']).ends_with(['a', 'e', 'ه', 'ا']),
            gender: [Gender::Man, Gender::Woman].map(|gender| share(&|row| row.gender == gender)),
            row_bits: rows.iter().fold(0, |all, row| all | 1 << (row.sounds % 64)),
            rows,
            shown: token.shown.clone(),
        }
    }
}

impl Word {
    /// How likely one is a man's given name and the other a woman's.
    pub(super) fn genders_clash(&self, other: &Word) -> f32 {
        let ([man, woman], [other_man, other_woman]) = (self.gender, other.gender);
        (man * other_woman).max(woman * other_man)
    }
}

/// A word of no row that ends as nisbas end.
fn unknown_nisba(token: &Token) -> f32 {
    match (token.text.ends_with(['i', 'y', 'ي']), token.article) {
        (true, true) => 0.9,
        (true, false) => 0.6,
        (false, true) => 0.2,
        (false, false) => 0.0,
    }
}
