//! What Arabic letters say of a romanized word: its consonants and its long vowels, not its short ones.

use super::slots::{Sign, Slot, slots};
use crate::hub::Vowel;
use crate::orthography;
use crate::scheme::Scheme;
use crate::tables::Context;

/// What one step costs. A consonant that is another but for its mark lost it; one that is another altogether is another word.
const LOST: f32 = 1.0;
const OTHER: f32 = 6.0;
const WEAK: f32 = 0.6;
/// Spellings that cost more than this for each letter are not of this word.
const MOST: f32 = 0.7;

/// A romanized word as the Arabic letters would have it: `None` where they are another word's, the spelling itself where they
/// agree. In small letters, with ʿ and ʾ.
pub(crate) fn corrected(typed: &str, arabic: &str, scheme: Scheme) -> Option<String> {
    let own = slots(typed);
    let letters: Vec<char> = orthography::clean(arabic).chars().filter(|c| orthography::is_arabic_letter(*c)).collect();
    if own.len() < 2 || letters.is_empty() || letters.len() > 40 || own.len() > 80 {
        return None;
    }
    let signs: Vec<Vec<Slot>> = letters.iter().map(|l| consonant(*l, scheme)).collect();
    // Least cost with so many letters and so many slots behind it, and the step that led there.
    let width = own.len();
    let mut cost = vec![f32::INFINITY; (letters.len() + 1) * width];
    let mut from = vec![(0usize, Step::Start); cost.len()];
    if let Some(first) = cost.first_mut() {
        *first = 0.0;
    }
    for l in 0..=letters.len() {
        for s in 0..width {
            let at = l * width + s;
            let Some(before) = cost.get(at).copied().filter(|c| c.is_finite()) else { continue };
            let mut reach = |to: usize, more: f32, step: Step| {
                if let (Some(slot), Some(link)) = (cost.get_mut(to), from.get_mut(to))
                    && before + more < *slot
                {
                    (*slot, *link) = (before + more, (at, step));
                }
            };
            let slot = own.get(s);
            // A vowel that is written without a letter, the second of a double consonant, or something else.
            if let Some(slot) = slot.filter(|_| s + 1 < width) {
                let doubled = s > 0 && own.get(s - 1).is_some_and(|b| b.letter == slot.letter);
                let free = is_vowel(slot.letter) || doubled && slot.sign == Sign::None;
                // At the start ʿayn stands before its vowel and not behind it.
                let early = if l == 0 { 0.1 } else { 0.0 };
                reach(at + 1, if free { early } else { OTHER }, Step::Skip);
            }
            let (Some(letter), Some(sign)) = (letters.get(l), signs.get(l)) else { continue };
            // A letter that is not heard.
            let unheard = l == 0 && "اأإآٱ".contains(*letter);
            reach(
                at + width,
                if unheard {
                    0.0
                } else if weak(*letter) {
                    WEAK
                } else {
                    OTHER
                },
                Step::Silent,
            );
            if let Some(slot) = slot.filter(|_| s + 1 < width) {
                if let Some(vowel) = long(*letter).filter(|(v, _)| slot.letter == *v && slot.sign == Sign::None) {
                    let inside = l > 0 && l + 1 < letters.len();
                    let is_long = !slot.marks.is_empty();
                    reach(
                        at + width + 1,
                        if is_long { 0.0 } else { 0.1 },
                        if is_long || !inside { Step::Kept } else { Step::Long(vowel.1) },
                    );
                }
                let same = sign.len() > 1
                    && (0..sign.len() - 1).all(|k| own.get(s + k).zip(sign.get(k)).is_some_and(|(a, b)| a.letter == b.letter));
                if same {
                    let lost = (0..sign.len() - 1).any(|k| own.get(s + k).zip(sign.get(k)).is_some_and(|(a, b)| a.marks != b.marks));
                    reach(at + width + sign.len() - 1, if lost { LOST } else { 0.0 }, Step::Consonant);
                }
                // و and ي as consonants, ة as t or h.
                let glide = matches!((*letter, slot.letter), ('و', 'w') | ('ي' | 'ى', 'y') | ('ة', 't' | 'h' | 'a'));
                if glide {
                    reach(at + width + 1, 0.0, Step::Kept);
                }
            }
            // ʿayn and hamza are no slots of their own: they stand before one.
            if let Some(slot) = slot {
                let meant = if *letter == 'ع' { Sign::Ayn } else { Sign::Hamza };
                let bears = *letter == 'ع' || "ءأإؤئآ".contains(*letter);
                if bears && (slot.sign == meant || slot.sign == Sign::Either) {
                    reach(at + width, 0.0, Step::Signed(meant));
                } else if bears && slot.sign == Sign::None && (*letter == 'ع' || l > 0) {
                    reach(at + width, if *letter == 'ع' { LOST } else { WEAK }, Step::Unsigned(meant));
                } else if bears && slot.sign != Sign::None {
                    reach(at + width, LOST, Step::Signed(meant));
                }
            }
        }
    }
    let end = letters.len() * width + width - 1;
    cost.get(end).copied().filter(|c| *c <= MOST * letters.len() as f32)?;
    let mut fixed = own.clone();
    let mut at = end;
    while at > 0 {
        let (before, step) = *from.get(at)?;
        let (l, s) = (before / width, before % width);
        let slot = fixed.get_mut(s);
        match (step, slot) {
            (Step::Long(mark), Some(slot)) => slot.marks = mark.to_string(),
            (Step::Signed(sign), Some(slot)) => slot.sign = sign,
            (Step::Unsigned(Sign::Ayn), Some(slot)) => slot.sign = Sign::Ayn,
            (Step::Consonant, Some(_)) => {
                for (k, meant) in signs.get(l)?.iter().enumerate().take(signs.get(l)?.len() - 1) {
                    fixed.get_mut(s + k)?.marks.clone_from(&meant.marks);
                }
                // Both of a double consonant are one letter.
                let letter = fixed.get(s)?.letter;
                let marks = fixed.get(s)?.marks.clone();
                if let Some(next) = fixed.get_mut(s + 1).filter(|n| n.letter == letter && signs.get(l).is_some_and(|x| x.len() == 2)) {
                    next.marks = marks;
                }
            }
            _ => {}
        }
        at = before;
    }
    Some(spelled(&fixed))
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Start,
    Skip,
    Silent,
    Kept,
    Consonant,
    Signed(Sign),
    Unsigned(Sign),
    Long(&'static str),
}

/// Slots to text, with ʿ and ʾ.
pub(crate) fn spelled(slots: &[Slot]) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut text = String::new();
    for slot in slots {
        match slot.sign {
            Sign::None => {}
            Sign::Hamza => text.push('ʾ'),
            Sign::Ayn | Sign::Either => text.push('ʿ'),
        }
        if slot.letter != ' ' {
            text.push(slot.letter);
            text.push_str(&slot.marks);
        }
    }
    text.nfc().collect()
}

