//! Prints how well names are matched: what `measure.py` does not ask.
//!
//! FOLDER holds, beside the files that `learn_weights.rs` reads, `gaddafi.tsv` (`name_natural`), many spellings of one
//! man, and `nk_cases.tsv` and `nk_person_all.tsv` (`case_group, name1, name2, label`), pairs of other matchers' tests.

use crate::data::{self, Table, cell};
use crate::draw::Draw;
use nasab::matching::probability;
use nasab::{Prepared, blocking_keys};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Groups of cases that people wrote by hand and agree on.
const TRUSTED: [&str; 3] = ["nk_checks", "nk_unit_tests", "cust_cases"];
/// Names that blocking is measured among.
const NAMES: usize = 100_000;
/// Names looked up among them.
const QUERIES: usize = 1000;
/// Likeliest other names that one man's spellings are held against.
const OTHERS: usize = 100;

pub fn print(folder: &Path) -> Result<(), String> {
    one_man(folder)?;
    cases(folder)?;
    blocking(folder)
}

/// Many spellings of one man: with each other, and with the likeliest names of others.
fn one_man(folder: &Path) -> Result<(), String> {
    let rows = Table::read(&folder.join("gaddafi.tsv"))?;
    let (natural, id) = (rows.column("name_natural")?, rows.column("entity_id")?);
    let spellings: BTreeSet<String> = rows.rows().map(|r| cell(&r, natural).to_string()).collect();
    let man: BTreeSet<String> = rows.rows().map(|r| cell(&r, id).to_string()).collect();
    let prepared: Vec<Prepared> = spellings.iter().map(|s| Prepared::new(s)).collect();
    let people = Table::read(&folder.join("sanctions_people.tsv"))?;
    let (person, name) = (people.column("entity_id")?, people.column("name_natural")?);
    let others: BTreeSet<String> = people
        .rows()
        .filter(|r| !man.contains(cell(r, person)))
        .map(|r| cell(&r, name).to_string())
        .filter(|n| !spellings.contains(n))
        .collect();
    let mut scored: Vec<(f64, &String)> = others
        .iter()
        .map(|other| {
            let own = Prepared::new(other);
            (prepared.iter().map(|p| probability(p, &own)).fold(0.0, f64::max), other)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut pairs, mut one) = (0, 0);
    for (place, a) in prepared.iter().enumerate() {
        for b in &prepared[place + 1..] {
            pairs += 1;
            one += usize::from(probability(a, b) >= 0.5);
        }
    }
    println!(
        "one man, {} spellings: {one} of {pairs} pairs at one half or above ({:.4})",
        prepared.len(),
        f64::from(one as u32) / f64::from(pairs)
    );
    let (mut all, mut apart) = (0, 0);
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, other) in scored.iter().take(OTHERS) {
        let own = Prepared::new(other);
        for p in &prepared {
            all += 1;
            let same = probability(p, &own) >= 0.5;
            apart += usize::from(!same);
            *taken.entry(other).or_default() += usize::from(same);
        }
    }
    println!("  against the {OTHERS} likeliest names of others: {apart} of {all} below one half ({:.4})", apart as f64 / all as f64);
    for (name, count) in taken.into_iter().filter(|(_, count)| *count > 0) {
        println!("    {name}: with {count} spellings");
    }
    Ok(())
}

/// Pairs that the tests of other matchers hold.
fn cases(folder: &Path) -> Result<(), String> {
    for file in ["nk_cases.tsv", "nk_person_all.tsv"] {
        let rows = Table::read(&folder.join(file))?;
        let (group, label) = (rows.column("case_group")?, rows.column("label")?);
        let (one, other) = (rows.column("name1")?, rows.column("name2")?);
        let (mut hit, mut wrong, mut missed, mut all) = (0.0, 0.0, 0.0, 0);
        for row in rows.rows().filter(|r| TRUSTED.contains(&cell(r, group))) {
            all += 1;
            let said = probability(&Prepared::new(cell(&row, one)), &Prepared::new(cell(&row, other))) >= 0.5;
            match (said, cell(&row, label) == "1") {
                (true, true) => hit += 1.0,
                (true, false) => wrong += 1.0,
                (false, true) => missed += 1.0,
                (false, false) => {}
            }
        }
        println!(
            "{file}, trusted groups, {all} pairs: F1 {:.4} ({wrong} wrong, {missed} missed)",
            2.0 * hit / (2.0 * hit + wrong + missed)
        );
    }
    Ok(())
}

