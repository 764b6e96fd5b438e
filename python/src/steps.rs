//! The steps of grouping, for tables that are larger than one machine.
//!
//! They are those of the library, cut where a table is dealt out: the keys of each name, the pairs of a stretch of a table that is
//! sorted by key, and the groups of names among which no pair leads out. How many names of a key meet is the library's to say.

use crate::column::{Column, arrow};
use crate::fail::fail_at;
use crate::grouping::options;
use crate::names::{each, lengths, settled};
use crate::nested::{lists, records, texts};
use crate::texts::{Kind, Texts};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{ArrayRef, ArrowPrimitiveType, Float64Array, Int64Array};
use arrow_cast::cast;
use nasab::Error;
use nasab::cluster::{Constraints, Edge, Item, LARGEST, List, NEXT};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The blocking keys of each name as numbers.
#[pyfunction]
#[pyo3(signature = (column, name = None))]
pub fn block_keys(py: Python<'_>, column: AnyArray, name: Option<String>) -> PyResult<Column> {
    let column = Texts::take(column, name)?;
    let answers = settled(&column, each(py, &column, |text| Item::new(text).map(|item| keys_of(&item))), true)?;
    let values: Int64Array = answers.iter().flatten().flatten().copied().map(Some).collect();
    Ok(Column::new(lists(&lengths(&answers), Arc::new(values))?))
}

/// The bits of the library's keys, since many engines have no unsigned numbers; sorted as such.
fn keys_of(item: &Item) -> Vec<i64> {
    let mut keys: Vec<i64> = item.block_keys().into_iter().map(u64::cast_signed).collect();
    keys.sort_unstable();
    keys
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

/// A row of a stretch: a name under one of its keys.
struct Row {
    key: i64,
    node: i64,
    /// The first row of the same node, which has its name prepared.
    first: usize,
}

/// The likely pairs of a stretch of rows that are sorted by key and node. The first `own` rows meet those of their key
/// behind them, of the keys in `large` the next alone.
///
/// Names of one person share many keys. Where such a pair has a key that is not large, it is scored under the least of these and
/// nowhere else.
#[pyfunction]
pub fn meet(
    py: Python<'_>,
    keys: AnyArray,
    nodes: AnyArray,
    names: AnyArray,
    large: AnyArray,
    own: usize,
    threshold: f64,
) -> PyResult<Column> {
    let names = Texts::take(names, Some("name".to_string()))?;
    let texts = names.rows();
    let (keys, nodes) = (numbers::<Int64Type>(keys)?, numbers::<Int64Type>(nodes)?);
    let large: HashSet<i64> = numbers::<Int64Type>(large)?.into_iter().collect();
    let found = py.detach(|| {
        let mut seen: HashMap<i64, usize> = HashMap::new();
        let row = |(place, (key, node)): (usize, (&i64, &i64))| Row { key: *key, node: *node, first: *seen.entry(*node).or_insert(place) };
        let rows: Vec<Row> = keys.iter().zip(&nodes).enumerate().map(row).collect();
        pairs(&rows, &texts, &large, own, threshold)
    });
    let whole = |of: &dyn Fn(&(i64, i64, f64)) -> i64| Arc::new(found.iter().map(of).collect::<Int64Array>()) as ArrayRef;
    let probability = Arc::new(found.iter().map(|pair| pair.2).collect::<Float64Array>()) as ArrayRef;
    let fields = vec![("left", whole(&|pair| pair.0)), ("right", whole(&|pair| pair.1)), ("probability", probability)];
    Ok(Column::new(records::<()>(fields, None)?))
}

fn pairs(rows: &[Row], texts: &[Option<&str>], large: &HashSet<i64>, own: usize, threshold: f64) -> Vec<(i64, i64, f64)> {
    let only_first = |(place, row): (usize, &Row)| (row.first == place).then(|| texts.get(place).copied().flatten()).flatten();
    let prepare = |text: &str| {
        let item = Item::new(text).ok()?;
        let small: Vec<i64> = keys_of(&item).into_iter().filter(|key| !large.contains(key)).collect();
        Some((item, small))
    };
    let prepared: Vec<Option<(Item, Vec<i64>)>> = rows.par_iter().enumerate().map(|at| only_first(at).and_then(prepare)).collect();
    let behind = |(place, row): (usize, &Row)| {
        let most = if large.contains(&row.key) { NEXT } else { LARGEST };
        let others = rows.iter().skip(place + 1).take(most).take_while(|other| other.key == row.key);
        let one = prepared.get(row.first).and_then(Option::as_ref);
        let score = |other: &Row| {
            let (one, two) = (one?, prepared.get(other.first)?.as_ref()?);
            if least_common(&one.1, &two.1).is_some_and(|least| least != row.key) {
                return None;
            }
            let found = one.0.probability(&two.0);
            (found > 0.0 && found >= threshold).then_some((row.node.min(other.node), row.node.max(other.node), found))
        };
        others.filter_map(score).collect::<Vec<_>>()
    };
    let mut found: Vec<(i64, i64, f64)> = rows.par_iter().take(own).enumerate().flat_map_iter(behind).collect();
    found.sort_unstable_by_key(|pair| (pair.0, pair.1));
    found.dedup();
    found
}

/// The least number that both have; both are sorted.
fn least_common(one: &[i64], two: &[i64]) -> Option<i64> {
    let (mut one, mut two) = (one.iter().peekable(), two.iter().peekable());
    while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(one.next()),
            std::cmp::Ordering::Greater => drop(two.next()),
            std::cmp::Ordering::Equal => return Some(**a),
        }
    }
    None
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
