//! Reconciliation API 0.2, as OpenRefine speaks it: names of a table to the people of the registry.
//!
//! It only reads. Pages of this machine's other ports may ask it, since OpenRefine is one; `guard.rs` keeps other sites out.

mod extend;
mod query;
mod suggest;

use super::ask::{Fields, is, refused};
use super::problem::Problem;
use super::state::App;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Queries that a client should send at once: some tenths of a second of work.
const BATCH: usize = 50;
/// The longest callback of JSONP.
const LONGEST_CALLBACK: usize = 128;

/// What is known of people, as `facts` of the library: id and label.
const PROPERTIES: [(&str, &str); 6] = [
    ("name", "other names"),
    ("birth", "year of birth"),
    ("death", "year of death"),
    ("gender", "gender"),
    ("country", "country"),
    ("merged", "merged ids"),
];

/// The routes under `/reconcile`.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/reconcile", get(asked_by_query).post(asked_by_form))
        .route("/reconcile/suggest/entity", get(suggest::entity))
        .route("/reconcile/suggest/type", get(suggest::kind))
        .route("/reconcile/suggest/property", get(suggest::property))
        .route("/reconcile/flyout/entity", get(suggest::entity_flyout))
        .route("/reconcile/flyout/type", get(suggest::kind_flyout))
        .route("/reconcile/flyout/property", get(suggest::property_flyout))
        .route("/reconcile/preview", get(suggest::preview))
        .route("/reconcile/properties", get(extend::propose))
}

/// The address that a client reached the server by.
fn base(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // A proxy before the server says what it was asked by.
    let scheme = text("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
    format!("{scheme}://{}", text("host").unwrap_or("localhost"))
}

fn manifest(headers: &HeaderMap) -> Value {
    let base = base(headers);
    let suggest = |what: &str| {
        json!({
            "service_url": base,
            "service_path": format!("/reconcile/suggest/{what}"),
            "flyout_service_url": base,
            "flyout_service_path": format!("/reconcile/flyout/{what}?id=${{id}}"),
        })
    };
    json!({
        "versions": ["0.2"],
        "name": "nasab: Arabic personal names",
        "identifierSpace": format!("{base}/v1/registry/people/"),
        "schemaSpace": format!("{base}/reconcile/properties"),
        "defaultTypes": [kind()],
        "view": {"url": format!("{base}/#/person/{{{{id}}}}")},
        "preview": {"url": format!("{base}/reconcile/preview?id={{{{id}}}}"), "width": 420, "height": 220},
        "suggest": {"entity": suggest("entity"), "type": suggest("type"), "property": suggest("property")},
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/properties"},
            "property_settings": [{
                "name": "limit", "label": "limit", "type": "number", "default": 0,
                "help_text": "at most this many values of each person; 0 is all",
            }],
        },
        "batchSize": BATCH,
    })
}

fn kind() -> Value {
    json!({"id": "person", "name": "Person"})
}

async fn asked_by_query(State(app): State<Arc<App>>, headers: HeaderMap, fields: Fields) -> Result<Response, Problem> {
    answer(&app, &headers, fields).await
}

async fn asked_by_form(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    if !is(&headers, "application/x-www-form-urlencoded") {
        return Err(Problem::new(415, "the body is not `application/x-www-form-urlencoded`"));
    }
    let body = Bytes::from_request(request, &app).await.map_err(|said: BytesRejection| refused(&said))?;
    let text = std::str::from_utf8(&body).map_err(|_| Problem::wrong("the body is not UTF-8"))?;
    answer(&app, &headers, Fields::parse(text)?).await
}

async fn answer(app: &Arc<App>, headers: &HeaderMap, fields: Fields) -> Result<Response, Problem> {
    let object = |name: &str, text: &str| -> Result<Map<String, Value>, Problem> {
        serde_json::from_str(text).map_err(|error| Problem::wrong(format!("`{name}` is no JSON object: {error}")))
    };
    let told = match (fields.get("queries"), fields.get("extend")) {
        (Some(queries), _) => {
            let queries = object("queries", queries)?;
            app.work(move |app, deadline| query::all(app, queries, deadline)).await?
        }
        (_, Some(extend)) => {
            let asked = Value::Object(object("extend", extend)?);
            app.work(move |app, deadline| extend::extend(app, asked, deadline)).await?
        }
        _ => manifest(headers),
    };
    padded(&fields, &told)
}

/// JSON, or JavaScript that hands it to a function of the asker's page.
fn padded(fields: &Fields, told: &Value) -> Result<Response, Problem> {
    let Some(callback) = fields.get("callback") else { return Ok(axum::Json(told).into_response()) };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let identifier = |part: &str| part.chars().all(plain) && part.starts_with(|c: char| !c.is_ascii_digit());
    if callback.len() > LONGEST_CALLBACK || !callback.split('.').all(identifier) {
        return Err(Problem::wrong("the callback is no name of a function"));
    }
    // Two signs end a line in JavaScript and not in JSON.
    let json = told.to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let mut answer = format!("/**/{callback}({json});").into_response();
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    Ok(answer)
}
