//! A sound scheme to the hub: one Latin word to the words it may stand for.

use super::Scheme;
use crate::hub::{Unit, Vowel, Word};
use crate::orthography::{ayn_sign, hamza_sign};
use crate::tables::Context;
use unicode_normalization::UnicodeNormalization;

/// How signs that may be one thing or another are taken.
#[derive(Clone, Copy, PartialEq)]
struct Taken {
    /// An apostrophe is ʿayn and not hamza.
    apostrophe_is_ayn: bool,
    /// Two letters that could be one are two: the s and h of Ashal.
    apart: bool,
}

impl Scheme {
    /// Reads a word of this scheme, article and hyphen included.
    ///
    /// What the scheme writes alike (ة, ا and ى at the end, an apostrophe for ʿayn and hamza)
    /// becomes candidates, each once, with shares that add up to one.
    pub(crate) fn read_sounded(self, text: &str) -> Vec<(Word, f64)> {
        // H̱ has no composed capital, ẖ has: compose once more after lowering.
        let lower: Vec<char> = text.to_lowercase().nfc().collect();
        let (article, skip) = article(&lower);
        let stem = lower.get(skip..).unwrap_or(&[]);
        let mut words: Vec<(Word, f64)> = Vec::new();
        let ayn = if self.ambiguous(stem) { 0.3 } else { 0.0 };
        let apart = if self.unguarded(stem) { 0.04 } else { 0.0 };
        for (apostrophe_is_ayn, p) in [(false, 1.0 - ayn), (true, ayn)] {
            for (apart, q) in [(false, 1.0 - apart), (true, apart)] {
                if p * q == 0.0 {
                    continue;
                }
                for (units, share) in self.ends(stem, Taken { apostrophe_is_ayn, apart }) {
                    let word = Word::new(units).with_article(article);
                    match words.iter_mut().find(|(w, _)| *w == word) {
                        Some((_, sum)) => *sum += p * q * share,
                        None => words.push((word, p * q * share)),
                    }
                }
            }
        }
        words.sort_by(|a, b| b.1.total_cmp(&a.1));
        words
    }

    /// Whether a sign in the word may be ʿayn as well as hamza.
    fn ambiguous(self, stem: &[char]) -> bool {
        let one = self.sign('ع', Context::Any) == self.sign('ء', Context::Any);
        stem.iter().skip(1).any(|&c| (one && (ayn_sign(c) || hamza_sign(c))) || c == '\'' || c == '\u{2019}' && !self.writes(c))
    }

    /// Whether the word holds a digraph that a scheme without guards may mean as two letters.
    fn unguarded(self, stem: &[char]) -> bool {
        self.rules().guard.is_empty()
            && stem.windows(2).any(|w| w.last() == Some(&'h') && self.0.read(&w.iter().collect::<String>()).is_some())
    }

    fn writes(self, c: char) -> bool {
        let mut one = [0; 4];
        self.0.read(c.encode_utf8(&mut one)).is_some()
    }

    /// The word with each spelling that its written end may stand for.
    fn ends(self, stem: &[char], taken: Taken) -> Vec<(Vec<Unit>, f64)> {
        let whole = self.units(stem, taken);
        let text: String = stem.iter().collect();
        let mut out: Vec<(Vec<Unit>, f64)> = Vec::new();
        let mut rest = 1.0;
        for (context, share) in [(Context::Pausa, 0.95), (Context::Construct, 0.4)] {
            let sign = self.sign('ة', context);
            let after_a: String = sign.chars().skip(1).collect();
            let long = self.sign('ا', Context::Long);
            let after_long = format!("{long}{}", if after_a.is_empty() { "h" } else { &after_a });
            // How many characters of the stem are not the ة's own, and whether the last of them is its a.
            let length = stem.len();
            let kept = if text.ends_with(&after_long) && text != after_long {
                Some((length + long.chars().count() - after_long.chars().count(), false))
            } else if text.ends_with(sign) && text != sign {
                // The a is read with the stem, or a glide before it would have no vowel: Murūwa is muruwwaẗ.
                Some((length + 1 - sign.chars().count(), true))
            } else {
                None
            };
            if let Some((kept, with_a)) = kept.filter(|_| !sign.is_empty()) {
                let mut units = self.units(stem.get(..kept).unwrap_or(&[]), taken);
                if with_a && matches!(units.last(), Some(Unit::Short(_))) {
                    units.pop();
                }
                units.push(Unit::TaMarbuta);
                out.push((units, share * rest));
                rest *= 1.0 - share;
            }
        }
        if let Some((Unit::Long(Vowel::A), before)) = whole.split_last()
            && !before.is_empty()
            && self.sign('ى', Context::Any) == self.sign('ا', Context::Long)
        {
            let mut units = before.to_vec();
            units.push(Unit::Maqsura);
            out.push((units, 0.5 * rest));
            rest *= 0.5;
        }
        out.push((whole, rest));
        out
    }

