//! A number for each unit, for tables that count which unit follows which.

use super::{Unit, Vowel};

/// Consonants with a number of their own; the others share the one after them.
const CONSONANTS: &str = "ءبتثجحخدذرزسشصضطظعغفقكلمنهويپچژگڤ";
const KINDS: usize = 34;

/// How many numbers there are.
pub const CODES: usize = 2 * KINDS + 12;

impl Unit {
    /// Its number, below [`CODES`].
    pub fn code(self) -> usize {
        let vowel = |v: Vowel| match v {
            Vowel::A => 0,
            Vowel::I => 1,
            Vowel::U => 2,
        };
        match self {
            Unit::Consonant { letter, doubled } => {
                let own = CONSONANTS.chars().position(|c| c == letter).unwrap_or(KINDS - 1);
                own + if doubled { KINDS } else { 0 }
            }
            Unit::Short(v) => 2 * KINDS + vowel(v),
            Unit::Long(v) => 2 * KINDS + 3 + vowel(v),
            Unit::Tanwin(v) => 2 * KINDS + 6 + vowel(v),
            Unit::Maqsura => 2 * KINDS + 9,
            Unit::TaMarbuta => 2 * KINDS + 10,
            Unit::Unknown => 2 * KINDS + 11,
        }
    }

    /// The unit of a number; `None` for the consonants that share one.
    pub fn of_code(code: usize) -> Option<Unit> {
        let vowel = |number: usize| [Vowel::A, Vowel::I, Vowel::U].get(number % 3).copied();
        match code.checked_sub(2 * KINDS) {
            None => CONSONANTS.chars().nth(code % KINDS).map(|letter| Unit::Consonant { letter, doubled: code >= KINDS }),
            Some(rest @ 0..3) => vowel(rest).map(Unit::Short),
            Some(rest @ 3..6) => vowel(rest).map(Unit::Long),
            Some(rest @ 6..9) => vowel(rest).map(Unit::Tanwin),
            Some(9) => Some(Unit::Maqsura),
            Some(10) => Some(Unit::TaMarbuta),
            Some(11) => Some(Unit::Unknown),
            Some(_) => None,
        }
    }
}
