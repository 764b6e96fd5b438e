//! What it costs to take one unit for another, or to leave one out.
//!
//! Costs are the negated log-odds of the habit, scaled so that 1 is a letter with nothing in
//! common with the other; habits of spelling cost little, slips of typing much.

use super::units::{Place, Unit};

/// A vowel class of either script; و and ي and ا may be heard as vowels.
fn vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'w' | b'Y' | b'W' | b'A' | b'I' | b'O')
}

/// Leaving a unit out.
pub(crate) fn gap(unit: Unit) -> f32 {
    match (unit.class, unit.place) {
        (b'E', _) => 0.05,
        (b'A', Place::First) => 0.25,
        (b'A', _) => 0.15,
        (b'h', Place::Last) => 0.12,
        (b'a' | b'e', Place::Inner) => 0.12,
        (b'w' | b'y' | b'I' | b'O', _) => 0.35,
        (b'Y' | b'W', _) => 0.4,
        (b'i' | b'u' | b'o', Place::Inner) => 0.2,
        (c, _) if vowel(c) => 0.3,
        (b'h' | b'H', _) => 0.5,
        (b'?', _) => 0.5,
        _ => 1.0,
    }
}

/// Taking one unit for the other; the same in both orders.
pub(crate) fn swap(a: Unit, b: Unit) -> f32 {
    let (x, y) = if a.class <= b.class { (a.class, b.class) } else { (b.class, a.class) };
    if x == y {
        return 0.0;
    }
    match (x, y) {
        // one Arabic letter, several habits
        (b'H', b'h')
        | (b'S', b's')
        | (b'V', b't')
        | (b'E', b'a')
        | (b'A', b'a')
        | (b'I', b'i')
        | (b'I', b'y')
        | (b'O', b'u')
        | (b'O', b'w') => 0.0,
        (b'A', b'e') | (b'E', b'e') | (b'I', b'Y') | (b'O', b'W') | (b'O', b'o') => 0.05,
        (b'I', b'e') | (b'E', b'i') | (b'E', b'o') | (b'E', b'u') | (b'A', b'i') | (b'A', b'o') | (b'A', b'u') => 0.2,
        (b'B', b'd') | (b'B', b'D') | (b'Z', b'z') | (b'D', b'Z') => 0.03,
        (b'B', b'z') | (b'Z', b'd') | (b'D', b'z') | (b'D', b'd') => 0.15,
        (b'k', b'q') => 0.08,
        (b'g', b'q') | (b'g', b'j') | (b'G', b'g') | (b'G', b'q') => 0.15,
        (b'$', b'C') | (b'C', b'x') | (b'C', b'c') | (b'$', b'c') | (b'C', b'j') => 0.1,
        (b'T', b't') | (b'T', b's') | (b'T', b'V') => 0.2,
        (b'h', b'x') | (b'H', b'x') | (b'k', b'x') => 0.35,
        (b'h', b'a') | (b'e', b'h') | (b'a', b'h') => 0.15,
        (b'f', b'v') | (b'b', b'p') => 0.15,
        (b'T', b'z') | (b'D', b'T') | (b'd', b't') | (b's', b'z') => 0.5,
        (b'a', b'e') => 0.05,
        (b'e', b'i')
        | (b'o', b'u')
        | (b'i', b'y')
        | (b'u', b'w')
        | (b'Y', b'i')
        | (b'Y', b'e')
        | (b'Y', b'a')
        | (b'W', b'o')
        | (b'W', b'u')
        | (b'W', b'a')
        | (b'Y', b'y')
        | (b'W', b'w') => 0.08,
        _ if vowel(x) && vowel(y) => 0.3,
        _ if vowel(x) != vowel(y) => 1.2,
        _ => 1.0,
    }
}
