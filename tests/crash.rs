//! The program killed at any moment: what it acknowledged is there, and the file holds together.
//!
//! `NASAB_CRASH_ROUNDS=100` runs more rounds than the few of every day.
#![cfg(unix)]
// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "common/program.rs"]
mod program;

use nasab::LinkOptions;
use nasab::entity::Entity;
use nasab::registry::{Author, Decision, Linker, Registry};
use program::{NASAB, Ran, run};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("nasab-crash-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn rounds() -> u64 {
    std::env::var("NASAB_CRASH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12)
}

/// Moments that differ from round to round and are the same in every run.
fn moment(round: u64, most: Duration) -> Duration {
    let mixed = (round + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    most.mul_f64(mixed as f64 / (1u64 << 24) as f64)
}

/// Runs a script with `$1` for the program in a process group of its own.
fn script(text: &str, log: &str) -> Child {
    let out = fs::File::create(log).unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", text, "sh", NASAB]).env("USER", "layla").stdin(Stdio::null()).stdout(out).stderr(Stdio::null());
    command.process_group(0).spawn().unwrap()
}

/// Kills the whole group at once, as the power does.
fn kill(mut child: Child) {
    let group = format!("-{}", child.id());
    Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status().unwrap();
    child.wait().unwrap();
}

/// Opens what a crash left behind, and holds the file together.
fn reopened(path: &str) -> Registry {
    let registry = Registry::open(path).unwrap();
    registry.check().unwrap();
    registry
}

fn nasab(args: &[&str]) -> Ran {
    let ran = run(&[&["registry"], args].concat());
    assert_eq!((ran.err.as_str(), ran.code), ("", 0), "{args:?}");
    ran
}

fn nasab_import(path: &str, list: &str) {
    assert_eq!(run(&["registry", "import", path, list]).code, 0);
}

#[test]
fn every_change_that_was_acknowledged_is_there() {
    let folder = Folder::new("changes");
    let (path, log) = (folder.file("people.nasab"), folder.file("log"));
    nasab(&["create", &path]);
    let (mut acknowledged, mut last) = (0, 0);
    for round in 0..rounds() {
        // Each line of the log is an event and what it did, written when the program has ended well.
        let text = format!(
            "n=0; while :; do n=$((n+1)); a=r{round}a$n; b=r{round}b$n
             e=$(\"$1\" registry add {path} $a \"Qays $n\") && echo \"$e add $a Qays $n\"
             e=$(\"$1\" registry add {path} $b \"Falih $n\") && echo \"$e add $b Falih $n\"
             e=$(\"$1\" registry decide {path} different $a --name \"Laith $n\") && echo \"$e not $a Laith $n\"
             if [ $((n % 2)) = 0 ]; then e=$(\"$1\" registry merge {path} $a $b) && echo \"$e into $a $b\"
             else e=$(\"$1\" registry decide {path} same $b $a) && echo \"$e into $a $b\"; fi
             done"
        );
        let child = script(&text, &log);
        std::thread::sleep(Duration::from_millis(10) + moment(round, Duration::from_millis(250)));
        kill(child);
        let registry = reopened(&path);
        let written = fs::read_to_string(&log).unwrap();
        // A line that was cut short tells nothing.
        for line in written.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let event: i64 = words[0].parse().unwrap();
            assert!(event > last, "events only grow: {line}");
            last = event;
            match words[1] {
                "add" => assert!(registry.entity(words[2]).unwrap().names.contains(&words[3..].join(" ")), "{line}"),
                "not" => {
                    let survivor = registry.resolve(words[2]).unwrap();
                    assert!(
                        registry.decisions_on_name(&words[3..].join(" ")).unwrap().contains(&(survivor, Decision::Different)),
                        "{line}"
                    );
                }
                _ => assert_eq!(registry.resolve(words[2]).unwrap(), registry.resolve(words[3]).unwrap(), "{line}"),
            }
            acknowledged += 1;
        }
        let events = registry.last_event().unwrap();
        assert!((last..=last + 1).contains(&events), "at most one change was done and not yet told: {last}, {events}");
        last = events;
    }
    assert!(acknowledged > rounds(), "{acknowledged} changes in {} rounds", rounds());
}

#[test]
fn an_index_that_is_cut_off_is_made_again() {
    let folder = Folder::new("index");
    let (path, list, log) = (folder.file("people.nasab"), folder.file("people.csv"), folder.file("log"));
    nasab(&["create", &path]);
    let made = |n: usize| -> String {
        [n / 100 % 10, n / 10 % 10, n % 10].map(|at| ["ba", "ta", "kha", "da", "ra", "sa", "sha", "ma", "na", "la"][at]).concat()
    };
    for round in 0..rounds() as usize {
        let rows: String = (0..1100).map(|n| format!("r{round}n{n},Falih {}di\n", made(n + 7 * round))).collect();
        fs::write(&list, format!("id,name\nq{round},Qays al-{}ri\n{rows}", made(round * 13))).unwrap();
        nasab_import(&path, &list);
        let child = script(&format!("\"$1\" link --registry {path} 'Qays Hadi'"), &log);
        std::thread::sleep(moment(round as u64, Duration::from_millis(60)));
        kill(child);
        let linker = Linker::open(&path).unwrap();
        assert_eq!((linker.names(), linker.notices()), (1101 * (round + 1), [].as_slice()), "round {round}");
        let query = format!("Qays {}ri", made(round * 13));
        let linkage = linker.link(query.as_str(), &LinkOptions::default()).unwrap();
        assert!(linkage.matches.iter().any(|found| found.id == format!("q{round}")), "{query}: {linkage:?}");
    }
    reopened(&path);
}

#[test]
fn an_import_that_is_cut_off_leaves_whole_batches_and_can_be_run_again() {
    let folder = Folder::new("import");
    let (list, log) = (folder.file("list.csv"), folder.file("log"));
    let rows = 4 * nasab::registry::BATCH as u64;
    let mut text = "id,name,born\n".to_string();
    for row in 0..rows {
        writeln!(text, "q{},Qays {row},1974", row / 2).unwrap();
    }
    fs::write(&list, text).unwrap();
    let whole = folder.file("whole.nasab");
    nasab(&["create", &whole]);
    let begun = Instant::now();
    assert_eq!(run(&["registry", "import", &whole, &list, "--by", "layla"]).code, 0);
    let took = begun.elapsed();
    let mut seen = BTreeSet::new();
    for round in 0..rounds() {
        let path = folder.file(&format!("people{round}.nasab"));
        nasab(&["create", &path]);
        let child = script(&format!("exec \"$1\" registry import {path} {list}"), &log);
        std::thread::sleep(moment(round, took));
        kill(child);
        let registry = reopened(&path);
        let stats = registry.stats().unwrap();
        let batch = nasab::registry::BATCH as u64;
        assert_eq!((stats.names % batch, stats.identities, stats.events), (0, stats.names / 2, stats.names / batch));
        assert_eq!(stats.facts, stats.identities);
        seen.insert(stats.events);
        drop(registry);
        if round % 4 == 0 {
            assert_eq!(run(&["registry", "import", &path, &list, "--by", "layla"]).code, 0);
            let stats = reopened(&path).stats().unwrap();
            assert_eq!((stats.names, stats.identities), (rows, rows / 2));
        }
    }
    assert!(seen.len() > 1, "it was cut off at several places: {seen:?}");
}

#[test]
fn a_creation_that_is_cut_off_is_told_or_whole() {
    let folder = Folder::new("creation");
    for round in 0..rounds() {
        let path = folder.file(&format!("{round}.nasab"));
        let child = script(&format!("exec \"$1\" registry create {path}"), &folder.file("log"));
        std::thread::sleep(moment(round, Duration::from_millis(15)));
        kill(child);
        if !Path::new(&path).exists() {
            continue;
        }
        match Registry::open(&path) {
            Ok(registry) => assert_eq!(registry.last_event().unwrap(), 0),
            Err(error) => assert!(error.to_string().ends_with("is no registry") && error.hint().unwrap().contains("create"), "{error}"),
        }
    }
}

#[test]
fn two_who_write_at_once_wait_for_each_other() {
    let folder = Folder::new("two");
    let path = folder.file("people.nasab");
    nasab(&["create", &path]);
    let writers: Vec<_> = ["layla", "omar"]
        .into_iter()
        .map(|who| {
            let path = path.clone();
            std::thread::spawn(move || {
                (0..25)
                    .map(|n| run(&["registry", "add", &path, &format!("{who}{n}"), "Qays", "--by", who]).out.trim().parse::<i64>().unwrap())
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let events: BTreeSet<i64> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
    assert_eq!(events, (1..=50).collect());
    assert_eq!(reopened(&path).stats().unwrap().identities, 50);
}

#[test]
fn who_waits_too_long_is_told_and_readers_never_wait() {
    let folder = Folder::new("busy");
    let path = folder.file("people.nasab");
    let mut registry = Registry::create(&path).unwrap();
    registry.add(&Entity::new("qays", ["Qays".to_string()]).unwrap(), "", Author::new("layla")).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; UPDATE name SET text = 'x'").unwrap();
    let begun = Instant::now();
    assert_eq!(nasab(&["show", &path, "qays"]).out, "{\"id\":\"qays\",\"names\":[\"Qays\"]}\n");
    assert!(begun.elapsed() < Duration::from_secs(2));
    let ran = run(&["registry", "add", &path, "omar", "Omar", "--by", "omar"]);
    assert_eq!((ran.out.as_str(), ran.code), ("", 2));
    assert!(ran.err.contains("is being written by another program") && ran.err.contains("hint: "), "{}", ran.err);
    assert!((4..9).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(registry.last_event().unwrap(), 1);
}

#[test]
fn a_full_disk_is_told_and_nothing_is_half_written() {
    let folder = Folder::new("full");
    let (path, list) = (folder.file("people.nasab"), folder.file("list.csv"));
    nasab(&["create", &path]);
    nasab(&["add", &path, "qays", "Qays", "--by", "layla"]);
    let mut text = "id,name\n".to_string();
    for row in 0..3 * nasab::registry::BATCH {
        writeln!(text, "q{row},Qays {row}").unwrap();
    }
    fs::write(&list, text).unwrap();
    let mut kept = BTreeSet::new();
    // In blocks of 512 bytes: no file may grow beyond. The signal that would end the program is the shell's to ignore.
    for limit in [220, 1000, 2500, 4500] {
        let command = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$1\" registry import \"$2\" \"$3\" --by layla");
        let output = Command::new("sh").args(["-c", &command, "sh", NASAB, &path, &list]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.status.signal()), (Some(2), None), "{limit}: {said}");
        assert!(said.contains("hint: ") && (said.contains("the disk is full") || said.contains("cannot be read or written")), "{said}");
        let stats = reopened(&path).stats().unwrap();
        assert_eq!((stats.names - 1) % nasab::registry::BATCH as u64, 0);
        assert_eq!(stats.identities, stats.names);
        kept.insert(stats.names);
    }
    assert!(kept.len() > 1, "{kept:?}");
    assert_eq!(run(&["registry", "import", &path, &list, "--by", "layla"]).code, 0);
    assert_eq!(reopened(&path).stats().unwrap().names, 3 * nasab::registry::BATCH as u64 + 1);
}
