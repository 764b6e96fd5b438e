//! Hub to a scheme: one word in its setting.

use super::reader::Reader;
use super::{Kind, Scheme, rules::ArticleCapital};
use crate::hub::{Unit, Vowel, Word, is_sun};
use crate::tables::Context;

/// What a word owes to its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The word governs the next: tāʾ marbūṭa is heard.
    pub construct: bool,
    /// The word before ends in a long vowel that takes in the a of the article (Abū l-Faḍl).
    pub elided: bool,
    /// The long vowel at its end is short before the article of the next: Abu ’l-Faḍl.
    pub shortened: bool,
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
        let shortened: Vec<Unit>;
        let units = match word.units.split_last() {
            Some((Unit::Long(vowel), before)) if setting.shortened => {
                shortened = before.iter().copied().chain(std::iter::once(Unit::Short(*vowel))).collect();
                &shortened
            }
            _ => &word.units,
        };
        let mut stem = self.stem(units, setting.construct);
        if self.rules().initial_hamza && word.units.first().is_some_and(|u| u.is_vowel()) && word.stem_arabic().starts_with(['أ', 'إ', 'آ'])
        {
            stem.insert_str(0, self.sign('ء', Context::Any));
        }
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
            Some(Unit::Consonant { letter, .. }) if rules.assimilate && is_sun(letter) => self.sign_of(letter),
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

    pub(super) fn stem(self, units: &[Unit], construct: bool) -> String {
        use Unit::{Consonant, Long, Maqsura, Short, TaMarbuta, Tanwin, Unknown};
        let rules = self.rules();
        let mut text = String::new();
        // The consonant written last, for the guard between letters that would read as one.
        let mut before = "";
        let mut after_long = false;
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
                    let sign = self.sign_of(letter);
                    if !rules.guard.is_empty() && Reader::of(self).run_together(before, sign) {
                        text.push_str(rules.guard);
                    }
                    text.push_str(sign);
                    if doubled && self.doubles(letter) {
                        text.push_str(sign);
                    }
                    before = sign;
                    after_long = false;
                    continue;
                }
                Short(_) if last && !rules.case_endings => {}
                Short(v) => text.push_str(self.sign(short_sign(v), Context::Any)),
                Long(v) => text.push_str(self.sign(carrier(v), Context::Long)),
                Maqsura => text.push_str(self.sign('ى', Context::Any)),
                TaMarbuta => {
                    let context = if construct || !last { Context::Construct } else { Context::Pausa };
                    let sign = self.sign('ة', context);
                    text.push_str(if after_long { self.after_long(sign) } else { sign });
                }
                Tanwin(v) if rules.nunation.contains(name(v)) => {
                    text.push_str(self.sign(short_sign(v), Context::Any));
                    text.push_str(rules.nunation_sign);
                }
                Tanwin(_) => {}
                Unknown => {}
            }
            before = "";
            after_long = matches!(unit, Long(Vowel::A) | Maqsura);
        }
        text
    }

    /// Whether a doubled letter is written twice.
    pub(super) fn doubles(self, letter: char) -> bool {
        let rules = self.rules();
        (rules.double_digraphs || self.sign_of(letter).chars().count() == 1) && (rules.double_ayn || letter != 'ع')
    }

    /// What is written for a consonant; one of another language that the table lacks is written as its nearest.
    pub(super) fn sign_of(self, letter: char) -> &'static str {
        match self.written(letter, Context::Any) {
            Some(sign) => sign,
            None => self.sign(nearest(letter), Context::Any),
        }
    }

    /// What is left of the sign of ة after ā, where only the consonant is written, and then it always is.
    pub(super) fn after_long(self, sign: &'static str) -> &'static str {
        let rest = sign.trim_start_matches(['a', 'e']);
        if rest.is_empty() { "h" } else { rest }
    }

    /// The consonants that the table has.
    pub(super) fn consonants(self) -> impl Iterator<Item = char> {
        let vowel = |c: &char| matches!(c, '\u{64B}'..='\u{670}' | 'ى' | 'ة' | 'ا');
        self.letters().filter(|l| l.context == "any").filter_map(|l| l.arabic.chars().next()).filter(move |c| !vowel(c))
    }
}

/// The letter that stands for one a table lacks: the nearest in sound, the alif for the alif of connection.
pub(super) fn nearest(letter: char) -> char {
    match letter {
        'ڨ' | 'ڭ' => 'گ',
        'ٱ' => 'ا',
        'ٹ' => 'ت',
        'ڈ' => 'د',
        'ڑ' => 'ر',
        other => other,
    }
}

/// Its letter in the switch `nunation`.
pub(super) fn name(vowel: Vowel) -> char {
    match vowel {
        Vowel::A => 'a',
        Vowel::I => 'i',
        Vowel::U => 'u',
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
