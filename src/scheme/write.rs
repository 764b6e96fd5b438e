//! Hub to a scheme: one word in its setting.

use super::{Kind, Scheme};
use crate::hub::{Unit, Vowel, Word, is_sun};

/// What a word owes to its neighbours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// The word governs the next: tāʾ marbūṭa is heard.
    pub construct: bool,
    /// The word before ends in a long vowel that takes in the a of the article (Abū l-Faḍl).
    pub elided: bool,
    /// The word begins with a capital.
    pub capital: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Setting { construct: false, elided: false, capital: true }
    }
}

impl Scheme {
    /// Writes a word in its setting.
    pub(crate) fn write_in(self, word: &Word, setting: Setting) -> String {
        match self.kind() {
            Kind::Script if self.label() == "arabic" => word.arabic(),
            Kind::Script => word.vocalised(),
            Kind::Letters => self.letters_from_arabic(&word.arabic()).0,
            Kind::Sound => self.sounded(word, setting),
        }
    }

    fn sounded(self, word: &Word, setting: Setting) -> String {
        let mut text = String::new();
        if word.article {
            let l = match word.units.first() {
                Some(Unit::Consonant { letter, .. }) if is_sun(*letter) && self.says("assimilate") => {
                    self.roman(*letter, "any").unwrap_or("l")
                }
                _ => "l",
            };
            if !(setting.elided && self.says("elide")) {
                text.push('a');
            }
            text.push_str(l);
            text.push('-');
        }
        let stem = self.stem(&word.units, setting.construct);
        if setting.capital {
            capitalise(&stem, &mut text);
        } else {
            text.push_str(&stem);
        }
        text
    }

    fn stem(self, units: &[Unit], construct: bool) -> String {
        use Unit::{Consonant, Long, Maqsura, Short, TaMarbuta, Tanwin, Unknown};
        let mut text = String::new();
        // The consonant written last, for the guard between letters that would read as a digraph.
        let mut guarded = "";
        let mut rest = units;
        while let Some((&unit, after)) = rest.split_first() {
            rest = after;
            let last = after.is_empty();
            let doubled_glide = |glide: char| matches!(after.first(), Some(Consonant { letter, doubled: true }) if *letter == glide);
            match unit {
                Short(Vowel::I) if doubled_glide('ي') => {
                    rest = after.get(1..).unwrap_or(&[]);
                    text.push_str(if rest.is_empty() { "ī" } else { self.header("iyy") });
                }
                Short(Vowel::U) if doubled_glide('و') => {
                    rest = after.get(1..).unwrap_or(&[]);
                    text.push_str(if rest.is_empty() { "ū" } else { self.header("uww") });
                }
                Consonant { letter, doubled } => {
                    let roman = self.roman(letter, "any").unwrap_or("");
                    let guard = self.header("guard");
                    if roman == "h" && !guard.is_empty() && ["t", "s", "d", "k", "g", "z"].contains(&guarded) {
                        text.push_str(guard);
                    }
                    text.push_str(roman);
                    if doubled {
                        text.push_str(roman);
                    }
                    guarded = roman;
                    continue;
                }
                Short(v) => text.push_str(self.roman(short_sign(v), "any").unwrap_or("")),
                Long(Vowel::A) => text.push_str(self.roman('ا', "any").unwrap_or("ā")),
                Long(Vowel::I) => text.push('ī'),
                Long(Vowel::U) => text.push('ū'),
                Maqsura => text.push_str(self.roman('ى', "any").unwrap_or("ā")),
                TaMarbuta if text.ends_with('ā') => text.push(if construct || !last { 't' } else { 'h' }),
                TaMarbuta => {
                    let context = if construct || !last { "construct" } else { "pausa" };
                    text.push_str(self.roman('ة', context).unwrap_or("a"));
                }
                Tanwin(Vowel::A) => text.push_str("an"),
                Tanwin(Vowel::I) => text.push_str("in"),
                Tanwin(Vowel::U) => text.push_str("un"),
                Unknown => {}
            }
            guarded = "";
        }
        text
    }
}

fn short_sign(vowel: Vowel) -> char {
    match vowel {
        Vowel::A => '\u{64E}',
        Vowel::I => '\u{650}',
        Vowel::U => '\u{64F}',
    }
}

/// Appends `stem` with its first cased letter in upper case; ʿ and ʾ have no case.
fn capitalise(stem: &str, text: &mut String) {
    let mut done = false;
    for c in stem.chars() {
        if !done && c.is_lowercase() && c.to_uppercase().next() != Some(c) {
            text.extend(c.to_uppercase());
            done = true;
        } else {
            text.push(c);
        }
    }
}
