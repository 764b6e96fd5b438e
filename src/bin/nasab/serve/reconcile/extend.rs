//! Columns for a table: what the registry knows of people that were found.

use super::PROPERTIES;
use crate::serve::ask::Fields;
use crate::serve::problem::Problem;
use crate::serve::state::{App, Deadline};
use axum::response::Response;
use nasab::entity::Entity;
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
struct Asked {
    ids: Vec<String>,
    properties: Vec<Column>,
}

#[derive(Deserialize)]
struct Column {
    id: String,
    #[serde(default)]
    settings: Settings,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Settings {
    /// A client sends what a person typed, as text or as a number.
    limit: Value,
}

impl Settings {
    fn limit(&self) -> usize {
        let number = self.limit.as_u64().or_else(|| self.limit.as_str().and_then(|text| text.trim().parse().ok())).unwrap_or(0);
        match usize::try_from(number) {
            Ok(0) | Err(_) => usize::MAX,
            Ok(limit) => limit,
        }
    }
}

/// The values of people, by id.
pub fn extend(app: &App, asked: Value, deadline: Deadline) -> Result<Value, Problem> {
    let asked: Asked = serde_json::from_value(asked).map_err(|error| Problem::wrong(format!("`extend` has another shape: {error}")))?;
    app.check_batch(asked.ids.len())?;
    app.check_batch(asked.properties.len())?;
    let book = app.book()?;
    let known: Vec<(&Column, &str)> = asked
        .properties
        .iter()
        .filter_map(|column| PROPERTIES.iter().find(|(id, _)| *id == column.id).map(|(_, label)| (column, *label)))
        .collect();
    let meta: Vec<Value> = known.iter().map(|(column, label)| json!({"id": column.id, "name": label})).collect();
    let mut rows = Map::new();
    for id in asked.ids {
        deadline.hold()?;
        // Somebody may have gone since the table was reconciled; the row is empty then.
        let entity = book.entity(&id).unwrap_or_default();
        let row: Map<String, Value> = known.iter().map(|(column, _)| (column.id.clone(), cells(&entity, column))).collect();
        rows.insert(id, Value::Object(row));
    }
    Ok(json!({"meta": meta, "rows": rows}))
}

fn cells(entity: &Entity, column: &Column) -> Value {
    let text = |text: &String| json!({"str": text});
    let year = |year: &i32| json!({"int": year});
    let facts = &entity.facts;
    let all: Vec<Value> = match column.id.as_str() {
        "name" => entity.names.iter().map(text).collect(),
        "birth" => facts.born.iter().map(year).collect(),
        "death" => facts.died.iter().map(year).collect(),
        "gender" => facts.gender.iter().map(|gender| json!({"str": gender})).collect(),
        "country" => facts.countries.iter().map(text).collect(),
        _ => entity.merged.iter().map(text).collect(),
    };
    all.into_iter().take(column.settings.limit()).collect()
}

/// The columns that there are.
pub async fn propose(fields: Fields) -> Result<Response, Problem> {
    let limit = fields.number("limit")?.unwrap_or(PROPERTIES.len());
    let properties: Vec<Value> = PROPERTIES.iter().take(limit).map(|(id, label)| json!({"id": id, "name": label})).collect();
    let kind = fields.get("type").unwrap_or("person").to_string();
    super::padded(&fields, &json!({"type": kind, "properties": properties, "limit": limit}))
}
