//! Undoing: the number of an event enters, an event that takes it back leaves.
//!
//! What stands follows from the events that are not undone, so that undoing marks one and settles what it touched: its
//! names, its redirects, its ids. To undo an undoing does the event again. Refused is what a later event rests on.

use super::fail::Fail;
use super::group::{id, verify};
use super::names::settle;
use super::{Author, Deed, Registry};
use crate::error::Error;
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;
use std::collections::BTreeSet;

impl Registry {
    /// Undoes an event, by an event of its own.
    ///
    /// # Errors
    /// There is no such event, it is undone already, or a later one rests on it.
    pub fn undo(&mut self, event: i64, author: Author<'_>) -> Result<i64, Error> {
        let deed = Deed { kind: "undo", source: None, payload: json!({"event": event}) };
        self.change(author, &deed, |transaction, this| {
            let (base, again) = base(transaction, event)?;
            let standing = undone_by(transaction, base)?;
            let marked = if again { Some(event) } else { None };
            if let Some(by) = undone_by(transaction, event)?.or(standing.filter(|_| standing != marked)) {
                return Err(Error::new(format!("event {event} is undone by event {by}"))
                    .with_hint(format!("to take that back, undo event {by}"))
                    .into());
            }
            transaction.execute("UPDATE event SET undoes = ? WHERE seq = ?", [event, this])?;
            transaction.execute("UPDATE event SET undone_by = ? WHERE seq = ?", [this, event])?;
            transaction.execute("UPDATE event SET undone_by = ? WHERE seq = ?", (if again { None } else { Some(this) }, base))?;
            let mut touched = lead_back(transaction, base, again)?;
            touched.extend(keys(transaction, "SELECT entity FROM decision WHERE event = ?", base)?);
            for name in keys(transaction, "SELECT name_id FROM claim WHERE event = ?", base)? {
                touched
                    .insert(transaction.prepare_cached("SELECT entity FROM name WHERE name_id = ?")?.query_row([name], |row| row.get(0))?);
                settle(transaction, this, name)?;
            }
            touched.extend(keys(transaction, "SELECT key FROM entity WHERE event = ?", base)?);
            for key in touched {
                if exists(transaction, this, key, base)? {
                    verify(transaction, key)?;
                }
            }
            Ok(this)
        })
    }
}

/// The event that is done or undone in the end, and whether it is done again.
fn base(connection: &Connection, event: i64) -> Result<(i64, bool), Fail> {
    let (mut at, mut again) = (event, false);
    loop {
        let undoes = connection
            .prepare_cached("SELECT undoes FROM event WHERE seq = ?")?
            .query_row([at], |row| row.get::<_, Option<i64>>(0))
            .optional()?
            .ok_or_else(|| Error::new(format!("no event {event}")).with_hint("`nasab registry history` lists them"))?;
        match undoes {
            // An event undoes an earlier one; in a damaged file this ends too.
            Some(earlier) if earlier < at => (at, again) = (earlier, !again),
            _ => return Ok((at, again)),
        }
    }
}

fn undone_by(connection: &Connection, event: i64) -> Result<Option<i64>, Fail> {
    Ok(connection.prepare_cached("SELECT undone_by FROM event WHERE seq = ?")?.query_row([event], |row| row.get(0))?)
}

fn keys(connection: &Connection, query: &str, event: i64) -> Result<BTreeSet<i64>, Fail> {
    let keys = connection.prepare_cached(query)?.query_map([event], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(keys)
}

/// Puts the redirects of an event back, or in force again, and gives all ids that they lead from and to.
fn lead_back(connection: &Connection, base: i64, again: bool) -> Result<BTreeSet<i64>, Fail> {
    type Row = (i64, Option<i64>, Option<i64>, Option<i64>);
    let rows: Vec<Row> = connection
        .prepare_cached("SELECT entity, into_key, was_into, was_by FROM redirect WHERE event = ?")?
        .query_map([base], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    let mut touched = BTreeSet::new();
    for (key, into, was_into, was_by) in rows {
        let (done, undone) = ((into, Some(base)), (was_into, was_by));
        let (expected, wanted) = if again { (undone, done) } else { (done, undone) };
        let there = connection
            .prepare_cached("SELECT merged_into, merged_by FROM entity WHERE key = ?")?
            .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if there != expected {
            let by = there.1.unwrap_or_default();
            return Err(rests(base, by, &id(connection, key)?).into());
        }
        connection.prepare_cached("UPDATE entity SET merged_into = ?, merged_by = ? WHERE key = ?")?.execute((wanted.0, wanted.1, key))?;
        touched.insert(key);
        touched.extend(into);
        touched.extend(was_into);
    }
    Ok(touched)
}

/// Whether an id is still there, once nothing but undone events gave it; it goes or comes back here.
fn exists(connection: &Connection, this: i64, key: i64, base: i64) -> Result<bool, Fail> {
    let (there, gone): (bool, bool) = connection
        .prepare_cached(
            "SELECT event.undone_by IS NULL OR EXISTS (
                SELECT 1 FROM name JOIN claim USING (name_id) JOIN event AS giver ON giver.seq = claim.event
                WHERE name.entity = entity.key AND gives = 1 AND giver.undone_by IS NULL),
                gone IS NOT NULL
             FROM entity JOIN event ON event.seq = entity.event WHERE key = ?",
        )?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if there == gone {
        let by = if there { None } else { Some(this) };
        connection.prepare_cached("UPDATE entity SET gone = ? WHERE key = ?")?.execute((by, key))?;
    }
    if !there && let Some(later) = later(connection, key)? {
        return Err(rests(base, later, &id(connection, key)?).into());
    }
    Ok(there)
}

/// An event that needs this id.
fn later(connection: &Connection, key: i64) -> Result<Option<i64>, Fail> {
    let found = connection
        .prepare_cached(
            "SELECT max(event) FROM (
                SELECT merged_by AS event FROM entity WHERE key = ?1 AND merged_into IS NOT NULL
                UNION ALL SELECT merged_by FROM entity WHERE merged_into = ?1
                UNION ALL SELECT decision.event FROM decision JOIN event ON event.seq = decision.event
                    WHERE (entity = ?1 OR other = ?1) AND undone_by IS NULL)",
        )?
        .query_row([key], |row| row.get(0))?;
    Ok(found)
}

fn rests(base: i64, later: i64, id: &str) -> Error {
    Error::new(format!("event {later} on `{id}` rests on event {base}")).with_hint(format!("undo event {later} first"))
}
