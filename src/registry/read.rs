//! What a registry knows: identities, names, facts and decisions.
//!
//! Ids and name ids enter; what stands now leaves. Refused is an id that nobody has. A reader sees one state of the file
//! in each call, also while another program writes.

use super::Registry;
use super::decide::Decision;
use super::fail::Fail;
use super::group::{GROUP, id, key, members, root, spelling};
use crate::entity::Entity;
use crate::error::Error;
use crate::matching::Facts;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use std::collections::BTreeSet;

/// A name and an event that gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NameSource {
    /// The name.
    pub name: String,
    /// The id that it was given to.
    pub id: String,
    /// The event.
    pub event: i64,
    /// What the event is.
    pub kind: String,
    /// Where the name is known from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who gave it.
    pub who: String,
    /// When: RFC 3339, UTC.
    pub at: String,
}

impl Registry {
    /// The id of the identity that an id leads to.
    ///
    /// # Errors
    /// Nobody has this id.
    pub fn resolve(&self, id: &str) -> Result<String, Error> {
        self.look(|connection| self::id(connection, root(connection, key(connection, id)?)?))
    }

    /// An identity with all of its names, facts and merged ids, by any of its ids.
    ///
    /// # Errors
    /// Nobody has this id.
    pub fn entity(&self, id: &str) -> Result<Entity, Error> {
        self.look(|connection| {
            let snapshot = connection.unchecked_transaction()?;
            whole(&snapshot, root(&snapshot, key(&snapshot, id)?)?)
        })
    }

    /// Each name of an identity with what gives it: one row for every event that stands, the oldest first.
    ///
    /// # Errors
    /// Nobody has this id.
    pub fn sources(&self, id: &str) -> Result<Vec<NameSource>, Error> {
        self.look(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{GROUP} SELECT text, entity.id, event.seq, event.kind, event.source, event.who, event.at
                 FROM member JOIN entity USING (key) JOIN name ON name.entity = member.key JOIN claim USING (name_id) JOIN event ON event.seq = claim.event
                 WHERE removed IS NULL AND gives = 1 AND undone_by IS NULL ORDER BY name_id, event.seq"
            ))?;
            let rows = statement.query_map([root(connection, key(connection, id)?)?], |row| {
                Ok(NameSource {
                    name: row.get(0)?,
                    id: row.get(1)?,
                    event: row.get(2)?,
                    kind: row.get(3)?,
                    source: row.get(4)?,
                    who: row.get(5)?,
                    at: row.get(6)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What is known of an identity beside its names.
    ///
    /// # Errors
    /// Nobody has this id.
    pub fn facts(&self, id: &str) -> Result<Facts, Error> {
        self.look(|connection| facts(connection, root(connection, key(connection, id)?)?))
    }

    /// Hands out every name that stands and whose `name_id` is above this one, in order. A search structure that knows the names up to
    /// there is complete again with these; [`Registry::bearer`] tells which of those that it knows stand no more.
    ///
    /// # Errors
    /// The file cannot be read, or `take` gives an error, which ends the reading.
    pub fn names_after(&self, name_id: i64, mut take: impl FnMut(i64, &str) -> Result<(), Error>) -> Result<(), Error> {
        self.look(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT name_id, text FROM name WHERE name_id > ? AND removed IS NULL ORDER BY name_id")?;
            let mut rows = statement.query([name_id])?;
            while let Some(row) = rows.next()? {
                take(row.get(0)?, text(row, 1)?)?;
            }
            Ok(())
        })
    }

    /// The highest `name_id` that was ever given; 0 when there was none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last_name_id(&self) -> Result<i64, Error> {
        self.look(|connection| {
            let mut statement = connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'name'")?;
            Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
        })
    }

    /// The number of the last event; 0 when there was none. As long as it is the same, nothing has changed.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last_event(&self) -> Result<i64, Error> {
        self.look(|connection| Ok(connection.prepare_cached("SELECT coalesce(max(seq), 0) FROM event")?.query_row([], |row| row.get(0))?))
    }

    /// The identity that bears a name now, and the name; `None` when the name stands no more.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn bearer(&self, name_id: i64) -> Result<Option<(String, String)>, Error> {
        self.look(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, text, merged_into FROM name JOIN entity ON entity.key = name.entity WHERE name_id = ? AND removed IS NULL",
            )?;
            let found: Option<(String, String, Option<i64>)> =
                statement.query_row([name_id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
            Ok(match found {
                None => None,
                Some((id, text, None)) => Some((id, text)),
                Some((_, text, Some(into))) => Some((self::id(connection, root(connection, into)?)?, text)),
            })
        })
    }

