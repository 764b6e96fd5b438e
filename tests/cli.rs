//! The program as its users meet it: standard output, standard error and exit code together.
//!
//! What names sound like is tested elsewhere: here stands what a better lexicon does not change.
//! `NASAB_BLESS=1 cargo test --test cli` writes `tests/data/help.txt` anew.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/program.rs"]
mod program;

use program::*;
use serde_json::Value;

// Help and usage.

#[test]
fn help_is_the_golden_file_for_every_command() {
    let top = run(&["--help"]);
    assert_eq!((top.err.as_str(), top.code), ("", 0));
    let listed = top.out.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let verbs: Vec<&str> = listed.lines().filter_map(|l| l.split_whitespace().next()).filter(|v| *v != "help").collect();
    assert!(verbs.len() >= 5, "{verbs:?}");
    let mut text = format!("$ nasab --help\n{}", top.out);
    for verb in verbs {
        let (long, short) = (run(&[verb, "--help"]), run(&[verb, "-h"]));
        assert_eq!((long.err.as_str(), long.code), ("", 0));
        assert!(long.out.contains("\nExamples:\n"), "the long help of {verb} has examples");
        assert!(short.out.lines().count() < long.out.lines().count(), "-h of {verb} is the short one");
        text.push_str(&format!("\n$ nasab {verb} --help\n{}", long.out));
        let inner = long.out.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
        for inner in inner.lines().filter_map(|l| l.split_whitespace().next()).filter(|inner| *inner != "help") {
            let ran = run(&[verb, inner, "--help"]);
            assert!(ran.code == 0 && ran.out.contains("\nExamples:\n"), "the long help of {verb} {inner} has examples");
            text.push_str(&format!("\n$ nasab {verb} {inner} --help\n{}", ran.out));
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/help.txt");
    if std::env::var_os("NASAB_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(path).unwrap(), "NASAB_BLESS=1 writes it anew");
}

#[test]
fn wrong_usage_is_told_on_standard_error_with_2() {
    for args in [
        &[][..],
        &["nonsense"],
        &["normalize", "--no-such-flag"],
        &["normalize", "--readings", "0", "x"],
        &["normalize", "--column", "name", "x"],
        &["normalize", "--file", "f", "x"],
        &["normalize", "--format", "csv", "x"],
        &["match"],
        &["match", "one"],
        &["match", "--pairs", "f", "a", "b"],
        &["link", "x"],
        &["link", "--registry", "r.csv", "--threshold", "1.5", "x"],
        &["cluster", "--threshold", "1.5", "x"],
        &["cluster", "--format", "csv", "x"],
        &["schemes", "dmg", "--letter", "x"],
    ] {
        let ran = run(args);
        assert_eq!((ran.out.as_str(), ran.code), ("", 2), "{args:?}");
        assert!(!ran.err.is_empty(), "{args:?}");
    }
}

#[test]
fn an_unknown_scheme_is_told_with_the_nearest() {
    for args in [
        &["normalize", "--to", "ala-lx", "x"][..],
        &["normalize", "--from", "ala-lx", "x"],
        &["parse", "--to", "ala-lx", "x"],
        &["schemes", "ala-lx"],
    ] {
        let ran = run(args);
        assert_eq!((ran.out.as_str(), ran.code), ("", 2), "{args:?}");
        assert!(ran.err.starts_with("error: there is no scheme `ala-lx`\nhint: did you mean `ala-lc`?"), "{}", ran.err);
    }
}

#[test]
fn a_file_that_is_not_there_is_told() {
    for args in [
        &["normalize", "--file", "/no/such"][..],
        &["match", "--pairs", "/no/such"],
        &["link", "--registry", "/no/such.csv", "x"],
        &["cluster", "--known", "/no/such", "x"],
        &["cluster", "--file", "/no/such"],
    ] {
        let ran = run(args);
        assert_eq!((ran.out.as_str(), ran.code), ("", 2), "{args:?}");
        assert!(ran.err.starts_with("error: `/no/such"), "{}", ran.err);
    }
    let ran = run(&["normalize", "--file", "/"]);
    assert_eq!((ran.out.as_str(), ran.code), ("", 2));
    assert!(ran.err.starts_with("error: `/` cannot be read"), "{}", ran.err);
}

// normalize

#[test]
fn names_come_from_arguments_standard_input_or_a_file() {
    let names = "Qais al-Khazali\nمحمد\n";
    let file = File::new("names.txt", names);
    let expected = "Qays al-Ḫazʿalī\nMuḥammad\n";
    for ran in [
        run(&["normalize", "Qais al-Khazali", "محمد"]),
        fed(&["normalize"], names.as_bytes()),
        fed(&["normalize", "-"], names.as_bytes()),
        fed(&["normalize", "--file", "-"], names.as_bytes()),
        run(&["normalize", "--file", file.path()]),
        run(&["normalize", "--from", "auto", "--to", "dmg", "--format", "text", "Qais al-Khazali", "محمد"]),
    ] {
        assert_eq!((ran.out.as_str(), ran.err.as_str(), ran.code), (expected, "", 0));
    }
    let ran = run(&["normalize", "--to", "arabic", "Qays al-Ḫazʿalī"]);
    assert_eq!((ran.out.as_str(), ran.code), ("قيس الخزعلي\n", 0));
}

#[test]
fn ends_of_lines_and_a_byte_order_mark_are_no_part_of_names() {
    let plain = fed(&["normalize", "--format", "tsv"], "محمد\nQays\n".as_bytes());
    let odd = fed(&["normalize", "--format", "tsv"], "\u{FEFF}محمد\r\nQays".as_bytes());
    assert_eq!((&odd.out, odd.err.as_str(), odd.code), (&plain.out, "", 0));
    assert!(plain.out.starts_with("محمد\t"));
}

#[test]
fn tsv_has_four_cells_and_jsonl_the_whole() {
    let tsv = fed(&["normalize", "--format", "tsv"], "قيس الخزعلي\na\tb\n".as_bytes());
    let rows: Vec<Vec<&str>> = tsv.out.lines().map(|l| l.split('\t').collect()).collect();
    assert_eq!(rows[0][..3], ["قيس الخزعلي", "Qays al-Ḫazʿalī", "قيس الخزعلي"]);
    assert!((0.0..=1.0).contains(&rows[0][3].parse::<f64>().unwrap()));
    assert_eq!((rows[1].len(), rows[1][0]), (4, "a b"), "a tab in a name does not part cells");

    let ran = run(&["normalize", "--to", "ala-lc", "--format", "jsonl", "--readings", "2", "قيس الخزعلي"]);
    assert_eq!((ran.err.as_str(), ran.code), ("", 0));
    let answer = &json_lines(&ran.out)[0];
    assert_eq!(answer["input"], "قيس الخزعلي");
    assert_eq!(answer["scheme"], "ala-lc");
    assert_eq!(answer["arabic"], "قيس الخزعلي");
    assert_eq!(answer["output"], answer["readings"][0]["text"]);
    assert_eq!(answer["readings"][0]["arabic"], "قيس الخزعلي");
    assert!(answer["readings"][0]["probability"].as_f64().unwrap() > 0.0);
    assert!(answer["readings"][0]["guessed"].is_boolean());
    assert!((1..=2).contains(&answer["readings"].as_array().unwrap().len()));
    let parts = answer["parts"].as_array().unwrap();
    assert_eq!(parts[0]["role"], "ism");
    assert_eq!(parts.iter().map(|p| p["text"].as_str().unwrap()).collect::<Vec<_>>().join(" "), answer["output"].as_str().unwrap());
    let order: Vec<usize> = ["\"input\"", "\"output\"", "\"scheme\"", "\"arabic\"", "\"readings\"", "\"parts\""]
        .iter()
        .map(|k| ran.out.find(k).unwrap())
        .collect();
    assert!(order.is_sorted(), "{}", ran.out);
}

#[test]
fn an_empty_line_is_answered_and_told() {
    for (format, empty) in [("text", ""), ("tsv", "\t\t\t")] {
        let ran = fed(&["normalize", "--format", format], "Qays\n\nQays\n".as_bytes());
        let lines: Vec<&str> = ran.out.lines().collect();
        assert_eq!((lines.len(), lines[1], ran.code), (3, empty, 2));
        assert_eq!(lines[0], lines[2]);
        assert!(ran.err.starts_with("error: ") && ran.err.contains("\n --> <stdin>:2"), "{}", ran.err);
    }
    let ran = fed(&["normalize", "--format", "jsonl"], b"\n");
    assert_eq!((json_lines(&ran.out)[0]["input"].as_str(), ran.code), (Some(""), 2));
    assert!(json_lines(&ran.out)[0]["error"].is_string());
}

#[test]
fn a_place_is_a_file_standard_input_or_an_argument() {
    let bad = "Qays\n123\n";
    let file = File::new("bad.txt", bad);
    let place = |ran: &Ran| ran.err.lines().find_map(|l| l.strip_prefix(" --> ")).unwrap().to_string();
    assert!(place(&fed(&["normalize"], bad.as_bytes())).starts_with("<stdin>:2"));
    assert!(place(&run(&["normalize", "Qays", "123"])).starts_with("<argument>:2"));
    assert!(place(&run(&["normalize", "--file", file.path()])).starts_with(&format!("{}:2", file.path())));
}

#[test]
fn a_letter_of_no_scheme_is_told_with_its_column_and_the_name_is_written() {
    let ran = fed(&["normalize", "--from", "ala-lc"], "Qays\nQays al-ʒali\n".as_bytes());
    assert_eq!(ran.out.lines().count(), 2);
    assert!(ran.out.lines().nth(1).unwrap().starts_with("Qays"), "{}", ran.out);
    let told: Vec<&str> = ran.err.lines().collect();
    assert!(told[0].starts_with("error: ") && told[0].contains("`ʒ`") && told[0].contains("ala-lc"), "{}", ran.err);
    assert!(told[1].starts_with(" --> <stdin>:2:"), "{}", ran.err);
    assert!(told[2].starts_with("hint: "), "{}", ran.err);
    assert_eq!(ran.code, 2);
    assert!(!ran.err.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn the_exit_code_is_that_of_the_worst_note() {
    for name in ["محمد", "محمد 123", "Qays 12 al-Khazali", "Qays 日本", "محمد (الثاني)", "Qays ʒ"] {
        let ran = run(&["normalize", "--format", "jsonl", name]);
        let notes = json_lines(&ran.out)[0]["notes"].as_array().cloned().unwrap_or_default();
        let worst = notes.iter().map(|n| if n["severity"] == "error" { 2 } else { 1 }).max().unwrap_or(0);
        assert_eq!(ran.code, worst, "{name}: {}", ran.out);
        assert_eq!(ran.err.lines().filter(|l| l.starts_with("error: ") || l.starts_with("warning: ")).count(), notes.len(), "{}", ran.err);
    }
}

#[test]
fn bytes_that_are_not_utf8_are_told_by_character() {
    let ran = fed(&["normalize", "--format", "jsonl"], b"\xD9\x82\xD9\x8A \xFFx\nQays\n");
    let answers = json_lines(&ran.out);
    assert_eq!((answers.len(), ran.code), (2, 2));
    assert_eq!(answers[0]["input"], "قي \u{FFFD}x");
    assert!(answers[0]["error"].as_str().unwrap().contains("UTF-8"));
    assert_eq!(answers[1]["input"], "Qays");
    assert!(ran.err.contains("\n --> <stdin>:1:4\n"), "{}", ran.err);
}

#[test]
fn twenty_of_a_kind_are_told_and_the_rest_counted() {
    let ran = fed(&["normalize"], "1\n".repeat(332).as_bytes());
    assert_eq!((ran.out.as_str(), ran.code), ("\n".repeat(332).as_str(), 2));
    assert_eq!(ran.err.matches(" --> <stdin>:").count(), 20);
    assert!(ran.err.lines().last().unwrap().ends_with("... and 312 more like it"), "{}", ran.err);
}

#[test]
fn order_is_kept_over_many_lines() {
    let input: String = (0..50_000).map(|n| format!("Qays {n}\n")).collect();
    let ran = fed(&["normalize", "--format", "tsv"], input.as_bytes());
    let mut count = 0;
    for (n, line) in ran.out.lines().enumerate() {
        assert!(line.starts_with(&format!("Qays {n}\t")), "line {n} is {line}");
        count += 1;
    }
    assert_eq!(count, 50_000);
}

/// Lines that try to break the step of lines and answers.
const HOSTILE: &[u8] = b"Qays\n\n\t\n\x00\n123\n\xFF\xFE\n\r\na\rb\n\xE2\x80\xAE\xD9\x82\n\"open\n{\"a\":\na\tb\tc\n\xE2\x80\xA8x\nlast";

#[test]
fn every_command_answers_every_line_with_one() {
    let mut input = HOSTILE.to_vec();
    input.extend(b"\n");
    input.extend(vec![b'x'; 200_000]);
    input.extend(b"\nQays");
    let lines = input.split(|b| *b == b'\n').count();
    let registry = File::new("step.csv", "id,name\n1,Qays\n");
    for args in [
        &["normalize"][..],
        &["normalize", "--to", "arabic"],
        &["normalize", "--to", "buckwalter"],
        &["normalize", "--format", "tsv"],
        &["normalize", "--format", "jsonl"],
        &["normalize", "--format", "jsonl", "--column", "name"],
        &["parse"],
        &["parse", "--format", "jsonl"],
        &["match", "--pairs", "-"],
        &["link", "--registry", registry.path()],
        &["cluster", "--format", "tsv"],
    ] {
        let ran = fed(args, &input);
        assert_eq!(ran.out.matches('\n').count(), lines, "{args:?}");
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.out.ends_with('\n'));
        if args.contains(&"jsonl") && !args.contains(&"--column") || args[0] == "link" {
            assert_eq!(json_lines(&ran.out).len(), lines);
        }
    }
    let mut table = b"id\tname\n".to_vec();
    table.extend(&input);
    let ran = fed(&["normalize", "--format", "tsv", "--column", "name"], &table);
    assert_eq!(ran.out.matches('\n').count(), lines + 1);
}

#[test]
fn a_pipe_gets_what_is_there_unescaped() {
    let ran = fed(&["normalize", "--format", "tsv"], "\u{202E}قيس\u{1b}[31m\n".as_bytes());
    assert!(ran.out.starts_with("\u{202E}قيس\u{1b}[31m\t"), "{:?}", ran.out);
}

// Tables.

#[test]
fn a_csv_comes_out_as_it_was_with_a_column() {
    let table = "id,\"name\",note\r\n1,قيس,\"a, \"\"b\"\"\"\r\n2,\"Qays, al-Khazali\",\"two\nlines\"\n3,,x\n4,\"محمد\",";
    let ran = fed(&["normalize", "--to", "arabic", "--format", "csv", "--column", "name"], table.as_bytes());
    assert_eq!((ran.err.as_str(), ran.code), ("", 0));
    let expected = "id,\"name\",note,name_arabic\r\n1,قيس,\"a, \"\"b\"\"\",قيس\r\n2,\"Qays, al-Khazali\",\"two\nlines\",";
    assert!(ran.out.starts_with(expected), "{}", ran.out);
    assert!(ran.out.ends_with("\n3,,x,\n4,\"محمد\",,محمد\n"), "{}", ran.out);
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(ran.out.as_bytes()).into_records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), &rows[1][2]), (4, "two\nlines"), "a comma in the answer is quoted: {}", ran.out);
}

#[test]
fn tsv_and_json_lines_too_and_the_ending_tells() {
    let tsv = File::new("t.tsv", "name\tid\nQays\t\"1\n");
    for ran in [
        run(&["normalize", "--column", "name", "--file", tsv.path()]),
        fed(&["normalize", "--column", "name", "--format", "tsv"], b"\xEF\xBB\xBFname\tid\nQays\t\"1"),
    ] {
        assert_eq!((ran.out.as_str(), ran.err.as_str(), ran.code), ("name\tid\tname_dmg\nQays\t\"1\tQays\n", "", 0));
    }
    let rows = "{\"name\": \"Qays\", \"n\": 1.0}\n{\"name\":[\"Qays\",\"محمد\"]}\n{\"name\":null}\n";
    let json = File::new("t.jsonl", rows);
    let ran = run(&["normalize", "-c", "name", "--file", json.path()]);
    let expected = "{\"name\": \"Qays\", \"n\": 1.0,\"name_dmg\":\"Qays\"}\n{\"name\":[\"Qays\",\"محمد\"],\"name_dmg\":[\"Qays\",\"Muḥammad\"]}\n{\"name\":null,\"name_dmg\":null}\n";
    assert_eq!((ran.out.as_str(), ran.err.as_str(), ran.code), (expected, "", 0));
    let ran = fed(&["normalize", "--column", "name"], b"name\nx\n");
    assert_eq!((ran.out.as_str(), ran.code), ("", 2), "standard input has no ending");
}

#[test]
fn a_missing_column_is_one_error_that_lists_the_columns() {
    let ran = fed(&["normalize", "--column", "name", "--format", "csv"], b"id,nom\n1,x\n2,y\n");
    assert_eq!((ran.out.as_str(), ran.code), ("", 2));
    assert_eq!(ran.err, "error: there is no column `name`\n --> <stdin>:1\nhint: the columns are `id`, `nom`\n");
    let ran = fed(&["normalize", "--column", "name", "--format", "jsonl"], b"{\"nom\":\"x\"}\n{\"name\":\"Qays\"}\n");
    assert_eq!((ran.out.as_str(), ran.code), ("{\"nom\":\"x\",\"name_dmg\":null}\n{\"name\":\"Qays\",\"name_dmg\":\"Qays\"}\n", 2));
    assert_eq!(ran.err, "error: there is no column `name`\n --> <stdin>:1\nhint: the columns are `nom`\n");
    let ran = fed(&["normalize", "--column", "name", "--format", "csv"], b"");
    assert_eq!((ran.out.as_str(), ran.code), ("", 2));
}

#[test]
fn a_faulty_row_keeps_its_place_and_is_told_by_its_own() {
    let table = "id,name\n\"a\nb\",Qays ʒ\n2\n3,Qays,x\n4,Qays\n".as_bytes();
    let ran = fed(&["normalize", "--from", "ala-lc", "--column", "name", "--format", "csv"], table);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 6);
    assert!(lines[2].starts_with("b\",Qays ʒ,Qays"), "{}", ran.out);
    assert_eq!(lines[3..], ["2,,", "3,Qays,x,", "4,Qays,Qays"]);
    let places: Vec<&str> = ran.err.lines().filter_map(|l| l.strip_prefix(" --> ")).collect();
    assert_eq!(places, ["<stdin>:3:9", "<stdin>:4", "<stdin>:5"], "{}", ran.err);
    assert_eq!(ran.code, 2);
}

