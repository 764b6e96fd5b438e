//! Columns of names, each row by itself: normalize, parse, keys, lint.

use crate::column::Column;
use crate::fail::{fail, fail_at};
use crate::nested::{lists, records, texts, words};
use crate::scalar::source;
use crate::texts::{Kind, Texts};
use arrow_array::{ArrayRef, Float64Array, Int64Array};
use nasab::document::{self, Finding, Format};
use nasab::{Error, Name, Scheme, blocking_keys};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use rayon::prelude::*;
use std::sync::Arc;

/// Rows that a thread takes at once: fewer would cost more in handing out than in work.
const ROWS: usize = 256;

/// The answer to each row, by all cores.
pub fn each<T: Send>(py: Python<'_>, texts: &Texts, work: impl Fn(&str) -> T + Sync) -> Vec<Option<T>> {
    let rows = texts.rows();
    py.detach(|| rows.par_iter().with_min_len(ROWS).map(|row| row.map(&work)).collect())
}

/// Answers without errors: the first is raised, or all become nulls.
pub fn settled<T>(texts: &Texts, answers: Vec<Option<Result<T, Error>>>, lenient: bool) -> PyResult<Vec<Option<T>>> {
    let settle = |(row, answer): (usize, Option<Result<T, Error>>)| match answer {
        Some(Err(error)) if !lenient => Err(fail_at(&error, texts.at(row))),
        answer => Ok(answer.and_then(Result::ok)),
    };
    answers.into_iter().enumerate().map(settle).collect()
}

/// Names in a scheme.
#[pyfunction]
#[pyo3(signature = (column, to, from, lenient, name = None))]
pub fn normalize(py: Python<'_>, column: AnyArray, to: &str, from: &str, lenient: bool, name: Option<String>) -> PyResult<Column> {
    let (to, from) = (Scheme::find(to).map_err(|e| fail(&e))?, source(from)?);
    let column = Texts::take(column, name)?;
    let answers = each(py, &column, |text| Name::read(text, from).map(|name| name.write(to)));
    let answers = settled(&column, answers, lenient)?;
    Ok(Column::new(texts(&answers, column.kind)))
}

/// The parts of names.
#[pyfunction]
#[pyo3(signature = (column, to, from, lenient, name = None))]
pub fn parse(py: Python<'_>, column: AnyArray, to: &str, from: &str, lenient: bool, name: Option<String>) -> PyResult<Column> {
    let (to, from) = (Scheme::find(to).map_err(|e| fail(&e))?, source(from)?);
    let column = Texts::take(column, name)?;
    let parts = |text: &str| {
        let name = Name::read(text, from)?;
        Ok(name.parts().iter().map(|part| (part.role().label(), part.text(to))).collect::<Vec<_>>())
    };
    let answers = settled(&column, each(py, &column, parts), lenient)?;
    let all = || answers.iter().flatten().flatten();
    let values = records::<()>(vec![("role", words(all().map(|p| p.0))), ("text", words(all().map(|p| p.1.as_str())))], None)?;
    Ok(Column::new(lists(&lengths(&answers), values)?))
}

/// The blocking keys of names; a text without a letter has none.
#[pyfunction]
#[pyo3(signature = (column, name = None))]
pub fn keys(py: Python<'_>, column: AnyArray, name: Option<String>) -> PyResult<Column> {
    let column = Texts::take(column, name)?;
    let answers = each(py, &column, blocking_keys);
    let values = words(answers.iter().flatten().flatten().map(String::as_str));
    Ok(Column::new(lists(&lengths(&answers), values)?))
}

/// What is wrong with the romanized names of texts.
#[pyfunction]
#[pyo3(signature = (column, scheme, arabic = None, name = None))]
pub fn lint(py: Python<'_>, column: AnyArray, scheme: &str, arabic: Option<AnyArray>, name: Option<String>) -> PyResult<Column> {
    let scheme = Scheme::find(scheme).map_err(|e| fail(&e))?;
    let column = Texts::take(column, name)?;
    let arabic = arabic.map(|arabic| Texts::take(arabic, Some("arabic".to_string()))).transpose()?;
    if let Some(arabic) = &arabic {
        same_length(&column, arabic)?;
    }
    let own = column.rows();
    let originals = arabic.as_ref().map_or_else(|| vec![None; own.len()], Texts::rows);
    let work = |(text, arabic): (&Option<&str>, &Option<&str>)| {
        text.map(|text| document::lint(text, &document::prose(text, Format::Plain), scheme, *arabic))
    };
    let found = py.detach(|| own.par_iter().zip(&originals).map(work).collect());
    let answers = settled(&column, found, false)?;
    let all: Vec<&Finding> = answers.iter().flatten().flatten().collect();
    let text = |of: &dyn Fn(&Finding) -> String| -> ArrayRef { texts(&all.iter().map(|f| Some(of(f))).collect::<Vec<_>>(), Kind::Small) };
    let number = |of: &dyn Fn(&Finding) -> usize| -> ArrayRef {
        Arc::new(all.iter().map(|f| i64::try_from(of(f)).unwrap_or(i64::MAX)).collect::<Int64Array>())
    };
    let fields = vec![
        ("code", text(&|f| f.code.label().to_string())),
        ("line", number(&|f| f.line)),
        ("column", number(&|f| f.column)),
        ("found", text(&|f| f.found.clone())),
        ("fix", texts(&all.iter().map(|f| f.fix.clone()).collect::<Vec<_>>(), Kind::Small)),
        ("name", text(&|f| f.name.clone())),
        ("reason", text(&|f| f.reason.clone())),
        ("confidence", Arc::new(all.iter().map(|f| f.confidence).collect::<Float64Array>()) as ArrayRef),
    ];
    Ok(Column::new(lists(&lengths(&answers), records::<()>(fields, None)?)?))
}

/// How many values each row has.
pub fn lengths<T>(answers: &[Option<Vec<T>>]) -> Vec<Option<usize>> {
    answers.iter().map(|answer| answer.as_ref().map(Vec::len)).collect()
}

/// Two columns that belong together.
pub fn same_length(one: &Texts, two: &Texts) -> PyResult<()> {
    if one.len() == two.len() {
        return Ok(());
    }
    let error = Error::new(format!("{} rows beside {}", one.len(), two.len()));
    Err(fail(&error.with_hint("give two columns of one table, or a column and one name")))
}
