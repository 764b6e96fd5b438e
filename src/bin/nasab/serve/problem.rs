//! What is said when a request is refused: problem details, RFC 9457.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nasab::Error;
use serde_json::{Value, json};

/// A refusal.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    hint: Option<String>,
}

impl Problem {
    /// A refusal with a status.
    pub fn new(status: u16, detail: impl Into<String>) -> Self {
        Problem { status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), detail: detail.into(), hint: None }
    }

    /// A wrong request.
    pub fn wrong(detail: impl Into<String>) -> Self {
        Problem::new(400, detail)
    }

    /// Nothing there.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Problem::new(404, detail)
    }

    /// The library's error under a status.
    pub fn of(status: u16, error: &Error) -> Self {
        let problem = Problem::new(status, error.to_string());
        match error.hint() {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    }

    /// What to do.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Problem { hint: Some(hint.into()), ..self }
    }

    /// What is said.
    pub fn told(&self) -> Value {
        let title = self.status.canonical_reason().unwrap_or("Refused");
        let mut body = json!({"type": "about:blank", "title": title, "status": self.status.as_u16(), "detail": self.detail});
        if let (Some(hint), Some(fields)) = (&self.hint, body.as_object_mut()) {
            fields.insert("hint".to_string(), hint.as_str().into());
        }
        body
    }

    /// The answer.
    pub fn answer(self) -> Response {
        self.into_response()
    }
}

impl From<Error> for Problem {
    /// Text that could not be used is the asker's; most errors of the library are of this kind.
    fn from(error: Error) -> Self {
        Problem::of(422, &error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut answer = (self.status, Json(self.told())).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self.status {
            StatusCode::UNAUTHORIZED => drop(headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"nasab\""))),
            StatusCode::SERVICE_UNAVAILABLE => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"))),
            _ => {}
        }
        answer
    }
}
