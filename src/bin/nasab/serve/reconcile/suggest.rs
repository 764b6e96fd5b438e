//! What is offered while somebody types, and the small pages that show one thing.

use super::{App, Arc, Fields, PROPERTIES, Problem, Response, State, Value, json, kind as person, padded};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse};
use nasab::entity::Entity;
use nasab::{LinkOptions, Query};

/// People offered at once.
const MOST: usize = 12;

type Answer = Result<Response, Problem>;

/// People whose names are like what was typed, or who have it as their id.
pub async fn entity(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    let prefix = fields.get("prefix").unwrap_or_default().trim().to_string();
    let cursor: usize = fields.number("cursor")?.unwrap_or(0);
    let found = app
        .work(move |app, _| {
            app.check_name(&prefix)?;
            let book = app.book()?;
            let mut found: Vec<Value> = Vec::new();
            let mut offer = |id: &str, name: &str, about: String| {
                if !found.iter().any(|one| one.get("id").is_some_and(|own| own == id)) {
                    found.push(json!({"id": id, "name": name, "description": about, "notable": [person()]}));
                }
            };
            if let Ok(own) = book.entity(&prefix) {
                offer(&own.id, own.names.first().map_or("", String::as_str), about(&own));
            }
            let mut options = LinkOptions::default();
            options.top = MOST + cursor.min(1000);
            if prefix.chars().any(char::is_alphabetic) {
                let linkage = book.link(Query::from(prefix.as_str()), &options).map_err(|error| Problem::of(500, &error))?;
                for one in linkage.matches {
                    offer(&one.id, &one.name, book.entity(&one.id).map(|own| about(&own)).unwrap_or_default());
                }
            }
            Ok(found)
        })
        .await?;
    let page: Vec<Value> = found.into_iter().skip(cursor).take(MOST).collect();
    padded(&fields, &json!({"result": page}))
}

/// What tells a person from a namesake, in one line.
fn about(entity: &Entity) -> String {
    let facts = &entity.facts;
    let years = |years: &[i32]| years.iter().map(i32::to_string).collect::<Vec<_>>().join("/");
    let mut said: Vec<String> = entity.names.iter().skip(1).take(3).cloned().collect();
    if !facts.born.is_empty() || !facts.died.is_empty() {
        said.push(format!("{}–{}", years(&facts.born), years(&facts.died)));
    }
    said.extend(facts.countries.iter().cloned());
    said.join(" · ")
}

fn like(fields: &Fields, id: &str, name: &str) -> bool {
    let prefix = fields.get("prefix").unwrap_or_default().trim().to_lowercase();
    id.starts_with(&prefix) || name.to_lowercase().contains(&prefix)
}

/// There is one type.
pub async fn kind(fields: Fields) -> Answer {
    let found: Vec<Value> = if like(&fields, "person", "person") { vec![person()] } else { Vec::new() };
    padded(&fields, &json!({"result": found}))
}

/// The properties that are like what was typed.
pub async fn property(fields: Fields) -> Answer {
    let own = PROPERTIES.iter().filter(|(id, name)| like(&fields, id, name));
    let found: Vec<Value> = own.map(|(id, name)| json!({"id": id, "name": name})).collect();
    padded(&fields, &json!({"result": found}))
}

/// A few lines of HTML on a person.
pub async fn entity_flyout(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    let id = fields.need("id")?.to_string();
    let html = app.work(move |app, _| Ok(card(&app.book()?.entity(&id)?))).await?;
    padded(&fields, &json!({"id": fields.need("id")?, "html": html}))
}

pub async fn kind_flyout(fields: Fields) -> Answer {
    padded(&fields, &json!({"id": fields.need("id")?, "html": "<p>A person with names in any spelling</p>"}))
}

pub async fn property_flyout(fields: Fields) -> Answer {
    let id = fields.need("id")?;
    let (_, label) = PROPERTIES.iter().find(|(own, _)| *own == id).ok_or_else(|| Problem::not_found("no such property"))?;
    padded(&fields, &json!({"id": id, "html": format!("<p>{}</p>", escaped(label))}))
}

/// A page that a client shows in a frame of its own.
pub async fn preview(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    let id = fields.need("id")?.to_string();
    let frames = app.origins.join(" ");
    let card = app.work(move |app, _| Ok(card(&app.book()?.entity(&id)?))).await?;
    let page = format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>nasab</title><body>{card}</body></html>");
    let mut answer = Html(page).into_response();
    let policy = format!("default-src 'none'; frame-ancestors http://127.0.0.1:* http://localhost:* http://[::1]:* {frames}");
    let headers = answer.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("unsafe-none"));
    Ok(answer)
}

fn card(entity: &Entity) -> String {
    let mut names = entity.names.iter();
    let first = escaped(names.next().map_or("", String::as_str));
    let others: String = names.take(8).map(|name| format!("<li><bdi>{}</bdi></li>", escaped(name))).collect();
    let facts = &entity.facts;
    let list = |label: &str, values: Vec<String>| match values.is_empty() {
        true => String::new(),
        false => format!("<p>{label}: <bdi>{}</bdi></p>", escaped(&values.join(", "))),
    };
    let years = |years: &[i32]| years.iter().map(i32::to_string).collect();
    format!(
        "<h3><bdi>{first}</bdi></h3><p>{}</p><ul>{others}</ul>{}{}{}",
        escaped(&entity.id),
        list("born", years(&facts.born)),
        list("died", years(&facts.died)),
        list("country", facts.countries.clone())
    )
}

/// Text in HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
