//! How a scheme writes every word of the lexicon, found by what is left of a spelling without its marks.

use crate::hub::Word;
use crate::lexicon;
use crate::scheme::Scheme;
use crate::tables::Context;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words::is_sign;

/// A word of the lexicon in a scheme.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// In small letters, with ʿ and ʾ for whatever signs the scheme has.
    pub text: Box<str>,
    pub word: Word,
    pub freq: f32,
    /// A given name is written so.
    pub given: bool,
    /// A person's name, and no common word.
    pub person: bool,
    /// A title.
    pub title: bool,
}

/// All of them in one scheme.
pub(crate) struct Spellings {
    by_letters: HashMap<Box<str>, Vec<Written>>,
    signs: [&'static str; 2],
}

impl Spellings {
    /// The spellings of a scheme. Made when first asked for, and kept: it takes a tenth of a second.
    pub(crate) fn of(scheme: Scheme) -> &'static Spellings {
        static ALL: OnceLock<Mutex<HashMap<String, &'static Spellings>>> = OnceLock::new();
        let mut all = ALL.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        // There are as many as schemes and sets of options, so that what is leaked is bounded.
        all.entry(scheme.to_string()).or_insert_with(|| Box::leak(Box::new(Spellings::new(scheme))))
    }

    fn new(scheme: Scheme) -> Spellings {
        let signs = [scheme.sign('ع', Context::Any), scheme.sign('ء', Context::Any)];
        let mut spellings = Spellings { by_letters: HashMap::new(), signs };
        for row in lexicon::rows() {
            let text = spellings.neutral(&scheme.write_word(&row.word).to_lowercase());
            let own = spellings.by_letters.entry(bare(&text).into()).or_default();
            let new = Written { text: text.into(), word: row.word, freq: row.freq, given: row.given, person: row.person, title: row.title };
            match own.iter_mut().find(|w| w.text == new.text) {
                Some(same) => {
                    let given = same.given | new.given;
                    let (person, title) = (same.person | new.person, same.title | new.title);
                    if new.freq > same.freq {
                        *same = new;
                    }
                    (same.given, same.person, same.title) = (given, person, title);
                }
                None => own.push(new),
            }
        }
        spellings
    }

    /// The signs of ʿayn and of hamza.
    pub(crate) fn signs(&self) -> [&'static str; 2] {
        self.signs
    }

    /// A word with ʿ and ʾ for the scheme's own signs.
    pub(crate) fn neutral(&self, text: &str) -> String {
        let mut text: String = text.nfc().collect();
        for (sign, neutral) in self.signs.iter().zip(["ʿ", "ʾ"]) {
            if !sign.is_empty() && !sign.chars().any(char::is_alphanumeric) || sign.chars().all(is_sign) && !sign.is_empty() {
                text = text.replace(sign, neutral);
            }
        }
        text
    }

    /// What is written like this but for marks and signs.
    pub(crate) fn alike(&self, text: &str) -> &[Written] {
        self.by_letters.get(bare(text).as_str()).map_or(&[], Vec::as_slice)
    }

    /// The word that is written just so.
    pub(crate) fn known(&self, neutral: &str) -> Option<&Written> {
        self.alike(neutral).iter().find(|w| *w.text == *neutral)
    }
}

/// A spelling without marks, without the signs of ʿayn and hamza, in small letters.
pub(crate) fn bare(text: &str) -> String {
    text.to_lowercase().nfd().filter(|c| !is_combining_mark(*c) && !is_sign(*c) && c.is_alphanumeric()).collect()
}
