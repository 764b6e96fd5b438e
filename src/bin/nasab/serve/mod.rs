//! `nasab serve`: the page, the JSON API and reconciliation, over HTTP.
//!
//! *Enters* an HTTP request. *Leaves* an answer in the shapes of the command line (`record`), or a problem (RFC 9457).
//! *Refuses* what is too long, too slow, from another site, or without the token where one is needed. Work on names is done on
//! blocking threads, as many at once as there are processors; the reactor only carries bytes.

mod api;
mod ask;
mod connection;
mod guard;
mod list;
mod metrics;
mod openapi;
mod page;
mod problem;
mod reconcile;
mod state;
mod text;

use crate::cli::serve::{Log, Serve};
use crate::command::{Context, Failure};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use nasab::Error;
use problem::Problem;
use state::{App, Book};
use std::sync::Arc;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;

/// Serves until it is told to stop.
pub fn run(mut args: Serve, context: &mut Context) -> Result<u8, Failure> {
    log(args.log);
    let registry = args.registry.as_deref().map(|path| Book::open(path, context)).transpose()?;
    let (token, made) = guard::token(&args, registry.as_ref().is_some_and(Book::is_file))?;
    let room = connection::room(args.max_connections);
    if room < args.max_connections {
        let few = Error::new(format!("the system lets {room} connections be open, not {}", args.max_connections));
        context.report.say(nasab::Severity::Warning, &few.with_hint("raise the limit of open files, or give --max-connections"), None);
        args.max_connections = room;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(format!("no threads can be had: {error}")))?;
    let told: Result<(), Error> = runtime.block_on(async {
        let refused = |error| Error::new(format!("`{}` cannot be served: {error}", args.bind)).with_hint("choose another port with --bind");
        let listener = TcpListener::bind(args.bind).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let ephemeral = made.then(|| token.clone()).flatten();
        let app = Arc::new(App::new(&args, address, registry, token));
        // Before the address is told: who reads it may stop the service at once.
        let end = connection::told_to_end();
        context.report.summary(&match ephemeral {
            Some(token) => format!("nasab serves http://{address}/ ; who opens http://{address}/#token={token} may write"),
            None => format!("nasab serves http://{address}/"),
        });
        connection::serve(listener, router(app.clone()), app, end).await;
        Ok(())
    });
    told?;
    // Work that nobody waits for any more is not waited for.
    runtime.shutdown_background();
    context.report.summary("stopped");
    Ok(0)
}

fn log(log: Log) {
    let builder = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false);
    match log {
        Log::Json => builder.json().flatten_event(true).init(),
        Log::Text => builder.with_ansi(false).init(),
        Log::None => {}
    }
}

fn router(app: Arc<App>) -> Router {
    let body = DefaultBodyLimit::max(app.limits.body);
    Router::new()
        .merge(page::routes())
        .merge(openapi::routes())
        .merge(metrics::routes())
        .merge(api::routes())
        .merge(reconcile::routes())
        .fallback(|| async { Problem::not_found("there is nothing at this address") })
        .method_not_allowed_fallback(|| async { Problem::new(405, "this address does not answer that method") })
        .layer(body)
        .layer(from_fn_with_state(app.clone(), guard::admit))
        .layer(from_fn_with_state(app.clone(), metrics::measure))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| Problem::new(500, "a fault in nasab").answer()))
        .layer(from_fn(guard::headers))
        .with_state(app)
}
