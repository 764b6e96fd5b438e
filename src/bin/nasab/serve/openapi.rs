//! The description of the JSON API, OpenAPI 3.1. A test asks every route of it, and that every route is in it.

use super::state::App;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The route of the description.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/v1/openapi.json", get(|| async { Json(description()) }))
}

/// A field of a query: its name, whether it is needed, its type, what it says.
type Field = (&'static str, bool, &'static str, &'static str);

const NAME: Field = ("name", true, "string", "the name, in any spelling and script");
const TO: Field = ("to", false, "string", "the scheme to write; dmg if none is named");
const FROM: Field = ("from", false, "string", "the scheme that is read; auto sees it from the name");
const ARTICLE: Field = ("initial_article", false, "string", "keep or drop");
const LIMIT: Field = ("limit", false, "integer", "at most this many");

fn description() -> Value {
    let mut paths = Map::new();
    let mut at = |path: &str, method: &str, operation: Value| {
        let place = paths.entry(path).or_insert_with(|| json!({}));
        if let Some(place) = place.as_object_mut() {
            place.insert(method.to_string(), operation);
        }
    };
    let names = |others: Value| with(json!({"names": list("string")}), &others, &["names"]);
    let writing = json!({"to": text(), "from": text(), "readings": number(), "initial_article": text()});
    at("/v1/normalize", "get", asked("A name in one scheme", &[NAME, TO, FROM, ARTICLE, ("readings", false, "integer", "readings told")]));
    at("/v1/normalize", "post", sent("Names in one scheme", names(writing.clone()), false));
    at("/v1/parse", "get", asked("The parts of a name", &[NAME, TO, FROM, ARTICLE]));
    at("/v1/parse", "post", sent("The parts of names", names(writing), false));
    at("/v1/variants", "get", asked("The spellings of a name", &[NAME, ("region", false, "string", "regions, with commas"), LIMIT]));
    at("/v1/variants", "post", sent("The spellings of names", names(json!({"regions": list("string"), "limit": number()})), false));
    let pair: [Field; 5] = [
        ("left", true, "string", "a name"),
        ("right", true, "string", "another"),
        ("left_facts", false, "string", "born=1974,country=iq"),
        ("right_facts", false, "string", "as left_facts"),
        ("prior", false, "number", "the share of pairs that are one person's"),
    ];
    at("/v1/match", "get", asked("Whether two names are one person's, and why, word by word and letter by letter", &pair));
    at(
        "/v1/match",
        "post",
        sent(
            "The same for many pairs, without letters",
            with(json!({"pairs": list("object"), "prior": {"type": "number"}}), &json!({}), &["pairs"]),
            false,
        ),
    );
    let link: [Field; 5] = [
        NAME,
        ("facts", false, "string", "born=1974,country=iq"),
        ("top", false, "integer", "at most this many matches"),
        ("threshold", false, "number", "from this probability on a name is linked"),
        ("review", false, "number", "from this probability on somebody should look"),
    ];
    at("/v1/link", "get", asked("The people who may bear a name", &link));
    let queries = json!({"queries": {"type": "array", "items": {"type": ["string", "object"]}}, "top": number(), "threshold": {"type": "number"}, "review": {"type": "number"}});
    at("/v1/link", "post", sent("The same for many names", with(queries, &json!({}), &["queries"]), false));
    at("/v1/schemes", "get", asked("The schemes and regions; with a name, what each makes of it", &[("name", false, "string", "a name")]));
    let markup = json!({"scheme": text(), "markup": {"type": "string", "enum": ["plain", "markdown", "html", "latex"]}});
    at(
        "/v1/lint",
        "post",
        sent(
            "The defects of the romanized names of a text",
            with(with_fields(json!({"text": text(), "arabic": text()}), &markup), &json!({}), &["text"]),
            false,
        ),
    );
    at(
        "/v1/align",
        "post",
        sent(
            "The names of a text and its translation",
            with(with_fields(json!({"arabic": text(), "romanized": text()}), &markup), &json!({}), &["arabic", "romanized"]),
            false,
        ),
    );
    at(
        "/v1/cluster",
        "post",
        sent(
            "The names of a list by person",
            names(
                json!({"threshold": {"type": "number"}, "progress": {"type": "boolean", "description": "lines of JSON: how far it is as `done`, the answer as the last"}}),
            ),
            false,
        ),
    );
    at("/v1/registry", "get", asked("What registry is served", &[]));
    at("/v1/registry/history", "get", asked("The newest events", &[LIMIT]));
    at("/v1/registry/people/{id}", "get", person("A person with names, facts and sources", &[]));
    at("/v1/registry/people/{id}/history", "get", person("The events of a person", &[LIMIT]));
    let by = json!({"who": text(), "why": text()});
    let add = with_fields(
        json!({"id": text(), "names": list("string"), "source": text(), "born": list("integer"), "died": list("integer"), "gender": text(), "countries": list("string")}),
        &by,
    );
    at("/v1/registry/add", "post", sent("Adds a person, or names to one", with(add, &json!({}), &["id", "names", "who"]), true));
    let decide = with_fields(
        json!({"decision": {"type": "string", "enum": ["same", "different"]}, "id": text(), "other": text(), "name": text()}),
        &by,
    );
    at(
        "/v1/registry/decide",
        "post",
        sent("Decides on an id and another, or a spelling", with(decide, &json!({}), &["decision", "id", "who"]), true),
    );
    let merge = with_fields(json!({"from": text(), "into": text()}), &by);
    at("/v1/registry/merge", "post", sent("Leads one id to another", with(merge, &json!({}), &["from", "into", "who"]), true));
    let split = with_fields(json!({"id": text(), "names": list("string"), "new": text()}), &by);
    at(
        "/v1/registry/split",
        "post",
        sent("Brings a merged id back; with `new`, gives names to that id", with(split, &json!({}), &["id", "who"]), true),
    );
    let remove = with_fields(json!({"id": text(), "name": text()}), &by);
    at("/v1/registry/remove", "post", sent("Takes a name off a person", with(remove, &json!({}), &["id", "name", "who"]), true));
    at(
        "/v1/registry/undo",
        "post",
        sent("Undoes an event", with(with_fields(json!({"event": number()}), &by), &json!({}), &["event", "who"]), true),
    );
    json!({
        "openapi": "3.1.0",
        "info": {"title": "nasab", "version": env!("CARGO_PKG_VERSION"), "description": "Reads, writes, compares and links Arabic personal names.", "license": {"name": "MIT OR Apache-2.0"}},
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {"type": text(), "title": text(), "status": number(), "detail": text(), "hint": text()},
            }},
        },
    })
}

