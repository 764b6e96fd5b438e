//! Schemes: one handle over each table, to read a word into the hub and to write it from there.
//!
//! A scheme is a value and not a type: a new one is a new file under `tables/schemes`.
//! Three kinds share the handle: *sound* schemes write what is heard, *letters* schemes stand
//! letter for letter for Arabic spelling, and *script* is Arabic itself.
//!
//! ```
//! use nasab::{Scheme, hub::Word};
//! let word = Word::parse("al-šarqāwī").unwrap();
//! assert_eq!(Scheme::find("dmg").unwrap().write_word(&word), "aš-Šarqāwī");
//! assert_eq!(Scheme::find("ala-lc").unwrap().write_word(&word), "al-Sharqāwī");
//! ```

mod letters;
mod plain;
mod read;
pub(crate) mod rules;
mod write;

pub(crate) use plain::{marked_plain, plain};
pub(crate) use rules::Kind;
pub(crate) use write::Setting;

use crate::error::Error;
use crate::hub::Word;
use crate::tables::{self, Context, SchemeTable};
use rules::Rules;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// One row of a scheme's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The Arabic letter or sign.
    pub arabic: &'static str,
    /// `any`, `long` for a long vowel, and for tāʾ marbūṭa `pausa` and `construct`.
    pub context: &'static str,
    /// What the scheme writes.
    pub roman: &'static str,
    /// Rule, doubt or source of this row.
    pub note: &'static str,
}

/// A romanization scheme, or Arabic script.
#[derive(Clone, Copy)]
pub struct Scheme(&'static SchemeTable);

impl Scheme {
    /// The scheme with this label.
    ///
    /// # Errors
    /// No scheme has it; the hint names the nearest.
    pub fn find(label: &str) -> Result<Scheme, Error> {
        if let Some(scheme) = Scheme::all().find(|s| s.label() == label) {
            return Ok(scheme);
        }
        let typed = label.to_lowercase();
        // A slip of one letter in a short label, or a label that starts alike.
        let likeness =
            |s: Scheme| strsim::normalized_damerau_levenshtein(s.label(), &typed).max(strsim::jaro_winkler(s.label(), &typed) - 0.1);
        let near = Scheme::all().max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
        let error = Error::new(format!("there is no scheme `{label}`"));
        Err(match near {
            Some(near) if likeness(near) > 0.6 => error.with_hint(format!("did you mean `{}`? `nasab schemes` lists them", near.label())),
            _ => error.with_hint("`nasab schemes` lists them"),
        })
    }

    /// Every scheme in the order of the labels.
    pub fn all() -> impl Iterator<Item = Scheme> {
        tables::schemes().iter().map(Scheme)
    }

    pub(crate) fn rules(self) -> &'static Rules {
        &self.0.rules
    }

    pub(crate) fn kind(self) -> Kind {
        self.rules().kind
    }

    /// The value that names it on the command line.
    pub fn label(self) -> &'static str {
        self.0.label
    }

    /// Its full name.
    pub fn title(self) -> &'static str {
        self.0.title
    }

    /// The edition that the table follows.
    pub fn edition(self) -> &'static str {
        self.0.edition
    }

    /// Where the table's facts come from.
    pub fn source(self) -> &'static str {
        self.0.source
    }

    /// Whether, and how far, Arabic can be had back.
    pub fn reversible(self) -> &'static str {
        self.0.reversible
    }

    /// The rows of the table.
    pub fn letters(self) -> impl Iterator<Item = Letter> {
        self.0.letters.iter().copied()
    }

    /// Whether vowel lengths are written, so that a vowel without length is short.
    pub(crate) fn writes_length(self) -> bool {
        self.sign('ا', Context::Long) != self.sign('\u{64E}', Context::Any)
    }

    /// What the scheme writes for an Arabic letter or sign; empty where it has none.
    pub(crate) fn sign(self, letter: char, context: Context) -> &'static str {
        self.0.written(letter, context).unwrap_or("")
    }

    /// Writes one word as it stands alone: in pausa, capitalised where the scheme has capitals.
    pub fn write_word(self, word: &Word) -> String {
        self.write_in(word, Setting::default())
    }

    /// The words that a word of this scheme may stand for, best first, with shares that add up to one.
    ///
    /// What the scheme writes alike becomes a candidate each; the lexicon is not asked.
    /// Empty for Arabic script and for schemes that stand letter for letter.
    ///
    /// ```
    /// use nasab::Scheme;
    /// let words = Scheme::find("dmg").unwrap().read_word("Ḥusnā");
    /// let forms: Vec<String> = words.iter().map(|(word, _)| word.to_string()).collect();
    /// assert_eq!(forms, ["ḥusná", "ḥusnā"]);
    /// ```
    pub fn read_word(self, text: &str) -> Vec<(Word, f64)> {
        if self.kind() == Kind::Sound { self.read_sounded(text) } else { Vec::new() }
    }

    /// True when every letter of `text` is one the scheme declares, blanks and punctuation aside.
    pub fn covers(self, text: &str) -> bool {
        let declared = self.alphabet();
        let declares = |c: char| !c.is_alphabetic() || declared.contains(c);
        // Case is a letter of its own where a scheme stands letter for letter.
        if self.kind() == Kind::Letters { text.chars().all(declares) } else { text.to_lowercase().nfc().all(declares) }
    }

    /// Every sign the scheme may write, in lower case.
    pub fn alphabet(self) -> String {
        let rules = self.rules();
        let mut all: Vec<char> = self.letters().flat_map(|l| l.roman.chars()).collect();
        if self.kind() == Kind::Sound {
            let switches =
                [rules.article, rules.elided, rules.ibn, rules.bin, rules.bint, rules.iyy, rules.uww, rules.ay, rules.aw, rules.guard];
            all.extend(switches.iter().flat_map(|s| s.chars()).flat_map(char::to_lowercase));
        }
        all.sort_unstable();
        all.dedup();
        all.into_iter().collect()
    }
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        self.label() == other.label()
    }
}

impl Eq for Scheme {}

impl fmt::Debug for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scheme({})", self.label())
    }
}
