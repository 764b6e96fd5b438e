//! `nasab detect`: which scheme a text is written in, and what shows it.

use super::{Answer, Context, Failure, invite, json, rounded, stream};
use crate::cli::{Detect, DetectFormat};
use crate::input::{Input, Line};
use crate::output::{Cell, Shape};
use anstyle::{AnsiColor, Style};
use nasab::{Detection, Error, Severity, detect};
use serde::Serialize;

/// Letters kept of a text that is looked at whole: more say nothing new.
const ENOUGH: usize = 1 << 20;
/// Words told that a scheme cannot have written.
const TOLD: usize = 8;

#[derive(Serialize)]
struct Record<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    schemes: Vec<Fit>,
    mixed: bool,
    evidence: Vec<Sign>,
}

#[derive(Serialize)]
struct Fit {
    scheme: String,
    probability: f64,
    unexplained: Vec<String>,
}

#[derive(Serialize)]
struct Sign {
    sign: String,
    count: usize,
    schemes: Vec<String>,
}

pub(super) fn run(args: Detect, context: &mut Context) -> Result<u8, Failure> {
    let mut input = Input::names(args.input.names, args.input.file.as_deref())?;
    if args.each {
        let shape = if args.format == DetectFormat::Jsonl { Shape::Json } else { Shape::Line };
        stream(&mut input, shape, context, |line| each(line, args.format))?;
        return Ok(0);
    }
    invite(&input, context);
    let mut text = String::new();
    loop {
        let batch = input.batch()?;
        if batch.is_empty() {
            break;
        }
        for line in &batch {
            match &line.text {
                Ok(own) if text.len() < ENOUGH => {
                    text.push_str(own);
                    text.push('\n');
                }
                Ok(_) => {}
                Err(bad) => {
                    let failure = Failure::at(input.origin(), line.number, bad.error.clone());
                    let (place, error) = failure.told();
                    context.report.error(&error, place.as_ref());
                }
            }
        }
    }
    let found = detect(&text);
    if found.fits.is_empty() {
        let error = Error::new("no letter in the text").with_hint("give names or running text in Arabic or Latin letters");
        context.report.say(Severity::Warning, &error, None);
        return Ok(1);
    }
    match args.format {
        DetectFormat::Jsonl => context.output.line(&json(&record(None, &found)), Shape::Json)?,
        DetectFormat::Text => picture(&found, context)?,
    }
    Ok(u8::from(found.mixed || best_fails(&found)))
}

fn best_fails(found: &Detection) -> bool {
    found.fits.first().is_none_or(|fit| !fit.unexplained.is_empty())
}

fn record<'a>(input: Option<&'a str>, found: &Detection) -> Record<'a> {
    let fit =
        |f: &nasab::Fit| Fit { scheme: f.scheme.to_string(), probability: rounded(f.probability), unexplained: f.unexplained.clone() };
    let sign =
        |e: &nasab::Evidence| Sign { sign: e.sign.clone(), count: e.count, schemes: e.schemes.iter().map(|s| s.to_string()).collect() };
    Record { input, schemes: found.fits.iter().map(fit).collect(), mixed: found.mixed, evidence: found.evidence.iter().map(sign).collect() }
}

/// `dmg .93, wehr .07`
fn each(line: &Line, format: DetectFormat) -> Answer {
    let text = match &line.text {
        Ok(text) => text,
        Err(bad) => return Answer::refused(String::new(), line.number, bad.error.clone()),
    };
    let found = detect(text);
    let text = match format {
        DetectFormat::Jsonl => json(&record(Some(text), &found)),
        DetectFormat::Text => {
            let fits: Vec<String> = found.fits.iter().map(|f| format!("{} {:.3}", f.scheme, f.probability)).collect();
            fits.join(", ") + if found.mixed { "; mixed" } else { "" }
        }
    };
    Answer { text, findings: Vec::new() }
}

fn picture(found: &Detection, context: &mut Context) -> Result<(), Failure> {
    let header = |names: &[&str]| -> Vec<Cell> { names.iter().map(|name| Cell::styled(*name, Style::new().bold())).collect() };
    let label = |text: String| Cell::styled(text, AnsiColor::Cyan.on_default());
    let mut rows = vec![header(&["scheme", "probability", "cannot have written"])];
    for fit in &found.fits {
        let mut words: Vec<String> = fit.unexplained.iter().take(TOLD).cloned().collect();
        if fit.unexplained.len() > TOLD {
            words.push(format!("and {} more", fit.unexplained.len() - TOLD));
        }
        rows.push(vec![label(fit.scheme.to_string()), format!("{:.3}", fit.probability).into(), words.join(", ").into()]);
    }
    context.output.columns(&rows)?;
    if found.mixed {
        context.output.line("", Shape::Line)?;
        context.output.line("Schemes are mixed: what the best cannot have written, another can.", Shape::Line)?;
    }
    if !found.evidence.is_empty() {
        context.output.line("", Shape::Line)?;
        let mut rows = vec![header(&["sign", "times", "written by"])];
        for sign in &found.evidence {
            let schemes: Vec<String> = sign.schemes.iter().map(|s| s.to_string()).collect();
            let who = if schemes.is_empty() { "no scheme".to_string() } else { schemes.join(", ") };
            rows.push(vec![crate::terminal::on_a_seat(&sign.sign).into(), sign.count.to_string().into(), who.into()]);
        }
        context.output.columns(&rows)?;
    }
    context.output.flush()?;
    Ok(())
}
