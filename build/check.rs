//! Rows to checked values; refuses what would mislead, with place and remedy.

use crate::hub::Word;
use crate::label::Label;
use crate::layout;
use crate::measures::MEASURES;
use crate::parse::{Row, Table};
use crate::place::PLACES;
use crate::slot::{self, SLOTS, Slot};
use crate::units::{self, UNITS};
use std::collections::BTreeMap;

pub const KINDS: &[&str] = &["ism", "nisba", "laqab", "kunya", "family", "place", "title", "common"];
pub const GENDERS: &[&str] = &["", "m", "f", "mf"];
pub const ORIGINS: &[&str] = &["ar", "fa", "tr", "ku", "ber", "he", "syr", "gr", "eu", "in", "ms", "af", "am"];

pub struct Entry {
    pub form: String,
    pub kinds: Vec<String>,
    /// In tenths.
    pub freq: u8,
    pub gender: String,
    pub origin: String,
    pub word: Word,
    pub press: Vec<String>,
}

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

/// `U+0640` or the sign itself.
pub fn sign(text: &str) -> Option<String> {
    match text.strip_prefix("U+") {
        Some(hex) => u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).map(String::from),
        None => Some(text.to_string()),
    }
}

pub fn orthography(tables: &[Table]) -> Result<Vec<(char, String)>, Vec<String>> {
    let (mut out, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeMap::new());
    for row in tables.iter().flat_map(|t| &t.rows) {
        let to: Option<String> = row.get("to").split(' ').map(sign).collect();
        let from = sign(row.get("from"));
        match (from.as_deref().map(|f| f.chars().collect::<Vec<_>>()).as_deref(), to) {
            (Some([from]), Some(to)) => {
                if let Some(first) = seen.insert(*from, row.place.clone()) {
                    errors.push(format!("{}: U+{:04X} stands at {first} already; keep one", row.place, *from as u32));
                }
                out.push((*from, to));
            }
            _ => errors.push(format!("{}: `from` takes one sign and `to` signs with blanks between, or U+ and hex digits", row.place)),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

pub fn lexicon(tables: &[Table]) -> Result<Vec<Entry>, Vec<String>> {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
    for row in tables.iter().flat_map(|t| &t.rows) {
        match entry(row) {
            Ok(entry) => {
                if let Some(first) = seen.insert((entry.form.clone(), entry.word.stem_arabic()), row.place.clone()) {
                    errors.push(format!("{}: `{}` stands at {first} already; keep one row with both kinds", row.place, entry.form));
                }
                out.push(entry);
            }
            Err(error) => errors.push(format!("{}: {error}", row.place)),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// `4` or `4.5`, up to 9, in tenths.
fn tenths(text: &str) -> Option<u8> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| (text.len() == 1).then(|| text.parse::<u8>().ok()).flatten();
    Some(10 * digits(whole)? + digits(rest)?).filter(|tenths| *tenths <= 90)
}

fn entry(row: &Row) -> Result<Entry, String> {
    let form = row.get("form");
    let mut word = Word::parse(form)
        .filter(|w| !w.article && !w.has_unknown())
        .ok_or_else(|| format!("`{form}` holds a sign the notation does not have; see tables/lexicon/README.md"))?;
    if word.to_string() != form {
        return Err(format!("`{form}` reads as `{word}`; write it so"));
    }
    let arabic = row.get("arabic");
    if !arabic.is_empty() {
        if let Some(c) = arabic.chars().find(|c| !matches!(c, 'ء'..='غ' | 'ف'..='ي' | 'پ' | 'چ' | 'ژ' | 'گ' | 'ڤ')) {
            return Err(format!("`{c}` (U+{:04X}) is no letter of a stem; write letters without signs, article or blanks", c as u32));
        }
        word = word.with_spelling(arabic);
    }
    let kinds: Vec<String> = row.get("kind").split(',').map(|k| k.trim().to_string()).collect();
    if let Some(kind) = kinds.iter().find(|k| !KINDS.contains(&k.as_str())) {
        return Err(format!("`{kind}` is no kind; take one of {}", KINDS.join(", ")));
    }
    let freq = tenths(row.get("freq")).ok_or("freq is a number from 0 to 9 with one decimal at most")?;
    let gender = row.get("gender").to_string();
    if !GENDERS.contains(&gender.as_str()) {
        return Err(format!("`{gender}` is no gender; take m, f, mf or nothing"));
    }
    let origin = if row.get("origin").is_empty() { "ar" } else { row.get("origin") }.to_string();
    if !ORIGINS.contains(&origin.as_str()) {
        return Err(format!("`{origin}` is no origin; take one of {}", ORIGINS.join(", ")));
    }
    let press = row.get("press").split(',').map(|p| p.trim().to_lowercase()).filter(|p| !p.is_empty()).collect();
    Ok(Entry { form: form.to_string(), kinds, freq, gender, origin, word, press })
}

/// What was learned from data.
pub struct Learned {
    /// The log-odds before anything is asked.
    pub constant: f32,
    pub trees: Vec<[Node; NODES]>,
    /// A row a unit; the last two columns are gaps against Latin and Arabic.
    pub costs: Vec<Vec<f32>>,
    pub rarity: BTreeMap<String, f32>,
}

pub fn learned(trees: &Table, costs: &Table, rarity: &Table) -> Result<Learned, Vec<String>> {
    let mut errors = Vec::new();
    let mut out = Learned { constant: 0.0, trees: Vec::new(), costs: vec![vec![NEVER; UNITS + 2]; UNITS], rarity: BTreeMap::new() };
    let again = "empty the table but for its head and learn it anew";
    match trees.header.get("constant").and_then(|v| v.parse().ok()) {
        Some(constant) => out.constant = constant,
        None => errors.push(format!("{}:1: no header `# constant: ...` with a number; {again}", trees.path.display())),
    }
    for row in &trees.rows {
        let (tree, at) = (row.get("tree").parse::<usize>().ok(), row.get("node").parse::<usize>().ok());
        let measure = match row.get("measure") {
            "" => Some(None),
            name => MEASURES.iter().position(|m| *m == name).map(Some),
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
            _ => errors
                .push(format!("{}: a row is two units of src/matching/units.rs (or -latin, -arabic) and a number; {again}", row.place)),
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
