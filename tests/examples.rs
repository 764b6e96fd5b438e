//! What README and guide show is what the program does.
//!
//! The `console` blocks of a page run in order, in one shell and one folder, as a reader would type them: standard output and
//! standard error together. What `cat` shows of a file that is not there yet is the file. `NASAB_BLESS=1` writes the answers anew.
#![cfg(unix)]
// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The port that pages write, and that a test cannot be sure of.
const PORT: &str = "8080";

/// One thing that is typed, and the lines that answer it.
struct Example {
    line: usize,
    /// With the further lines that the shell asks for.
    typed: String,
    shown: String,
}

fn examples(page: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut inside = false;
    for (line, text) in page.lines().enumerate() {
        match text {
            "```console" => inside = true,
            _ if !inside => {}
            "```" => inside = false,
            _ => match (text.strip_prefix("$ "), text.strip_prefix("> "), found.last_mut()) {
                (Some(typed), _, _) => found.push(Example { line: line + 1, typed: typed.to_string(), shown: String::new() }),
                (None, Some(more), Some(last)) if last.shown.is_empty() => last.typed = format!("{}\n{more}", last.typed),
                (_, _, last) => last.unwrap().shown.push_str(&format!("{text}\n")),
            },
        }
    }
    assert!(found.len() > 10, "the page has examples");
    found
}

/// A folder and what it needs.
struct Place(PathBuf);

impl Place {
    fn new(page: &str) -> Place {
        let folder = std::env::temp_dir().join(format!("nasab-examples-{page}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("work")).unwrap();
        Place(folder)
    }

    fn work(&self) -> PathBuf {
        self.0.join("work")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the shell says to each example.
fn answers(examples: &[Example], place: &Place) -> Vec<String> {
    // Bound for a moment, so that it is free when the page asks for it.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let mut script = "exec 2>&1\n".to_string();
    for (number, example) in examples.iter().enumerate() {
        let mut typed = example.typed.replace(PORT, &port);
        if typed.contains("nasab serve") {
            let address = format!("(exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null");
            let served = typed.trim_end_matches([' ', '&']);
            typed = format!("{served} --bind 127.0.0.1:{port} >/dev/null 2>&1 &\nuntil {address}; do sleep .05; done");
        }
        // The exit code is what `$?` of the next line is to show.
        script.push_str(&format!("code=$?; printf '\\036'; (exit $code)\n{}\n", seen(number, example, place).unwrap_or(typed)));
    }
    script.push_str("kill $(jobs -p) 2>/dev/null\n");
    let program = Path::new(env!("CARGO_BIN_EXE_nasab")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.current_dir(place.work()).env("PATH", path).env("USER", "layla").env("LC_ALL", "C.UTF-8").env_remove("COLUMNS");
    fs::write(place.0.join("script"), script).unwrap();
    let output = command.arg("../script").stdin(Stdio::null()).stderr(Stdio::inherit()).output().expect("bash");
    let said = String::from_utf8(output.stdout).unwrap().replace(&port, PORT);
    let answers: Vec<String> = said.split('\u{1e}').skip(1).map(str::to_string).collect();
    assert_eq!(answers.len(), examples.len(), "{said}");
    answers
}

/// `cat FILE` of a file that no command before it made: the file is what is shown.
fn seen(number: usize, example: &Example, place: &Place) -> Option<String> {
    let file = example.typed.strip_prefix("cat ").filter(|rest| !rest.contains([' ', '|', '>', '<', '/']))?;
    let (given, held) = (place.0.join(format!("given{number}")), format!("../given{number}"));
    fs::write(given, &example.shown).unwrap();
    Some(format!("[ -e {file} ] || cp {held} {file}; cat {file}"))
}

fn holds(page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs::read_to_string(&path).unwrap();
    let examples = examples(&text);
    let place = Place::new(&page.replace('/', "-"));
    let answers = answers(&examples, &place);
    if std::env::var_os("NASAB_BLESS").is_some() {
        return bless(&path, &text, &examples, &answers);
    }
    for (example, answer) in examples.iter().zip(&answers) {
        assert_eq!(&example.shown, answer, "{page}:{}: $ {}", example.line, example.typed);
    }
}

/// Puts the answers under what is typed.
fn bless(path: &Path, text: &str, examples: &[Example], answers: &[String]) {
    let lines: Vec<&str> = text.lines().collect();
    let (mut blessed, mut at) = (String::new(), 0);
    for (example, answer) in examples.iter().zip(answers) {
        let end = example.line - 1 + example.typed.lines().count();
        lines[at..end].iter().for_each(|line| blessed.push_str(&format!("{line}\n")));
        blessed.push_str(answer);
        at = end + example.shown.lines().count();
    }
    lines[at..].iter().for_each(|line| blessed.push_str(&format!("{line}\n")));
    fs::write(path, blessed).unwrap();
}

#[test]
fn readme() {
    holds("README.md");
}

#[test]
fn guide() {
    holds("docs/guide.md");
}
