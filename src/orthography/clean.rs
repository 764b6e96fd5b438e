//! The clean grade: what a reader would not see goes, what one would see stays.

use super::marks::{is_arabic_letter, is_arabic_mark};
use crate::tables;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Cleans a text; borrows it when nothing had to change.
///
/// - presentation forms become letters; ﷲ becomes الله, and لله after an alif; ﷺ stays, it is
///   no part of a name;
/// - tatweel, bidi and zero-width controls, variation selectors, Quranic signs and control
///   characters go; a zero-width non-joiner goes too, its joint is not seen in Arabic names;
/// - Farsi yeh and keheh and the like become the Arabic letters (`tables/orthography`); پ چ ژ گ
///   ڤ and other letters of their own sound stay;
/// - hamza and madda are composed with their seat; the signs of one letter stand in one order,
///   shadda first, each once;
/// - Latin is composed (NFC); blanks are single, none at the ends.
///
/// Cleaning twice is cleaning once.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain_arabic(text) || is_clean(text) {
        return Cow::Borrowed(text);
    }
    // A composition can bring about a letter of the table, and the other way round. Each pass
    // shortens or orders, so few are needed.
    let mut cleaned = pass(text);
    for _ in 0..8 {
        if is_clean(&cleaned) {
            break;
        }
        let next = pass(&cleaned);
        if next == cleaned {
            break;
        }
        cleaned = next;
    }
    if cleaned == text { Cow::Borrowed(text) } else { Cow::Owned(cleaned) }
}

fn pass(text: &str) -> String {
    let mut signs: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        expand(c, &mut signs);
    }
    let mut composed: Vec<char> = signs.into_iter().nfc().collect();
    compose_hamza(&mut composed);
    order_marks(&mut composed);
    squeeze(composed.into_iter())
}

/// Letters without marks and single blanks need no table: the most usual text of all.
fn is_plain_arabic(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        let blank = c == ' ' && before != ' ';
        if !blank && !matches!(c, '،' | ',' | '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}') {
            return false;
        }
        before = c;
    }
    before != ' '
}

/// A quick look that finds most clean text without building anything.
fn is_clean(text: &str) -> bool {
    if text.is_ascii() {
        return !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") && !text.bytes().any(|b| b.is_ascii_control());
    }
    let mut before = ' ';
    for c in text.chars() {
        let changed = tables::orthography(c).is_some()
            || is_presentation(c)
            || c.is_control()
            || (c.is_whitespace() && (c != ' ' || before == ' '))
            || (is_arabic_mark(c) && (is_arabic_mark(before) || matches!(c, '\u{653}'..='\u{655}') || !is_arabic_letter(before)));
        if changed {
            return false;
        }
        before = c;
    }
    before != ' ' && is_nfc(text)
}

