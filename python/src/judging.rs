//! Candidates that were found elsewhere, judged as a registry judges its own.

use crate::column::Column;
use crate::nested::{records, texts};
use crate::people::{linkages, options};
use crate::texts::{Kind, Texts};
use nasab::{Bearer, Linkage, Prepared, judge};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use rayon::prelude::*;
use std::collections::HashMap;

/// What became of each name. The columns have a row for each candidate: the name that is asked for, and the id and the name of one who
/// may bear it; the rows of one name stand together. Each different name leaves once, with its linkage.
#[pyfunction]
#[pyo3(signature = (queries, ids, names, top, threshold, review))]
pub fn judged(
    py: Python<'_>,
    queries: AnyArray,
    ids: AnyArray,
    names: AnyArray,
    top: usize,
    threshold: f64,
    review: f64,
) -> PyResult<Column> {
    let take = |column, called: &str| Texts::take(column, Some(called.to_string()));
    let (queries, ids, names) = (take(queries, "query")?, take(ids, "id")?, take(names, "name")?);
    let options = options(top.max(1), threshold, review);
    let rows: Vec<(&str, Bearer)> = queries.rows().into_iter().zip(ids.rows()).zip(names.rows()).filter_map(candidate).collect();
    let answers: Vec<Option<Linkage>> = py.detach(|| {
        let mut known: Vec<&str> = rows.iter().map(|row| row.1.name.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        // Who bears a common name is a candidate of many.
        let known: HashMap<&str, Prepared> = known.into_par_iter().map(|name| (name, Prepared::new(name))).collect();
        let runs: Vec<&[(&str, Bearer)]> = rows.chunk_by(|one, other| one.0 == other.0).collect();
        let answer = |run: &&[(&str, Bearer)]| {
            let candidates = run.iter().filter_map(|(_, bearer)| Some((bearer, known.get(bearer.name.as_str())?)));
            run.first().map(|(query, _)| judge(query, candidates, &options))
        };
        runs.par_iter().map(answer).collect()
    });
    let asked: Vec<Option<&str>> = answers.iter().map(|own| own.as_ref().map(|own| own.query.as_str())).collect();
    let fields = vec![("query", texts(&asked, Kind::Small)), ("link", linkages(&answers, top)?)];
    Ok(Column::new(records::<()>(fields, None)?))
}

fn candidate<'a>(((query, id), name): ((Option<&'a str>, Option<&str>), Option<&str>)) -> Option<(&'a str, Bearer)> {
    Some((query?, Bearer { id: id?.to_string(), name: name?.to_string() }))
}
