//! `nasab match`: the probability that two names are one person's, and why.

use super::{Answer, Context, Failure, json, stream};
use crate::answer::{self, prepared};
use crate::cli::{Match, MatchFormat};
use crate::input::{End, Input, LONGEST_NAME, Line};
use crate::output::{Cell, Output, Shape};
use anstyle::{AnsiColor, Style};
use nasab::{Comparison, Error, Kind, WordReason, compare, matching};
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
        let error = Error::new(format!("two names are compared, and here are {}", args.names.len()));
        return Err(error.with_hint("put each name in quotes; for many pairs give `--pairs FILE`").into());
    };
    let mut comparison = compare(&prepared(left)?, &prepared(right)?);
    if let Some(prior) = args.prior {
        comparison = comparison.with_prior(prior);
    }
    match args.facts.as_slice() {
        [] => {}
        [left, right] => comparison = comparison.with_facts(left, right),
        facts => {
            let hint = "give --facts once for each name; an empty one says nothing";
            return Err(Error::new(format!("the facts of {} where two are compared", facts.len())).with_hint(hint).into());
        }
    }
    let comparison = answer::comparison(comparison);
    match args.format {
        MatchFormat::Json => context.output.line(&json(&comparison), Shape::Json)?,
        MatchFormat::Text => picture(left, right, &comparison, &mut context.output)?,
    }
    Ok(u8::from(comparison.probability < MATCH))
}

/// One line: name TAB name, and perhaps the facts of both.
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
    let cells: Vec<&str> = text.split('\t').collect();
    let (names, facts) = match cells.as_slice() {
        [left, right] => ([*left, *right], None),
        [left, right, of_left, of_right] => ([*left, *right], Some([*of_left, *of_right])),
        _ => {
            return Err(Error::new(format!("{} tabs where one or three are expected", cells.len() - 1))
                .with_hint("give two names with a tab between them, and perhaps the facts of both"));
        }
    };
    let [left, right] = names;
    let column = left.chars().count() + 2;
    let left = prepared(left).map_err(|e| e.with_column(1))?;
    let right = prepared(right).map_err(|e| e.with_column(column))?;
    let probability = matching::probability(&left, &right);
    let Some([of_left, of_right]) = facts else { return Ok(probability) };
    Ok(matching::with_facts(probability, &of_left.parse()?, &of_right.parse()?))
}

/// Words beside each other, then what is no word's, then the sum.
fn picture(left: &str, right: &str, comparison: &Comparison, output: &mut Output) -> io::Result<()> {
    let bold = Style::new().bold();
    let color = |color: AnsiColor| color.on_default();
    let signed = |weight: f64| {
        let style = color(if weight < 0.0 { AnsiColor::Red } else { AnsiColor::Green });
        Cell::styled(format!("{weight:+.2}"), style)
    };
    let mut rows = vec![vec![Cell::styled(left, bold), Cell::styled(right, bold), Cell::default(), Cell::default()]];
    for word in &comparison.words {
        let style = color(match word.kind {
            Kind::Missing | Kind::Conflict => AnsiColor::Red,
            _ if word.similarity >= ALIKE => AnsiColor::Green,
            _ => AnsiColor::Yellow,
        });
        let shown = |word: &Option<String>| Cell::styled(word.as_deref().unwrap_or("-"), style);
        let weight = if comparison.reasons.is_empty() { Cell::default() } else { signed(word.weight) };
        rows.push(vec![shown(&word.left), shown(&word.right), Cell::styled(told(word), style), weight]);
    }
    output.columns(&rows)?;
    let mut why: Vec<Vec<Cell>> = comparison.reasons.iter().map(|r| vec![signed(r.weight), r.what.into()]).collect();
    if !why.is_empty() {
        let sum = comparison.words.iter().map(|w| w.weight).chain(comparison.reasons.iter().map(|r| r.weight)).sum::<f64>();
        why.push(vec![Cell::styled(format!("{sum:+.2}"), bold), "all together: log-odds of one person".into()]);
        output.columns(&why)?;
    }
    let probability = Cell::styled(format!("{:.3}", comparison.probability), bold);
    output.columns(&[vec!["probability".into(), probability, verdict(comparison.probability).into()]])
}

/// How two words stand to each other, in words.
fn told(word: &WordReason) -> String {
    let kind = match word.kind {
        Kind::Same => "same",
        Kind::Habit => "habit",
        Kind::Slip => "slip",
        Kind::Joined => "joined",
        Kind::Initial => "initial",
        Kind::Shortened => "shortened",
        Kind::Name => "one known name",
        Kind::Near => "near",
        Kind::Missing => return "missing".to_string(),
        Kind::Conflict => return format!("conflict: {}", word.how),
    };
    let how = if word.how.is_empty() { String::new() } else { format!(": {}", word.how) };
    format!("{:.2} {kind}{how}", word.similarity)
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
