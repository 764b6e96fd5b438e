//! Chores of the project that are no part of the program: `cargo xtask` lists them.

mod learn_matching;
mod lexicon;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask learn-matching FOLDER      learn tables/matching/weights.tsv from the pairs in FOLDER
cargo xtask lexicon [--tidy] FILE...   check lexicon files; --tidy blanks spellings that follow by rule and sorts out repeats
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first().map(|(chore, rest)| (chore.as_str(), rest)) {
        Some(("learn-matching", folder)) => learn_matching::run(folder),
        Some(("lexicon", files)) => lexicon::run(files),
        _ => {
            eprint!("{HELP}");
            ExitCode::from(2)
        }
    }
}
