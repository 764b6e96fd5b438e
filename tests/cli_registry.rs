//! `nasab registry`: standard output, standard error and exit code.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/program.rs"]
mod program;

use program::*;
use serde_json::{Value, json};

/// A registry that goes with the test, and the program on it.
struct People(File);

impl People {
    /// Three men.
    fn new(name: &str) -> People {
        let file = File::new(&format!("{name}.nasab"), "");
        std::fs::remove_file(file.path()).unwrap();
        let people = People(file);
        assert_eq!(people.done("create", &[]), "");
        assert_eq!(people.done("add", &["qays", "Qays al-Khazali", "قيس الخزعلي", "--facts", "born=1974", "--source", "gazette"]), "1\n");
        assert_eq!(people.done("add", &["falih", "Falih al-Fayyad"]), "2\n");
        assert_eq!(people.done("add", &["laith", "Laith al-Khazali"]), "3\n");
        people
    }

    fn run(&self, verb: &str, args: &[&str]) -> Ran {
        self.fed(verb, args, "")
    }

    fn fed(&self, verb: &str, args: &[&str], input: &str) -> Ran {
        let writes = !["create", "show", "history", "stats", "export", "check"].contains(&verb);
        let by: &[&str] = if writes { &["--by", "layla"] } else { &[] };
        fed(&[&["registry", verb, self.0.path()], args, by].concat(), input.as_bytes())
    }

    /// What a run that goes well puts out.
    fn done(&self, verb: &str, args: &[&str]) -> String {
        let ran = self.run(verb, args);
        assert_eq!((ran.err.as_str(), ran.code), ("", 0), "{verb} {args:?}");
        ran.out
    }

    /// What a run that is refused says.
    fn refused(&self, verb: &str, args: &[&str]) -> String {
        let ran = self.run(verb, args);
        assert_eq!((ran.out.as_str(), ran.code), ("", 2), "{verb} {args:?}");
        assert!(ran.err.contains("\nhint: "), "{}", ran.err);
        ran.err.lines().next().unwrap().to_string()
    }

    fn show(&self, id: &str) -> Value {
        json_lines(&self.done("show", &[id])).remove(0)
    }
}

impl Drop for People {
    fn drop(&mut self) {
        for side in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{side}", self.0.path()));
        }
    }
}

#[test]
fn each_change_tells_its_event_and_can_be_undone() {
    let people = People::new("change");
    assert_eq!(people.done("decide", &["same", "qays", "laith", "--why", "one passport"]), "4\n");
    assert_eq!(
        people.show("laith"),
        json!({"id": "qays", "names": ["Qays al-Khazali", "قيس الخزعلي", "Laith al-Khazali"], "born": [1974], "merged": ["laith"]})
    );
    assert_eq!(people.refused("split", &["laith"]), "error: event 4 decided that `qays` and `laith` are the same");
    assert_eq!(people.done("undo", &["4"]), "5\n");
    assert_eq!(people.refused("undo", &["4"]), "error: event 4 is undone by event 5");
    assert_eq!(people.done("merge", &["laith", "qays"]), "6\n");
    assert_eq!(people.refused("decide", &["different", "qays", "laith"]), "error: `qays` and `laith` are one identity since event 6");
    assert_eq!(people.done("split", &["laith", "--name", "قيس الخزعلي"]), "7\n");
    assert_eq!(people.show("laith")["names"], json!(["Laith al-Khazali", "قيس الخزعلي"]));
    assert_eq!(people.done("split", &["laith", "--into", "other", "-n", "قيس الخزعلي"]), "8\n");
    assert_eq!(people.show("other")["names"], json!(["قيس الخزعلي"]));
    assert_eq!(people.done("decide", &["different", "falih", "--name", "Faleh"]), "9\n");
    assert_eq!(people.refused("add", &["falih", "Faleh"]), "error: event 9 decided that `Faleh` is not `falih`");
    assert_eq!(people.refused("remove", &["falih", "Falih al-Fayyad"]), "error: `falih` would be left without a name");
    assert_eq!(people.refused("remove", &["falih", "Omar"]), "error: `falih` has no name `Omar`");
    // Several, the last first.
    assert_eq!(people.done("undo", &["7", "8"]), "10\n11\n");
    assert_eq!(people.show("laith")["id"], "qays");
    assert_eq!(people.done("check", &[]), "");
}

