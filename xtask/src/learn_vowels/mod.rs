//! Learns `tables/vocaliser/weights.tsv` from vocalised words.
//!
//! FOLDER holds `loc_words.tsv` (`source, target, freq, irregularity`: words of titles and their
//! romanization) and `aco_names.tsv` (`arabic, alalc`: headings of persons); docs/measurements.md
//! says where they come from. The rows of the lexicon are learned from too. With `--folds N` the
//! words are cut into N parts by their skeleton, each part is read by what the others teach, and
//! nothing is written.

#![allow(clippy::needless_range_loop, reason = "rows and columns of a matrix read best by their numbers")]

mod align;
mod model;
mod report;
mod train;
mod words;

use report::Report;
use std::path::Path;
use train::Course;
use words::Lesson;

const COURSE: Course = Course { rounds: 12, rate: 0.1, l1: 0.3, l2: 0.3, least: 2 };
/// A weight below this is not worth its place.
const LEAST_WEIGHT: f32 = 0.1;

/// FNV-1a, so that the folds are the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

/// Numbers of the course may be set for a trial: NASAB_ROUNDS and the like.
fn course() -> Course {
    let set = |name: &str, value: f32| std::env::var(format!("NASAB_{name}")).ok().and_then(|v| v.parse().ok()).unwrap_or(value);
    Course {
        rounds: set("ROUNDS", COURSE.rounds as f32) as usize,
        rate: set("RATE", COURSE.rate),
        l1: set("L1", COURSE.l1),
        l2: set("L2", COURSE.l2),
        least: set("LEAST", COURSE.least as f32) as u32,
    }
}

pub fn learn(folder: &Path) -> Result<(), String> {
    let words = words::read(folder)?;
    let lessons: Vec<&Lesson> = words.lessons.iter().collect();
    let mut model = train::train(&lessons, course());
    let step = model.round(LEAST_WEIGHT);
    let (features, weights) = model.size();
    println!("{} lessons, {features} features, {weights} weights", lessons.len());
    std::fs::write("tables/vocaliser/weights.tsv", model.table(&lessons, step)).map_err(|e| e.to_string())
}

pub fn judge(folder: &Path, folds: u64, only: Option<u64>) -> Result<(), String> {
    let words = words::read(folder)?;
    let mut report = Report::default();
    for fold in (0..folds).filter(|f| only.is_none_or(|o| o == *f)) {
        let started = std::time::Instant::now();
        let lessons: Vec<&Lesson> = words.lessons.iter().filter(|l| hash(&l.key) % folds != fold).collect();
        let mut model = train::train(&lessons, course());
        let whole = model.size();
        model.round(LEAST_WEIGHT);
        let (features, weights) = model.size();
        println!(
            "fold {fold}: {} lessons, {} weights, {features} features and {weights} weights kept, {:.0} s",
            lessons.len(),
            whole.1,
            started.elapsed().as_secs_f64()
        );
        for question in words.questions.iter().filter(|q| hash(&q.key) % folds == fold) {
            report.ask(question, &model);
        }
        report.print();
    }
    Ok(())
}