// match

#[test]
fn two_names_give_a_picture_or_json_and_a_code() {
    let same = run(&["match", "قيس الخزعلي", "Qais al-Khazali"]);
    assert_eq!((same.err.as_str(), same.code), ("", 0));
    for word in ["قيس", "الخزعلي", "Qais", "probability"] {
        assert!(same.out.contains(word), "{word}: {}", same.out);
    }
    let other = run(&["match", "قيس الخزعلي", "Fatima Zahra"]);
    assert_eq!((other.err.as_str(), other.code), ("", 1));
    assert!(other.out.contains("different"), "{}", other.out);

    let json = run(&["match", "--format", "json", "قيس الخزعلي", "Qais al-Khazali Falih"]);
    let comparison = &json_lines(&json.out)[0];
    assert!((0.0..=1.0).contains(&comparison["probability"].as_f64().unwrap()));
    assert_eq!(comparison["words"].as_array().unwrap().len(), 3, "{}", json.out);
    let missing = &comparison["words"][2];
    assert_eq!((&missing["left"], missing["right"].as_str(), missing["kind"].as_str()), (&Value::Null, Some("Falih"), Some("missing")));
    assert_eq!(json.code, i32::from(comparison["probability"].as_f64().unwrap() < 0.5));

    let none = run(&["match", "123", "Qais"]);
    assert_eq!((none.out.as_str(), none.code), ("", 2));
}

