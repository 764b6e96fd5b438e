//! What the user sees, and what is kept, when the machine fails: full disks, read-only files, readers and writers that go away,
//! signals, clocks that jump. `tests/crash.rs` has what a registry survives.
#![cfg(unix)]
// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

#[path = "common/program.rs"]
mod program;

use program::*;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("nasab-faults-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_string()
    }

    /// The names of what is in it, sorted.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0).unwrap().map(|e| e.unwrap().file_name().to_str().unwrap().to_string()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::set_permissions(&self.0, fs::Permissions::from_mode(0o755));
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PEOPLE: &str = "id,name\nq1,Qays al-Khazali\nq2,Falih al-Fayyad\n";
const TEXT: &str = "Yesterday Qays al-Haz‘alī met Fāliḥ al-Fayyāḍ.\n";

/// A bibliography of so many entries whose names are to be written otherwise.
fn bibliography(entries: usize) -> String {
    (0..entries)
        .map(|n| format!("@book{{k{n}, author = {{الخزعلي، قيس}}, title = {{A title of some length, so that it fills a disk}}}}\n"))
        .collect()
}

/// A registry of two people in a folder.
fn registry(folder: &Folder) -> String {
    let (path, list) = (folder.path("people.nasab"), folder.file("list.csv", PEOPLE));
    assert_eq!(run(&["registry", "create", &path]).code, 0);
    assert_eq!(run(&["registry", "import", &path, &list, "--by", "layla"]).code, 0);
    path
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap().success());
}

// A full disk.

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_is_full_is_told_by_every_command() {
    let folder = Folder::new("output");
    let (people, text) = (folder.file("people.csv", PEOPLE), folder.file("text.txt", TEXT));
    let arabic = folder.file("text.ar.txt", "التقى قيس الخزعلي أمس فالح الفياض.\n");
    let (bib, store) = (folder.file("books.bib", bibliography(3)), registry(&folder));
    let table = folder.file("table.csv", "ar,la\n\"الخزعلي، قيس\",\"Hazali, Qays\"\n");
    for args in [
        &["normalize", "Qays"][..],
        &["normalize", "--format", "csv", "--column", "name", "--file", &people],
        &["match", "Qays", "قيس"],
        &["match", "--format", "json", "Qays", "قيس"],
        &["parse", "Qays"],
        &["detect", "Qays"],
        &["variants", "Qays"],
        &["lint", &text],
        &["lint", "--format", "sarif", &text],
        &["lint", "--diff", &text],
        &["align", &arabic, &text],
        &["scan", &text, "--registry", &people],
        &["records", &bib],
        &["records", "--to", "dmg", &bib],
        &["records", "--arabic-column", "ar", "--romanized-column", "la", &table],
        &["link", "--registry", &people, "Qays al-Khazali"],
        &["cluster", "Qays", "قيس"],
        &["registry", "show", &store, "q1"],
        &["registry", "history", &store],
        &["registry", "stats", &store],
        &["registry", "export", &store],
        &["schemes"],
        &["schemes", "dmg"],
        &["completions", "bash"],
        &["man", "normalize"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = command(args).stdin(Stdio::null()).stdout(full).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("error: standard output cannot be written: no space left on device\n"), "{args:?}: {said}");
    }
}

#[test]
fn a_change_that_finds_the_disk_full_leaves_the_file_as_it_was() {
    let folder = Folder::new("full");
    let (bib, text) = (bibliography(2000), TEXT.repeat(2000));
    let (bib_path, text_path) = (folder.file("books.bib", &bib), folder.file("text.txt", &text));
    for (args, path, whole) in
        [(&["records", "--to", "dmg", "--in-place", &bib_path][..], &bib_path, &bib), (&["lint", "--fix", &text_path], &text_path, &text)]
    {
        // In blocks of 512 bytes: no file may grow beyond. The signal that would end the program is the shell's to ignore.
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\" > /dev/null", "sh", NASAB]).args(args);
        let output = shell.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("error: cannot be ") && said.contains("file too large\n"), "{args:?}: {said}");
        assert!(fs::read_to_string(path).unwrap() == *whole, "{args:?}");
        assert_eq!(folder.names(), ["books.bib", "text.txt"], "nothing is left beside it");
    }
}

// What may not be written.

