//! Checked values to Rust source: the layout that `src/tables.rs` alone knows.

use crate::check::{Entry, KINDS, Learned, Scheme, Weight};
use crate::key;
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
    scheme_tables(&mut out, schemes);
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

fn scheme_tables(out: &mut String, schemes: &[Scheme]) {
    out.push_str("use crate::scheme::rules::{ArticleCapital::*, Kind::*, Rules};\n");
    let _ = writeln!(out, "pub static SCHEMES: [SchemeTable; {}] = [", schemes.len());
    for scheme in schemes {
        let title = |key: &str| scheme.header.get(key).map_or("", String::as_str);
        let _ = write!(
            out,
            "SchemeTable {{ label: {:?}, title: {:?}, edition: {:?}, source: {:?}, reversible: {:?}, rules: {:?}, letters: &[",
            title("scheme"),
            title("title"),
            title("edition"),
            title("source"),
            title("reversible"),
            scheme.rules
        );
        let mut written: BTreeMap<(u8, char), &str> = BTreeMap::new();
        for [letter, context, roman, note] in &scheme.letters {
            let _ = write!(out, "Letter {{ arabic: {letter:?}, context: {context:?}, roman: {roman:?}, note: {note:?} }}, ");
            if let (Some(place), Some(c)) = (["any", "long", "pausa", "construct"].iter().position(|k| k == context), letter.chars().next())
            {
                written.insert((place as u8, c), roman);
            }
        }
        out.push_str("], written: [");
        for place in 0..4u8 {
            out.push('[');
            for low in 0..=255u32 {
                let roman = char::from_u32(0x600 + low).and_then(|c| written.get(&(place, c)));
                let _ = write!(out, "{roman:?},");
            }
            out.push_str("],");
        }
        out.push_str("], ");
        reading(out, scheme);
        out.push_str("},\n");
    }
    out.push_str("];\n");
}

/// What the signs of a scheme stand for, and which two letters need a guard between them.
fn reading(out: &mut String, scheme: &Scheme) {
    let mut signs: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for [letter, context, roman, _] in &scheme.letters {
        // Where two letters share a sign the first row is the likelier reading.
        if matches!(context.as_str(), "any" | "long") && !roman.is_empty() {
            signs.entry(roman).or_insert((letter, context));
        }
    }
    let mut map = phf_codegen::Map::new();
    for (roman, (letter, context)) in &signs {
        map.entry(*roman, format!("({:?}, {:?})", letter.chars().next().unwrap_or(' '), *context == "long"));
    }
    let longest = signs.keys().map(|k| k.chars().count()).max().unwrap_or(1);
    let mut guards = Vec::new();
    for first in signs.keys() {
        for second in signs.keys() {
            let both = format!("{first}{second}");
            if signs.keys().any(|s| s.len() > first.len() && s.starts_with(first) && both.starts_with(s)) {
                guards.push((*first, *second));
            }
        }
    }
    let _ = write!(out, "signs: {}, longest: {longest}, guards: &{guards:?} ", map.build());
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
