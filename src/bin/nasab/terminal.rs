//! What a terminal must be spared: names are untrusted text.
//!
//! An escape sequence in a name could rewrite the screen, a bidi control could turn a line around,
//! and an invisible sign would not be seen. On a terminal they are shown as `\u{202e}`; into a pipe
//! data stays as it is. Arabic runs are isolated, because a terminal that reorders would otherwise
//! let two of them swap their columns.

use nasab::orthography::{is_arabic_mark, is_dangerous};
use std::borrow::Cow;
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

const ISOLATE: char = '\u{2068}';
const POP: char = '\u{2069}';

/// Text as a terminal may show it. Tabs and line ends are left: they do no harm and structure it.
pub fn show(text: &str) -> Cow<'_, str> {
    shown(text, |c, out| write!(out, "\\u{{{:x}}}", u32::from(c)))
}

/// A line of JSON as a terminal may show it: still JSON, for all that is dangerous in it stands in
/// strings and has an escape there.
pub fn show_json(json: &str) -> Cow<'_, str> {
    shown(json, |c, out| {
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
    })
}

fn shown(text: &str, escape: impl Fn(char, &mut String) -> std::fmt::Result) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut open = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if is_rtl(c) && !open {
            out.push(ISOLATE);
            open = true;
        }
        if is_dangerous(c) && !matches!(c, '\t' | '\n') {
            // Writing to a String does not fail.
            let _ = escape(c, &mut out);
        } else {
            out.push(c);
        }
        if open && !continues(rest.as_str()) {
            out.push(POP);
            open = false;
        }
    }
    Cow::Owned(out)
}

/// Whether a right-to-left run goes on: at once, or past one blank or hyphen.
fn continues(rest: &str) -> bool {
    let mut rest = rest.chars();
    match rest.next() {
        Some(' ' | '-') => rest.next().is_some_and(is_rtl),
        Some(c) => is_rtl(c),
        None => false,
    }
}

fn is_rtl(c: char) -> bool {
    let block = matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    block && !is_dangerous(c)
}

/// A letter for a table: a vowel sign alone gets a circle to stand on.
pub fn on_a_seat(sign: &str) -> Cow<'_, str> {
    if sign.chars().next().is_some_and(is_arabic_mark) { Cow::Owned(format!("◌{sign}")) } else { Cow::Borrowed(sign) }
}

/// The columns that a text takes. Letter by letter, as terminals count: by the string, `UnicodeWidthStr`
/// gives لا one column, which only a terminal that joins it would.
pub fn width(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangerous_signs_are_seen_and_tabs_stay() {
        assert_eq!(show("a\u{1b}[31m\u{202e}b\tc\r\u{200b}"), "a\\u{1b}[31m\\u{202e}b\tc\\u{d}\\u{200b}");
        assert_eq!(show_json("\"a\u{202e}\u{e0041}\""), "\"a\\u202e\\udb40\\udc41\"");
    }

    #[test]
    fn a_run_is_isolated_whole() {
        assert_eq!(show("قيس الخزعلي\tQays"), "\u{2068}قيس الخزعلي\u{2069}\tQays");
        assert_eq!(show("Qays, قيس"), "Qays, \u{2068}قيس\u{2069}");
        assert_eq!(show("قيس \u{202e}"), "\u{2068}قيس\u{2069} \\u{202e}");
        assert!(matches!(show("Qays"), Cow::Borrowed(_)));
    }

    #[test]
    fn isolates_and_vowel_signs_take_no_column() {
        assert_eq!(width("\u{2068}قَيس\u{2069}"), 3);
        assert_eq!(width("Ḫazʿalī"), 7);
        assert_eq!(width("سلام"), 4);
    }
}
