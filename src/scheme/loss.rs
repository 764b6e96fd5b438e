//! What a scheme cannot tell apart, found by writing short stretches in it and comparing.
//!
//! Nothing is listed by hand: the writer itself is asked, for every consonant and pair of consonants
//! between vowels, every vowel between consonants, and every ending. Two stretches that come out
//! alike are a loss, unless smaller losses explain it.

use super::{Kind, Scheme, Setting};
use crate::hub::{Unit, Vowel, Word};
use crate::orthography::is_arabic_mark;
use crate::tables::Context;
use std::collections::BTreeMap;

/// Where two stretches are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Wherever they stand.
    Anywhere,
    /// At the end of a word.
    End,
}

/// Two stretches of a word that a scheme writes alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// One of them, in the notation of the hub; of a scheme of letters, in Arabic.
    pub one: String,
    /// The other; empty where the first is not written at all.
    pub other: String,
    /// Where.
    pub place: Place,
    /// What is written for both.
    pub written: String,
    /// The same on units, and what follows from it for doubled letters.
    rule: Option<Rule>,
    doubled: Option<Rule>,
}

/// A loss on units: the longer becomes the shorter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    from: Vec<Unit>,
    to: Vec<Unit>,
    place: Place,
}

impl Scheme {
    /// What the scheme cannot tell apart; empty where it is reversible.
    ///
    /// Schemes that write what is heard lose one thing more, which no letter shows: a spelling that does not
    /// follow from the sound (عمرو, رحمن, ا for أ).
    ///
    /// ```
    /// let dmg = nasab::Scheme::find("dmg").unwrap();
    /// let losses = dmg.losses();
    /// assert!(losses.iter().any(|l| l.one == "ā" && l.other == "á" && l.written == "ā"));
    /// assert!(nasab::Scheme::find("buckwalter").unwrap().losses().is_empty());
    /// ```
    pub fn losses(self) -> Vec<Loss> {
        match self.kind() {
            Kind::Sound => self.sound_losses(),
            Kind::Letters => self.letter_losses(),
            Kind::Script if self.rules().signs => Vec::new(),
            Kind::Script => MARKS.chars().map(|mark| unwritten(mark.to_string())).collect(),
        }
    }

    /// The word as far as the scheme can tell it: two words are written alike if and only if this is the same.
    pub fn without_losses(self, word: &Word, losses: &[Loss]) -> Word {
        let rules = rules(losses);
        let units = reduce(word.units.clone(), &rules);
        Word::new(units).with_article(word.article)
    }

    fn sound_losses(self) -> Vec<Loss> {
        let silent = self.consonants().filter(|c| self.sign_of(*c).is_empty());
        let mut losses: Vec<Loss> = silent
            .map(|c| {
                let from = vec![Unit::consonant(c)];
                let rule = Some(Rule { from: from.clone(), to: Vec::new(), place: Place::Anywhere });
                let loss = Loss { rule, ..unwritten(Word::new(from).to_string()) };
                Loss { doubled: self.doubled(&loss), ..loss }
            })
            .collect();
        self.compare(Place::Anywhere, inner(self), &mut losses);
        self.compare(Place::End, endings(self), &mut losses);
        losses
    }

    /// Writes each stretch in its frame, and keeps what is written alike and not yet explained.
    fn compare(self, place: Place, mut stretches: Vec<Vec<Unit>>, losses: &mut Vec<Loss>) {
        // The shorter first, so that a longer pair is explained by its parts.
        stretches.sort_by_key(|units| (units.len(), units.iter().filter(|u| matches!(u, Unit::Consonant { doubled: true, .. })).count()));
        let mut seen: BTreeMap<String, Vec<Vec<Unit>>> = BTreeMap::new();
        for stretch in stretches {
            let word = Word::new(framed(&stretch, place));
            let mut texts = vec![self.write_word(&word)];
            if stretch.last() == Some(&Unit::TaMarbuta) {
                texts.push(self.write_in(&word, Setting { construct: true, ..Setting::default() }));
                texts.dedup();
            }
            let reduced = |units: &[Unit], losses: &[Loss]| {
                let rules = rules(losses);
                reduce(framed(units, place), &rules)
            };
            for text in texts {
                let alike = seen.entry(text).or_default();
                if let Some(first) = alike.first().filter(|first| reduced(&stretch, losses) != reduced(first, losses)) {
                    let loss = self.loss(&stretch, first, place);
                    losses.push(Loss { doubled: self.doubled(&loss), ..loss });
                }
                alike.push(stretch.clone());
            }
        }
    }

