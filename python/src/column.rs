//! What column functions answer with, and columns made of a list of Python.

use crate::fail::{NasabError, Place, no_text};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_schema::{ArrowError, DataType, Field};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};
use pyo3_arrow::ffi::{to_array_pycapsules, to_schema_pycapsule};
use std::sync::Arc;

/// A column of answers. Every library that knows Arrow's capsules takes it in without a copy.
#[pyclass(frozen, module = "nasab")]
pub struct Column {
    array: ArrayRef,
}

impl Column {
    /// A column of an array.
    pub fn new(array: ArrayRef) -> Column {
        Column { array }
    }

    fn field(&self) -> Arc<Field> {
        Arc::new(Field::new("", self.array.data_type().clone(), true))
    }
}

#[pymethods]
impl Column {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyTuple>> {
        Ok(to_array_pycapsules(py, self.field(), &self.array, requested_schema)?)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.field().as_ref())?)
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }

    fn __repr__(&self) -> String {
        format!("Column({} rows of {})", self.array.len(), self.array.data_type())
    }

    /// The values as Python has them; a null is `None`.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        list(py, &self.array)
    }
}

/// A column of a list, each value a text or `None`.
#[pyfunction]
#[pyo3(signature = (values, name = None))]
pub fn column_of(values: Vec<Bound<'_, PyAny>>, name: Option<&str>) -> PyResult<Column> {
    let text = |(row, value): (usize, &Bound<'_, PyAny>)| {
        if value.is_none() {
            return Ok(None);
        }
        let found = || value.get_type().name().map_or_else(|_| "this".to_string(), |name| format!("a value of type `{name}`"));
        value.extract::<String>().map(Some).map_err(|_| no_text(Place { column: name, row: Some(row) }, &found()))
    };
    let texts: StringArray = values.iter().enumerate().map(text).collect::<PyResult<_>>()?;
    Ok(Column::new(Arc::new(texts)))
}

/// An error of Arrow's, which the package's own arrays do not bring about.
pub fn arrow(error: ArrowError) -> PyErr {
    NasabError::new_err(error.to_string())
}

fn list<'py>(py: Python<'py>, array: &ArrayRef) -> PyResult<Bound<'py, PyList>> {
    let out = PyList::empty(py);
    for row in 0..array.len() {
        out.append(value(py, array, row)?)?;
    }
    Ok(out)
}

fn value<'py>(py: Python<'py>, array: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).into_pyobject(py)?.into_any(),
        DataType::Utf8View => array.as_string_view().value(row).into_pyobject(py)?.into_any(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Boolean => array.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any(),
        DataType::List(_) => list(py, &array.as_list::<i32>().value(row))?.into_any(),
        DataType::Struct(fields) => {
            let record = PyDict::new(py);
            for (field, own) in fields.iter().zip(array.as_struct().columns()) {
                record.set_item(field.name(), value(py, own, row)?)?;
            }
            record.into_any()
        }
        other => return Err(PyTypeError::new_err(format!("no column of nasab holds {other}"))),
    })
}
