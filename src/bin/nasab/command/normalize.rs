//! `nasab normalize`: any spelling in, one scheme out.

use super::{Answer, Context, Failure, Finding, arabic, deliver, json, notes, read, rounded, stream};
use crate::cli::{Normalize, NormalizeFormat};
use crate::input::{End, Input, LONGEST_ROW, Line};
use crate::output::Shape;
use crate::table::{Columns, Layout, Names, Start, one_cell};
use nasab::{Error, Name, Scheme, Severity, Source};
use serde::Serialize;
use std::path::Path;

/// What is asked of every name.
struct Job {
    from: Source,
    to: Scheme,
    arabic: Scheme,
    readings: usize,
}

#[derive(Serialize)]
struct Record<'a> {
    input: &'a str,
    output: String,
    scheme: &'a str,
    arabic: String,
    readings: Vec<Reading>,
    parts: Vec<Part>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
}

#[derive(Serialize)]
struct Reading {
    text: String,
    arabic: String,
    probability: f64,
    guessed: bool,
}

#[derive(Serialize)]
struct Part {
    role: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Note {
    severity: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

/// The answer to a line that is no name.
#[derive(Serialize)]
pub(super) struct Refused<'a> {
    pub input: &'a str,
    pub error: String,
}

pub(super) fn run(args: Normalize, context: &mut Context) -> Result<u8, Failure> {
    let from = match args.from.as_str() {
        "auto" => Source::Auto,
        label => Source::Scheme(Scheme::find(label)?),
    };
    let job = Job { from, to: Scheme::find(&args.to)?, arabic: arabic()?, readings: args.readings };
    if let Some(column) = &args.column {
        return table(&job, column, args.format, args.input.file.as_deref(), context);
    }
    let mut input = Input::names(args.input.names, args.input.file.as_deref())?;
    match args.format.unwrap_or(NormalizeFormat::Text) {
        NormalizeFormat::Csv => {
            return Err(Error::new("`--format csv` needs `--column`").with_hint("for a list of names take `tsv` or `jsonl`").into());
        }
        NormalizeFormat::Text => stream(&mut input, Shape::Line, context, |line| text(&job, line))?,
        NormalizeFormat::Tsv => stream(&mut input, Shape::Line, context, |line| tsv(&job, line))?,
        NormalizeFormat::Jsonl => stream(&mut input, Shape::Json, context, |line| jsonl(&job, line))?,
    }
    Ok(0)
}

fn text(job: &Job, line: &Line) -> Answer {
    match read(line, job.from) {
        Ok((_, name)) => Answer { text: name.write(job.to), findings: notes(&name, line.number) },
        Err((_, error)) => Answer::refused(String::new(), line.number, error),
    }
}

fn tsv(job: &Job, line: &Line) -> Answer {
    match read(line, job.from) {
        Ok((input, name)) => {
            let best = name.readings(job.to, job.readings).into_iter().next();
            let probability = best.map_or(0.0, |r| r.probability);
            let (output, arabic) = (name.write(job.to), name.write(job.arabic));
            let text = format!("{}\t{}\t{}\t{probability:.6}", one_cell(input), one_cell(&output), one_cell(&arabic));
            Answer { text, findings: notes(&name, line.number) }
        }
        Err((input, error)) => Answer::refused(format!("{}\t\t\t", one_cell(input)), line.number, error),
    }
}

fn jsonl(job: &Job, line: &Line) -> Answer {
    match read(line, job.from) {
        Ok((input, name)) => Answer { text: json(&record(job, input, &name)), findings: notes(&name, line.number) },
        Err((input, error)) => Answer::refused(json(&Refused { input, error: error.to_string() }), line.number, error),
    }
}

fn record<'a>(job: &Job, input: &'a str, name: &Name) -> Record<'a> {
    let readings = name.readings(job.to, job.readings).into_iter();
    let readings =
        readings.map(|r| Reading { text: r.text, arabic: r.arabic, probability: rounded(r.probability), guessed: r.guessed }).collect();
    let note = |n: &nasab::Note| Note {
        severity: match n.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        message: n.error.to_string(),
        column: n.error.column(),
        hint: n.error.hint().map(str::to_string),
    };
    Record {
        input,
        output: name.write(job.to),
        scheme: job.to.label(),
        arabic: name.write(job.arabic),
        readings,
        parts: name.parts().iter().map(|p| Part { role: p.role().label(), text: p.text(job.to) }).collect(),
        notes: name.notes().iter().map(note).collect(),
    }
}

