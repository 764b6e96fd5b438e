//! How quickly a search among many names is built and answers.
//!
//! `cargo bench --bench search -- NAMES.csv QUERIES.tsv`: names as `cargo xtask generate` writes them, queries as
//! `cargo xtask plant` does (`query TAB id`). The segment is written to a file beside the names and mapped.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench is not the library")]

use nasab::index::{Builder, Index, file};
use nasab::link::{Bearer, Bearers, link};
use nasab::{Error, Facts, LinkOptions, Prepared};
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

/// The names in memory, so that the record is not measured.
struct Names {
    index: Index,
    all: Vec<(String, String)>,
}

impl Bearers for Names {
    fn index(&self) -> &Index {
        &self.index
    }

    fn bearer(&self, number: u64) -> Result<Option<Bearer>, Error> {
        let (id, name) = self.all[number as usize - 1].clone();
        Ok(Some(Bearer { id, name }))
    }

    fn facts(&self, _: &str) -> Result<Facts, Error> {
        Ok(Facts::default())
    }

    fn decided(&self, _: &str) -> Result<Vec<(Bearer, bool)>, Error> {
        Ok(Vec::new())
    }
}

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [names, queries] = files.as_slice() else {
        println!("give NAMES.csv and QUERIES.tsv");
        return;
    };
    let segment = Path::new(names).with_extension("segment");
    let start = Instant::now();
    let mut builder = Builder::new();
    let mut batch: Vec<String> = Vec::new();
    let mut last = 0;
    let mut give = |batch: &mut Vec<String>| {
        let numbered: Vec<(u64, &str)> = (last + 1..).zip(batch.iter().map(String::as_str)).collect();
        last += batch.len() as u64;
        builder.add(&numbered);
        batch.clear();
    };
    let mut rows = csv::Reader::from_path(names).unwrap();
    let mut row = csv::StringRecord::new();
    while rows.read_record(&mut row).unwrap() {
        batch.push(row[1].to_string());
        if batch.len() == BATCH {
            give(&mut batch);
        }
    }
    give(&mut batch);
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
    let record = |row: Result<csv::StringRecord, csv::Error>| row.map(|row| (row[0].to_string(), row[1].to_string())).unwrap();
    let names = Names { index, all: csv::Reader::from_path(names).unwrap().into_records().map(record).collect() };
    let mut options = LinkOptions::default();
    options.top = TOP;
    let (mut searched, mut linked) = (Vec::new(), Vec::new());
    let (mut among, mut first) = (0, 0);
    // Queries found in the top, and all of their kind: made spellings, true pairs, those of both that the matcher calls one person.
    let mut kinds = [(0, 0); 3];
    let known: std::collections::HashMap<&str, &str> = names.all.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    for (query, id) in &asks {
        let start = Instant::now();
        let linkage = link(&names, &query.as_str().into(), &options).unwrap();
        linked.push(start.elapsed());
        let at = linkage.matches.iter().position(|found| found.id == *id);
        let alike = nasab::compare(&Prepared::new(query), &Prepared::new(known[id.as_str()])).probability >= 0.5;
        for kind in [Some(usize::from(id.starts_with('a'))), alike.then_some(2)].into_iter().flatten() {
            kinds[kind].0 += usize::from(at.is_some());
            kinds[kind].1 += 1;
        }
        first += usize::from(at == Some(0));
        if at.is_none() && std::env::var_os("SHOW").is_some() {
            println!("missed: {query} | {id}");
        }
    }
    // By an index that was not asked before: it keeps what words were heard as.
    let mut index = Index::new();
    index.push(file::map(&segment).unwrap()).unwrap();
    for (query, id) in &asks {
        let start = Instant::now();
        let found = index.search(query, MOST);
        searched.push(start.elapsed());
        among += usize::from(found.iter().any(|found| names.all[found.number as usize - 1].0 == *id));
    }
    let share = |count: usize| count as f64 / asks.len() as f64;
    println!(
        "{} queries: right one first {:.4}, in the top {TOP} {:.4}, among {MOST} {:.4}",
        asks.len(),
        share(first),
        share(kinds[0].0 + kinds[1].0),
        share(among)
    );
    let [made, pairs, alike] = kinds.map(|(found, all): (usize, usize)| format!("{:.4} of {all}", found as f64 / all.max(1) as f64));
    println!("  in the top {TOP}: made spellings {made}, true pairs {pairs}, those that the matcher calls one person {alike}");
    for (what, times) in [("search", &mut searched), ("link", &mut linked)] {
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        let mean = times.iter().sum::<Duration>().as_secs_f64() * 1e3 / times.len() as f64;
        println!("  {what}: p50 {:.2} ms, p95 {:.2} ms, mean {mean:.2} ms, one thread", at(0.5), at(0.95));
    }
}