    fn loss(self, from: &[Unit], to: &[Unit], place: Place) -> Loss {
        let (mut from, mut to) = (from, to);
        let alike = |from: &[Unit], to: &[Unit]| {
            VOWELS.iter().all(|v| {
                let written = |units: &[Unit]| self.write_word(&Word::new(framed(&[std::slice::from_ref(v), units].concat(), place)));
                written(from) == written(to)
            })
        };
        // What both begin or end with is no part of the loss, where it holds after other vowels too.
        if let ([a, shorter @ ..], [b, other @ ..]) = (from, to)
            && a == b
            && !shorter.is_empty()
            && !other.is_empty()
            && alike(shorter, other)
        {
            (from, to) = (shorter, other);
        }
        while let ([shorter @ .., a], [other @ .., b]) = (from, to)
            && a == b
            && place == Place::Anywhere
            && !shorter.is_empty()
            && !other.is_empty()
        {
            (from, to) = (shorter, other);
        }
        let show = |units: &[Unit]| Word::new(units.to_vec()).to_string();
        // The side without ة, which is written in two ways.
        let plain = if from.contains(&Unit::TaMarbuta) { to } else { from };
        let written = match place {
            Place::End => self.stem(plain, false),
            Place::Anywhere => {
                let before_vowel = self.stem(&[plain, &[Unit::Long(Vowel::A)]].concat(), false);
                before_vowel.strip_suffix(self.sign('ا', Context::Long)).unwrap_or(&before_vowel).to_string()
            }
        };
        let rule = Some(Rule { from: from.to_vec(), to: to.to_vec(), place });
        Loss { one: show(from), other: show(to), place, written, rule, doubled: None }
    }

    /// What a loss of single letters says of them doubled, where they are written alike then too.
    fn doubled(self, loss: &Loss) -> Option<Rule> {
        let double = |units: &[Unit]| match units {
            [Unit::Consonant { letter, doubled: false }] => Some(vec![Unit::Consonant { letter: *letter, doubled: true }]),
            [] => Some(Vec::new()),
            _ => None,
        };
        let rule = loss.rule.as_ref()?;
        let (from, to) = (double(&rule.from)?, double(&rule.to)?);
        let written = |units: &[Unit]| self.write_word(&Word::new(framed(&[&[Unit::Short(Vowel::A)], units].concat(), Place::Anywhere)));
        (written(&from) == written(&to)).then_some(Rule { from, to, place: rule.place })
    }

    fn letter_losses(self) -> Vec<Loss> {
        let doubles = self.rules().shadda_doubles;
        let mut losses: Vec<Loss> =
            MARKS.chars().filter(|m| self.sign_of(*m).is_empty() && !(*m == SHADDA && doubles)).map(|m| unwritten(m.to_string())).collect();
        let singles: Vec<&str> = self.letters().map(|l| l.arabic).filter(|a| !a.starts_with(is_arabic_mark)).collect();
        let mut all: Vec<String> = singles.iter().map(|s| s.to_string()).collect();
        all.extend(singles.iter().filter(|_| doubles).map(|a| format!("{a}{SHADDA}")));
        all.extend(singles.iter().flat_map(|a| singles.iter().map(move |b| format!("{a}{b}"))));
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for arabic in all {
            let written = self.letters_from_arabic(&arabic).0;
            let Some(other) = seen.get(&written) else {
                seen.insert(written, arabic);
                continue;
            };
            // A letter and the same with the vowel that it always has: إ and إِ.
            let own = |text: &str| text.chars().filter(|c| *c != '\u{650}').collect::<String>();
            if own(other) != own(&arabic) && plain_letters(&arabic, &losses) != plain_letters(other, &losses) {
                losses.push(Loss { one: arabic, other: other.clone(), place: Place::Anywhere, written, rule: None, doubled: None });
            }
        }
        losses
    }
}

/// Arabic letters with what the losses so far explain taken out: a shadda is its letter once more
/// where one letter was found to be so.
fn plain_letters(arabic: &str, losses: &[Loss]) -> String {
    let mut text = String::new();
    let doubled = losses.iter().any(|l| l.other.ends_with(SHADDA));
    for c in arabic.chars() {
        match text.chars().last() {
            Some(last) if c == SHADDA && doubled => text.push(last),
            _ => text.push(c),
        }
    }
    losses
        .iter()
        .filter(|l| l.rule.is_none() && !l.other.is_empty() && !l.other.ends_with(SHADDA))
        .fold(text, |text, l| text.replace(&l.one, &l.other))
}

fn rules(losses: &[Loss]) -> Vec<&Rule> {
    losses.iter().flat_map(|l| l.rule.iter().chain(&l.doubled)).collect()
}

const SHADDA: char = '\u{651}';
/// The signs that stand on letters.
const MARKS: &str = "\u{64E}\u{64F}\u{650}\u{651}\u{652}\u{64B}\u{64C}\u{64D}\u{670}";

fn unwritten(one: String) -> Loss {
    Loss { one, other: String::new(), place: Place::Anywhere, written: String::new(), rule: None, doubled: None }
}

