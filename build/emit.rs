//! Checked values to Rust source: the layout that `src/tables.rs` alone knows.

use crate::check::{Entry, Learned, Weight};
use crate::hub::{CODES, Unit};
use crate::schemes::{self, Scheme};
use std::fmt::Write;

pub fn source(orthography: &[(char, String)], lexicon: &[Entry], schemes: &[Scheme], learned: &Learned) -> String {
    let mut out = String::new();
    let mut map = phf_codegen::Map::new();
    for (from, to) in orthography {
        map.entry(*from, format!("{to:?}"));
    }
    let _ = writeln!(out, "pub static ORTHOGRAPHY: phf::Map<char, &'static str> = {};", map.build());
    sequences(&mut out, lexicon);
    schemes::emit(&mut out, schemes);
    matching(&mut out, learned);
    out
}

/// How often one unit follows another in the words of the lexicon, as log-probabilities; the last
/// code is the edge of a word.
fn sequences(out: &mut String, lexicon: &[Entry]) {
    /// What a pair counts that was never seen.
    const UNSEEN: f64 = 0.05;
    const EDGE: usize = CODES;
    let mut counts = vec![vec![UNSEEN; CODES + 1]; CODES + 1];
    for entry in lexicon {
        let codes = entry.word.units.iter().map(|u| Unit::code(*u));
        let mut before = EDGE;
        for code in codes.chain(std::iter::once(EDGE)) {
            if let Some(count) = counts.get_mut(before).and_then(|row| row.get_mut(code)) {
                *count += f64::from(entry.freq);
            }
            before = code;
        }
    }
    let odds: Vec<Vec<f32>> = counts
        .iter()
        .map(|row| {
            let sum: f64 = row.iter().sum();
            row.iter().map(|count| ((count / sum).ln() as f32 * 100.0).round() / 100.0).collect()
        })
        .collect();
    let _ = writeln!(out, "pub static SEQUENCES: [[f32; {0}]; {0}] = {odds:?};", CODES + 1);
}

fn matching(out: &mut String, learned: &Learned) {
    let _ = writeln!(out, "pub static MATCH_WEIGHTS: [MatchWeight; {}] = [", learned.weights.len());
    for Weight { measure, knot, weight } in &learned.weights {
        let _ = writeln!(out, "MatchWeight {{ measure: {measure}, knot: {knot:?}, weight: {weight:?} }},");
    }
    out.push_str("];\n");
    let (rows, columns) = (learned.costs.len(), learned.costs.first().map_or(0, Vec::len));
    let _ = writeln!(out, "pub static UNIT_COSTS: [[f32; {columns}]; {rows}] = {:?};", learned.costs);
    let mut map = phf_codegen::Map::new();
    for (key, weight) in &learned.rarity {
        map.entry(key.as_str(), format!("{weight:?}"));
    }
    let _ = writeln!(out, "pub static RARITY: phf::Map<&'static str, f32> = {};", map.build());
}
