//! Learns `tables/context/weights.tsv`: which kinds of reading a word's place in a name speaks for.
//!
//! FOLDER holds `aco_names.tsv` (`arabic, alalc`), name headings of a library. Every word
//! of which the lexicon has the heading's reading and another one is a witness; a log-linear choice among
//! its readings is fitted, with few weights, drawn to nothing. Folds are by word, so that no word
//! stands on both sides.

use crate::data::{Table, cell};
use nasab::Scheme;
use nasab::lexicon::{KINDS, plain};
use nasab::name::context::choices;
use nasab::name::place::{PLACES, Place};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const FOLDS: u64 = 5;
const ROUNDS: usize = 1500;
const RATE: f64 = 0.5;
/// How strongly weights are drawn to nothing.
const DRAWN: f64 = 0.001;
/// Frequency classes.
const CLASSES: usize = 10;
/// Lacking words and all words of a class before any was counted.
const UNSEEN: (f64, f64) = (0.3, 10.0);
const ARTICLE: usize = PLACES.len();
const TRUST: usize = (PLACES.len() + 1) * KINDS.len();
const WEIGHTS: usize = TRUST + 1;

/// One word of a heading: its readings' features, and which of them the heading has.
struct Witness {
    word: String,
    readings: Vec<Vec<(usize, f64)>>,
    right: usize,
}

pub fn learn(folder: &Path) -> Result<(), String> {
    let (witnesses, unlisted) = witnesses(folder)?;
    println!("words that no row has, by frequency class: {unlisted:.4?}");
    let neutral = start();
    let all: Vec<&Witness> = witnesses.iter().collect();
    println!("{} words with more than one reading; right {:.3}, log loss {:.3}", all.len(), right(&all, &neutral), loss(&all, &neutral));
    let (mut sums, mut count) = ([0.0; 2], 0.0);
    for fold in 0..FOLDS {
        let held = |w: &&Witness| crc(&w.word) % FOLDS == fold;
        let (test, train): (Vec<&Witness>, Vec<&Witness>) = witnesses.iter().partition(held);
        let weights = fit(&train);
        let n = test.len() as f64;
        sums = [sums[0] + n * right(&test, &weights), sums[1] + n * loss(&test, &weights)];
        count += n;
    }
    println!("{FOLDS} folds by word: right {:.3}, log loss {:.3}", sums[0] / count, sums[1] / count);
    let weights = fit(&all);
    println!("learned from all: right {:.3}, log loss {:.3}", right(&all, &weights), loss(&all, &weights));
    let path = "tables/context/weights.tsv";
    std::fs::write(path, table(&weights, &unlisted)).map_err(|e| format!("{path}: {e}"))
}

/// Words with a choice, and by frequency class how often the heading's word is none of its rows.
fn witnesses(folder: &Path) -> Result<(Vec<Witness>, [f64; CLASSES]), String> {
    let headings = Table::read(&folder.join("aco_names.tsv"))?;
    let (arabic, latin) = (headings.column("arabic")?, headings.column("alalc")?);
    let scheme = Scheme::find("ala-lc").map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    let mut counts = [UNSEEN; CLASSES];
    for row in headings.rows() {
        let gold: Vec<String> = cell(&row, latin).split([' ', ',']).filter(|w| !w.is_empty()).map(folded).collect();
        let Ok(words) = choices(cell(&row, arabic), scheme) else { continue };
        if words.len() != gold.len() {
            continue;
        }
        for (choice, gold) in words.into_iter().zip(gold).filter_map(|(c, g)| Some((c?, g))) {
            let right = choice.readings.iter().position(|(text, ..)| folded(text) == gold);
            if choice.freq > 0.0 {
                let count = &mut counts[choice.freq.round() as usize];
                *count = (count.0 + f64::from(u8::from(right.is_none())), count.1 + 1.0);
            }
            if let Some(right) = right.filter(|_| choice.readings.len() > 1) {
                let features = |(_, share, kind): &(String, f64, Option<u8>)| features(choice.place, choice.article, *share, *kind);
                out.push(Witness { word: gold, readings: choice.readings.iter().map(features).collect(), right });
            }
        }
    }
    let mut unlisted = counts.map(|(lacking, all)| lacking / all);
    // A rarer class is never surer than the next: few words of it stand in headings.
    for class in (1..CLASSES).rev() {
        unlisted[class - 1] = f64::max(unlisted[class - 1], unlisted[class]);
    }
    Ok((out, unlisted))
}

