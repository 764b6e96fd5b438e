//! A name: its words with ranked readings, its parts, and how it is written.
//!
//! A text enters, in any script or scheme; a [`Name`] leaves, which can be written in every
//! scheme. Nothing is refused but a text without any letter and one of a hundred
//! words and more: what cannot be read (digits, other scripts) stays where it stands and is said in [`Name::notes`].
//!
//! ```
//! use nasab::{Source, Name, Scheme};
//! let dmg = Scheme::find("dmg").unwrap();
//! let name = Name::read("Qays al-Khazʻalī", Source::Auto).unwrap();
//! assert_eq!(name.write(dmg), "Qays al-Ḫazʿalī");
//! assert_eq!(name.write(Scheme::find("arabic").unwrap()), "قيس الخزعلي");
//! ```

mod arabic;
#[doc(hidden)]
pub mod context;
mod latin;
mod memo;
mod parse;
pub(crate) mod particle;
mod pieces;
#[doc(hidden)]
pub mod place;
mod read;
mod word;
mod write;

pub use parse::{Part, Role};

use crate::error::{Error, Note};
use crate::hub::read_vocalised_word;
use crate::orthography::{self, is_arabic_mark};
use crate::scheme::{Kind, Scheme};
pub(crate) use word::NameWord;

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// To be seen from the text itself.
    Auto,
    /// This scheme, or Arabic script.
    Scheme(Scheme),
}

/// A piece of a name.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub kind: TokenKind,
    /// A blank stands before it.
    pub spaced: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum TokenKind {
    Word(NameWord),
    /// The comma of an inverted heading.
    Comma,
    /// What is no word: digits, signs, other scripts.
    Other(String),
}

impl Token {
    pub(crate) fn word(word: NameWord) -> Self {
        Token { kind: TokenKind::Word(word), spaced: true }
    }

    pub(crate) fn other(text: &str) -> Self {
        Token { kind: TokenKind::Other(text.to_string()), spaced: true }
    }

    pub(crate) fn as_word(&self) -> Option<&NameWord> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// A name that has been read.
#[derive(Clone, Debug)]
pub struct Name {
    pub(crate) tokens: Vec<Token>,
    /// The clean Arabic text, where the name was read from Arabic script.
    pub(crate) arabic: Option<String>,
    /// That text has every vowel sign.
    pub(crate) vocalised: bool,
    notes: Vec<Note>,
}

/// A whole name as one choice of readings gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct NameReading {
    /// The name in the scheme asked for.
    pub text: String,
    /// The name in Arabic script without vowel signs.
    pub arabic: String,
    /// The probability of this reading among all, from 0 to 1.
    pub probability: f64,
    /// True when some word stands in no lexicon.
    pub guessed: bool,
}

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    /// The text has no letter, or more words than a name has.
    pub fn read(text: &str, source: Source) -> Result<Name, Error> {
        let clean = orthography::clean(text);
        match source {
            Source::Scheme(scheme) if scheme.kind() == Kind::Letters && !orthography::is_arabic_script(&clean) => {
                read::read(&orthography::clean(&arabic::from_letters(text.trim(), scheme)), None)
            }
            Source::Scheme(scheme) if scheme.kind() == Kind::Sound && scheme.is_coded() => {
                let (dmg, notes) = latin::decoded(text, scheme)?;
                let mut name = read::read(&dmg, Scheme::find("dmg").ok())?;
                name.notes.extend(notes);
                Ok(name)
            }
            Source::Scheme(scheme) if scheme.kind() == Kind::Sound => read::read(&clean, Some(scheme)),
            _ => read::read(&clean, None),
        }
    }

    /// A name of these tokens; the text is kept where it is Arabic throughout.
    pub(crate) fn new(tokens: Vec<Token>, text: &str, notes: Vec<Note>) -> Name {
        let latin = text.chars().any(|c| !orthography::is_arabic_letter(c) && c.is_alphabetic() && !is_arabic_mark(c));
        let known = |word: &str| read_vocalised_word(word).is_some_and(|w| !w.has_unknown());
        let vocalised = text.contains(is_arabic_mark) && text.split_whitespace().all(|word| known(word.trim_end_matches('،')));
        Name { tokens, arabic: (!latin && !text.is_empty()).then(|| text.to_string()), vocalised, notes }
    }

    /// The name without the article it begins with, as headings are entered in many catalogues:
    /// *Zanjānī, Maḥmūd* for الزنجاني، محمود.
    ///
    /// ```
    /// use nasab::{Name, Scheme, Source};
    /// let name = Name::read("الزنجاني، محمود", Source::Auto).unwrap();
    /// assert_eq!(name.without_initial_article().write(Scheme::find("ala-lc").unwrap()), "Zanjānī, Maḥmūd");
    /// ```
    #[must_use]
    pub fn without_initial_article(mut self) -> Name {
        if let Some(TokenKind::Word(word)) = self.tokens.first_mut().map(|t| &mut t.kind)
            && word.particle.is_none()
            && word.readings().iter().any(|r| r.word.article)
        {
            let mut readings = word.readings().to_vec();
            for reading in &mut readings {
                reading.word.article = false;
            }
            *word = NameWord::new(readings);
            self.arabic = None;
        }
        self
    }

    /// What could not be read as a letter of a name, with its place.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &NameWord> {
        self.tokens.iter().filter_map(Token::as_word)
    }
}
