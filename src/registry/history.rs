//! The audit trail: every event, newest first.

use super::Registry;
use super::fail::Fail;
use super::group::{GROUP, key, root};
use crate::error::Error;
use rusqlite::{Row, types::Value as Cell};
use serde::Serialize;
use serde_json::Value;

/// One change of a registry.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Event {
    /// Its number.
    pub seq: i64,
    /// When: RFC 3339, UTC.
    pub at: String,
    /// By whom.
    pub who: String,
    /// What: `add`, `import`, `same`, `different`, `merge`, `split`, `remove` or `undo`.
    pub kind: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where it is known from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What it was about.
    pub payload: Value,
    /// The event that it undoes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    /// The event that undid it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<i64>,
}

/// The events that gave anything to the group under `?1` or took it away, and the undoings of those.
const OF_GROUP: &str = ", touching (seq) AS (
    SELECT entity.event FROM entity JOIN member USING (key)
    UNION SELECT claim.event FROM name JOIN member ON name.entity = member.key JOIN claim USING (name_id)
    UNION SELECT fact.event FROM fact JOIN member ON fact.entity = member.key
    UNION SELECT redirect.event FROM redirect JOIN member ON redirect.entity = member.key OR redirect.into_key = member.key
    UNION SELECT decision.event FROM decision JOIN member ON decision.entity = member.key OR decision.other = member.key
    UNION SELECT event.seq FROM event JOIN touching ON event.undoes = touching.seq)";

impl Registry {
    /// Hands out the newest events, the last one first: of the whole registry, or of an identity.
    ///
    /// # Errors
    /// The file cannot be read, nobody has this id, or `take` gives an error, which ends the reading.
    pub fn history(&self, limit: Option<u64>, id: Option<&str>, mut take: impl FnMut(Event) -> Result<(), Error>) -> Result<(), Error> {
        self.look(|connection| {
            let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(-1);
            let columns = "event.seq, at, who, kind, why, source, payload, undoes, undone_by";
            let (query, first) = match id {
                None => (format!("SELECT {columns} FROM event WHERE ?1 IS NULL ORDER BY seq DESC LIMIT ?2"), Cell::Null),
                Some(id) => (
                    format!("{GROUP} {OF_GROUP} SELECT {columns} FROM event JOIN touching USING (seq) ORDER BY event.seq DESC LIMIT ?2"),
                    Cell::Integer(root(connection, key(connection, id)?)?),
                ),
            };
            let mut statement = connection.prepare_cached(&query)?;
            let mut rows = statement.query((first, limit))?;
            while let Some(row) = rows.next()? {
                take(event(row)?)?;
            }
            Ok(())
        })
    }
}

fn event(row: &Row<'_>) -> Result<Event, Fail> {
    let payload: String = row.get(6)?;
    Ok(Event {
        seq: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        kind: row.get(3)?,
        why: row.get(4)?,
        source: row.get(5)?,
        // A payload is for people and programs to read; nothing rests on it.
        payload: serde_json::from_str(&payload).unwrap_or(Value::String(payload)),
        undoes: row.get(7)?,
        undone_by: row.get(8)?,
    })
}