fn text() -> Value {
    json!({"type": "string"})
}

fn number() -> Value {
    json!({"type": "integer"})
}

fn list(of: &str) -> Value {
    json!({"type": "array", "items": {"type": of}})
}

fn with_fields(mut own: Value, others: &Value) -> Value {
    if let (Some(own), Some(others)) = (own.as_object_mut(), others.as_object()) {
        own.extend(others.clone());
    }
    own
}

fn with(own: Value, others: &Value, needed: &[&str]) -> Value {
    json!({"type": "object", "properties": with_fields(own, others), "required": needed})
}

fn answers() -> Value {
    let problem = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
    json!({
        "200": {"description": "the answer", "content": {"application/json": {"schema": {"type": "object"}}}},
        "default": {"description": "a problem", "content": problem},
    })
}

fn parameters(fields: &[Field]) -> Vec<Value> {
    let one = |(name, needed, kind, says): &Field| json!({"name": name, "in": "query", "required": needed, "description": says, "schema": {"type": kind}});
    fields.iter().map(one).collect()
}

fn asked(summary: &str, fields: &[Field]) -> Value {
    json!({"summary": summary, "parameters": parameters(fields), "responses": answers()})
}

fn person(summary: &str, fields: &[Field]) -> Value {
    let mut all = vec![json!({"name": "id", "in": "path", "required": true, "schema": text()})];
    all.extend(parameters(fields));
    json!({"summary": summary, "parameters": all, "responses": answers()})
}

fn sent(summary: &str, schema: Value, written: bool) -> Value {
    let mut operation = json!({
        "summary": summary,
        "requestBody": {"required": true, "content": {"application/json": {"schema": schema}}},
        "responses": answers(),
    });
    if let (true, Some(fields)) = (written, operation.as_object_mut()) {
        fields.insert("security".to_string(), json!([{"token": []}]));
    }
    operation
}
