//! The rows that a word to be compared may be. For comparing, not for reading: nothing is guessed.

use super::{KINDS, MOST_READINGS, closeness, key, latin, strip, weight, word_of};
use crate::hub::Word;
use crate::tables::{self, Entry, Gender};

/// A row that a word may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// A number that words of the same sounds share.
    pub sounds: u64,
    /// Its share among the rows that the word may be.
    pub share: f32,
    /// How much it says of who bears it: high for a rare name.
    pub rarity: f32,
    /// Its chief kind, as its place in [`KINDS`].
    pub chief: u8,
    pub gender: Gender,
}

impl Known {
    /// True when this is its chief kind.
    pub(crate) fn is(&self, kind: &str) -> bool {
        KINDS.get(usize::from(self.chief)) == Some(&kind)
    }
}

/// The rows that a plain word may be; empty where no row is near.
pub(crate) fn known_rows(text: &str, arabic: bool) -> Vec<Known> {
    let mut near: Vec<(Word, Entry, f64)> = if arabic {
        let bare = strip(text);
        let fit = |e: Entry| {
            let word = word_of(&e)?;
            let likely = weight(e.freq) * closeness(&word.stem_arabic(), &bare);
            Some((word, e, likely))
        };
        tables::by_arabic(&key::arabic(&bare)).filter_map(fit).collect()
    } else {
        latin::near_rows(text)
    };
    near.sort_by(|a, b| b.2.total_cmp(&a.2));
    let mut out: Vec<Known> = Vec::new();
    for (word, entry, likely) in near {
        let sounds = sounds(&word);
        if out.len() < MOST_READINGS && out.iter().all(|k| k.sounds != sounds) {
            out.push(Known { sounds, share: likely as f32, rarity: entry.rarity, chief: entry.chief, gender: entry.gender });
        }
    }
    let total: f32 = out.iter().map(|k| k.share).sum();
    out.iter_mut().filter(|_| total > 0.0).for_each(|k| k.share /= total);
    out
}

/// A number that words of the same sounds share.
pub(super) fn sounds(word: &Word) -> u64 {
    word.units.iter().fold(0xcbf2_9ce4_8422_2325, |all, unit| (all ^ unit.code() as u64).wrapping_mul(0x100_0000_01b3))
}
