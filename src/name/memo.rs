//! Words that were read before: names of one list share most of theirs.

use super::Token;
use super::latin::Habit;
use std::cell::RefCell;
use std::collections::HashMap;

/// Words kept by a thread; when there are more, it begins anew.
const MOST: usize = 8192;

/// Longer words are read each time, so that no text can fill the memory.
const LONGEST: usize = 64;

/// Ways kept in which one word was read.
const MOST_SETTINGS: usize = 8;

/// How a word stands, as far as that bears on what it is read as.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Setting {
    Arabic { more: bool, first: bool },
    Latin { more: bool, article: bool, habit: Habit },
}

type Known = Vec<(Setting, Box<[Token]>)>;

thread_local! {
    static SEEN: RefCell<HashMap<Box<str>, Known>> = RefCell::default();
}

/// Puts the tokens of a word that stands so, read by `read` unless this thread knows them; false where it
/// has none.
pub(super) fn tokens(text: &str, setting: Setting, out: &mut Vec<Token>, read: impl FnOnce() -> Option<Vec<Token>>) -> bool {
    let known = SEEN.with_borrow(|seen| {
        let known = seen.get(text).and_then(|all| all.iter().find(|(own, _)| *own == setting));
        known.map(|(_, tokens)| out.extend(tokens.iter().cloned())).is_some()
    });
    if known {
        return true;
    }
    let Some(tokens) = read() else { return false };
    if text.len() <= LONGEST {
        SEEN.with_borrow_mut(|seen| {
            if seen.len() >= MOST {
                seen.clear();
            }
            let known = seen.entry(text.into()).or_default();
            if known.len() < MOST_SETTINGS {
                known.push((setting, tokens.clone().into()));
            }
        });
    }
    out.extend(tokens);
    true
}
