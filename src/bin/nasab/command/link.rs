//! `nasab link`: the people of a registry that bear a name.

use super::{Answer, Context, Failure, json, rounded, stream};
use crate::cli::{Link, LinkFormat};
use crate::input::{self, Input, Line};
use crate::output::Shape;
use crate::report::Place;
use nasab::entity::Entity;
use nasab::entity::import::{self, Format};
use nasab::link::Query;
use nasab::registry::Linker;
use nasab::{Error, Facts, LinkOptions, Linkage, People, Status};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What an SQLite file begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// The answer to a line that is no name: nobody, and why.
#[derive(Serialize)]
struct Refused<'a> {
    query: &'a str,
    status: Status,
    matches: [(); 0],
    error: String,
}

/// Whom names are linked to.
enum Registry {
    /// A list, read whole.
    List(People),
    /// A registry file.
    File(Linker),
}

impl Registry {
    fn link(&self, query: Query, options: &LinkOptions) -> Result<Linkage, Error> {
        match self {
            Registry::List(people) => Ok(people.link(query, options)),
            Registry::File(linker) => linker.link(query, options),
        }
    }
}

pub(super) fn run(args: Link, context: &mut Context) -> Result<u8, Failure> {
    let registry = registry(&args.registry, context)?;
    let mut options = LinkOptions::default();
    options.top = args.top;
    options.threshold = args.threshold.unwrap_or(options.threshold);
    options.review = args.review.unwrap_or(options.review).min(options.threshold);
    let mut input = Input::names(args.input.names, args.input.file.as_deref())?;
    let found = AtomicBool::new(false);
    stream(&mut input, Shape::Json, context, |line| {
        let asked = |text: &str| match args.format {
            LinkFormat::Text => Ok(Query::from(text)),
            LinkFormat::Jsonl => query(text),
        };
        answer(&registry, &options, line, &args.facts, &asked, &found)
    })?;
    Ok(u8::from(!found.into_inner()))
}

fn registry(path: &Path, context: &mut Context) -> Result<Registry, Failure> {
    if is_registry(path)? {
        let linker = Linker::open(path)?;
        for notice in linker.notices() {
            context.report.say(nasab::Severity::Warning, notice, None);
        }
        return Ok(Registry::File(linker));
    }
    let mut people = People::new();
    list(path, context, |entity| {
        people.add(&entity.id, entity.names)?;
        people.know(&entity.id, &entity.facts);
        Ok(())
    })?;
    Ok(Registry::List(people))
}

/// The people of a list, one by one; rows that cannot be used are told.
pub(super) fn list(path: &Path, context: &mut Context, mut take: impl FnMut(Entity) -> Result<(), Error>) -> Result<(), Failure> {
    let format = Format::of(path)?;
    let file = input::open(path)?;
    let origin: Arc<str> = path.display().to_string().into();
    let fault = |fault: import::Fault| {
        let place = Place { origin: origin.clone(), line: fault.line, column: fault.error.column() };
        context.report.error(&fault.error, Some(&place));
    };
    let failed = |error| Failure::Told(Some(Place { origin: origin.clone(), line: 1, column: None }), error);
    import::read(file, format, |_, entity| take(entity), fault).map_err(failed)?;
    Ok(())
}

/// Whether a file is a registry rather than a list.
pub(super) fn is_registry(path: &Path) -> Result<bool, Failure> {
    let mut head = Vec::new();
    // What cannot be read here is told by whoever reads it next.
    let _ = input::open(path)?.take(SQLITE.len() as u64).read_to_end(&mut head);
    Ok(head == SQLITE)
}

/// A query as JSON: `{"name"}` or `{"names"}`, with facts beside.
fn query(text: &str) -> Result<Query, Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        More(Vec<String>),
    }
    let wrong = |what: &str| Error::new(what.to_string()).with_hint("give `{\"names\":[\"Qays al-Khazali\"],\"born\":1974}` on each line");
    let object: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        wrong(&format!("not a JSON object: {}", said.split(" at line ").next().unwrap_or_default()))
    })?;
    let mut query = Query::default();
    for (key, value) in object {
        match key.as_str() {
            "name" | "names" | "query" => match serde_json::from_value(value) {
                Ok(Names::One(name)) => query.names.push(name),
                Ok(Names::More(names)) => query.names.extend(names),
                Err(_) => return Err(wrong(&format!("`{key}` is no name and no list of names"))),
            },
            fact if Facts::is_fact(fact) => {
                let values = if let Value::Array(values) = value { values } else { vec![value] };
                for value in values {
                    match value {
                        Value::String(text) => query.facts.add(fact, &text)?,
                        Value::Number(number) => query.facts.add(fact, &number.to_string())?,
                        Value::Null => {}
                        _ => return Err(wrong(&format!("`{key}` is no text and no number"))),
                    }
                }
            }
            // Other keys are the asker's own.
            _ => {}
        }
    }
    if query.names.is_empty() { Err(wrong("no name")) } else { Ok(query) }
}

fn answer(
    registry: &Registry,
    options: &LinkOptions,
    line: &Line,
    facts: &Facts,
    asked: &(impl Fn(&str) -> Result<Query, Error> + Sync),
    found: &AtomicBool,
) -> Answer {
    let refused = |query: &str, error: Error| {
        let record = Refused { query, status: Status::None, matches: [], error: error.to_string() };
        Answer::refused(json(&record), line.number, error)
    };
    let text = match &line.text {
        Ok(text) => text,
        Err(bad) => return refused(&bad.lossy, bad.error.clone()),
    };
    let linked = asked(text).and_then(|mut query| {
        if !query.names.iter().any(|name| name.chars().any(char::is_alphabetic)) {
            return Err(Error::new("no letter in the name"));
        }
        query.facts.merge(facts);
        registry.link(query, options)
    });
    match linked {
        Ok(linkage) => {
            if linkage.status != Status::None {
                found.store(true, Ordering::Relaxed);
            }
            Answer { text: json(&told(linkage)), ..Answer::default() }
        }
        Err(error) => refused(text, error),
    }
}

fn told(mut linkage: Linkage) -> Linkage {
    for found in &mut linkage.matches {
        found.probability = rounded(found.probability);
    }
    linkage
}
