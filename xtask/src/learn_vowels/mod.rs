//! Learns `tables/vocaliser/weights.tsv` from vocalised words.
//!
//! FOLDER holds `loc_words.tsv` (`source, target, freq, irregularity`: words of titles and their
//! romanization) and `aco_names.tsv` (`arabic, alalc`: headings of persons); docs/measurements.md
//! says where they come from. The rows of the lexicon are learned from too. With `--folds N` the
//! words are cut into N parts by their skeleton, each part is read by what the others teach, and
//! nothing is written. With `--unseen` the words of headings that the lexicon lacks are held out
//! of what is learned, so that a program built with it can be judged on whole headings.

#![allow(clippy::needless_range_loop, reason = "rows and columns of a matrix read best by their numbers")]

mod align;
mod model;
mod report;
mod train;
mod words;

use crate::draw::hash;
use report::Report;
use std::collections::BTreeSet;
use std::path::Path;
use train::Course;
use words::{Lesson, Set};

/// Chosen on the first two folds of five; docs/measurements.md has what else was tried.
const COURSE: Course = Course { rounds: 4, rate: 0.1, l1: 0.15, l2: 0.3, least: 2 };
/// What the weights of features may take in the library; those of the steps come on top.
const MOST_BYTES: usize = 570_000;
/// At 1 the calibration error of held-out words was about twice what it is at this; no other was tried.
const TEMPERATURE: f32 = 1.2;

pub fn learn(folder: &Path, unseen: bool) -> Result<(), String> {
    let words = words::read(folder)?;
    let lacking = |q: &&words::Question| unseen && q.set == Set::Names && q.lacking;
    let held: BTreeSet<&str> = words.questions.iter().filter(lacking).map(|q| q.key.as_str()).collect();
    let lessons: Vec<&Lesson> = words.lessons.iter().filter(|l| !held.contains(l.key.as_str())).collect();
    let mut model = train::train(&lessons, COURSE);
    let step = model.round(MOST_BYTES);
    let (features, weights) = model.size();
    println!("{} lessons, {features} features, {weights} weights", lessons.len());
    model.temperature = TEMPERATURE;
    std::fs::write("tables/vocaliser/weights.tsv", model.table(&lessons, step)).map_err(|e| e.to_string())
}

pub fn judge(folder: &Path, folds: u64, only: Option<u64>) -> Result<(), String> {
    let words = words::read(folder)?;
    let mut report = Report::default();
    for fold in (0..folds).filter(|f| only.is_none_or(|o| o == *f)) {
        let started = std::time::Instant::now();
        let lessons: Vec<&Lesson> = words.lessons.iter().filter(|l| hash(&l.key) % folds != fold).collect();
        let mut model = train::train(&lessons, COURSE);
        model.round(MOST_BYTES);
        model.temperature = TEMPERATURE;
        let (features, weights) = model.size();
        println!(
            "fold {fold}: {} lessons, {features} features, {weights} weights, {:.0} s",
            lessons.len(),
            started.elapsed().as_secs_f64()
        );
        for question in words.questions.iter().filter(|q| hash(&q.key) % folds == fold) {
            report.ask(question, &model);
        }
        report.print();
    }
    Ok(())
}