fn is_vowel(letter: char) -> bool {
    "aeiou".contains(letter)
}

fn weak(letter: char) -> bool {
    "اويىةءأإآؤئٱ".contains(letter)
}

/// The vowel that a letter lengthens, and the mark of its length.
fn long(letter: char) -> Option<(char, &'static str)> {
    let vowel = match letter {
        'ا' | 'آ' | 'ٱ' => Vowel::A,
        'و' => Vowel::U,
        'ي' => Vowel::I,
        'ى' => Vowel::A,
        _ => return None,
    };
    Some(match vowel {
        Vowel::A => ('a', "\u{304}"),
        Vowel::I => ('i', "\u{304}"),
        Vowel::U => ('u', "\u{304}"),
    })
}

/// The slots of what a scheme writes for a consonant; the last is the end.
fn consonant(letter: char, scheme: Scheme) -> Vec<Slot> {
    if weak(letter) || letter == 'ع' { Vec::new() } else { slots(scheme.sign(letter, Context::Any)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_put_marks_back() {
        let dmg = Scheme::find("dmg").unwrap();
        for (typed, arabic, meant) in [
            ("Haz‘alī", "خزعلي", Some("ḫazʿalī")),
            ("Fayyad", "فياض", Some("fayyāḍ")),
            ("Šayyāʿ", "شياع", Some("šayyāʿ")),
            ("Fatḥ", "فتح", Some("fatḥ")),
            ("Hakim", "حكيم", Some("ḥakīm")),
            ("Umar", "عمر", Some("ʿumar")),
            ("Rahmān", "رحمن", Some("raḥmān")),
            ("Aḥmad", "محمود", None),
        ] {
            assert_eq!(corrected(typed, arabic, dmg).as_deref(), meant, "{typed} {arabic}");
        }
    }
}
