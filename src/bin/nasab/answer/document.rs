//! What is told of running text.

use super::rounded;
use nasab::document::{Finding, NamePair};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A defect, with the file that it stands in where there is one.
pub fn defect(file: Option<&str>, finding: &Finding) -> Value {
    let mut record = Map::new();
    if let Some(file) = file {
        record.insert("file".to_string(), file.into());
    }
    let told = json!({
        "line": finding.line,
        "column": finding.column,
        "start": finding.span.start,
        "end": finding.span.end,
        "code": finding.code,
        "found": finding.found,
        "fix": finding.fix,
        "name": finding.name,
        "reason": finding.reason,
        "confidence": rounded(finding.confidence),
    });
    if let Value::Object(told) = told {
        record.extend(told);
    }
    Value::Object(record)
}

#[derive(Serialize)]
struct Pair<'a> {
    #[serde(flatten)]
    pair: &'a NamePair,
    probability: f64,
}

/// A name in both texts.
pub fn pair(pair: &NamePair) -> impl Serialize + '_ {
    Pair { pair, probability: rounded(pair.probability) }
}
