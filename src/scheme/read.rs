//! A sound scheme to the hub: one Latin word to the words it may stand for.
//!
//! The signs of a word form a lattice: each stretch of characters may stand for one thing or
//! another. The search keeps the likeliest paths, where likely is what the table says of a sign
//! and what the lexicon says of one unit after another.

use super::Scheme;
use super::reader::{At, Edge, Reader};
use crate::hub::{Unit, Vowel, Word};
use crate::orthography::{ayn_sign, hamza_sign};
use crate::tables::{self, Context};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// No word of a name is longer; the paths through a longer one would take time and memory without end.
const LONGEST_WORD: usize = 100;
/// Paths kept at every character.
const KEPT: usize = 40;
/// Words given back.
const MOST_WORDS: usize = 24;
/// What it costs to read two letters where the scheme would have put its guard between them.
const UNGUARDED: f32 = -12.0;
/// The same where a scheme has no guard, and the word may mean either: the s and h of Ashal.
const RUN_TOGETHER: f32 = -2.5;

/// What it costs to read what no Arabic word has.
const NOT_ARABIC: f32 = -7.0;

/// A way to read the characters so far.
#[derive(Clone)]
struct Path {
    units: Vec<Unit>,
    /// The consonant sign read last; empty after a vowel or a guard.
    sign: String,
    /// Something without a sign was read here already.
    silent: bool,
    /// A hamza was written before the first vowel.
    hamza: bool,
    score: f32,
}

impl Scheme {
    /// Reads a word of this scheme, article and hyphen included.
    ///
    /// What the scheme writes alike (ة, ا and ى at the end, an apostrophe for ʿayn and hamza)
    /// becomes candidates, each once, with shares that add up to one.
    pub(crate) fn read_sounded(self, text: &str) -> Vec<(Word, f64)> {
        let found = self.read_scored(text);
        let best = found.first().map_or(0.0, |(_, score)| *score);
        let sum: f64 = found.iter().map(|(_, score)| f64::from(score - best).exp()).sum();
        found.into_iter().map(|(word, score)| (word, f64::from(score - best).exp() / sum)).collect()
    }

    /// The same with logarithms of how likely a word is and is written so, not yet shares.
    pub(crate) fn read_scored(self, text: &str) -> Vec<(Word, f32)> {
        let reader = Reader::of(self);
        // H̱ has no composed capital, ẖ has: compose once more after lowering.
        let letters: Vec<char> = if reader.cased { text.nfc().collect() } else { text.to_lowercase().nfc().collect() };
        if letters.len() > LONGEST_WORD {
            return Vec::new();
        }
        let (article, skip) = self.article_of(&letters);
        let mut words: Vec<(Word, f32)> = Vec::new();
        for path in self.paths(reader, letters.get(skip..).unwrap_or(&[])) {
            let bare = self.rules().initial_hamza && !path.hamza && path.units.first().is_some_and(|u| u.is_vowel());
            let mut word = Word::new(path.units).with_article(article);
            if bare {
                let spelling = word.stem_arabic();
                let mut letters = spelling.chars();
                letters.next();
                word = word.with_spelling(&format!("ا{}", letters.as_str()));
            }
            if !words.iter().any(|(same, _)| *same == word) {
                words.push((word, path.score));
            }
            if words.len() == MOST_WORDS {
                break;
            }
        }
        words
    }

