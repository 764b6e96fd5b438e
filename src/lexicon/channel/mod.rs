//! How writers of Latin letters spell a word they hear: the probability of a spelling, given the word.
//!
//! A noisy channel without memory: each sound at its place (`slot.rs`) is answered with some letters or
//! none, by learned probabilities (`cargo xtask learn-channel FOLDER`). All ways to cut the spelling
//! between the sounds are added up.

mod search;
pub mod slot;
mod write;

pub(super) use search::{built, search};
use slot::{MOST_LETTERS, Slot, slots};
pub(crate) use write::spellings;

use crate::hub::Word;
use crate::tables;

/// What a sound answers with any one letter, or with none, where that was never seen: a slip.
pub const SLIP: f64 = 2e-5;

/// Letters of a spelling looked at; no word of a name is longer.
const LONGEST: usize = 40;

/// Letters that may answer a sound, packed, and their probability.
pub type Answer = (u32, f32);

/// A spelling ready to be compared: the letters from each place on, packed.
pub struct Spelling(Vec<u32>);

impl Spelling {
    /// A spelling in plain lower-case letters; other signs answer no sound.
    pub fn new(plain: &str) -> Self {
        let letters: Vec<u8> = plain.bytes().filter(u8::is_ascii_lowercase).take(LONGEST).collect();
        let window = |at: usize| (0..MOST_LETTERS).fold(0, |all, k| all << 8 | letters.get(at + k).copied().map_or(0, u32::from));
        Spelling((0..letters.len()).map(window).collect())
    }

    /// How many letters it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when no letter is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Some of its letters.
    pub fn text(&self, at: usize, length: usize) -> String {
        let letters = self.0.get(at).copied().unwrap_or(0).to_be_bytes();
        letters.iter().take(length).map(|b| char::from(*b)).collect()
    }

    /// How many letters of an answer stand at this place; `None` where others do.
    pub fn answers(&self, at: usize, letters: u32) -> Option<usize> {
        let length = MOST_LETTERS - (letters.trailing_zeros().min(32) / 8) as usize;
        let mask = u32::MAX.checked_shl(8 * (MOST_LETTERS - length) as u32).unwrap_or(0);
        (self.0.get(at).copied().unwrap_or(0) & mask == letters).then_some(length)
    }
}

/// One sound more: from how likely the letters before each place are to the same after the sound.
///
/// `answers` are the sound's; `reached` has a number for each place of the spelling and its end.
pub fn step(spelling: &Spelling, answers: &[Answer], reached: &[f64]) -> Vec<f64> {
    let mut after = vec![0.0; reached.len()];
    for (at, &here) in reached.iter().enumerate().filter(|(_, here)| **here > 0.0) {
        let mut add = |length: usize, probability: f64| {
            if let Some(slot) = after.get_mut(at + length) {
                *slot += here * probability;
            }
        };
        add(0, SLIP);
        add(1, SLIP);
        for &(letters, probability) in answers {
            if let Some(length) = spelling.answers(at, letters) {
                add(length, f64::from(probability));
            }
        }
    }
    after
}

/// The probability that a writer who means these sounds spells them so.
pub fn probability<'a>(spelling: &Spelling, sounds: &[Slot], answers: impl Fn(Slot) -> &'a [Answer]) -> f64 {
    let mut reached = vec![0.0; spelling.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = 1.0;
    }
    for &sound in sounds {
        reached = step(spelling, answers(sound), &reached);
    }
    reached.last().copied().unwrap_or(0.0)
}

/// The same by the shipped table.
pub(super) fn spells(spelling: &Spelling, word: &Word) -> f64 {
    probability(spelling, &slots(word), tables::answers)
}
