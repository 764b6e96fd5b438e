//! The last word of what somebody is typing, and the words of a segment that begin like it.
//!
//! The keys of a segment are consonants in order, so that words of one beginning lie side by side; how alike they begin is weighed by
//! the learned costs, as whole words are.

use super::heard::{Heard, LEAST};
use super::segment::Segment;
use crate::matching::tokens::Token;
use crate::matching::units::{Unit, units};
use crate::matching::{Spelling, codes, likely_from};

/// What is left of the likeness of a word that only begins so.
const BEGUN: f32 = 0.9;
/// Words that begin so.
const MOST: usize = 400;
/// Units that a beginning may be longer or shorter than what was typed.
const REACH: usize = 2;

/// A word that may go on.
pub(super) struct Begun {
    /// Its consonants.
    codes: Vec<Vec<u8>>,
    /// Its spelling as the inside of a word, where a vowel at the end is another unit than one at the end of a word.
    spelling: Spelling,
}

impl Begun {
    pub(super) fn new(token: &Token) -> Begun {
        // A consonant that joins with no letter before it, to be taken off again.
        let (one, other) = if token.arabic { ('ب', 'ف') } else { ('b', 'f') };
        let mut text = token.text.clone();
        text.push(if text.ends_with(one) { other } else { one });
        let mut inside = units(&text, token.arabic);
        inside.pop();
        Begun { codes: codes(token).into_iter().map(String::into_bytes).collect(), spelling: Spelling::new(inside) }
    }

    /// The words of the segment that begin so: those that begin most alike, the more common ones first.
    pub(super) fn heard(&self, segment: &Segment) -> Vec<Heard> {
        let own = self.spelling.len();
        let mut numbers: Vec<u32> = self.codes.iter().flat_map(|code| segment.beginning(code)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let heard = |number: u32| {
            let record = segment.word(number)?;
            let (whole, core) = segment.units(&record);
            // What the other script writes for these letters may be a vowel shorter or longer.
            let lengths = own.saturating_sub(REACH).max(1)..=own + REACH;
            let stretch = |units: &[Unit], length: usize| {
                units.get(..length).map_or(0.0, |begun| likely_from(&self.spelling, &Spelling::over(begun), LEAST))
            };
            let likeness = lengths.map(|length| stretch(whole, length).max(stretch(core, length))).fold(0.0, f32::max);
            (likeness > 0.0).then_some((Heard { number, likeness: likeness * BEGUN }, record.count))
        };
        let mut found: Vec<(Heard, u32)> = numbers.into_iter().filter_map(heard).collect();
        found.sort_unstable_by(|(a, ours), (b, theirs)| {
            b.likeness.total_cmp(&a.likeness).then(theirs.cmp(ours)).then(a.number.cmp(&b.number))
        });
        found.into_iter().take(MOST).map(|(heard, _)| heard).collect()
    }
}
