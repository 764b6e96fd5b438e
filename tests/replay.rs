//! Every seed and every finding of the fuzzer, through the checks that the fuzzer makes.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used)]

#[path = "../fuzz/checks.rs"]
mod checks;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn listed(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Calls the check of each target with each of its files.
fn replay(kind: &str) -> usize {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut files = 0;
    for (target, check) in checks::TARGETS {
        for path in listed(&fuzz.join(kind).join(target)) {
            // Shown when the check fails.
            println!("{}", path.display());
            check(&std::fs::read(&path).unwrap());
            files += 1;
        }
    }
    files
}

#[test]
fn seeds() {
    assert!(replay("seeds") >= 8 * checks::TARGETS.len());
}

#[test]
fn regressions() {
    replay("regressions");
}

/// A finding is of one scheme, and a new scheme moves the byte that chooses it.
#[test]
fn names_are_read_in_every_scheme() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for path in ["seeds/read", "regressions/read"].iter().flat_map(|folder| listed(&fuzz.join(folder))) {
        println!("{}", path.display());
        let text = std::fs::read(&path).unwrap();
        for choice in 0..=nasab::Scheme::all().count() {
            let chosen: Vec<u8> = std::iter::once(choice as u8).chain(text.iter().skip(1).copied()).collect();
            checks::read(&chosen);
        }
    }
}

#[test]
fn every_folder_is_of_a_target() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let known: BTreeSet<&str> = checks::TARGETS.iter().map(|(target, _)| *target).chain(["import"]).collect();
    for folder in ["seeds", "regressions"].iter().flat_map(|kind| listed(&fuzz.join(kind))) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_string();
        assert!(known.contains(name.as_str()), "{} is of no target", folder.display());
    }
    for target in known {
        assert!(fuzz.join("fuzz_targets").join(format!("{target}.rs")).is_file(), "no fuzz target {target}");
    }
}
