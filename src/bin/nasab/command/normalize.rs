//! `nasab normalize`: any spelling in, one scheme out.

use super::{Answer, Context, Failure, Finding, arabic, deliver, json, notes, stream};
use crate::answer::{Normalized, Refused};
use crate::cli::{Form, InitialArticle, Normalize, NormalizeFormat, UnknownLetters};
use crate::input::{End, Input, LONGEST_ROW, Line};
use crate::output::Shape;
use crate::table::{Columns, Layout, Names, Start, one_cell};
use nasab::{Error, Name, Scheme, Severity, Source};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is asked of every name.
struct Job {
    from: Source,
    to: Scheme,
    arabic: Scheme,
    readings: usize,
    unknown_letters: UnknownLetters,
    initial_article: InitialArticle,
    form: Form,
    /// Letters that were skipped, for one word at the end.
    skipped: AtomicUsize,
}

impl Job {
    /// Reads a name, and says what became of letters that its scheme lacks.
    fn read(&self, text: &str) -> (Result<Name, Error>, Vec<(usize, Error)>) {
        let strange = match (self.from, self.unknown_letters) {
            (Source::Auto, _) | (_, UnknownLetters::Read) => Vec::new(),
            (Source::Scheme(scheme), _) => scheme.strange(text),
        };
        let told = |(column, letter): &(usize, char)| {
            let error = Error::new(format!("`{letter}` is not a letter of scheme `{}`", self.source_label())).with_column(*column);
            (*column, error.with_hint(format!("`nasab schemes --letter {letter}` lists the schemes that have it")))
        };
        let places: Vec<usize> = strange.iter().map(|(column, _)| *column).collect();
        let without = |mark: &str| -> String {
            let one = |(at, c): (usize, char)| if places.contains(&(at + 1)) { mark.to_string() } else { c.to_string() };
            text.chars().enumerate().map(one).collect()
        };
        let read = |text: &str| {
            let name = Name::read(text, self.from)?;
            Ok(if self.initial_article == InitialArticle::Drop { name.without_initial_article() } else { name })
        };
        match (strange.first().map(told), self.unknown_letters) {
            (Some((_, error)), UnknownLetters::Fail) => (Err(error), Vec::new()),
            (Some(_), UnknownLetters::Skip) => {
                self.skipped.fetch_add(strange.len(), Ordering::Relaxed);
                (read(&without("")), Vec::new())
            }
            (Some(_), UnknownLetters::Mark) => (read(&without("\u{FFFD}")), strange.iter().map(told).collect()),
            _ => (read(text), Vec::new()),
        }
    }

    fn source_label(&self) -> String {
        match self.from {
            Source::Auto => "auto".to_string(),
            Source::Scheme(scheme) => scheme.to_string(),
        }
    }

    /// A name as written in the scheme, in the form that was asked for.
    fn formed(&self, text: String) -> String {
        match self.form {
            Form::Written => text,
            Form::Ascii => self.to.ascii(&text),
            Form::SortKey => self.to.sort_key(&text),
        }
    }

    fn written(&self, name: &Name) -> String {
        self.formed(name.write(self.to))
    }

    fn record<'a>(&self, input: &'a str, name: &Name) -> Normalized<'a> {
        Normalized::new(input, name, self.to, self.arabic, self.readings, |text| self.formed(text))
    }

    /// The name of a line with all there is to say of it.
    fn line<'a>(&self, line: &'a Line) -> Result<(&'a str, Name, Vec<Finding>), (&'a str, Error)> {
        let text = match &line.text {
            Ok(text) => text,
            Err(bad) => return Err((&bad.lossy, bad.error.clone())),
        };
        let (name, told) = self.read(text);
        let name = name.map_err(|error| (text.as_str(), error))?;
        let mut findings = notes(&name, line.number);
        findings.extend(told.into_iter().map(|(column, error)| Finding {
            severity: Severity::Error,
            error,
            line: line.number,
            column: Some(column),
        }));
        Ok((text, name, findings))
    }
}

