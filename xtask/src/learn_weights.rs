//! Learns `tables/matching/weights.tsv` from pairs of names that are one person's or two persons'.
//!
//! FOLDER holds `match_pairs.tsv`: `id1, id2, name1, name2, label, overlap, source`, from public
//! sanctions lists and library headings (docs/measurements.md). A logistic regression with bends
//! is fitted by Newton's method. Two cautions, both learned the hard way: pairs of the file all
//! share something, so random pairs of different persons are added, or the fit would learn that
//! sharing nothing speaks for a match; and positives that share next to nothing are assumed
//! names, which no spelling can tell, so they are left out.

#![allow(clippy::needless_range_loop, reason = "rows and columns of a matrix read best by their numbers")]

use crate::data::{self, Table};
use nasab::Prepared;
use nasab::matching::{MEASURES, evidence};
use std::fmt::Write as _;
use std::path::Path;

/// Random pairs of different persons beside the pairs of the file.
const RANDOM_PAIRS: usize = 12_000;
/// Positives that share less than this are assumed names.
const LEAST_OVERLAP: f64 = 0.3;
/// Ridge: keeps weights of measures that say the same from running apart.
const RIDGE: f64 = 2.0;
const FOLDS: u64 = 5;
/// Where a measure may bend: quantiles of its values.
const BENDS: [f64; 3] = [0.25, 0.5, 0.75];

struct Row {
    persons: [u64; 2],
    values: Vec<f64>,
    label: f64,
    /// Counts in the figures: a pair of the file that is no assumed name.
    judged: bool,
}

pub fn learn(folder: &Path) -> Result<(), String> {
    let rows = rows(folder)?;
    let knots = knots(&rows);
    let design: Vec<Vec<f64>> = rows.iter().map(|r| expand(&r.values, &knots)).collect();
    println!("{} pairs, {} columns", rows.len(), design.first().map_or(0, Vec::len));
    let mut judged: Vec<(f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let apart = |r: &Row| r.persons.iter().any(|p| p % FOLDS == fold);
        let train: Vec<usize> = (0..rows.len()).filter(|&i| !apart(&rows[i])).collect();
        let weights = fit(&design, &rows, &train);
        for (i, row) in rows.iter().enumerate().filter(|(_, r)| r.judged && r.persons[0] % FOLDS == fold) {
            judged.push((logistic(dot(&weights, &design[i])), row.label > 0.5));
        }
    }
    report(&mut judged);
    let all: Vec<usize> = (0..rows.len()).collect();
    std::fs::write("tables/matching/weights.tsv", table(&fit(&design, &rows, &all), &knots)).map_err(|e| e.to_string())
}

/// FNV-1a, so that the folds are the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let data = Table::read(&folder.join("match_pairs.tsv"))?;
    let (id1, id2, label) = (data.column("id1")?, data.column("id2")?, data.column("label")?);
    let (name1, name2, overlap) = (data.column("name1")?, data.column("name2")?, data.column("overlap")?);
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
        out.push(Row { persons, values: values(cell(name1), cell(name2)), label, judged: label < 0.5 || overlap >= 0.5 });
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
            out.push(Row { persons: [*p, *q], values: values(a, b), label: 0.0, judged: false });
        }
    }
    Ok(out)
}

fn values(a: &str, b: &str) -> Vec<f64> {
    evidence(&Prepared::new(a), &Prepared::new(b)).0.iter().map(|v| f64::from(*v)).collect()
}

fn knots(rows: &[Row]) -> Vec<Vec<f64>> {
    (0..MEASURES.len())
        .map(|m| {
            let mut all: Vec<f64> = rows.iter().filter(|r| r.judged).map(|r| r.values[m]).collect();
            all.sort_by(f64::total_cmp);
            let (low, high) = (all.first().copied().unwrap_or(0.0), all.last().copied().unwrap_or(0.0));
            let mut knots: Vec<f64> =
                BENDS.iter().map(|q| (all[(q * (all.len() - 1) as f64) as usize] * 1000.0).round() / 1000.0).collect();
            knots.dedup();
            knots.retain(|k| *k > low && *k < high);
            knots
        })
        .collect()
}

/// A one, each measure, and each measure past its bends.
fn expand(values: &[f64], knots: &[Vec<f64>]) -> Vec<f64> {
    let mut out = vec![1.0];
    for (value, knots) in values.iter().zip(knots) {
        out.push(*value);
        out.extend(knots.iter().map(|k| (value - k).max(0.0)));
    }
    out
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Newton's method with a ridge; the constant is free.
fn fit(design: &[Vec<f64>], rows: &[Row], train: &[usize]) -> Vec<f64> {
    let n = design[0].len();
    let mut weights = vec![0.0; n];
    for _ in 0..12 {
        let mut hessian = vec![vec![0.0; n]; n];
        let mut gradient = vec![0.0; n];
        for &i in train {
            let x = &design[i];
            let p = logistic(dot(&weights, x));
            let curve = (p * (1.0 - p)).max(1e-9);
            for j in 0..n {
                gradient[j] += (rows[i].label - p) * x[j];
                let scaled = curve * x[j];
                for k in 0..=j {
                    hessian[j][k] += scaled * x[k];
                }
            }
        }
        for j in 0..n {
            let ridge = if j == 0 { 1e-6 } else { RIDGE };
            gradient[j] -= ridge * weights[j];
            hessian[j][j] += ridge;
            for k in 0..j {
                hessian[k][j] = hessian[j][k];
            }
        }
        let step = solve(hessian, gradient);
        for (w, s) in weights.iter_mut().zip(&step) {
            *w += s;
        }
        if step.iter().all(|s| s.abs() < 1e-7) {
            break;
        }
    }
    weights
}

/// Gaussian elimination with pivots.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs())).unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..n {
            let factor = matrix[row][column] / matrix[column][column];
            if factor != 0.0 {
                for k in column..n {
                    matrix[row][k] -= factor * matrix[column][k];
                }
                right[row] -= factor * right[column];
            }
        }
    }
    for column in (0..n).rev() {
        let known: f64 = (column + 1..n).map(|k| matrix[column][k] * right[k]).sum();
        right[column] = (right[column] - known) / matrix[column][column];
    }
    right
}

/// Area under the curve, best F1, recall at 99 % precision and calibration, on persons not seen.
fn report(judged: &mut [(f64, bool)]) {
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
        "unseen persons, {FOLDS} folds: AUC {:.4}, best F1 {best:.4}, recall at 99 % precision {sure:.4}, calibration error {:.4}",
        area / (positives * negatives),
        error / judged.len() as f64
    );
}

fn table(weights: &[f64], knots: &[Vec<f64>]) -> String {
    let mut out = String::from(
        "# table: what each measure of a comparison adds to the log-odds of one person\n\
         # source: learned; rebuilt by `cargo xtask learn-weights FOLDER`\n\
         measure\tknot\tweight\n",
    );
    let mut next = weights.iter();
    let mut row = |name: &str, knot: &str| {
        let _ = writeln!(out, "{name}\t{knot}\t{:.4}", next.next().unwrap_or(&0.0));
    };
    row("constant", "");
    for (name, knots) in MEASURES.iter().zip(knots) {
        row(name, "");
        for knot in knots {
            row(name, &knot.to_string());
        }
    }
    out
}