    /// The paths through the whole word, best first.
    fn paths(self, reader: &Reader, text: &[char]) -> Vec<Path> {
        let start = Path { units: Vec::new(), sign: String::new(), silent: false, hamza: false, score: 0.0 };
        let mut at: Vec<Vec<Path>> = vec![Vec::new(); text.len() + 1];
        if let Some(first) = at.first_mut() {
            first.push(start);
        }
        for place in 0..text.len() {
            let mut here = at.get_mut(place).map(std::mem::take).unwrap_or_default();
            self.spread_silent(reader, &mut here);
            settle(&mut here);
            let rest = text.get(place..).unwrap_or(&[]);
            let mut read = false;
            // A sign takes its marks with it: the z of z̧ is no z. Where nothing has the mark, it is passed over.
            for whole in [true, false] {
                for length in 1..=reader.longest.min(rest.len()) {
                    let (sign, after) = rest.split_at(length);
                    if read && !whole || whole && after.first().is_some_and(|c| is_combining_mark(*c)) {
                        continue;
                    }
                    for edge in reader.edges(sign).iter().filter(|edge| fits(reader, edge, after)) {
                        read |= whole;
                        let next: Vec<Path> = here.iter().filter_map(|path| self.step(reader, path, edge, sign)).collect();
                        if let Some(list) = at.get_mut(place + length) {
                            list.extend(next);
                        }
                    }
                }
            }
            let read = at.get(place + 1..).is_some_and(|ahead| ahead.iter().any(|list| !list.is_empty()));
            if !read {
                let next = self.pass(reader, &here, rest, place == 0);
                if let Some(list) = at.get_mut(place + 1) {
                    list.extend(next);
                }
            }
        }
        let mut ends = at.pop().unwrap_or_default();
        self.spread_silent(reader, &mut ends);
        for path in &mut ends {
            path.score += tables::sequence(path.units.last().copied(), None);
        }
        settle(&mut ends);
        ends
    }

    /// Adds the paths on which something is read that has no sign.
    fn spread_silent(self, reader: &Reader, here: &mut Vec<Path>) {
        let more: Vec<Path> = here
            .iter()
            .filter(|path| !path.silent)
            .flat_map(|path| reader.silent.iter().filter_map(|edge| self.step(reader, path, edge, &[])))
            .map(|path| Path { silent: true, ..path })
            .collect();
        here.extend(more);
    }

    /// A path gone on with what a sign may stand for.
    fn step(self, reader: &Reader, path: &Path, edge: &Edge, sign: &[char]) -> Option<Path> {
        let mut next = Path { silent: false, score: path.score + edge.share, ..path.clone() };
        if edge.at == At::EndAfterLong && next.units.last() != Some(&Unit::Long(Vowel::A))
            || edge.at == At::End && next.units.last().is_some_and(|u| u.is_vowel())
        {
            return None;
        }
        for &unit in &edge.units {
            match (unit, next.units.last()) {
                // A hamza at the start is no unit: the vowel after it says it.
                (Unit::Consonant { letter: 'ء', doubled: false }, None) => {
                    if !self.rules().initial_hamza || sign.is_empty() {
                        return None;
                    }
                    next.hamza = true;
                    continue;
                }
                // One consonant twice is a doubled one, and two vowels do not meet in an Arabic word.
                (Unit::Consonant { letter, .. }, Some(Unit::Consonant { letter: before, .. })) if letter == *before => {
                    next.score += NOT_ARABIC
                }
                (unit, Some(last)) if unit.is_vowel() && last.is_vowel() => next.score += NOT_ARABIC,
                _ => {}
            }
            next.score += tables::sequence(next.units.last().copied(), Some(unit));
            next.units.push(unit);
        }
        let consonant = matches!(edge.units.as_slice(), [Unit::Consonant { .. }]);
        let own: String = if consonant { sign.iter().collect() } else { String::new() };
        // A doubled sign ends in the sign once.
        let once = match own.len() {
            length if length > 0 && own.is_char_boundary(length / 2) && own.split_at(length / 2).0 == own.split_at(length / 2).1 => {
                own.split_at(length / 2).0.to_string()
            }
            _ => own,
        };
        if consonant && reader.run_together(&path.sign, &once) {
            next.score += if self.rules().guard.is_empty() { RUN_TOGETHER } else { UNGUARDED };
        }
        next.sign = once;
        Some(next)
    }