    /// Letters by the longest match.
    fn units(self, text: &[char], taken: Taken) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::with_capacity(text.len());
        let mut at = 0;
        while at < text.len() {
            let rest = text.get(at..).unwrap_or(&[]);
            let (found, length) = self.longest(rest, at == 0, taken);
            at += length;
            // The guard, a hyphen and letters outside the scheme say nothing; who asks for a name is told.
            // c and x of European names, which no scheme has: k and ks.
            if found.is_none() && matches!(rest.first(), Some('c' | 'x')) {
                push(&mut units, 'ك', false, &[]);
                if rest.first() == Some(&'x') {
                    push(&mut units, 'س', false, &[]);
                }
            }
            if let Some((letter, long)) = found {
                at += push(&mut units, letter, long, rest.get(length..).unwrap_or(&[]));
            }
        }
        units
    }

    /// The letter that the longest sign at the start stands for, and the characters it takes.
    fn longest(self, rest: &[char], first: bool, taken: Taken) -> (Option<(char, bool)>, usize) {
        let most = if taken.apart { 1 } else { self.0.longest };
        for length in (1..=most.min(rest.len())).rev() {
            let sign: String = rest.get(..length).unwrap_or(&[]).iter().collect();
            if let Some(found) = self.0.read(&sign).filter(|(letter, _)| length > 1 || !matches!(letter, 'ع' | 'ء')) {
                return (Some(found), length);
            }
        }
        let Some(&c) = rest.first() else { return (None, 1) };
        let one = self.sign('ع', Context::Any) == self.sign('ء', Context::Any);
        let found = match c {
            // No scheme but ISO 233 writes a hamza at the start, so an apostrophe there is ʿayn.
            '\'' | '\u{2019}' if first => Some(('ع', false)),
            _ if one && (ayn_sign(c) || hamza_sign(c)) => Some((if first || taken.apostrophe_is_ayn { 'ع' } else { 'ء' }, false)),
            '\'' => Some((if taken.apostrophe_is_ayn { 'ع' } else { 'ء' }, false)),
            '\u{2019}' if !self.writes(c) => Some((if taken.apostrophe_is_ayn { 'ع' } else { 'ء' }, false)),
            // The guard of ALA-LC is no hamza there.
            _ if self.rules().guard.contains(c) => None,
            _ if ayn_sign(c) => Some(('ع', false)),
            _ if hamza_sign(c) => Some(('ء', false)),
            'e' => Some(('\u{64E}', false)),
            'o' => Some(('\u{64F}', false)),
            'â' | 'ā' => Some(('ا', true)),
            'î' | 'ī' => Some(('ي', true)),
            'û' | 'ū' | 'ô' => Some(('و', true)),
            // A letter of another scheme is told to the user and read as what it is there.
            _ => Scheme::find("dmg").into_iter().chain(Scheme::all()).find_map(|s| s.0.read(c.encode_utf8(&mut [0; 4]))),
        };
        (found, 1)
    }
}

/// Adds a letter to the units; `after` is the text that follows it. Returns how much of that was taken in.
fn push(units: &mut Vec<Unit>, letter: char, long: bool, after: &[char]) -> usize {
    let glide = |sign: char| after.first() == Some(&sign) && after.get(1).is_some_and(|v| "aeiouāīūáâîû".contains(*v));
    match letter {
        '\u{64E}' => units.push(Unit::Short(Vowel::A)),
        '\u{650}' => units.push(Unit::Short(Vowel::I)),
        '\u{64F}' => units.push(Unit::Short(Vowel::U)),
        'ا' => units.push(Unit::Long(Vowel::A)),
        // -īy- and -ūw- before a vowel are one way to write -iyy- and -uww-
        'ي' | 'و' if long && glide(if letter == 'ي' { 'y' } else { 'w' }) => {
            units.push(Unit::Short(if letter == 'ي' { Vowel::I } else { Vowel::U }));
            units.push(Unit::Consonant { letter, doubled: true });
            return 1;
        }
        'ي' if long => units.push(Unit::Long(Vowel::I)),
        'و' if long => units.push(Unit::Long(Vowel::U)),
        'ى' if after.is_empty() => units.push(Unit::Maqsura),
        'ى' => units.push(Unit::Long(Vowel::A)),
        // A hamza at the start is no unit: the vowel after it says it.
        'ء' if units.is_empty() => {}
        _ => match units.last_mut() {
            Some(last) if *last == Unit::consonant(letter) => *last = Unit::Consonant { letter, doubled: true },
            _ => units.push(Unit::consonant(letter)),
        },
    }
    0
}

/// Whether an article stands at the start, and how many characters it takes.
fn article(text: &[char]) -> (bool, usize) {
    let Some(hyphen) = text.iter().position(|&c| c == '-') else { return (false, 0) };
    let head: String = text.get(..hyphen).unwrap_or(&[]).iter().collect();
    let tail: String = text.get(hyphen + 1..).unwrap_or(&[]).iter().collect();
    let core = head.strip_prefix(['a', 'e', 'u', '\'', '’']).unwrap_or(&head);
    let assimilated = !core.is_empty() && core.chars().count() <= 2 && tail.starts_with(core);
    if core == "l" || assimilated { (true, hyphen + 1) } else { (false, 0) }
}
