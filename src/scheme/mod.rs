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

mod detect;
mod letters;
mod loss;
mod plain;
mod read;
mod reader;
pub(crate) mod rules;
mod write;

pub use detect::{Detection, Evidence, Fit, detect};
pub use loss::{Loss, Place};

pub(crate) use plain::marked_plain;
pub use plain::plain;
pub(crate) use rules::Kind;
pub(crate) use write::Setting;

use crate::error::Error;
use crate::hub::{Word, read_vocalised_word};
use crate::orthography::{ayn_sign, hamza_sign, is_arabic_letter};
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

/// Something that a scheme may do otherwise, because its sources disagree or allow both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemeOption {
    /// What stands behind the colon of a label: `dmg:din-1982`.
    pub name: &'static str,
    /// The switches and letters that it sets.
    pub settings: &'static str,
    /// Who asks for it.
    pub source: &'static str,
}

/// A romanization scheme, or Arabic script, with the options chosen for it.
#[derive(Clone, Copy)]
pub struct Scheme {
    table: &'static SchemeTable,
    /// Bit n is option n.
    options: u8,
}

impl Scheme {
    /// The scheme with this label, and behind a colon its options: `dmg`, `dmg:din-1982,ibn`.
    ///
    /// # Errors
    /// No scheme has the label, or the scheme has no such option; the hint names the nearest.
    pub fn find(label: &str) -> Result<Scheme, Error> {
        let (label, options) = label.split_once(':').unwrap_or((label, ""));
        let Some(mut scheme) = Scheme::all().find(|s| s.label() == label) else { return Err(no_scheme(label)) };
        for wanted in options.split(',').map(str::trim).filter(|o| !o.is_empty()) {
            let place = scheme.table.options.iter().position(|o| o.name == wanted);
            scheme.options |= 1 << place.ok_or_else(|| no_option(scheme, wanted))?;
        }
        Ok(scheme)
    }

    /// Every scheme in the order of the labels.
    pub fn all() -> impl Iterator<Item = Scheme> {
        tables::schemes().iter().map(|table| Scheme { table, options: 0 })
    }

