//! `nasab match`: the probability that two names are one person's, and why.

use super::{Answer, Context, Failure, json, rounded, stream};
use crate::cli::{Match, MatchFormat};
use crate::input::{End, Input, LONGEST_NAME, Line};
use crate::output::{Cell, Output, Shape};
use anstyle::{AnsiColor, Style};
use nasab::{Comparison, Error, Prepared, compare, matching};
use std::io;

/// From this probability on two names match.
const MATCH: f64 = 0.5;

/// From this similarity on two words are in green; below they answer each other with a doubt.
const ALIKE: f64 = 0.8;

pub(super) fn run(args: Match, context: &mut Context) -> Result<u8, Failure> {
    if let Some(file) = &args.pairs {
        let mut input = Input::lines(Some(file), End::Line, 2 * LONGEST_NAME)?;
        stream(&mut input, Shape::Line, context, |line| pair(line, args.prior))?;
        return Ok(0);
    }
    let [left, right] = args.names.as_slice() else {
        return Err(Error::new("two names are expected").with_hint("for many pairs give `--pairs FILE`").into());
    };
    let mut comparison = compare(&prepared(left)?, &prepared(right)?);
    if let Some(prior) = args.prior {
        comparison = comparison.with_prior(prior);
    }
    comparison.probability = rounded(comparison.probability);
    for link in &mut comparison.links {
        link.similarity = rounded(link.similarity);
    }
    for reason in &mut comparison.reasons {
        reason.weight = rounded(reason.weight);
    }
    match args.format {
        MatchFormat::Json => context.output.line(&json(&comparison), Shape::Json)?,
        MatchFormat::Text => picture(left, right, &comparison, &mut context.output)?,
    }
    Ok(u8::from(comparison.probability < MATCH))
}

/// A name that can be compared.
fn prepared(name: &str) -> Result<Prepared, Error> {
    let prepared = Prepared::new(name);
    if prepared.is_empty() || !name.chars().any(char::is_alphabetic) { Err(Error::new("no letter in the name")) } else { Ok(prepared) }
}

/// One line: name TAB name.
fn pair(line: &Line, prior: Option<f64>) -> Answer {
    let (text, found) = match &line.text {
        Ok(text) => (text, both(text).map(|p| prior.map_or(p, |prior| matching::with_prior(p, prior)))),
        Err(bad) => (&bad.lossy, Err(bad.error.clone())),
    };
    match found {
        Ok(probability) => Answer { text: format!("{probability:.6}\t{text}"), ..Answer::default() },
        Err(error) => Answer::refused(format!("{:.6}\t{text}", 0.0), line.number, error),
    }
}

fn both(text: &str) -> Result<f64, Error> {
    let (left, right) = text.split_once('\t').filter(|(_, right)| !right.contains('\t')).ok_or_else(|| {
        Error::new(format!("{} tabs where one is expected", text.matches('\t').count()))
            .with_hint("give two names with one tab between them")
    })?;
    let column = left.chars().count() + 2;
    let left = prepared(left).map_err(|e| e.with_column(1))?;
    let right = prepared(right).map_err(|e| e.with_column(column))?;
    Ok(matching::probability(&left, &right))
}

fn picture(left: &str, right: &str, comparison: &Comparison, output: &mut Output) -> io::Result<()> {
    let bold = Style::new().bold();
    let color = |color: AnsiColor| color.on_default();
    let mut rows = vec![vec![Cell::styled(left, bold), Cell::styled(right, bold), Cell::default()]];
    for link in &comparison.links {
        let style = color(if link.similarity >= ALIKE { AnsiColor::Green } else { AnsiColor::Yellow });
        rows.push(vec![
            Cell::styled(&link.left, style),
            Cell::styled(&link.right, style),
            Cell::styled(format!("{:.2} {}", link.similarity, link.kind), style),
        ]);
    }
    let red = color(AnsiColor::Red);
    rows.extend(comparison.left_only.iter().map(|word| vec![Cell::styled(word, red), Cell::styled("-", red), Cell::default()]));
    rows.extend(comparison.right_only.iter().map(|word| vec![Cell::styled("-", red), Cell::styled(word, red), Cell::default()]));
    output.columns(&rows)?;
    let probability = Cell::styled(format!("{:.3}", comparison.probability), bold);
    output.columns(&[vec!["probability".into(), probability, verdict(comparison.probability).into()]])?;
    let signed = |weight: f64| format!("{weight:+.2}");
    let sum: f64 = comparison.reasons.iter().map(|r| r.weight).sum();
    let mut why: Vec<Vec<Cell>> = comparison
        .reasons
        .iter()
        .map(|r| vec![Cell::styled(signed(r.weight), if r.weight < 0.0 { red } else { color(AnsiColor::Green) }), r.what.into()])
        .collect();
    if !why.is_empty() {
        why.push(vec![Cell::styled(signed(sum), bold), "log-odds of one person".into()]);
    }
    output.columns(&why)
}

/// The probability in a word.
fn verdict(probability: f64) -> &'static str {
    match probability {
        p if p >= 0.9 => "same",
        p if p >= MATCH => "likely",
        p if p >= 0.1 => "unlikely",
        _ => "different",
    }
}
