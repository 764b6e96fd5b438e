//! The words that a spelling may mean when no row has them: a beam over sounds, by the channel and by
//! how words of names are built.

use super::slot::{COMPOUNDS, SOUNDS, Slot};
use super::{Spelling, spells};
use crate::hub::{CODES, Unit, Vowel, Word};
use crate::tables;

/// Unfinished words kept at each letter of the spelling.
const KEPT: usize = 32;
/// Words given back.
const FOUND: usize = 8;
/// Sounds that no letter answers, one after the other.
const MOST_SILENT: u8 = 2;
/// The places of `slot::PLACES`.
const FIRST: usize = 0;
const INNER: usize = 1;
const LAST: usize = 2;

/// A sound that may stand here, with the letters it takes and the logarithm of its share.
struct Answer {
    sound: usize,
    at: usize,
    length: usize,
    share: f32,
}

/// An unfinished word: the one before it and what was put to it.
#[derive(Clone, Copy)]
struct Path {
    parent: usize,
    added: [Option<Unit>; 2],
    /// The last unit and the one before it.
    last: [Option<Unit>; 2],
    /// Tells words apart without building them.
    hash: u64,
    score: f32,
    next: Next,
    silent: u8,
}

/// What must come next.
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
    let start = Path { parent: 0, added: [None; 2], last: [None; 2], hash: 0, score: 0.0, next: Next::Any, silent: 0 };
    // All paths, and those that reach each letter.
    let mut all: Vec<Path> = vec![start];
    let mut at: Vec<Vec<Path>> = vec![Vec::new(); end + 1];
    let mut live: Vec<usize> = vec![0];
    let silence = silence();
    for place in 0..=end {
        if place > 0 {
            live = settle(at.get_mut(place).map(std::mem::take).unwrap_or_default(), &mut all);
        }
        let answers = answers(spelling, place);
        // Sounds without a letter leave a path where it is.
        let (silent, heard): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|a| a.length == 0);
        let mut grown = live.clone();
        for _ in 0..MOST_SILENT {
            let more: Vec<Path> = grown.iter().flat_map(|&from| extend(&all, from, &silent, place, end, silence)).map(|(_, p)| p).collect();
            grown = settle(more, &mut all);
            live.extend(&grown);
        }
        live.sort_by(|a, b| score(&all, *b).total_cmp(&score(&all, *a)));
        live.truncate(KEPT);
        for (next, path) in live.iter().flat_map(|&from| extend(&all, from, &heard, place, end, silence)) {
            if let Some(list) = at.get_mut(next) {
                list.push(path);
            }
        }
    }
    let mut found: Vec<(Word, f64)> = Vec::new();
    for &path in live.iter().filter(|&&p| all.get(p).is_some_and(|p| !matches!(p.next, Next::Consonant | Next::Vowel))).take(2 * FOUND) {
        let word = Word::new(units(&all, path));
        if !word.units.is_empty() && found.iter().all(|(w, _)| *w != word) {
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

fn score(all: &[Path], path: usize) -> f32 {
    all.get(path).map_or(f32::MIN, |p| p.score)
}

/// The units of a path, from its end.
fn units(all: &[Path], mut path: usize) -> Vec<Unit> {
    let mut out = Vec::new();
    while let Some(here) = all.get(path).filter(|_| path > 0) {
        out.extend(here.added.iter().rev().flatten());
        path = here.parent;
    }
    out.reverse();
    out
}

/// The sounds that the letters at a place may answer.
fn answers(spelling: &Spelling, place: usize) -> Vec<Answer> {
    let mut out = Vec::new();
    for at in [FIRST, INNER, LAST] {
        for sound in 0..SOUNDS {
            for &(letters, share) in tables::answers((at * SOUNDS + sound) as Slot) {
                let fits = |length: &usize| at != LAST || place + length == spelling.len();
                if let Some(length) = spelling.answers(place, letters).filter(fits) {
                    out.push(Answer { sound, at, length, share: share.ln() });
                }
            }
        }
    }
    out
}

/// A path with one sound more, for each answer that can stand after it, with the letter reached.
fn extend(all: &[Path], from: usize, answers: &[&Answer], place: usize, end: usize, silence: f32) -> Vec<(usize, Path)> {
    let Some(path) = all.get(from) else { return Vec::new() };
    let put = |answer: &&Answer| {
        if (answer.at == FIRST) != path.last[0].is_none() || answer.length == 0 && path.silent >= MOST_SILENT {
            return None;
        }
        let mut next = with(path, answer.sound, silence)?;
        next.parent = from;
        next.score += answer.share;
        next.silent = if answer.length == 0 { path.silent + 1 } else { 0 };
        if answer.at == LAST {
            next.next = Next::Nothing;
        }
        Some((place + answer.length, next))
    };
    answers.iter().filter_map(put).filter(|(next, _)| *next <= end).collect()
}

/// A path with this sound, scored by what stands before; `None` where it cannot stand.
fn with(path: &Path, sound: usize, silence: f32) -> Option<Path> {
    let [last, before] = path.last;
    let open = matches!(last, Some(Unit::Consonant { doubled: false, .. }));
    let mut out = *path;
    let added = match sound.checked_sub(CODES).and_then(|at| COMPOUNDS.get(at)) {
        None => [Some(Unit::of_code(sound)?), None],
        Some(&"ay") => [Some(Unit::Short(Vowel::A)), Some(Unit::consonant('ي'))],
        Some(&"aw") => [Some(Unit::Short(Vowel::A)), Some(Unit::consonant('و'))],
        Some(&"iyy") => [Some(Unit::Short(Vowel::I)), Some(Unit::Consonant { letter: 'ي', doubled: true })],
        Some(&"uww") => [Some(Unit::Short(Vowel::U)), Some(Unit::Consonant { letter: 'و', doubled: true })],
        Some(&"-") if open && path.next == Next::Any => {
            (out.added, out.next) = ([None; 2], Next::Consonant);
            return Some(out);
        }
        Some(_) => return None,
    };
    let first = added[0]?;
    let vocalic = first.is_vowel() || first == Unit::TaMarbuta;
    let fits = match path.next {
        Next::Any => !(vocalic && last.is_some_and(|u| u.is_vowel())),
        Next::Consonant | Next::NoVowel => !vocalic,
        Next::Vowel => vocalic,
        Next::Nothing => false,
    };
    let ending = matches!(first, Unit::Maqsura | Unit::TaMarbuta | Unit::Tanwin(_));
    if !fits || first == Unit::Unknown || ending && last.is_none() {
        return None;
    }
    if !vocalic && open && path.next != Next::Consonant {
        out.score += silence;
    }
    let glide = matches!(first, Unit::Consonant { letter: 'و' | 'ي', doubled: false });
    out.next = match added[1] {
        _ if ending => Next::Nothing,
        Some(Unit::Consonant { doubled: false, .. }) => Next::NoVowel,
        Some(_) => Next::Vowel,
        None if glide && last == Some(Unit::Short(Vowel::A)) => Next::Vowel,
        None => Next::Any,
    };
    out.added = added;
    let mut stand = (before, last);
    for unit in added.into_iter().flatten() {
        out.score += tables::follows(stand.0, stand.1, Some(unit));
        out.hash = (out.hash ^ (unit.code() as u64 + 1)).wrapping_mul(0x0100_0000_01b3).rotate_left(5);
        stand = (stand.1, Some(unit));
    }
    out.last = [stand.1, stand.0];
    Some(out)
}

/// What it says that nothing is written between two consonants.
fn silence() -> f32 {
    let between = INNER * SOUNDS + CODES + COMPOUNDS.iter().position(|c| *c == "-").unwrap_or(0);
    let none = tables::answers(between as Slot).iter().find(|(letters, _)| *letters == 0);
    none.map_or(0.0, |(_, share)| share.ln())
}

/// Keeps the best, each word once, and tells where they are kept.
fn settle(mut paths: Vec<Path>, all: &mut Vec<Path>) -> Vec<usize> {
    paths.sort_by(|a, b| b.score.total_cmp(&a.score));
    let from = all.len();
    for path in paths {
        let new = all.iter().skip(from).all(|kept| kept.hash != path.hash || kept.next != path.next);
        if new {
            all.push(path);
        }
        if all.len() == from + KEPT {
            break;
        }
    }
    (from..all.len()).collect()
}
