//! A clean text to its pieces: words of either script, commas, and what is no word.

use crate::orthography::{ayn_sign, hamza_sign, is_arabic_letter, is_arabic_mark};

/// A run of characters that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub kind: PieceKind,
    pub text: &'a str,
    /// Where it starts: characters from the start of the text, from 1.
    pub column: usize,
    /// A blank stands before it.
    pub spaced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A word in Arabic letters and signs.
    Arabic,
    /// A word in letters of any other alphabet, with what clings to them: hyphens, ʿ and ʾ, a full stop.
    Latin,
    /// The comma of an inverted heading, of either script.
    Comma,
    /// Digits, brackets, emoji.
    Other,
}

/// Splits a text; nothing but blanks is lost.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece> = Vec::with_capacity(8);
    let mut spaced = false;
    // Where the last piece starts.
    let mut start = 0;
    let mut chars = text.char_indices().enumerate().peekable();
    while let Some((place, (at, c))) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let next = chars.peek().map(|(_, (_, c))| *c);
        let open = out.last().filter(|_| !spaced).map(|p| p.kind);
        let kind = kind(c, next, open);
        // A hyphen joins Arabic words as a blank would: عبد-الله.
        if c == '-' && open == Some(PieceKind::Arabic) {
            spaced = true;
            continue;
        }
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(last) if open == Some(kind) && kind != PieceKind::Comma => last.text = text.get(start..end).unwrap_or(last.text),
            _ => {
                start = at;
                let text = text.get(start..end).unwrap_or("");
                out.push(Piece { kind, text, column: place + 1, spaced: spaced && place > 0 });
            }
        }
        spaced = false;
    }
    out
}

/// What a character is, given the one after it and the piece that it could go on with.
fn kind(c: char, next: Option<char>, open: Option<PieceKind>) -> PieceKind {
    let inside = open == Some(PieceKind::Latin);
    let letter_next = || next.is_some_and(|n| !is_arabic_letter(n) && n.is_alphabetic());
    match c {
        ',' | '،' => PieceKind::Comma,
        _ if is_arabic_letter(c) || is_arabic_mark(c) => PieceKind::Arabic,
        _ if ayn_sign(c) || hamza_sign(c) || matches!(c, '·' | '-' | '‐' | '‑') => {
            if inside || letter_next() {
                PieceKind::Latin
            } else {
                PieceKind::Other
            }
        }
        _ if c.is_alphabetic() => PieceKind::Latin,
        // Combining marks and the full stop of an abbreviation cling to the word; so do the
        // digits of chat spelling, which stand for letters beside letters.
        _ if inside && (c == '.' || unicode_normalization::char::is_combining_mark(c) || c.is_ascii_digit()) => PieceKind::Latin,
        '2' | '3' | '5' | '6' | '7' | '9' if open != Some(PieceKind::Other) && letter_next() => PieceKind::Latin,
        _ => PieceKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(PieceKind, String, usize)> {
        pieces(text).into_iter().map(|p| (p.kind, p.text.to_string(), p.column)).collect()
    }

    #[test]
    fn words_commas_and_the_rest() {
        use PieceKind::{Arabic, Comma, Latin, Other};
        let own = |list: &[(PieceKind, &str, usize)]| -> Vec<_> { list.iter().map(|(k, t, c)| (*k, t.to_string(), *c)).collect() };
        assert_eq!(shown("طه، حسين"), own(&[(Arabic, "طه", 1), (Comma, "،", 3), (Arabic, "حسين", 5)]));
        assert_eq!(shown("Ṭāhā, 1889-1973"), own(&[(Latin, "Ṭāhā", 1), (Comma, ",", 5), (Other, "1889-1973", 7)]));
        assert_eq!(shown("(محمد)"), own(&[(Other, "(", 1), (Arabic, "محمد", 2), (Other, ")", 6)]));
        assert_eq!(shown("7asan b. ‘Alī"), own(&[(Latin, "7asan", 1), (Latin, "b.", 7), (Latin, "‘Alī", 10)]));
        assert_eq!(shown("محمدAli"), own(&[(Arabic, "محمد", 1), (Latin, "Ali", 5)]));
    }
}
