//! Learns `tables/matching/trees.tsv` from pairs of names that are one person's or two persons'.
//!
//! FOLDER holds `match_pairs.tsv`: `id1, id2, name1, name2, label, overlap, source`, and `sanctions_people.tsv`:
//! `entity_id, name_id`, from public sanctions lists and library headings (docs/measurements.md). Boosted trees
//! (`boost.rs`) are fitted. Three cautions: pairs of the file all share something, so random pairs of different persons
//! are added, or the fit would learn that sharing nothing speaks for a match; positives that share next to nothing
//! are assumed names, which no spelling can tell, so they are left out; and relatives, whom the file hardly has, are
//! made (`relatives.rs`).

use crate::boost::{self, Forest};
use crate::data::{self, Table};
use crate::draw::{Draw, hash};
use crate::relatives::Givens;
use nasab::Prepared;
use nasab::matching::{MEASURES, evidence};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

/// Random pairs of different persons beside the pairs of the file.
const RANDOM_PAIRS: usize = 12_000;
/// Positives that share less than this are assumed names.
const LEAST_OVERLAP: f64 = 0.3;
/// A made pair counts for so much beside one of the file; with more, more true pairs of lists are lost.
const MADE: f64 = 0.12;
/// 150, each believed more, lose .0007 of AUC on unseen persons; 400, each believed less, gain .0002.
const TREES: usize = 240;
const FOLDS: u64 = 5;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Of the file, and judged.
    Pair {
        list: bool,
        across: bool,
    },
    /// Of the file: an assumed name.
    Assumed,
    Random,
    Relative,
}

struct Row {
    persons: [u64; 2],
    values: Vec<f64>,
    label: f64,
    kind: Kind,
}

pub fn learn(folder: &Path) -> Result<(), String> {
    let rows = rows(folder)?;
    println!("{} pairs, {} measures", rows.len(), MEASURES.len());
    let fit = |train: &[usize]| {
        let values: Vec<&[f64]> = train.iter().map(|&i| rows[i].values.as_slice()).collect();
        let labels: Vec<f64> = train.iter().map(|&i| rows[i].label).collect();
        let weights: Vec<f64> = train.iter().map(|&i| if rows[i].kind == Kind::Relative { MADE } else { 1.0 }).collect();
        boost::fit(&values, &labels, &weights, TREES)
    };
    let mut judged: Vec<(f64, &Row)> = Vec::new();
    for fold in 0..FOLDS {
        let apart = |r: &Row| r.persons.iter().any(|p| p % FOLDS == fold);
        let train: Vec<usize> = (0..rows.len()).filter(|&i| !apart(&rows[i])).collect();
        let forest = fit(&train);
        judged.extend(rows.iter().filter(|r| r.persons[0] % FOLDS == fold).map(|row| (logistic(forest.log_odds(&row.values)), row)));
    }
    println!("persons that the trees have not seen, {FOLDS} folds:");
    let of =
        |take: &dyn Fn(Kind) -> bool| judged.iter().filter(|(_, r)| take(r.kind)).map(|(p, r)| (*p, r.label > 0.5)).collect::<Vec<_>>();
    report("pairs", of(&|k| matches!(k, Kind::Pair { .. })));
    report("lists", of(&|k| matches!(k, Kind::Pair { list: true, .. })));
    report("across scripts", of(&|k| matches!(k, Kind::Pair { across: true, .. })));
    for (what, kind) in [("random pairs", Kind::Random), ("relatives", Kind::Relative)] {
        let all = of(&|k| k == kind);
        println!("{what}: {:.4} of {} told apart", all.iter().filter(|(p, _)| *p < 0.5).count() as f64 / all.len() as f64, all.len());
    }
    let all: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].kind != Kind::Assumed).collect();
    std::fs::write("tables/matching/trees.tsv", table(&fit(&all))).map_err(|e| e.to_string())
}

/// The person of each name on the lists: one man may stand on several.
fn persons(folder: &Path) -> Result<HashMap<String, String>, String> {
    let people = Table::read(&folder.join("sanctions_people.tsv"))?;
    let (id, name) = (people.column("entity_id")?, people.column("name_id")?);
    Ok(people.rows().map(|row| (data::person(data::cell(&row, name)).to_string(), data::cell(&row, id).to_string())).collect())
}

fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let data = Table::read(&folder.join("match_pairs.tsv"))?;
    let (id1, id2, label) = (data.column("id1")?, data.column("id2")?, data.column("label")?);
    let (name1, name2, overlap) = (data.column("name1")?, data.column("name2")?, data.column("overlap")?);
    let (source, scripts) = (data.column("source")?, data.column("kind")?);
    let persons = persons(folder)?;
    let person = |id: &str| {
        let own = data::person(id);
        hash(persons.get(own).map_or(own, String::as_str))
    };
    let mut out = Vec::new();
    let mut names: Vec<(u64, String)> = Vec::new();
    let mut spellings: Vec<(u64, String, String)> = Vec::new();
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
        if label > 0.5 && overlap >= 0.9 {
            spellings.push((persons[0], cell(name1).to_string(), cell(name2).to_string()));
        }
        let judged = label < 0.5 || overlap >= 0.5;
        let kind = if judged { Kind::Pair { list: cell(source) != "aco", across: cell(scripts) == "arabic-latin" } } else { Kind::Assumed };
        out.push(Row { persons, values: values(cell(name1), cell(name2)), label, kind });
    }
    names.sort();
    names.dedup();
    let mut draw = Draw(7);
    for _ in 0..RANDOM_PAIRS {
        let ((p, a), (q, b)) = (draw.of(&names), draw.of(&names));
        if p != q {
            out.push(Row { persons: [*p, *q], values: values(a, b), label: 0.0, kind: Kind::Random });
        }
    }
    let givens = Givens::of(names.iter().map(|(_, name)| name.as_str()));
    // One name of each person against itself, and the names of one person against another spelling.
    names.dedup_by_key(|(person, _)| *person);
    let own = names.into_iter().map(|(person, name)| (person, name.clone(), name));
    for (person, name, other) in own.chain(spellings).step_by(3) {
        for relative in givens.relatives(&name, &other, &mut draw) {
            out.push(Row { persons: [person; 2], values: values(&relative, &other), label: 0.0, kind: Kind::Relative });
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

/// Area under the curve, average precision, best F1, recall at 99 % precision and calibration.
fn report(what: &str, mut judged: Vec<(f64, bool)>) {
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = judged.iter().filter(|(_, y)| *y).count() as f64;
    let negatives = judged.len() as f64 - positives;
    let (mut tp, mut fp, mut area, mut average, mut best, mut sure) = (0.0, 0.0, 0.0, 0.0, 0.0f64, 0.0f64);
    for (_, yes) in &judged {
        if *yes {
            tp += 1.0;
            average += tp / (tp + fp);
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
        "{what}: AUC {:.4}, average precision {:.4}, best F1 {best:.4}, recall at 99 % precision {sure:.4}, calibration error {:.4}",
        area / (positives * negatives),
        average / positives,
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
                Some(measure) => (MEASURES[measure].name, format!("{:.4}", node.threshold)),
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
