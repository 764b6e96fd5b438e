//! Groups of one person among the names of a column.

use crate::column::Column;
use crate::fail::{Place, fail_at};
use crate::names::{each, same_length, settled};
use crate::nested::texts;
use crate::texts::{Kind, Texts};
use nasab::cluster::{Constraints, Item, List, Options};
use nasab::{Error, Facts};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use rayon::prelude::*;

/// The group of each name. `facts` are what is known of each beside the name, `known` the ids of groups that are known, each a
/// column as long as the names; `same` and `apart` are decided pairs of rows.
#[pyfunction]
#[pyo3(signature = (column, threshold, facts, known, same, apart, lenient, name = None))]
#[allow(clippy::too_many_arguments)]
pub fn cluster(
    py: Python<'_>,
    column: AnyArray,
    threshold: Option<f64>,
    facts: Option<AnyArray>,
    known: Option<AnyArray>,
    same: Vec<(usize, usize)>,
    apart: Vec<(usize, usize)>,
    lenient: bool,
    name: Option<String>,
) -> PyResult<Column> {
    let column = Texts::take(column, name)?;
    let beside = |other: Option<AnyArray>, called: &str| {
        let other = other.map(|other| Texts::take(other, Some(called.to_string()))).transpose()?;
        other.as_ref().map_or(Ok(()), |other| same_length(&column, other))?;
        PyResult::Ok(other)
    };
    let (facts, known) = (beside(facts, "facts")?, beside(known, "known")?);
    within(&same, "same", column.len())?;
    within(&apart, "apart", column.len())?;
    let mut items = settled(&column, each(py, &column, Item::new), lenient)?;
    if let Some(facts) = &facts {
        let read = settled(facts, each(py, facts, str::parse::<Facts>), false)?;
        let with = |(item, facts): (Option<Item>, Option<Facts>)| item.map(|item| item.with_facts(&facts.unwrap_or_default()));
        items = items.into_iter().zip(read).map(with).collect();
    }
    let (rows, items): (Vec<usize>, Vec<Item>) = items.into_iter().enumerate().filter_map(|(row, item)| Some((row, item?))).unzip();
    let place = |row: usize| rows.binary_search(&row).ok();
    let pairs = |pairs: Vec<(usize, usize)>| pairs.into_iter().filter_map(|(a, b)| Some((place(a)?, place(b)?))).collect();
    let known = known.iter().flat_map(|known| known.rows().into_iter().enumerate());
    let known = known.filter_map(|(row, id)| Some((place(row)?, id?.to_string()))).collect();
    let constraints = Constraints { same: pairs(same), apart: pairs(apart), known };
    let options = options(threshold);
    let mut ids: Vec<Option<String>> = vec![None; column.len()];
    let groups = py.detach(|| {
        let list = List::new(items, &constraints);
        let edges = (0..list.len()).into_par_iter().flat_map_iter(|node| list.edges(node, &options)).collect();
        list.groups(edges, &options)
    });
    for group in groups {
        for row in group.members.iter().filter_map(|place| rows.get(*place)) {
            if let Some(id) = ids.get_mut(*row) {
                *id = Some(group.id.clone());
            }
        }
    }
    Ok(Column::new(texts(&ids, Kind::Small)))
}

/// Decided pairs name rows that are there: a decision that falls silently away would be worse than none.
fn within(pairs: &[(usize, usize)], called: &str, rows: usize) -> PyResult<()> {
    match pairs.iter().position(|(a, b)| *a.max(b) >= rows) {
        Some(at) => {
            let error = Error::new(format!("a pair names a row beyond the {rows} of the table"));
            Err(fail_at(&error.with_hint("rows count from 0"), Place { column: Some(called), row: Some(at) }))
        }
        None => Ok(()),
    }
}

/// The library's options with another threshold.
pub fn options(threshold: Option<f64>) -> Options {
    threshold.map_or_else(Options::default, |threshold| Options::default().with_threshold(threshold))
}
