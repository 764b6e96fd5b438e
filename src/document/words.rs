//! A text to its words, each with its place.

use crate::orthography::{ayn_sign, hamza_sign, is_arabic_letter, is_arabic_mark};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// In Arabic script.
    pub arabic: bool,
    /// Only blanks stand between it and the word before.
    pub joined: bool,
    /// It begins a sentence, as far as its neighbours show.
    pub starts: bool,
}

impl Word {
    pub(crate) fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.span.clone()).unwrap_or("")
    }
}

/// What may join the parts of a romanized word.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

pub(crate) fn is_sign(c: char) -> bool {
    ayn_sign(c) || hamza_sign(c)
}

/// A sign that is also a quotation mark or an apostrophe.
fn is_quote(c: char) -> bool {
    matches!(c, '\u{2018}' | '\u{2019}' | '\u{201B}' | '\'' | '`' | '´')
}

fn is_latin(c: char) -> bool {
    (c.is_alphabetic() && !is_arabic_letter(c)) || is_combining_mark(c) && !is_arabic_mark(c)
}

/// The vowels after which a quotation mark at the end of a word is a hamza: Riḍā’.
fn is_long(c: char) -> bool {
    matches!(c, 'ā' | 'ī' | 'ū' | 'â' | 'î' | 'û' | 'á' | '\u{304}')
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u')
}

/// Characters of the longest quotation that is looked for.
pub(crate) const QUOTATION: usize = 400;

/// Whether an apostrophe opens a quotation before this place of the line: then one at the end of a word closes it.
fn opened(chars: &[(usize, char)], at: usize) -> bool {
    let near = chars.get(at.saturating_sub(QUOTATION)..at).unwrap_or(&[]);
    let line = near.rsplit(|(_, c)| *c == '\n').next().unwrap_or(&[]);
    let opens = |pair: &[(usize, char)]| matches!(pair, [(_, before), (_, '\'')] if !before.is_alphanumeric());
    matches!(line.first(), Some((_, '\''))) || line.windows(2).any(opens)
}

/// The words of the parts of a text that `prose` names, in order.
///
/// A quotation mark is a letter where ʿayn or hamza can stand: before a letter at the start, between letters, at the
/// end where it opens, or after a long vowel. Whether the one at the start opens a quotation is for the caller to say.
pub(crate) fn words(text: &str, prose: &[Range<usize>]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for part in prose {
        let chars: Vec<(usize, char)> = text.get(part.clone()).unwrap_or("").char_indices().map(|(at, c)| (at + part.start, c)).collect();
        let mut at = 0;
        let (mut joined, mut starts) = (false, true);
        while at < chars.len() {
            let end = if is_arabic_start(&chars, at) { arabic_end(&chars, at) } else { latin_end(&chars, at) };
            let Some(&(start, c)) = chars.get(at) else { break };
            if end == at {
                let blank = c.is_whitespace();
                // The points of b., bt. and of initials end nothing.
                let short = |w: &Word| !w.arabic && w.span.end == start && (w.text(text) == "bt" || w.text(text).chars().count() == 1);
                if c == '.' && out.last().is_some_and(short) {
                    at += 1;
                    continue;
                }
                joined &= blank && !paragraph(&chars, at);
                starts = match c {
                    '.' | '!' | '?' | '؟' | ':' | '\n' => true,
                    '"' | '“' | '”' | '«' | '(' | '[' | '*' | '_' | '#' | '>' => starts,
                    _ => starts && (blank || is_quote(c)),
                };
                at += 1;
                continue;
            }
            let stop = chars.get(end).map_or(part.end, |(at, _)| *at);
            out.push(Word { span: start..stop, arabic: is_arabic_letter(c) || is_arabic_mark(c), joined, starts });
            (joined, starts, at) = (true, false, end);
        }
    }
    out
}

/// Whether a blank line begins here.
fn paragraph(chars: &[(usize, char)], at: usize) -> bool {
    let breaks = |place: usize| chars.get(place).is_some_and(|(_, c)| *c == '\n');
    breaks(at) && (at + 1..chars.len()).find(|&i| chars.get(i).is_none_or(|(_, c)| !matches!(c, ' ' | '\t' | '\r'))).is_some_and(breaks)
}

