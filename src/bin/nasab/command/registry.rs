//! `nasab registry`: the record of identities and what was decided on them.

use super::{Context, Failure, json};
use crate::cli::registry::{
    Add, By, Decide, Export, History, HistoryFormat, Import, ListFormat, Registry as Args, Split, Stats, StatsFormat,
};
use crate::cli::registry::{Undo, Verb, Verdict};
use crate::input;
use crate::output::{Cell, Shape};
use crate::progress::Progress;
use crate::report::Place;
use nasab::Error;
use nasab::entity::Entity;
use nasab::entity::import::Format;
use nasab::registry::{Author, Decision, Event, Other, Registry, Summary};
use serde_json::Value;
use std::cell::RefCell;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Events whose columns are aligned together.
const PAGE: usize = 200;

pub(super) fn run(args: Args, context: &mut Context) -> Result<u8, Failure> {
    match args.verb {
        Verb::Create(args) => drop(Registry::create(args.file)?),
        Verb::Import(args) => import(&args, context)?,
        Verb::Add(args) => add(args, context)?,
        Verb::Remove(args) => {
            let event = by(&args.by, |author| Registry::open(&args.file)?.remove_name(&args.id, &args.name, author))?;
            done(event, context)?;
        }
        Verb::Decide(args) => decide(&args, context)?,
        Verb::Merge(args) => {
            let event = by(&args.by, |author| Registry::open(&args.file)?.merge(&args.from, &args.into, author))?;
            done(event, context)?;
        }
        Verb::Split(args) => split(&args, context)?,
        Verb::Undo(args) => undo(&args, context)?,
        Verb::Show(args) => {
            let registry = Registry::open_read_only(&args.file)?;
            for id in &args.ids {
                match registry.entity(id) {
                    Ok(entity) => context.output.line(&json(&entity), Shape::Json)?,
                    Err(error) => context.report.error(&error, None),
                }
            }
        }
        Verb::History(args) => history(&args, context)?,
        Verb::Stats(args) => stats(&args, context)?,
        Verb::Export(args) => export(&args, context)?,
        Verb::Check(args) => Registry::open_read_only(args.file)?.check()?,
    }
    Ok(0)
}

/// Does what somebody does.
fn by<T>(by: &By, work: impl FnOnce(Author<'_>) -> Result<T, Error>) -> Result<T, Error> {
    let user = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()));
    let who = by.by.clone().or_else(user).or_else(user_number).unwrap_or_default();
    if who.trim().is_empty() {
        return Err(Error::new("nobody is named for the change").with_hint("say who makes it with --by"));
    }
    let author = Author::new(&who);
    work(by.why.as_deref().map_or(author, |why| author.because(why)))
}

/// The number of the user, where no name is to be had: in a container, say.
fn user_number() -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata("/proc/self").ok().map(|own| format!("user {}", own.uid()))
    }
    #[cfg(not(unix))]
    None
}

/// Tells an event that is on the disk, at once.
fn done(event: i64, context: &mut Context) -> Result<(), Failure> {
    context.output.line(&event.to_string(), Shape::Line)?;
    Ok(context.output.flush()?)
}

fn add(args: Add, context: &mut Context) -> Result<(), Failure> {
    let mut entity = Entity::new(&args.id, args.names)?;
    entity.facts = args.facts.unwrap_or_default();
    let added = by(&args.by, |author| Registry::open(&args.file)?.add(&entity, &args.source, author))?;
    done(added.event, context)
}

fn decide(args: &Decide, context: &mut Context) -> Result<(), Failure> {
    let decision = match args.verdict {
        Verdict::Same => Decision::Same,
        Verdict::Different => Decision::Different,
    };
    let other = match (&args.other, &args.name) {
        (Some(other), _) => Other::Id(other),
        (None, name) => Other::Name(name.as_deref().unwrap_or_default()),
    };
    let event = by(&args.by, |author| Registry::open(&args.file)?.decide(decision, &args.id, other, author))?;
    done(event, context)
}

fn split(args: &Split, context: &mut Context) -> Result<(), Failure> {
    let names: Vec<&str> = args.name.iter().map(String::as_str).collect();
    let event = by(&args.by, |author| {
        let mut registry = Registry::open(&args.file)?;
        match &args.into {
            Some(into) => registry.split_off(&args.id, &names, into, author),
            None => registry.split(&args.id, &names, author),
        }
    })?;
    done(event, context)
}

fn undo(args: &Undo, context: &mut Context) -> Result<(), Failure> {
    let mut registry = Registry::open(&args.file)?;
    let mut events = args.events.clone();
    events.sort_unstable_by(|a, b| b.cmp(a));
    events.dedup();
    for event in events {
        done(by(&args.by, |author| registry.undo(event, author))?, context)?;
    }
    Ok(())
}

