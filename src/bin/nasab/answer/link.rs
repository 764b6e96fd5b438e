//! Who is asked for, and who it is.

use super::rounded;
use nasab::{Error, Facts, Linkage, Query, Status};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The answer to what is no name: nobody, and why.
#[derive(Serialize)]
pub struct NoLinkage<'a> {
    query: &'a str,
    status: Status,
    matches: [(); 0],
    error: String,
}

impl<'a> NoLinkage<'a> {
    /// Nobody, because of an error.
    pub fn new(query: &'a str, error: &Error) -> Self {
        NoLinkage { query, status: Status::None, matches: [], error: error.to_string() }
    }
}

/// A linkage with its numbers as they are told.
pub fn linkage(mut linkage: Linkage) -> Linkage {
    for found in &mut linkage.matches {
        found.probability = rounded(found.probability);
    }
    linkage
}

/// A query as JSON: `{"name"}` or `{"names"}`, with facts beside.
pub fn query(object: Map<String, Value>) -> Result<Query, Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        More(Vec<String>),
    }
    let mut query = Query::default();
    for (key, value) in object {
        match key.as_str() {
            "name" | "names" | "query" => match serde_json::from_value(value) {
                Ok(Names::One(name)) => query.names.push(name),
                Ok(Names::More(names)) => query.names.extend(names),
                Err(_) => return Err(wrong(&format!("`{key}` is no name and no list of names"))),
            },
            fact if Facts::is_fact(fact) => {
                let values = if let Value::Array(values) = value { values } else { vec![value] };
                for value in values {
                    match value {
                        Value::String(text) => query.facts.add(fact, &text)?,
                        Value::Number(number) => query.facts.add(fact, &number.to_string())?,
                        Value::Null => {}
                        _ => return Err(wrong(&format!("`{key}` is no text and no number"))),
                    }
                }
            }
            // Other keys are the asker's own.
            _ => {}
        }
    }
    if query.names.is_empty() { Err(wrong("no name")) } else { Ok(query) }
}

fn wrong(what: &str) -> Error {
    Error::new(what.to_string()).with_hint("give `{\"names\":[\"Qays al-Khazali\"],\"born\":1974}`")
}
