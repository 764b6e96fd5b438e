//! Search among many names, by nasab and by what else one would take, in one run on the same names and queries.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml -- NAMES.csv QUERIES.tsv [QUERIES FOR THE SLOW]`, with files
//! as `cargo xtask generate` and `cargo xtask plant` write them. A query counts as found when its person is among the first
//! twenty. One thread asks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench is not the library")]

use nasab::index::{Builder, Index};
use std::time::{Duration, Instant};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query};
use tantivy::schema::{FAST, Schema, TEXT};
use tantivy::{Index as Tantivy, IndexWriter, TantivyDocument, Term};

const TOP: usize = 20;

struct Data {
    ids: Vec<String>,
    names: Vec<String>,
    /// Query, id, and whether both names are in one script.
    asks: Vec<(String, String, bool)>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [names, queries, rest @ ..] = arguments.as_slice() else {
        println!("give NAMES.csv and QUERIES.tsv");
        return;
    };
    let slow: usize = rest.first().and_then(|count| count.parse().ok()).unwrap_or(100);
    let data = read(names, queries);
    println!("{} names, {} queries", data.names.len(), data.asks.len());
    println!("peer                      found  same script  p50 ms   p95 ms   built s  queries");
    nasab(&data);
    tantivy(&data);
    ratio(&data, slow);
}

fn read(names: &str, queries: &str) -> Data {
    let rows = csv::Reader::from_path(names).unwrap().into_records();
    let (ids, names): (Vec<String>, Vec<String>) = rows.map(|row| row.unwrap()).map(|row| (row[0].to_string(), row[1].to_string())).unzip();
    let of: std::collections::HashMap<&str, &str> = ids.iter().map(String::as_str).zip(names.iter().map(String::as_str)).collect();
    let arabic = |text: &str| text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    let text = std::fs::read_to_string(queries).unwrap();
    let ask = |(query, id): (&str, &str)| (query.to_string(), id.to_string(), arabic(query) == arabic(of[id]));
    let asks = text.lines().filter_map(|line| line.split_once('\t')).map(ask).collect();
    Data { ids, names, asks }
}

fn told(peer: &str, built: Duration, data: &Data, count: usize, mut search: impl FnMut(&str) -> Vec<usize>) {
    let (mut found, mut same, mut of_same) = (0, 0, 0);
    let mut times: Vec<Duration> = Vec::new();
    // Spread over all, which have made spellings before true pairs.
    for (query, id, script) in data.asks.iter().step_by(data.asks.len() / count).take(count) {
        let start = Instant::now();
        let hits = search(query);
        times.push(start.elapsed());
        let right = hits.iter().take(TOP).any(|at| data.ids[*at] == *id);
        found += usize::from(right);
        of_same += usize::from(*script);
        same += usize::from(right && *script);
    }
    times.sort();
    let at = |share: f64| times[((count - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{peer:24}  {:.4} {:.4}       {:8.2} {:8.2} {:8.1}  {count}",
        found as f64 / count as f64,
        same as f64 / of_same.max(1) as f64,
        at(0.5),
        at(0.95),
        built.as_secs_f64()
    );
}

fn nasab(data: &Data) {
    let start = Instant::now();
    let mut builder = Builder::new();
    let numbered: Vec<(u64, &str)> = (1..).zip(data.names.iter().map(String::as_str)).collect();
    numbered.chunks(1 << 14).for_each(|part| builder.add(part));
    let mut segment = Vec::new();
    builder.finish(&mut segment).unwrap();
    let mut index = Index::new();
    index.push(segment).unwrap();
    let built = start.elapsed();
    told("nasab, search alone", built, data, data.asks.len(), |query| {
        index.search(query, TOP).iter().map(|found| found.number as usize - 1).collect()
    });
}

fn tantivy(data: &Data) {
    let start = Instant::now();
    let mut schema = Schema::builder();
    let (name, place) = (schema.add_text_field("name", TEXT), schema.add_u64_field("place", FAST));
    let index = Tantivy::create_in_ram(schema.build());
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 400 << 20).unwrap();
    for (at, text) in (0..).zip(&data.names) {
        let mut document = TantivyDocument::new();
        document.add_text(name, text);
        document.add_u64(place, at);
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    let built = start.elapsed();
    let mut tokens = index.tokenizers().get("default").unwrap();
    let columns: Vec<_> = searcher.segment_readers().iter().map(|part| part.fast_fields().u64("place").unwrap()).collect();
    told("tantivy, one edit a token", built, data, data.asks.len(), |query| {
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        tokens.token_stream(query).process(&mut |token| {
            let term = Term::from_field_text(name, &token.text);
            parts.push((Occur::Should, Box::new(FuzzyTermQuery::new(term, 1, true))));
        });
        let hits = searcher.search(&BooleanQuery::new(parts), &TopDocs::with_limit(TOP)).unwrap();
        hits.iter().filter_map(|(_, at)| columns[at.segment_ord as usize].first(at.doc_id)).map(|place| place as usize).collect()
    });
}

fn ratio(data: &Data, count: usize) {
    let start = Instant::now();
    let letters: Vec<Vec<char>> = data.names.iter().map(|name| name.to_lowercase().chars().collect()).collect();
    let built = start.elapsed();
    told("rapidfuzz ratio, all", built, data, count.min(data.asks.len()), |query| {
        let query: Vec<char> = query.to_lowercase().chars().collect();
        let scorer = rapidfuzz::fuzz::RatioBatchComparator::new(query.iter().copied());
        let mut all: Vec<(f64, usize)> = letters.iter().enumerate().map(|(at, name)| (scorer.similarity(name.iter().copied()), at)).collect();
        all.select_nth_unstable_by(TOP, |a, b| b.0.total_cmp(&a.0));
        all.truncate(TOP);
        all.into_iter().map(|(_, at)| at).collect()
    });
}
