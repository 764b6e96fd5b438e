//! How quickly a search among many names is built and answers.
//!
//! `cargo bench --bench search -- NAMES.csv QUERIES.tsv`: names as `cargo xtask generate` writes them (`id,name`), queries as
//! `cargo xtask plant` does (`query TAB id`). The segment is written to a file beside the names and mapped.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench is not the library")]

use nasab::Prepared;
use nasab::index::{Builder, Index, file};
use nasab::matching::probability;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

/// Names handed over at once.
const BATCH: usize = 16_384;
/// Names asked for of the index.
const MOST: usize = 80;
/// The right one should be among so many.
const TOP: usize = 20;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [names, queries] = files.as_slice() else {
        println!("give NAMES.csv and QUERIES.tsv");
        return;
    };
    let segment = Path::new(names).with_extension("segment");
    let mut ids: Vec<String> = vec![String::new()];
    let start = Instant::now();
    let mut builder = Builder::new();
    let mut batch: Vec<String> = Vec::new();
    let mut give = |batch: &mut Vec<String>, last: usize| {
        let numbered: Vec<(u64, &str)> = (1 + (last - batch.len()) as u64..).zip(batch.iter().map(String::as_str)).collect();
        builder.add(&numbered);
        batch.clear();
    };
    for line in BufReader::new(File::open(names).unwrap()).lines().skip(1) {
        let line = line.unwrap();
        let (id, name) = line.split_once(',').unwrap();
        ids.push(id.to_string());
        batch.push(name.trim_matches('"').to_string());
        if batch.len() == BATCH {
            give(&mut batch, ids.len() - 1);
        }
    }
    give(&mut batch, ids.len() - 1);
    let read = start.elapsed();
    file::save(builder, &segment).unwrap();
    let built = start.elapsed();
    let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = memory.lines().find(|line| line.starts_with("VmHWM")).map_or("", |line| line.trim_start_matches("VmHWM:")).trim();
    let mut index = Index::new();
    let start = Instant::now();
    index.push(file::map(&segment).unwrap()).unwrap();
    println!(
        "{} names: built in {:.1} s (read in {:.1}), {} MB on disk, at most {memory} of memory, opened in {:.3} s",
        index.len(),
        built.as_secs_f64(),
        read.as_secs_f64(),
        std::fs::metadata(&segment).unwrap().len() >> 20,
        start.elapsed().as_secs_f64()
    );
    let asks: Vec<(String, String)> = BufReader::new(File::open(queries).unwrap())
        .lines()
        .map(|line| line.unwrap())
        .filter_map(|line| line.split_once('\t').map(|(query, id)| (query.to_string(), id.to_string())))
        .collect();
    let (mut searched, mut linked) = (Vec::new(), Vec::new());
    let (mut among, mut top, mut first) = (0, 0, 0);
    for (query, id) in &asks {
        let start = Instant::now();
        let found = index.search(query, MOST);
        searched.push(start.elapsed());
        let prepared = Prepared::new(query);
        let mut judged: Vec<(f64, usize)> =
            found.iter().map(|found| (probability(&prepared, &Prepared::new(found.name)), found.number as usize)).collect();
        judged.sort_by(|a, b| b.0.total_cmp(&a.0));
        linked.push(start.elapsed());
        let at = judged.iter().position(|(_, number)| ids[*number] == *id);
        among += usize::from(at.is_some());
        top += usize::from(at.is_some_and(|at| at < TOP));
        first += usize::from(at == Some(0));
        if at.is_none() && std::env::var_os("SHOW").is_some() {
            println!("missed: {query} | {id}");
        }
    }
    let share = |count: usize| count as f64 / asks.len() as f64;
    println!(
        "{} queries: right one first {:.4}, in the top {TOP} {:.4}, among {MOST} {:.4}",
        asks.len(),
        share(first),
        share(top),
        share(among)
    );
    for (what, times) in [("search", &mut searched), ("search and judge", &mut linked)] {
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        let mean = times.iter().sum::<Duration>().as_secs_f64() * 1e3 / times.len() as f64;
        println!("  {what}: p50 {:.2} ms, p95 {:.2} ms, mean {mean:.2} ms, one thread", at(0.5), at(0.95));
    }
}