#[test]
fn pairs_are_answered_in_order_and_a_line_that_is_none_too() {
    let pairs = "قيس الخزعلي\tQais al-Khazali\nno tab\nQays\tFatima\na\tb\tc\n\tQays\n";
    let file = File::new("pairs.tsv", pairs);
    let piped = fed(&["match", "--pairs", "-"], pairs.as_bytes());
    let ran = run(&["match", "--pairs", file.path()]);
    assert_eq!((&ran.out, ran.code), (&piped.out, 2));
    let lines: Vec<(&str, &str)> = ran.out.lines().map(|l| l.split_once('\t').unwrap()).collect();
    assert_eq!(lines.iter().map(|(_, rest)| *rest).collect::<Vec<_>>(), pairs.lines().collect::<Vec<_>>());
    assert!(lines.iter().all(|(p, _)| p.len() == 8 && (0.0..=1.0).contains(&p.parse::<f64>().unwrap())));
    assert!(lines[0].0.parse::<f64>().unwrap() > 0.5 && lines[2].0.parse::<f64>().unwrap() < 0.5);
    assert_eq!((lines[1].0, lines[3].0, lines[4].0), ("0.000000", "0.000000", "0.000000"));
    for place in ["<stdin>:2", "<stdin>:4", "<stdin>:5"] {
        assert!(piped.err.contains(place), "{}", piped.err);
    }
    let good = fed(&["match", "--pairs", "-"], "Qays\tFatima\n".as_bytes());
    assert_eq!((good.err.as_str(), good.code), ("", 0), "a pair that does not match is an answer like any");
}

// parse

#[test]
fn parts_have_roles_and_terms() {
    let name = "أبو بكر محمد بن زكريا الرازي";
    let ran = run(&["parse", name, "Qays"]);
    assert_eq!((ran.err.as_str(), ran.code, ran.out.lines().count()), ("", 0, 2));
    assert!(ran.out.starts_with("Abū Bakr: kunya (كنية); Muḥammad: ism (اسم); "), "{}", ran.out);
    let ran = fed(&["parse", "--format", "jsonl", "--to", "ala-lc"], name.as_bytes());
    let answer = &json_lines(&ran.out)[0];
    assert_eq!((answer["input"].as_str(), ran.code), (Some(name), 0));
    let parts = answer["parts"].as_array().unwrap();
    let role = |n: usize| (parts[n]["role"].as_str().unwrap(), parts[n]["term"].as_str().unwrap());
    assert_eq!([role(0), role(1), role(2), role(3)], [("kunya", "كنية"), ("ism", "اسم"), ("nasab", "نسب"), ("nisba", "نسبة")]);
    assert_eq!((parts[3]["text"].as_str(), parts[3]["arabic"].as_str()), (Some("al-Rāzī"), Some("الرازي")));
}
