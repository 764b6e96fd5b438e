//! The registry: a person, the history, and changes, each by somebody with the token.

use super::{App, Arc, Body, Fields, Problem, Response, State, json, told, value};
use crate::serve::guard::authorised;
use axum::Router;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use nasab::Facts;
use nasab::entity::Entity;
use nasab::registry::{Author, Decision, Event, Other, Registry};
use serde::Deserialize;

/// The longest history in one answer.
const MOST_EVENTS: u64 = 1000;

type Answer = Result<Response, Problem>;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/registry", get(about))
        .route("/v1/registry/people/{id}", get(person))
        .route("/v1/registry/people/{id}/history", get(history_of))
        .route("/v1/registry/history", get(history))
        .route("/v1/registry/add", post(add))
        .route("/v1/registry/decide", post(decide))
        .route("/v1/registry/merge", post(merge))
        .route("/v1/registry/split", post(split))
        .route("/v1/registry/remove", post(remove))
        .route("/v1/registry/undo", post(undo))
}

/// What is served, and whether it is written.
async fn about(State(app): State<Arc<App>>) -> Answer {
    app.work(|app, _| {
        let Some(book) = &app.book else { return Ok(told(json!({"kind": "none", "writable": false}))) };
        if !book.is_file() {
            return Ok(told(json!({"kind": "list", "writable": false})));
        }
        let stats = book.read(|registry| registry.stats())?;
        Ok(told(json!({"kind": "file", "writable": app.token.is_some(), "stats": value(stats)})))
    })
    .await
}

async fn person(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answer {
    app.work(move |app, _| {
        let book = app.book()?;
        let mut record = value(book.entity(&id)?);
        if let (true, Some(fields)) = (book.is_file(), record.as_object_mut()) {
            fields.insert("sources".to_string(), value(book.read(|registry| registry.sources(&id))?));
        }
        Ok(told(record))
    })
    .await
}

async fn events(app: Arc<App>, fields: Fields, id: Option<String>) -> Answer {
    let limit = fields.number::<u64>("limit")?.unwrap_or(100).min(MOST_EVENTS);
    app.work(move |app, _| {
        let book = app.book()?;
        if let Some(id) = &id {
            book.entity(id)?;
        }
        let mut events: Vec<Event> = Vec::new();
        book.read(|registry| {
            registry.history(Some(limit), id.as_deref(), |event| {
                events.push(event);
                Ok(())
            })
        })?;
        Ok(told(json!({"events": value(events)})))
    })
    .await
}

async fn history(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    events(app, fields, None).await
}

async fn history_of(State(app): State<Arc<App>>, Path(id): Path<String>, fields: Fields) -> Answer {
    events(app, fields, Some(id)).await
}

/// Who changes the registry, and why.
#[derive(Deserialize)]
struct By {
    who: String,
    #[serde(default)]
    why: Option<String>,
}

impl By {
    fn author(&self) -> Author<'_> {
        let author = Author::new(&self.who);
        self.why.as_deref().map_or(author, |why| author.because(why))
    }
}

#[derive(Deserialize)]
struct Addition {
    id: String,
    names: Vec<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(flatten)]
    facts: Facts,
    #[serde(flatten)]
    by: By,
}

async fn add(State(app): State<Arc<App>>, headers: HeaderMap, Body(asked): Body<Addition>) -> Answer {
    authorised(&app, &headers)?;
    app.work(move |app, _| {
        app.check_batch(asked.names.len())?;
        asked.names.iter().try_for_each(|name| app.check_name(name))?;
        let mut entity = Entity::new(&asked.id, asked.names)?;
        entity.facts = asked.facts;
        let source = asked.source.as_deref().unwrap_or("by hand");
        let added = app.book()?.write(|registry| registry.add(&entity, source, asked.by.author()))?;
        Ok(told(value(added)))
    })
    .await
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Same,
    Different,
}

#[derive(Deserialize)]
struct Deciding {
    decision: Verdict,
    id: String,
    #[serde(default)]
    other: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(flatten)]
    by: By,
}

async fn decide(State(app): State<Arc<App>>, headers: HeaderMap, Body(asked): Body<Deciding>) -> Answer {
    authorised(&app, &headers)?;
    app.work(move |app, _| {
        let other = match (&asked.other, &asked.name) {
            (Some(other), None) => Other::Id(other),
            (None, Some(name)) => Other::Name(name),
            _ => return Err(Problem::wrong("a decision is on `other`, an id, or on `name`, a spelling")),
        };
        asked.name.iter().try_for_each(|name| app.check_name(name))?;
        let decision = match asked.decision {
            Verdict::Same => Decision::Same,
            Verdict::Different => Decision::Different,
        };
        let event = app.book()?.write(|registry| registry.decide(decision, &asked.id, other, asked.by.author()))?;
        Ok(told(json!({"event": event})))
    })
    .await
}

/// A change by somebody with the token.
async fn change<T: Send + 'static>(
    app: Arc<App>,
    headers: &HeaderMap,
    asked: T,
    make: fn(&mut Registry, &T) -> Result<i64, nasab::Error>,
) -> Answer {
    authorised(&app, headers)?;
    app.work(move |app, _| {
        let event = app.book()?.write(|registry| make(registry, &asked))?;
        Ok(told(json!({"event": event})))
    })
    .await
}

#[derive(Deserialize)]
struct Merging {
    from: String,
    into: String,
    #[serde(flatten)]
    by: By,
}

/// Leads one id to another.
async fn merge(State(app): State<Arc<App>>, headers: HeaderMap, Body(asked): Body<Merging>) -> Answer {
    change(app, &headers, asked, |registry, asked: &Merging| registry.merge(&asked.from, &asked.into, asked.by.author())).await
}

#[derive(Deserialize)]
struct Splitting {
    id: String,
    #[serde(default)]
    names: Vec<String>,
    /// Whose the names are to be; without it a merged id stands on its own again.
    #[serde(default)]
    new: Option<String>,
    #[serde(flatten)]
    by: By,
}

/// Brings a merged id back, or gives names to another id.
async fn split(State(app): State<Arc<App>>, headers: HeaderMap, Body(asked): Body<Splitting>) -> Answer {
    app.check_batch(asked.names.len())?;
    asked.names.iter().try_for_each(|name| app.check_name(name))?;
    let make = |registry: &mut Registry, asked: &Splitting| {
        let names: Vec<&str> = asked.names.iter().map(String::as_str).collect();
        match &asked.new {
            Some(new) => registry.split_off(&asked.id, &names, new, asked.by.author()),
            None => registry.split(&asked.id, &names, asked.by.author()),
        }
    };
    change(app, &headers, asked, make).await
}

#[derive(Deserialize)]
struct Removing {
    id: String,
    name: String,
    #[serde(flatten)]
    by: By,
}

/// Takes a name off a person.
async fn remove(State(app): State<Arc<App>>, headers: HeaderMap, Body(asked): Body<Removing>) -> Answer {
    change(app, &headers, asked, |registry, asked: &Removing| registry.remove_name(&asked.id, &asked.name, asked.by.author())).await
}

#[derive(Deserialize)]
struct Undoing {
    event: i64,
    #[serde(flatten)]
    by: By,
}

async fn undo(State(app): State<Arc<App>>, headers: HeaderMap, Body(asked): Body<Undoing>) -> Answer {
    change(app, &headers, asked, |registry, asked: &Undoing| registry.undo(asked.event, asked.by.author())).await
}