const VOWELS: [Unit; 6] =
    [Unit::Short(Vowel::A), Unit::Short(Vowel::I), Unit::Short(Vowel::U), Unit::Long(Vowel::A), Unit::Long(Vowel::I), Unit::Long(Vowel::U)];

/// Consonants once, twice and in pairs after each vowel, as far as a word of the hub may have them.
fn inner(scheme: Scheme) -> Vec<Vec<Unit>> {
    let consonants: Vec<char> = scheme.consonants().collect();
    let mut out = Vec::new();
    for vowel in VOWELS {
        for &letter in &consonants {
            out.push(vec![vowel, Unit::consonant(letter)]);
            out.push(vec![vowel, Unit::Consonant { letter, doubled: true }]);
            let glide = matches!((vowel, letter), (Unit::Short(Vowel::I), 'ي') | (Unit::Short(Vowel::U), 'و'));
            out.extend(
                consonants
                    .iter()
                    .filter(|other| **other != letter && !glide)
                    .map(|other| vec![vowel, Unit::consonant(letter), Unit::consonant(*other)]),
            );
        }
    }
    out
}

fn endings(scheme: Scheme) -> Vec<Vec<Unit>> {
    use Unit::{Consonant, Maqsura, Short, TaMarbuta, Tanwin};
    let consonants: Vec<char> = scheme.consonants().collect();
    let mut out = vec![vec![], vec![Maqsura], vec![TaMarbuta], vec![Unit::Long(Vowel::A), TaMarbuta]];
    out.extend([Vowel::A, Vowel::I, Vowel::U].map(|v| vec![Tanwin(v)]));
    for vowel in VOWELS {
        out.push(vec![vowel]);
        for &letter in &consonants {
            let own = matches!((vowel, letter), (Short(Vowel::I), 'ي') | (Short(Vowel::U), 'و'));
            if !own {
                out.push(vec![vowel, Unit::consonant(letter)]);
            }
            out.push(vec![vowel, Consonant { letter, doubled: true }]);
        }
    }
    out
}

/// A word around a stretch: the frame has no letter that could join with it.
fn framed(stretch: &[Unit], place: Place) -> Vec<Unit> {
    let mut units = vec![Unit::consonant('ر')];
    match place {
        Place::Anywhere => {
            units.extend_from_slice(stretch);
            units.extend([Unit::Long(Vowel::A), Unit::consonant('ر')]);
        }
        Place::End => {
            units.extend([Unit::Long(Vowel::A), Unit::consonant('ر')]);
            units.extend_from_slice(stretch);
        }
    }
    units
}

/// Two like consonants as one that is doubled.
fn contract(units: &[Unit]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for &unit in units {
        match (out.last_mut(), unit) {
            (Some(last), Unit::Consonant { letter, doubled: false }) if *last == unit => *last = Unit::Consonant { letter, doubled: true },
            _ => out.push(unit),
        }
    }
    out
}

/// Whether a window is what a rule of several units speaks of, its first consonant doubled or not.
fn begins(window: &[Unit], from: &[Unit]) -> bool {
    let doubled = match from.first() {
        Some(Unit::Consonant { letter, doubled: false }) if from.len() > 1 => Some(Unit::Consonant { letter: *letter, doubled: true }),
        _ => None,
    };
    window == from || window.first() == doubled.as_ref() && doubled.is_some() && window.get(1..) == from.get(1..)
}

/// Applies the rules until none applies; every rule shortens, or goes down in the order of units.
fn reduce(mut units: Vec<Unit>, rules: &[&Rule]) -> Vec<Unit> {
    // The end of a word first: what is said of it holds before what is said of any place. Rules go from what was met later to what was met first, so that this ends; the bound is a guard.
    let ends = || rules.iter().filter(|rule| rule.place == Place::End);
    let others = || rules.iter().filter(|rule| rule.place == Place::Anywhere);
    for _ in 0..200 {
        let found = ends().chain(others()).find_map(|rule| {
            let length = rule.from.len();
            let place = match rule.place {
                Place::Anywhere => units.windows(length).position(|window| begins(window, &rule.from))?,
                Place::End => units.len().checked_sub(length).filter(|at| units.get(*at..) == Some(&rule.from))?,
            };
            Some((place, *rule))
        });
        let Some((place, rule)) = found else { break };
        if units.get(place) != rule.from.first() {
            // The first of two like letters stays: z and ž are spelled zzh, as zz and h are.
            units.splice(place..=place, rule.from.first().into_iter().chain(rule.from.first()).copied().collect::<Vec<_>>());
            units.splice(place + 1..place + 1 + rule.from.len(), rule.to.iter().copied());
            units = contract(&units);
            continue;
        }
        units.splice(place..place + rule.from.len(), rule.to.iter().copied());
        units = contract(&units);
    }
    units
}
