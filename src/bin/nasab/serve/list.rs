//! A list by person. A long one is told as it goes on: lines of JSON say how far it is, and the last is the answer.

use super::ask::Body;
use super::problem::Problem;
use super::state::{App, Deadline};
use crate::answer::rounded;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use nasab::cluster::{Constraints, Edge, Group, Item, List, Options};
use serde::Deserialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Names between two words on how far it is.
const STEP: usize = 64;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    names: Vec<String>,
    #[serde(default)]
    threshold: Option<f64>,
    #[serde(default)]
    progress: bool,
}

/// The groups of a list; what is no name is told apart. Members are told by line, from 1.
pub async fn cluster(State(app): State<Arc<App>>, Body(asked): Body<Cluster>) -> Result<Response, Problem> {
    // What is refused is refused before anything is told.
    app.check_batch(asked.names.len())?;
    asked.names.iter().try_for_each(|name| app.check_name(name))?;
    let threshold = asked.threshold.unwrap_or(Options::default().threshold);
    if !(0.0..=1.0).contains(&threshold) {
        return Err(Problem::wrong("a threshold is a probability from 0 to 1"));
    }
    if !asked.progress {
        let told = app.work(move |app, deadline| groups(app, &asked.names, threshold, deadline, |_| Ok(()))).await?;
        return Ok(Json(told).into_response());
    }
    let (sender, lines) = mpsc::channel::<Bytes>(8);
    tokio::spawn(async move {
        let steps = sender.clone();
        let work = move |app: &App, deadline: Deadline| {
            groups(app, &asked.names, threshold, deadline, |done| {
                // A slow reader misses a word on the way; who has gone ends the work.
                match steps.try_send(line(&json!({"done": rounded(done)}))) {
                    Err(mpsc::error::TrySendError::Closed(_)) => Err(Problem::new(503, "nobody waits for the answer")),
                    _ => Ok(()),
                }
            })
        };
        let last = app.work(work).await.unwrap_or_else(|problem| problem.told());
        let _ = sender.send(line(&last)).await;
    });
    let lines =
        futures_util::stream::unfold(lines, |mut lines| async { lines.recv().await.map(|line| (Ok::<_, Infallible>(line), lines)) });
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], axum::body::Body::from_stream(lines)).into_response())
}

fn line(value: &Value) -> Bytes {
    format!("{value}\n").into()
}

fn groups(
    app: &App,
    names: &[String],
    threshold: f64,
    deadline: Deadline,
    tell: impl Fn(f64) -> Result<(), Problem>,
) -> Result<Value, Problem> {
    let options = Options::default().with_threshold(threshold);
    let (mut items, mut lines, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (line, name) in (1..).zip(names) {
        match Item::new(name) {
            Ok(item) => {
                items.push(item);
                lines.push((line, name.as_str()));
            }
            Err(error) => refused.push(json!({"line": line, "name": name, "error": error.to_string()})),
        }
    }
    let list = List::new(items, &Constraints::default());
    let mut edges: Vec<Edge> = Vec::new();
    for node in 0..list.len() {
        deadline.hold()?;
        if node % STEP == 0 {
            tell(node as f64 / list.len() as f64)?;
        }
        edges.extend(list.edges(node, &options));
    }
    let name = |place: usize| lines.get(place).map_or("", |(_, name): &(i32, &str)| name);
    let group = |group: Group| {
        let members = group.members.iter().filter_map(|place| lines.get(*place));
        let members: Vec<Value> = members.map(|(line, name)| json!({"line": line, "name": name})).collect();
        let weakest = group
            .weakest
            .map(|weakest| json!({"left": name(weakest.left), "right": name(weakest.right), "probability": rounded(weakest.probability)}));
        json!({"group": group.id, "members": members, "weakest": weakest, "mean": group.mean.map(rounded)})
    };
    let groups: Vec<Value> = list.groups(edges, &options).into_iter().map(group).collect();
    app.metrics.names.inc_by(names.len() as u64);
    Ok(json!({"groups": groups, "refused": refused}))
}
