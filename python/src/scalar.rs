//! The functions for one name or one text.

use crate::fail::fail;
use crate::pairs::with_prior;
use crate::value::python;
use nasab::document::{self, Format, SURE};
use nasab::variants::{Region, variants};
use nasab::{Error, Facts, Name, Prepared, Scheme, Severity, Source, blocking_keys};
use pyo3::prelude::*;
use serde_json::{Value, json};

/// What a text is in, by its label.
pub fn source(label: &str) -> PyResult<Source> {
    match label {
        "auto" => Ok(Source::Auto),
        label => scheme(label).map(Source::Scheme),
    }
}

fn scheme(label: &str) -> PyResult<Scheme> {
    Scheme::find(label).map_err(|error| fail(&error))
}

fn read(text: &str, from: &str) -> PyResult<Name> {
    Name::read(text, source(from)?).map_err(|error| fail(&error))
}

/// A name in a scheme.
#[pyfunction]
pub fn write_name(name: &str, to: &str, from: &str) -> PyResult<String> {
    let to = scheme(to)?;
    Ok(read(name, from)?.write(to))
}

/// All that was read of a name.
#[pyfunction]
pub fn read_name<'py>(py: Python<'py>, name: &str, to: &str, from: &str, limit: usize) -> PyResult<Bound<'py, PyAny>> {
    let (to, name) = (scheme(to)?, read(name, from)?);
    let readings: Vec<Value> = name
        .readings(to, limit)
        .into_iter()
        .map(|r| json!({"text": r.text, "arabic": r.arabic, "probability": r.probability, "guessed": r.guessed}))
        .collect();
    let parts: Vec<Value> = name.parts().iter().map(|p| json!({"role": p.role().label(), "text": p.text(to)})).collect();
    let severity = |severity| if severity == Severity::Error { "error" } else { "warning" };
    let note = |n: &nasab::Note| {
        let error = &n.error;
        json!({"severity": severity(n.severity), "message": error.to_string(), "hint": error.hint(), "character": error.column()})
    };
    let notes: Vec<Value> = name.notes().iter().map(note).collect();
    let written = name.write(to);
    let arabic = name.write(scheme("arabic")?);
    python(py, &json!({"text": written, "arabic": arabic, "readings": readings, "parts": parts, "notes": notes}))
}

/// Two names, and why they are or are not one person's.
#[pyfunction]
#[pyo3(signature = (left, right, prior = None, facts = None))]
pub fn compare_two<'py>(
    py: Python<'py>,
    left: &str,
    right: &str,
    prior: Option<f64>,
    facts: Option<(String, String)>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut found = with_prior(nasab::compare(&Prepared::new(left), &Prepared::new(right)), prior);
    if let Some((one, two)) = facts {
        let facts = |text: String| text.parse::<Facts>().map_err(|error| fail(&error));
        found = found.with_facts(&facts(one)?, &facts(two)?);
    }
    python(py, &found)
}

/// The blocking keys of a name.
#[pyfunction]
pub fn keys_of(name: &str) -> Vec<String> {
    blocking_keys(name)
}

/// The spellings of a name, with their shares and schemes.
#[pyfunction]
pub fn spellings<'py>(py: Python<'py>, name: &str, regions: Vec<String>, limit: usize) -> PyResult<Bound<'py, PyAny>> {
    let regions = regions.iter().map(|label| Region::find(label)).collect::<Result<Vec<Region>, Error>>().map_err(|e| fail(&e))?;
    let found: Vec<Value> = variants(&read(name, "auto")?, &regions, limit)
        .into_iter()
        .map(|v| json!({"text": v.text, "probability": v.probability, "scheme": v.scheme.map(Scheme::label)}))
        .collect();
    python(py, &found)
}

fn format(label: &str) -> PyResult<Format> {
    match label {
        "text" => Ok(Format::Plain),
        "markdown" => Ok(Format::Markdown),
        "html" => Ok(Format::Html),
        "latex" => Ok(Format::Latex),
        other => {
            let error = Error::new(format!("there is no format `{other}`"));
            Err(fail(&error.with_hint("take one of text, markdown, html, latex")))
        }
    }
}

/// The defects of a text's romanized names, and the text with the sure ones mended.
#[pyfunction]
#[pyo3(signature = (text, to, arabic = None, markup = "text"))]
pub fn lint_text<'py>(py: Python<'py>, text: &str, to: &str, arabic: Option<&str>, markup: &str) -> PyResult<(Bound<'py, PyAny>, String)> {
    let prose = document::prose(text, format(markup)?);
    let found = document::lint(text, &prose, scheme(to)?, arabic).map_err(|error| fail(&error))?;
    let fixed = document::fixed(text, &found, SURE);
    Ok((python(py, &found)?, fixed))
}

/// The names of two parallel texts.
#[pyfunction]
pub fn align_text<'py>(py: Python<'py>, arabic: &str, romanized: &str, to: &str, markup: &str) -> PyResult<Bound<'py, PyAny>> {
    let prose = document::prose(romanized, format(markup)?);
    python(py, &document::align(arabic, romanized, &prose, scheme(to)?).map_err(|error| fail(&error))?)
}

/// The schemes that a text may be in.
#[pyfunction]
pub fn detect_text<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let found = nasab::detect(text);
    let fits: Vec<Value> = found
        .fits
        .iter()
        .map(|fit| json!({"scheme": fit.scheme.label(), "probability": fit.probability, "unexplained": fit.unexplained}))
        .collect();
    python(py, &fits)
}

/// Every scheme.
#[pyfunction]
pub fn schemes(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let all: Vec<Value> = Scheme::all()
        .map(|s| {
            let options: Vec<&str> = s.options().map(|option| option.name).collect();
            json!({"label": s.label(), "title": s.title(), "edition": s.edition(), "reversible": s.reversible(), "options": options})
        })
        .collect();
    python(py, &all)
}