    /// What a character says that the scheme does not have. The guard, a hyphen and letters of no scheme
    /// say nothing; who asks for a name is told.
    fn pass(self, reader: &Reader, here: &[Path], rest: &[char], first: bool) -> Vec<Path> {
        let Some(&c) = rest.first() else { return Vec::new() };
        let guard = self.rules().guard.contains(c);
        let mut out = Vec::new();
        for (units, share) in if guard { Vec::new() } else { self.foreign(c, first) } {
            let edge = Edge { units, at: At::Anywhere, share };
            out.extend(here.iter().filter_map(|path| self.step(reader, path, &edge, &[c])));
        }
        if out.is_empty() {
            out.extend(here.iter().map(|path| Path { sign: String::new(), ..path.clone() }));
        }
        out
    }

    /// A letter of another scheme is told to the user and read as what it is there.
    fn foreign(self, c: char, first: bool) -> Vec<(Vec<Unit>, f32)> {
        let one = |letter: char| (vec![Unit::consonant(letter)], 0.0);
        let either = || vec![(vec![Unit::consonant('ء')], -0.35), (vec![Unit::consonant('ع')], -1.2)];
        let same = self.sign('ع', Context::Any) == self.sign('ء', Context::Any);
        match c {
            // An apostrophe at the start is ʿayn: no scheme but a few writes a hamza there.
            '\'' | '\u{2019}' if first => vec![one('ع')],
            '\'' | '\u{2019}' => either(),
            _ if same && (ayn_sign(c) || hamza_sign(c)) => {
                if first {
                    vec![one('ع')]
                } else {
                    either()
                }
            }
            _ if ayn_sign(c) => vec![one('ع')],
            _ if hamza_sign(c) => vec![one('ء')],
            'e' => vec![(vec![Unit::Short(Vowel::A)], 0.0)],
            'o' => vec![(vec![Unit::Short(Vowel::U)], 0.0)],
            'â' | 'ā' => vec![(vec![Unit::Long(Vowel::A)], 0.0)],
            'î' | 'ī' => vec![(vec![Unit::Long(Vowel::I)], 0.0)],
            'û' | 'ū' | 'ô' => vec![(vec![Unit::Long(Vowel::U)], 0.0)],
            // c and x of European names, which no scheme has: k and ks.
            'c' => vec![one('ك')],
            'x' => vec![(vec![Unit::consonant('ك'), Unit::consonant('س')], 0.0)],
            _ => Scheme::find("dmg")
                .into_iter()
                .chain(Scheme::all())
                .filter(|other| *other != self)
                .find_map(|other| Reader::of(other).edges(&[c]).iter().find(|e| e.at == At::Anywhere).map(|e| vec![(e.units.clone(), 0.0)]))
                .unwrap_or_default(),
        }
    }

    /// Whether an article stands at the start, and how many characters it takes.
    pub(super) fn article_of(self, text: &[char]) -> (bool, usize) {
        let joints: &[char] = if self.rules().joint == " " { &['-', ' '] } else { &['-'] };
        let Some(joint) = text.iter().position(|c| joints.contains(c)) else { return (false, 0) };
        let head: String = text.get(..joint).unwrap_or(&[]).iter().collect();
        let tail: String = text.get(joint + 1..).unwrap_or(&[]).iter().collect();
        let core = head.strip_prefix(['a', 'e', 'u', '\'', '’']).unwrap_or(&head);
        let assimilated = !core.is_empty() && core.chars().count() <= 4 && tail.starts_with(core);
        if !tail.is_empty() && (core == "l" || assimilated) { (true, joint + 1) } else { (false, 0) }
    }
}

fn fits(reader: &Reader, edge: &Edge, after: &[char]) -> bool {
    match edge.at {
        At::Anywhere => true,
        At::BeforeVowel => after.first().is_some_and(|c| reader.is_vowel(*c)),
        At::End | At::EndAfterLong => after.is_empty(),
    }
}

/// Sorts the paths and keeps the best, each reading once.
fn settle(paths: &mut Vec<Path>) {
    paths.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Path> = Vec::with_capacity(KEPT.min(paths.len()));
    for path in paths.drain(..) {
        if kept.len() == KEPT {
            break;
        }
        if !kept.iter().any(|k| k.units == path.units && k.sign == path.sign) {
            kept.push(path);
        }
    }
    *paths = kept;
}
