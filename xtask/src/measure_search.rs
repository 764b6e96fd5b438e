//! How often the right person is among the candidates of a search.

use crate::data::{Table, cell};
use nasab::index::{Builder, Index};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// Prints for each kind of query how often its person is among so many candidates, and the time of a search.
pub fn print(folder: &Path) -> Result<(), String> {
    let registry = Table::read(&folder.join("link_registry.tsv"))?;
    let (entity, name) = (registry.column("entity_id")?, registry.column("name")?);
    let people: Vec<(&str, &str)> = registry.rows().map(|row| (cell(&row, entity), cell(&row, name))).collect();
    let names: Vec<(u64, &str)> = (1..).zip(people.iter().map(|(_, name)| *name)).collect();
    let mut builder = Builder::new();
    builder.add(&names);
    let mut segment = Vec::new();
    builder.finish(&mut segment).map_err(|e| e.to_string())?;
    let mut index = Index::new();
    index.push(segment).map_err(|e| e.to_string())?;
    let queries = Table::read(&folder.join("link_queries.tsv"))?;
    let columns = ["query", "entity_id", "accept", "overlap", "script"].map(|name| queries.column(name));
    let columns = columns.into_iter().collect::<Result<Vec<_>, _>>()?;
    const MOST: [usize; 5] = [1, 5, 20, 80, 200];
    let mut found: BTreeMap<String, (f64, [f64; 5])> = BTreeMap::new();
    let start = Instant::now();
    let mut count = 0;
    for row in queries.rows() {
        count += 1;
        let [query, id, accept, overlap, script] = [0, 1, 2, 3, 4].map(|at| columns.get(at).map_or("", |column| cell(&row, *column)));
        let right = |number: u64| {
            let found = people.get(number as usize - 1).map_or("", |(id, _)| id);
            found == id || accept.split('|').any(|other| other == found)
        };
        let at = index.search(query, MOST[4]).iter().position(|hit| right(hit.number));
        let near = overlap.parse::<f64>().is_ok_and(|overlap| overlap >= 0.5);
        if near && at.is_none_or(|at| at >= 80) && std::env::var_os("SHOW").is_some() {
            println!("{at:?} {query} | {:?}", people.iter().filter(|(own, _)| *own == id).collect::<Vec<_>>());
        }
        for kind in ["all", if near { "near" } else { "far" }, script] {
            let (count, share) = found.entry(kind.to_string()).or_default();
            *count += 1.0;
            for (most, share) in MOST.iter().zip(share) {
                *share += f64::from(u8::from(at.is_some_and(|at| at < *most)));
            }
        }
    }
    let each = start.elapsed().as_secs_f64() / f64::from(count);
    println!("search among {} names: right person among the first {MOST:?}; {:.0} us a query", people.len(), each * 1e6);
    for (kind, (count, share)) in found {
        println!("  {kind:8} {count:5} {}", share.map(|share| format!("{:.3}", share / count)).join(" "));
    }
    Ok(())
}
