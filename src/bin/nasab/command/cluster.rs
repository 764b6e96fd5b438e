//! `nasab cluster`: the names of a list that are one person's.
//!
//! All lines are read before the first answer, since any of them may belong to any other. A line that is no name is told,
//! and keeps its line in the answer.

use super::{Context, Failure, MANY, invite, json, parallel, rounded};
use crate::cli::{Cluster, ClusterFormat};
use crate::input::{Input, Line};
use crate::output::{Cell, Shape};
use crate::report::Place;
use anstyle::{AnsiColor, Style};
use nasab::Error;
use nasab::cluster::{Constraints, Group, Item, List, Options};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::Path;

/// A line of the input, or a name of the known groups, which has no line.
struct Row {
    number: Option<u64>,
    name: String,
    refused: Option<Error>,
}

#[derive(Serialize)]
struct Record<'a> {
    group: Option<&'a str>,
    members: Vec<Member<'a>>,
    weakest: Option<Pair<'a>>,
    mean: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Serialize)]
struct Member<'a> {
    line: Option<u64>,
    name: &'a str,
}

#[derive(Serialize)]
struct Pair<'a> {
    left: &'a str,
    right: &'a str,
    probability: f64,
}

/// What is read of a group that is known.
#[derive(Deserialize)]
struct Known {
    group: Option<String>,
    members: Vec<KnownMember>,
}

#[derive(Deserialize)]
struct KnownMember {
    name: String,
}

pub(super) fn run(args: Cluster, context: &mut Context) -> Result<u8, Failure> {
    let mut options = Options::default();
    if let Some(threshold) = args.threshold {
        options.threshold = threshold;
    }
    let known = args.known.as_deref().map(|path| known(path, context)).transpose()?.unwrap_or_default();
    let mut input = Input::names(args.input.names, args.input.file.as_deref())?;
    invite(&input, context);
    let mut rows: Vec<Row> = Vec::new();
    let mut items: Vec<Option<Item>> = Vec::new();
    loop {
        let batch = input.batch()?;
        if batch.is_empty() {
            break;
        }
        for (line, item) in batch.iter().zip(read(&batch)) {
            let refused = item.as_ref().err().cloned();
            if let Some(error) = &refused {
                let place = Place { origin: input.origin().clone(), line: line.number, column: error.column() };
                context.report.error(error, Some(&place));
            }
            let name = match &line.text {
                Ok(text) => text.clone(),
                Err(bad) => bad.lossy.clone(),
            };
            rows.push(Row { number: Some(line.number), name, refused });
            items.push(item.ok());
        }
    }
    let mut constraints = Constraints::default();
    let mut seen = HashSet::new();
    // A list that was answered keeps its repeated lines, which say nothing new here.
    for (id, name, item) in known.into_iter().filter(|(id, name, _)| seen.insert((id.clone(), name.clone()))) {
        constraints.known.push((rows.len(), id));
        rows.push(Row { number: None, name, refused: None });
        items.push(Some(item));
    }
    let groups = groups(items, constraints, &options);
    match args.format {
        ClusterFormat::Tsv => table(&rows, &groups, context)?,
        ClusterFormat::Jsonl => records(&rows, &groups, context)?,
        ClusterFormat::Text => picture(&rows, &groups, context)?,
    }
    Ok(0)
}

/// Prepares the names of some lines.
fn read(batch: &[Line]) -> Vec<Result<Item, Error>> {
    let item = |line: &Line| match &line.text {
        Ok(text) => Item::new(text),
        Err(bad) => Err(bad.error.clone()),
    };
    if batch.len() >= MANY && parallel() { batch.par_iter().map(item).collect() } else { batch.iter().map(item).collect() }
}

/// The groups, by the places of the rows.
fn groups(items: Vec<Option<Item>>, mut constraints: Constraints, options: &Options) -> Vec<Group> {
    let (mut rows, mut own) = (Vec::new(), Vec::new());
    for (row, item) in items.into_iter().enumerate() {
        if let Some(item) = item {
            rows.push(row);
            own.push(item);
        }
    }
    for (place, _) in &mut constraints.known {
        *place = rows.partition_point(|row| row < place);
    }
    let list = List::new(own, &constraints);
    let edges = |node| list.edges(node, options);
    let edges = if list.len() >= MANY && parallel() {
        (0..list.len()).into_par_iter().flat_map_iter(edges).collect()
    } else {
        (0..list.len()).flat_map(edges).collect()
    };
    let row = |place: usize| rows.get(place).copied().unwrap_or_default();
    let mut groups = list.groups(edges, options);
    for group in &mut groups {
        group.members = group.members.iter().map(|place| row(*place)).collect();
        if let Some(weakest) = &mut group.weakest {
            (weakest.left, weakest.right) = (row(weakest.left), row(weakest.right));
        }
    }
    groups
}

