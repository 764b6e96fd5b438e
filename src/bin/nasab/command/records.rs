//! `nasab records`: the names of catalogue records.

use super::{Context, Failure, json};
use crate::cli::records::{Fill, Records, RecordsFormat, RecordsKind};
use crate::config::Config;
use crate::failure::reason;
use crate::input::open;
use crate::output::{Output, Shape};
use crate::replace::replace;
use crate::report::Place;
use nasab::record::{Finding, Format, Job, Kind, Task, run as run_records};
use nasab::{Error, Scheme};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
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
    let told = args.to.as_ref().or(args.scheme.as_ref());
    // Wrong for one file, wrong for all.
    told.map(|label| Scheme::find(label)).transpose()?;
    // Filling is tried, so that a check tells what would be filled; its records go nowhere.
    let task = if task == Task::Write && args.check { Task::Check } else { task };
    let job = |scheme| Job { scheme, least: args.least, task, names: args.to.is_some() || !args.keys, keys: args.keys };
    if !changes && (args.output.is_some() || args.in_place) {
        return Err(Error::new("a check changes nothing").with_hint("leave `--output` and `--in-place` out, or ask for a change").into());
    }
    if args.in_place && args.files.iter().any(|path| is_standard(path)) {
        let hint = "give a file, or take the changed records from standard output";
        return Err(Error::new("standard input has no place to be written to").with_hint(hint).into());
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
        let text = (!is_standard(path)).then_some(path.as_path());
        let config = Config::of(text, args.config.as_deref(), told.map(String::as_str), "ala-lc");
        match config.and_then(|config| file(path, &target, args, &job(config.scheme), &mut tally, context)) {
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
    let origin: Arc<str> = if is_standard(path) { "<stdin>".into() } else { path.display().to_string().into() };
    let format = format_of(path, &origin, args)?;
    let fits = match job.task {
        Task::Check => true,
        Task::Write => !format.is_of_two_scripts(),
        _ => format.is_of_two_scripts(),
    };
    if !fits {
        let hint = "`--fill` is for names in both scripts, `--to` and `--keys` are for bibliographies";
        return Err(Error::new(format!("`{origin}` is of another kind than what is asked for")).with_hint(hint).into());
    }
    let source: Box<dyn Read> = if is_standard(path) { Box::new(io::stdin().lock()) } else { Box::new(open(path)?) };
    let at = |record: u64| Place { origin: origin.clone(), line: record, column: None };
    let (found, written, gone) = (Cell::new(0), Cell::new(0), RefCell::new(None));
    // What standard output says is told apart from what the files say.
    let sent = |done: io::Result<()>| {
        done.map_err(|error| {
            gone.replace(Some(error));
            io::Error::other("the reader is gone")
        })
    };
    // What is found goes to standard output, unless the records do.
    let mut tell = |finding: Finding, output: Option<&mut Output>| -> io::Result<()> {
        let broken = finding.kind == Kind::Broken;
        if broken {
            context.report.error(&Error::new(finding.message.clone()), Some(&at(finding.record)));
        } else {
            found.set(found.get() + 1);
            written.set(written.get() + usize::from(finding.written));
        }
        let text = match args.format {
            RecordsFormat::Jsonl => json(&Line { file: &origin, finding: &finding }),
            RecordsFormat::Text if broken => return Ok(()),
            RecordsFormat::Text => line(&origin, &finding),
        };
        match output {
            Some(output) => sent(output.line(&text, if args.format == RecordsFormat::Jsonl { Shape::Json } else { Shape::Line })),
            None => {
                context.report.summary(&text);
                Ok(())
            }
        }
    };
    let output = &mut context.output;
    let mut input = BufReader::with_capacity(1 << 16, source);
    let done = match target {
        Target::Nowhere => run_records(format, &mut input, &mut io::sink(), job, &mut |finding| tell(finding, Some(output))),
        Target::Standard => {
            let mut sink = Sent { sink: output.bytes(), sent: &sent };
            run_records(format, &mut input, &mut sink, job, &mut |finding| tell(finding, None))
        }
        Target::File(to) => replace(to, |file: &mut File| {
            let mut file = BufWriter::with_capacity(1 << 16, file);
            run_records(format, &mut input, &mut file, job, &mut |finding| tell(finding, Some(output)))?;
            file.flush()?;
            Ok(!args.in_place || written.get() > 0)
        }),
    };
    tally.found += found.get();
    tally.written += written.get();
    match (gone.into_inner(), done) {
        (Some(error), _) => Err(Failure::Output(error)),
        (None, done) => done.map_err(|e| Failure::at(&origin, 1, Error::new(format!("cannot be worked on: {}", reason(&e))))),
    }
}

/// Standard output, whose failures are kept aside.
struct Sent<'a> {
    sink: &'a mut dyn Write,
    sent: &'a dyn Fn(io::Result<()>) -> io::Result<()>,
}

impl Write for Sent<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.sent)(self.sink.write_all(bytes)).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        (self.sent)(self.sink.flush())
    }
}

fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// The format as told, or by the end of the name; tables need their columns besides.
fn format_of(path: &Path, origin: &str, args: &Records) -> Result<Format, Error> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let tabs = match (args.kind, ending.as_str()) {
        (Some(RecordsKind::Csv), _) | (None, "csv") => false,
        (Some(RecordsKind::Tsv), _) | (None, "tsv" | "tab") => true,
        (Some(RecordsKind::Marc), _) => return Ok(Format::Marc),
        (Some(RecordsKind::Marcxml), _) => return Ok(Format::MarcXml),
        (Some(RecordsKind::Bibtex), _) => return Ok(Format::Bibtex),
        (Some(RecordsKind::CslJson), _) => return Ok(Format::CslJson),
        (None, _) => {
            let hint = "files of records end in .mrc, .xml, .bib, .json, .csv or .tsv; else say it with `--kind`";
            return Format::of(path).ok_or_else(|| Error::new(format!("`{origin}` does not tell its format")).with_hint(hint));
        }
    };
    match (&args.arabic_column, &args.romanized_column) {
        (Some(arabic), Some(romanized)) => Ok(Format::Table { tabs, arabic: arabic.clone(), romanized: romanized.clone() }),
        _ => {
            let hint = "give `--arabic-column` and `--romanized-column`";
            Err(Error::new(format!("`{origin}` is a table, and its columns are not told")).with_hint(hint))
        }
    }
}

/// `file:record:field: message [control number]`
fn line(origin: &str, finding: &Finding) -> String {
    let control = finding.control.as_ref().map_or(String::new(), |control| format!(" [{control}]"));
    let Finding { record, field, kind, message, .. } = finding;
    format!("{origin}:{record}:{field}: {}: {message}{control}", kind.label())
}
