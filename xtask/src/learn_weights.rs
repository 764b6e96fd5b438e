//! Learns `tables/matching/trees.tsv` from pairs of names that are one person's or two persons'.
//!
//! FOLDER holds `match_pairs.tsv`: `id1, id2, name1, name2, label, overlap, source`, from public
//! sanctions lists and library headings (docs/measurements.md). Boosted trees
//! (`boost.rs`) are fitted. Two cautions, both learned the hard way: pairs of the file all
//! share something, so random pairs of different persons are added, or the fit would learn that
//! sharing nothing speaks for a match; and positives that share next to nothing are assumed
//! names, which no spelling can tell, so they are left out.

use crate::boost::{self, Forest};
use crate::data::{self, Table};
use nasab::Prepared;
use nasab::matching::{MEASURES, evidence};
use std::fmt::Write as _;
use std::path::Path;

/// Random pairs of different persons beside the pairs of the file.
const RANDOM_PAIRS: usize = 12_000;
/// Positives that share less than this are assumed names.
const LEAST_OVERLAP: f64 = 0.3;
/// Twice as many gained .0005 of AUC on unseen persons.
const TREES: usize = 240;
const FOLDS: u64 = 5;

struct Row {
    persons: [u64; 2],
    values: Vec<f64>,
    label: f64,
    /// Counts in the figures: a pair of the file that is no assumed name.
    judged: bool,
    /// It stands on a sanctions list.
    list: bool,
}

pub fn learn(folder: &Path) -> Result<(), String> {
    let rows = rows(folder)?;
    println!("{} pairs, {} measures", rows.len(), MEASURES.len());
    let fit = |train: &[usize]| {
        let values: Vec<&[f64]> = train.iter().map(|&i| rows[i].values.as_slice()).collect();
        let labels: Vec<f64> = train.iter().map(|&i| rows[i].label).collect();
        boost::fit(&values, &labels, &vec![1.0; train.len()], TREES)
    };
    let mut judged: Vec<(f64, bool)> = Vec::new();
    let mut lists: Vec<(f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let apart = |r: &Row| r.persons.iter().any(|p| p % FOLDS == fold);
        let train: Vec<usize> = (0..rows.len()).filter(|&i| !apart(&rows[i])).collect();
        let forest = fit(&train);
        for row in rows.iter().filter(|r| r.judged && r.persons[0] % FOLDS == fold) {
            let one = (logistic(forest.log_odds(&row.values)), row.label > 0.5);
            judged.push(one);
            if row.list {
                lists.push(one);
            }
        }
    }
    report("all", &mut judged);
    report("lists", &mut lists);
    let all: Vec<usize> = (0..rows.len()).collect();
    std::fs::write("tables/matching/trees.tsv", table(&fit(&all))).map_err(|e| e.to_string())
}

/// FNV-1a, so that the folds are the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let data = Table::read(&folder.join("match_pairs.tsv"))?;
    let (id1, id2, label) = (data.column("id1")?, data.column("id2")?, data.column("label")?);
    let (name1, name2, overlap) = (data.column("name1")?, data.column("name2")?, data.column("overlap")?);
    let source = data.column("source")?;
    let person = |id: &str| hash(data::person(id));
    let mut out = Vec::new();
    let mut names: Vec<(u64, String)> = Vec::new();
    for row in data.rows() {
        let cell = |column: usize| data::cell(&row, column);
        let label = if cell(label) == "1" { 1.0 } else { 0.0 };
        let overlap: f64 = cell(overlap).parse().unwrap_or(0.0);
        let persons = [person(cell(id1)), person(cell(id2))];
        names.push((persons[0], cell(name1).to_string()));
        names.push((persons[1], cell(name2).to_string()));
        if label > 0.5 && overlap < LEAST_OVERLAP {
            continue;
        }
        out.push(Row {
            persons,
            values: values(cell(name1), cell(name2)),
            label,
            judged: label < 0.5 || overlap >= 0.5,
            list: cell(source) != "aco",
        });
    }
    names.sort();
    names.dedup();
    let mut seed = 7u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % names.len()
    };
    for _ in 0..RANDOM_PAIRS {
        let ((p, a), (q, b)) = (&names[draw()], &names[draw()]);
        if p != q {
            out.push(Row { persons: [*p, *q], values: values(a, b), label: 0.0, judged: false, list: false });
        }
    }
    Ok(out)
}

fn values(a: &str, b: &str) -> Vec<f64> {
    evidence(&Prepared::new(a), &Prepared::new(b)).0.iter().map(|v| f64::from(*v)).collect()
}

fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Area under the curve, best F1, recall at 99 % precision and calibration, on persons not seen.
fn report(what: &str, judged: &mut [(f64, bool)]) {
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = judged.iter().filter(|(_, y)| *y).count() as f64;
    let negatives = judged.len() as f64 - positives;
    let (mut tp, mut fp, mut area, mut best, mut sure) = (0.0, 0.0, 0.0, 0.0f64, 0.0f64);
    for (_, yes) in judged.iter() {
        if *yes {
            tp += 1.0;
        } else {
            fp += 1.0;
            area += tp;
        }
        best = best.max(2.0 * tp / (tp + fp + positives));
        if tp / (tp + fp) >= 0.99 {
            sure = tp / positives;
        }
    }
    let error: f64 = (0..10)
        .map(|bin| {
            judged.iter().filter(|(p, _)| (p * 10.0).min(9.0) as usize == bin).map(|(p, y)| p - f64::from(u8::from(*y))).sum::<f64>().abs()
        })
        .sum();
    println!(
        "{what}: unseen persons, {FOLDS} folds: AUC {:.4}, best F1 {best:.4}, recall at 99 % precision {sure:.4}, calibration error {:.4}",
        area / (positives * negatives),
        error / judged.len() as f64
    );
}

fn table(forest: &Forest) -> String {
    let mut out = format!(
        "# table: small trees that ask for measures of a comparison, and the log-odds of one person at each node\n\
         # source: learned; rebuilt by `cargo xtask learn-weights FOLDER`\n\
         # constant: {:.4}\n\
         tree\tnode\tmeasure\tthreshold\tvalue\n",
        forest.constant
    );
    for (number, tree) in forest.trees.iter().enumerate() {
        let mut open = vec![1];
        while let Some(at) = open.pop() {
            let node = &tree[at];
            let (measure, threshold) = match node.measure {
                Some(measure) => (MEASURES[measure], format!("{:.4}", node.threshold)),
                None => ("", String::new()),
            };
            let _ = writeln!(out, "{number}\t{at}\t{measure}\t{threshold}\t{:.4}", node.value);
            if node.measure.is_some() {
                open.extend([2 * at + 1, 2 * at]);
            }
        }
    }
    out
}
