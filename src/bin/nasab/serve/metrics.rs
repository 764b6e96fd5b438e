//! Figures for Prometheus, and the log: one event a request, without names.

use super::problem::Problem;
use super::state::App;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::Arc;
use std::time::Instant;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
}

/// The figures.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram>,
    /// Names that were read.
    pub names: Counter,
    /// Open connections.
    pub connections: Gauge,
    /// Connections that were closed for others.
    pub closed: Counter,
    /// Connections that found no room.
    pub refused: Counter,
}

impl Metrics {
    /// Nothing yet.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("nasab");
        let requests = Family::<Answered, Counter>::default();
        let seconds =
            Family::<Route, Histogram>::new_with_constructor(|| Histogram::new([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0]));
        let (names, connections, closed, refused) = (Counter::default(), Gauge::default(), Counter::default(), Counter::default());
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("request_seconds", "Seconds to an answer", seconds.clone());
        registry.register("names", "Names read", names.clone());
        registry.register("connections", "Open connections", connections.clone());
        registry.register("connections_closed", "Waiting connections closed for new ones", closed.clone());
        registry.register("connections_refused", "Connections that found no room", refused.clone());
        Metrics { registry, requests, seconds, names, connections, closed, refused }
    }
}

/// Health, readiness and figures.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready)).route("/metrics", get(told))
}

async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, Problem> {
    let ready = app.work(|app, _| Ok(app.book.as_ref().is_none_or(super::state::Book::ready))).await?;
    if ready { Ok("ready\n") } else { Err(Problem::new(503, "the registry cannot be read")) }
}

async fn told(State(app): State<Arc<App>>) -> Response {
    let mut text = String::new();
    match encode(&mut text, &app.metrics.registry) {
        Ok(()) => ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response(),
        Err(_) => Problem::new(500, "the figures cannot be written").answer(),
    }
}

/// Counts a request and logs it.
pub async fn measure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    // The route and not the path: a path has ids in it, and a query names.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_string();
    let method = request.method().clone();
    let asked = app.log_names.then(|| request.uri().to_string());
    let answer = next.run(request).await;
    let (status, took) = (answer.status().as_u16(), start.elapsed());
    let asked = asked.as_deref().unwrap_or(&route);
    tracing::info!(method = %method, route = asked, status, ms = took.as_secs_f64() * 1e3, "request");
    app.metrics.seconds.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
    app.metrics.requests.get_or_create(&Answered { route, status }).inc();
    answer
}
