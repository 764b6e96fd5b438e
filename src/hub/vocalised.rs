//! Arabic letters with vowel signs to units.

use super::spell::{DAGGER, SHADDA, SUKUN};
use super::{Unit, Vowel, Word, is_sun};

/// Letters that a word can be spelled with and that count as consonants.
fn is_consonant(letter: char) -> bool {
    matches!(letter, 'ب'..='غ' | 'ف'..='و' | 'ي' | 'پ' | 'چ' | 'ژ' | 'گ' | 'ڤ' | 'ڨ' | 'ڭ' | 'ٹ' | 'ڈ' | 'ڑ') && letter != 'ة'
}

struct Marked {
    letter: char,
    shadda: bool,
    vowel: Option<Vowel>,
    tanwin: Option<Vowel>,
    sukun: bool,
    dagger: bool,
}

fn marked(stem: &str) -> Option<Vec<Marked>> {
    let mut out: Vec<Marked> = Vec::new();
    for c in stem.chars() {
        if ('\u{64B}'..='\u{652}').contains(&c) || c == DAGGER {
            let last = out.last_mut()?;
            match c {
                SHADDA => last.shadda = true,
                SUKUN => last.sukun = true,
                DAGGER => last.dagger = true,
                '\u{64E}' => last.vowel = Some(Vowel::A),
                '\u{64F}' => last.vowel = Some(Vowel::U),
                '\u{650}' => last.vowel = Some(Vowel::I),
                '\u{64B}' => last.tanwin = Some(Vowel::A),
                '\u{64C}' => last.tanwin = Some(Vowel::U),
                _ => last.tanwin = Some(Vowel::I),
            }
        } else {
            out.push(Marked { letter: c, shadda: false, vowel: None, tanwin: None, sukun: false, dagger: false });
        }
    }
    Some(out)
}

/// Reads a word with vowel signs; a leading `ال` is the article where its signs say so: the alif has
/// none, and the lām has sukūn or hands its place to a doubled sun letter.
///
/// `None` as for [`read_vocalised`].
pub fn read_vocalised_word(text: &str) -> Option<Word> {
    let stem = text.strip_prefix("ال").and_then(|rest| match rest.strip_prefix(SUKUN) {
        Some(stem) => Some(stem.to_string()),
        None => {
            let mut letters = rest.chars();
            let first = letters.next().filter(|c| is_sun(*c))?;
            (letters.next() == Some(SHADDA)).then(|| first.to_string() + letters.as_str())
        }
    });
    match stem.filter(|stem| !stem.is_empty()) {
        Some(stem) => read_vocalised(&stem).map(|word| word.with_article(true)),
        None => read_vocalised(text),
    }
}

/// Reads a stem (no article) with vowel signs; what the signs leave open is [`Unit::Unknown`].
///
/// `None` when a sign or letter is none that an Arabic word is spelled with. A letter before
/// a long vowel needs no sign; a last letter without one has no vowel. The spelling is kept
/// where it does not follow from the units.
pub fn read_vocalised(stem: &str) -> Option<Word> {
    let letters = marked(stem)?;
    let mut units: Vec<Unit> = Vec::with_capacity(letters.len() * 2);
    let count = letters.len();
    for (place, this) in letters.iter().enumerate() {
        let last = place + 1 == count;
        let next = letters.get(place + 1);
        let first = units.is_empty();
        // A sukūn on a vowel letter says no more than its absence.
        let bare = !this.shadda && this.vowel.is_none() && this.tanwin.is_none() && !this.dagger;
        // A long vowel takes in the short one before it, or the place where one was left open,
        // unless a vowel letter follows: زِياد is Ziyād.
        let vowel_follows = next.is_some_and(|n| matches!(n.letter, 'ا' | 'ة' | 'ى'));
        let lengthens = |units: &[Unit], v: Vowel| {
            bare && !vowel_follows
                && match units.last() {
                    Some(Unit::Short(s)) => *s == v,
                    Some(Unit::Unknown) => true,
                    _ => false,
                }
        };
        match this.letter {
            'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' if first => match (this.letter, this.vowel) {
                ('آ', _) => units.push(Unit::Long(Vowel::A)),
                (_, Some(v)) => units.push(Unit::Short(v)),
                ('إ', None) => units.push(Unit::Short(Vowel::I)),
                _ => units.push(Unit::Unknown),
            },
            'ا' if bare || this.vowel == Some(Vowel::A) && units.last() != Some(&Unit::Short(Vowel::A)) => {
                match units.last() {
                    Some(Unit::Short(Vowel::A) | Unit::Unknown) => {
                        units.pop();
                        units.push(Unit::Long(Vowel::A));
                    }
                    // the alif of -an, and the silent one after -ū
                    Some(Unit::Tanwin(_) | Unit::Long(_)) if last => {}
                    _ => units.push(Unit::Long(Vowel::A)),
                }
            }
            'ا' => {
                if let Some(v) = this.tanwin {
                    units.push(Unit::Tanwin(v));
                } else {
                    units.push(Unit::Long(Vowel::A));
                }
            }
            // Some write the final ī without its dots: محيى for محيي.
            'ى' if last && bare && units.last() == Some(&Unit::Short(Vowel::I)) => {
                units.pop();
                units.push(Unit::Long(Vowel::I));
            }
            'ى' if last => {
                if matches!(units.last(), Some(Unit::Short(Vowel::A) | Unit::Unknown)) {
                    units.pop();
                }
                if !matches!(units.last(), Some(Unit::Tanwin(_))) {
                    units.push(Unit::Maqsura);
                }
            }
            'ة' => {
                if matches!(units.last(), Some(Unit::Short(Vowel::A) | Unit::Unknown)) {
                    units.pop();
                }
                units.push(Unit::TaMarbuta);
                if let Some(v) = this.tanwin {
                    units.push(Unit::Tanwin(v));
                } else if let Some(v) = this.vowel {
                    units.push(Unit::Short(v));
                }
            }
            'و' if lengthens(&units, Vowel::U) => {
                units.pop();
                units.push(Unit::Long(Vowel::U));
            }
            'ي' if lengthens(&units, Vowel::I) => {
                units.pop();
                units.push(Unit::Long(Vowel::I));
            }
            letter => {
                let letter = match letter {
                    'ء' | 'أ' | 'إ' | 'ؤ' | 'ئ' | 'آ' => 'ء',
                    'ى' => 'ي',
                    other if is_consonant(other) => other,
                    _ => return None,
                };
                units.push(Unit::Consonant { letter, doubled: this.shadda });
                if this.letter == 'آ' || this.dagger {
                    units.push(Unit::Long(Vowel::A));
                } else if let Some(v) = this.vowel {
                    units.push(Unit::Short(v));
                } else if let Some(v) = this.tanwin {
                    units.push(Unit::Tanwin(v));
                } else if !this.sukun && !last {
                    units.push(Unit::Unknown);
                }
            }
        }
        // A dagger alif over maqsura or another letter is that long vowel, written once.
    }
    let skeleton: String = letters.iter().map(|m| m.letter).collect();
    Some(Word::new(units).with_spelling(&skeleton))
}
