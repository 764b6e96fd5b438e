//! How much memory the program takes while it is fed without an end.
//!
//! The names of a list are fed again and again, and each thousandth is made up anew, so that whatever is kept for each word that
//! was ever seen would show. What the program holds is asked of the kernel at every tenth of the way.

use crate::draw::{Draw, hash};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// One name in so many is new.
const NEW: u64 = 1000;
/// Bytes given at a time, about.
const PIECE: usize = 1 << 20;
/// Rows of the list that are fed.
const MOST: usize = 3000;
/// Words between two names of a running text.
const APART: usize = 60;

const SYLLABLES: [&str; 16] = ["ba", "tu", "khi", "dar", "ru", "saw", "shi", "man", "na", "lub", "qay", "fi", "gha", "hud", "wa", "yas"];
const LETTERS: [&str; 16] = ["ب", "تا", "خي", "دار", "رو", "سو", "شي", "مان", "نا", "لب", "قي", "في", "غا", "هد", "وا", "يا"];
const PROSE: [&str; 24] = [
    "the",
    "ministry",
    "said",
    "on",
    "Monday",
    "that",
    "after",
    "talks",
    "in",
    "Baghdad",
    "he",
    "would",
    "وقال",
    "البيان",
    "إن",
    "اللقاء",
    "جرى",
    "في",
    "العاصمة",
    "أمس",
    "بعد",
    "زيارة",
    "and",
    "according",
];

/// Feeds `megabytes` to a command of the program, and prints what it held on the way.
pub fn print(list: &str, megabytes: usize, program: &[&str]) -> Result<(), String> {
    let text = std::fs::read_to_string(list).map_err(|e| format!("{list}: {e}"))?;
    let names: Vec<&str> = text.lines().skip(1).filter_map(|row| row.split_once(',')).map(|(_, name)| name).take(MOST).collect();
    let [command, arguments @ ..] = program else { return Err("name the program and its arguments".to_string()) };
    let mut child = Command::new(command)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{command}: {e}"))?;
    let mut input = child.stdin.take().ok_or("the program takes no input")?;
    let prose = arguments.first() == Some(&"scan");
    let mut feed = Feed { names, draw: Draw(hash("memory")), fed: 0, prose };
    let (begun, mut given, whole) = (std::time::Instant::now(), 0usize, megabytes << 20);
    println!("| MB fed | seconds | held now, MB | most held, MB |\n|---|---|---|---|");
    for tenth in 1..=10 {
        while given < whole / 10 * tenth {
            let piece = feed.piece();
            input.write_all(piece.as_bytes()).map_err(|e| format!("the program ended: {e}"))?;
            given += piece.len();
        }
        let [now, most] = held(child.id())?;
        println!("| {} | {} | {now} | {most} |", given >> 20, begun.elapsed().as_secs());
    }
    drop(input);
    let ended = child.wait().map_err(|e| e.to_string())?;
    if ended.code().is_some_and(|code| code < 3) { Ok(()) } else { Err(format!("the program ended: {ended}")) }
}

struct Feed<'a> {
    names: Vec<&'a str>,
    draw: Draw,
    fed: u64,
    prose: bool,
}

impl Feed<'_> {
    fn piece(&mut self) -> String {
        let mut piece = String::with_capacity(PIECE + 4096);
        while piece.len() < PIECE {
            if self.prose {
                for _ in 0..APART {
                    piece.push_str(self.draw.of::<&str>(&PROSE));
                    piece.push(' ');
                }
            }
            self.fed += 1;
            match self.fed % NEW {
                0 => self.made(&mut piece),
                _ => piece.push_str(self.draw.of::<&str>(&self.names)),
            }
            piece.push_str(if self.prose { ". " } else { "\n" });
            if self.prose && self.fed.is_multiple_of(3) {
                piece.push('\n');
            }
        }
        piece
    }

    /// A name that was hardly ever fed before.
    fn made(&mut self, piece: &mut String) {
        let syllables = if self.draw.below(2) == 0 { &SYLLABLES } else { &LETTERS };
        for word in 0..2 {
            let word: String = (0..5).map(|_| *self.draw.of::<&str>(syllables)).collect::<String>() + if word == 0 { " " } else { "" };
            let mut letters = word.chars();
            let first = letters.next().map(char::to_uppercase).into_iter().flatten().collect::<String>();
            // Writing to a String does not fail.
            let _ = write!(piece, "{first}{}", letters.as_str());
        }
    }
}

/// What a process holds and has held at most, in MB.
fn held(process: u32) -> Result<[u64; 2], String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).map_err(|e| format!("only Linux tells it: {e}"))?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).map_or(0, |kib| kib >> 10)
    };
    Ok([of("VmRSS:"), of("VmHWM:")])
}
