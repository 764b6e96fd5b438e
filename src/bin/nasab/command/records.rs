//! `nasab records`: the names of catalogue records.

use super::{Context, Failure, json};
use crate::cli::records::{Fill, Records, RecordsFormat};
use crate::input::open;
use crate::output::Shape;
use crate::replace::replace;
use crate::report::Place;
use nasab::record::{Finding, Format, Job, Kind, Task, run as run_records};
use nasab::{Error, Scheme};
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// A finding with its file.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    finding: &'a Finding,
}

/// Where the changed records go.
enum Target<'a> {
    Nowhere,
    Standard,
    File(&'a Path),
}

#[derive(Default)]
struct Tally {
    found: usize,
    written: usize,
}

pub(super) fn run(args: &Records, context: &mut Context) -> Result<u8, Failure> {
    let task = match args.fill {
        None if args.to.is_some() || args.keys => Task::Write,
        None => Task::Check,
        Some(Fill::Romanized) => Task::FillRomanized,
        Some(Fill::Arabic) => Task::FillArabic,
    };
    let changes = task != Task::Check && !args.check;
    let scheme = Scheme::find(args.to.as_ref().unwrap_or(&args.scheme))?;
    // Filling is tried, so that a check tells what would be filled; its records go nowhere.
    let task = if task == Task::Write && args.check { Task::Check } else { task };
    let job = Job { scheme, least: args.least, task, names: args.to.is_some() || !args.keys, keys: args.keys };
    if !changes && (args.output.is_some() || args.in_place) {
        return Err(Error::new("a check changes nothing").with_hint("leave `--output` and `--in-place` out, or ask for a change").into());
    }
    if changes && !args.in_place && args.files.len() > 1 {
        let hint = "give one file, or write each in its place with `--in-place`";
        return Err(Error::new("the changed records of several files cannot go to one").with_hint(hint).into());
    }
    let mut tally = Tally::default();
    for path in &args.files {
        let target = match &args.output {
            _ if !changes => Target::Nowhere,
            Some(output) => Target::File(output),
            None if args.in_place => Target::File(path),
            None => Target::Standard,
        };
        // One file that cannot be read leaves the others to be worked on.
        match file(path, &target, args, &job, &mut tally, context) {
            Err(Failure::Told(place, error)) => context.report.error(&error, place.as_ref()),
            other => other?,
        }
    }
    context.output.flush()?;
    let Tally { found, written } = tally;
    context.report.summary(&match (found, changes) {
        (0, _) => "nothing found".to_string(),
        (_, true) => format!("{found} findings, {written} written"),
        (_, false) => format!("{found} findings"),
    });
    Ok(u8::from(found > if changes { written } else { 0 }))
}

fn file(path: &Path, target: &Target, args: &Records, job: &Job, tally: &mut Tally, context: &mut Context) -> Result<(), Failure> {
    let origin: Arc<str> = path.display().to_string().into();
    let format = format_of(path, args)?;
    let fits = match job.task {
        Task::Check => true,
        Task::Write => !format.is_of_two_scripts(),
        _ => format.is_of_two_scripts(),
    };
    if !fits {
        let hint = "`--fill` is for names in both scripts, `--to` and `--keys` are for bibliographies";
        return Err(Error::new(format!("`{origin}` is of another kind than what is asked for")).with_hint(hint).into());
    }
    let source = open(path)?;
    let at = |record: u64| Place { origin: origin.clone(), line: record, column: None };
    let failed = |e: io::Error| Failure::Told(Some(at(1)), Error::new(format!("cannot be worked on: {e}")));
    // What is found goes to standard output, unless the records do.
    let mut tell = |finding: Finding, output: Option<&mut crate::output::Output>| -> io::Result<()> {
        let broken = finding.kind == Kind::Broken;
        if broken {
            context.report.error(&Error::new(finding.message.clone()), Some(&at(finding.record)));
        } else {
            tally.found += 1;
            tally.written += usize::from(finding.written);
        }
        let text = match args.format {
            RecordsFormat::Jsonl => json(&Line { file: &origin, finding: &finding }),
            RecordsFormat::Text if broken => return Ok(()),
            RecordsFormat::Text => line(&origin, &finding),
        };
        match output {
            Some(output) => output.line(&text, if args.format == RecordsFormat::Jsonl { Shape::Json } else { Shape::Line }),
            None => {
                context.report.summary(&text);
                Ok(())
            }
        }
    };
    let output = &mut context.output;
    let mut input = BufReader::with_capacity(1 << 16, source);
    match target {
        Target::Nowhere => {
            run_records(format, &mut input, &mut io::sink(), job, &mut |finding| tell(finding, Some(output))).map_err(failed)
        }
        Target::Standard => {
            run_records(format, &mut input, output.bytes(), job, &mut |finding| tell(finding, None)).map_err(Failure::Output)
        }
        Target::File(to) => {
            let write = |file: &mut File| {
                let mut file = BufWriter::with_capacity(1 << 16, file);
                run_records(format, &mut input, &mut file, job, &mut |finding| tell(finding, Some(output)))?;
                file.flush()
            };
            replace(to, write).map_err(failed)
        }
    }
}

/// The format by the end of the name; columns make it a table.
fn format_of(path: &Path, args: &Records) -> Result<Format, Error> {
    let origin = path.display();
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match (&args.arabic_column, &args.romanized_column, ending.as_str()) {
        (Some(arabic), Some(romanized), "csv" | "tsv" | "tab") => {
            Ok(Format::Table { tabs: ending != "csv", arabic: arabic.clone(), romanized: romanized.clone() })
        }
        (_, _, "csv" | "tsv" | "tab") => {
            let hint = "give `--arabic-column` and `--romanized-column`";
            Err(Error::new(format!("`{origin}` is a table, and its columns are not told")).with_hint(hint))
        }
        _ => Format::of(path).ok_or_else(|| {
            let hint = "files of records end in .mrc, .xml, .bib, .json, .csv or .tsv";
            Error::new(format!("`{origin}` does not tell its format")).with_hint(hint)
        }),
    }
}

/// `file:record:field: message [control number]`
fn line(origin: &str, finding: &Finding) -> String {
    let control = finding.control.as_ref().map_or(String::new(), |control| format!(" [{control}]"));
    let Finding { record, field, kind, message, .. } = finding;
    format!("{origin}:{record}:{field}: {}: {message}{control}", kind.label())
}
