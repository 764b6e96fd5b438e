//! Groups of one person: of a column, and the steps of it for tables that are larger than one machine.
//!
//! The steps are those of the library, cut where a table is dealt out: the keys of each name, the pairs of a stretch of a table that is
//! sorted by key, and the groups of names among which no pair leads out.

use crate::column::{Column, arrow};
use crate::fail::fail_at;
use crate::names::{each, lengths, settled};
use crate::nested::{lists, records, texts};
use crate::texts::{Kind, Texts};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{ArrayRef, ArrowPrimitiveType, Float64Array, Int64Array};
use arrow_cast::cast;
use nasab::cluster::{Constraints, Edge, Item, List, NEXT, Options};
use nasab::{Error, Prepared, matching};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The group of each name.
#[pyfunction]
#[pyo3(signature = (column, threshold, same, apart, lenient, name = None))]
pub fn cluster(
    py: Python<'_>,
    column: AnyArray,
    threshold: Option<f64>,
    same: Vec<(usize, usize)>,
    apart: Vec<(usize, usize)>,
    lenient: bool,
    name: Option<String>,
) -> PyResult<Column> {
    let column = Texts::take(column, name)?;
    let items = settled(&column, each(py, &column, Item::new), lenient)?;
    let (rows, items): (Vec<usize>, Vec<Item>) = items.into_iter().enumerate().filter_map(|(row, item)| Some((row, item?))).unzip();
    let place = |row: usize| rows.binary_search(&row).ok();
    let pairs = |pairs: Vec<(usize, usize)>| pairs.into_iter().filter_map(|(a, b)| Some((place(a)?, place(b)?))).collect();
    let constraints = Constraints { same: pairs(same), apart: pairs(apart), known: Vec::new() };
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

fn options(threshold: Option<f64>) -> Options {
    threshold.map_or_else(Options::default, |threshold| Options::default().with_threshold(threshold))
}

/// The blocking keys of each name as numbers.
#[pyfunction]
#[pyo3(signature = (column, name = None))]
pub fn block_keys(py: Python<'_>, column: AnyArray, name: Option<String>) -> PyResult<Column> {
    let column = Texts::take(column, name)?;
    let keys = |text: &str| Item::new(text).map(|item| item.block_keys());
    let answers = settled(&column, each(py, &column, keys), true)?;
    // The bits of the number, since many engines have no unsigned ones.
    let values: Int64Array = answers.iter().flatten().flatten().map(|key| Some(key.cast_signed())).collect();
    Ok(Column::new(lists(&lengths(&answers), Arc::new(values))?))
}

/// The numbers of a column without nulls.
fn numbers<T: ArrowPrimitiveType>(column: AnyArray) -> PyResult<Vec<T::Native>> {
    let mut all = Vec::new();
    for chunk in column.into_reader()? {
        let chunk = cast(&chunk.map_err(arrow)?, &T::DATA_TYPE).map_err(arrow)?;
        all.extend(chunk.as_primitive::<T>().values());
    }
    Ok(all)
}

/// The likely pairs of a stretch of rows that are sorted by key and node. The first `own` rows meet those of their key
/// behind them, of a large key the next alone.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
pub fn meet(
    py: Python<'_>,
    keys: AnyArray,
    nodes: AnyArray,
    large: AnyArray,
    names: AnyArray,
    own: usize,
    threshold: f64,
    most: usize,
) -> PyResult<Column> {
    let names = Texts::take(names, Some("name".to_string()))?;
    let texts = names.rows();
    let (keys, nodes, large) = (numbers::<Int64Type>(keys)?, numbers::<Int64Type>(nodes)?, numbers::<Int64Type>(large)?);
    let found = py.detach(|| {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut seen: HashMap<i64, usize> = HashMap::new();
        // Every node by the first of its rows, so that its name is prepared once.
        let first: Vec<usize> = nodes.iter().enumerate().map(|(row, node)| *seen.entry(*node).or_insert(row)).collect();
        for (row, key) in keys.iter().enumerate().take(own) {
            let most = if large.get(row).is_some_and(|large| *large > 0) { NEXT } else { most };
            let behind = keys.iter().zip(&first).skip(row + 1).take(most).take_while(|(other, _)| *other == key);
            let Some(one) = first.get(row) else { continue };
            pairs.extend(behind.map(|(_, two)| (*one, *two)));
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        let prepare = |(row, text): (usize, &Option<&str>)| (first.get(row) == Some(&row)).then(|| text.map(Prepared::new)).flatten();
        let prepared: Vec<Option<Prepared>> = texts.par_iter().enumerate().map(prepare).collect();
        let score = |(a, b): &(usize, usize)| {
            let (one, two) = (prepared.get(*a)?.as_ref()?, prepared.get(*b)?.as_ref()?);
            let (left, right) = (*nodes.get(*a)?, *nodes.get(*b)?);
            let (left, right) = (left.min(right), left.max(right));
            let found = matching::probability(one, two);
            (found > 0.0 && found >= threshold).then_some((left, right, found))
        };
        pairs.par_iter().filter_map(score).collect::<Vec<_>>()
    });
    let whole = |of: &dyn Fn(&(i64, i64, f64)) -> i64| Arc::new(found.iter().map(of).collect::<Int64Array>()) as ArrayRef;
    let probability = Arc::new(found.iter().map(|pair| pair.2).collect::<Float64Array>()) as ArrayRef;
    let fields = vec![("left", whole(&|pair| pair.0)), ("right", whole(&|pair| pair.1)), ("probability", probability)];
    Ok(Column::new(records::<()>(fields, None)?))
}

/// The group of each node, from all likely pairs among them; no pair leads out of them.
#[pyfunction]
#[pyo3(signature = (nodes, names, edges, same, apart, threshold = None))]
pub fn groups(
    py: Python<'_>,
    nodes: AnyArray,
    names: AnyArray,
    edges: (AnyArray, AnyArray, AnyArray),
    same: Vec<(i64, i64)>,
    apart: Vec<(i64, i64)>,
    threshold: Option<f64>,
) -> PyResult<Column> {
    let names = Texts::take(names, Some("name".to_string()))?;
    let nodes = numbers::<Int64Type>(nodes)?;
    let (left, right, probability) = (numbers::<Int64Type>(edges.0)?, numbers::<Int64Type>(edges.1)?, numbers::<Float64Type>(edges.2)?);
    let options = options(threshold);
    let mut items = Vec::with_capacity(nodes.len());
    for (row, item) in each(py, &names, Item::new).into_iter().enumerate() {
        match item {
            Some(Ok(item)) => items.push(item),
            Some(Err(error)) => return Err(fail_at(&error, names.at(row))),
            None => return Err(fail_at(&Error::new("no name"), names.at(row))),
        }
    }
    let ids = py.detach(|| {
        let place: HashMap<i64, usize> = nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
        let pairs = |pairs: &[(i64, i64)]| pairs.iter().filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?))).collect();
        let constraints = Constraints { same: pairs(&same), apart: pairs(&apart), known: Vec::new() };
        let list = List::unkeyed(items, &constraints);
        let mut node_at = vec![0; nodes.len()];
        for node in 0..list.len() {
            for place in list.places(node) {
                if let Some(own) = node_at.get_mut(*place) {
                    *own = node;
                }
            }
        }
        let number = |node: &i64| place.get(node).and_then(|place| node_at.get(*place)).copied();
        let edge = |((left, right), probability): ((&i64, &i64), &f64)| {
            let (a, b) = (number(left)?, number(right)?);
            Some(Edge { left: a.min(b), right: a.max(b), probability: *probability })
        };
        let edges = left.iter().zip(&right).zip(&probability).filter_map(edge).collect();
        let mut ids: Vec<Option<String>> = vec![None; nodes.len()];
        for group in list.groups(edges, &options) {
            for place in group.members {
                if let Some(id) = ids.get_mut(place) {
                    *id = Some(group.id.clone());
                }
            }
        }
        ids
    });
    Ok(Column::new(texts(&ids, Kind::Small)))
}
