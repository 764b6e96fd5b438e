//! CSV and TSV with names in two scripts: cells by their places, one row at a time in memory.

use super::heading::{self, Entry, Written, has_arabic, is_arabic_name};
use super::{Finding, Job, Kind, Task, Tell};
use std::collections::VecDeque;
use std::io::{self, BufRead, Read, Write};
use std::ops::Range;

/// A longer line is no row.
const LONGEST: u64 = 1 << 20;
/// A cell that goes over more lines has a quotation mark that is not closed.
const MOST_LINES: usize = 200;

/// A table: whether tabs part its cells, and the columns of either script.
pub(super) struct Table<'a> {
    pub tabs: bool,
    pub arabic: &'a str,
    pub romanized: &'a str,
}

/// Lines, some of them handed back.
struct Lines<'a> {
    input: &'a mut dyn BufRead,
    back: VecDeque<Vec<u8>>,
}

impl Lines<'_> {
    fn next(&mut self) -> io::Result<Vec<u8>> {
        if let Some(line) = self.back.pop_front() {
            return Ok(line);
        }
        let mut line = Vec::new();
        Read::take(&mut *self.input, LONGEST).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// A row, which in CSV may go over lines; `Err` with its first line where a quotation mark is not closed.
    fn row(&mut self, tabs: bool) -> io::Result<Result<Vec<u8>, Vec<u8>>> {
        let first = self.next()?;
        let open = |bytes: &[u8]| !tabs && bytes.iter().filter(|b| **b == b'"').count() % 2 == 1;
        if !open(&first) {
            return Ok(Ok(first));
        }
        let mut more: Vec<Vec<u8>> = Vec::new();
        while more.len() < MOST_LINES {
            let line = self.next()?;
            if line.is_empty() {
                break;
            }
            let closes = open(&line);
            more.push(line);
            if closes {
                return Ok(Ok(std::iter::once(first).chain(more).flatten().collect()));
            }
        }
        more.into_iter().rev().for_each(|line| self.back.push_front(line));
        Ok(Err(first))
    }
}

pub(super) fn run(table: &Table, input: &mut dyn BufRead, output: &mut dyn Write, job: &Job, tell: Tell) -> io::Result<()> {
    let mut lines = Lines { input, back: VecDeque::new() };
    let mut columns: Option<[usize; 2]> = None;
    let mut number = 0u64;
    loop {
        let row = lines.row(table.tabs)?;
        let (bytes, closed) = match &row {
            Ok(bytes) => (bytes, true),
            Err(bytes) => (bytes, false),
        };
        if bytes.is_empty() {
            if number == 0 {
                tell(Finding::broken(0, None, "the table is empty; its first line names the columns".to_string()))?;
            }
            return Ok(());
        }
        number += 1;
        let text = std::str::from_utf8(bytes).ok().filter(|_| closed && (bytes.ends_with(b"\n") || (bytes.len() as u64) < LONGEST));
        let Some(text) = text else {
            let why = match (closed, std::str::from_utf8(bytes)) {
                (false, _) => "has a quotation mark that is not closed",
                (true, Err(_)) => "is not UTF-8",
                (true, Ok(_)) => "is longer than a row may be",
            };
            tell(Finding::broken(number, None, format!("row {number} {why}; it is handed on as it is")))?;
            output.write_all(bytes)?;
            continue;
        };
        let cells = cells(text, table.tabs);
        let Some([arabic, romanized]) = columns else {
            let found = [table.arabic, table.romanized].map(|name| cells.iter().position(|cell| value(text, cell).trim() == name));
            match found {
                [Some(arabic), Some(romanized)] => columns = Some([arabic, romanized]),
                _ => {
                    let named: Vec<String> = cells.iter().map(|cell| format!("`{}`", value(text, cell).trim())).collect();
                    let missing = if found[0].is_none() { table.arabic } else { table.romanized };
                    let message = format!("no column is called `{missing}`; there are {}", named.join(", "));
                    tell(Finding::broken(number, None, message))?;
                    output.write_all(bytes)?;
                    // Without its columns the rest is handed on.
                    return loop {
                        let line = lines.next()?;
                        if line.is_empty() {
                            break Ok(());
                        }
                        output.write_all(&line)?;
                    };
                }
            }
            output.write_all(bytes)?;
            continue;
        };
        let (Some(own), Some(other)) = (cells.get(arabic), cells.get(romanized)) else {
            if !text.trim().is_empty() {
                let message = format!("row {number} has {} cells, which is too few; it is handed on as it is", cells.len());
                tell(Finding::broken(number, None, message))?;
            }
            output.write_all(bytes)?;
            continue;
        };
        let found = answer(&value(text, own), &value(text, other), table, number, job);
        let mut changed = None;
        if let Some(finding) = found {
            if let (true, Some(new)) = (finding.written, &finding.expected) {
                let cell = if finding.field == table.arabic { own } else { other };
                let new = quoted(new, table.tabs);
                changed = text.get(..cell.start).zip(text.get(cell.end..)).map(|(before, after)| format!("{before}{new}{after}"));
            }
            tell(finding)?;
        }
        output.write_all(changed.as_deref().unwrap_or(text).as_bytes())?;
    }
}

