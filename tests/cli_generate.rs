//! Completions and manual pages, which are made of the one definition of the command line.
#![cfg(unix)]
// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

#[path = "common/program.rs"]
mod program;

use program::*;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// The commands that the help of a command lists.
fn commands(of: &[&str]) -> Vec<String> {
    let help = run(&[of, &["--help"]].concat()).out;
    let listed = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default().to_string();
    listed.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_string).collect()
}

/// What bash offers for the last of these words.
fn offered(script: &str, words: &[&str]) -> BTreeSet<String> {
    let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
    let asked = format!(
        "source {script}; COMP_WORDS=({}); COMP_CWORD={}; _nasab nasab '{last}' '{before}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1
    );
    let output = Command::new("bash").args(["--noprofile", "--norc", "-c", &asked]).output().expect("bash");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn bash_completes_commands_options_values_and_schemes() {
    let script = File::new("completions.bash", run(&["completions", "bash"]).out);
    let set = |words: &[&str]| -> BTreeSet<String> { words.iter().map(|word| word.to_string()).collect() };
    assert_eq!(offered(script.path(), &["nasab", "no"]), set(&["normalize"]));
    assert_eq!(offered(script.path(), &["nasab", "registry", "im"]), set(&["import"]));
    assert_eq!(offered(script.path(), &["nasab", "normalize", "--initial"]), set(&["--initial-article"]));
    assert_eq!(offered(script.path(), &["nasab", "normalize", "--form", "a"]), set(&["ascii"]));
    assert_eq!(offered(script.path(), &["nasab", "normalize", "--to", "press-"]), set(&["press-de", "press-eg", "press-en", "press-fr"]));
    assert_eq!(offered(script.path(), &["nasab", "records", "--kind", "m"]), set(&["marc", "marcxml"]));
}

#[test]
fn every_shell_is_told_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.err.as_str(), ran.code), ("", 0));
        for command in commands(&[]).iter().chain(&commands(&["registry"])) {
            assert!(ran.out.contains(command.as_str()), "{shell}: {command}");
        }
        // A shell that is here says whether it can read it.
        let file = File::new(&format!("completions.{shell}"), &ran.out);
        if let "bash" | "zsh" | "fish" = shell
            && let Ok(output) = Command::new(shell).args(["-n", file.path()]).output()
        {
            assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    assert_eq!(run(&["completions", "tcsh"]).code, 2);
}

#[test]
fn every_command_has_its_page() {
    let folder = std::env::temp_dir().join(format!("nasab-man-{}", std::process::id()));
    let ran = run(&["man", "--all", folder.to_str().unwrap()]);
    assert_eq!((ran.out.as_str(), ran.err.as_str(), ran.code), ("", "", 0));
    let mut expected: BTreeSet<String> = ["nasab.1".to_string()].into();
    for command in commands(&[]) {
        expected.extend(commands(&[&command]).iter().map(|inner| format!("nasab-{command}-{inner}.1")));
        expected.insert(format!("nasab-{command}.1"));
    }
    let pages: BTreeSet<String> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().to_str().unwrap().to_string()).collect();
    assert_eq!(pages, expected);
    for page in &pages {
        let (path, text) = (folder.join(page), fs::read_to_string(folder.join(page)).unwrap());
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS") && text.contains(".SH EXAMPLES\n.nf\n  nasab"), "{page}");
        // Whoever formats pages here says what is wrong with one.
        for (formatter, args) in [("groff", &["-man", "-Tutf8", "-ww", "-z", "-Kutf8"][..]), ("mandoc", &["-Tlint", "-Wwarning"])] {
            if let Ok(output) = Command::new(formatter).args(args).arg(&path).output() {
                let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
                assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{formatter} {page}");
            }
        }
    }
    assert_eq!(run(&["man", "registry", "import"]).out, fs::read_to_string(folder.join("nasab-registry-import.1")).unwrap());
    fs::remove_dir_all(&folder).unwrap();
    let ran = run(&["man", "nonsense"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: there is no command `nonsense`\nhint: `nasab --help` lists the commands\n"));
}