/// True pairs that share a key, and the share of many names that one query brings back.
fn blocking(folder: &Path) -> Result<(), String> {
    let rows = Table::read(&folder.join("match_pairs.tsv"))?;
    let (label, overlap, kind) = (rows.column("label")?, rows.column("overlap")?, rows.column("kind")?);
    let (one, other) = (rows.column("name1")?, rows.column("name2")?);
    let mut found = [[(0, 0); 2]; 2];
    for row in rows.rows().filter(|r| cell(r, label) == "1" && cell(r, overlap).parse::<f64>().unwrap_or(0.0) >= 0.5) {
        let (a, b) = (cell(&row, one), cell(&row, other));
        let keys = blocking_keys(b);
        let shares = blocking_keys(a).iter().any(|k| keys.binary_search(k).is_ok());
        let across = usize::from(cell(&row, kind) == "arabic-latin");
        let sure = probability(&Prepared::new(a), &Prepared::new(b)) >= 0.5;
        for which in if sure { 0..2 } else { 0..1 } {
            let (hits, all) = &mut found[which][across];
            *hits += usize::from(shares);
            *all += 1;
        }
    }
    for (what, [same, across]) in ["all true pairs", "those that the matcher calls one person"].into_iter().zip(found) {
        let share = |(hits, all): (usize, usize)| format!("{:.4} of {all}", hits as f64 / all as f64);
        println!("blocking keys shared, {what}: same script {}, across {}", share(same), share(across));
    }
    let names = names(folder)?;
    let many = made_of(&names);
    let mut places: HashMap<String, Vec<u32>> = HashMap::new();
    let mut keys = 0;
    for (place, name) in (0..).zip(&many) {
        for key in blocking_keys(name) {
            keys += 1;
            places.entry(key).or_default().push(place);
        }
    }
    let step = (names.len() / QUERIES).max(1);
    let queries: Vec<&String> = names.iter().step_by(step).collect();
    let brought = |name: &&String| blocking_keys(name).iter().filter_map(|k| places.get(k)).flatten().collect::<BTreeSet<_>>().len();
    let all: usize = queries.iter().map(brought).sum();
    println!(
        "  {:.1} keys a name; a query brings back {:.4} of {NAMES} names",
        keys as f64 / many.len() as f64,
        all as f64 / (queries.len() * NAMES) as f64
    );
    Ok(())
}

fn names(folder: &Path) -> Result<Vec<String>, String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (file, column) in [("sanctions_people.tsv", "name_natural"), ("link_registry.tsv", "name"), ("aco_names.tsv", "arabic")] {
        let rows = Table::read(&folder.join(file))?;
        let column = rows.column(column)?;
        names.extend(rows.rows().map(|r| data::cell(&r, column).to_string()));
    }
    Ok(names.into_iter().collect())
}

/// Names made of the words of these: each word from the same place of a name of as many words in the same script.
fn made_of(names: &[String]) -> Vec<String> {
    let mut shapes: BTreeMap<(bool, usize), Vec<Vec<&str>>> = BTreeMap::new();
    for name in names {
        let words: Vec<&str> = name.split([' ', ',', '،']).filter(|w| !w.is_empty()).collect();
        let arabic = name.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        shapes.entry((arabic, words.len())).or_default().push(words);
    }
    let shapes: Vec<&Vec<Vec<&str>>> = shapes.values().filter(|s| s.len() >= 20).collect();
    let all: usize = shapes.iter().map(|s| s.len()).sum();
    let mut draw = Draw(3);
    (0..NAMES)
        .map(|_| {
            let mut at = draw.below(all);
            let shape = shapes.iter().find(|s| {
                let here = at < s.len();
                at = at.saturating_sub(s.len());
                here
            });
            let shape = shape.unwrap_or(&shapes[0]);
            (0..shape[0].len()).map(|word| draw.of(shape)[word]).collect::<Vec<_>>().join(" ")
        })
        .collect()
}