fn is_arabic_start(chars: &[(usize, char)], at: usize) -> bool {
    chars.get(at).is_some_and(|(_, c)| is_arabic_letter(*c) || matches!(*c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'))
}

fn arabic_end(chars: &[(usize, char)], at: usize) -> usize {
    let own =
        |c: char| is_arabic_letter(c) || is_arabic_mark(c) || matches!(c, '\u{640}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let rest = chars.get(at..).unwrap_or(&[]);
    at + rest.iter().take_while(|(_, c)| own(*c)).count()
}

fn latin_end(chars: &[(usize, char)], at: usize) -> usize {
    let get = |place: usize| chars.get(place).map(|(_, c)| *c);
    let latin = |place: usize| get(place).is_some_and(is_latin);
    let mut end = at;
    while let Some(c) = get(end) {
        let before = end.checked_sub(1).filter(|p| *p >= at).and_then(get);
        let inside = before.is_some();
        let own = match c {
            _ if is_latin(c) => true,
            // The possessive of English is no part of the name.
            '\'' | '\u{2019}' if inside && matches!(get(end + 1), Some('s' | 'S')) && !latin(end + 2) => false,
            // In front of a word a closing quotation mark opens nothing: ’Alī, but not the ’s of a possessive.
            _ if is_sign(c) && latin(end + 1) => inside || !at.checked_sub(1).is_some_and(latin),
            '\u{2018}' | '\u{201B}' | '`' if before.is_some_and(is_latin) => true,
            _ if is_sign(c) && is_quote(c) => {
                before.is_some_and(is_long) || c == '\'' && before.is_some_and(is_vowel) && !opened(chars, at)
            }
            _ if is_sign(c) => inside,
            _ if is_hyphen(c) => inside && (latin(end + 1) || get(end + 1).is_some_and(is_sign) && latin(end + 2)),
            _ => false,
        };
        if !own {
            break;
        }
        end += 1;
    }
    end
}

/// The lines and columns of a text. Places asked for in order cost one walk over it, however long its lines are.
pub(crate) struct Places<'a> {
    text: &'a str,
    /// Where lines begin.
    starts: Vec<usize>,
    /// The last byte that was asked for, and its place.
    last: (usize, (usize, usize)),
}

impl<'a> Places<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Places { text, starts, last: (0, (1, 1)) }
    }

    /// The line and the character of a byte, both from 1.
    pub(crate) fn of(&mut self, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let (from, column) = match self.last {
            (last, (same, column)) if same == line && last <= byte => (last, column),
            _ => (start, 1),
        };
        let place = (line, column + self.text.get(from..byte).unwrap_or("").chars().count());
        self.last = (byte, place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text, std::slice::from_ref(&(0..text.len()))).iter().map(|w| w.text(text)).collect::<Vec<_>>()
    }

    #[test]
    fn signs_are_letters_where_letters_can_stand() {
        assert_eq!(split("met ‘Ammār al-Ḥakīm, Šayyā‘ as-Sūdānī’s"), ["met", "‘Ammār", "al-Ḥakīm", "Šayyā‘", "as-Sūdānī", "s"]);
        assert_eq!(split("“Riḍā’” and ‘no’ – ʿAlī-"), ["Riḍā’", "and", "‘no", "ʿAlī"]);
        assert_eq!(split("وفياض، والخزعلي."), ["وفياض", "والخزعلي"]);
    }

    #[test]
    fn places_are_the_same_in_any_order() {
        let text = "ʿa\nḥb c\n\nd";
        let mut places = Places::new(text);
        assert_eq!([0, 2, 4, 7, 9, 11, 4].map(|at| places.of(at)), [(1, 1), (1, 2), (2, 1), (2, 2), (2, 4), (3, 1), (2, 1)]);
    }

    #[test]
    fn a_blank_line_parts_words() {
        let text = "one\ntwo\n\nthree";
        let joined: Vec<bool> = words(text, std::slice::from_ref(&(0..text.len()))).iter().map(|w| w.joined).collect();
        assert_eq!(joined, [false, true, false]);
    }
}
