//! Chores of the project that are no part of the program: `cargo xtask` lists them.

mod boost;
mod data;
mod draw;
mod generate;
mod learn_channel;
mod learn_context;
mod learn_costs;
mod learn_vowels;
mod learn_weights;
mod lexicon;
mod measure;
mod measure_clusters;
mod measure_lead;
mod measure_matching;
mod measure_memory;
mod measure_search;
mod relatives;

use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask lexicon [--tidy] FILE...   check lexicon files; --tidy blanks spellings that follow by rule and sorts out repeats
cargo xtask learn-costs FOLDER         learn tables/matching/costs.tsv and rarity.tsv from the names in FOLDER
cargo xtask learn-weights FOLDER       learn tables/matching/trees.tsv from the pairs in FOLDER; after learn-costs
cargo xtask learn-channel FOLDER       learn tables/channel/answers.tsv from the Latin words in FOLDER
cargo xtask learn-context FOLDER       learn tables/context/weights.tsv from the headings in FOLDER
cargo xtask learn-vowels FOLDER        learn tables/vocaliser/weights.tsv from the words in FOLDER
    --unseen                           without the words of headings that the lexicon lacks, to judge whole headings
    --folds N [--only K]               read each part of the words by what the others teach; writes nothing
cargo xtask generate COUNT FILE [FOLDER]
                                       write COUNT made persons to FILE as CSV, and names of true pairs in FOLDER behind them
cargo xtask plant QUERIES COUNT FILE [FOLDER]
                                       write other spellings of some of these COUNT persons; half of them the true pairs of FOLDER
cargo xtask measure-search FOLDER      print how often the right person is among the candidates of a search
cargo xtask measure-clusters FOLDER    print how well the names of one list fall into persons
cargo xtask measure-lead FOLDER        print what a sure match costs and spares by its lead over the next person
cargo xtask measure-lead PERSONS.csv QUERIES.tsv
                                       the same for made persons and planted spellings
cargo xtask measure-memory LIST MEGABYTES PROGRAM ARGUMENT...
                                       feed names of a CSV list to the program, for `scan` in running text, and print what it holds
cargo xtask measure FOLDER             print the calibration of headings and how Latin names come back to Arabic
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["learn-costs", folder] => told(learn_costs::learn(Path::new(folder))),
        ["learn-weights", folder] => told(learn_weights::learn(Path::new(folder))),
        ["learn-channel", folder] => told(learn_channel::learn(Path::new(folder))),
        ["learn-context", folder] => told(learn_context::learn(Path::new(folder))),
        ["learn-vowels", folder] => told(learn_vowels::learn(Path::new(folder), false)),
        ["learn-vowels", folder, "--unseen"] => told(learn_vowels::learn(Path::new(folder), true)),
        ["learn-vowels", folder, "--folds", folds, rest @ ..] => match (folds.parse(), rest) {
            (Ok(folds), []) => told(learn_vowels::judge(Path::new(folder), folds, None)),
            (Ok(folds), ["--only", only]) => told(learn_vowels::judge(Path::new(folder), folds, only.parse().ok())),
            _ => told(Err("--folds and --only take a number".to_string())),
        },
        ["generate", count, file, folder @ ..] => match (count.parse(), folder) {
            (Ok(count), [] | [_]) => told(generate::generate(count, Path::new(file), folder.first().map(Path::new))),
            _ => told(Err("generate takes a number of persons".to_string())),
        },
        ["plant", planted, count, file, folder @ ..] => match (planted.parse(), count.parse(), folder) {
            (Ok(planted), Ok(count), [] | [_]) => told(generate::plant(planted, count, Path::new(file), folder.first().map(Path::new))),
            _ => told(Err("plant takes two numbers".to_string())),
        },
        ["measure-clusters", folder] => told(measure_clusters::print(Path::new(folder))),
        ["measure-lead", folder] => told(measure_lead::lists(Path::new(folder))),
        ["measure-lead", persons, planted] => told(measure_lead::made(Path::new(persons), Path::new(planted))),
        ["measure-search", folder] => told(measure_search::print(Path::new(folder))),
        ["measure-memory", list, megabytes, program @ ..] => match megabytes.parse() {
            Ok(megabytes) => told(measure_memory::print(list, megabytes, program)),
            Err(_) => told(Err("measure-memory takes a number of megabytes".to_string())),
        },
        ["measure", folder] => told(measure::print(Path::new(folder)).and_then(|()| measure_matching::print(Path::new(folder)))),
        ["lexicon", files @ ..] if !files.is_empty() => lexicon::run(files),
        _ => {
            eprint!("{HELP}");
            ExitCode::from(2)
        }
    }
}

fn told(done: Result<(), String>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