fn is_presentation(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// One character to its clean characters.
fn expand(c: char, out: &mut Vec<char>) {
    if let Some(to) = tables::orthography(c) {
        out.extend(to.chars());
        return;
    }
    match c {
        '\u{FDF2}' => {
            // After an alif the ligature brings only its l l h: ا + ﷲ is one الله.
            let skip = usize::from(out.last() == Some(&'ا'));
            out.extend("الله".chars().skip(skip));
        }
        '\u{FDFA}' | '\u{FDFB}' | '\u{FD3E}' | '\u{FD3F}' => out.push(c),
        _ if is_presentation(c) => {
            // Isolated signs decompose to a blank or tatweel and the sign: only the sign was meant.
            for part in std::iter::once(c).nfkc() {
                match tables::orthography(part) {
                    Some(to) => out.extend(to.chars()),
                    None if part == ' ' => {}
                    None => out.push(part),
                }
            }
        }
        // Before controls: a tab, a line end and a vertical tab part words.
        _ if c.is_whitespace() => out.push(' '),
        _ if c.is_control() => {}
        _ => out.push(c),
    }
}

/// What NFC does not compose: a hamza above ى, and one that follows other signs.
fn compose_hamza(signs: &mut Vec<char>) {
    let mut out: Vec<char> = Vec::with_capacity(signs.len());
    let mut seat: Option<usize> = None;
    for &c in signs.iter() {
        let base = seat.and_then(|at| out.get(at)).copied();
        let composed = match (base, c) {
            (Some('ا'), '\u{653}') => Some('آ'),
            (Some('ا'), '\u{654}') => Some('أ'),
            (Some('ا'), '\u{655}') => Some('إ'),
            (Some('و'), '\u{654}') => Some('ؤ'),
            (Some('ي' | 'ى'), '\u{654}') => Some('ئ'),
            _ => None,
        };
        match (composed, seat) {
            (Some(letter), Some(at)) => {
                if let Some(slot) = out.get_mut(at) {
                    *slot = letter;
                }
            }
            // A hamza or madda with no seat for it is seen by nobody as a letter.
            _ if matches!(c, '\u{653}'..='\u{655}') => {}
            _ => {
                if !is_arabic_mark(c) {
                    seat = Some(out.len());
                }
                out.push(c);
            }
        }
    }
    *signs = out;
}

/// Puts the signs of each letter in one order, each once; a sign without a letter goes.
fn order_marks(signs: &mut Vec<char>) {
    let rank = |c: char| match c {
        '\u{651}' => 0,
        '\u{64B}'..='\u{650}' => 1,
        '\u{652}' => 2,
        _ => 3,
    };
    let mut out: Vec<char> = Vec::with_capacity(signs.len());
    let mut held: Vec<char> = Vec::new();
    let flush = |held: &mut Vec<char>, out: &mut Vec<char>| {
        held.sort_by_key(|&c| (rank(c), c));
        held.dedup();
        if out.last().is_some_and(|c| is_arabic_letter(*c)) {
            out.append(held);
        } else {
            held.clear();
        }
    };
    for &c in signs.iter() {
        if is_arabic_mark(c) {
            held.push(c);
        } else {
            flush(&mut held, &mut out);
            out.push(c);
        }
    }
    flush(&mut held, &mut out);
    *signs = out;
}

fn squeeze(signs: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    for c in signs {
        if c != ' ' || (!text.is_empty() && !text.ends_with(' ')) {
            text.push(c);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_kind_of_glyph() {
        for (typed, expected) in [
            ("ﻣﺤﻤﺪ", "محمد"),
            ("ﻋﺒﺪﷲ", "عبدالله"),
            ("ا\u{FDF2}", "الله"),
            ("محـــمد", "محمد"),
            ("\u{202B}علی\u{202C}", "علي"),
            ("کریم", "كريم"),
            ("محم\u{64E}\u{651}د", "محم\u{651}\u{64E}د"),
            ("محم\u{651}\u{64E}د", "محم\u{651}\u{64E}د"),
            ("ا\u{654}حمد", "أحمد"),
            ("ى\u{654}", "ئ"),
            ("ﻼ", "لا"),
            ("H\u{323}asan", "Ḥasan"),
            ("a\0b", "ab"),
            ("  a\u{A0}\tb ", "a b"),
            ("‘Ammār", "‘Ammār"),
        ] {
            assert_eq!(clean(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn clean_text_is_borrowed() {
        for text in ["محمد", "Muḥammad al-Ḥasan", "plain", "مُحَمَّد"] {
            let once = clean(text).into_owned();
            assert!(matches!(clean(&once), Cow::Borrowed(_)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "[\\u{600}-\\u{6FF}\\u{FB50}-\\u{FEFF}a-z \\u{300}-\\u{330}\\u{200B}-\\u{206F}]{0,24}") {
            let once = clean(&text).into_owned();
            prop_assert_eq!(clean(&once).into_owned(), once.clone());
            prop_assert!(matches!(clean(&once), Cow::Borrowed(_)));
        }

        #[test]
        fn anything_goes(text in "\\PC{0,24}") {
            let once = clean(&text).into_owned();
            prop_assert_eq!(clean(&once).into_owned(), once.clone());
        }
    }
}