fn answer(arabic: &str, romanized: &str, table: &Table, record: u64, job: &Job) -> Option<Finding> {
    let (arabic, romanized) = (arabic.trim(), romanized.trim());
    let told = |field: &str, kind, found: &str, expected: Option<Written>, message| {
        let (expected, probability) = expected.map(|w| (w.text, w.probability)).unzip();
        let (field, found) = (field.to_string(), found.to_string());
        Some(Finding { record, control: None, field, kind, found, expected, probability, message, written: false })
    };
    let (field, found, made) = match (arabic.is_empty(), romanized.is_empty()) {
        (true, true) => return None,
        (false, false) => {
            let d = match heading::disagreement(arabic, romanized, job.scheme, Entry::Plain) {
                Ok(d) => d.filter(|_| job.task == Task::Check)?,
                Err(error) => return told(table.arabic, Kind::Missing, arabic, None, format!("`{arabic}` cannot be read: {error}")),
            };
            let message = format!("`{romanized}` beside `{arabic}`: {}; expected `{}` ({:.2})", d.reason, d.expected, d.probability);
            let expected = Written { text: d.expected, probability: d.probability };
            return told(table.romanized, d.kind, romanized, Some(expected), message);
        }
        (false, true) if job.task != Task::FillArabic && has_arabic(arabic) => {
            (table.romanized, arabic, heading::romanized(arabic, job.scheme, Entry::Plain))
        }
        (true, false) if job.task != Task::FillRomanized && is_arabic_name(romanized, job.scheme) => {
            (table.arabic, romanized, heading::arabic(romanized, job.scheme, Entry::Plain))
        }
        _ => return None,
    };
    let made = match made {
        Ok(made) => made,
        Err(error) => return told(field, Kind::Missing, found, None, format!("`{found}` cannot be read: {error}")),
    };
    let written = job.task != Task::Check && made.probability >= job.least;
    let (text, probability) = (&made.text, made.probability);
    let message = match (written, job.task) {
        (true, _) => format!("`{text}` ({probability:.2}) written for `{found}`"),
        (false, Task::Check) => format!("the cell is empty; `{found}` would be `{text}` ({probability:.2})"),
        (false, _) => format!("`{text}` ({probability:.2}) is not written for `{found}`: it is less likely than {}", job.least),
    };
    told(field, Kind::Missing, found, Some(made), message).map(|finding| Finding { written, ..finding })
}

/// The cells of a row by their bytes, with their quotation marks.
fn cells(row: &str, tabs: bool) -> Vec<Range<usize>> {
    let end = row.trim_end_matches(['\n', '\r']).len();
    let begin = if row.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let (mut out, mut start, mut quoted) = (Vec::new(), begin, false);
    for (at, b) in row.bytes().enumerate().take(end) {
        match b {
            b'"' if !tabs => quoted = !quoted,
            b'\t' if tabs => {
                out.push(start..at);
                start = at + 1;
            }
            b',' if !tabs && !quoted => {
                out.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(start..end.max(start));
    out
}

fn value(row: &str, cell: &Range<usize>) -> String {
    let own = row.get(cell.clone()).unwrap_or("");
    match own.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => own.to_string(),
    }
}

fn quoted(text: &str, tabs: bool) -> String {
    if !tabs && text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_string() }
}
