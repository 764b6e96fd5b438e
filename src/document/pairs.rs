//! The table of names of a text and its translation.

use super::align::{Met, both};
use super::finding::{Finding, fixed};
use super::lint::{checkable, findings};
use super::spellings::bare;
use super::words::Places;
use crate::error::Error;
use crate::scheme::Scheme;
use serde::Serialize;
use std::collections::HashSet;
use std::ops::Range;

/// A name in one of the texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spot {
    /// As it stands there.
    pub text: String,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// The bytes of the whole text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
}

/// A mention of somebody in both texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamePair {
    /// In the Arabic text; `None` where it was not found.
    pub arabic: Option<Spot>,
    /// What is joined to its first word: a conjunction or a preposition.
    pub prefix: String,
    /// In the romanized text.
    pub romanized: Spot,
    /// What the scheme has; a foreign name keeps its own spelling.
    pub written: String,
    /// Not an Arabic name: it answers by its sound.
    pub foreign: bool,
    /// The fullest form of the same name in the text, where this one is shorter.
    pub full: Option<String>,
    /// That both spots are one name, from 0 to 1, given that the texts are parallel; 0 without an Arabic spot.
    pub probability: f64,
    /// What is wrong with it.
    pub defects: Vec<Finding>,
}

/// The names of two parallel texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alignment {
    /// In the order of the romanized text.
    pub names: Vec<NamePair>,
    /// False where too few names of the romanized text stand in the Arabic: the texts do not seem to be parallel.
    pub parallel: bool,
}

/// Lays the romanized names of a text beside the Arabic that it was made from.
///
/// # Errors
/// As [`lint`](super::lint).
pub fn align(arabic: &str, romanized: &str, prose: &[Range<usize>], scheme: Scheme) -> Result<Alignment, Error> {
    checkable(scheme)?;
    let both = both(arabic, romanized, prose, scheme);
    let found = findings(romanized, &both.met, scheme, arabic);
    let full = full_forms(romanized, &both.met);
    let (mut places, mut arabic_places) = (Places::new(romanized), Places::new(arabic));
    let names = both.met.iter().zip(full).map(|(met, full)| {
        let own: Vec<Finding> =
            found.iter().filter(|f| f.span.start >= met.mention.span.start && f.span.end <= met.mention.span.end).cloned().collect();
        let here = spot(romanized, &mut places, &met.mention.span);
        NamePair {
            arabic: met.arabic.as_ref().map(|(span, _, _)| spot(arabic, &mut arabic_places, span)),
            prefix: met.arabic.as_ref().and_then(|(_, prefix, _)| arabic.get(prefix.clone())).unwrap_or("").to_string(),
            written: if met.foreign { here.text.clone() } else { corrected(&here, &own) },
            romanized: here,
            foreign: met.foreign,
            full,
            probability: met.arabic.as_ref().map_or(0.0, |(_, _, like)| f64::from(*like)),
            defects: own,
        }
    });
    Ok(Alignment { names: names.collect(), parallel: both.parallel })
}

fn spot(text: &str, places: &mut Places, span: &Range<usize>) -> Spot {
    let (line, column) = places.of(span.start);
    Spot { text: text.get(span.clone()).unwrap_or("").to_string(), line, column, start: span.start, end: span.end }
}

/// The table shows what the scheme has where that is likely; nothing is written into the text.
const LIKELY: f64 = 0.8;

fn corrected(spot: &Spot, defects: &[Finding]) -> String {
    let moved = |f: &Finding| Finding { span: f.span.start - spot.start..f.span.end - spot.start, ..f.clone() };
    fixed(&spot.text, &defects.iter().map(moved).collect::<Vec<_>>(), LIKELY)
}

/// For each mention the longest other that has all of its words.
fn full_forms(text: &str, met: &[Met]) -> Vec<Option<String>> {
    let words = |m: &Met| -> HashSet<String> {
        m.mention.text(text).split(|c: char| c.is_whitespace() || super::words::is_hyphen(c)).map(bare).filter(|w| w.len() > 2).collect()
    };
    let all: Vec<HashSet<String>> = met.iter().map(words).collect();
    let longer = |own: &HashSet<String>| {
        let fuller = |(at, other): (usize, &HashSet<String>)| {
            (other.len() > own.len() && own.is_subset(other)).then_some((other.len(), std::cmp::Reverse(at)))
        };
        let best = all.iter().enumerate().filter_map(fuller).max()?;
        met.get(best.1.0).map(|m| m.mention.text(text).to_string())
    };
    all.iter().map(|own| if own.is_empty() { None } else { longer(own) }).collect()
}
