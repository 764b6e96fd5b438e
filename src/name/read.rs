//! A clean text to the tokens of a name: each word by its own script.

use super::arabic;
use super::context;
use super::latin::{self, Habit};
use super::pieces::{Piece, PieceKind, pieces};
use super::{Name, Token, TokenKind};
use crate::error::{Error, Note};
use crate::orthography::is_dangerous;
use crate::scheme::Scheme;
use std::cell::LazyCell;

/// A word longer than this is no word of a name and is left unread.
const LONGEST_WORD: usize = 80;

/// A text of more words than this is no name.
const MOST_WORDS: usize = 128;

/// Reads clean text; Latin words by `scheme`, or by what the text itself shows.
pub(super) fn read(text: &str, scheme: Option<Scheme>) -> Result<Name, Error> {
    let (mut tokens, notes) = tokens(text, scheme)?;
    context::place(&mut tokens);
    Ok(Name::new(tokens, text, notes))
}

/// The same, each word by itself.
pub(super) fn tokens(text: &str, scheme: Option<Scheme>) -> Result<(Vec<Token>, Vec<Note>), Error> {
    let pieces = pieces(text);
    if !pieces.iter().any(|p| matches!(p.kind, PieceKind::Arabic | PieceKind::Latin)) {
        return Err(Error::new("no letter in the name").with_hint("give a name in Arabic or Latin letters"));
    }
    if pieces.len() > MOST_WORDS {
        return Err(Error::new(format!("{} words are no name; more than {MOST_WORDS} are not read", pieces.len()))
            .with_hint("give one name a line"));
    }
    let habit = LazyCell::new(|| Habit::of(text, scheme));
    let (mut tokens, mut notes): (Vec<Token>, Vec<Note>) = (Vec::new(), Vec::new());
    let mut article = false;
    for (place, piece) in pieces.iter().enumerate() {
        let more = matches!(pieces.get(place + 1).map(|p| p.kind), Some(PieceKind::Arabic | PieceKind::Latin));
        let first = tokens.last().is_none_or(|t: &Token| !matches!(t.kind, TokenKind::Word(_)));
        let before = tokens.len();
        let joined = place.checked_sub(1).and_then(|p| pieces.get(p)).filter(|_| !piece.spaced).map(|p| p.kind);
        if matches!((joined, piece.kind), (Some(PieceKind::Arabic), PieceKind::Latin) | (Some(PieceKind::Latin), PieceKind::Arabic)) {
            let error = Error::new("Arabic and Latin letters in one word; each is read by itself").with_column(piece.column);
            notes.push(Note::warning(error.with_hint("put a blank between them, or write the word in one script")));
        }
        match piece.kind {
            PieceKind::Comma => tokens.push(Token { kind: TokenKind::Comma, spaced: false }),
            PieceKind::Other => {
                if let Some(note) = other_note(piece) {
                    notes.push(note);
                }
                tokens.push(Token::other(piece.text));
            }
            _ if piece.text.chars().count() > LONGEST_WORD => {
                notes.push(Note::error(
                    Error::new(format!("a word of more than {LONGEST_WORD} letters is left as it is")).with_column(piece.column),
                ));
                tokens.push(Token::other(piece.text));
            }
            PieceKind::Arabic => arabic::read(piece, more, first, &mut tokens, &mut notes),
            PieceKind::Latin if more && !article && latin::is_lone_article(piece.text) => {
                article = true;
                continue;
            }
            PieceKind::Latin => article = latin::read(piece, more, article, *habit, &mut tokens, &mut notes),
        }
        if let Some(token) = tokens.get_mut(before) {
            token.spaced = piece.spaced && piece.kind != PieceKind::Comma;
        }
    }
    Ok((tokens, notes))
}

/// What is said of a piece that is no word: years and punctuation are usual beside a name.
fn other_note(piece: &Piece) -> Option<Note> {
    // A letter that the caller marked as unreadable is told by the caller.
    let usual = |c: char| c.is_ascii_punctuation() || matches!(c, '\u{FFFD}' | '–' | '—' | '«' | '»' | '“' | '”' | '؛' | '؟' | '…');
    let digits = piece.text.chars().filter(|c| c.is_numeric()).count();
    let year = piece.text.chars().all(|c| c.is_numeric() || usual(c))
        && (digits == 0 || piece.text.split(|c: char| !c.is_numeric()).all(|run| run.chars().count() <= 4));
    if year {
        return None;
    }
    let shown: String =
        piece.text.chars().take(24).flat_map(|c| if is_dangerous(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }).collect();
    Some(Note::warning(Error::new(format!("`{shown}` is no part of a name and is left as it is")).with_column(piece.column)))
}
