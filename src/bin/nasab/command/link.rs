//! `nasab link`: the people of a registry that bear a name.

use super::{Answer, Context, Failure, json, rounded, stream};
use crate::cli::Link;
use crate::input::{self, Input, Line};
use crate::output::Shape;
use crate::report::Place;
use nasab::entity::Entity;
use nasab::entity::import::{self, Format};
use nasab::{Error, LinkOptions, Linkage, People, Status};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The answer to a line that is no name: nobody, and why.
#[derive(Serialize)]
struct Refused<'a> {
    query: &'a str,
    status: Status,
    matches: [(); 0],
    error: String,
}

pub(super) fn run(args: Link, context: &mut Context) -> Result<u8, Failure> {
    let registry = registry(&args.registry, context)?;
    let mut options = LinkOptions::default();
    options.top = args.top;
    if let Some(threshold) = args.threshold {
        options.threshold = threshold;
        options.review = options.review.min(threshold);
    }
    let mut input = Input::names(args.input.names, args.input.file.as_deref())?;
    let found = AtomicBool::new(false);
    stream(&mut input, Shape::Json, context, |line| answer(&registry, &options, line, &found))?;
    Ok(u8::from(!found.into_inner()))
}

fn registry(path: &Path, context: &mut Context) -> Result<People, Failure> {
    let format = Format::of(path)?;
    let file = input::open(path)?;
    let origin: Arc<str> = path.display().to_string().into();
    let mut registry = People::new();
    let take = |_, entity: Entity| {
        registry.add(&entity.id, entity.names)?;
        registry.know(&entity.id, &entity.facts);
        Ok(())
    };
    import::read(file, format, take, |fault| {
        let place = Place { origin: origin.clone(), line: fault.line, column: fault.error.column() };
        context.report.error(&fault.error, Some(&place));
    })
    .map_err(|error| Failure::Told(Some(Place { origin: origin.clone(), line: 1, column: None }), error))?;
    Ok(registry)
}

fn answer(registry: &People, options: &LinkOptions, line: &Line, found: &AtomicBool) -> Answer {
    let refused = |query: &str, error: Error| {
        let record = Refused { query, status: Status::None, matches: [], error: error.to_string() };
        Answer::refused(json(&record), line.number, error)
    };
    let query = match &line.text {
        Ok(text) => text,
        Err(bad) => return refused(&bad.lossy, bad.error.clone()),
    };
    if !query.chars().any(char::is_alphabetic) {
        return refused(query, Error::new("no letter in the name"));
    }
    let linkage = told(registry.link(query.as_str(), options));
    if linkage.status != Status::None {
        found.store(true, Ordering::Relaxed);
    }
    Answer { text: json(&linkage), ..Answer::default() }
}

fn told(mut linkage: Linkage) -> Linkage {
    for found in &mut linkage.matches {
        found.probability = rounded(found.probability);
    }
    linkage
}
