//! A name: its words with ranked readings, its parts, and how it is written.
//!
//! A text enters, in any script or scheme; a [`Name`] leaves, which can be written in every
//! scheme. Nothing is refused but a text without any letter: what cannot be read (digits,
//! other scripts) stays where it stands and is said in [`Name::notes`].
//!
//! ```
//! use nasab::{Source, Name, Scheme};
//! let dmg = Scheme::find("dmg").unwrap();
//! let name = Name::read("Qays al-Khazʻalī", Source::Auto).unwrap();
//! assert_eq!(name.write(dmg), "Qays al-Ḫazʿalī");
//! assert_eq!(name.write(Scheme::find("arabic").unwrap()), "قيس الخزعلي");
//! ```

mod arabic;
mod latin;
mod parse;
pub(crate) mod particle;
mod write;

pub use parse::{Part, Role};

use crate::error::{Error, Note};
use crate::lexicon::Reading;
use crate::orthography;
use crate::scheme::{Kind, Scheme};
use particle::Particle;

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// To be seen from the text itself.
    Auto,
    /// This scheme, or Arabic script.
    Scheme(Scheme),
}

/// A word longer than this is no word of a name and is passed through unread.
pub(crate) const LONGEST_WORD: usize = 80;

/// A piece of a name.
#[derive(Clone, Debug)]
pub(crate) enum Token {
    Word(NameWord),
    /// The comma of an inverted heading.
    Comma,
    /// What is no word: digits, signs, other scripts.
    Other(String),
}

/// A word of the name with its readings, best first; never empty.
#[derive(Clone, Debug)]
pub(crate) struct NameWord {
    pub readings: Vec<Reading>,
    pub particle: Option<Particle>,
}

/// A name that has been read.
#[derive(Clone, Debug)]
pub struct Name {
    pub(crate) tokens: Vec<Token>,
    /// The clean Arabic text, where the name was read from Arabic script.
    pub(crate) arabic: Option<String>,
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
    /// The text has no letter.
    pub fn read(text: &str, from: Source) -> Result<Name, Error> {
        let clean = orthography::clean(text);
        if !clean.chars().any(char::is_alphabetic) && !matches!(from, Source::Scheme(s) if s.kind() == Kind::Letters) {
            return Err(Error::new("no letter in the name").with_hint("give a name in Arabic or Latin letters"));
        }
        let name = match from {
            Source::Scheme(scheme) if scheme.kind() == Kind::Letters && !orthography::is_arabic_script(&clean) => {
                arabic::read(&scheme.letters_to_arabic(&clean))
            }
            Source::Scheme(scheme) if scheme.kind() == Kind::Sound && !orthography::is_arabic_script(&clean) => {
                latin::read(&clean, Some(scheme))
            }
            _ if orthography::is_arabic_script(&clean) => arabic::read(&clean),
            _ => latin::read(&clean, None),
        };
        Ok(name)
    }

    pub(crate) fn new(tokens: Vec<Token>, arabic: Option<String>, notes: Vec<Note>) -> Name {
        Name { tokens, arabic, notes }
    }

    /// What could not be read as a letter of a name, with its place.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &NameWord> {
        self.tokens.iter().filter_map(|t| match t {
            Token::Word(word) => Some(word),
            _ => None,
        })
    }
}

impl NameWord {
    pub(crate) fn particle(particle: Particle) -> Self {
        NameWord { readings: vec![Reading::spelled(particle.word())], particle: Some(particle) }
    }

    pub(crate) fn reading(&self, choice: usize) -> Option<&Reading> {
        self.readings.get(choice).or(self.readings.first())
    }

    pub(crate) fn best(&self) -> Option<&Reading> {
        self.readings.first()
    }
}