#[test]
fn a_read_only_file_is_not_replaced() {
    let folder = Folder::new("locked");
    let (bib, text) = (folder.file("books.bib", bibliography(2)), folder.file("text.txt", TEXT));
    let other = folder.file("other.txt", TEXT);
    for path in [&bib, &text] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o444)).unwrap();
    }
    let ran = run(&["records", "--to", "dmg", "--in-place", &bib]);
    assert_eq!((ran.code, fs::read_to_string(&bib).unwrap()), (2, bibliography(2)));
    assert!(ran.err.starts_with("error: cannot be worked on: it is read-only\n --> "), "{}", ran.err);
    let ran = run(&["lint", "--fix", &text, &other]);
    assert_eq!((ran.code, fs::read_to_string(&text).unwrap().as_str()), (2, TEXT));
    assert!(ran.err.starts_with("error: cannot be written: it is read-only\n --> ") && ran.err.contains("hint: nothing was changed"));
    assert_ne!(fs::read_to_string(&other).unwrap(), TEXT, "the other file is mended");
    assert_eq!(folder.names(), ["books.bib", "other.txt", "text.txt"]);
}

/// Runs the program as somebody who may not write what is read-only: root may write everything.
fn as_somebody(folder: &Folder, args: &[&str]) -> Option<std::process::Output> {
    if fs::metadata("/proc/self").map_or(1, |own| own.uid()) != 0 {
        return Some(command(args).stdin(Stdio::null()).output().unwrap());
    }
    let own = folder.0.with_extension("program");
    // Where the program stands somebody else may not look.
    fs::copy(NASAB, &own).unwrap();
    fs::set_permissions(&own, fs::Permissions::from_mode(0o755)).unwrap();
    let ran = Command::new("setpriv").args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&own).args(args).output();
    fs::remove_file(&own).unwrap();
    ran.ok()
}

#[test]
fn a_read_only_registry_is_told_and_not_changed() {
    let folder = Folder::new("read-only");
    let path = registry(&folder);
    for (name, mode) in [("people.nasab", 0o444), ("", 0o555)] {
        fs::set_permissions(folder.0.join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    let Some(output) = as_somebody(&folder, &["link", "--registry", &path, "Qays al-Khazali"]) else {
        eprintln!("skipped: root writes everything, and there is no setpriv to be somebody else");
        return;
    };
    // SQLite keeps what readers share beside the file: who may not write there cannot read it either, and is told so.
    let told = |output: std::process::Output| {
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), [].as_slice()), "{said}");
        assert!(said.contains("may not be written\nhint: ") || said.contains("cannot be made: Permission denied"), "{said}");
    };
    told(output);
    for args in [
        &["registry", "show", &path, "q1"][..],
        &["registry", "add", &path, "q3", "Hanan", "--by", "omar"],
        &["registry", "undo", &path, "1", "--by", "omar"],
        &["registry", "create", &folder.path("other.nasab")],
    ] {
        told(as_somebody(&folder, args).unwrap());
    }
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(run(&["registry", "history", &path]).out.lines().count(), 1, "nothing was done");
    assert!(!folder.names().contains(&"other.nasab".to_string()));
}

// Readers and writers that go away.

#[test]
fn a_reader_that_goes_away_ends_the_program_in_silence() {
    let folder = Folder::new("reader");
    let names = folder.file("names.txt", "Qays al-Khazali\n".repeat(20_000));
    let few = folder.file("few.txt", "Qays al-Khazali\n".repeat(300));
    let table = format!("ar,la\n{}", "\"الخزعلي، قيس\",\"Hazali, Qays\"\n".repeat(5000));
    let table = folder.file("table.csv", table);
    let text = folder.file("text.txt", TEXT.repeat(5000));
    let people = folder.file("people.csv", PEOPLE);
    let bib = folder.file("books.bib", bibliography(5000));
    for args in [
        &["normalize", "--file", &names][..],
        &["parse", "--file", &names],
        &["variants", "--file", &few],
        &["link", "--registry", &people, "--file", &names],
        &["cluster", "--format", "tsv", "--file", &names],
        &["scan", &text, "--registry", &people],
        &["lint", "--format", "json", &text],
        &["records", "--arabic-column", "ar", "--romanized-column", "la", &table],
        &["records", "--to", "dmg", &bib],
    ] {
        // Not a pipe: what is told must not wait for the test to read it.
        let told = folder.path("told");
        let mut child = command(args).stdin(Stdio::null()).stderr(fs::File::create(&told).unwrap()).spawn().unwrap();
        let mut reader = BufReader::with_capacity(16, child.stdout.take().unwrap());
        let mut first = Vec::new();
        reader.read_until(b'\n', &mut first).unwrap();
        assert!(!first.is_empty(), "{args:?}");
        drop(reader);
        let code = child.wait().unwrap().code();
        let said = fs::read_to_string(&told).unwrap();
        // What was found in the records is told on standard error while they are handed on.
        let told = said.lines().all(|line| line.contains("books.bib:"));
        assert!(code == Some(0) && told, "{args:?}: {code:?} {said}");
    }
}

