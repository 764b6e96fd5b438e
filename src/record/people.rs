//! Names of authors and editors, as BibTeX and CSL-JSON part them, and the keys made of them.

use super::heading::{has_arabic, is_arabic_name};
use super::{Finding, Job, Kind, Task};
use crate::error::Error;
use crate::name::{Name, Source};
use crate::scheme::Scheme;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// Reads a name, whatever it is spelled in: the scheme is that of what is written.
fn read(text: &str) -> Result<Name, Error> {
    Name::read(&text.nfc().collect::<String>(), Source::Auto)
}

/// A name in the scheme, with the probability of its reading; `None` where it is no Arabic name.
pub(super) fn in_scheme(text: &str, scheme: Scheme) -> Option<(String, f64)> {
    if !has_arabic(text) && !is_arabic_name(text, scheme) {
        return None;
    }
    let name = read(text).ok()?;
    name.readings(scheme, 1).into_iter().next().map(|r| (r.text, r.probability))
}

/// What is said of a name that the scheme writes otherwise.
pub(super) fn finding(record: u64, control: Option<String>, field: &str, found: &str, expected: (String, f64), job: &Job) -> Finding {
    let (text, probability) = expected;
    let (kind, found, scheme) = (Kind::Spelling, found.to_string(), job.scheme);
    let written = job.task == Task::Write && probability >= job.least;
    let message = match (written, job.task) {
        (true, _) => format!("`{text}` ({probability:.2}) written for `{found}`"),
        (false, Task::Write) => format!("`{text}` ({probability:.2}) is not written for `{found}`: it is less likely than {}", job.least),
        _ => format!("`{found}` is `{text}` in {scheme} ({probability:.2})"),
    };
    let (expected, probability) = (Some(text), Some(probability));
    Finding { record, control, field: field.to_string(), kind, found, expected, probability, message, written }
}

/// Small ASCII letters of a surname, without its article.
fn surname(text: &str, scheme: Scheme) -> String {
    let written = if has_arabic(text) || is_arabic_name(text, scheme) {
        read(text).map(|name| scheme.ascii(&name.without_initial_article().write(scheme))).unwrap_or_default()
    } else {
        scheme.ascii(text)
    };
    // Letters of other languages lose their marks.
    written.nfd().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// Keys in ASCII, each once.
pub(super) struct Keys {
    taken: HashSet<String>,
}

impl Keys {
    /// Keys that stand already.
    pub fn new(taken: HashSet<String>) -> Keys {
        Keys { taken }
    }

    /// New keys for entries: surname, year, and a letter where two would have the same.
    pub fn make(&mut self, entries: &[(String, String)], scheme: Scheme) -> Vec<String> {
        let stem = |(family, year): &(String, String)| {
            let name = surname(family, scheme);
            let digits: String = year.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).take(4).collect();
            format!("{}{digits}", if name.is_empty() { "item" } else { name.as_str() })
        };
        let stems: Vec<String> = entries.iter().map(stem).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        stems.iter().for_each(|stem| *uses.entry(stem).or_default() += 1);
        let mut out = Vec::with_capacity(stems.len());
        for stem in &stems {
            let alone = uses.get(stem.as_str()) == Some(&1);
            let key = if alone && !self.taken.contains(stem) {
                stem.clone()
            } else {
                (0..).map(|n| format!("{stem}{}", letters(n))).find(|key| !self.taken.contains(key)).unwrap_or_default()
            };
            self.taken.insert(key.clone());
            out.push(key);
        }
        out
    }
}

/// a to z, then aa.
fn letters(mut number: u32) -> String {
    let mut out = Vec::new();
    loop {
        out.push(char::from_u32(u32::from('a') + number % 26).unwrap_or('a'));
        if number < 26 {
            break;
        }
        number = number / 26 - 1;
    }
    out.into_iter().rev().collect()
}

/// What is said of a key.
pub(super) fn key_finding(record: u64, found: &str, expected: String, job: &Job) -> Finding {
    let written = job.task == Task::Write;
    let message = if written { format!("key `{expected}` written for `{found}`") } else { format!("key `{found}` would be `{expected}`") };
    let (control, field) = (Some(found.to_string()), "key".to_string());
    Finding {
        record,
        control,
        field,
        kind: Kind::Key,
        found: found.to_string(),
        expected: Some(expected),
        probability: None,
        message,
        written,
    }
}
