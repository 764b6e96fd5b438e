//! A registry in figures.

use super::Registry;
use crate::error::Error;
use serde::Serialize;

/// How much there is of what stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Identities.
    pub identities: u64,
    /// Ids that lead to another.
    pub merged: u64,
    /// Names, counted for each id that has them.
    pub names: u64,
    /// Names to an identity.
    pub names_per_identity: f64,
    /// Names that were taken off.
    pub removed_names: u64,
    /// Facts.
    pub facts: u64,
    /// Decisions that two ids are the same, or a spelling is an identity's.
    pub same: u64,
    /// Decisions that they are different.
    pub different: u64,
    /// Events.
    pub events: u64,
    /// Events that are undone.
    pub undone: u64,
    /// The last event, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
}

impl Registry {
    /// Counts what there is.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn stats(&self) -> Result<Stats, Error> {
        self.look(|connection| {
            let snapshot = connection.unchecked_transaction()?;
            let count = |query: &str| snapshot.query_row(query, [], |row| row.get::<_, u64>(0));
            let decisions = "SELECT count(*) FROM decision JOIN event ON event.seq = decision.event WHERE undone_by IS NULL AND verdict =";
            let identities = count("SELECT count(*) FROM entity WHERE gone IS NULL AND merged_into IS NULL")?;
            let names = count("SELECT count(*) FROM name WHERE removed IS NULL")?;
            Ok(Stats {
                identities,
                merged: count("SELECT count(*) FROM entity WHERE gone IS NULL AND merged_into IS NOT NULL")?,
                names,
                names_per_identity: if identities == 0 { 0.0 } else { names as f64 / identities as f64 },
                removed_names: count("SELECT count(*) FROM name WHERE removed IS NOT NULL")?,
                facts: count(
                    "SELECT count(*) FROM (SELECT DISTINCT entity, fact.kind, value FROM fact JOIN event ON seq = fact.event WHERE undone_by IS NULL)",
                )?,
                same: count(&format!("{decisions} 'same'"))?,
                different: count(&format!("{decisions} 'different'"))?,
                events: count("SELECT count(*) FROM event")?,
                undone: count("SELECT count(*) FROM event WHERE undone_by IS NOT NULL")?,
                // The last in order and not by the clock, which may have been put back.
                last_change: snapshot
                    .query_row("SELECT (SELECT at FROM event ORDER BY seq DESC LIMIT 1)", [], |row| row.get(0))?,
            })
        })
    }
}
