//! Words that were read before: names of one list share most of theirs.

use super::Token;
use std::cell::RefCell;
use std::collections::HashMap;

/// Words kept by a thread; when there are more, it begins anew.
const MOST: usize = 8192;

/// Longer words are read each time, so that no text can fill the memory.
const LONGEST: usize = 64;

/// How a word may stand: whether others follow, and whether it is the first.
const SETTINGS: usize = 4;

thread_local! {
    static SEEN: RefCell<HashMap<Box<str>, [Option<Box<[Token]>>; SETTINGS]>> = RefCell::default();
}

/// The tokens of a word that stands so, read by `read` unless this thread knows them; `None` from it is not kept.
pub(super) fn tokens(text: &str, more: bool, first: bool, out: &mut Vec<Token>, read: impl FnOnce() -> Option<Vec<Token>>) -> bool {
    let setting = usize::from(more) + 2 * usize::from(first);
    let known = SEEN.with_borrow(|seen| {
        let known = seen.get(text).and_then(|all| all.get(setting)?.as_ref());
        known.map(|tokens| out.extend(tokens.iter().cloned())).is_some()
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
            if let Some(slot) = seen.entry(text.into()).or_default().get_mut(setting) {
                *slot = Some(tokens.clone().into());
            }
        });
    }
    out.extend(tokens);
    true
}
