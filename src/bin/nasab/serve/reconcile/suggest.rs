//! What is offered while somebody types, and the small pages that show one thing.

use super::{App, Arc, Fields, PROPERTIES, Problem, Response, State, Value, json, kind as person, padded};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse};
use nasab::entity::Entity;
use nasab::{LinkOptions, Query};

/// People offered at once.
const MOST: usize = 12;

type Answer = Result<Response, Problem>;

/// The last place that a client may page to.
const LAST: usize = 1000;

/// People whose names are like what was typed or begin so, or who have it as their id.
pub async fn entity(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    let prefix = fields.get("prefix").unwrap_or_default().trim().to_string();
    let cursor: usize = fields.number("cursor")?.unwrap_or(0).min(LAST);
    let found = app
        .work(move |app, _| {
            app.check_name(&prefix)?;
            let book = app.book()?;
            let mut found: Vec<(String, Option<String>)> = Vec::new();
            let mut offer = |id: String, name: Option<String>| {
                if !found.iter().any(|(own, _)| *own == id) {
                    found.push((id, name));
                }
            };
            if let Ok(own) = book.entity(&prefix) {
                offer(own.id, None);
            }
            if prefix.chars().any(char::is_alphabetic) {
                let failed = |error| Problem::of(500, &error);
                let linkage = book.link(Query::from(prefix.as_str()), &LinkOptions::default()).map_err(failed)?;
                // Who bears the whole of it comes before those whose names begin so.
                let likely = linkage.matches.into_iter().filter(|one| one.probability >= LinkOptions::default().review);
                likely.for_each(|one| offer(one.id, Some(one.name)));
                let begun = book.suggest(&prefix, cursor + MOST).map_err(failed)?;
                begun.into_iter().for_each(|one| offer(one.id, Some(one.name)));
            }
            let page = found.into_iter().skip(cursor).take(MOST);
            let shown = |(id, name): (String, Option<String>)| {
                let own = book.entity(&id).ok()?;
                let name = name.or_else(|| own.names.first().cloned())?;
                Some(json!({"id": id, "name": name, "description": about(&own), "notable": [person()]}))
            };
            Ok(page.filter_map(shown).collect::<Vec<Value>>())
        })
        .await?;
    padded(&fields, &json!({"result": found}))
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
