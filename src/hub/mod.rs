//! The hub form: what an Arabic word is, whatever it was read from and whatever it will be written in.
//!
//! A [`Word`] is a row of [`Unit`]s: consonants, vowels, gemination, and the facts of spelling
//! that the sound does not carry (tāʾ marbūṭa, alif maqṣūra). The article is a flag and not
//! letters. A spelling that does not follow from the units (رحمن, عمرو, طه) is kept beside them,
//! so that Arabic → hub → Arabic loses nothing. A word-initial hamza is not a unit: a word that
//! starts with a vowel has it, unless its spelling says otherwise.
//!
//! With *n* schemes there are *n* tables into and out of this form, never *n²*. The module
//! depends on nothing else in the crate: the build script uses it too.
//!
//! ```
//! use nasab::hub::Word;
//! let word = Word::parse("muḥammad").unwrap();
//! assert_eq!(word.arabic(), "محمد");
//! assert_eq!(word.vocalised(), "مُحَمَّد");
//! ```

mod code;
mod notation;
mod spell;
mod vocalised;

pub use code::CODES;
pub use spell::Glyph;
pub use vocalised::{read_vocalised, read_vocalised_word};

/// A vowel quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vowel {
    /// a, fatḥa.
    A,
    /// i, kasra.
    I,
    /// u, ḍamma.
    U,
}

/// One unit of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A consonant, named by its Arabic letter; hamza is `ء` whatever its seat.
    Consonant {
        /// The Arabic letter.
        letter: char,
        /// Written with shadda.
        doubled: bool,
    },
    /// A short vowel.
    Short(Vowel),
    /// A long vowel, written with its letter.
    Long(Vowel),
    /// Final long a that is written ى.
    Maqsura,
    /// ة; the vowel a before it is not a unit of its own, a long one is.
    TaMarbuta,
    /// Nunation.
    Tanwin(Vowel),
    /// The script does not say which vowel stands here, nor whether one does.
    Unknown,
}

impl Unit {
    /// A consonant that is not doubled.
    pub const fn consonant(letter: char) -> Self {
        Unit::Consonant { letter, doubled: false }
    }

    /// True for everything that sounds as a vowel.
    pub fn is_vowel(self) -> bool {
        matches!(self, Unit::Short(_) | Unit::Long(_) | Unit::Maqsura | Unit::Tanwin(_))
    }
}

/// A word of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word {
    /// The definite article stands before it.
    pub article: bool,
    /// What is heard and what spelling adds to it, without the article.
    pub units: Vec<Unit>,
    /// The Arabic spelling without article and signs, where it does not follow from the units.
    pub spelling: Option<Box<str>>,
}

impl Word {
    /// A word from its units, spelled by rule.
    pub fn new(units: Vec<Unit>) -> Self {
        Self { article: false, units, spelling: None }
    }

    /// The same word with or without the article.
    #[must_use]
    pub fn with_article(mut self, article: bool) -> Self {
        self.article = article;
        self
    }

    /// The same word with this Arabic spelling; dropped again where the rule gives the same.
    #[must_use]
    pub fn with_spelling(mut self, spelling: &str) -> Self {
        self.spelling = None;
        if self.stem_arabic() != spelling {
            self.spelling = Some(spelling.into());
        }
        self
    }

    /// True when some vowel is not known.
    pub fn has_unknown(&self) -> bool {
        self.units.contains(&Unit::Unknown)
    }

    /// The Arabic letters without vowel signs, with the article.
    pub fn arabic(&self) -> String {
        let mut text = String::new();
        if self.article {
            text.push_str("ال");
        }
        text.push_str(&self.stem_arabic());
        text
    }

    /// The Arabic letters without vowel signs and without the article.
    pub fn stem_arabic(&self) -> String {
        match &self.spelling {
            Some(spelling) => spelling.to_string(),
            None => spell::glyphs(self).iter().map(|g| g.letter).collect(),
        }
    }

    /// The Arabic letters with every vowel sign, with the article.
    pub fn vocalised(&self) -> String {
        let glyphs = spell::glyphs(self);
        let mut text = String::new();
        if self.article {
            text.push_str("ال");
            let sun = matches!(self.units.first(), Some(Unit::Consonant { letter, .. }) if is_sun(*letter));
            if !sun {
                text.push(spell::SUKUN);
            }
            for (place, glyph) in glyphs.iter().enumerate() {
                text.push(glyph.letter);
                if place == 0 && sun {
                    text.push(spell::SHADDA);
                }
                text.push_str(&glyph.marks);
            }
            return text;
        }
        for glyph in &glyphs {
            text.push(glyph.letter);
            text.push_str(&glyph.marks);
        }
        text
    }

    /// The letters of the stem, each with the signs that belong to it.
    pub fn glyphs(&self) -> Vec<Glyph> {
        spell::glyphs(self)
    }
}

/// The letters that take over the l of the article.
pub fn is_sun(letter: char) -> bool {
    "تثدذرزسشصضطظلن".contains(letter)
}
