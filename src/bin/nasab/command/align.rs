//! `nasab align`: the names of a text and its translation, side by side.

use super::{Context, Failure, json};
use crate::answer;
use crate::cli::document::{Align, AlignFormat};
use crate::config::Config;
use crate::output::{Cell, Shape};
use crate::table::quoted;
use crate::text_file::TextFile;
use anstyle::{AnsiColor, Style};
use nasab::document::{Alignment, NamePair, align, prose};
use nasab::{Error, Scheme, Severity};
use std::borrow::Cow;

pub(super) fn run(args: Align, context: &mut Context) -> Result<u8, Failure> {
    let arabic = TextFile::read(&args.arabic)?;
    let romanized = TextFile::read(&args.romanized)?;
    let config = Config::of(romanized.path.as_deref(), args.config.as_deref(), args.scheme.as_deref(), "dmg")?;
    let (scheme, markup) = (config.scheme, args.markup.or(config.markup));
    let found = align(&arabic.text, &romanized.text, &prose(&romanized.text, romanized.format(markup)), scheme)?;
    match args.format {
        AlignFormat::Text => columns(&found, scheme, context)?,
        AlignFormat::Csv => csv(&found, context)?,
        AlignFormat::Jsonl => {
            for pair in &found.names {
                context.output.line(&json(&answer::pair(pair)), Shape::Json)?;
            }
        }
    }
    context.output.flush()?;
    if found.names.is_empty() {
        let error = Error::new("no romanized name in the text").with_hint("names are known by their marks, the article, or the lexicon");
        context.report.say(Severity::Warning, &error, None);
    } else if !found.parallel {
        let error = Error::new("the texts do not seem to be parallel: most names of one are not in the other");
        context.report.say(Severity::Warning, &error.with_hint("give the Arabic text first, then its translation"), None);
    }
    Ok(u8::from(found.names.is_empty() || !found.parallel))
}

fn defects(pair: &NamePair) -> String {
    let mut told: Vec<String> = Vec::new();
    for defect in &pair.defects {
        let fix = defect.fix.as_deref().unwrap_or("?");
        let text = format!("{}: {} for {}", defect.code.label(), fix, defect.found);
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told.join("; ")
}

fn columns(found: &Alignment, scheme: Scheme, context: &mut Context) -> Result<(), Failure> {
    let bold = |text: &str| Cell::styled(text, Style::new().bold());
    let mut rows = vec![vec![
        bold("line"),
        bold("Arabic"),
        bold("romanized"),
        Cell::styled(scheme.to_string(), Style::new().bold()),
        bold("p"),
        bold("defects"),
    ]];
    for pair in &found.names {
        let changed = if pair.written == pair.romanized.text { Style::new() } else { AnsiColor::Green.on_default() };
        rows.push(vec![
            pair.romanized.line.to_string().into(),
            pair.arabic.as_ref().map_or(String::new(), |a| a.text.clone()).into(),
            pair.romanized.text.replace('\n', " ").into(),
            Cell::styled(pair.written.replace('\n', " "), changed),
            format!("{:.2}", pair.probability).into(),
            defects(pair).into(),
        ]);
    }
    context.output.columns(&rows)?;
    Ok(())
}

fn csv(found: &Alignment, context: &mut Context) -> Result<(), Failure> {
    let header =
        "arabic,prefix,romanized,written,foreign,full,probability,defects,arabic_line,arabic_column,romanized_line,romanized_column";
    context.output.line(header, Shape::Line)?;
    for pair in &found.names {
        let spot = |at: Option<usize>| at.map_or(String::new(), |n| n.to_string());
        let fields = [
            pair.arabic.as_ref().map_or(String::new(), |a| a.text.clone()),
            pair.prefix.clone(),
            pair.romanized.text.clone(),
            pair.written.clone(),
            pair.foreign.to_string(),
            pair.full.clone().unwrap_or_default(),
            format!("{:.4}", pair.probability),
            defects(pair),
            spot(pair.arabic.as_ref().map(|a| a.line)),
            spot(pair.arabic.as_ref().map(|a| a.column)),
            pair.romanized.line.to_string(),
            pair.romanized.column.to_string(),
        ];
        let row: Vec<Cow<str>> = fields.iter().map(|field| quoted(field)).collect();
        context.output.line(&row.join(","), Shape::Line)?;
    }
    Ok(())
}