#[test]
fn history_stats_and_export() {
    let people = People::new("look");
    people.done("decide", &["different", "qays", "laith", "--why", "brothers"]);
    people.done("undo", &["4"]);
    let history = people.done("history", &["qays"]);
    let lines: Vec<Vec<&str>> =
        history.lines().map(|line| line.split("  ").filter(|cell| !cell.is_empty()).map(str::trim).collect()).collect();
    assert_eq!(lines.iter().map(|line| line[0]).collect::<Vec<_>>(), ["5", "4", "1"]);
    assert_eq!(lines[0][2..], ["layla", "undo", "event 4"]);
    assert_eq!(lines[1][2..], ["layla", "different", "qays, laith", "brothers; undone by event 5"]);
    assert_eq!(lines[2][2..], ["layla", "add", "qays, Qays al-Khazali; قيس الخزعلي, gazette"]);
    let events = json_lines(&people.done("history", &["--format", "jsonl", "--limit", "2"]));
    assert_eq!(
        (events.len(), &events[0]["undoes"], &events[1]["undone_by"], &events[1]["why"]),
        (2, &json!(4), &json!(5), &json!("brothers"))
    );
    let stats = &json_lines(&people.done("stats", &["--format", "json"]))[0];
    assert_eq!(
        (&stats["identities"], &stats["names"], &stats["events"], &stats["different"]),
        (&json!(3), &json!(4), &json!(5), &json!(0))
    );
    let text = people.done("stats", &[]);
    assert!(text.contains("identities         3\n") && text.contains("names a person     1.33\n"), "{text}");
    let export = people.done("export", &[]);
    assert_eq!(export.lines().next().unwrap(), "{\"id\":\"qays\",\"names\":[\"Qays al-Khazali\",\"قيس الخزعلي\"],\"born\":[1974]}");
    let copy = People::new("copy");
    let ran = copy.fed("import", &["-", "--format", "jsonl"], &export);
    assert_eq!((ran.out.as_str(), ran.code), ("", 0));
    assert_eq!(ran.err, "<stdin>: 3 rows, 0 new identities, 0 new names, 4 known names, 0 faults; event 4\n");
    assert_eq!(copy.done("export", &[]), export);
}

#[test]
fn lists_are_imported_and_faulty_rows_are_told() {
    let people = People::new("lists");
    let one = File::new("one.csv", "id,name,born\nqays,Qais,1974\nomar,Omar,soon\n,x,\n");
    let two = File::new(
        "two.ftm.json",
        "{\"id\":\"f\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Nadia\"],\"birthDate\":[\"1980-01-01\"]}}\n",
    );
    let ran = people.run("import", &[one.path(), two.path(), "--source", "lists"]);
    assert_eq!((ran.out.as_str(), ran.code), ("", 2));
    for said in [
        format!("error: `soon` has no year\n --> {}:3\n", one.path()),
        format!("error: no id\n --> {}:4\n", one.path()),
        format!("{}: 2 rows, 1 new identities, 2 new names, 0 known names, 2 faults; event 4\n", one.path()),
        format!("{}: 1 rows, 1 new identities, 1 new names, 0 known names, 0 faults; event 5\n", two.path()),
    ] {
        assert!(ran.err.contains(&said), "{said}{}", ran.err);
    }
    assert_eq!(people.show("f"), json!({"id": "f", "names": ["Nadia"], "born": [1980]}));
    assert_eq!(json_lines(&people.done("history", &["omar", "--format", "jsonl"]))[0]["source"], "lists");
    assert_eq!(people.refused("import", &["-"]), "error: standard input does not say what it is");
    assert!(people.run("import", &["/no/such.csv"]).err.contains("cannot be opened"));
    let nameless = File::new("noms.csv", "id,nom\n1,x\n");
    assert!(people.refused("import", &[nameless.path()]).ends_with("the table has no column `name`"));
}

#[test]
fn what_is_wrong_is_told_with_2() {
    let people = People::new("wrong");
    assert!(people.refused("create", &[]).ends_with("exists already"));
    assert_eq!(people.refused("merge", &["qays", "nobody"]), "error: no identity `nobody`");
    assert_eq!(people.refused("merge", &["qays", "qays"]), "error: `qays` cannot be merged into itself");
    assert_eq!(people.refused("undo", &["77"]), "error: no event 77");
    let ran = people.run("show", &["nobody", "falih"]);
    assert_eq!((ran.out.as_str(), ran.code), ("{\"id\":\"falih\",\"names\":[\"Falih al-Fayyad\"]}\n", 2));
    for args in [
        &["decide", people.0.path(), "same", "qays"][..],
        &["decide", people.0.path(), "maybe", "qays", "laith"],
        &["undo", people.0.path()],
        &[],
    ] {
        let ran = run(&[&["registry"], args].concat());
        assert_eq!((ran.out.as_str(), ran.code), ("", 2), "{args:?}");
    }
    let text = File::new("list.csv", "id,name\n1,Qays\n");
    for verb in ["stats", "export", "check", "history"] {
        let ran = run(&["registry", verb, text.path()]);
        assert_eq!((ran.out.as_str(), ran.code), ("", 2));
        assert!(ran.err.contains("is no registry"), "{}", ran.err);
    }
    let ran = run(&["registry", "merge", people.0.path(), "qays", "laith", "--by", " "]);
    assert!(ran.code == 2 && ran.err.contains("--by"), "{}", ran.err);
    let ran = command(&["registry", "merge", people.0.path(), "qays", "laith"]).env("USER", "omar").output().unwrap();
    assert_eq!(ran.stdout, b"4\n");
    assert_eq!(json_lines(&people.done("history", &["--limit", "1", "--format", "jsonl"]))[0]["who"], "omar");
}
