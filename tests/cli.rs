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
use std::io::{BufRead, BufReader, Read, Write};

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

// Streaming.

#[test]
fn who_writes_a_line_and_waits_is_answered() {
    let registry = File::new("talk.jsonl", "{\"id\":\"q\",\"name\":\"Qays al-Khazali\"}\n");
    for args in [
        &["normalize"][..],
        &["normalize", "--format", "jsonl"],
        &["normalize", "--format", "jsonl", "--column", "name"],
        &["parse"],
        &["match", "--pairs", "-"],
        &["link", "--registry", registry.path()],
    ] {
        let mut child = command(args).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
        for n in 0..20 {
            let name = format!("Qays {}", "al-Khazali ".repeat(n % 3));
            let line = match args {
                [.., "-"] => format!("{name}\t{name}\n"),
                [.., "name"] => format!("{{\"name\":\"{name}\"}}\n"),
                _ => format!("{name}\n"),
            };
            stdin.write_all(line.as_bytes()).unwrap();
            assert!(answers.next().unwrap().unwrap().contains("Qays"), "{args:?}");
        }
        drop(stdin);
        assert!(answers.next().is_none());
        assert!(child.wait().unwrap().success(), "{args:?}");
    }
}

#[test]
fn a_long_line_is_skipped_and_not_held() {
    const LONG: usize = 10 << 20;
    for args in [&["normalize", "--format", "jsonl"][..], &["match", "--pairs", "-"]] {
        let mut child = command(args).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut ask = |text: &[u8]| {
            stdin.write_all(text).unwrap();
            answers.next().unwrap().unwrap()
        };
        ask(b"Qays\tQays\n");
        let before = most_memory(child.id());
        let mut long = vec![b'x'; LONG];
        long.push(b'\n');
        let answer = ask(&long);
        assert!(answer.len() < 300, "only its beginning comes back: {} bytes", answer.len());
        assert!(ask(b"Qays\tQays\n").contains("Qays"));
        let grown = most_memory(child.id()).saturating_sub(before);
        assert!(grown < LONG / 4, "{args:?} grew by {grown} bytes");
        drop(stdin);
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert!(told.contains(" --> <stdin>:2\n"), "{told}");
        assert_eq!(child.wait().unwrap().code(), Some(2));
    }
}

/// The most memory that a process has had, in bytes. Elsewhere than on Linux nothing is measured.
fn most_memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()).map_or(0, |kib| kib.parse::<usize>().unwrap() << 10)
}

#[test]
fn a_reader_that_goes_away_ends_it_in_silence() {
    let file = File::new("many.txt", "Qays al-Khazali 12\n".repeat(100_000));
    for args in [&["normalize", "--file", file.path()][..], &["normalize", "--format", "jsonl", "--file", file.path()]] {
        let mut child = command(args).spawn().unwrap();
        let mut first = String::new();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        answers.read_line(&mut first).unwrap();
        assert!(first.contains("Qays"));
        drop(answers);
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {told}");
        assert!(!told.contains("ipe"), "{told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(&["normalize", "Qays"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: standard output cannot be written"));
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

// schemes

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
