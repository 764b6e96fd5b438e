//! Errors of the library as exceptions of Python, with the same text.

use nasab::Error;
use pyo3::create_exception;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

create_exception!(nasab, NasabError, PyValueError, "Why a name, a table or a registry could not be used.");

/// Where in a table it happened.
#[derive(Clone, Copy, Default)]
pub struct Place<'a> {
    /// The column's name.
    pub column: Option<&'a str>,
    /// The row, from 0, as tables of Python count.
    pub row: Option<usize>,
}

impl Place<'_> {
    /// The text of an error with its place before it.
    pub fn told(self, text: &str) -> String {
        match (self.column, self.row) {
            (Some(column), Some(row)) => format!("column `{column}`, row {row}: {text}"),
            (Some(column), None) => format!("column `{column}`: {text}"),
            (None, Some(row)) => format!("row {row}: {text}"),
            (None, None) => text.to_string(),
        }
    }
}

/// An error of the library.
pub fn fail(error: &Error) -> PyErr {
    fail_at(error, Place::default())
}

/// The same at a place. What to do stands in the attribute `hint`, the character in `character`.
pub fn fail_at(error: &Error, place: Place<'_>) -> PyErr {
    let exception = NasabError::new_err(place.told(&error.to_string()));
    Python::attach(|py| {
        let value = exception.value(py);
        // An exception takes attributes; were it not so, its text would still be told.
        let _ = value.setattr("hint", error.hint());
        let _ = value.setattr("character", error.column());
        let _ = value.setattr("column", place.column);
        let _ = value.setattr("row", place.row);
    });
    exception
}

/// A column that holds no text.
pub fn no_text(place: Place<'_>, found: &str) -> PyErr {
    PyTypeError::new_err(place.told(&format!("{found} is no text; give a column of strings")))
}