fn import(args: &Import, context: &mut Context) -> Result<(), Failure> {
    let mut registry = Registry::open(&args.file)?;
    for list in &args.lists {
        let is_stdin = list == Path::new("-");
        let format = match args.format {
            Some(ListFormat::Jsonl) => Format::JsonLines,
            Some(ListFormat::Csv) => Format::Csv,
            Some(ListFormat::Tsv) => Format::Tsv,
            None if is_stdin => return Err(Error::new("standard input does not say what it is").with_hint("say it with --format").into()),
            None => Format::of(list)?,
        };
        let (origin, reader): (Arc<str>, Box<dyn Read>) = match is_stdin {
            true => ("<stdin>".into(), Box::new(io::stdin().lock())),
            false => (list.display().to_string().into(), Box::new(input::open(list)?)),
        };
        let source = args.source.clone().unwrap_or_else(|| origin.to_string());
        let (report, progress) = (&mut context.report, RefCell::new(Progress::new(None)));
        let imported = by(&args.by, |author| {
            registry.import(
                reader,
                format,
                &source,
                author,
                |fault| {
                    let place = Place { origin: origin.clone(), line: fault.line, column: fault.error.column() };
                    progress.borrow().aside(|| report.error(&fault.error, Some(&place)));
                },
                |so_far| progress.borrow_mut().reach(so_far.rows),
            )
        });
        drop(progress);
        let summary = imported?;
        context.report.summary(&told(&origin, &summary));
    }
    Ok(())
}

fn told(origin: &str, summary: &Summary) -> String {
    let Summary { rows, identities, names, known, merged, faults, first_event, last_event } = summary;
    let events = match (first_event, last_event) {
        (Some(first), Some(last)) if first == last => format!("; event {first}"),
        (Some(first), Some(last)) => format!("; events {first} to {last}"),
        _ => String::new(),
    };
    let merged = if *merged > 0 { format!(", {merged} merged ids") } else { String::new() };
    format!("{origin}: {rows} rows, {identities} new identities{merged}, {names} new names, {known} known names, {faults} faults{events}")
}

fn history(args: &History, context: &mut Context) -> Result<(), Failure> {
    let registry = Registry::open_read_only(&args.file)?;
    let mut page: Vec<Vec<Cell>> = Vec::new();
    into_output(|write| {
        registry.history(args.limit.map(|limit| limit as u64), args.id.as_deref(), |event| match args.format {
            HistoryFormat::Jsonl => write(context.output.line(&json(&event), Shape::Json)),
            HistoryFormat::Text => {
                page.push(cells(event));
                if page.len() < PAGE { Ok(()) } else { write(context.output.columns(&std::mem::take(&mut page))) }
            }
        })
    })?;
    Ok(context.output.columns(&page)?)
}

fn cells(event: Event) -> Vec<Cell> {
    let text = |name: &str| event.payload.get(name).and_then(Value::as_str).unwrap_or_default().to_string();
    let count = |name: &str| event.payload.get(name).and_then(Value::as_u64).unwrap_or_default();
    let names: Vec<&str> = event.payload.get("names").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let from = event.source.as_deref().unwrap_or_default();
    let what = match event.kind.as_str() {
        "add" => vec![text("id"), names.join("; "), from.to_string()],
        "import" => vec![
            from.to_string(),
            format!("{} rows", count("rows")),
            format!("{} new identities", count("identities")),
            format!("{} new names", count("names")),
        ],
        "merge" => vec![format!("{} into {}", text("id"), text("into"))],
        "split" if text("into").is_empty() => vec![text("id"), names.join("; ")],
        "split" => vec![format!("{} to {}", text("id"), text("into")), names.join("; ")],
        "undo" => vec![event.undoes.map(|undone| format!("event {undone}")).unwrap_or_default()],
        _ => vec![text("id"), text("other"), text("name")],
    };
    let undone = event.undone_by.map(|by| format!("undone by event {by}"));
    let what: Vec<String> = what.into_iter().filter(|part| !part.is_empty()).collect();
    let said: Vec<String> = event.why.into_iter().chain(undone).collect();
    vec![event.seq.to_string().into(), event.at.into(), event.who.into(), event.kind.into(), what.join(", ").into(), said.join("; ").into()]
}

fn stats(args: &Stats, context: &mut Context) -> Result<(), Failure> {
    let stats = Registry::open_read_only(&args.file)?.stats()?;
    match args.format {
        StatsFormat::Json => context.output.line(&json(&stats), Shape::Json)?,
        StatsFormat::Text => {
            let rows = [
                ("identities", stats.identities.to_string()),
                ("merged ids", stats.merged.to_string()),
                ("names", stats.names.to_string()),
                ("names a person", format!("{:.2}", stats.names_per_identity)),
                ("removed names", stats.removed_names.to_string()),
                ("facts", stats.facts.to_string()),
                ("decided same", stats.same.to_string()),
                ("decided different", stats.different.to_string()),
                ("events", stats.events.to_string()),
                ("undone events", stats.undone.to_string()),
                ("last change", stats.last_change.unwrap_or_else(|| "never".to_string())),
            ];
            let rows: Vec<Vec<Cell>> = rows.into_iter().map(|(what, number)| vec![what.into(), number.into()]).collect();
            context.output.columns(&rows)?;
        }
    }
    Ok(())
}

fn export(args: &Export, context: &mut Context) -> Result<(), Failure> {
    let registry = Registry::open_read_only(&args.file)?;
    into_output(|write| registry.export(|entity| write(context.output.line(&json(&entity), Shape::Json))))
}

/// Lets the library hand rows to standard output: where that fails, the reading ends, and the failure is the output's.
fn into_output(read: impl FnOnce(&dyn Fn(io::Result<()>) -> Result<(), Error>) -> Result<(), Error>) -> Result<(), Failure> {
    let failed = RefCell::new(None);
    let ended = read(&|written| {
        written.map_err(|error| {
            failed.replace(Some(error));
            Error::new("the reader is gone")
        })
    });
    match failed.into_inner() {
        Some(error) => Err(Failure::Output(error)),
        None => Ok(ended?),
    }
}
