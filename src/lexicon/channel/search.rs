//! The words that a spelling may mean when no row has them: a beam over sounds, by the channel and by
//! how words of names are built.

use super::slot::{COMPOUNDS, PLACES, SOUNDS, Slot};
use super::{Spelling, spells};
use crate::hub::{CODES, Unit, Vowel, Word};
use crate::tables;

/// Unfinished words kept at each letter of the spelling.
const KEPT: usize = 48;
/// Words given back.
const FOUND: usize = 8;
/// Sounds that no letter answers, one after the other.
const MOST_SILENT: usize = 2;

/// An unfinished word.
#[derive(Clone)]
struct Path {
    units: Vec<Unit>,
    score: f32,
    /// What must come next.
    next: Next,
    silent: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Next {
    Any,
    /// The empty sound between two consonants was filled.
    Consonant,
    /// A glide after a short a that is no diphthong.
    Vowel,
    /// After a diphthong.
    NoVowel,
    Nothing,
}

/// What a spelling may mean by sound alone, best first, with the probability of word and spelling.
pub fn search(spelling: &Spelling) -> Vec<(Word, f64)> {
    let end = spelling.len();
    let mut at: Vec<Vec<Path>> = vec![Vec::new(); end + 1];
    if let Some(first) = at.first_mut() {
        first.push(Path { units: Vec::new(), score: 0.0, next: Next::Any, silent: 0 });
    }
    for place in 0..=end {
        // Sounds without a letter leave a path where it is.
        for _ in 0..MOST_SILENT {
            let here = at.get(place).cloned().unwrap_or_default();
            let more: Vec<Path> = here.iter().flat_map(|path| answered(spelling, path, place, true)).map(|(_, path)| path).collect();
            if let Some(list) = at.get_mut(place) {
                list.extend(more);
                keep(list);
            }
        }
        let here = at.get(place).cloned().unwrap_or_default();
        for (next, path) in here.iter().flat_map(|path| answered(spelling, path, place, false)) {
            if let Some(list) = at.get_mut(next) {
                list.push(path);
            }
        }
        if let Some(list) = at.get_mut(place + 1) {
            keep(list);
        }
    }
    let ends = at.pop().unwrap_or_default();
    let mut found: Vec<(Word, f64)> = Vec::new();
    for path in ends.into_iter().filter(|p| matches!(p.next, Next::Any | Next::NoVowel | Next::Nothing) && !p.units.is_empty()) {
        let word = Word::new(path.units);
        if found.iter().all(|(w, _)| *w != word) {
            let likely = f64::from(built(&word)).exp() * spells(spelling, &word);
            found.push((word, likely));
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.truncate(FOUND);
    found
}

/// How likely a word is, by the order of its sounds alone, as a logarithm.
pub fn built(word: &Word) -> f32 {
    let mut last = (None, None);
    let mut sum = 0.0;
    for unit in word.units.iter().map(|u| Some(*u)).chain(std::iter::once(None)) {
        sum += tables::follows(last.0, last.1, unit);
        last = (last.1, unit);
    }
    sum
}

/// A path with one sound more, for each sound that the letters here may answer.
fn answered(spelling: &Spelling, path: &Path, place: usize, silent: bool) -> Vec<(usize, Path)> {
    let mut out = Vec::new();
    if silent && path.silent >= MOST_SILENT || path.next == Next::Nothing {
        return out;
    }
    for sound in 0..SOUNDS {
        for at in [0, 1, 2] {
            if (at == 0) != path.units.is_empty() {
                continue;
            }
            for &(letters, share) in tables::answers((at * SOUNDS + sound) as Slot) {
                let Some(length) = spelling.answers(place, letters).filter(|length| (*length == 0) == silent) else { continue };
                let last = PLACES.get(at) == Some(&"last");
                if last && place + length < spelling.len() {
                    continue;
                }
                if let Some(mut next) = with(path, sound) {
                    next.score += share.ln();
                    next.silent = if silent { path.silent + 1 } else { 0 };
                    if last {
                        next.next = Next::Nothing;
                    }
                    out.push((place + length, next));
                }
            }
        }
    }
    out
}

/// A path with this sound, scored by what stands before; `None` where it cannot stand.
fn with(path: &Path, sound: usize) -> Option<Path> {
    let last = path.units.last().copied();
    let open = matches!(last, Some(Unit::Consonant { doubled: false, .. }));
    let mut out = path.clone();
    let units: &[Unit] = match sound.checked_sub(CODES).and_then(|at| COMPOUNDS.get(at)) {
        None => &[Unit::of_code(sound)?],
        Some(&"ay") => &[Unit::Short(Vowel::A), Unit::consonant('ي')],
        Some(&"aw") => &[Unit::Short(Vowel::A), Unit::consonant('و')],
        Some(&"iyy") => &[Unit::Short(Vowel::I), Unit::Consonant { letter: 'ي', doubled: true }],
        Some(&"uww") => &[Unit::Short(Vowel::U), Unit::Consonant { letter: 'و', doubled: true }],
        Some(&"-") if open && path.next == Next::Any => {
            out.next = Next::Consonant;
            return Some(out);
        }
        Some(_) => return None,
    };
    let first = units.first().copied()?;
    let vocalic = first.is_vowel() || first == Unit::TaMarbuta;
    let fits = match path.next {
        Next::Any => !(vocalic && last.is_some_and(|u| u.is_vowel())),
        Next::Consonant | Next::NoVowel => !vocalic,
        Next::Vowel => vocalic,
        Next::Nothing => false,
    };
    let ending = matches!(first, Unit::Maqsura | Unit::TaMarbuta | Unit::Tanwin(_));
    if !fits || first == Unit::Unknown || ending && path.units.is_empty() {
        return None;
    }
    if !vocalic && open && path.next != Next::Consonant {
        out.score += silence();
    }
    let compound = units.len() == 2;
    let glide = matches!(first, Unit::Consonant { letter: 'و' | 'ي', doubled: false });
    out.next = match (compound, glide && last == Some(Unit::Short(Vowel::A)), ending) {
        (_, _, true) => Next::Nothing,
        (true, ..) if matches!(units.last(), Some(Unit::Consonant { doubled: false, .. })) => Next::NoVowel,
        (true, ..) | (_, true, _) => Next::Vowel,
        _ => Next::Any,
    };
    for &unit in units {
        let count = out.units.len();
        let before = |back: usize| count.checked_sub(back).and_then(|at| out.units.get(at)).copied();
        out.score += tables::follows(before(2), before(1), Some(unit));
        out.units.push(unit);
    }
    Some(out)
}

/// What it says that nothing is written between two consonants.
fn silence() -> f32 {
    let inner = SOUNDS + CODES + COMPOUNDS.iter().position(|c| *c == "-").unwrap_or(0);
    let none = tables::answers(inner as Slot).iter().find(|(letters, _)| *letters == 0);
    none.map_or(0.0, |(_, share)| share.ln())
}

/// The best, each word once.
fn keep(paths: &mut Vec<Path>) {
    paths.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Path> = Vec::with_capacity(KEPT);
    for path in paths.drain(..) {
        if kept.iter().all(|k| k.units != path.units || k.next != path.next) {
            kept.push(path);
        }
        if kept.len() == KEPT {
            break;
        }
    }
    *paths = kept;
}
