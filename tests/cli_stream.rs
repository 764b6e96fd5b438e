//! Input without an end: answered as it comes, in bounded memory.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/program.rs"]
mod program;

use program::*;
use std::io::{BufRead, BufReader, Read, Write};

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
