//! A prepared pair beside `rapidfuzz::fuzz::ratio`, on the same names in the same run.
//!
//! `cargo bench --bench matching`. The names are those of `tests/data/relatives.tsv`: pairs that
//! share much, which cost the matcher more than pairs drawn at random.

#![allow(missing_docs, clippy::indexing_slicing, reason = "a bench is not the library")]

use nasab::Prepared;
use nasab::matching::probability;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 30;

fn main() {
    let table = include_str!("../tests/data/relatives.tsv");
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    };
    let kin: Vec<(&str, &str)> = table.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(row).collect();
    let strangers: Vec<(&str, &str)> = (0..kin.len()).map(|i| (kin[i].0, kin[(i + kin.len() / 2) % kin.len()].1)).collect();
    for (what, pairs) in [("relatives", &kin), ("strangers", &strangers)] {
        let prepared: Vec<(Prepared, Prepared)> = pairs.iter().map(|(a, b)| (Prepared::new(a), Prepared::new(b))).collect();
        let letters: Vec<(Vec<char>, Vec<char>)> = pairs.iter().map(|(a, b)| (a.chars().collect(), b.chars().collect())).collect();
        let (mut own, mut peer) = (Duration::MAX, Duration::MAX);
        // In turns, the best of each: what else the machine does hits both.
        for _ in 0..ROUNDS {
            own = own.min(timed(|| prepared.iter().map(|(a, b)| probability(black_box(a), black_box(b))).sum()));
            peer = peer.min(timed(|| {
                letters.iter().map(|(a, b)| rapidfuzz::fuzz::ratio(black_box(a).iter().copied(), black_box(b).iter().copied())).sum()
            }));
        }
        let each = |all: Duration| all.as_nanos() as f64 / pairs.len() as f64;
        println!(
            "{what}, {} pairs: nasab {:.0} ns, ratio {:.0} ns: {:.2} times",
            pairs.len(),
            each(own),
            each(peer),
            each(own) / each(peer)
        );
    }
}

fn timed(run: impl FnOnce() -> f64) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}
