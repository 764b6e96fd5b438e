//! Scheme files: checked, and written out as the tables that `src/tables.rs` knows.

use crate::check::sign;
use crate::parse::{Row, Table};
use crate::rules::{Kind, Rules};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Header lines every scheme has; `unverified`, `option NAME` and the switches are free.
const TITLES: [&str; 6] = ["scheme", "title", "edition", "source", "reversible", "kind"];
/// What is written comes first; the others are only read.
const CONTEXTS: [&str; 6] = ["any", "long", "pausa", "construct", "read", "read-long"];
const WRITTEN: usize = 4;
/// Letters of a cell that stand together: the ones of الله.
const LONGEST_CLUSTER: usize = 4;
/// What a sound scheme must write.
const NEEDED: &str = "ءبتثجحخدذرزسشصضطظعغفقكلمنهويىَُِ";
/// Every set of options has its rules in the table.
const MOST_OPTIONS: usize = 4;

pub struct Scheme {
    header: BTreeMap<String, String>,
    rules: Rules,
    options: Vec<SchemeOption>,
    /// Letter, place in CONTEXTS, roman, note.
    letters: Vec<(String, usize, String, String)>,
}

struct SchemeOption {
    name: String,
    switches: Vec<(String, &'static str)>,
    letters: Vec<(String, usize, String)>,
    source: String,
}

pub fn check(tables: &[Table]) -> Result<Vec<Scheme>, Vec<String>> {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    for table in tables {
        match scheme(table) {
            Ok(scheme) => out.push(scheme),
            Err(mut wrong) => errors.append(&mut wrong),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// A value that must outlive the build step only; a few bytes a header are no leak worth a lifetime.
fn kept(value: &str) -> &'static str {
    Box::leak(value.to_string().into_boxed_str())
}

fn scheme(table: &Table) -> Result<Scheme, Vec<String>> {
    let mut errors = Vec::new();
    let top = format!("{}:1", table.path.display());
    for key in TITLES {
        if !table.header.contains_key(key) {
            errors.push(format!("{top}: no header `# {key}: ...`"));
        }
    }
    let stem = table.path.file_stem().map(|s| s.to_string_lossy().to_string()).unwrap_or_default();
    if table.header.get("scheme") != Some(&stem) {
        errors.push(format!("{top}: header `scheme` and the file's name differ; the file's stem is the label"));
    }
    if !matches!(table.header.get("reversible").map(String::as_str), Some("yes" | "no")) {
        errors.push(format!("{top}: header `reversible` takes yes or no; what is lost follows from the table"));
    }
    let mut rules = Rules::DEFAULT;
    let mut options = Vec::new();
    for (key, value) in table.header.iter().filter(|(k, _)| !TITLES.contains(&k.as_str()) || *k == "kind") {
        let result = match key.strip_prefix("option ") {
            Some(name) => option(name, value).map(|option| options.push(option)),
            None if key == "unverified" => Ok(()),
            None => rules.set(key, kept(value)),
        };
        if let Err(error) = result {
            errors.push(format!("{top}: {error}"));
        }
    }
    if options.len() > MOST_OPTIONS {
        errors.push(format!("{top}: {} options; at most {MOST_OPTIONS} are kept", options.len()));
    }
    let mut seen = BTreeSet::new();
    let mut letters = Vec::new();
    for row in &table.rows {
        match letter(row, rules.kind) {
            Ok(letter) => {
                // A sign that is only read may stand beside others.
                if letter.1 < WRITTEN && !seen.insert((letter.0.clone(), letter.1)) {
                    errors.push(format!("{}: `{}` in this context stands twice; keep one", row.place, letter.0));
                }
                letters.push(letter);
            }
            Err(error) => errors.push(format!("{}: {error}", row.place)),
        }
    }
    if rules.kind == Kind::Sound {
        for (letter, context) in NEEDED.chars().map(|c| (c, 0)).chain([('ا', 1), ('و', 1), ('ي', 1), ('ة', 2), ('ة', 3)]) {
            if !seen.contains(&(letter.to_string(), context)) {
                let context = CONTEXTS.get(context).unwrap_or(&"");
                errors.push(format!("{top}: no row for `{letter}` in context {context}; a sound scheme has every letter"));
            }
        }
    }
    if errors.is_empty() { Ok(Scheme { header: table.header.clone(), rules, options, letters }) } else { Err(errors) }
}

fn letter(row: &Row, kind: Kind) -> Result<(String, usize, String, String), String> {
    let arabic = |c: char| ('\u{600}'..='\u{6FF}').contains(&c);
    let letter = sign(row.get("letter")).filter(|l| !l.is_empty() && l.chars().all(arabic));
    let letter = letter.ok_or("`letter` takes an Arabic letter or sign, or U+ and hex digits")?;
    let context = row.get("context");
    let place = CONTEXTS.iter().position(|c| *c == context);
    let place = place.ok_or_else(|| format!("`{context}` is no context; take one of {}", CONTEXTS.join(", ")))?;
    let together = letter.chars().count();
    if together > LONGEST_CLUSTER || together > 1 && kind == Kind::Sound && place < WRITTEN {
        return Err(format!("`{letter}` is more than one letter; a row that a sound scheme writes has one"));
    }
    let roman = row.get("roman");
    let roman = sign(roman).ok_or_else(|| format!("`{roman}` is no sign; write it out, or U+ and hex digits"))?;
    Ok((letter, place, roman, row.get("note").to_string()))
}

/// `iyy=iyy ة/pausa=ah; source`.
fn option(name: &str, text: &str) -> Result<SchemeOption, String> {
    let (settings, source) =
        text.split_once(';').ok_or_else(|| format!("option `{name}` has no source; write `SWITCH=VALUE ...; source`"))?;
    let mut option = SchemeOption { name: name.to_string(), switches: Vec::new(), letters: Vec::new(), source: source.trim().to_string() };
    for setting in settings.split_whitespace() {
        let (key, value) = setting.split_once('=').ok_or_else(|| format!("`{setting}` of option `{name}` is no SWITCH=VALUE"))?;
        match key.split_once('/') {
            None => {
                let mut trial = Rules::DEFAULT;
                trial.set(key, kept(value))?;
                option.switches.push((key.to_string(), kept(value)));
            }
            Some((letter, context)) => {
                let place = CONTEXTS.iter().take(WRITTEN).position(|c| *c == context);
                let place = place.ok_or_else(|| format!("`{context}` of option `{name}` is no context that is written"))?;
                option.letters.push((letter.to_string(), place, value.to_string()));
            }
        }
    }
    Ok(option)
}

pub fn emit(out: &mut String, schemes: &[Scheme]) {
    out.push_str("use crate::scheme::rules::{ArticleCapital::*, Kind::*, Rules};\n");
    let _ = writeln!(out, "pub static SCHEMES: [SchemeTable; {}] = [", schemes.len());
    for scheme in schemes {
        let title = |key: &str| scheme.header.get(key).map_or("", String::as_str);
        let _ = write!(
            out,
            "SchemeTable {{ label: {:?}, title: {:?}, edition: {:?}, source: {:?}, reversible: {}, unverified: {:?}, rules: &{:?}, letters: &[",
            title("scheme"),
            title("title"),
            title("edition"),
            title("source"),
            title("reversible") == "yes",
            title("unverified"),
            subsets(scheme),
        );
        for (letter, place, roman, note) in &scheme.letters {
            let context = CONTEXTS.get(*place).unwrap_or(&"");
            let _ = write!(out, "Letter {{ arabic: {letter:?}, context: {context:?}, roman: {roman:?}, note: {note:?} }}, ");
        }
        out.push_str("], options: &[");
        for option in &scheme.options {
            let letters: Vec<(char, usize, &str)> = option
                .letters
                .iter()
                .filter_map(|(l, p, r)| Some((l.chars().next().filter(|_| l.chars().count() == 1)?, *p, r.as_str())))
                .collect();
            let clusters: Vec<(&str, &str)> =
                option.letters.iter().filter(|(l, _, _)| l.chars().count() > 1).map(|(l, _, r)| (l.as_str(), r.as_str())).collect();
            let settings: Vec<String> = option
                .switches
                .iter()
                .map(|(k, v)| format!("{k} {v}"))
                .chain(option.letters.iter().map(|(l, _, r)| format!("{l} {r}")))
                .collect();
            let _ = write!(
                out,
                "SchemeOption {{ name: {:?}, settings: {:?}, source: {:?}, letters: &{letters:?}, clusters: &{clusters:?} }}, ",
                option.name,
                settings.join(", "),
                option.source
            );
        }
        out.push_str("], ");
        written(out, scheme);
        out.push_str(" },\n");
    }
    out.push_str("];\n");
}

/// The rules for every set of options; bit n of the place is option n.
fn subsets(scheme: &Scheme) -> Vec<Rules> {
    (0..1usize << scheme.options.len())
        .map(|set| {
            let mut rules = scheme.rules;
            for (_, option) in scheme.options.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1) {
                for (key, value) in &option.switches {
                    // Checked when the option was read.
                    let _ = rules.set(key, value);
                }
            }
            rules
        })
        .collect()
}

/// For every context the place of a letter's roman in one list; 0 is none.
fn written(out: &mut String, scheme: &Scheme) {
    let mut romans = vec![""];
    let mut index = vec![vec![0usize; 256]; WRITTEN];
    for (letter, place, roman, _) in scheme.letters.iter().filter(|(l, p, _, _)| *p < WRITTEN && l.chars().count() == 1) {
        let low = letter.chars().next().map_or(0, |c| (c as usize) & 0xFF);
        if let Some(cell) = index.get_mut(*place).and_then(|row| row.get_mut(low)) {
            *cell = romans.len();
            romans.push(roman);
        }
    }
    let _ = write!(out, "index: &{index:?}, romans: &{romans:?}");
}
