//! Schemes as the users of the program meet them: listed, detected, with options and forms.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/program.rs"]
mod program;

use program::*;

#[test]
fn schemes_are_listed_shown_and_found_by_letter() {
    let list = run(&["schemes"]);
    assert_eq!((list.err.as_str(), list.code), ("", 0));
    let titles: Vec<usize> = list.out.lines().map(|l| l.chars().take_while(|c| !c.is_whitespace()).count()).collect();
    assert!(titles.len() > 5);
    let starts = list.out.lines().map(|l| l.find("  ").map(|gap| gap + l.get(gap..).unwrap().find(|c| c != ' ').unwrap()).unwrap());
    assert_eq!(starts.collect::<std::collections::BTreeSet<_>>().len(), 1, "titles are aligned:\n{}", list.out);

    let all = &json_lines(&run(&["schemes", "--format", "json"]).out)[0];
    assert_eq!(all.as_array().unwrap().len() + 1, list.out.lines().count());
    assert!(all.as_array().unwrap().iter().any(|s| s["label"] == "dmg" && s["reversible"].is_boolean()));

    let dmg = run(&["schemes", "dmg"]);
    assert!(dmg.out.starts_with("scheme ") && dmg.out.contains("\nreversible ") && dmg.out.contains("ḫ"), "{}", dmg.out);
    let json = &json_lines(&run(&["schemes", "dmg", "--format", "json"]).out)[0];
    assert!(json["letters"].as_array().unwrap().iter().any(|l| l["letter"] == "خ" && l["roman"] == "ḫ"));

    for sign in ["ḫ", "Ḫ", "h\u{32E}"] {
        let found = run(&["schemes", "--letter", sign]);
        assert_eq!((found.err.as_str(), found.code), ("", 0), "{sign}");
        assert!(found.out.lines().any(|l| l.starts_with("dmg ")) && !found.out.contains("ala-lc"), "{}", found.out);
    }
    let json = &json_lines(&run(&["schemes", "--letter", "ḫ", "--format", "json"]).out)[0];
    assert!(json.as_array().unwrap().iter().any(|b| b["scheme"] == "dmg" && b["letter"] == "خ"));
    let none = run(&["schemes", "--letter", "☃"]);
    assert_eq!((none.out.as_str(), none.code), ("", 1));
    assert!(none.err.contains("`☃`"), "{}", none.err);
}

fn asked(args: &[&str], input: &str) -> Ran {
    fed(args, input.as_bytes())
}

#[test]
fn letters_outside_the_scheme_are_read_marked_skipped_or_refused() {
    let run = |how: &str| asked(&["normalize", "--from", "dmg", "--to", "ala-lc", "--unknown-letters", how], "Muḥamþad\nʿAlī\n");
    let read = run("read");
    assert_eq!((read.out.lines().count(), read.code), (2, 2));
    assert!(read.err.contains("`þ` is not a letter of scheme `dmg`") && read.err.contains("<stdin>:1:6"), "{}", read.err);
    let marked = run("mark");
    assert!(marked.out.starts_with("Muḥam\u{FFFD}") && marked.out.ends_with("\nʻAlī\n") && marked.code == 2, "{}", marked.out);
    let skipped = run("skip");
    assert_eq!((skipped.out.as_str(), skipped.code), ("Muḥammad\nʻAlī\n", 1), "{}", skipped.err);
    assert!(skipped.err.contains("1 letters that are not of scheme `dmg` were skipped"), "{}", skipped.err);
    let refused = run("fail");
    assert_eq!((refused.out.as_str(), refused.code), ("\nʻAlī\n", 2), "{}", refused.err);
    assert!(refused.err.contains("<stdin>:1:6"), "{}", refused.err);
    let auto = asked(&["normalize", "--unknown-letters", "skip", "x"], "");
    assert!(auto.code == 2 && auto.err.contains("needs `--from SCHEME`"), "{}", auto.err);
}

#[test]
fn headings_have_their_forms() {
    let run = |more: &[&str]| asked(&[&["normalize", "--to", "ala-lc"][..], more, &["الزنجاني، محمود، 1884-"]].concat(), "").out;
    assert_eq!(run(&[]), "al-Zanjānī, Maḥmūd, 1884-\n");
    assert_eq!(run(&["--initial-article", "drop"]), "Zanjānī, Maḥmūd, 1884-\n");
    assert_eq!(run(&["--form", "ascii"]), "al-Zanjani, Mahmud, 1884-\n");
    assert_eq!(run(&["--form", "sort-key"]), "zanjani mahmud 1884\n");
}

#[test]
fn options_of_a_scheme_stand_behind_a_colon() {
    let run = asked(&["normalize", "--to", "dmg:din-1982", "--format", "jsonl", "فاطمة عطية"], "");
    assert!(run.out.contains("\"output\":\"Fāṭimah ʿAṭiyyah\"") && run.out.contains("\"scheme\":\"dmg:din-1982\""), "{}", run.out);
    let wrong = asked(&["normalize", "--to", "dmg:din-1983", "x"], "");
    assert!(wrong.code == 2 && wrong.err.contains("did you mean `dmg:din-1982`?"), "{}", wrong.err);
}

#[test]
fn detect_names_the_schemes_of_a_text_or_of_each_line() {
    let text = asked(&["detect"], "Muḥammad Šayyāʿ as-Sūdānī\n");
    assert!(text.code == 0 && text.out.lines().nth(1).unwrap().starts_with("dmg "), "{}", text.out);
    assert!(text.out.contains("š     1"), "{}", text.out);
    let each = asked(&["detect", "--each"], "Muḥammad Šayyāʿ as-Sūdānī\n\n123\nMuḩammad Shayyā‘ as Sūdānī\n");
    let lines: Vec<&str> = each.out.lines().collect();
    assert_eq!((lines.len(), lines[1], lines[2]), (4, "", ""));
    assert!(lines[0].starts_with("dmg 0.9") && lines[3].contains("bgn-pcgn"), "{}", each.out);
    let json = asked(&["detect", "--format", "jsonl", "Qays al-Khazʻalī", "Šayyāʿ as-Sūdānī"], "");
    assert!(json.code == 1 && json.out.contains("\"mixed\":true"), "{}", json.out);
    assert_eq!(asked(&["detect", "42"], "").code, 1);
}
