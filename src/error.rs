//! The one public error: what was found, what was expected, and what to do.

use std::fmt;

/// Why a name, a table or a registry could not be used.
///
/// The text is lower case and ends without a full stop; [`Error::hint`] says what to do.
/// The program adds file and line; [`Error::column`] gives the place inside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: String,
    hint: Option<String>,
    column: Option<usize>,
}

impl Error {
    /// An error with the text that a user sees.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, column: None }
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the place: characters from the start of the text, from 1.
    #[must_use]
    pub fn with_column(mut self, column: usize) -> Self {
        self.column = Some(column);
        self
    }

    /// What to do, when something can be done.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The character, from 1, at which the text went wrong.
    pub fn column(&self) -> Option<usize> {
        self.column
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// How much a [`Note`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something was passed through unread, such as digits; the rest was read as usual.
    Warning,
    /// A word could not be read.
    Error,
}

/// What a reader of a name has to say of a place in it; the name was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much it weighs.
    pub severity: Severity,
    /// What, where, and what to do.
    pub error: Error,
}

impl Note {
    pub(crate) fn warning(error: Error) -> Self {
        Self { severity: Severity::Warning, error }
    }

    pub(crate) fn error(error: Error) -> Self {
        Self { severity: Severity::Error, error }
    }
}
