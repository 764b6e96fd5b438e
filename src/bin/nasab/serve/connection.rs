//! Connections: taken, bounded, and let go when the program is to end.
//!
//! A connection that sends no request costs little and is still bounded: where too many are open, the one that has waited longest makes
//! room, so that who only holds connections open keeps nobody out.

use super::state::App;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tower::ServiceExt;

/// So long the head of a request may take, and a connection may wait for its next one.
const HEAD: Duration = Duration::from_secs(15);
/// So long requests that are being answered may take when the program is to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest head of a request.
const LONGEST_HEAD: usize = 64 << 10;

/// An open connection.
#[derive(Default)]
struct Open {
    /// A request is being answered.
    busy: AtomicBool,
    /// It is over, or is to be.
    over: AtomicBool,
    close: Notify,
}

/// Serves until a signal says to end.
pub async fn serve(listener: TcpListener, router: Router, app: Arc<App>) {
    let graceful = GracefulShutdown::new();
    let open: Arc<Mutex<VecDeque<Arc<Open>>>> = Arc::default();
    let mut end = std::pin::pin!(told_to_end());
    loop {
        let stream = tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, _)) => stream,
                // No more files can be opened: some time later there are.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut end => break,
        };
        let own = Arc::new(Open::default());
        make_room(&open, &own, &app);
        take(stream, own, router.clone(), app.clone(), &graceful);
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(PATIENCE) => {}
    }
}

fn make_room(open: &Mutex<VecDeque<Arc<Open>>>, own: &Arc<Open>, app: &App) {
    let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
    if open.len() >= app.limits.connections {
        open.retain(|one| !one.over.load(Ordering::Relaxed));
    }
    if open.len() >= app.limits.connections {
        // Where all are at work the newest waits in vain, and is told so by the time limit.
        let waiting = open.iter().position(|one| !one.busy.load(Ordering::Relaxed));
        if let Some(oldest) = waiting.and_then(|place| open.remove(place)) {
            oldest.close.notify_one();
            app.metrics.closed.inc();
        }
    }
    open.push_back(own.clone());
}

fn take(stream: TcpStream, own: Arc<Open>, router: Router, app: Arc<App>, graceful: &GracefulShutdown) {
    let _ = stream.set_nodelay(true);
    let asked = own.clone();
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let (router, asked) = (router.clone(), asked.clone());
        async move {
            asked.busy.store(true, Ordering::Relaxed);
            let answer = router.oneshot(request.map(Body::new)).await;
            asked.busy.store(false, Ordering::Relaxed);
            answer
        }
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LONGEST_HEAD).keep_alive(true);
    let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
    app.metrics.connections.inc();
    tokio::spawn(async move {
        tokio::select! {
            _ = connection => {}
            () = own.close.notified() => {}
        }
        own.over.store(true, Ordering::Relaxed);
        app.metrics.connections.dec();
    });
}

/// Waits for an interrupt or a request to terminate.
async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
