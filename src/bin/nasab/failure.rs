//! What ends a command, and with what words.

use crate::report::Place;
use nasab::Error;
use std::io;
use std::sync::Arc;

/// What ends a command at once.
#[derive(Debug)]
pub enum Failure {
    /// It is told, at a place if there is one.
    Told(Option<Place>, Error),
    /// Standard output does not take what it is given.
    Output(io::Error),
}

impl Failure {
    /// An error at a line of a file.
    pub fn at(origin: &Arc<str>, line: u64, error: Error) -> Self {
        let place = Place { origin: origin.clone(), line, column: error.column() };
        Failure::Told(Some(place), error)
    }

    /// The error and its place.
    pub fn told(self) -> (Option<Place>, Error) {
        match self {
            Failure::Told(place, error) => (place, error),
            Failure::Output(error) => (None, Error::new(format!("standard output cannot be written: {}", reason(&error)))),
        }
    }
}

/// The operating system's words without its number.
pub fn reason(error: &io::Error) -> String {
    let said = error.to_string();
    said.split(" (os error").next().unwrap_or_default().to_lowercase()
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Told(None, error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}
