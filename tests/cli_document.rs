//! The commands for running text as their users meet them.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/program.rs"]
mod program;

use program::*;
use serde_json::Value;
use std::fs;

const TEXT: &str = "Yesterday Qays al-Haz‘alī met\nFāliḥ al-Fayyāḍ.\n";
const ARABIC: &str = "التقى قيس الخزعلي أمس\nفالح الفياض.\n";

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("nasab-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("text.txt"), TEXT).unwrap();
    fs::write(folder.join("text.ar.txt"), ARABIC).unwrap();
    folder
}

fn path(folder: &std::path::Path, file: &str) -> String {
    folder.join(file).to_str().unwrap().to_string()
}

#[test]
fn lint_shows_the_place_and_mends_it() {
    let folder = folder("lint");
    let (text, arabic) = (path(&folder, "text.txt"), path(&folder, "text.ar.txt"));
    let ran = run(&["lint", &text, "--arabic", &arabic]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("text.txt:1:19\n1 | Yesterday Qays al-Haz‘alī met\n  |                   ^ Ḫ\n"), "{}", ran.out);
    assert_eq!(ran.err, "2 findings; --fix mends 2 of them\n");
    let diff = run(&["lint", &text, "--arabic", &arabic, "--diff"]);
    assert!(diff.out.contains("-Yesterday Qays al-Haz‘alī met\n+Yesterday Qays al-Ḫazʿalī met\n"), "{}", diff.out);
    assert_eq!(fs::read_to_string(&text).unwrap(), TEXT, "--diff changes nothing");
    let fix = run(&["lint", &text, "--arabic", &arabic, "--fix"]);
    assert_eq!((fix.code, fix.err.as_str()), (0, "2 findings, 2 fixed\n"));
    assert_eq!(fs::read_to_string(&text).unwrap(), TEXT.replace("al-Haz‘alī", "al-Ḫazʿalī"));
    let again = run(&["lint", &text, "--arabic", &arabic]);
    assert_eq!((again.code, again.out.as_str(), again.err.as_str()), (0, "", "1 file: nothing found\n"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn lint_speaks_json_and_sarif() {
    let folder = folder("sarif");
    let text = path(&folder, "text.txt");
    let found: Value = serde_json::from_str(&run(&["lint", &text, "--format", "json"]).out).unwrap();
    assert_eq!(found[0]["code"], "mark");
    assert_eq!((found[0]["found"].as_str(), found[0]["fix"].as_str()), (Some("H"), Some("Ḫ")));
    let start = found[0]["start"].as_u64().unwrap() as usize;
    assert_eq!(TEXT.get(start..found[0]["end"].as_u64().unwrap() as usize), Some("H"));
    let sarif: Value = serde_json::from_str(&run(&["lint", &text, "--format", "sarif"]).out).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!((sarif["version"].as_str(), result["ruleId"].as_str()), (Some("2.1.0"), Some("mark")));
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 19);
    assert_eq!(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "Ḫ");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_no_text_is_told_and_the_rest_is_read() {
    let folder = folder("bad");
    let text = path(&folder, "text.txt");
    for (name, bytes, said) in [
        ("a.bin", &b"abc\0def"[..], "binary file"),
        ("a.txt", b"Qays\nal-Haz\xff", "not UTF-8: byte 0xff"),
        ("a.docx", b"PK\x03\x04rest", "DOCX"),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
        let ran = run(&["lint", &path(&folder, name), &text]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(said) && ran.err.contains(name) && ran.out.contains("al-Haz‘alī"), "{}", ran.err);
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn align_gives_the_table() {
    let folder = folder("align");
    let (text, arabic) = (path(&folder, "text.txt"), path(&folder, "text.ar.txt"));
    let csv = run(&["align", &arabic, &text, "--format", "csv"]);
    assert_eq!((csv.code, csv.err.as_str()), (0, ""));
    assert!(csv.out.contains("\nقيس الخزعلي,,Qays al-Haz‘alī,Qays al-Ḫazʿalī,false,,"), "{}", csv.out);
    let rows = run(&["align", &arabic, &text, "--format", "jsonl"]);
    let row: Value = serde_json::from_str(rows.out.lines().next().unwrap()).unwrap();
    assert_eq!((row["arabic"]["text"].as_str(), row["written"].as_str()), (Some("قيس الخزعلي"), Some("Qays al-Ḫazʿalī")));
    let turned = run(&["align", &text, &arabic]);
    assert_eq!(turned.code, 1);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn scan_tells_places_in_the_whole_text() {
    let folder = folder("scan");
    fs::write(folder.join("people.csv"), "id,name\nq1,Qays al-Khazali\nq2,Falih al-Fayyad\n").unwrap();
    // More than one piece of reading, with bytes between that are no text.
    let mut long = "no names here. ".repeat(40_000).into_bytes();
    long.extend(b"\xff\n");
    long.extend(TEXT.as_bytes());
    fs::write(folder.join("long.txt"), &long).unwrap();
    let ran = run(&["scan", &path(&folder, "long.txt"), "--registry", &path(&folder, "people.csv"), "--format", "jsonl"]);
    assert!(ran.err.contains("not UTF-8"), "{}", ran.err);
    let hits: Vec<Value> = ran.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(hits.iter().map(|h| h["id"].as_str().unwrap()).collect::<Vec<_>>(), ["q1", "q2"]);
    for hit in &hits {
        let (start, end) = (hit["start"].as_u64().unwrap() as usize, hit["end"].as_u64().unwrap() as usize);
        assert_eq!(std::str::from_utf8(&long[start..end]).unwrap(), hit["text"].as_str().unwrap());
    }
    assert_eq!((hits[1]["line"].as_u64(), hits[1]["column"].as_u64()), (Some(3), Some(1)));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn variants_come_as_list_query_and_pattern() {
    let list = run(&["variants", "قيس الخزعلي"]);
    assert!(list.out.lines().count() == 50 && list.out.lines().any(|l| l == "Qais al-Khazali"), "{}", list.out);
    let query = run(&["variants", "--format", "query", "--limit", "3", "قيس الخزعلي"]);
    assert!(query.out.starts_with("(\"Qays\" OR ") && query.out.contains(") AND (\"al-Khazali\" OR "), "{}", query.out);
    let pattern = run(&["variants", "--format", "regex", "--limit", "40", "Sharif Hijazi"]);
    assert!(pattern.out.contains("Cherif") && pattern.out.contains(")[ -]+("), "{}", pattern.out);
    let french = run(&["variants", "--region", "french", "--limit", "4", "شريف"]);
    assert!(french.out.lines().any(|l| l == "Cherif") && french.out.starts_with("Ch"), "{}", french.out);
    let wrong = run(&["variants", "--region", "mars", "x"]);
    assert!(wrong.code == 2 && wrong.err.contains("there is no region `mars`"), "{}", wrong.err);
}

#[test]
fn a_project_says_once_what_holds_for_its_texts() {
    let folder = folder("config");
    fs::create_dir_all(folder.join("chapters/one")).unwrap();
    let text = path(&folder, "chapters/one/text.md");
    fs::write(&text, "# Jamal Abd al Nasir\nGamal Abdel Nasser met Qays al-Haz‘alī; Jamāl ʿAbd al-Nāṣir left.\n").unwrap();
    let config = "scheme = \"ala-lc\"\nignore = [\"sign\"]\n[[spelling]]\nwrite = \"Gamal Abdel Nasser\"\nfor = [\"جمال عبد الناصر\"]\n";
    fs::write(folder.join("nasab.toml"), config).unwrap();
    let found: Value = serde_json::from_str(&run(&["lint", &text, "--format", "json"]).out).unwrap();
    let told: Vec<(&str, &str)> =
        found.as_array().unwrap().iter().map(|f| (f["code"].as_str().unwrap(), f["found"].as_str().unwrap())).collect();
    assert_eq!(told, [("house", "Jamal Abd al Nasir"), ("scheme", "Haz‘alī"), ("house", "Jamāl ʿAbd al-Nāṣir")]);
    assert_eq!(found[1]["fix"], "Khazʻalī", "the scheme is the file's");
    let dmg: Value = serde_json::from_str(&run(&["lint", &text, "--format", "json", "--scheme", "dmg"]).out).unwrap();
    assert!(dmg.as_array().unwrap().iter().any(|f| f["fix"] == "Ḫ"), "the command line goes first");
    // The nearest file holds, whole.
    fs::write(folder.join("chapters/nasab.toml"), "ignore = [\"mark\", \"scheme\"]\n").unwrap();
    let nearest = run(&["lint", &text, "--format", "json"]).out;
    assert!(!nearest.contains("\"house\"") && !nearest.contains("\"mark\""), "{nearest}");
    let refusals = [
        ("ignore = [\n  \"marks\"]", "2:3", "no finding has the code `marks`"),
        ("scheme = \"dgm\"", "1:10", "dgm"),
        ("sure = 1.5", "1:8", "1.5 is no probability"),
        ("markup = \"rtf\"", "1:10", "no markup is called `rtf`"),
        ("schema = \"dmg\"", "1:1", "unknown field `schema`"),
        ("[[spelling]]\nwrite = \"…\"", "2:9", "`…` has no word"),
        ("scheme = ", "1:", ""),
    ];
    for (config, place, told) in refusals {
        fs::write(folder.join("chapters/nasab.toml"), config).unwrap();
        let ran = run(&["lint", &text]);
        assert_eq!(ran.code, 2, "{config}");
        assert!(ran.err.contains(&format!("nasab.toml:{place}")) && ran.err.contains(told), "{config}: {}", ran.err);
    }
    fs::remove_dir_all(folder).unwrap();
}
