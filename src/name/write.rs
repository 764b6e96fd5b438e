//! A name to a scheme: what its words owe each other, and the ranked readings of the whole.

use super::particle::Particle;
use super::{Name, NameReading, NameWord, Token};
use crate::hub::Word;
use crate::lexicon::Reading;
use crate::orthography::is_arabic_mark;
use crate::scheme::{Kind, Scheme, Setting};

/// The honorifics that end in a word with the article and govern it.
const HONORED: [&str; 6] = ["dīn", "dawlaẗ", "mulk", "millaẗ", "islām", "zamān"];

impl Name {
    /// The best reading in a scheme.
    pub fn write(&self, scheme: Scheme) -> String {
        self.write_choice(scheme, &[])
    }

    /// The name with chosen readings, one index for each word; a missing one is 0.
    pub(crate) fn write_choice(&self, scheme: Scheme, choice: &[usize]) -> String {
        if let (Some(arabic), Kind::Letters) = (&self.arabic, scheme.kind()) {
            return scheme.letters_from_arabic(arabic).0;
        }
        if let (Some(arabic), "arabic") = (&self.arabic, scheme.label()) {
            return arabic.chars().filter(|c| !is_arabic_mark(*c)).collect();
        }
        if scheme.kind() == Kind::Letters {
            return Scheme::find("arabic").map_or(String::new(), |a| scheme.letters_from_arabic(&self.write_choice(a, choice)).0);
        }
        let arabic = scheme.kind() == Kind::Script;
        let mut text = String::new();
        let mut number = 0;
        let mut before: Option<&NameWord> = None;
        for (place, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Comma => {
                    text.push(if arabic { '،' } else { ',' });
                    before = None;
                    continue;
                }
                Token::Other(other) => {
                    blank(&mut text);
                    text.push_str(other);
                    before = None;
                }
                Token::Word(word) => {
                    let pick = choice.get(number).copied().unwrap_or(0);
                    number += 1;
                    blank(&mut text);
                    let next = match self.tokens.get(place + 1) {
                        Some(Token::Word(next)) => Some(next),
                        _ => None,
                    };
                    let starts = before.is_none();
                    if let Some(reading) = word.reading(pick) {
                        text.push_str(&written(scheme, word, reading, before, next, starts));
                    }
                    before = Some(word);
                }
            }
        }
        text
    }

    /// The likeliest readings of the whole name in a scheme, best first.
    ///
    /// Probabilities are those of the words, multiplied; readings that are written alike count
    /// once, with their sum.
    pub fn readings(&self, scheme: Scheme, limit: usize) -> Vec<NameReading> {
        /// Names beyond this many words vary only in these.
        const VARIED: usize = 12;
        let words: Vec<&NameWord> = self.words().collect();
        let mut beams: Vec<(Vec<usize>, f64)> = vec![(Vec::new(), 1.0)];
        for (place, word) in words.iter().enumerate() {
            let most = if place < VARIED { word.readings.len() } else { 1 };
            let mut longer: Vec<(Vec<usize>, f64)> = Vec::with_capacity(beams.len() * most.max(1));
            for (choice, p) in &beams {
                for (pick, reading) in word.readings.iter().take(most.max(1)).enumerate() {
                    let mut choice = choice.clone();
                    choice.push(pick);
                    longer.push((choice, p * reading.probability));
                }
            }
            longer.sort_by(|a, b| b.1.total_cmp(&a.1));
            longer.truncate(limit.max(1) * 4);
            beams = longer;
        }
        let script = Scheme::find("arabic").ok();
        let mut out: Vec<NameReading> = Vec::new();
        for (choice, probability) in beams {
            let text = self.write_choice(scheme, &choice);
            let arabic = script.map_or(String::new(), |s| self.write_choice(s, &choice));
            if let Some(same) = out.iter_mut().find(|r| r.text == text && r.arabic == arabic) {
                same.probability += probability;
                continue;
            }
            let guessed = words.iter().zip(&choice).any(|(w, &pick)| w.reading(pick).is_some_and(|r| r.guessed));
            out.push(NameReading { text, arabic, probability, guessed });
        }
        out.truncate(limit);
        out
    }
}

fn blank(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

/// One word between its neighbours.
fn written(scheme: Scheme, word: &NameWord, reading: &Reading, before: Option<&NameWord>, next: Option<&NameWord>, starts: bool) -> String {
    if scheme.kind() == Kind::Script {
        return script(scheme, word, reading, starts);
    }
    match word.particle {
        Some(Particle::Ibn | Particle::Bin) if starts => return "Ibn".to_string(),
        Some(Particle::Ibn) => return scheme.header("ibn").to_string(),
        Some(Particle::Bin) => return scheme.header("bin").to_string(),
        Some(Particle::Bint) if !starts => return scheme.header("bint").to_string(),
        _ => {}
    }
    let setting = Setting {
        construct: next.is_some_and(governed),
        elided: before.is_some_and(|b| b.particle.is_some_and(Particle::elides)),
        capital: true,
    };
    scheme.write_in(&reading.word, setting)
}

/// Arabic script: the son is ابن where a name begins and بن inside it.
fn script(scheme: Scheme, word: &NameWord, reading: &Reading, starts: bool) -> String {
    let son = match word.particle {
        Some(Particle::Ibn | Particle::Bin) if starts => Some(Particle::Ibn),
        Some(Particle::Ibn | Particle::Bin) => Some(Particle::Bin),
        _ => None,
    };
    match son {
        Some(son) => scheme.write_in(&son.word(), Setting::default()),
        None => scheme.write_in(&reading.word, Setting::default()),
    }
}

/// Whether the word before stands in the construct to this one.
fn governed(next: &NameWord) -> bool {
    if next.particle == Some(Particle::Allah) {
        return true;
    }
    next.best().is_some_and(|r| r.word.article && HONORED.contains(&stem(&r.word).as_str()))
}

pub(super) fn stem(word: &Word) -> String {
    word.clone().with_article(false).to_string()
}
