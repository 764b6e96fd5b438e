//! The JSON API: what the commands do, one request each.
//!
//! A single name is asked by GET, many by POST. A GET is refused where the command would report an error; in a POST each name has its
//! own answer, in order, and only a wrong request is refused as a whole.

mod name;
mod registry;

use super::ask::{Body, Fields};
use super::problem::Problem;
use super::state::App;
use super::{list, text};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::sync::Arc;

/// The routes under `/v1`.
pub fn routes() -> Router<Arc<App>> {
    let both = |one: MethodRouter<Arc<App>>, many: MethodRouter<Arc<App>>| one.merge(many);
    Router::new()
        .route("/v1/normalize", both(get(name::normalize), post(name::normalize_many)))
        .route("/v1/parse", both(get(name::parse), post(name::parse_many)))
        .route("/v1/variants", both(get(name::variants), post(name::variants_many)))
        .route("/v1/match", both(get(name::compare_two), post(name::compare_many)))
        .route("/v1/link", both(get(name::link), post(name::link_many)))
        .route("/v1/schemes", get(name::schemes))
        .route("/v1/lint", post(text::lint))
        .route("/v1/align", post(text::align))
        .route("/v1/cluster", post(list::cluster))
        .merge(registry::routes())
}

/// JSON of an answer.
fn told(value: Value) -> Response {
    Json(value).into_response()
}

fn value(record: impl serde::Serialize) -> Value {
    // Serialising text and numbers does not fail.
    serde_json::to_value(record).unwrap_or_default()
}
