//! Which reading a word's place in the name speaks for: علي after a given name, حسني before the comma.
//!
//! Each reading is weighed by its chief kind at this place, with or without the article, by learned weights
//! (`cargo xtask learn-context FOLDER`). A reading that no row supports has no kind, and only the share
//! it had.

use super::particle::Particle;
use super::place::Place;
use super::word::NameWord;
use super::{Token, TokenKind, read};
use crate::error::Error;
use crate::hub::Word;
use crate::lexicon::{self, Reading};
use crate::orthography;
use crate::scheme::Scheme;
use crate::tables;

/// What honorifics end in, with the article.
const HONORED: [&str; 6] = ["dīn", "dawlaẗ", "mulk", "millaẗ", "islām", "zamān"];

/// How much likelier such a word is where an honorific was begun: the headings that the weights are learned
/// from have too few to tell (Niẓām al-Mulk, not al-Malik).
const ENDS_HONORIFIC: f64 = 20.0;

/// The second word of X al-Dīn and its like.
pub(super) fn is_honored(word: &Word) -> bool {
    word.article && HONORED.contains(&word.clone().with_article(false).to_string().as_str())
}

/// Puts every word in its place.
pub(super) fn place(tokens: &mut [Token]) {
    let places = places(tokens);
    for (token, place) in tokens.iter_mut().zip(places) {
        if let (TokenKind::Word(word), Some(place)) = (&mut token.kind, place) {
            word.put(place);
        }
    }
}

/// Readings in the order in which a place speaks for them; their sum stays what it was.
pub(super) fn weighed(readings: &[Reading], place: Place) -> Vec<Reading> {
    let weight = |reading: &Reading| {
        let weight = reading.chief.map_or(0.0, |kind| tables::context(place as usize, reading.word.article, usize::from(kind)));
        let honored = if place == Place::Honorific && is_honored(&reading.word) { ENDS_HONORIFIC } else { 1.0 };
        reading.probability.powf(f64::from(tables::context_trust())) * f64::from(weight).exp() * honored
    };
    let mut out: Vec<Reading> = readings.iter().map(|r| Reading { probability: weight(r), ..r.clone() }).collect();
    let all: f64 = readings.iter().map(|r| r.probability).sum();
    lexicon::settle(&mut out);
    lexicon::scale(&mut out, all);
    out
}

/// The place of every word that is no particle.
fn places(tokens: &[Token]) -> Vec<Option<Place>> {
    let comma = tokens.iter().position(|t| matches!(t.kind, TokenKind::Comma));
    let words = tokens.iter().filter(|t| t.as_word().is_some()).count();
    let last = tokens.iter().rposition(|t| t.as_word().is_some());
    let mut before: Option<&NameWord> = None;
    let mut started = false;
    let mut out = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let Some(word) = token.as_word() else {
            (before, started) = (None, started && comma != Some(at));
            out.push(None);
            continue;
        };
        let surname = comma.is_some_and(|comma| at < comma);
        let next = tokens.get(at + 1).and_then(Token::as_word);
        let honored = next.is_some_and(|next| next.particle == Some(Particle::Allah) || next.is_honored());
        out.push(word.particle.is_none().then(|| match before.and_then(|b| b.particle) {
            _ if honored => Place::Honored,
            Some(p) if p.is_parental() => Place::Kunya,
            Some(p) if p.is_filial() => Place::Son,
            Some(Particle::Abd) => Place::Servant,
            Some(Particle::Al | Particle::Banu | Particle::Bani) => Place::Family,
            _ if before.is_some_and(opens_honorific) && has_article(word) => Place::Honorific,
            _ if words == 1 => Place::Alone,
            _ if surname => Place::Surname,
            _ if !started => Place::Given,
            _ if last == Some(at) => Place::Last,
            _ => Place::Middle,
        }));
        (before, started) = (Some(word), true);
    }
    out
}

fn has_article(word: &NameWord) -> bool {
    word.best().is_some_and(|r| r.word.article)
}

/// A word that mostly begins an honorific: Niẓām, Tāǧ, ʿImād.
fn opens_honorific(word: &NameWord) -> bool {
    word.particle.is_none() && word.best().is_some_and(|r| r.is_chiefly("laqab") && !r.word.article)
}

/// A word of a name with what it may be read as, before its place was weighed.
#[doc(hidden)]
pub struct Choice {
    /// Where it stands.
    pub place: Place,
    /// It has the article.
    pub article: bool,
    /// The frequency class of its most frequent row; 0 where it has none.
    pub freq: f32,
    /// The readings in the scheme, with their probabilities and chief kinds.
    pub readings: Vec<(String, f64, Option<u8>)>,
}

/// The words of a name; `None` for particles and for what is no word. For the chore that learns the weights.
///
/// # Errors
/// The text is no name.
#[doc(hidden)]
pub fn choices(text: &str, scheme: Scheme) -> Result<Vec<Option<Choice>>, Error> {
    let (tokens, _) = read::tokens(&orthography::clean(text), None)?;
    let places = places(&tokens);
    let choice = |(token, place): (&Token, &Option<Place>)| {
        let word = token.as_word()?;
        let texts = word.readings().iter().map(|r| (scheme.write_word(&r.word.clone().with_article(false)), r.probability, r.chief));
        let freq = word.readings().iter().map(|r| r.freq).fold(0.0, f32::max);
        Some(Choice { place: (*place)?, article: word.best()?.word.article, freq, readings: texts.collect() })
    };
    let words = tokens.iter().zip(&places).filter(|(token, _)| !matches!(token.kind, TokenKind::Comma));
    Ok(words.map(choice).collect())
}
