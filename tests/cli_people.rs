//! `nasab link` and `nasab cluster` as their users meet them.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/program.rs"]
mod program;

use program::*;
use serde_json::Value;

// link

const PEOPLE: [(&str, &str); 3] = [("q1", "Qays al-Khazali"), ("q2", "Falih al-Fayyad"), ("q3", "Muhammad al-Hakim")];

fn registries() -> Vec<File> {
    let rows = |row: &dyn Fn(&str, &str) -> String| PEOPLE.iter().map(|(id, name)| row(id, name)).collect::<String>();
    vec![
        File::new("r1.jsonl", rows(&|id, name| format!("{{\"id\":\"{id}\",\"names\":[\"{name}\"]}}\n"))),
        File::new("r2.ndjson", rows(&|id, name| format!("{{\"id\":\"{id}\",\"name\":\"{name}\"}}\n"))),
        File::new(
            "r3.json",
            rows(&|id, name| {
                format!("{{\"id\":\"{id}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{name}\"],\"weakAlias\":[\"x\"]}}}}\n")
            }),
        ),
        File::new("r4.csv", format!("Name,note,ID\n{}", rows(&|id, name| format!("\"{name}\",,{id}\n")))),
        File::new("r5.tsv", format!("id\tname\n{}q1\tقيس الخزعلي\n", rows(&|id, name| format!("{id}\t{name}\n")))),
    ]
}

#[test]
fn every_kind_of_registry_links_alike() {
    for registry in registries() {
        let ran = fed(&["link", "--registry", registry.path()], "قيس الخزعلي\nZzyzx\n".as_bytes());
        assert_eq!((ran.err.as_str(), ran.code), ("", 0), "{}", registry.path());
        let answers = json_lines(&ran.out);
        assert_eq!((answers[0]["query"].as_str(), answers[0]["status"].as_str()), (Some("قيس الخزعلي"), Some("linked")), "{}", ran.out);
        assert_eq!(answers[0]["matches"][0]["id"], "q1");
        assert!(answers[0]["matches"][0]["name"].is_string());
        assert_eq!((answers[1]["status"].as_str(), &answers[1]["matches"]), (Some("none"), &Value::Array(vec![])));
        let probabilities: Vec<f64> =
            answers[0]["matches"].as_array().unwrap().iter().map(|m| m["probability"].as_f64().unwrap()).collect();
        assert!(probabilities.is_sorted_by(|a, b| a >= b), "best first");
        assert!(probabilities.iter().all(|p| ((p * 1e6).round() / 1e6 - p).abs() < f64::EPSILON), "six decimals");
    }
}

#[test]
fn top_and_threshold_are_kept() {
    let registry = File::new("top.csv", "id,name\na,Qays al-Khazali\nb,Qays Hadi al-Khazali\nc,Qais Falih Khazaali\n");
    let of = |args: &[&str]| {
        let ran = run(&[&["link", "--registry", registry.path()], args].concat());
        (json_lines(&ran.out).remove(0), ran.code)
    };
    assert_eq!(of(&["قيس الخزعلي"]).0["matches"].as_array().unwrap().len(), 3);
    assert_eq!(of(&["--top", "1", "قيس الخزعلي"]).0["matches"].as_array().unwrap().len(), 1);
    let (doubtful, _) = of(&["--top", "1", "Qays Hadi"]);
    let best = doubtful["matches"][0]["probability"].as_f64().unwrap();
    assert!(best < 1.0);
    assert_ne!(of(&["--threshold", "1", "--top", "1", "Qays Hadi"]).0["status"], "linked");
    assert_eq!(of(&["--threshold", &format!("{:.3}", best - 0.01), "--top", "1", "Qays Hadi"]).0["status"], "linked");
}

#[test]
fn nobody_linked_is_1_and_no_name_is_2() {
    let registry = File::new("nobody.csv", "id,name\n1,Qays\n");
    let ran = run(&["link", "--registry", registry.path(), "Zzyzx"]);
    assert_eq!((ran.err.as_str(), ran.code), ("", 1));
    let ran = run(&["link", "--registry", registry.path(), "Qays", "123"]);
    let answers = json_lines(&ran.out);
    assert_eq!((answers[1]["query"].as_str(), answers[1]["status"].as_str(), ran.code), (Some("123"), Some("none"), 2));
    assert!(answers[1]["error"].is_string());
}

