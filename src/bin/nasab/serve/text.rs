//! Running text: lint, align.

use super::ask::Body;
use super::problem::Problem;
use super::state::App;
use crate::answer;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use nasab::Scheme;
use nasab::document::{self, Format, SURE, fixed, prose};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

type Answer = Result<Response, Problem>;

/// What a text is; plain where nothing is said.
#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum Markup {
    #[default]
    Plain,
    Markdown,
    Html,
    Latex,
}

impl Markup {
    fn format(self) -> Format {
        match self {
            Markup::Plain => Format::Plain,
            Markup::Markdown => Format::Markdown,
            Markup::Html => Format::Html,
            Markup::Latex => Format::Latex,
        }
    }
}

fn dmg() -> String {
    "dmg".to_string()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lint {
    text: String,
    #[serde(default = "dmg")]
    scheme: String,
    #[serde(default)]
    arabic: Option<String>,
    #[serde(default)]
    markup: Markup,
}

/// The defects of a text, and the text with what is sure mended.
pub async fn lint(State(app): State<Arc<App>>, Body(asked): Body<Lint>) -> Answer {
    app.work(move |_, _| {
        let scheme = Scheme::find(&asked.scheme)?;
        let found = document::lint(&asked.text, &prose(&asked.text, asked.markup.format()), scheme, asked.arabic.as_deref())?;
        let findings: Vec<Value> = found.iter().map(|finding| answer::defect(None, finding)).collect();
        Ok(Json(json!({"findings": findings, "fixed": fixed(&asked.text, &found, SURE)})).into_response())
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Align {
    arabic: String,
    romanized: String,
    #[serde(default = "dmg")]
    scheme: String,
    #[serde(default)]
    markup: Markup,
}

/// The names of a text and its translation.
pub async fn align(State(app): State<Arc<App>>, Body(asked): Body<Align>) -> Answer {
    app.work(move |_, _| {
        let scheme = Scheme::find(&asked.scheme)?;
        let found = document::align(&asked.arabic, &asked.romanized, &prose(&asked.romanized, asked.markup.format()), scheme)?;
        let names: Vec<Value> = found.names.iter().map(|pair| serde_json::to_value(answer::pair(pair)).unwrap_or_default()).collect();
        Ok(Json(json!({"names": names, "parallel": found.parallel})).into_response())
    })
    .await
}
