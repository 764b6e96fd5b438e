//! Records of the library as dictionaries of Python.

use crate::fail::NasabError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use serde::Serialize;
use serde_json::Value;

/// Anything that can be written as JSON.
pub fn python<'py>(py: Python<'py>, record: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let value = serde_json::to_value(record).map_err(|error| NasabError::new_err(error.to_string()))?;
    of(py, &value)
}

fn of<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(truth) => truth.into_pyobject(py)?.to_owned().into_any(),
        Value::String(text) => text.into_pyobject(py)?.into_any(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.into_pyobject(py)?.into_any(),
            (None, number) => number.into_pyobject(py)?.into_any(),
        },
        Value::Array(values) => {
            let list = PyList::empty(py);
            for value in values {
                list.append(of(py, value)?)?;
            }
            list.into_any()
        }
        Value::Object(fields) => {
            let record = PyDict::new(py);
            for (name, value) in fields {
                record.set_item(name, of(py, value)?)?;
            }
            record.into_any()
        }
    })
}
