//! Connections: taken, bounded, and let go when the program is to end.
//!
//! A connection that sends no request costs little and is still bounded: where too many are open, the one that has waited longest makes
//! room, so that who only holds connections open keeps nobody out. Where all are at work, a new one is told so.

use super::problem::Problem;
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
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tower::ServiceExt;

/// So long the head of a request may take, and a connection may wait for its next one.
const HEAD: Duration = Duration::from_secs(15);
/// So long requests that are being answered may take when the program is to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest head of a request.
const LONGEST_HEAD: usize = 64 << 10;

/// Files that are not connections: the registry, the index, the log, and some to spare.
const OTHER_FILES: usize = 64;
/// Connections told at once that there is no room, and for how long at most.
const REFUSED: usize = 32;
const REFUSING: Duration = Duration::from_secs(1);

/// An open connection.
#[derive(Default)]
struct Open {
    /// A request is being answered.
    busy: AtomicBool,
    /// It is over, or is to be.
    over: AtomicBool,
    close: Notify,
}

/// Connections that can be open, at most as many as are wanted: each is a file, and the system lets so many be open.
pub fn room(wanted: usize) -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let needed = (wanted + OTHER_FILES) as u64;
        let most = limit.maximum.unwrap_or(u64::MAX);
        let mut open = limit.current.unwrap_or(u64::MAX);
        if open < needed && setrlimit(Resource::Nofile, Rlimit { current: Some(needed.min(most)), ..limit }).is_ok() {
            open = needed.min(most);
        }
        usize::try_from(open).unwrap_or(usize::MAX).saturating_sub(OTHER_FILES).clamp(1, wanted)
    }
    #[cfg(not(unix))]
    wanted
}

/// Serves until `end` is ready.
pub async fn serve(listener: TcpListener, router: Router, app: Arc<App>, end: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let open: Arc<Mutex<VecDeque<Arc<Open>>>> = Arc::default();
    let refusing = Arc::new(Semaphore::new(REFUSED));
    let mut end = std::pin::pin!(end);
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
        match make_room(&open, &own, &app) {
            true => take(stream, own, router.clone(), app.clone(), &graceful),
            false => refuse(stream, &refusing, &app),
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(PATIENCE) => {}
    }
}

/// Whether there is room for one more, once the one that has waited longest without a request is let go.
fn make_room(open: &Mutex<VecDeque<Arc<Open>>>, own: &Arc<Open>, app: &App) -> bool {
    let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
    if open.len() >= app.limits.connections {
        open.retain(|one| !one.over.load(Ordering::Relaxed));
    }
    if open.len() >= app.limits.connections {
        let waiting = open.iter().position(|one| !one.busy.load(Ordering::Relaxed));
        let Some(oldest) = waiting.and_then(|place| open.remove(place)) else { return false };
        oldest.close.notify_one();
        app.metrics.closed.inc();
    }
    open.push_back(own.clone());
    true
}

/// Says that there is no room: all connections are at work.
fn refuse(mut stream: TcpStream, refusing: &Arc<Semaphore>, app: &App) {
    app.metrics.refused.inc();
    let Ok(permit) = refusing.clone().try_acquire_owned() else { return };
    let body = Problem::new(503, "all connections are in use").hint("try later").told().to_string();
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    tokio::spawn(tokio::time::timeout(REFUSING, async move {
        let _permit = permit;
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        // Where what was sent is not read, the answer would be lost with the connection.
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
    }));
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

/// Listens for an interrupt and for a request to terminate from now on, and is ready when one came.
pub fn told_to_end() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    };
    async move {
        #[cfg(unix)]
        if let (Ok(mut interrupt), Ok(mut terminate)) = signals {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
}
