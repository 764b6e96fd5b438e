//! A sound scheme's table turned round: what each written sign may stand for.
//!
//! Built from the table and its switches when a scheme is first read, and kept.

use super::write::{carrier, name, short_sign};
use super::{Kind, Scheme};
use crate::hub::{Unit, Vowel};
use crate::tables::{self, Context};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Where in a word a sign may stand for these units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum At {
    Anywhere,
    /// A vowel follows.
    BeforeVowel,
    End,
    /// At the end, after a long a.
    EndAfterLong,
}

/// One thing that a sign may stand for.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub units: Vec<Unit>,
    pub at: At,
    /// The logarithm of the share of such units that are written with this sign.
    pub share: f32,
}

pub(super) struct Reader {
    edges: HashMap<Vec<char>, Vec<Edge>>,
    /// What is written by nothing: the ʿayn of newspapers.
    pub silent: Vec<Edge>,
    /// Characters of the longest sign.
    pub longest: usize,
    /// Consonant signs that would read as another letter if they met.
    guards: Vec<(&'static str, &'static str)>,
    /// Characters that a vowel starts with.
    vowels: String,
    /// Capitals are letters of their own.
    pub cased: bool,
}

/// How much of a letter is written as the table writes it, where it is also written otherwise.
const USUAL: f32 = 0.7;
/// The share of a sign that only an end of -iyy or -uww has.
const RARE: f32 = 0.05;