#[test]
fn an_input_that_breaks_off_is_answered_as_far_as_it_came() {
    let cut = "Qays al-Khazali\nمح".as_bytes();
    let ran = fed(&["normalize"], &cut[..cut.len() - 1]);
    assert_eq!((ran.out.lines().next(), ran.code), (Some("Qays al-Ḫazʿalī"), 2));
    assert!(ran.err.contains("is not UTF-8\n --> <stdin>:2:2\n"), "{}", ran.err);

    let ran = fed(&["normalize", "--format", "csv", "--column", "name"], b"id,name\n1,Qays\n2,\"Fali");
    assert_eq!((ran.out.as_str(), ran.code), ("id,name,name_dmg\n1,Qays,Qays\n2,\"Fali,\n", 2));
    assert!(ran.err.contains(" --> <stdin>:3"), "{}", ran.err);

    let ran = fed(&["normalize", "--format", "jsonl", "--column", "name"], b"{\"name\":\"Qays\"}\n{\"name\":\"Fa");
    assert_eq!((ran.out.lines().next(), ran.code), (Some("{\"name\":\"Qays\",\"name_dmg\":\"Qays\"}"), 2));
    assert!(ran.err.contains(" --> <stdin>:2"), "{}", ran.err);

    let folder = Folder::new("cut");
    let people = folder.file("people.csv", PEOPLE);
    let text = "They met Qays al-Khazali and قيس الخزعلي".as_bytes();
    let ran = fed(&["scan", "-", "--registry", &people], &text[..text.len() - 1]);
    assert!(ran.out.contains("Qays al-Khazali") && ran.code == 1, "{ran:?}");
    assert!(ran.err.contains("not UTF-8"), "{}", ran.err);

    let store = registry(&folder);
    let ran = fed(&["registry", "import", &store, "-", "--format", "csv", "--by", "layla"], b"id,name\nq3,Hanan\nq4,\"Oma");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("error: ") && ran.err.contains(" --> <stdin>:3"), "{}", ran.err);
    assert_eq!(run(&["registry", "show", &store, "q3"]).code, 0);
    assert_eq!(run(&["registry", "show", &store, "q4"]).code, 2, "half a row is no row");
}

#[test]
fn a_writer_that_dies_ends_the_input() {
    let mut writer =
        Command::new("sh").args(["-c", "printf 'Qays al-Khazali\\nFalih'; kill -KILL $$"]).stdout(Stdio::piped()).spawn().unwrap();
    let output = command(&["normalize"]).stdin(writer.stdout.take().unwrap()).output().unwrap();
    assert_eq!(writer.wait().unwrap().signal(), Some(9));
    assert_eq!((String::from_utf8(output.stdout).unwrap().as_str(), output.status.code()), ("Qays al-Ḫazʿalī\nFāliḥ\n", Some(0)));
}

// Signals.

