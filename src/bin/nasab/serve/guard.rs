//! Who is let in: by which name the server is asked, from whose page, and with which token; and what browsers are told.

use super::problem::Problem;
use super::state::{App, late};
use crate::cli::serve::Serve;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nasab::Error;
use std::net::IpAddr;
use std::sync::Arc;

/// The shortest token; shorter ones can be tried out.
const SHORTEST: usize = 16;

/// The token that is set, or one that is made; whether it was made.
///
/// # Errors
/// It cannot be read or is too short, or there is none for an address that others reach.
pub fn token(args: &Serve, written: bool) -> Result<(Option<String>, bool), Error> {
    let set = match &args.token_file {
        Some(path) => {
            let read = std::fs::read_to_string(path);
            Some(read.map_err(|error| Error::new(format!("the token `{}` cannot be read: {error}", path.display())))?)
        }
        None => std::env::var("NASAB_TOKEN").ok(),
    };
    match set.map(|token| token.trim().to_string()) {
        Some(token) if token.len() < SHORTEST => {
            Err(Error::new("the token is too short").with_hint(format!("take at least {SHORTEST} random characters")))
        }
        Some(token) => Ok((Some(token), false)),
        None if !args.bind.ip().is_loopback() => {
            Err(Error::new(format!("`{}` is reached by others, and there is no token", args.bind))
                .with_hint("set NASAB_TOKEN or --token-file"))
        }
        None if written => {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).map_err(|error| Error::new(format!("no random token can be made: {error}")))?;
            Ok((Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()), true))
        }
        None => Ok((None, false)),
    }
}

/// Lets a request in, within its time.
pub async fn admit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let origin = match admitted(&app, &request) {
        Ok(origin) => origin,
        Err(problem) => return problem.answer(),
    };
    let asked = request.uri().path().starts_with("/reconcile");
    let preflight = request.method() == Method::OPTIONS;
    let mut answer = match preflight {
        true => axum::http::StatusCode::NO_CONTENT.into_response(),
        false => match tokio::time::timeout(app.limits.time, next.run(request)).await {
            Ok(answer) => answer,
            Err(_) => late().answer(),
        },
    };
    if asked {
        let headers = answer.headers_mut();
        let origin = origin.and_then(|origin| HeaderValue::from_str(&origin).ok()).unwrap_or(HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Content-Type, Authorization"));
    }
    answer
}

/// The origin of a page of another port or site that may ask.
fn admitted(app: &App, request: &Request) -> Result<Option<String>, Problem> {
    let (headers, path) = (request.headers(), request.uri().path());
    let host = text(headers, header::HOST).ok_or_else(|| Problem::wrong("no host is asked"))?;
    if !is_own(app, host) {
        return Err(Problem::new(421, "the server is not known by this name").hint("start it with --host NAME"));
    }
    let reconciles = path.starts_with("/reconcile");
    let origin = text(headers, header::ORIGIN);
    let own = |origin: &str| origin.split_once("://").is_some_and(|(_, site)| site.eq_ignore_ascii_case(host));
    // OpenRefine runs on this machine, on another port. It reads and does not write.
    let neighbour = |origin: &str| {
        let site = origin.split_once("://").map_or("", |(_, site)| site).split('/').next().unwrap_or_default();
        reconciles && loopback(bare(site)) && app.address.ip().is_loopback()
    };
    let listed = |origin: &str| app.origins.iter().any(|own| own == origin || own == "*");
    match origin {
        Some(origin) if own(origin) => {}
        Some(origin) if reconciles && (neighbour(origin) || listed(origin)) => return Ok(Some(origin.to_string())),
        Some(_) => return Err(Problem::new(403, "the request comes from a page of another site").hint("allow it with --allow-origin")),
        None => {
            let crossing = text(headers, HeaderName::from_static("sec-fetch-site")) == Some("cross-site");
            let visit = text(headers, HeaderName::from_static("sec-fetch-mode")) == Some("navigate") && request.method() == Method::GET;
            let from = text(headers, header::REFERER);
            let site = from.and_then(|from| from.split('/').nth(2).map(|site| format!("http://{site}")));
            let known = site.is_some_and(|site| neighbour(&site));
            let anybody = reconciles && app.origins.iter().any(|own| own == "*");
            let welcome = visit || known || anybody;
            if crossing && !welcome {
                return Err(Problem::new(403, "the request comes from a page of another site"));
            }
        }
    }
    let open = path == "/healthz" || path == "/" || path.starts_with("/static/") || request.method() == Method::OPTIONS;
    if !open && !app.address.ip().is_loopback() {
        authorised(app, headers)?;
    }
    Ok(None)
}

/// # Errors
/// The token of the request is not that of the server.
pub fn authorised(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(token) = &app.token else {
        return Err(Problem::new(403, "nothing is written without a token").hint("start the server with NASAB_TOKEN or --token-file"));
    };
    let given = text(headers, header::AUTHORIZATION).and_then(|value| {
        let (kind, token) = value.split_once(' ')?;
        kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    match given {
        Some(given) if same(given.as_bytes(), token.as_bytes()) => Ok(()),
        Some(_) => Err(Problem::new(401, "the token is wrong")),
        None => Err(Problem::new(401, "a token is needed").hint("send `Authorization: Bearer TOKEN`")),
    }
}

/// Compares in a time that says nothing of where two texts differ.
fn same(one: &[u8], two: &[u8]) -> bool {
    let differing = one.iter().zip(two).fold(0, |differing, (a, b)| differing | (a ^ b));
    one.len() == two.len() && std::hint::black_box(differing) == 0
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A host without its port.
fn bare(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or(host),
    }
}

fn loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A name that another's DNS points here is not the server's; an address cannot be pointed anywhere.
fn is_own(app: &App, host: &str) -> bool {
    let host = bare(host);
    let listed = || app.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
    match app.address.ip().is_loopback() {
        true => loopback(host) || listed(),
        false => host.parse::<IpAddr>().is_ok() || loopback(host) || listed(),
    }
}

/// What the page may do, which no other site may make it do.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Tells browsers what they must not do.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let mut tell = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    tell(header::CONTENT_SECURITY_POLICY, POLICY);
    tell(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    tell(header::REFERRER_POLICY, "same-origin");
    tell(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    tell(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    tell(header::CACHE_CONTROL, "no-store");
    answer
}
