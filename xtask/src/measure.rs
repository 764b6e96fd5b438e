//! Prints how well names are read: what `measure.py` does not ask.
//!
//! FOLDER holds `aco_names.tsv` (`arabic, alalc, article_dropped`), headings of a library, and
//! `sanctions_people.tsv` (`entity_id, source, role, script, name, name_natural`), names of listed persons.

use crate::data::{Table, cell};
use nasab::{Name, Scheme, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Readings asked for; the right one among them counts as found.
const AMONG: usize = 5;
const BINS: usize = 10;

pub fn print(folder: &Path) -> Result<(), String> {
    headings(folder)?;
    to_arabic(folder)
}

/// How often the first reading of a heading is right, beside what it says of itself.
fn headings(folder: &Path) -> Result<(), String> {
    let rows = Table::read(&folder.join("aco_names.tsv"))?;
    let (arabic, latin, dropped) = (rows.column("arabic")?, rows.column("alalc")?, rows.column("article_dropped")?);
    let scheme = Scheme::find("ala-lc").map_err(|e| e.to_string())?;
    let mut right: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.rows().filter(|r| cell(r, dropped) == "0") {
        right.entry(cell(&row, arabic).to_string()).or_default().insert(folded_latin(cell(&row, latin)));
    }
    let mut bins = [(0.0, 0.0, 0.0); BINS];
    for (text, right) in &right {
        let Some(best) = Name::read(text, Source::Auto).ok().and_then(|n| n.readings(scheme, 1).into_iter().next()) else { continue };
        let bin = &mut bins[((best.probability * BINS as f64) as usize).min(BINS - 1)];
        *bin = (bin.0 + 1.0, bin.1 + best.probability, bin.2 + f64::from(u8::from(right.contains(&folded_latin(&best.text)))));
    }
    let all: f64 = bins.iter().map(|b| b.0).sum();
    let error: f64 = bins.iter().map(|b| (b.1 - b.2).abs()).sum::<f64>() / all;
    println!("headings with their article: {all}, calibration error {error:.4}");
    for (names, said, right) in bins.into_iter().filter(|b| b.0 > 0.0) {
        println!("  {names:5} say {:.3} and are right {:.3}", said / names, right / names);
    }
    Ok(())
}

fn folded_latin(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| !"ʻ‘`ʿʼ’'ʾ-".contains(*c)).collect()
}

/// First Latin name of a person to the Arabic original beside it.
fn to_arabic(folder: &Path) -> Result<(), String> {
    let rows = Table::read(&folder.join("sanctions_people.tsv"))?;
    let column = |name: &str| rows.column(name);
    let (id, source, role, script) = (column("entity_id")?, column("source")?, column("role")?, column("script")?);
    let (name, natural) = (column("name")?, column("name_natural")?);
    let mut latin: BTreeMap<String, String> = BTreeMap::new();
    let mut originals: BTreeMap<String, (BTreeSet<String>, bool)> = BTreeMap::new();
    for row in rows.rows() {
        let person = cell(&row, id).to_string();
        match (cell(&row, role), cell(&row, script)) {
            ("primary", "latin") => {
                latin.entry(person).or_insert_with(|| cell(&row, natural).to_string());
            }
            ("original_script", "arabic") => {
                let own = originals.entry(person).or_default();
                own.0.insert(folded_arabic(cell(&row, name)));
                own.1 |= cell(&row, source) == "un";
            }
            _ => {}
        }
    }
    let scheme = Scheme::find("arabic").map_err(|e| e.to_string())?;
    for (label, un) in [("UN list", true), ("other lists", false)] {
        let (mut all, mut first, mut among) = (0, 0, 0);
        for (person, (right, _)) in originals.iter().filter(|(_, (_, own))| *own == un) {
            let Some(name) = latin.get(person).and_then(|n| Name::read(n, Source::Auto).ok()) else { continue };
            let readings = name.readings(scheme, AMONG);
            let place = readings.iter().position(|r| right.contains(&folded_arabic(&r.arabic)));
            all += 1;
            first += usize::from(place == Some(0));
            among += usize::from(place.is_some());
        }
        let share = |n: usize| n as f64 / all.max(1) as f64;
        println!("to Arabic, {label}: {all} persons, first {:.3}, among five {:.3}", share(first), share(among));
    }
    Ok(())
}

/// Letters alone, hamza seats and the like aside.
fn folded_arabic(name: &str) -> String {
    let clean = nasab::orthography::clean(name);
    nasab::lexicon::key::arabic(&clean).chars().filter(|c| c.is_alphabetic()).collect()
}