#[test]
fn a_faulty_row_of_a_registry_is_told_and_the_rest_is_used() {
    let json = File::new("faulty.jsonl", "{\"id\":\"q\",\"name\":\"Qays\"}\n{\"id\":\"é\" \"x\"}\n{\"name\":\"x\"}\n{\"id\":\"z\"}\n");
    let ran = run(&["link", "--registry", json.path(), "Qays"]);
    assert_eq!((json_lines(&ran.out)[0]["matches"][0]["id"].as_str(), ran.code), (Some("q"), 2));
    for place in [":2:11\n", ":3\n", ":4\n"] {
        assert!(ran.err.contains(&format!(" --> {}{place}", json.path())), "{place}: {}", ran.err);
    }
    let csv = File::new("faulty.csv", b"id,name\n,Qays\nq,\nq,Qays\nr,\xFF\n");
    let ran = run(&["link", "--registry", csv.path(), "Qays"]);
    assert_eq!((json_lines(&ran.out)[0]["matches"][0]["id"].as_str(), ran.code), (Some("q"), 2));
    let lines: Vec<&str> = ran.err.lines().filter_map(|l| l.rsplit_once(".csv:").map(|(_, line)| line)).collect();
    assert_eq!(lines, ["2", "3", "5"], "{}", ran.err);
    let other = File::new("people.xml", "");
    let nameless = File::new("nameless.csv", "id,nom\n1,Qays\n");
    for (file, said) in [(&other, ".jsonl"), (&nameless, "`id`, `nom`")] {
        let ran = run(&["link", "--registry", file.path(), "Qays"]);
        assert_eq!((ran.out.as_str(), ran.code), ("", 2));
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

// cluster

#[test]
fn every_line_has_its_group_in_order_and_a_line_that_is_no_name_has_none() {
    let mut list = b"Qays al-Khazali\nFalih al-Fayyad\n\n".to_vec();
    list.extend("قيس الخزعلي".as_bytes());
    list.extend(b"\nx\xff\nQays al-Khazali\n");
    let ran = fed(&["cluster", "--format", "tsv"], &list);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: no letter in the name\n --> <stdin>:3\n"), "{}", ran.err);
    assert!(ran.err.contains("error: `0xFF` is not UTF-8\n --> <stdin>:5:2\n"), "{}", ran.err);
    let rows: Vec<(&str, &str)> = ran.out.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let names: Vec<&str> = rows.iter().map(|(_, name)| *name).collect();
    assert_eq!(names, ["Qays al-Khazali", "Falih al-Fayyad", "", "قيس الخزعلي", "x\u{FFFD}", "Qays al-Khazali"]);
    let group: Vec<&str> = rows.iter().map(|(group, _)| *group).collect();
    assert!(group[0] == group[3] && group[0] == group[5] && group[0] != group[1] && !group[1].is_empty(), "{group:?}");
    assert_eq!((group[2], group[4]), ("", ""));

    let records = json_lines(&fed(&["cluster", "--format", "jsonl"], &list).out);
    let groups: Vec<&Value> = records.iter().filter(|r| !r["group"].is_null()).collect();
    assert_eq!(groups.len(), 2);
    let man = groups.iter().find(|r| r["group"] == group[0]).unwrap();
    let mut lines: Vec<u64> = man["members"].as_array().unwrap().iter().map(|m| m["line"].as_u64().unwrap()).collect();
    lines.sort_unstable();
    assert_eq!(lines, [1, 4, 6]);
    assert_eq!((&man["weakest"]["left"], &man["weakest"]["right"]), (&"Qays al-Khazali".into(), &"قيس الخزعلي".into()));
    assert_eq!(man["weakest"]["probability"], man["mean"]);
    let refused: Vec<u64> = records.iter().filter(|r| r["error"].is_string()).map(|r| r["members"][0]["line"].as_u64().unwrap()).collect();
    assert_eq!(refused, [3, 5]);

    let shown = fed(&["cluster"], &list);
    assert!(shown.out.starts_with(&format!("{}  3 names\n", group[0])) && shown.out.contains("weakest 0."), "{}", shown.out);
    assert!(!shown.out.contains("Falih"), "a name alone is nothing to review");
}

#[test]
fn the_threshold_is_kept_and_nothing_to_answer_is_no_error() {
    let names = ["cluster", "--format", "tsv", "Qays al-Khazali", "Qais Khazaali"];
    let groups = |args: &[&str]| run(args).out.lines().map(|l| l.split('\t').next().unwrap().to_string()).collect::<Vec<_>>();
    let joined = groups(&names);
    assert_eq!(joined[0], joined[1]);
    let apart = groups(&[&names[..], &["--threshold", "1"]].concat());
    assert_ne!(apart[0], apart[1]);
    let ran = fed(&["cluster", "--format", "jsonl"], b"");
    assert_eq!((ran.out.as_str(), ran.err.as_str(), ran.code), ("", "", 0));
}

#[test]
fn known_groups_keep_their_ids_and_take_new_names_in() {
    let list = "Qays al-Khazali\nFalih al-Fayyad\n\nقيس الخزعلي\n";
    for format in ["tsv", "jsonl"] {
        let known = File::new(&format!("known.{format}"), fed(&["cluster", "--format", format], list.as_bytes()).out);
        let old = fed(&["cluster", "--format", "tsv"], list.as_bytes()).out;
        let id = |text: &str, name: &str| text.lines().find_map(|l| l.strip_suffix(&format!("\t{name}")).map(str::to_string)).unwrap();
        // "Al-Khazali, Qays" would be the first of its group, and give it another id.
        let ran = run(&["cluster", "--format", "tsv", "--known", known.path(), "Kais Khazali", "Al-Khazali, Qays", "Hamid Salim"]);
        assert_eq!((ran.err.as_str(), ran.code), ("", 0));
        assert_eq!(ran.out.lines().count(), 3, "known names have no line");
        assert_eq!(id(&ran.out, "Kais Khazali"), id(&old, "Qays al-Khazali"));
        assert_eq!(id(&ran.out, "Al-Khazali, Qays"), id(&old, "Qays al-Khazali"));
        assert!(!old.contains(&id(&ran.out, "Hamid Salim")));
        // The same lines again have the same answer.
        let again = fed(&["cluster", "--format", "tsv", "--known", known.path()], list.as_bytes());
        assert_eq!(again.out, old);
    }
    let odd = File::new("known-odd.tsv", "g1\tQays al-Khazali\nno tab\n\tnobody\n{\"group\":1}\n");
    let ran = run(&["cluster", "--format", "tsv", "--known", odd.path(), "Qais al-Khazali"]);
    assert_eq!((ran.out.as_str(), ran.code), ("g1\tQais al-Khazali\n", 2));
    assert!(ran.err.contains(":2\n") && ran.err.contains(":4\n"), "{}", ran.err);
}

#[test]
fn any_order_of_many_lines_gives_the_same_groups() {
    let firsts = ["Qays", "Qais", "Salim", "Saleem", "Hamid", "Tariq", "Mansur"];
    let lasts = ["al-Khazali", "Khazaali", "al-Halabi", "Halaby", "Barakat", "Fayyad"];
    let mut names: Vec<String> = firsts.iter().flat_map(|f| lasts.iter().map(move |l| format!("{f} {l}"))).collect();
    let answer = |names: &[String]| {
        let out = fed(&["cluster", "--format", "tsv"], names.join("\n").as_bytes()).out;
        let mut rows: Vec<String> = out.lines().map(str::to_string).collect();
        rows.sort();
        rows
    };
    let first = answer(&names);
    assert_eq!(first.len(), 42);
    names.reverse();
    assert_eq!(answer(&names), first);
    names.rotate_left(17);
    names.swap(3, 29);
    assert_eq!(answer(&names), first);
}
