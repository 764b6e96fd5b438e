//! What is told of one name, or of two.

use super::rounded;
use nasab::variants::{Region, Variant, variants};
use nasab::{Comparison, Error, Name, Prepared, Scheme, Severity};
use serde::Serialize;

/// A name in a scheme, with its other readings and its parts.
#[derive(Serialize)]
pub struct Normalized<'a> {
    input: &'a str,
    output: String,
    scheme: String,
    arabic: String,
    /// As the language of a foreign name writes it, where the lexicon knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<String>,
    readings: Vec<Reading>,
    parts: Vec<Spelled>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
}

#[derive(Serialize)]
struct Reading {
    text: String,
    arabic: String,
    probability: f64,
    guessed: bool,
}

#[derive(Serialize)]
struct Spelled {
    role: &'static str,
    text: String,
}

impl<'a> Normalized<'a> {
    /// The record of a name; `formed` makes of each text what was asked for.
    pub fn new(input: &'a str, name: &Name, to: Scheme, arabic: Scheme, readings: usize, formed: impl Fn(String) -> String) -> Self {
        let reading = |r: nasab::NameReading| Reading {
            text: formed(r.text),
            arabic: r.arabic,
            probability: rounded(r.probability),
            guessed: r.guessed,
        };
        Normalized {
            input,
            output: formed(name.write(to)),
            scheme: to.to_string(),
            arabic: name.write(arabic),
            original: name.original(to),
            readings: name.readings(to, readings).into_iter().map(reading).collect(),
            parts: name.parts().iter().map(|p| Spelled { role: p.role().label(), text: p.text(to) }).collect(),
            notes: notes(name),
        }
    }
}

/// What the reader had to say of a place in a name.
#[derive(Serialize)]
pub struct Note {
    severity: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

fn notes(name: &Name) -> Vec<Note> {
    let note = |n: &nasab::Note| Note {
        severity: match n.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        message: n.error.to_string(),
        column: n.error.column(),
        hint: n.error.hint().map(str::to_string),
    };
    name.notes().iter().map(note).collect()
}

/// The answer to what is no name.
#[derive(Serialize)]
pub struct Refused<'a> {
    pub input: &'a str,
    pub error: String,
}

/// A name in its parts.
#[derive(Serialize)]
pub struct Parsed<'a> {
    input: &'a str,
    parts: Vec<Part>,
}

/// A part of a name with its role and the Arabic term for it.
#[derive(Serialize)]
pub struct Part {
    pub role: &'static str,
    pub term: &'static str,
    pub text: String,
    pub arabic: String,
}

impl Part {
    /// The parts of a name.
    pub fn all(name: &Name, to: Scheme, arabic: Scheme) -> Vec<Part> {
        let part = |p: &nasab::Part| Part { role: p.role().label(), term: p.role().arabic(), text: p.text(to), arabic: p.text(arabic) };
        name.parts().iter().map(part).collect()
    }
}

impl<'a> Parsed<'a> {
    /// The record of a name.
    pub fn new(input: &'a str, name: &Name, to: Scheme, arabic: Scheme) -> Self {
        Parsed { input, parts: Part::all(name, to, arabic) }
    }
}

/// The spellings of a name.
#[derive(Serialize)]
pub struct Spellings<'a> {
    input: &'a str,
    arabic: String,
    variants: Vec<Spelling>,
}

#[derive(Serialize)]
struct Spelling {
    text: String,
    probability: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'static str>,
}

impl<'a> Spellings<'a> {
    /// The record of a name.
    pub fn new(input: &'a str, name: &Name, regions: &[Region], limit: usize, arabic: Scheme) -> Self {
        let spelling = |v: Variant| Spelling { text: v.text, probability: rounded(v.probability), scheme: v.scheme.map(Scheme::label) };
        Spellings { input, arabic: name.write(arabic), variants: variants(name, regions, limit).into_iter().map(spelling).collect() }
    }

    /// The record of what is no name.
    pub fn none(input: &'a str) -> Self {
        Spellings { input, arabic: String::new(), variants: Vec::new() }
    }
}

/// A name that can be compared.
pub fn prepared(name: &str) -> Result<Prepared, Error> {
    let prepared = Prepared::new(name);
    if prepared.is_empty() || !name.chars().any(char::is_alphabetic) { Err(Error::new("no letter in the name")) } else { Ok(prepared) }
}

/// A comparison with its numbers as they are told.
pub fn comparison(mut comparison: Comparison) -> Comparison {
    comparison.probability = rounded(comparison.probability);
    for word in &mut comparison.words {
        word.similarity = rounded(word.similarity);
        word.weight = rounded(word.weight);
    }
    for reason in &mut comparison.reasons {
        reason.weight = rounded(reason.weight);
    }
    comparison
}
