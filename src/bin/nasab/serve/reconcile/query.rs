//! A batch of names to their candidates, each with what its score rests on.

use crate::answer::rounded;
use crate::serve::problem::Problem;
use crate::serve::state::{App, Book, Deadline};
use nasab::matching::WordReason;
use nasab::{Facts, LinkOptions, Linkage, Prepared, Query, Status, compare};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A match is told as sure when its odds are so many times those of the next one. Two that are nearly as likely are for people.
const LEAD: f64 = 3.0;
const MOST: usize = 50;

#[derive(Deserialize)]
struct Asked {
    query: String,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<Property>,
    #[serde(default, rename = "type")]
    kind: Value,
}

#[derive(Deserialize)]
struct Property {
    pid: String,
    v: Value,
}

/// Answers every query under its key.
pub fn all(app: &App, queries: Map<String, Value>, deadline: Deadline) -> Result<Value, Problem> {
    app.check_batch(queries.len())?;
    let book = app.book()?;
    let mut answers = Map::new();
    for (key, asked) in queries {
        deadline.hold()?;
        let asked: Asked =
            serde_json::from_value(asked).map_err(|error| Problem::wrong(format!("the query `{key}` has another shape: {error}")))?;
        app.check_name(&asked.query)?;
        app.metrics.names.inc();
        answers.insert(key, json!({"result": candidates(book, asked)?}));
    }
    Ok(Value::Object(answers))
}

fn candidates(book: &Book, asked: Asked) -> Result<Vec<Value>, Problem> {
    let other_kind = match &asked.kind {
        Value::String(kind) => !kind.is_empty() && kind != "person",
        Value::Array(kinds) => !kinds.is_empty() && !kinds.iter().any(|kind| kind == "person"),
        _ => false,
    };
    if other_kind || !asked.query.chars().any(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let mut query = Query::from(asked.query.as_str());
    for property in &asked.properties {
        take(&mut query, property);
    }
    let mut options = LinkOptions::default();
    // The second tells whether the first leads, even where one is asked for.
    let limit = asked.limit.unwrap_or(options.top).clamp(1, MOST);
    options.top = limit.max(2);
    let facts = query.facts.clone();
    let names: Vec<Prepared> = query.names.iter().map(|name| Prepared::new(name)).collect();
    let linkage = book.link(query, &options).map_err(|error| Problem::of(500, &error))?;
    let sure = leads(&linkage);
    let matches = linkage.matches.into_iter().take(limit).enumerate();
    let candidate = |(place, found): (usize, nasab::LinkMatch)| {
        json!({
            "id": found.id,
            "name": found.name,
            "score": (found.probability * 1e4).round() / 100.0,
            "match": place == 0 && sure,
            "type": [super::kind()],
            "features": features(book, &names, &facts, &found),
        })
    };
    Ok(matches.map(candidate).collect())
}

/// Whether the first match is linked, and no other is nearly as likely.
pub fn leads(linkage: &Linkage) -> bool {
    let (Some(first), Status::Linked) = (linkage.matches.first(), linkage.status) else { return false };
    let odds = |p: f64| p / (1.0 - p).max(1e-9);
    linkage.matches.get(1).is_none_or(|next| (first.decided && !next.decided) || odds(first.probability) >= LEAD * odds(next.probability))
}

/// A property of a row; what is no fact of ours says nothing, as a table may have any.
fn take(query: &mut Query, property: &Property) {
    let values = match &property.v {
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    };
    for value in values {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            // A cell that was reconciled itself.
            Value::Object(fields) => fields.get("name").or(fields.get("id")).and_then(Value::as_str).unwrap_or_default().to_string(),
            _ => continue,
        };
        match fact(&property.pid) {
            Some("name") => query.names.push(text),
            Some(fact) => drop(query.facts.add(fact, &text)),
            None => {}
        }
    }
}

/// What the library calls a property.
fn fact(pid: &str) -> Option<&'static str> {
    match pid {
        "name" => Some("name"),
        "birth" | "born" => Some("born"),
        "death" | "died" => Some("died"),
        "gender" => Some("gender"),
        "country" => Some("country"),
        _ => None,
    }
}

/// What a score rests on, so that a person can decide: the names alone, the word that fits least, words left over, the facts.
fn features(book: &Book, names: &[Prepared], facts: &Facts, found: &nasab::LinkMatch) -> Value {
    let other = Prepared::new(&found.name);
    let best = names.iter().map(|name| compare(name, &other)).max_by(|a, b| a.probability.total_cmp(&b.probability));
    let Some(comparison) = best else { return json!([]) };
    let paired = |word: &&WordReason| word.left.is_some() && word.right.is_some();
    let weakest = comparison.words.iter().filter(paired).map(|word| word.similarity).fold(1.0, f64::min);
    let left_over = comparison.words.iter().filter(|word| !paired(word)).count();
    let known: f64 = match facts.is_empty() {
        true => 0.0,
        false => facts.weigh(&book.facts(&found.id)).iter().map(|reason| reason.weight).sum(),
    };
    json!([
        {"id": "name_probability", "value": rounded(comparison.probability)},
        {"id": "weakest_word", "value": if comparison.probability > 0.0 { rounded(weakest) } else { 0.0 }},
        {"id": "words_left_over", "value": left_over},
        {"id": "facts", "value": rounded(known)},
        {"id": "decided", "value": found.decided},
    ])
}
