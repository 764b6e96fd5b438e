//! A spelling cut into its letters, each with its marks and with the signs before it, so that two spellings that differ in marks
//! alone can be laid over each other.

use super::words::is_sign;
use crate::orthography::{ayn_sign, hamza_sign};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The signs of ʿayn and hamza before a letter, or at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    None,
    Ayn,
    Hamza,
    /// Typed by a sign that stands for both.
    Either,
}

/// A letter with what belongs to it; without a letter at the end of a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slot {
    pub sign: Sign,
    /// Bytes of the sign.
    pub sign_span: Range<usize>,
    /// The small letter without marks; a blank at the end.
    pub letter: char,
    /// Its marks, in the order of Unicode's decomposition.
    pub marks: String,
    /// Bytes of the letter with its marks.
    pub span: Range<usize>,
}

/// Marks of vowel length.
pub(crate) fn is_length(marks: &str) -> bool {
    !marks.is_empty() && marks.chars().all(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{302}' | '\u{304}'))
}

/// The slots of a spelling; the last is its end.
pub(crate) fn slots(text: &str) -> Vec<Slot> {
    let mut out: Vec<Slot> = Vec::new();
    let mut sign = (Sign::None, 0..0);
    for (at, c) in text.char_indices() {
        let span = at..at + c.len_utf8();
        if is_sign(c) {
            let which = match (ayn_sign(c), hamza_sign(c)) {
                (true, true) => Sign::Either,
                (true, false) => Sign::Ayn,
                _ => Sign::Hamza,
            };
            sign = (which, span);
            continue;
        }
        if is_combining_mark(c) {
            if let Some(last) = out.last_mut() {
                last.marks.push(c);
                last.span.end = span.end;
            }
            continue;
        }
        let parts: Vec<char> = c.to_lowercase().nfd().collect();
        let (marks, letters): (String, Vec<char>) =
            (parts.iter().filter(|c| is_combining_mark(**c)).collect(), parts.iter().copied().filter(|c| !is_combining_mark(*c)).collect());
        let letter = letters.first().copied().unwrap_or(c);
        out.push(Slot { sign: sign.0, sign_span: std::mem::replace(&mut sign, (Sign::None, 0..0)).1, letter, marks, span });
    }
    let end = text.len()..text.len();
    out.push(Slot { sign: sign.0, sign_span: sign.1, letter: ' ', marks: String::new(), span: end });
    out
}

/// How likely `typed` is what somebody wrote who meant `meant`; `None` where the letters differ.
pub(crate) fn slips(typed: &[Slot], meant: &[Slot]) -> Option<f64> {
    /// A mark or a sign that got lost, and each further one where none is left: they get lost together.
    const LOST: f64 = 0.1;
    const ALL_LOST: f64 = 0.5;
    /// One that was put where none belongs, or another one.
    const ADDED: f64 = 0.01;
    const CHANGED: f64 = 0.02;
    const SWAPPED: f64 = 0.05;
    /// A short a at the end is mostly the ة and no long vowel that lost its length.
    const ENDING: f64 = 0.05;
    if typed.len() != meant.len() || typed.iter().zip(meant).any(|(t, m)| t.letter != m.letter) {
        return None;
    }
    let bare = typed.iter().all(|t| t.marks.is_empty());
    let (mut likely, mut lost) = (1.0, 0);
    for (at, (t, m)) in typed.iter().zip(meant).enumerate() {
        match (t.marks.as_str(), m.marks.as_str()) {
            (a, b) if a == b => {}
            ("", mark) => {
                lost += 1;
                let ends = at + 2 == typed.len() && t.letter == 'a' && is_length(mark);
                likely *= if ends { ENDING } else { 1.0 };
            }
            (_, "") => likely *= ADDED,
            (a, b) => likely *= if is_length(a) && is_length(b) { SWAPPED } else { CHANGED },
        }
        match (t.sign, m.sign) {
            (a, b) if a == b => {}
            (Sign::Either, Sign::Ayn | Sign::Hamza) => {}
            (Sign::None, _) => lost += 1,
            (_, Sign::None) => likely *= ADDED,
            _ => likely *= SWAPPED,
        }
    }
    let each = if bare { ALL_LOST } else { LOST };
    Some(if lost == 0 { likely } else { likely * LOST * each.powi(lost - 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_mark_is_likelier_than_a_wrong_one() {
        let likely = |typed: &str, meant: &str| slips(&slots(typed), &slots(meant)).unwrap_or(0.0);
        assert!(likely("Haz‘alī", "ḫazʿalī") > likely("Ḥaz‘alī", "ḫazʿalī"));
        assert!(likely("Hasan", "ḥasan") > likely("Ḥasan", "hasan"));
        assert_eq!(likely("Hasan", "husayn"), 0.0);
        assert_eq!(likely("'Alī", "ʿalī"), 1.0);
    }
}