    pub(crate) fn rules(self) -> &'static Rules {
        self.table.rules.get(usize::from(self.options)).unwrap_or(&Rules::DEFAULT)
    }

    pub(crate) fn kind(self) -> Kind {
        self.rules().kind
    }

    /// The value that names it on the command line.
    pub fn label(self) -> &'static str {
        self.table.label
    }

    /// Its full name.
    pub fn title(self) -> &'static str {
        self.table.title
    }

    /// The edition that the table follows.
    pub fn edition(self) -> &'static str {
        self.table.edition
    }

    /// Where the table's facts come from.
    pub fn source(self) -> &'static str {
        self.table.source
    }

    /// Whether vocalised Arabic can be had back whole; what cannot is in [`Scheme::losses`].
    pub fn reversible(self) -> bool {
        self.table.reversible
    }

    /// What no source that was read confirms; empty where all is confirmed.
    pub fn unverified(self) -> &'static str {
        self.table.unverified
    }

    /// What the scheme may do otherwise.
    pub fn options(self) -> impl Iterator<Item = SchemeOption> {
        self.table.options.iter().map(|o| SchemeOption { name: o.name, settings: o.settings, source: o.source })
    }

    fn chosen(self) -> impl Iterator<Item = &'static tables::SchemeOption> {
        self.table.options.iter().enumerate().filter(move |(bit, _)| self.options >> bit & 1 == 1).map(|(_, option)| option)
    }

    /// The rows of the table.
    pub fn letters(self) -> impl Iterator<Item = Letter> {
        self.table.letters.iter().copied()
    }

    /// Whether vowel lengths are written, so that a vowel without length is short.
    pub(crate) fn writes_length(self) -> bool {
        self.sign('ا', Context::Long) != self.sign('\u{64E}', Context::Any)
    }

    /// What the scheme writes for an Arabic letter or sign; empty where it has none.
    pub(crate) fn sign(self, letter: char, context: Context) -> &'static str {
        self.written(letter, context).unwrap_or("")
    }

    fn written(self, letter: char, context: Context) -> Option<&'static str> {
        let own = |o: &'static tables::SchemeOption| o.letters.iter().find(|(l, c, _)| *l == letter && *c == context as usize);
        match self.chosen().find_map(own) {
            Some((_, _, roman)) => Some(roman),
            None => self.table.written(letter, context),
        }
    }

    /// Writes one word as it stands alone: in pausa, capitalised where the scheme has capitals.
    pub fn write_word(self, word: &Word) -> String {
        self.write_in(word, Setting::default())
    }

    /// The words that a word of this scheme may stand for, best first, with shares that add up to one.
    ///
    /// What the scheme writes alike becomes a candidate each, ranked by what Arabic names are like;
    /// no word is looked up. Arabic script without vowel signs gives a word with unknown vowels.
    /// Empty where the text holds no letter of a word, and where it is longer than a word can be.
    ///
    /// ```
    /// use nasab::Scheme;
    /// let words = Scheme::find("dmg").unwrap().read_word("Ḥusnā");
    /// let forms: Vec<String> = words.iter().map(|(word, _)| word.to_string()).collect();
    /// assert_eq!(forms[..2], ["ḥusnā", "ḥusná"]);
    /// ```
    pub fn read_word(self, text: &str) -> Vec<(Word, f64)> {
        match self.kind() {
            Kind::Sound => self.read_sounded(text),
            Kind::Letters => read_vocalised_word(&self.letters_to_arabic(text, false)).map(|word| (word, 1.0)).into_iter().collect(),
            Kind::Script => read_vocalised_word(text).map(|word| (word, 1.0)).into_iter().collect(),
        }
    }

    /// True when every letter of `text` is one the scheme declares, blanks and punctuation aside.
    pub fn covers(self, text: &str) -> bool {
        let declared = self.alphabet();
        let declares = |c: char| !c.is_alphabetic() || declared.contains(c);
        // Case is a letter of its own where a scheme stands letter for letter.
        if self.kind() == Kind::Letters { text.chars().all(declares) } else { text.to_lowercase().nfc().all(declares) }
    }

    /// The letters of a text that the scheme does not have, with their places: characters, from 1.
    ///
    /// Signs of ʿayn and hamza are no letters, since people type them as they like; nor are Arabic letters.
    pub fn strange(self, text: &str) -> Vec<(usize, char)> {
        let declared = self.alphabet();
        let is_own = |c: char| {
            let mut forms = std::iter::once(c).chain(c.to_lowercase());
            forms.any(|form| declared.contains(form))
                || std::iter::once(c).collect::<String>().to_lowercase().nfd().all(|c| declared.contains(c))
        };
        let letter = |c: char| c.is_alphabetic() && !ayn_sign(c) && !hamza_sign(c) && !is_arabic_letter(c);
        text.chars().enumerate().filter(|(_, c)| letter(*c) && !is_own(*c)).map(|(at, c)| (at + 1, c)).collect()
    }

    /// Whether it is how people spell and no standard: then some signs are read and never written.
    pub fn is_habit(self) -> bool {
        self.letters().any(|l| l.context.starts_with("read"))
    }

    /// Whether letters are written with signs that stand between words elsewhere, as the `.h` of ArabTeX.
    pub(crate) fn is_coded(self) -> bool {
        self.letters().any(|l| l.context == "any" && l.roman.contains(['.', '^', '_']))
    }

    /// Every sign the scheme may write, in lower case.
    pub fn alphabet(self) -> String {
        let rules = self.rules();
        let options = self.chosen().flat_map(|o| o.letters).flat_map(|(_, _, roman)| roman.chars());
        let mut all: Vec<char> = self.letters().flat_map(|l| l.roman.chars()).chain(options).collect();
        if self.kind() == Kind::Sound {
            let switches = [
                rules.article,
                rules.elided,
                rules.ibn,
                rules.bin,
                rules.bint,
                rules.iyy,
                rules.uww,
                rules.ay,
                rules.aw,
                rules.guard,
                rules.nunation_sign,
            ];
            all.extend(switches.iter().flat_map(|s| s.chars()).flat_map(char::to_lowercase));
        }
        all.sort_unstable();
        all.dedup();
        all.into_iter().collect()
    }
}

fn no_scheme(label: &str) -> Error {
    let typed = label.to_lowercase();
    let near = nearest(&typed, Scheme::all().map(Scheme::label));
    let error = Error::new(format!("there is no scheme `{label}`"));
    match near {
        Some(near) => error.with_hint(format!("did you mean `{near}`? `nasab schemes` lists them")),
        None => error.with_hint("`nasab schemes` lists them"),
    }
}

fn no_option(scheme: Scheme, wanted: &str) -> Error {
    let names: Vec<&str> = scheme.options().map(|o| o.name).collect();
    let error = Error::new(format!("scheme `{}` has no option `{wanted}`", scheme.label()));
    match (nearest(wanted, names.iter().copied()), names.is_empty()) {
        (Some(near), _) => error.with_hint(format!("did you mean `{}:{near}`?", scheme.label())),
        (None, true) => error.with_hint("it has none"),
        (None, false) => error.with_hint(format!("it has {}", names.join(", "))),
    }
}

/// The likeliest of these words for a mistyped one: a slip of one letter, or a word that starts alike.
fn nearest(typed: &str, words: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let likeness = |word: &str| strsim::normalized_damerau_levenshtein(word, typed).max(strsim::jaro_winkler(word, typed) - 0.1);
    words.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|near| likeness(near) > 0.6)
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.table, other.table) && self.options == other.options
    }
}

impl Eq for Scheme {}

impl fmt::Debug for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scheme({self})")
    }
}

/// The label with its options, as [`Scheme::find`] takes it.
impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())?;
        for (place, option) in self.chosen().enumerate() {
            write!(f, "{}{}", if place == 0 { ':' } else { ',' }, option.name)?;
        }
        Ok(())
    }
}
