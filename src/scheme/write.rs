//! Hub to a scheme: one word in its setting.

use super::{Kind, Scheme, rules::ArticleCapital};
use crate::hub::{Unit, Vowel, Word, is_sun};
use crate::tables::Context;

/// What a word owes to its neighbours.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting {
    /// The word governs the next: tāʾ marbūṭa is heard.
    pub construct: bool,
    /// The word before ends in a long vowel that takes in the a of the article (Abū l-Faḍl).
    pub elided: bool,
    /// The word begins the name.
    pub first: bool,
}

impl Scheme {
    /// Writes a word in its setting.
    pub(crate) fn write_in(self, word: &Word, setting: Setting) -> String {
        match (self.kind(), self.rules().signs) {
            (Kind::Script, false) => word.arabic(),
            (Kind::Script, true) => word.vocalised(),
            (Kind::Letters, false) => self.letters_from_arabic(&word.arabic()).0,
            (Kind::Letters, true) => self.letters_from_arabic(&word.vocalised()).0,
            (Kind::Sound, _) => self.sounded(word, setting),
        }
    }

    fn sounded(self, word: &Word, setting: Setting) -> String {
        let mut text = String::new();
        if word.article {
            self.article(word.units.first().copied(), setting, &mut text);
        }
        let stem = self.stem(&word.units, setting.construct);
        if self.rules().capitals {
            capitalise(&stem, &mut text);
        } else {
            text.push_str(&stem);
        }
        text
    }

    fn article(self, first: Option<Unit>, setting: Setting, text: &mut String) {
        let rules = self.rules();
        let article = if setting.elided && !rules.elided.is_empty() { rules.elided } else { rules.article };
        let sun = match first {
            Some(Unit::Consonant { letter, .. }) if rules.assimilate && is_sun(letter) => self.sign(letter, Context::Any),
            _ => "",
        };
        let vowel = article.strip_suffix('l').unwrap_or(article);
        let capital = match rules.article_capital {
            ArticleCapital::Never => false,
            ArticleCapital::First => setting.first,
            ArticleCapital::Always => true,
        };
        if capital {
            capitalise(vowel, text);
        } else {
            text.push_str(vowel);
        }
        text.push_str(if sun.is_empty() { "l" } else { sun });
        text.push_str(rules.joint);
    }

    fn stem(self, units: &[Unit], construct: bool) -> String {
        use Unit::{Consonant, Long, Maqsura, Short, TaMarbuta, Tanwin, Unknown};
        let rules = self.rules();
        let mut text = String::new();
        // The consonant written last, for the guard between letters that would read as one.
        let mut before = "";
        let mut rest = units;
        while let Some((&unit, after)) = rest.split_first() {
            rest = after;
            let last = after.is_empty();
            let doubled_glide = |glide: char| matches!(after.first(), Some(Consonant { letter, doubled: true }) if *letter == glide);
            // A diphthong that closes its syllable: the glide is not doubled and no vowel follows it.
            let closing_glide = |glide: char| {
                after.first() == Some(&Unit::consonant(glide)) && !after.get(1).is_some_and(|u| u.is_vowel() || *u == TaMarbuta)
            };
            match unit {
                Short(Vowel::I) if doubled_glide('ي') => {
                    rest = after.get(1..).unwrap_or(&[]);
                    text.push_str(if rest.is_empty() { self.sign('ي', Context::Long) } else { rules.iyy });
                }
                Short(Vowel::U) if doubled_glide('و') => {
                    rest = after.get(1..).unwrap_or(&[]);
                    text.push_str(if rest.is_empty() { self.sign('و', Context::Long) } else { rules.uww });
                }
                Short(Vowel::A) if closing_glide('ي') => {
                    rest = after.get(1..).unwrap_or(&[]);
                    text.push_str(rules.ay);
                }
                Short(Vowel::A) if closing_glide('و') => {
                    rest = after.get(1..).unwrap_or(&[]);
                    text.push_str(rules.aw);
                }
                Consonant { letter, doubled } => {
                    let sign = self.sign(letter, Context::Any);
                    if !rules.guard.is_empty() && self.0.run_together(before, sign) {
                        text.push_str(rules.guard);
                    }
                    text.push_str(sign);
                    if doubled && (rules.double_digraphs || sign.chars().count() == 1) && (rules.double_ayn || letter != 'ع') {
                        text.push_str(sign);
                    }
                    before = sign;
                    continue;
                }
                Short(v) => text.push_str(self.sign(short_sign(v), Context::Any)),
                Long(v) => text.push_str(self.sign(carrier(v), Context::Long)),
                Maqsura => text.push_str(self.sign('ى', Context::Any)),
                TaMarbuta => {
                    let context = if construct || !last { Context::Construct } else { Context::Pausa };
                    let sign = self.sign('ة', context);
                    if text.ends_with(self.sign('ا', Context::Long)) && !text.is_empty() {
                        // after ā only the consonant is written, and then it always is
                        text.push_str(Some(sign.trim_start_matches(['a', 'e'])).filter(|s| !s.is_empty()).unwrap_or("h"));
                    } else {
                        text.push_str(sign);
                    }
                }
                Tanwin(v) => {
                    text.push_str(self.sign(short_sign(v), Context::Any));
                    text.push('n');
                }
                Unknown => {}
            }
            before = "";
        }
        text
    }
}

pub(super) fn short_sign(vowel: Vowel) -> char {
    match vowel {
        Vowel::A => '\u{64E}',
        Vowel::I => '\u{650}',
        Vowel::U => '\u{64F}',
    }
}

/// The letter that a long vowel is written with.
pub(super) fn carrier(vowel: Vowel) -> char {
    match vowel {
        Vowel::A => 'ا',
        Vowel::I => 'ي',
        Vowel::U => 'و',
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