#[test]
fn an_interrupted_change_leaves_the_file_as_it_was() {
    let folder = Folder::new("interrupted");
    let bib = bibliography(200_000);
    let path = folder.file("books.bib", &bib);
    for name in ["INT", "TERM"] {
        let mut child =
            command(&["records", "--to", "dmg", "--in-place", &path]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while folder.names().len() < 2 {
            assert!(child.try_wait().unwrap().is_none(), "it is interrupted while it writes");
            std::thread::sleep(Duration::from_millis(2));
        }
        signal(&child, name);
        assert_eq!(child.wait().unwrap().code(), Some(130), "{name}");
        assert_eq!(folder.names(), ["books.bib"], "{name}");
        assert!(fs::read_to_string(&path).unwrap() == bib, "{name}");
    }
}

#[test]
fn an_interrupted_import_keeps_whole_batches() {
    let folder = Folder::new("import");
    for name in ["INT", "TERM"] {
        let path = folder.path(&format!("{name}.nasab"));
        assert_eq!(run(&["registry", "create", &path]).code, 0);
        let mut child = command(&["registry", "import", &path, "-", "--format", "csv", "--by", "layla"]).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let batch = nasab::registry::BATCH;
        let rows: String = (0..batch + batch / 2).map(|row| format!("q{row},Qays {row}\n")).collect();
        input.write_all(format!("id,name\n{rows}").as_bytes()).unwrap();
        // The pipe stays open: half a batch waits for its other half.
        let names = || nasab::registry::Registry::open_read_only(&path).unwrap().stats().unwrap().names;
        while names() == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        signal(&child, name);
        assert!(!child.wait().unwrap().success());
        drop(input);
        assert_eq!(names(), batch as u64, "{name}");
        assert_eq!(run(&["registry", "check", &path]).code, 0);
    }
}

#[test]
#[cfg(feature = "serve")]
fn the_service_ends_well_when_it_is_told_to() {
    let folder = Folder::new("serve");
    let path = registry(&folder);
    for name in ["INT", "TERM"] {
        let mut child = command(&["serve", "--registry", &path, "--bind", "127.0.0.1:0"]).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("http://127.0.0.1:") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "it tells its address");
        }
        // Who has read the address may stop it at once.
        signal(&child, name);
        assert_eq!(child.wait().unwrap().code(), Some(0), "{name}");
        assert_eq!(run(&["registry", "check", &path]).code, 0);
    }
}

// Time.

#[test]
fn a_clock_that_jumps_does_not_change_the_order() {
    let folder = Folder::new("clock");
    let path = registry(&folder);
    let at = |event: i64, time: &str| {
        let file = rusqlite::Connection::open(&path).unwrap();
        assert_eq!(file.execute("UPDATE event SET at = ?1 WHERE seq = ?2", (time, event)).unwrap(), 1);
    };
    // The import was made by a clock that was ahead by years.
    at(1, "2038-01-19T03:14:07.000Z");
    assert_eq!(run(&["registry", "decide", &path, "different", "q1", "--name", "Abu Hadi", "--by", "layla"]).out, "2\n");
    at(2, "1970-01-01T00:00:00.000Z");
    assert_eq!(run(&["registry", "decide", &path, "same", "q1", "--name", "Abu Hadi", "--by", "omar"]).code, 2, "the first stands");
    assert_eq!(run(&["registry", "undo", &path, "2", "--by", "omar"]).out, "3\n");
    assert_eq!(run(&["registry", "decide", &path, "same", "q1", "--name", "Abu Hadi", "--by", "omar"]).out, "4\n");
    at(4, "1970-01-02T00:00:00.000Z");
    let history = json_lines(&run(&["registry", "history", &path, "--format", "jsonl"]).out);
    let order: Vec<i64> = history.iter().map(|event| event["seq"].as_i64().unwrap()).collect();
    assert_eq!(order, [4, 3, 2, 1]);
    let stats = json_lines(&run(&["registry", "stats", &path, "--format", "json"]).out).remove(0);
    assert_eq!(stats["last_change"], "1970-01-02T00:00:00.000Z", "the last is the last that was made");
    let ran = run(&["link", "--registry", &path, "Abu Hadi"]);
    assert!(ran.out.contains("\"decided\":true"), "{}", ran.out);
}

// What is not changed.

#[test]
fn a_file_without_changes_is_not_written() {
    let folder = Folder::new("unchanged");
    let path = folder.file("books.bib", "@book{k, author = {Smith, John}}\n");
    let before = fs::metadata(&path).unwrap();
    let ran = run(&["records", "--to", "dmg", "--in-place", &path]);
    let after = fs::metadata(&path).unwrap();
    assert_eq!((ran.code, before.ino(), before.mtime_nsec()), (0, after.ino(), after.mtime_nsec()));
    assert_eq!(folder.names(), ["books.bib"]);
}

#[test]
fn a_device_takes_what_it_is_given_and_keeps_its_place() {
    let folder = Folder::new("device");
    let path = folder.file("books.bib", bibliography(1));
    let fifo = folder.path("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let reader = std::thread::spawn({
        let fifo = fifo.clone();
        move || fs::read_to_string(fifo).unwrap()
    });
    let ran = run(&["records", "--to", "dmg", "--output", &fifo, &path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(reader.join().unwrap().contains("author = {al-Ḫazʿalī, Qays}"));
    assert!(!fs::metadata(Path::new(&fifo)).unwrap().is_file());
}
