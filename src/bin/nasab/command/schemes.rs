//! `nasab schemes`: what there is, and its tables.

use super::{Context, Failure, json, scheme_page};
use crate::cli::{Schemes, SchemesFormat};
use crate::output::{Cell, Output, Shape};
use crate::terminal::on_a_seat;
use anstyle::{AnsiColor, Style};
use nasab::{Error, Letter, Loss, Place, Scheme, Severity, orthography};
use serde::Serialize;
use std::io;

#[derive(Serialize)]
struct Listed {
    label: &'static str,
    title: &'static str,
    edition: &'static str,
    source: &'static str,
    reversible: bool,
    unverified: &'static str,
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    scheme: Listed,
    letters: Vec<Row>,
    options: Vec<Choice>,
    losses: Vec<Merged>,
}

#[derive(Serialize)]
struct Choice {
    name: &'static str,
    settings: &'static str,
    source: &'static str,
}

#[derive(Serialize)]
struct Merged {
    one: String,
    other: String,
    place: &'static str,
    written: String,
}

#[derive(Serialize)]
struct Row {
    letter: &'static str,
    context: &'static str,
    roman: &'static str,
    note: &'static str,
}

#[derive(Serialize)]
struct Bearer {
    scheme: &'static str,
    #[serde(flatten)]
    row: Row,
}

pub(super) fn run(args: &Schemes, context: &mut Context) -> Result<u8, Failure> {
    let as_json = args.format == SchemesFormat::Json;
    if let Some(sign) = &args.letter {
        return Ok(bearers(sign, as_json, context)?);
    }
    let output = &mut context.output;
    match &args.scheme {
        Some(label) => show(Scheme::find(label)?, as_json, output)?,
        None => list(as_json, output)?,
    }
    Ok(0)
}

fn listed(scheme: Scheme) -> Listed {
    Listed {
        label: scheme.label(),
        title: scheme.title(),
        edition: scheme.edition(),
        source: scheme.source(),
        reversible: scheme.reversible(),
        unverified: scheme.unverified(),
    }
}

fn row(letter: Letter) -> Row {
    Row { letter: letter.arabic, context: letter.context, roman: letter.roman, note: letter.note }
}

fn merged(loss: Loss) -> Merged {
    let place = match loss.place {
        Place::Anywhere => "anywhere",
        Place::End => "end",
    };
    Merged { one: loss.one, other: loss.other, place, written: loss.written }
}

fn header(names: &[&str]) -> Vec<Cell> {
    names.iter().map(|name| Cell::styled(*name, Style::new().bold())).collect()
}

fn label(text: &str) -> Cell {
    Cell::styled(text, AnsiColor::Cyan.on_default())
}

fn list(as_json: bool, output: &mut Output) -> io::Result<()> {
    if as_json {
        return output.line(&json(&Scheme::all().map(listed).collect::<Vec<_>>()), Shape::Json);
    }
    let mut rows = vec![header(&["scheme", "title", "reversible"])];
    rows.extend(Scheme::all().map(|s| vec![label(s.label()), s.title().into(), (if s.reversible() { "yes" } else { "no" }).into()]));
    output.columns(&rows)
}

fn show(scheme: Scheme, as_json: bool, output: &mut Output) -> io::Result<()> {
    if as_json {
        let options = scheme.options().map(|o| Choice { name: o.name, settings: o.settings, source: o.source }).collect();
        let losses = scheme.losses().into_iter().map(merged).collect();
        return output
            .line(&json(&Shown { scheme: listed(scheme), letters: scheme.letters().map(row).collect(), options, losses }), Shape::Json);
    }
    scheme_page::show(scheme, output)
}

/// The schemes that write a sign; that none does is a finding.
fn bearers(sign: &str, as_json: bool, context: &mut Context) -> io::Result<u8> {
    // Typed as letter and mark it is the same sign. Cleaning drops a vowel sign that stands alone.
    let clean = orthography::clean(sign);
    let sign = if clean.is_empty() { sign } else { &clean };
    let small = sign.to_lowercase();
    // Tables hold small letters, and capitals follow from them; but a scheme that has both as
    // letters, as Buckwalter has H and h, means what it says.
    let wanted = |s: Scheme| if s.letters().any(|l| l.roman == sign) { sign } else { &small };
    let found: Vec<Bearer> = Scheme::all()
        .flat_map(|s| s.letters().map(move |l| (s, l)))
        .filter(|(s, l)| !l.roman.is_empty() && l.roman == wanted(*s))
        .map(|(s, l)| Bearer { scheme: s.label(), row: row(l) })
        .collect();
    if as_json {
        context.output.line(&json(&found), Shape::Json)?;
    }
    if found.is_empty() {
        context.output.flush()?;
        let error = Error::new(format!("no scheme writes `{sign}`")).with_hint("`nasab schemes SCHEME` shows the letters of a scheme");
        context.report.say(Severity::Warning, &error, None);
        return Ok(1);
    }
    if !as_json {
        let mut rows = vec![header(&["scheme", "letter", "roman", "context", "note"])];
        rows.extend(found.iter().map(|b| {
            let r = &b.row;
            vec![label(b.scheme), on_a_seat(r.letter).into(), on_a_seat(r.roman).into(), r.context.into(), r.note.into()]
        }));
        context.output.columns(&rows)?;
    }
    Ok(0)
}
