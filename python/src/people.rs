//! Linking to the people of a registry, one name or a column.

use crate::column::Column;
use crate::fail::fail;
use crate::names::{each, lengths, settled};
use crate::nested::{lists, records, texts, words};
use crate::texts::{Kind, Texts};
use crate::value::python;
use arrow_array::{ArrayRef, BooleanArray, Float64Array};
use nasab::entity::import::{self, Format};
use nasab::registry::{Author, Linker, Registry as Record};
use nasab::{Error, Facts, LinkMatch, LinkOptions, Linkage, People, Query, Status};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What an SQLite file begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";

enum Bearers {
    List(People),
    File(Linker),
}

/// People to whom names are linked: a registry file, a list, or whoever is given.
#[pyclass(frozen, module = "nasab._nasab", subclass)]
pub struct Registry {
    bearers: Bearers,
    notices: Vec<String>,
}

impl Registry {
    fn answer(&self, query: Query, options: &LinkOptions) -> Result<Linkage, Error> {
        if !query.names.iter().any(|name| name.chars().any(char::is_alphabetic)) {
            return Err(Error::new("no letter in the name").with_hint("give a name in Arabic or Latin letters"));
        }
        match &self.bearers {
            Bearers::List(people) => Ok(people.link(query, options)),
            Bearers::File(linker) => linker.link(query, options),
        }
    }
}

/// How far links go.
pub fn options(top: usize, threshold: f64, review: f64) -> LinkOptions {
    let mut options = LinkOptions::default();
    options.top = top;
    options.threshold = threshold;
    options.review = review.min(threshold);
    options
}

fn label(status: Status) -> &'static str {
    match status {
        Status::Linked => "linked",
        Status::Review => "review",
        Status::None => "none",
    }
}

#[pymethods]
impl Registry {
    /// A registry file, or a list that ends in `.jsonl`, `.csv` or `.tsv`.
    #[staticmethod]
    fn open_path(py: Python<'_>, path: PathBuf) -> PyResult<Registry> {
        py.detach(|| open(&path)).map_err(|error| fail(&error))
    }

    /// People by id, each with names.
    #[staticmethod]
    fn of_people(py: Python<'_>, people: Vec<(String, Vec<String>)>) -> PyResult<Registry> {
        let mut own = People::new();
        py.detach(|| people.into_iter().try_for_each(|(id, names)| own.add(&id, names))).map_err(|error| fail(&error))?;
        Ok(Registry { bearers: Bearers::List(own), notices: Vec::new() })
    }

    /// What was passed over or mended when it was opened.
    #[getter]
    fn notices(&self) -> Vec<String> {
        self.notices.clone()
    }

    /// The people who may bear the names of one person.
    #[pyo3(signature = (names, top, threshold, review, facts = None))]
    fn link_names<'py>(
        &self,
        py: Python<'py>,
        names: Vec<String>,
        top: usize,
        threshold: f64,
        review: f64,
        facts: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let facts: Facts = facts.unwrap_or("").parse().map_err(|error| fail(&error))?;
        let query = Query { names, facts };
        let found = py.detach(|| self.answer(query, &options(top, threshold, review))).map_err(|error| fail(&error))?;
        python(py, &found)
    }

    /// The same for a column.
    #[pyo3(signature = (column, top, threshold, review, lenient, name = None))]
    #[allow(clippy::too_many_arguments)]
    fn link_column(
        &self,
        py: Python<'_>,
        column: AnyArray,
        top: usize,
        threshold: f64,
        review: f64,
        lenient: bool,
        name: Option<String>,
    ) -> PyResult<Column> {
        let column = Texts::take(column, name)?;
        let options = options(top.max(1), threshold, review);
        let answers = settled(&column, each(py, &column, |text| self.answer(Query::from(text), &options)), lenient)?;
        Ok(Column::new(linkages(&answers, top)?))
    }

    /// Makes a registry file of a list, and tells what was passed over.
    #[staticmethod]
    fn create_path(py: Python<'_>, path: PathBuf, list: PathBuf, author: &str) -> PyResult<Vec<String>> {
        py.detach(|| create(&path, &list, author)).map_err(|error| fail(&error))
    }
}

/// What became of each query, as records.
pub fn linkages(answers: &[Option<Linkage>], top: usize) -> PyResult<ArrayRef> {
    let best = |of: &dyn Fn(&LinkMatch) -> String| -> ArrayRef {
        let rows: Vec<Option<String>> = answers.iter().map(|a| a.as_ref()?.matches.first().map(of)).collect();
        texts(&rows, Kind::Small)
    };
    let probability: Float64Array = answers.iter().map(|a| a.as_ref()?.matches.first().map(|m| m.probability)).collect();
    let status: Vec<Option<&str>> = answers.iter().map(|a| a.as_ref().map(|a| label(a.status))).collect();
    let matches: Vec<Option<Vec<&LinkMatch>>> = answers.iter().map(|a| a.as_ref().map(|a| a.matches.iter().take(top).collect())).collect();
    let all: Vec<&LinkMatch> = matches.iter().flatten().flatten().copied().collect();
    let fields = vec![
        ("id", words(all.iter().map(|m| m.id.as_str()))),
        ("name", words(all.iter().map(|m| m.name.as_str()))),
        ("probability", Arc::new(all.iter().map(|m| m.probability).collect::<Float64Array>()) as ArrayRef),
        ("decided", Arc::new(all.iter().map(|m| Some(m.decided)).collect::<BooleanArray>()) as ArrayRef),
    ];
    let record = vec![
        ("status", texts(&status, Kind::Small)),
        ("id", best(&|m| m.id.clone())),
        ("name", best(&|m| m.name.clone())),
        ("probability", Arc::new(probability) as ArrayRef),
        ("matches", lists(&lengths(&matches), records::<()>(fields, None)?)?),
    ];
    records(record, Some(&status))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("`{}` cannot be read: {error}", path.display()))
}

fn create(path: &Path, list: &Path, author: &str) -> Result<Vec<String>, Error> {
    let (format, file) = (Format::of(list)?, File::open(list).map_err(|error| unreadable(list, &error))?);
    let source = list.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut notices = Vec::new();
    let report = |fault: import::Fault| notices.push(format!("line {}: {}", fault.line, fault.error));
    Record::create(path)?.import(file, format, &source, Author::new(author), report, |_| ())?;
    Ok(notices)
}

fn open(path: &Path) -> Result<Registry, Error> {
    let unreadable = |error: std::io::Error| unreadable(path, &error);
    let mut head = Vec::new();
    File::open(path).map_err(unreadable)?.take(SQLITE.len() as u64).read_to_end(&mut head).map_err(unreadable)?;
    if head == SQLITE {
        let linker = Linker::open(path)?;
        let notices = linker.notices().iter().map(Error::to_string).collect();
        return Ok(Registry { bearers: Bearers::File(linker), notices });
    }
    let (mut people, mut notices) = (People::new(), Vec::new());
    let take = |_, entity: nasab::entity::Entity| {
        people.add(&entity.id, entity.names)?;
        people.know(&entity.id, &entity.facts);
        Ok(())
    };
    import::read(File::open(path).map_err(unreadable)?, Format::of(path)?, take, |fault| {
        notices.push(format!("line {}: {}", fault.line, fault.error));
    })?;
    Ok(Registry { bearers: Bearers::List(people), notices })
}
