//! Tables that `cargo xtask` learns, checked: a chore and the code must mean the same by each column.

use crate::check::{Entry, KINDS};
use crate::label::Label;
use crate::layout;
use crate::measures::MEASURES;
use crate::parse::Table;
use crate::place::PLACES;
use crate::slot::{self, SLOTS, Slot};
use crate::units::{self, UNITS};
use std::collections::{BTreeMap, BTreeSet};

/// What two units say that never answered each other; as in src/matching/cost.rs.
const NEVER: f32 = -5.0;

/// A node of a small tree: what it asks, and the log-odds that it has come to.
#[derive(Clone, Copy, Default)]
pub struct Node {
    pub measure: Option<usize>,
    pub threshold: f32,
    pub value: f32,
}

/// Nodes of a tree in the order of a heap, from 1; as in src/matching/score.rs.
pub const NODES: usize = 16;

/// What a comparison goes by.
pub struct Matching {
    /// The log-odds before anything is asked.
    pub constant: f32,
    pub trees: Vec<[Node; NODES]>,
    /// A row a unit; then gaps against Latin and Arabic, then what it is worth against either.
    pub costs: Vec<Vec<f32>>,
    /// By consonant key.
    pub rarity: BTreeMap<String, f32>,
}

pub fn matching(trees: &Table, costs: &Table, rarity: &Table) -> Result<Matching, Vec<String>> {
    let mut errors = Vec::new();
    let mut out = Matching { constant: 0.0, trees: Vec::new(), costs: vec![vec![NEVER; UNITS + 4]; UNITS], rarity: BTreeMap::new() };
    let again = "empty the table but for its head and learn it anew";
    match trees.header.get("constant").and_then(|v| v.parse().ok()) {
        Some(constant) => out.constant = constant,
        None => errors.push(format!("{}:1: no header `# constant: ...` with a number; {again}", trees.path.display())),
    }
    for row in &trees.rows {
        let (tree, at) = (row.get("tree").parse::<usize>().ok(), row.get("node").parse::<usize>().ok());
        let measure = match row.get("measure") {
            "" => Some(None),
            name => MEASURES.iter().position(|m| m.name == name).map(Some),
        };
        let threshold = if row.get("threshold").is_empty() { Some(0.0) } else { row.get("threshold").parse().ok() };
        match (tree, at.filter(|at| (1..NODES).contains(at)), measure, threshold, row.get("value").parse()) {
            (Some(tree), Some(at), Some(measure), Some(threshold), Ok(value)) if tree <= out.trees.len() => {
                if tree == out.trees.len() {
                    out.trees.push([Node::default(); NODES]);
                }
                if let Some(node) = out.trees.get_mut(tree).and_then(|nodes| nodes.get_mut(at)) {
                    *node = Node { measure, threshold, value };
                }
            }
            _ => errors.push(format!(
                "{}: a row is the number of a tree (one after the other), a node from 1 to 15, a measure of src/matching/measures.rs and a \
                 threshold or neither, and a number; {again}",
                row.place
            )),
        }
    }
    for row in &costs.rows {
        let left = units::code_of(row.get("left")).map(usize::from);
        let right = match row.get("right") {
            "-latin" => Some(UNITS),
            "-arabic" => Some(UNITS + 1),
            "=latin" => Some(UNITS + 2),
            "=arabic" => Some(UNITS + 3),
            label => units::code_of(label).map(usize::from),
        };
        match (left, right, row.get("odds").parse::<f32>()) {
            (Some(left), Some(right), Ok(odds)) => {
                let mut set = |row: usize, column: usize| {
                    if let Some(cell) = out.costs.get_mut(row).and_then(|r| r.get_mut(column)) {
                        *cell = odds;
                    }
                };
                set(left, right);
                // A gap has no row of its own.
                set(right, left);
            }
            _ => errors.push(format!(
                "{}: a row is two units of src/matching/units.rs (or -latin, -arabic, =latin, =arabic) and a number; {again}",
                row.place
            )),
        }
    }
    for row in &rarity.rows {
        match row.get("weight").parse() {
            Ok(weight) => {
                if out.rarity.insert(row.get("key").to_string(), weight).is_some() {
                    errors.push(format!("{}: `{}` stands twice; {again}", row.place, row.get("key")));
                }
            }
            Err(_) => errors.push(format!("{}: `weight` takes a number; {again}", row.place)),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// How much each row of the lexicon says of who bears the name, in twentieths: as counted, or by its frequency class,
/// which is put on the scale of the counts by what the header says of a row that was never met.
pub fn rarity(table: &Table, entries: &[Entry]) -> Result<Vec<u8>, Vec<String>> {
    let mut errors = Vec::new();
    let again = "learn the table anew with `cargo xtask learn-costs`";
    let mut head = |key: &str| match table.header.get(key).and_then(|v| v.parse::<f32>().ok()) {
        Some(value) => value,
        None => {
            errors.push(format!("{}:1: no header `# {key}: ...` with a number; {again}", table.path.display()));
            0.0
        }
    };
    let (unmet, step) = (head("unmet"), head("class"));
    let forms: BTreeSet<&str> = entries.iter().map(|e| e.form.as_str()).collect();
    let mut counted: BTreeMap<&str, f32> = BTreeMap::new();
    for row in &table.rows {
        match row.get("weight").parse() {
            Ok(weight) if forms.contains(row.get("form")) => drop(counted.insert(row.get("form"), weight)),
            _ => errors.push(format!("{}: a row is a form of the lexicon and a number; drop it, or {again}", row.place)),
        }
    }
    let by_class = |e: &Entry| unmet - step * f32::from(e.freq) / 10.0;
    let weight = |e: &Entry| counted.get(e.form.as_str()).copied().unwrap_or_else(|| by_class(e));
    if errors.is_empty() { Ok(entries.iter().map(|e| (20.0 * weight(e)).clamp(0.0, 255.0).round() as u8).collect()) } else { Err(errors) }
}

/// The answers of each slot.
pub fn channel(table: &Table) -> Result<Vec<Vec<(u32, f32)>>, Vec<String>> {
    let mut errors = Vec::new();
    let mut out = vec![Vec::new(); SLOTS];
    let slots: BTreeMap<(String, &str), usize> =
        (0..SLOTS).filter_map(|slot| Some((slot::name(Slot::try_from(slot).ok()?)?, slot))).collect();
    for row in &table.rows {
        let slot = slots.get(&(row.get("sound").to_string(), row.get("place"))).copied();
        let letters =
            Some(row.get("letters").trim_matches('.')).filter(|l| l.chars().all(|c| c.is_ascii_lowercase())).and_then(slot::packed);
        let share = row.get("share").parse::<f32>().ok().filter(|s| (0.0..=1.0).contains(s));
        match (slot.and_then(|s| out.get_mut(s)), letters, share) {
            (Some(answers), Some(letters), Some(share)) => answers.push((letters, share)),
            _ => errors.push(format!(
                "{}: a row is a sound and a place of src/lexicon/channel/slot.rs, at most four letters (or `.`), and a share from 0 to 1; \
                 learn the table anew with `cargo xtask learn-channel`",
                row.place
            )),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// What the place of a word says of its kinds.
pub struct Context {
    pub places: Vec<Vec<f32>>,
    pub article: Vec<f32>,
    pub trust: f32,
    /// By frequency class.
    pub unlisted: Vec<f32>,
}

/// Frequency classes.
const CLASSES: usize = 10;

pub fn context(table: &Table) -> Result<Context, Vec<String>> {
    let mut errors = Vec::new();
    let mut out = Context {
        places: vec![vec![0.0; KINDS.len()]; PLACES.len()],
        article: vec![0.0; KINDS.len()],
        trust: 1.0,
        unlisted: vec![0.0; CLASSES],
    };
    match table.header.get("trust").and_then(|v| v.parse().ok()) {
        Some(trust) => out.trust = trust,
        None => errors.push(format!("{}:1: no header `# trust: ...` with a number; learn the table anew", table.path.display())),
    }
    match table.header.get("unlisted").map(|v| v.split(' ').map(str::parse).collect::<Result<Vec<f32>, _>>()) {
        Some(Ok(shares)) if shares.len() == CLASSES => out.unlisted = shares,
        _ => errors.push(format!("{}:1: no header `# unlisted: ...` with {CLASSES} numbers; learn the table anew", table.path.display())),
    }
    for row in &table.rows {
        let kind = KINDS.iter().position(|k| *k == row.get("kind"));
        let kinds = match row.get("place") {
            "article" => Some(&mut out.article),
            place => PLACES.iter().position(|p| *p == place).and_then(|p| out.places.get_mut(p)),
        };
        match (kind.zip(kinds).and_then(|(kind, kinds)| kinds.get_mut(kind)), row.get("weight").parse()) {
            (Some(cell), Ok(weight)) => *cell = weight,
            _ => errors.push(format!(
                "{}: a row is a place of src/name/place.rs or `article`, a kind, and a number; learn the table anew with `cargo xtask learn-context`",
                row.place
            )),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// The weights of the vocaliser, laid out in bytes.
pub fn vocaliser(table: &Table) -> Result<Vec<u8>, Vec<String>> {
    let (mut rows, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeMap::new());
    let again = "learn the table anew with `cargo xtask learn-vowels`";
    let mut number = |key: &str| match table.header.get(key).and_then(|v| v.parse::<f32>().ok()).filter(|v| *v > 0.0) {
        Some(value) => value,
        None => {
            errors.push(format!("{}:1: no header `# {key}: ...` with a number above 0; {again}", table.path.display()));
            1.0
        }
    };
    let (step, temperature) = (number("step"), number("temperature"));
    for row in &table.rows {
        let feature: Vec<char> = row.get("feature").chars().collect();
        let weights: Option<Vec<(u8, i8)>> = row
            .get("weights")
            .split(' ')
            .map(|cell| {
                let (label, steps) = cell.rsplit_once(':')?;
                Some((Label::find(label)?.0, steps.parse().ok()?))
            })
            .collect();
        let Some(weights) = weights else {
            errors.push(format!(
                "{}: `weights` takes labels of src/lexicon/vocaliser/label.rs, each with a whole number: `Ca:12 C:-7`",
                row.place
            ));
            continue;
        };
        let hash = layout::hash(&feature);
        if let Some(first) = seen.insert(hash, row.place.clone()) {
            errors.push(format!("{}: `{}` has the hash of the row at {first}; drop the one that says less", row.place, row.get("feature")));
        }
        rows.push((hash, weights));
    }
    if errors.is_empty() { Ok(layout::write(step, temperature, &rows)) } else { Err(errors) }
}
