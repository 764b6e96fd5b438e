//! The Python package `nasab`: the library's functions for one name, and for columns of names in Arrow's form.
//!
//! A column enters through Arrow's capsules, whatever library it is of, and is read where it lies; all cores work on it without
//! the interpreter's lock. What leaves is a [`column::Column`], which any such library takes in again. What the types of
//! Python look like is told by the sources beside this crate.

mod column;
mod fail;
mod grouping;
mod judging;
mod names;
mod nested;
mod pairs;
mod people;
mod scalar;
mod steps;
mod texts;
mod value;

use pyo3::prelude::*;

/// What the package calls.
#[pymodule]
mod _nasab {
    #[pymodule_export]
    use super::column::{Column, column_of};
    #[pymodule_export]
    use super::fail::NasabError;
    #[pymodule_export]
    use super::grouping::cluster;
    #[pymodule_export]
    use super::judging::judged;
    #[pymodule_export]
    use super::names::{keys, lint, normalize, parse};
    #[pymodule_export]
    use super::pairs::{compare, probability};
    #[pymodule_export]
    use super::people::Registry;
    #[pymodule_export]
    use super::scalar::{align_text, compare_two, detect_text, keys_of, lint_text, read_name, schemes, spellings, write_name};
    #[pymodule_export]
    use super::steps::{block_keys, groups, meet};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("VERSION", env!("CARGO_PKG_VERSION"))?;
        module.add("LARGEST", nasab::cluster::LARGEST)?;
        module.add("THRESHOLD", nasab::cluster::Options::default().threshold)
    }
}
