//! A column of texts as it came in: any of Arrow's strings, dictionaries of them, or bytes that are UTF-8.

use crate::fail::{Place, fail_at, no_text};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StringArray, new_null_array};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use nasab::Error;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;

/// Which of Arrow's strings a column has; what is made of it has the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Offsets of 32 bits.
    Small,
    /// Offsets of 64 bits.
    Large,
    /// Views.
    View,
}

/// A column of texts.
pub struct Texts {
    name: Option<String>,
    /// Each of one of the kinds.
    chunks: Vec<ArrayRef>,
    /// The kind of the answer.
    pub kind: Kind,
}

impl Texts {
    /// Takes a column in. What is no text is refused with the name of the column and, where one is to blame, the row.
    pub fn take(column: AnyArray, name: Option<String>) -> PyResult<Texts> {
        let mut texts = Texts { name, chunks: Vec::new(), kind: Kind::Small };
        let reader = column.into_reader()?;
        let wanted = reader.field().data_type().clone();
        let mut seen = 0;
        for chunk in reader {
            let chunk = chunk.map_err(|error| texts.broken(&error, None))?;
            let rows = chunk.len();
            texts.push(chunk, seen)?;
            seen += rows;
        }
        if texts.chunks.is_empty() {
            texts.push(new_null_array(&wanted, 0), 0)?;
        }
        Ok(texts)
    }

    fn place(&self, row: Option<usize>) -> Place<'_> {
        Place { column: self.name.as_deref(), row }
    }

    /// The place of a row.
    pub fn at(&self, row: usize) -> Place<'_> {
        self.place(Some(row))
    }

    fn broken(&self, error: &ArrowError, row: Option<usize>) -> PyErr {
        fail_at(&Error::new(format!("a broken column: {error}")), self.place(row))
    }

    fn push(&mut self, chunk: ArrayRef, before: usize) -> PyResult<()> {
        let chunk = match chunk.data_type() {
            // A table of one column, as a query gives it.
            DataType::Struct(fields) if fields.len() == 1 => {
                chunk.as_struct().columns().first().cloned().ok_or_else(|| no_text(self.place(None), "an empty table"))?
            }
            DataType::Struct(fields) => return Err(no_text(self.place(None), &format!("a table of {} columns", fields.len()))),
            _ => chunk,
        };
        let to = |kind: &DataType| cast(&chunk, kind).map_err(|error| self.broken(&error, None));
        let (kind, texts) = match chunk.data_type() {
            DataType::Utf8 => (Kind::Small, chunk),
            DataType::LargeUtf8 => (Kind::Large, chunk),
            DataType::Utf8View => (Kind::View, chunk),
            DataType::Null => (Kind::Small, new_null_array(&DataType::Utf8, chunk.len())),
            DataType::Dictionary(_, values) if is_text(values) => (kind_of(values), to(values)?),
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
                (Kind::Large, self.decoded(&to(&DataType::LargeBinary)?, before)?)
            }
            other => return Err(no_text(self.place(None), &other.to_string())),
        };
        // What crosses the border is believed by nobody: a wrong byte in a string would be a fault of memory later.
        texts.to_data().validate_data().map_err(|error| self.broken(&error, None))?;
        self.kind = kind;
        self.chunks.push(texts);
        Ok(())
    }

    /// Bytes as texts; the first row that is not UTF-8 is told.
    fn decoded(&self, bytes: &ArrayRef, before: usize) -> PyResult<ArrayRef> {
        let texts: Result<arrow_array::LargeStringArray, PyErr> = bytes
            .as_binary::<i64>()
            .iter()
            .enumerate()
            .map(|(row, bytes)| {
                let Some(bytes) = bytes else { return Ok(None) };
                std::str::from_utf8(bytes).map(Some).map_err(|error| {
                    let error = Error::new(format!("not UTF-8 at byte {}", error.valid_up_to() + 1));
                    fail_at(&error.with_hint("convert the column to UTF-8 first"), self.place(Some(before + row)))
                })
            })
            .collect();
        Ok(std::sync::Arc::new(texts?))
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// The texts, row by row.
    pub fn rows(&self) -> Vec<Option<&str>> {
        let mut rows = Vec::with_capacity(self.len());
        for chunk in &self.chunks {
            match chunk.data_type() {
                DataType::LargeUtf8 => rows.extend(chunk.as_string::<i64>().iter()),
                DataType::Utf8View => rows.extend(chunk.as_string_view().iter()),
                _ => rows.extend(chunk.as_any().downcast_ref::<StringArray>().into_iter().flatten()),
            }
        }
        rows
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

fn kind_of(kind: &DataType) -> Kind {
    match kind {
        DataType::LargeUtf8 => Kind::Large,
        DataType::Utf8View => Kind::View,
        _ => Kind::Small,
    }
}
