//! `nasab link`: the people of a registry that bear a name.

use super::people::{is_registry, list};
use super::{Answer, Context, Failure, json, stream};
use crate::answer::{self, NoLinkage};
use crate::cli::{Link, LinkFormat};
use crate::input::{Input, Line};
use crate::output::Shape;
use nasab::link::Query;
use nasab::registry::Linker;
use nasab::{Error, Facts, LinkOptions, Linkage, People, Status};
use serde_json::{Map, Value};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// A line as a query.
fn query(text: &str) -> Result<Query, Error> {
    let object: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        let error = Error::new(format!("not a JSON object: {}", said.split(" at line ").next().unwrap_or_default()));
        error.with_hint("give `{\"names\":[\"Qays al-Khazali\"],\"born\":1974}` on each line")
    })?;
    answer::query(object)
}

fn answer(
    registry: &Registry,
    options: &LinkOptions,
    line: &Line,
    facts: &Facts,
    asked: &(impl Fn(&str) -> Result<Query, Error> + Sync),
    found: &AtomicBool,
) -> Answer {
    let refused = |query: &str, error: Error| Answer::refused(json(&NoLinkage::new(query, &error)), line.number, error);
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
            Answer { text: json(&answer::linkage(linkage)), ..Answer::default() }
        }
        Err(error) => refused(text, error),
    }
}
