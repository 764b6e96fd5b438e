//! Running text and lists: lint, align, cluster.

use super::ask::Body;
use super::problem::Problem;
use super::state::App;
use crate::answer::{self, rounded};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use nasab::Scheme;
use nasab::cluster::{self, Constraints, Item, List, Options};
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    names: Vec<String>,
    #[serde(default)]
    threshold: Option<f64>,
}

/// The groups of a list; what is no name is told apart. Members are told by line, from 1.
pub async fn cluster(State(app): State<Arc<App>>, Body(asked): Body<Cluster>) -> Answer {
    app.work(move |app, deadline| {
        app.check_batch(asked.names.len())?;
        let threshold = asked.threshold.unwrap_or(Options::default().threshold);
        if !(0.0..=1.0).contains(&threshold) {
            return Err(Problem::wrong("a threshold is a probability from 0 to 1"));
        }
        let options = Options::default().with_threshold(threshold);
        let (mut items, mut lines, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (line, name) in asked.names.iter().enumerate() {
            app.check_name(name)?;
            match Item::new(name) {
                Ok(item) => {
                    items.push(item);
                    lines.push((line + 1, name.as_str()));
                }
                Err(error) => refused.push(json!({"line": line + 1, "name": name, "error": error.to_string()})),
            }
        }
        let list = List::new(items, &Constraints::default());
        let mut edges: Vec<cluster::Edge> = Vec::new();
        for node in 0..list.len() {
            deadline.hold()?;
            edges.extend(list.edges(node, &options));
        }
        let name = |place: usize| lines.get(place).map_or("", |(_, name)| name);
        let group = |group: cluster::Group| {
            let members = group.members.iter().filter_map(|place| lines.get(*place));
            let members: Vec<Value> = members.map(|(line, name)| json!({"line": line, "name": name})).collect();
            let weakest = group.weakest.map(
                |weakest| json!({"left": name(weakest.left), "right": name(weakest.right), "probability": rounded(weakest.probability)}),
            );
            json!({"group": group.id, "members": members, "weakest": weakest, "mean": group.mean.map(rounded)})
        };
        let groups: Vec<Value> = list.groups(edges, &options).into_iter().map(group).collect();
        app.metrics.names.inc_by(asked.names.len() as u64);
        Ok(Json(json!({"groups": groups, "refused": refused})).into_response())
    })
    .await
}
