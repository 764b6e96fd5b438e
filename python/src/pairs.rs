//! Columns of pairs: the probability that both names are one person's, and why.

use crate::column::Column;
use crate::names::{lengths, same_length};
use crate::nested::{lists, records, texts, words};
use crate::texts::{Kind, Texts};
use arrow_array::{ArrayRef, Float64Array};
use nasab::{Comparison, Prepared, matching};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;

/// Pairs that a thread takes at once.
const ROWS: usize = 128;

/// The other side: a name for every row, or one for all.
#[derive(FromPyObject)]
pub enum Other {
    One(String),
    Column(AnyArray),
}

/// The answer to each pair that has both names.
fn each<T: Send>(
    py: Python<'_>,
    left: AnyArray,
    right: Other,
    names: (Option<String>, Option<String>),
    work: impl Fn(&Prepared, &Prepared) -> T + Sync,
) -> PyResult<Vec<Option<T>>> {
    let left = Texts::take(left, names.0)?;
    let rows = left.rows();
    Ok(match right {
        Other::One(one) => {
            let one = Prepared::new(&one);
            let answer = |row: &Option<&str>| row.map(|text| work(&Prepared::new(text), &one));
            py.detach(|| rows.par_iter().with_min_len(ROWS).map(answer).collect())
        }
        Other::Column(right) => {
            let right = Texts::take(right, names.1)?;
            same_length(&left, &right)?;
            let others = right.rows();
            let answer = |(row, other): (&Option<&str>, &Option<&str>)| {
                row.zip(*other).map(|(row, other)| work(&Prepared::new(row), &Prepared::new(other)))
            };
            py.detach(|| rows.par_iter().zip(&others).with_min_len(ROWS).map(answer).collect())
        }
    })
}

/// The probability alone.
#[pyfunction]
#[pyo3(signature = (left, right, prior = None, left_name = None, right_name = None))]
pub fn probability(
    py: Python<'_>,
    left: AnyArray,
    right: Other,
    prior: Option<f64>,
    left_name: Option<String>,
    right_name: Option<String>,
) -> PyResult<Column> {
    let work = |a: &Prepared, b: &Prepared| {
        let found = matching::probability(a, b);
        prior.map_or(found, |prior| matching::with_prior(found, prior))
    };
    let answers = each(py, left, right, (left_name, right_name), work)?;
    Ok(Column::new(Arc::new(answers.into_iter().collect::<Float64Array>())))
}

/// The probability with the words that answer each other, and what is no word's.
#[pyfunction]
#[pyo3(signature = (left, right, prior = None, left_name = None, right_name = None))]
pub fn compare(
    py: Python<'_>,
    left: AnyArray,
    right: Other,
    prior: Option<f64>,
    left_name: Option<String>,
    right_name: Option<String>,
) -> PyResult<Column> {
    let work = |a: &Prepared, b: &Prepared| with_prior(nasab::compare(a, b), prior);
    let answers = each(py, left, right, (left_name, right_name), work)?;
    let (mut all_words, mut all_reasons) = (Vec::with_capacity(answers.len()), Vec::with_capacity(answers.len()));
    let mut found = Vec::with_capacity(answers.len());
    for answer in answers {
        let (probability, words, reasons) =
            answer.map_or((None, None, None), |own| (Some(own.probability), Some(own.words), Some(own.reasons)));
        found.push(probability);
        all_words.push(words);
        all_reasons.push(reasons);
    }
    let own: Vec<_> = all_words.iter().flatten().flatten().collect();
    let floats = |values: Vec<f64>| -> ArrayRef { Arc::new(Float64Array::from(values)) };
    let word_values = records::<()>(
        vec![
            ("left", texts(&own.iter().map(|w| w.left.as_deref()).collect::<Vec<_>>(), Kind::Small)),
            ("right", texts(&own.iter().map(|w| w.right.as_deref()).collect::<Vec<_>>(), Kind::Small)),
            ("kind", texts(&own.iter().map(|w| label(&w.kind)).collect::<Vec<_>>(), Kind::Small)),
            ("how", words(own.iter().map(|w| w.how.as_str()))),
            ("similarity", floats(own.iter().map(|w| w.similarity).collect())),
            ("weight", floats(own.iter().map(|w| w.weight).collect())),
        ],
        None,
    )?;
    let reasons: Vec<_> = all_reasons.iter().flatten().flatten().collect();
    let reason_values = records::<()>(
        vec![("what", words(reasons.iter().map(|r| r.what))), ("weight", floats(reasons.iter().map(|r| r.weight).collect()))],
        None,
    )?;
    let fields = vec![
        ("probability", Arc::new(found.iter().copied().collect::<Float64Array>()) as ArrayRef),
        ("words", lists(&lengths(&all_words), word_values)?),
        ("reasons", lists(&lengths(&all_reasons), reason_values)?),
    ];
    Ok(Column::new(records(fields, Some(&found))?))
}

/// A comparison under the prior that was given.
pub fn with_prior(found: Comparison, prior: Option<f64>) -> Comparison {
    match prior {
        Some(prior) => found.with_prior(prior),
        None => found,
    }
}

/// As it stands in records.
fn label(kind: &impl Serialize) -> Option<String> {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_string))
}
