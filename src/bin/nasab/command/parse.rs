//! `nasab parse`: the parts of a name and what they are.
//!
//! As ripgrep does with its headings, a terminal gets a small table for each name, and a pipe gets
//! one line, so that answers stay in step with lines.

use super::{Answer, Context, Failure, arabic, invite, json, notes, read, stream};
use crate::answer::{Parsed, Part, Refused};
use crate::cli::{Parse, ParseFormat};
use crate::input::{Input, Line};
use crate::output::{Cell, Output, Shape};
use crate::report::Place;
use anstyle::{AnsiColor, Style};
use nasab::{Name, Scheme, Source};
use std::io;

pub(super) fn run(args: Parse, context: &mut Context) -> Result<u8, Failure> {
    let (to, arabic) = (Scheme::find(&args.to)?, arabic()?);
    let mut input = Input::names(args.input.names, args.input.file.as_deref())?;
    match args.format {
        ParseFormat::Text if context.output.is_terminal() => tables(&mut input, to, arabic, context)?,
        ParseFormat::Text => stream(&mut input, Shape::Line, context, |line| text(line, to, arabic))?,
        ParseFormat::Jsonl => stream(&mut input, Shape::Json, context, |line| jsonl(line, to, arabic))?,
    }
    Ok(0)
}

/// `Qays: ism (اسم); al-Ḫazʿalī: nisba (نسبة)`
fn text(line: &Line, to: Scheme, arabic: Scheme) -> Answer {
    match read(line, Source::Auto) {
        Ok((_, name)) => {
            let told = Part::all(&name, to, arabic).into_iter().map(|p| match p.term {
                "" => format!("{}: {}", p.text, p.role),
                term => format!("{}: {} ({term})", p.text, p.role),
            });
            Answer { text: told.collect::<Vec<_>>().join("; "), findings: notes(&name, line.number) }
        }
        Err((_, error)) => Answer::refused(String::new(), line.number, error),
    }
}

fn jsonl(line: &Line, to: Scheme, arabic: Scheme) -> Answer {
    match read(line, Source::Auto) {
        Ok((input, name)) => Answer { text: json(&Parsed::new(input, &name, to, arabic)), findings: notes(&name, line.number) },
        Err((input, error)) => Answer::refused(json(&Refused { input, error: error.to_string() }), line.number, error),
    }
}

/// A table for each name, a blank line between.
fn tables(input: &mut Input, to: Scheme, arabic: Scheme, context: &mut Context) -> Result<(), Failure> {
    invite(input, context);
    let mut first = true;
    loop {
        let batch = input.batch()?;
        if batch.is_empty() {
            return Ok(());
        }
        for line in &batch {
            if !std::mem::take(&mut first) {
                context.output.line("", Shape::Line)?;
            }
            let findings = match read(line, Source::Auto) {
                Ok((_, name)) => {
                    table(&name, to, arabic, &mut context.output)?;
                    notes(&name, line.number)
                }
                Err((_, error)) => Answer::refused(String::new(), line.number, error).findings,
            };
            context.output.flush()?;
            for finding in findings {
                let place = Place { origin: input.origin().clone(), line: finding.line, column: finding.column };
                context.report.say(finding.severity, &finding.error, Some(&place));
            }
        }
    }
}

fn table(name: &Name, to: Scheme, arabic: Scheme, output: &mut Output) -> io::Result<()> {
    output.columns(&[vec![Cell::styled(name.write(to), Style::new().bold())]])?;
    let rows: Vec<Vec<Cell>> = Part::all(name, to, arabic)
        .into_iter()
        .map(|p| vec![Cell::styled(p.role, AnsiColor::Cyan.on_default()), p.text.into(), p.arabic.into(), p.term.into()])
        .collect();
    output.columns(&rows)
}
