//! A sound scheme to the hub: one Latin word to the words it may stand for.

use super::Scheme;
use crate::hub::{Unit, Vowel, Word};
use crate::orthography;

/// What a scheme's letters say, best first, and the first letter it does not have.
#[derive(Debug, Default)]
pub(crate) struct Sounded {
    /// Words with their share of probability.
    pub words: Vec<(Word, f64)>,
    /// A letter outside the scheme and its place in characters from 0.
    pub stray: Option<(char, usize)>,
}

impl Scheme {
    /// Reads a word of this scheme, article and hyphen included.
    ///
    /// The ends that a scheme writes alike (ة and ا and ى) become candidates.
    pub(crate) fn read_sounded(self, text: &str) -> Sounded {
        let lower: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        let (article, skip) = self.article(&lower);
        let stem = lower.get(skip..).unwrap_or(&[]);
        let (units, stray) = self.units(stem);
        let stray = stray.map(|(c, at)| (c, at + skip));
        let words = self.ends(units).into_iter().map(|(units, share)| (Word::new(units).with_article(article), share)).collect();
        Sounded { words, stray }
    }

    /// Whether an article stands at the start, and how many characters it takes.
    fn article(self, text: &[char]) -> (bool, usize) {
        let Some(hyphen) = text.iter().position(|&c| c == '-') else { return (false, 0) };
        let head: String = text.get(..hyphen).unwrap_or(&[]).iter().collect();
        let tail: String = text.get(hyphen + 1..).unwrap_or(&[]).iter().collect();
        let core = head.strip_prefix(['a', 'e', '\'', '’']).unwrap_or(&head);
        let assimilated = !core.is_empty() && tail.starts_with(core);
        if core == "l" || assimilated { (true, hyphen + 1) } else { (false, 0) }
    }

    /// Letters by the longest match.
    fn units(self, text: &[char]) -> (Vec<Unit>, Option<(char, usize)>) {
        let mut units: Vec<Unit> = Vec::with_capacity(text.len());
        let mut stray = None;
        let mut at = 0;
        while let Some(&c) = text.get(at) {
            let rest = text.get(at..).unwrap_or(&[]);
            if let Some((unit, length)) = self.vowel(c, rest) {
                units.extend(unit);
                at += length;
                continue;
            }
            let found = self
                .letters()
                .filter(|l| l.context == "any" && !l.roman.is_empty() && is_consonant(l.arabic))
                .map(|l| (l, l.roman.chars().count()))
                .filter(|(l, _)| l.roman.chars().zip(rest).filter(|(a, b)| same_sign(*a, **b)).count() == l.roman.chars().count())
                .max_by_key(|(_, length)| *length);
            match found.and_then(|(l, length)| Some((l.arabic.chars().next()?, length))) {
                Some((letter, length)) => {
                    at += length;
                    let first = units.is_empty();
                    match units.last_mut() {
                        Some(last) if *last == Unit::consonant(letter) => *last = Unit::Consonant { letter, doubled: true },
                        // A hamza at the start is not a unit: the vowel after it says it.
                        _ if first && letter == 'ء' => {}
                        _ => units.push(Unit::consonant(letter)),
                    }
                }
                None => {
                    at += 1;
                    // The guard, a hyphen and stray signs are not letters.
                    if c.is_alphabetic() && !orthography::hamza_sign(c) && !orthography::ayn_sign(c) && stray.is_none() {
                        stray = Some((c, at - 1));
                    }
                }
            }
        }
        (units, stray)
    }

    fn vowel(self, c: char, rest: &[char]) -> Option<(Vec<Unit>, usize)> {
        use Unit::{Consonant, Long, Maqsura, Short};
        let glide = |v: Vowel, letter: char| {
            let next = rest.get(1) == Some(&if letter == 'ي' { 'y' } else { 'w' });
            let vowel_after = rest.get(2).is_some_and(|v| "aiuāīūá".contains(*v));
            (next && vowel_after).then(|| (vec![Short(v), Consonant { letter, doubled: true }], 2))
        };
        match c {
            'a' | 'e' => Some((vec![Short(Vowel::A)], 1)),
            'i' => Some((vec![Short(Vowel::I)], 1)),
            'u' | 'o' => Some((vec![Short(Vowel::U)], 1)),
            'ā' | 'â' => Some((vec![Long(Vowel::A)], 1)),
            'ī' | 'î' => glide(Vowel::I, 'ي').or(Some((vec![Long(Vowel::I)], 1))),
            'ū' | 'û' => glide(Vowel::U, 'و').or(Some((vec![Long(Vowel::U)], 1))),
            'á' => Some((vec![Maqsura], 1)),
            _ => None,
        }
    }

    /// The spellings that one written end may stand for.
    fn ends(self, units: Vec<Unit>) -> Vec<(Vec<Unit>, f64)> {
        use Unit::{Long, Maqsura, Short, TaMarbuta};
        let with = |cut: usize, last: Unit| {
            let mut other = units.clone();
            other.truncate(units.len().saturating_sub(cut));
            other.push(last);
            other
        };
        let pausa = self.roman('ة', "pausa").unwrap_or("a");
        match units.as_slice() {
            [_, .., Short(Vowel::A), Unit::Consonant { letter: 'ه', doubled: false }] if pausa == "ah" => {
                vec![(with(2, TaMarbuta), 0.95), (units.clone(), 0.05)]
            }
            [_, .., Short(Vowel::A)] => vec![(with(1, TaMarbuta), 0.85), (with(1, Long(Vowel::A)), 0.15)],
            [_, .., Long(Vowel::A)] if self.roman('ى', "any") == Some("ā") => {
                vec![(with(1, Maqsura), 0.5), (units.clone(), 0.5)]
            }
            [_, .., Short(Vowel::A), Unit::Consonant { letter: 'ت', doubled: false }] => {
                vec![(units.clone(), 0.6), (with(2, TaMarbuta), 0.4)]
            }
            [_, .., Long(Vowel::A), Unit::Consonant { letter: 'ه' | 'ت', doubled: false }] => {
                vec![(units.clone(), 0.7), (with(1, TaMarbuta), 0.3)]
            }
            _ => vec![(units, 1.0)],
        }
    }
}

fn is_consonant(arabic: &str) -> bool {
    arabic.chars().all(|c| !matches!(c, 'ا' | 'ى' | 'ة' | '\u{64B}'..='\u{655}' | '\u{670}'))
}

/// The letter of the table, or one of the signs that people type for ʿayn and hamza.
fn same_sign(table: char, typed: char) -> bool {
    if table == typed {
        return true;
    }
    let ayn = orthography::ayn_sign(table) && !orthography::hamza_sign(table);
    let hamza = orthography::hamza_sign(table) && !orthography::ayn_sign(table);
    (ayn && orthography::ayn_sign(typed) && typed != '\'') || (hamza && orthography::hamza_sign(typed))
}
