//! The sounds of a word, each at its place: what a writer of Latin letters answers with some letters or
//! with none. The build script and the chore that learns use this file too.

use crate::hub::{CODES, Unit, Vowel, Word};

/// Where a sound stands.
pub const PLACES: [&str; 3] = ["first", "inner", "last"];

/// Sounds that are more or less than a unit, by the names they have in the table.
pub const COMPOUNDS: [&str; 6] = ["ay", "aw", "iyy", "uww", "āẗ", "-"];

/// Sounds that have a number.
pub const SOUNDS: usize = CODES + COMPOUNDS.len();

/// How many slots there are.
pub const SLOTS: usize = PLACES.len() * SOUNDS;

/// The most letters that answer one sound: tsch, and a doubled kh is khkh.
pub const MOST_LETTERS: usize = 4;

/// A sound at a place, below [`SLOTS`].
pub type Slot = u16;

fn compound(name: &str) -> usize {
    CODES + COMPOUNDS.iter().position(|c| *c == name).unwrap_or(0)
}

/// The slots of a word. A consonant before another one has an empty sound after it, which some
/// writers fill: Badr, Bader.
pub fn slots(word: &Word) -> Vec<Slot> {
    let mut sounds: Vec<usize> = Vec::with_capacity(word.units.len() + 2);
    let mut place = 0;
    let unit = |at: usize| word.units.get(at).copied();
    while let Some(here) = unit(place) {
        let (sound, taken) = match (here, unit(place + 1), unit(place + 2)) {
            (Unit::Short(Vowel::A), Some(Unit::Consonant { letter, doubled: false }), after) if "وي".contains(letter) && !vowel(after) => {
                (compound(if letter == 'و' { "aw" } else { "ay" }), 2)
            }
            (Unit::Short(Vowel::I), Some(Unit::Consonant { letter: 'ي', doubled: true }), _) => (compound("iyy"), 2),
            (Unit::Short(Vowel::U), Some(Unit::Consonant { letter: 'و', doubled: true }), _) => (compound("uww"), 2),
            (Unit::TaMarbuta, _, _) if place > 0 && vowel(unit(place - 1)) => (compound("āẗ"), 1),
            (other, _, _) => (other.code(), 1),
        };
        sounds.push(sound);
        let closes = matches!(word.units.get(place + taken - 1), Some(Unit::Consonant { doubled: false, .. }));
        place += taken;
        if closes && matches!(unit(place), Some(Unit::Consonant { .. })) {
            sounds.push(compound("-"));
        }
    }
    let last = sounds.len().saturating_sub(1);
    let at = |(place, sound): (usize, usize)| {
        let place = if place == 0 {
            0
        } else if place == last {
            2
        } else {
            1
        };
        (place * SOUNDS + sound) as Slot
    };
    sounds.into_iter().enumerate().map(at).collect()
}

fn vowel(unit: Option<Unit>) -> bool {
    unit.is_some_and(|u| u.is_vowel() || u == Unit::TaMarbuta)
}

/// The sound's name and its place, as the table has them; `None` where no word has such a slot.
pub fn name(slot: Slot) -> Option<(String, &'static str)> {
    let (place, sound) = (usize::from(slot) / SOUNDS, usize::from(slot) % SOUNDS);
    let name = match COMPOUNDS.get(sound.wrapping_sub(CODES)) {
        Some(compound) => (*compound).to_string(),
        None => Word::new(vec![Unit::of_code(sound)?]).to_string(),
    };
    Some((name, PLACES.get(place)?))
}

/// Letters as one number, which compares and cuts faster than text.
pub fn packed(letters: &str) -> Option<u32> {
    let mut bytes = [0; MOST_LETTERS];
    bytes.get_mut(..letters.len())?.copy_from_slice(letters.as_bytes());
    Some(u32::from_be_bytes(bytes))
}