pub(super) fn run(args: Normalize, context: &mut Context) -> Result<u8, Failure> {
    let from = match args.from.as_str() {
        "auto" => Source::Auto,
        label => Source::Scheme(Scheme::find(label)?),
    };
    let job = Job {
        from,
        to: Scheme::find(&args.to)?,
        arabic: arabic()?,
        readings: args.readings,
        unknown_letters: args.unknown_letters,
        initial_article: args.initial_article,
        form: args.form,
        skipped: AtomicUsize::new(0),
    };
    if args.unknown_letters != UnknownLetters::Read && from == Source::Auto {
        let error = Error::new("`--unknown-letters` needs `--from SCHEME`");
        return Err(error.with_hint("without a scheme every letter of every scheme is read").into());
    }
    let code = answer(&job, args, context)?;
    match job.skipped.load(Ordering::Relaxed) {
        0 => Ok(code),
        count => {
            context.output.flush()?;
            let error = Error::new(format!("{count} letters that are not of scheme `{}` were skipped", job.source_label()));
            context.report.say(Severity::Warning, &error, None);
            Ok(code)
        }
    }
}

fn answer(job: &Job, args: Normalize, context: &mut Context) -> Result<u8, Failure> {
    if let Some(column) = &args.column {
        return table(job, column, args.format, args.input.file.as_deref(), context);
    }
    let mut input = Input::names(args.input.names, args.input.file.as_deref())?;
    match args.format.unwrap_or(NormalizeFormat::Text) {
        NormalizeFormat::Csv => {
            return Err(Error::new("`--format csv` needs `--column`").with_hint("for a list of names take `tsv` or `jsonl`").into());
        }
        NormalizeFormat::Text => stream(&mut input, Shape::Line, context, |line| text(job, line))?,
        NormalizeFormat::Tsv => stream(&mut input, Shape::Line, context, |line| tsv(job, line))?,
        NormalizeFormat::Jsonl => stream(&mut input, Shape::Json, context, |line| jsonl(job, line))?,
    }
    Ok(0)
}

fn text(job: &Job, line: &Line) -> Answer {
    match job.line(line) {
        Ok((_, name, findings)) => Answer { text: job.written(&name), findings },
        Err((_, error)) => Answer::refused(String::new(), line.number, error),
    }
}

fn tsv(job: &Job, line: &Line) -> Answer {
    match job.line(line) {
        Ok((input, name, findings)) => {
            let best = name.readings(job.to, job.readings).into_iter().next();
            let probability = best.map_or(0.0, |r| r.probability);
            let (output, arabic) = (job.written(&name), name.write(job.arabic));
            let text = format!("{}\t{}\t{}\t{probability:.6}", one_cell(input), one_cell(&output), one_cell(&arabic));
            Answer { text, findings }
        }
        Err((input, error)) => Answer::refused(format!("{}\t\t\t", one_cell(input)), line.number, error),
    }
}

fn jsonl(job: &Job, line: &Line) -> Answer {
    match job.line(line) {
        Ok((input, name, findings)) => Answer { text: json(&job.record(input, &name)), findings },
        Err((input, error)) => Answer::refused(json(&Refused { input, error: error.to_string() }), line.number, error),
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
    let label = job.to.to_string();
    if layout == Layout::JsonLines {
        let columns = Columns::of_json(column, &label);
        stream(&mut input, Shape::Json, context, |line| row(job, &columns, line))?;
        return Ok(0);
    }
    let first = input.batch()?;
    let Some((header, rows)) = first.split_first() else {
        return Err(Error::new("the table is empty").with_hint("its first line names the columns").into());
    };
    let text = header.text.as_ref().map_err(|bad| Failure::at(input.origin(), header.number, bad.error.clone()))?;
    let columns = Columns::of_header(layout, text, column, &label).map_err(|e| Failure::at(input.origin(), header.number, e))?;
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
    let (read, told) = job.read(name);
    let mut found = match &read {
        Ok(name) => notes(name, line),
        Err(error) => Answer::refused(String::new(), line, error.clone()).findings,
    };
    found.extend(told.into_iter().map(|(column, error)| Finding { severity: Severity::Error, error, line, column: Some(column) }));
    findings.extend(found.into_iter().map(|mut finding| {
        finding.line += start.line;
        finding.column = start.column.map(|before| before + finding.column.unwrap_or(1));
        finding
    }));
    read.ok().map(|name| job.written(&name))
}