/// A table, with a column added.
fn table(job: &Job, column: &str, format: Option<NormalizeFormat>, file: Option<&Path>, context: &mut Context) -> Result<u8, Failure> {
    let ending = file.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let layout = match (format, ending.as_str()) {
        (Some(NormalizeFormat::Csv), _) | (None, "csv") => Layout::Csv,
        (Some(NormalizeFormat::Tsv), _) | (None, "tsv" | "tab") => Layout::Tsv,
        (Some(NormalizeFormat::Jsonl), _) | (None, "jsonl" | "ndjson") => Layout::JsonLines,
        _ => return Err(Error::new("`--column` needs to know the table").with_hint("say `--format csv`, `tsv` or `jsonl`").into()),
    };
    let end = if layout == Layout::Csv { End::Row } else { End::Line };
    let mut input = Input::lines(file, end, LONGEST_ROW)?;
    let label = job.to.label();
    if layout == Layout::JsonLines {
        let columns = Columns::of_json(column, label);
        stream(&mut input, Shape::Json, context, |line| row(job, &columns, line))?;
        return Ok(0);
    }
    let first = input.batch()?;
    let Some((header, rows)) = first.split_first() else {
        return Err(Error::new("the table is empty").with_hint("its first line names the columns").into());
    };
    let text = header.text.as_ref().map_err(|bad| Failure::at(&input, header.number, bad.error.clone()))?;
    let columns = Columns::of_header(layout, text, column, label).map_err(|e| Failure::at(&input, header.number, e))?;
    context.output.line(&ended(columns.header(text), header), Shape::Line)?;
    let answer = |line: &Line| row(job, &columns, line);
    deliver(rows, &input, Shape::Line, context, &answer)?;
    stream(&mut input, Shape::Line, context, answer)?;
    Ok(0)
}

/// Rows keep their line ends.
fn ended(mut row: String, line: &Line) -> String {
    if line.crlf {
        row.push('\r');
    }
    row
}

fn row(job: &Job, columns: &Columns, line: &Line) -> Answer {
    let text = match &line.text {
        Ok(text) => text,
        Err(bad) => return Answer::refused(ended(columns.answered("", None, false), line), line.number, bad.error.clone()),
    };
    let mut findings = Vec::new();
    let names = match columns.names(text) {
        Ok(names) => names,
        Err(error) => return Answer::refused(ended(columns.answered(text, None, false), line), line.number, error),
    };
    let row = match names {
        Names::None => columns.answered(text, None, false),
        Names::One(name, start) => {
            let answer = written(job, &name, start, line.number, &mut findings);
            columns.answered(text, answer.as_ref().map(std::slice::from_ref), false)
        }
        Names::Many(names) => {
            let start = Start::default();
            let all: Vec<String> =
                names.iter().map(|name| written(job, name, start, line.number, &mut findings).unwrap_or_default()).collect();
            columns.answered(text, Some(&all), true)
        }
    };
    Answer { text: ended(row, line), findings }
}

/// The name of a cell in the scheme; places become those of the table.
fn written(job: &Job, name: &str, start: Start, line: u64, findings: &mut Vec<Finding>) -> Option<String> {
    let read = Name::read(name, job.from);
    let found = match &read {
        Ok(name) => notes(name, line),
        Err(error) => Answer::refused(String::new(), line, error.clone()).findings,
    };
    findings.extend(found.into_iter().map(|mut finding| {
        finding.line += start.line;
        finding.column = start.column.map(|before| before + finding.column.unwrap_or(1));
        finding
    }));
    read.ok().map(|name| name.write(job.to))
}
