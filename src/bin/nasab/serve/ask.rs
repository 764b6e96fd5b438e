//! What is asked: the query of an address, and JSON bodies. Both are refused where they are not UTF-8, and never panic.

use super::problem::Problem;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

/// The fields of a query or of a form, in order.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// # Errors
    /// What is escaped is not UTF-8.
    pub fn parse(text: &str) -> Result<Fields, Problem> {
        let plain = |part: &str| {
            let blanks = part.replace('+', " ");
            percent_decode_str(&blanks).decode_utf8().map(|text| text.into_owned()).map_err(|_| Problem::wrong("the query is not UTF-8"))
        };
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let field = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((plain(name)?, plain(value)?))
        };
        pairs.map(field).collect::<Result<_, Problem>>().map(Fields)
    }

    /// The first field of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// # Errors
    /// It is missing.
    pub fn need(&self, name: &str) -> Result<&str, Problem> {
        self.get(name).ok_or_else(|| Problem::wrong(format!("`{name}` is missing in the query")))
    }

    /// # Errors
    /// It is not of its kind.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        let read = |value: &str| value.parse().map_err(|_| Problem::wrong(format!("`{name}` is no such number")));
        self.get(name).map(read).transpose()
    }
}

impl<S: Sync> FromRequestParts<S> for Fields {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Fields::parse(parts.uri.query().unwrap_or_default())
    }
}

/// A JSON body.
pub struct Body<T>(pub T);

/// Why a body was not taken.
pub fn refused(said: &BytesRejection) -> Problem {
    match said.status().as_u16() {
        413 => Problem::new(413, "the request is longer than is taken"),
        _ => Problem::wrong("the request broke off"),
    }
}

/// Whether a request has a body of this type.
pub fn is(headers: &HeaderMap, kind: &str) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().is_some_and(|given| given.trim().eq_ignore_ascii_case(kind))
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        // A page of another site can send other types without asking the browser's leave.
        if !is(request.headers(), "application/json") {
            return Err(Problem::new(415, "the body is not `application/json`"));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|said| refused(&said))?;
        std::str::from_utf8(&bytes).map_err(|_| Problem::wrong("the body is not UTF-8"))?;
        serde_json::from_slice(&bytes).map(Body).map_err(|error| match error.is_data() {
            true => Problem::new(422, format!("the body has another shape: {error}")),
            false => Problem::wrong(format!("the body is no JSON: {error}")),
        })
    }
}
