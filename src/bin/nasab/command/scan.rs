//! `nasab scan`: the people of a registry in running text.

use super::people::{is_registry, list};
use super::{Context, Failure, json, rounded};
use crate::cli::document::{Scan, ScanFormat};
use crate::failure::reason;
use crate::input::open;
use crate::output::Shape;
use crate::report::Place;
use nasab::registry::Registry;
use nasab::scan::{Hit, Scanner};
use nasab::{Error, Severity};
use serde::Serialize;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Bytes of a text that are looked at together. It is cut where a paragraph ends, else a line, else a word.
const PIECE: usize = 1 << 18;

#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    line: u64,
    column: usize,
    start: u64,
    end: u64,
    text: &'a str,
    id: &'a str,
    name: &'a str,
    probability: f64,
}

pub(super) fn run(args: &Scan, context: &mut Context) -> Result<u8, Failure> {
    let mut scanner = Scanner::new();
    if is_registry(&args.registry)? {
        Registry::open_read_only(&args.registry)?.export(|entity| scanner.add(&entity.id, entity.names))?;
    } else {
        list(&args.registry, context, |entity| scanner.add(&entity.id, entity.names))?;
    }
    let mut found = false;
    for path in &args.files {
        found |= scan(path, &mut scanner, args, context)?;
    }
    context.output.flush()?;
    Ok(u8::from(!found))
}

/// A place in a file that is read in pieces.
#[derive(Clone, Copy)]
struct Position {
    byte: u64,
    line: u64,
    column: usize,
}

impl Position {
    /// The position behind this text.
    fn after(self, text: &str) -> Position {
        let lines = text.bytes().filter(|b| *b == b'\n').count() as u64;
        let last = text.rsplit('\n').next().unwrap_or("").chars().count();
        Position {
            byte: self.byte + text.len() as u64,
            line: self.line + lines,
            column: if lines > 0 { 1 + last } else { self.column + last },
        }
    }
}

fn scan(path: &Path, scanner: &mut Scanner, args: &Scan, context: &mut Context) -> Result<bool, Failure> {
    let standard = path == Path::new("-");
    let origin: Arc<str> = if standard { "<stdin>".into() } else { path.display().to_string().into() };
    let mut source: Box<dyn Read> = if standard { Box::new(io::stdin().lock()) } else { Box::new(open(path)?) };
    let mut held: Vec<u8> = Vec::new();
    let mut at = Position { byte: 0, line: 1, column: 1 };
    let (mut found, mut ended) = (false, false);
    while !ended {
        let before = held.len();
        let wanted = PIECE.saturating_sub(before).max(PIECE / 2) as u64;
        source.by_ref().take(wanted).read_to_end(&mut held).map_err(|e| {
            Failure::Told(
                Some(Place { origin: origin.clone(), line: at.line, column: None }),
                Error::new(format!("cannot be read: {}", reason(&e))),
            )
        })?;
        ended = held.len() == before;
        let cut = if ended { held.len() } else { cut(&held) };
        let rest = held.split_off(cut);
        let piece = std::mem::replace(&mut held, rest);
        for chunk in piece.utf8_chunks() {
            let mut done = 0;
            for hit in scanner.scan(chunk.valid(), args.threshold) {
                found = true;
                at = at.after(chunk.valid().get(done..hit.span.start).unwrap_or(""));
                done = hit.span.start;
                tell(&hit, at, &origin, args.format, context)?;
            }
            at = at.after(chunk.valid().get(done..).unwrap_or(""));
            if !chunk.invalid().is_empty() {
                let error = Error::new("bytes that are not UTF-8 were passed over")
                    .with_hint("convert the text, for example with `iconv -t UTF-8`");
                let place = Place { origin: origin.clone(), line: at.line, column: Some(at.column) };
                context.report.say(Severity::Warning, &error, Some(&place));
                at = Position { byte: at.byte + chunk.invalid().len() as u64, column: at.column + 1, ..at };
            }
        }
        context.output.flush()?;
    }
    Ok(found)
}

/// Where a piece may end.
fn cut(bytes: &[u8]) -> usize {
    let paragraph = bytes.windows(2).rposition(|w| w == b"\n\n").map(|at| at + 2);
    let line = || bytes.iter().rposition(|b| *b == b'\n').map(|at| at + 1);
    let word = || bytes.iter().rposition(|b| *b == b' ').map(|at| at + 1);
    // A text without blanks has no names; it is cut where a letter begins.
    let letter = || bytes.iter().rposition(|b| b & 0xC0 != 0x80);
    paragraph.or_else(line).or_else(word).or_else(letter).filter(|at| *at > 0).unwrap_or(bytes.len())
}

/// Tells a mention that begins at `start`.
fn tell(hit: &Hit, start: Position, origin: &str, format: ScanFormat, context: &mut Context) -> Result<(), Failure> {
    let probability = rounded(hit.probability);
    match format {
        ScanFormat::Jsonl => {
            let end = start.byte + hit.span.len() as u64;
            let record = Record {
                file: origin,
                line: start.line,
                column: start.column,
                start: start.byte,
                end,
                text: &hit.text,
                id: &hit.id,
                name: &hit.name,
                probability,
            };
            context.output.line(&json(&record), Shape::Json)?;
        }
        ScanFormat::Text => {
            let shown = hit.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let line = format!("{origin}:{}:{}\t{shown}\t{}\t{}\t{probability:.3}", start.line, start.column, hit.id, hit.name);
            context.output.line(&line, Shape::Line)?;
        }
    }
    Ok(())
}
