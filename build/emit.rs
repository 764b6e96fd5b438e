//! Checked values to Rust source: the layout that `src/tables.rs` alone knows.

use crate::check::Entry;
use crate::hub::{CODES, Unit};
use crate::learned::{Context, Matching, NODES, Node};
use crate::schemes::{self, Scheme};
use std::collections::BTreeMap;
use std::fmt::Write;

pub fn source(
    orthography: &[(char, String)],
    lexicon: &[Entry],
    schemes: &[Scheme],
    matched: &Matching,
    channel: &[Vec<(u32, f32)>],
    context: &Context,
) -> String {
    let mut out = String::new();
    let mut map = phf_codegen::Map::new();
    for (from, to) in orthography {
        map.entry(*from, format!("{to:?}"));
    }
    let _ = writeln!(out, "pub static ORTHOGRAPHY: phf::Map<char, &'static str> = {};", map.build());
    sequences(&mut out, lexicon);
    schemes::emit(&mut out, schemes);
    matching(&mut out, matched);
    let answers: Vec<String> = channel.iter().map(|answers| format!("&{answers:?}")).collect();
    let _ = writeln!(out, "pub static ANSWERS: [&[(u32, f32)]; {}] = [{}];", answers.len(), answers.join(", "));
    let (places, kinds) = (context.places.len(), context.article.len());
    let _ = writeln!(out, "pub static CONTEXT: [[f32; {kinds}]; {places}] = {:?};", context.places);
    let _ = writeln!(out, "pub static CONTEXT_ARTICLE: [f32; {kinds}] = {:?};", context.article);
    let _ = writeln!(out, "pub static UNLISTED: [f32; {}] = {:?};", context.unlisted.len(), context.unlisted);
    let _ = writeln!(out, "pub static CONTEXT_TRUST: f32 = {:?};", context.trust);
    out
}

/// How often one unit follows another, and a third these two, in the words of the lexicon, as
/// log-probabilities; the last code is the edge of a word.
fn sequences(out: &mut String, lexicon: &[Entry]) {
    /// What a pair counts that was never seen.
    const UNSEEN: f64 = 0.05;
    const EDGE: usize = CODES;
    /// What two units tell of the third counts as much as the last alone when they were met so often.
    const TRUSTED: f64 = 6.0;
    let mut counts = vec![vec![UNSEEN; CODES + 1]; CODES + 1];
    let mut threes: BTreeMap<[usize; 3], f64> = BTreeMap::new();
    let mut twos: BTreeMap<[usize; 2], f64> = BTreeMap::new();
    for entry in lexicon {
        let codes = entry.word.units.iter().map(|u| Unit::code(*u));
        let (mut first, mut before) = (EDGE, EDGE);
        for code in codes.chain(std::iter::once(EDGE)) {
            if let Some(count) = counts.get_mut(before).and_then(|row| row.get_mut(code)) {
                *count += f64::from(entry.freq) / 10.0;
            }
            *threes.entry([first, before, code]).or_default() += f64::from(entry.freq) / 10.0;
            *twos.entry([first, before]).or_default() += f64::from(entry.freq) / 10.0;
            (first, before) = (before, code);
        }
    }
    let share = |before: usize, code: usize| {
        let row = counts.get(before);
        row.map_or(0.0, |row| row.get(code).copied().unwrap_or(0.0) / row.iter().sum::<f64>())
    };
    let log = |p: f64| (p.ln() as f32 * 100.0).round() / 100.0;
    let pairs: Vec<Vec<f32>> = (0..=CODES).map(|b| (0..=CODES).map(|c| log(share(b, c))).collect()).collect();
    let _ = writeln!(out, "pub static SEQUENCES: [[f32; {0}]; {0}] = {pairs:?};", CODES + 1);
    // A row for each two units: what it says of any third, then the thirds that were met.
    let (mut starts, mut rows): (Vec<u32>, Vec<(u8, f32)>) = (Vec::new(), Vec::new());
    let mut unseen = Vec::new();
    for first in 0..=CODES {
        for before in 0..=CODES {
            starts.push(rows.len() as u32);
            let all = twos.get(&[first, before]).copied().unwrap_or(0.0);
            unseen.push(log(TRUSTED / (all + TRUSTED)));
            let met = threes.range([first, before, 0]..=[first, before, EDGE]);
            rows.extend(met.map(|(at, count)| (at[2] as u8, log((count + TRUSTED * share(before, at[2])) / (all + TRUSTED)))));
        }
    }
    starts.push(rows.len() as u32);
    let _ = writeln!(out, "pub static TRIPLES: [(u8, f32); {}] = {rows:?};", rows.len());
    let _ = writeln!(out, "pub static TRIPLE_STARTS: [u32; {}] = {starts:?};", starts.len());
    let _ = writeln!(out, "pub static UNSEEN_AFTER: [f32; {}] = {unseen:?};", unseen.len());
}

fn matching(out: &mut String, learned: &Matching) {
    let _ = writeln!(out, "pub static MATCH_CONSTANT: f32 = {:?};", learned.constant);
    let trees: Vec<String> = learned.trees.iter().map(tree).collect();
    let _ = writeln!(out, "pub static MATCH_TREES: [Tree; {}] = [{}];", trees.len(), trees.join(",\n"));
    // Hundredths, as the table has them: whole numbers add up faster.
    let costs: Vec<Vec<i16>> = learned.costs.iter().map(|row| row.iter().map(|odds| (100.0 * odds).round() as i16).collect()).collect();
    let (rows, columns) = (costs.len(), costs.first().map_or(0, Vec::len));
    let _ = writeln!(out, "pub static UNIT_COSTS: [[i16; {columns}]; {rows}] = {costs:?};");
    let mut map = phf_codegen::Map::new();
    for (key, weight) in &learned.rarity {
        map.entry(key.as_str(), format!("{weight:?}"));
    }
    let _ = writeln!(out, "pub static RARITY: phf::Map<&'static str, f32> = {};", map.build());
}

/// A tree with every path as long as the longest: below a leaf its value is repeated.
fn tree(nodes: &[Node; NODES]) -> String {
    let mut full = *nodes;
    for at in 2..NODES {
        let above = full.get(at / 2).copied().unwrap_or_default();
        if let Some(node) = full.get_mut(at).filter(|_| above.measure.is_none()) {
            *node = above;
        }
    }
    let measures: Vec<usize> = full.iter().map(|n| n.measure.unwrap_or(u8::MAX as usize)).collect();
    let thresholds: Vec<f32> = full.iter().map(|n| n.threshold).collect();
    let values: Vec<f32> = full.iter().map(|n| n.value).collect();
    format!("Tree {{ measures: {measures:?}, thresholds: {thresholds:?}, values: {values:?} }}")
}
