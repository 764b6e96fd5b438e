//! Compiles `tables/` into perfect-hash maps: parse, check, emit.
//!
//! Watches the tables and its own steps. A wrong row stops the build with `file:line` and what to do.

#[path = "build/check.rs"]
mod check;
#[path = "build/emit.rs"]
mod emit;
#[path = "src/hub/mod.rs"]
#[allow(dead_code, unused_imports)]
mod hub;
#[path = "src/lexicon/key.rs"]
#[allow(dead_code)]
mod key;
#[path = "src/lexicon/vocaliser/label.rs"]
#[allow(dead_code)]
mod label;
#[path = "src/lexicon/vocaliser/layout.rs"]
#[allow(dead_code)]
mod layout;
#[path = "build/learned.rs"]
mod learned;
#[path = "build/lexicon.rs"]
mod lexicon;
#[path = "src/matching/measures.rs"]
#[allow(dead_code)]
mod measures;
#[path = "src/pack.rs"]
mod pack;
#[path = "build/parse.rs"]
mod parse;
#[path = "src/name/place.rs"]
#[allow(dead_code)]
mod place;
#[path = "src/scheme/rules.rs"]
mod rules;
#[path = "build/schemes.rs"]
mod schemes;
#[path = "src/lexicon/channel/slot.rs"]
#[allow(dead_code)]
mod slot;
#[path = "src/matching/units.rs"]
#[allow(dead_code)]
mod units;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    for watched in [
        "build.rs",
        "build",
        "tables",
        "src/hub",
        "src/lexicon/key.rs",
        "src/name/place.rs",
        "src/lexicon/channel/slot.rs",
        "src/pack.rs",
        "src/lexicon/vocaliser/label.rs",
        "src/lexicon/vocaliser/layout.rs",
        "src/scheme/rules.rs",
        "src/matching/measures.rs",
        "src/matching/units.rs",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(errors) => {
            for error in &errors {
                eprintln!("error: {error}");
            }
            eprintln!("error: {} wrong rows under tables/", errors.len());
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), Vec<String>> {
    let orthography = parse::folder(Path::new("tables/orthography"), &["from", "to"])?;
    let rows = parse::folder(Path::new("tables/lexicon"), &["form", "kind", "freq"])?;
    let schemes = parse::folder(Path::new("tables/schemes"), &["letter", "context", "roman"])?;
    let matching = |file: &str, needed: &[&str]| parse::file(&Path::new("tables/matching").join(file), needed);
    let trees = matching("trees.tsv", &["tree", "node", "measure", "threshold", "value"])?;
    let costs = matching("costs.tsv", &["left", "right", "odds"])?;
    let keys = matching("rarity-keys.tsv", &["key", "weight"])?;
    let bearers = matching("rarity-rows.tsv", &["form", "weight"])?;
    let vowels = parse::file(Path::new("tables/vocaliser/weights.tsv"), &["feature", "weights"])?;
    let channel = parse::file(Path::new("tables/channel/answers.tsv"), &["sound", "place", "letters", "share"])?;
    let context = parse::file(Path::new("tables/context/weights.tsv"), &["place", "kind", "weight"])?;
    let orthography = check::orthography(&orthography)?;
    let entries = check::lexicon(&rows)?;
    let schemes = schemes::check(&schemes)?;
    let matching = learned::matching(&trees, &costs, &keys)?;
    let rarity = learned::rarity(&bearers, &entries)?;
    let vowels = learned::vocaliser(&vowels)?;
    let channel = learned::channel(&channel)?;
    let context = learned::context(&context)?;
    let source = emit::source(&orthography, &entries, &schemes, &matching, &channel, &context);
    let out = std::env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    let write = |name: &str, bytes: &[u8]| std::fs::write(out.join(name), bytes).map_err(|e| vec![format!("cannot write {name}: {e}")]);
    for (name, bytes) in lexicon::files(&entries, &rarity)? {
        write(name, &bytes)?;
    }
    write("tables.rs", source.as_bytes())?;
    write("vocaliser.bin", &vowels)
}