/// A word of a heading without its article, case, and the variants of the signs.
fn folded(word: &str) -> String {
    let lower = word.to_lowercase();
    let stem = lower.strip_prefix("al-").unwrap_or(&lower);
    stem.chars()
        .map(|c| {
            if "ʻ‘`ʿ".contains(c) {
                'ʿ'
            } else if "ʼ’'ʾ".contains(c) {
                'ʾ'
            } else {
                c
            }
        })
        .collect()
}

fn features(place: Place, article: bool, share: f64, kind: Option<u8>) -> Vec<(usize, f64)> {
    let mut out = vec![(TRUST, share.max(1e-9).ln())];
    if let Some(kind) = kind.map(usize::from) {
        out.push((place as usize * KINDS.len() + kind, 1.0));
        if article {
            out.push((ARTICLE * KINDS.len() + kind, 1.0));
        }
    }
    out
}

fn start() -> Vec<f64> {
    let mut weights = vec![0.0; WEIGHTS];
    weights[TRUST] = 1.0;
    weights
}

/// The probability of each reading.
fn shares(witness: &Witness, weights: &[f64]) -> Vec<f64> {
    let scores: Vec<f64> = witness.readings.iter().map(|f| f.iter().map(|(at, v)| weights[*at] * v).sum()).collect();
    let top = scores.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = scores.iter().map(|s| (s - top).exp()).sum();
    scores.iter().map(|s| (s - top).exp() / sum).collect()
}

fn fit(witnesses: &[&Witness]) -> Vec<f64> {
    let neutral = start();
    let mut weights = neutral.clone();
    for _ in 0..ROUNDS {
        let mut gradient = vec![0.0; WEIGHTS];
        for witness in witnesses {
            for (reading, share) in shares(witness, &weights).into_iter().enumerate() {
                let error = f64::from(u8::from(reading == witness.right)) - share;
                for (at, value) in &witness.readings[reading] {
                    gradient[*at] += error * value / witnesses.len() as f64;
                }
            }
        }
        for at in 0..WEIGHTS {
            weights[at] += RATE * (gradient[at] - DRAWN * (weights[at] - neutral[at]));
        }
    }
    weights
}

fn right(witnesses: &[&Witness], weights: &[f64]) -> f64 {
    let good = witnesses.iter().filter(|w| {
        let shares = shares(w, weights);
        (0..shares.len()).all(|r| r == w.right || shares[r] < shares[w.right])
    });
    good.count() as f64 / witnesses.len().max(1) as f64
}

fn loss(witnesses: &[&Witness], weights: &[f64]) -> f64 {
    witnesses.iter().map(|w| -shares(w, weights)[w.right].max(1e-9).ln()).sum::<f64>() / witnesses.len().max(1) as f64
}

/// A number that stays the same for a word, its marks aside.
fn crc(word: &str) -> u64 {
    plain(word).bytes().fold(5381, |all: u64, b| all.wrapping_mul(33) ^ u64::from(b))
}

fn table(weights: &[f64], unlisted: &[f64]) -> String {
    let unlisted: Vec<String> = unlisted.iter().map(|share| format!("{share:.4}")).collect();
    let mut out = format!(
        "# table: which kinds of reading the place of a word in a name speaks for\n# trust: {:.2}\n# unlisted: {}\n\
         # source: learned; rebuilt by `cargo xtask learn-context FOLDER`\nplace\tkind\tweight\n",
        weights[TRUST],
        unlisted.join(" ")
    );
    let mut rows: BTreeMap<usize, (&str, &str)> = BTreeMap::new();
    for (place, name) in PLACES.iter().chain(std::iter::once(&"article")).enumerate() {
        for (kind, label) in KINDS.iter().enumerate() {
            rows.insert(place * KINDS.len() + kind, (name, label));
        }
    }
    for (at, (place, kind)) in rows {
        if weights[at].abs() >= 0.005 {
            let _ = writeln!(out, "{place}\t{kind}\t{:.2}", weights[at]);
        }
    }
    out
}
