//! The page: files of `web/` that are part of the program.

use super::state::App;
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use std::sync::Arc;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

fn file(kind: &'static str, text: &'static str) -> MethodRouter<Arc<App>> {
    get(move || async move { ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response() })
}

/// The page and what it is made of.
pub fn routes() -> Router<Arc<App>> {
    macro_rules! own {
        ($name:literal) => {
            include_str!(concat!("../../../../web/", $name))
        };
    }
    Router::new()
        .route("/", file(HTML, own!("index.html")))
        .route("/static/style.css", file(CSS, own!("style.css")))
        .route("/static/icon.svg", file(SVG, own!("icon.svg")))
        .route("/static/app.js", file(SCRIPT, own!("app.js")))
        .route("/static/dom.js", file(SCRIPT, own!("dom.js")))
        .route("/static/words.js", file(SCRIPT, own!("words.js")))
        .route("/static/reasons.js", file(SCRIPT, own!("reasons.js")))
        .route("/static/ask.js", file(SCRIPT, own!("ask.js")))
        .route("/static/csv.js", file(SCRIPT, own!("csv.js")))
        .route("/static/name.js", file(SCRIPT, own!("name.js")))
        .route("/static/pair.js", file(SCRIPT, own!("pair.js")))
        .route("/static/text.js", file(SCRIPT, own!("text.js")))
        .route("/static/list.js", file(SCRIPT, own!("list.js")))
        .route("/static/person.js", file(SCRIPT, own!("person.js")))
}
