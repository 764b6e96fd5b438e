//! Standard error: what was found, where, and what to do.
//!
//! ```text
//! error: `ʒ` is not a letter of scheme `ala-lc`
//!  --> names.csv:14:9
//! hint: `nasab schemes --letter ʒ` lists the schemes that have it
//! ```
//!
//! A list with one fault in every line must not bury its reader: twenty of a kind are told, the
//! rest is counted. Everything counts for the exit code.

use crate::terminal;
use anstyle::{AnsiColor, Style};
use nasab::{Error, Severity};
use std::borrow::Cow;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

/// So many of a kind are told in full.
const TOLD: u64 = 20;

/// So many kinds are told apart; names are part of some messages, and memory is bounded.
const KINDS: usize = 64;

/// A place in an input.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file, `<stdin>` or `<argument>`.
    pub origin: Arc<str>,
    /// The line or argument, from 1.
    pub line: u64,
    /// The character, from 1.
    pub column: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.origin, self.line)?;
        match self.column {
            Some(column) => write!(f, ":{column}"),
            None => Ok(()),
        }
    }
}

/// Messages that differ only in what they quote.
struct Kind {
    key: String,
    severity: Severity,
    first: String,
    count: u64,
}

/// The one door to standard error.
pub struct Report {
    kinds: Vec<Kind>,
    errors: u64,
    warnings: u64,
    terminal: bool,
    color: bool,
}

impl Report {
    /// Nothing said yet.
    pub fn new() -> Self {
        let stderr = io::stderr();
        let terminal = stderr.is_terminal();
        let color = terminal && anstream::AutoStream::choice(&stderr) != anstream::ColorChoice::Never;
        Report { kinds: Vec::new(), errors: 0, warnings: 0, terminal, color }
    }

    /// Tells an error.
    pub fn error(&mut self, error: &Error, place: Option<&Place>) {
        self.say(Severity::Error, error, place);
    }

    /// Tells, or only counts, an error or a warning.
    pub fn say(&mut self, severity: Severity, error: &Error, place: Option<&Place>) {
        match severity {
            Severity::Warning => self.warnings += 1,
            Severity::Error => self.errors += 1,
        }
        let message = error.to_string();
        if !self.is_told(severity, &message) {
            return;
        }
        let mut text = self.headed(severity, &message);
        if let Some(place) = place {
            let arrow = self.style(AnsiColor::Blue);
            text.push_str(&format!(" {arrow}-->{arrow:#} {}\n", self.shown(&place.to_string())));
        }
        if let Some(hint) = error.hint() {
            let style = self.style(AnsiColor::Cyan);
            text.push_str(&format!("{style}hint{style:#}: {}\n", self.shown(hint)));
        }
        write(&text);
    }

    /// Says what came of it.
    pub fn summary(&mut self, text: &str) {
        write(&format!("{}\n", self.shown(text)));
    }

    /// Tells how many more there were of each kind.
    pub fn close(&mut self) {
        let rest: String = self
            .kinds
            .iter()
            .filter(|kind| kind.count > TOLD)
            .map(|kind| self.headed(kind.severity, &format!("{} ... and {} more like it", kind.first, kind.count - TOLD)))
            .collect();
        write(&rest);
    }

    /// 2 when there was an error, 1 when there was a warning, else 0.
    pub fn code(&self) -> u8 {
        match (self.errors, self.warnings) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 2,
        }
    }

    fn is_told(&mut self, severity: Severity, message: &str) -> bool {
        let full = self.kinds.len() >= KINDS;
        let key = kind(message);
        let at = self.kinds.iter().position(|k| k.key == key && k.severity == severity);
        let at = at.or(if full { Some(KINDS - 1) } else { None });
        match at.and_then(|at| self.kinds.get_mut(at)) {
            Some(kind) => {
                kind.count += 1;
                kind.count <= TOLD
            }
            None => {
                self.kinds.push(Kind { key, severity, first: message.to_string(), count: 1 });
                true
            }
        }
    }

    fn headed(&self, severity: Severity, message: &str) -> String {
        let (label, color) = match severity {
            Severity::Warning => ("warning", AnsiColor::Yellow),
            Severity::Error => ("error", AnsiColor::Red),
        };
        let style = self.style(color);
        format!("{style}{label}{style:#}: {}\n", self.shown(message))
    }

    fn style(&self, color: AnsiColor) -> Style {
        if self.color { color.on_default().bold() } else { Style::new() }
    }

    fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.terminal { terminal::show(text) } else { Cow::Borrowed(text) }
    }
}

/// Where standard error is closed there is nobody to tell.
fn write(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// The message without what it quotes and counts.
fn kind(message: &str) -> String {
    let mut key = String::new();
    for (place, piece) in message.split('`').enumerate() {
        if place % 2 == 0 {
            // Code points: `U+1F600` and `U+0416` are one kind.
            for word in piece.split(' ') {
                let word = word.trim_start_matches('(');
                key.extend(word.chars().filter(|c| !word.starts_with("U+") && !c.is_ascii_digit()));
                key.push(' ');
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_what_is_said_and_not_of_what() {
        assert_eq!(kind("`ʒ` is not a letter of scheme `ala-lc`"), kind("`џ` is not a letter of scheme `dmg`"));
        assert_eq!(kind("`a` (U+1F600) is odd"), kind("`b` (U+0416) is odd"));
        assert_ne!(kind("no letter in the name"), kind("not UTF-8"));
    }

    #[test]
    fn twenty_are_told_and_the_rest_counted() {
        let mut report = Report::new();
        let told = (0..100).filter(|n| report.is_told(Severity::Error, &format!("`{n}` is no name"))).count();
        assert_eq!((told, report.kinds.len(), report.kinds[0].count), (20, 1, 100));
    }

    #[test]
    fn kinds_are_bounded() {
        let mut report = Report::new();
        for n in 0..5000 {
            let odd: String = "x".repeat(n);
            report.is_told(Severity::Warning, &odd);
        }
        assert_eq!(report.kinds.len(), KINDS);
    }
}
