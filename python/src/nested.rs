//! Arrow arrays of what the library answers: texts, numbers, lists and records.

use crate::fail::fail;
use crate::texts::Kind;
use arrow_array::{Array, ArrayRef, LargeStringArray, ListArray, StringArray, StringViewArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{Field, Fields};
use nasab::Error;
use pyo3::prelude::*;
use std::sync::Arc;

/// Texts of a kind. Where offsets of 32 bits would not do, they have 64.
pub fn texts<T: AsRef<str>>(rows: &[Option<T>], kind: Kind) -> ArrayRef {
    let all = || rows.iter().map(|row| row.as_ref().map(AsRef::as_ref));
    let bytes: usize = all().flatten().map(str::len).sum();
    match kind {
        Kind::View => Arc::new(all().collect::<StringViewArray>()),
        Kind::Small if i32::try_from(bytes).is_ok() => Arc::new(all().collect::<StringArray>()),
        _ => Arc::new(all().collect::<LargeStringArray>()),
    }
}

/// Texts that are all there.
pub fn words<'a>(rows: impl Iterator<Item = &'a str>) -> ArrayRef {
    let rows: Vec<Option<&str>> = rows.map(Some).collect();
    texts(&rows, Kind::Small)
}

/// A list for each row, from the number of its values; `None` is a null.
pub fn lists(lengths: &[Option<usize>], values: ArrayRef) -> PyResult<ArrayRef> {
    let total: usize = lengths.iter().flatten().sum();
    if i32::try_from(total).is_err() {
        let error = Error::new(format!("{total} values are too many for one column"));
        return Err(fail(&error.with_hint("give the table in parts")));
    }
    let field = Arc::new(Field::new("item", values.data_type().clone(), false));
    let offsets = OffsetBuffer::from_lengths(lengths.iter().map(|length| length.unwrap_or(0)));
    let list = ListArray::try_new(field, offsets, values, nulls(lengths)).map_err(crate::column::arrow)?;
    Ok(Arc::new(list))
}

/// A record for each row; where a row of `there` is null, the record is.
pub fn records<T>(fields: Vec<(&str, ArrayRef)>, there: Option<&[Option<T>]>) -> PyResult<ArrayRef> {
    let (names, arrays): (Vec<&str>, Vec<ArrayRef>) = fields.into_iter().unzip();
    let fields: Fields = names.iter().zip(&arrays).map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    Ok(Arc::new(StructArray::try_new(fields, arrays, there.and_then(nulls)).map_err(crate::column::arrow)?))
}

fn nulls<T>(rows: &[Option<T>]) -> Option<NullBuffer> {
    rows.iter().any(Option::is_none).then(|| rows.iter().map(Option::is_some).collect())
}
