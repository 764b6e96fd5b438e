//! Checked values to Rust source: the layout that `src/tables.rs` alone knows.

use crate::check::{Entry, KINDS, Learned, Weight};
use crate::hub::{CODES, Unit};
use crate::key;
use crate::schemes::{self, Scheme};
use std::collections::BTreeMap;
use std::fmt::Write;

pub fn source(orthography: &[(char, String)], lexicon: &[Entry], schemes: &[Scheme], learned: &Learned) -> String {
    let mut out = String::new();
    let mut map = phf_codegen::Map::new();
    for (from, to) in orthography {
        map.entry(*from, format!("{to:?}"));
    }
    let _ = writeln!(out, "pub static ORTHOGRAPHY: phf::Map<char, &'static str> = {};", map.build());
    entries(&mut out, lexicon);
    let by_arabic = index(lexicon, |e| vec![key::arabic(&e.word.stem_arabic())]);
    places(&mut out, "BY_ARABIC", &by_arabic);
    let by_latin = index(lexicon, |e| {
        let mut keys = key::latin_of_form(&e.form);
        keys.extend(e.press.iter().flat_map(|p| key::latin(p)));
        keys
    });
    places(&mut out, "BY_LATIN", &by_latin);
    sequences(&mut out, lexicon);
    schemes::emit(&mut out, schemes);
    matching(&mut out, learned);
    out
}

fn entries(out: &mut String, lexicon: &[Entry]) {
    let _ = writeln!(out, "pub static LEXICON: [Entry; {}] = [", lexicon.len());
    for e in lexicon {
        let kinds = e.kinds.iter().filter_map(|k| KINDS.iter().position(|x| x == k)).fold(0u8, |bits, k| bits | 1 << k);
        let chief = e.kinds.first().and_then(|k| KINDS.iter().position(|x| x == k)).unwrap_or(0);
        let arabic = e.word.spelling.as_deref().unwrap_or("");
        let _ = writeln!(
            out,
            "Entry {{ form: {:?}, kinds: {kinds}, chief: {chief}, freq: {}, gender: {:?}, origin: {:?}, arabic: {:?}, press: &{:?} }},",
            e.form, e.freq, e.gender, e.origin, arabic, e.press
        );
    }
    out.push_str("];\n");
}

/// Keys to the places of their rows, most frequent first.
fn index(lexicon: &[Entry], keys: impl Fn(&Entry) -> Vec<String>) -> BTreeMap<String, Vec<usize>> {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, entry) in lexicon.iter().enumerate() {
        for key in keys(entry) {
            let list = index.entry(key).or_default();
            if !list.contains(&place) {
                list.push(place);
            }
        }
    }
    for list in index.values_mut() {
        list.sort_by_key(|&p| (std::cmp::Reverse(lexicon.get(p).map_or(0, |e| e.freq)), p));
    }
    index
}

fn places(out: &mut String, name: &str, index: &BTreeMap<String, Vec<usize>>) {
    let mut map = phf_codegen::Map::new();
    for (key, list) in index {
        map.entry(key.as_str(), format!("&{list:?}"));
    }
    let _ = writeln!(out, "pub static {name}: phf::Map<&'static str, &'static [u16]> = {};", map.build());
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