impl Reader {
    pub(super) fn of(scheme: Scheme) -> &'static Reader {
        /// A reader for each scheme under each set of options.
        static READERS: OnceLock<Vec<OnceLock<Reader>>> = OnceLock::new();
        static EMPTY: OnceLock<Reader> = OnceLock::new();
        let sets = 16;
        let readers = READERS.get_or_init(|| (0..tables::schemes().len() * sets).map(|_| OnceLock::new()).collect());
        let place = tables::schemes().iter().position(|t| t.label == scheme.label()).unwrap_or(0) * sets + usize::from(scheme.options);
        readers.get(place).unwrap_or(&EMPTY).get_or_init(|| Reader::build(scheme))
    }

    pub(super) fn edges(&self, sign: &[char]) -> &[Edge] {
        self.edges.get(sign).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_vowel(&self, c: char) -> bool {
        self.vowels.contains(c)
    }

    /// Whether two signs written together would read as other letters.
    pub(super) fn run_together(&self, first: &str, second: &str) -> bool {
        self.guards.iter().any(|(a, b)| *a == first && *b == second)
    }

    fn build(scheme: Scheme) -> Reader {
        let mut reader =
            Reader { edges: HashMap::new(), silent: Vec::new(), longest: 1, guards: Vec::new(), vowels: String::new(), cased: false };
        if scheme.kind() != Kind::Sound {
            return reader;
        }
        reader.letters(scheme);
        reader.endings(scheme);
        reader.glides(scheme);
        reader.only_read(scheme);
        reader.guards = guards(scheme);
        for vowel in [Vowel::A, Vowel::I, Vowel::U] {
            let signs = [scheme.sign(short_sign(vowel), Context::Any), scheme.sign(carrier(vowel), Context::Long)];
            reader.vowels.extend(signs.iter().filter_map(|s| s.chars().next()));
        }
        reader.vowels.push_str("eoāīūâîû");
        reader.longest = reader.edges.keys().map(Vec::len).max().unwrap_or(1);
        reader.cased = reader.edges.keys().flatten().any(|c| c.is_uppercase());
        reader
    }

    fn add(&mut self, sign: &str, units: Vec<Unit>, at: At, share: f32) {
        let edge = Edge { units, at, share: share.ln() };
        let list = if sign.is_empty() { &mut self.silent } else { self.edges.entry(sign.chars().collect()).or_default() };
        match list.iter_mut().find(|e| e.units == edge.units && e.at == edge.at) {
            Some(same) => same.share = same.share.max(edge.share),
            None => list.push(edge),
        }
    }

    fn letters(&mut self, scheme: Scheme) {
        let rules = scheme.rules();
        let varied = |letter: char| scheme.letters().any(|l| l.context == "read" && l.arabic.starts_with(letter));
        for letter in scheme.consonants() {
            let sign = scheme.sign_of(letter);
            let share = if varied(letter) { USUAL } else { 1.0 };
            self.add(sign, vec![Unit::consonant(letter)], At::Anywhere, share);
            let doubled = vec![Unit::Consonant { letter, doubled: true }];
            if scheme.doubles(letter) {
                self.add(&sign.repeat(2), doubled, At::Anywhere, share);
            } else {
                self.add(sign, doubled, At::Anywhere, share);
            }
        }
        for vowel in [Vowel::A, Vowel::I, Vowel::U] {
            let share = if varied(short_sign(vowel)) { USUAL } else { 1.0 };
            self.add(scheme.sign(short_sign(vowel), Context::Any), vec![Unit::Short(vowel)], At::Anywhere, share);
            self.add(scheme.sign(carrier(vowel), Context::Long), vec![Unit::Long(vowel)], At::Anywhere, share);
            if rules.nunation.contains(name(vowel)) {
                let sign = format!("{}{}", scheme.sign(short_sign(vowel), Context::Any), rules.nunation_sign);
                self.add(&sign, vec![Unit::Tanwin(vowel)], At::End, 1.0);
            }
        }
    }

    fn endings(&mut self, scheme: Scheme) {
        self.add(scheme.sign('ى', Context::Any), vec![Unit::Maqsura], At::End, 1.0);
        // Inside a word it is some writer's long a.
        self.add(scheme.sign('ى', Context::Any), vec![Unit::Long(Vowel::A)], At::BeforeVowel, RARE);
        for (context, share) in [(Context::Pausa, 0.9), (Context::Construct, 0.1)] {
            let sign = scheme.sign('ة', context);
            self.add(sign, vec![Unit::TaMarbuta], At::End, share);
            self.add(scheme.after_long(sign), vec![Unit::TaMarbuta], At::EndAfterLong, share);
        }
    }

    fn glides(&mut self, scheme: Scheme) {
        let rules = scheme.rules();
        for (short, glide, inside, closing) in [(Vowel::I, 'ي', rules.iyy, None), (Vowel::U, 'و', rules.uww, None)]
            .into_iter()
            .chain([(Vowel::A, 'ي', "", Some(rules.ay)), (Vowel::A, 'و', "", Some(rules.aw))])
        {
            let doubled = vec![Unit::Short(short), Unit::Consonant { letter: glide, doubled: true }];
            match closing {
                Some(sign) => self.add(sign, vec![Unit::Short(short), Unit::consonant(glide)], At::Anywhere, USUAL),
                None => {
                    self.add(inside, doubled.clone(), At::BeforeVowel, 1.0);
                    self.add(scheme.sign(glide, Context::Long), doubled, At::End, RARE);
                }
            }
        }
    }

    /// The rows that are read and not written.
    fn only_read(&mut self, scheme: Scheme) {
        for row in scheme.letters().filter(|l| l.context.starts_with("read")) {
            let long = row.context == "read-long";
            let units: Vec<Unit> = row.arabic.chars().filter_map(|c| unit(c, long)).collect();
            let others = scheme.letters().filter(|l| l.context == row.context && l.arabic == row.arabic).count();
            let at = if matches!(row.arabic, "ة" | "ى") { At::End } else { At::Anywhere };
            self.add(row.roman, units, at, (1.0 - USUAL) / others as f32);
        }
    }
}

fn unit(letter: char, long: bool) -> Option<Unit> {
    Some(match letter {
        '\u{64E}' => Unit::Short(Vowel::A),
        '\u{650}' => Unit::Short(Vowel::I),
        '\u{64F}' => Unit::Short(Vowel::U),
        'ا' => Unit::Long(Vowel::A),
        'ي' if long => Unit::Long(Vowel::I),
        'و' if long => Unit::Long(Vowel::U),
        'ى' => Unit::Maqsura,
        'ة' => Unit::TaMarbuta,
        other => Unit::consonant(other),
    })
}

/// Pairs of signs of which the second, or a part of it, would make a longer sign with the first.
fn guards(scheme: Scheme) -> Vec<(&'static str, &'static str)> {
    let mut signs: Vec<&'static str> = scheme.consonants().map(|c| scheme.sign_of(c)).filter(|s| !s.is_empty()).collect();
    signs.sort_unstable();
    signs.dedup();
    let mut out = Vec::new();
    for first in &signs {
        for second in &signs {
            let both = format!("{first}{second}");
            if signs.iter().any(|s| s.len() > first.len() && s.starts_with(first) && both.starts_with(s)) {
                out.push((*first, *second));
            }
        }
    }
    out
}