/// The groups of a file: id, name, and the name prepared. A line that is none is told, and the rest is used.
fn known(path: &Path, context: &mut Context) -> Result<Vec<(String, String, Item)>, Failure> {
    // A group of many names stands on one line of JSON.
    let mut input = Input::lines(Some(path), crate::input::End::Line, KNOWN_LINE)?;
    let mut found = Vec::new();
    loop {
        let batch = input.batch()?;
        if batch.is_empty() {
            return Ok(found);
        }
        for line in &batch {
            let read = match &line.text {
                Ok(text) => known_line(text),
                Err(bad) => Err(bad.error.clone()),
            };
            match read {
                Ok(names) => found.extend(names),
                Err(error) => {
                    let place = Place { origin: input.origin().clone(), line: line.number, column: error.column() };
                    context.report.error(&error, Some(&place));
                }
            }
        }
    }
}

/// A longer line is no group.
const KNOWN_LINE: usize = 16 << 20;

/// A line of tsv or of jsonl; nothing where the line was refused before.
fn known_line(text: &str) -> Result<Vec<(String, String, Item)>, Error> {
    let (id, names) = if text.starts_with('{') {
        let record: Known = serde_json::from_str(text)
            .map_err(|e| Error::new(format!("no group: {e}")).with_hint("give what `nasab cluster --format jsonl` wrote"))?;
        (record.group.unwrap_or_default(), record.members.into_iter().map(|member| member.name).collect())
    } else {
        let (id, name) = text
            .split_once('\t')
            .ok_or_else(|| Error::new("no tab in the line of a known group").with_hint("give a group, a tab and a name"))?;
        (id.to_string(), vec![name.to_string()])
    };
    if id.is_empty() {
        return Ok(Vec::new());
    }
    names.into_iter().map(|name| Item::new(&name).map(|item| (id.clone(), name, item))).collect()
}

fn table(rows: &[Row], groups: &[Group], context: &mut Context) -> Result<(), Failure> {
    let mut ids: Vec<&str> = vec![""; rows.len()];
    for group in groups {
        for member in &group.members {
            if let Some(id) = ids.get_mut(*member) {
                *id = &group.id;
            }
        }
    }
    for (row, id) in rows.iter().zip(ids).filter(|(row, _)| row.number.is_some()) {
        context.output.line(&format!("{id}\t{}", row.name), Shape::Line)?;
    }
    context.output.flush()?;
    Ok(())
}

fn records(rows: &[Row], groups: &[Group], context: &mut Context) -> Result<(), Failure> {
    let name = |row: usize| rows.get(row).map_or("", |row| row.name.as_str());
    for group in groups {
        let members = group.members.iter().filter_map(|place| rows.get(*place));
        let record = Record {
            group: Some(&group.id),
            members: members.map(member).collect(),
            weakest: group.weakest.map(|w| Pair { left: name(w.left), right: name(w.right), probability: rounded(w.probability) }),
            mean: group.mean.map(rounded),
            error: None,
        };
        context.output.line(&json(&record), Shape::Json)?;
    }
    for row in rows {
        if let Some(error) = &row.refused {
            let members = vec![member(row)];
            let record = Record { group: None, members, weakest: None, mean: None, error: Some(error.to_string()) };
            context.output.line(&json(&record), Shape::Json)?;
        }
    }
    context.output.flush()?;
    Ok(())
}

fn member(row: &Row) -> Member<'_> {
    Member { line: row.number, name: &row.name }
}

/// Groups of several lines: what speaks least for each stands beside its id.
fn picture(rows: &[Row], groups: &[Group], context: &mut Context) -> Result<(), Failure> {
    let name = |row: usize| rows.get(row).map_or("", |row| row.name.as_str());
    let mut first = true;
    for group in groups {
        let lines: Vec<&Row> = group.members.iter().filter_map(|place| rows.get(*place)).collect();
        if lines.len() < 2 || lines.iter().all(|row| row.number.is_none()) {
            continue;
        }
        if !std::mem::take(&mut first) {
            context.output.line("", Shape::Line)?;
        }
        context.output.columns(&[vec![Cell::styled(&group.id, Style::new().bold()), format!("{} names", lines.len()).into()]])?;
        let number = |row: &Row| row.number.map_or("known".to_string(), |number| number.to_string());
        let cells = |row: &&Row| vec!["".into(), Cell::styled(number(row), AnsiColor::Cyan.on_default()), row.name.as_str().into()];
        context.output.columns(&lines.iter().map(cells).collect::<Vec<_>>())?;
        let told = match group.weakest {
            Some(weakest) => format!("  weakest {:.3}: {} / {}", weakest.probability, name(weakest.left), name(weakest.right)),
            None => "  alike letter for letter".to_string(),
        };
        context.output.line(&told, Shape::Line)?;
    }
    context.output.flush()?;
    Ok(())
}
