//! The hub's own notation: DMG letters with `ẗ` for tāʾ marbūṭa, `á` for alif maqṣūra,
//! `aⁿ` for nunation and `?` for a vowel that is not known.
//!
//! The lexicon is written in it (`tables/lexicon/README.md`), and tests print it.

use super::{Unit, Vowel, Word};
use std::fmt;

/// Consonants of the notation beside their Arabic letters.
const CONSONANTS: &[(char, char)] = &[
    ('ʾ', 'ء'),
    ('b', 'ب'),
    ('t', 'ت'),
    ('ṯ', 'ث'),
    ('ǧ', 'ج'),
    ('ḥ', 'ح'),
    ('ḫ', 'خ'),
    ('d', 'د'),
    ('ḏ', 'ذ'),
    ('r', 'ر'),
    ('z', 'ز'),
    ('s', 'س'),
    ('š', 'ش'),
    ('ṣ', 'ص'),
    ('ḍ', 'ض'),
    ('ṭ', 'ط'),
    ('ẓ', 'ظ'),
    ('ʿ', 'ع'),
    ('ġ', 'غ'),
    ('f', 'ف'),
    ('q', 'ق'),
    ('k', 'ك'),
    ('l', 'ل'),
    ('m', 'م'),
    ('n', 'ن'),
    ('h', 'ه'),
    ('w', 'و'),
    ('y', 'ي'),
    ('p', 'پ'),
    ('č', 'چ'),
    ('ž', 'ژ'),
    ('g', 'گ'),
    ('v', 'ڤ'),
];

impl Word {
    /// Reads the notation. `None` when it holds a sign the notation does not have.
    ///
    /// `-` after a leading `al` marks the article: `al-ḫazʿalī`.
    pub fn parse(text: &str) -> Option<Word> {
        let (article, stem) = match text.strip_prefix("al-") {
            Some(stem) => (true, stem),
            None => (false, text),
        };
        let mut units: Vec<Unit> = Vec::with_capacity(stem.len());
        for c in stem.chars() {
            let unit = match c {
                'a' => Unit::Short(Vowel::A),
                'i' => Unit::Short(Vowel::I),
                'u' => Unit::Short(Vowel::U),
                'ā' => Unit::Long(Vowel::A),
                'ī' => Unit::Long(Vowel::I),
                'ū' => Unit::Long(Vowel::U),
                'á' => Unit::Maqsura,
                '?' => Unit::Unknown,
                'ⁿ' => {
                    // Nunation takes in the short vowel before it.
                    let Some(Unit::Short(vowel)) = units.pop() else { return None };
                    Unit::Tanwin(vowel)
                }
                'ẗ' => {
                    // The short a before it belongs to it.
                    if units.last() == Some(&Unit::Short(Vowel::A)) {
                        units.pop();
                    }
                    Unit::TaMarbuta
                }
                _ => {
                    let letter = CONSONANTS.iter().find(|(sign, _)| *sign == c)?.1;
                    if let Some(last) = units.last_mut()
                        && *last == Unit::consonant(letter)
                    {
                        *last = Unit::Consonant { letter, doubled: true };
                        continue;
                    }
                    Unit::consonant(letter)
                }
            };
            units.push(unit);
        }
        if units.is_empty() {
            return None;
        }
        Some(Word::new(units).with_article(article))
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.article {
            f.write_str("al-")?;
        }
        let mut before: Option<Unit> = None;
        for &unit in &self.units {
            match unit {
                Unit::Consonant { letter, doubled } => {
                    let sign = CONSONANTS.iter().find(|(_, a)| *a == letter).map_or(letter, |(s, _)| *s);
                    write!(f, "{sign}")?;
                    if doubled {
                        write!(f, "{sign}")?;
                    }
                }
                Unit::Short(v) => f.write_str(match v {
                    Vowel::A => "a",
                    Vowel::I => "i",
                    Vowel::U => "u",
                })?,
                Unit::Long(v) => f.write_str(match v {
                    Vowel::A => "ā",
                    Vowel::I => "ī",
                    Vowel::U => "ū",
                })?,
                Unit::Maqsura => f.write_str("á")?,
                Unit::TaMarbuta if matches!(before, Some(Unit::Long(_))) => f.write_str("ẗ")?,
                Unit::TaMarbuta => f.write_str("aẗ")?,
                Unit::Tanwin(v) => f.write_str(match v {
                    Vowel::A => "aⁿ",
                    Vowel::I => "iⁿ",
                    Vowel::U => "uⁿ",
                })?,
                Unit::Unknown => f.write_str("?")?,
            }
            before = Some(unit);
        }
        Ok(())
    }
}
