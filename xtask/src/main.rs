//! Chores of the project that are no part of the program: `cargo xtask` lists them.

mod lexicon;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask lexicon [--tidy] FILE...   check lexicon files; --tidy blanks spellings that follow by rule and sorts out repeats
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first().map(|(chore, rest)| (chore.as_str(), rest)) {
        Some(("lexicon", files)) => lexicon::run(files),
        _ => {
            eprint!("{HELP}");
            ExitCode::from(2)
        }
    }
}