    /// What was decided on a spelling: the identities that it is, and those that it is not. These are final.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn decisions_on_name(&self, name: &str) -> Result<Vec<(String, Decision)>, Error> {
        self.look(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT entity, verdict = 'same' FROM decision JOIN event ON event.seq = decision.event
                 WHERE spelling = ? AND undone_by IS NULL ORDER BY seq",
            )?;
            let rows: Vec<(i64, bool)> =
                statement.query_map([spelling(name)], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
            let mut decided = Vec::new();
            for (entity, same) in rows {
                let one = (id(connection, root(connection, entity)?)?, if same { Decision::Same } else { Decision::Different });
                if !decided.contains(&one) {
                    decided.push(one);
                }
            }
            Ok(decided)
        })
    }

    /// Whether two ids were decided to be two people, themselves or by ids that are merged with them.
    ///
    /// # Errors
    /// Nobody has one of these ids.
    pub fn different(&self, one: &str, two: &str) -> Result<bool, Error> {
        self.look(|connection| {
            let (one, two) = (root(connection, key(connection, one)?)?, root(connection, key(connection, two)?)?);
            let mut statement = connection.prepare_cached(&format!(
                "{GROUP} SELECT CASE entity WHEN member.key THEN other ELSE entity END
                 FROM member JOIN decision ON decision.entity = member.key OR decision.other = member.key JOIN event ON event.seq = decision.event
                 WHERE verdict = 'different' AND other IS NOT NULL AND undone_by IS NULL"
            ))?;
            let others: BTreeSet<i64> = statement.query_map([one], |row| row.get(0))?.collect::<Result<_, _>>()?;
            for other in others {
                if root(connection, other)? == two {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// Hands out every identity in the order in which they came. As JSON, one a line, an import makes the same identities of them.
    ///
    /// # Errors
    /// The file cannot be read, or `take` gives an error, which ends the reading.
    pub fn export(&self, mut take: impl FnMut(Entity) -> Result<(), Error>) -> Result<(), Error> {
        self.look(|connection| {
            let snapshot = connection.unchecked_transaction()?;
            let mut statement =
                snapshot.prepare_cached("SELECT key FROM entity WHERE merged_into IS NULL AND gone IS NULL ORDER BY key")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                take(whole(&snapshot, row.get(0)?)?)?;
            }
            Ok(())
        })
    }
}

/// A text without a copy.
fn text<'a>(row: &'a Row<'_>, place: usize) -> Result<&'a str, Fail> {
    row.get_ref(place)?.as_str().map_err(|_| Fail::Sql(rusqlite::Error::InvalidQuery))
}

/// All of an identity, by the key that survives.
fn whole(connection: &Connection, root: i64) -> Result<Entity, Fail> {
    let mut entity = Entity { id: id(connection, root)?, facts: facts(connection, root)?, ..Entity::default() };
    let mut statement = connection.prepare_cached("SELECT text FROM name WHERE entity = ? AND removed IS NULL ORDER BY name_id")?;
    let mut seen = BTreeSet::new();
    for member in members(connection, root)? {
        let mut rows = statement.query([member])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            if seen.insert(name.clone()) {
                entity.names.push(name);
            }
        }
        if member != root {
            entity.merged.push(id(connection, member)?);
        }
    }
    Ok(entity)
}

/// The facts of a group. Of two genders that of the surviving id stands.
fn facts(connection: &Connection, root: i64) -> Result<Facts, Fail> {
    let mut statement = connection.prepare_cached(&format!(
        "{GROUP} SELECT fact.kind, fact.value FROM member JOIN fact ON fact.entity = member.key JOIN event ON event.seq = fact.event
         WHERE undone_by IS NULL ORDER BY fact.entity <> ?1, fact.event, fact.value"
    ))?;
    let mut rows = statement.query([root])?;
    let mut facts = Facts::default();
    while let Some(row) = rows.next()? {
        let mut fact = Facts::default();
        // What no fact is was not written by nasab.
        fact.add(text(row, 0)?, text(row, 1)?)?;
        facts.merge(&fact);
    }
    Ok(facts)
}
