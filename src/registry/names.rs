//! What events say of names, and which names stand.
//!
//! An entity and an event enter; its names, facts and redirects are stored as what that event said. A name stands when
//! some event that is not undone gives it and none that is not undone has taken it off since. An import does
//! not give back what was taken off by hand; adding by hand does.

use super::fail::Fail;
use super::group::{barred, id, members, root};
use crate::entity::Entity;
use crate::error::Error;
use crate::matching::{Facts, Gender};
use rusqlite::{Connection, OptionalExtension, params};

/// What became of an entity.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stored {
    /// Ids that were not known.
    pub identities: u64,
    /// Names that the identity did not have.
    pub names: u64,
    /// Names that it had.
    pub known: u64,
    /// Ids that lead to it now.
    pub redirects: u64,
}

/// Stores an entity as an event gives it. `refused` gets what of its merged ids cannot be kept.
pub(super) fn store(
    connection: &Connection,
    event: i64,
    entity: &Entity,
    by_hand: bool,
    refused: &mut dyn FnMut(Error),
) -> Result<Stored, Fail> {
    let mut stored = Stored::default();
    let (key, new) = enter(connection, event, &entity.id)?;
    stored.identities += u64::from(new);
    let alone = new || (root(connection, key)? == key && members(connection, key)?.len() == 1 && !is_decided(connection, key)?);
    for text in &entity.names {
        let bar = if alone { None } else { barred(connection, root(connection, key)?, text)? };
        if let (Some(bar), true) = (bar, by_hand)
            && is_decision(connection, bar)?
        {
            return Err(Error::new(format!("event {bar} decided that `{text}` is not `{}`", entity.id))
                .with_hint(format!("if that is wrong, undo event {bar} first"))
                .into());
        }
        let bar = bar.filter(|_| !by_hand);
        if give(connection, event, key, text, bar)? {
            stored.names += 1;
        } else {
            stored.known += 1;
        }
    }
    let mut statement = connection.prepare_cached("INSERT OR IGNORE INTO fact (entity, kind, value, event) VALUES (?, ?, ?, ?)")?;
    for (kind, value) in facts(&entity.facts) {
        statement.execute(params![key, kind, value, event])?;
    }
    for other in &entity.merged {
        match lead(connection, event, other, key)? {
            Ok(true) => stored.redirects += 1,
            Ok(false) => {}
            Err(error) => refused(error),
        }
    }
    Ok(stored)
}

/// The key of an id, and whether it is new.
pub(super) fn enter(connection: &Connection, event: i64, id: &str) -> Result<(i64, bool), Fail> {
    let known = connection
        .prepare_cached("SELECT key, gone IS NOT NULL FROM entity WHERE id = ?")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match known {
        Some((key, false)) => Ok((key, false)),
        Some((key, true)) => {
            // Its creation was undone: it is made anew under the key it had.
            connection.prepare_cached("UPDATE entity SET gone = NULL, event = ? WHERE key = ?")?.execute([event, key])?;
            Ok((key, true))
        }
        None => {
            connection.prepare_cached("INSERT INTO entity (id, event) VALUES (?, ?)")?.execute(params![id, event])?;
            Ok((connection.last_insert_rowid(), true))
        }
    }
}

fn is_decided(connection: &Connection, key: i64) -> Result<bool, Fail> {
    Ok(connection.prepare_cached("SELECT 1 FROM decision WHERE entity = ? AND spelling IS NOT NULL")?.exists([key])?)
}

fn is_decision(connection: &Connection, event: i64) -> Result<bool, Fail> {
    Ok(connection.prepare_cached("SELECT 1 FROM decision WHERE event = ?")?.exists([event])?)
}

/// Gives a name to a key; true when it did not bear it. `bar` is the event that holds against it.
pub(super) fn give(connection: &Connection, event: i64, key: i64, text: &str, bar: Option<i64>) -> Result<bool, Fail> {
    let new = connection
        .prepare_cached("INSERT INTO name (entity, text, event, removed) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")?
        .execute(params![key, text, event, bar])?
        == 1;
    let (name, removed) = if new {
        (connection.last_insert_rowid(), false)
    } else {
        connection
            .prepare_cached("SELECT name_id, removed IS NOT NULL FROM name WHERE entity = ? AND text = ?")?
            .query_row(params![key, text], |row| Ok((row.get(0)?, row.get(1)?)))?
    };
    claim(connection, event, name, None)?;
    if let (true, Some(bar)) = (new, bar) {
        claim(connection, bar, name, Some(key))?;
    }
    Ok((new && bar.is_none()) || (removed && settle(connection, event, name)?))
}

/// Takes a name off the whole group that a key is of; false when nobody there bears it.
pub(super) fn take(connection: &Connection, event: i64, via: i64, bears: impl Fn(&str) -> bool) -> Result<bool, Fail> {
    let mut taken = false;
    for member in members(connection, root(connection, via)?)? {
        let mut statement = connection.prepare_cached("SELECT name_id, text, removed IS NULL FROM name WHERE entity = ?")?;
        let names: Vec<(i64, String, bool)> =
            statement.query_map([member], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
        for (name, _, stands) in names.into_iter().filter(|(_, text, _)| bears(text)) {
            claim(connection, event, name, Some(via))?;
            settle(connection, event, name)?;
            taken |= stands;
        }
    }
    Ok(taken)
}

/// Notes what an event says of a name: that it is one, or, by way of some key, that it is not.
fn claim(connection: &Connection, event: i64, name: i64, via: Option<i64>) -> Result<(), Fail> {
    connection.prepare_cached("INSERT OR IGNORE INTO claim (name_id, event, gives, via) VALUES (?, ?, ?, ?)")?.execute(params![
        name,
        event,
        via.is_none(),
        via
    ])?;
    Ok(())
}

/// Puts a name where what events say of it leaves it; true when it came back, under a `name_id` of its own.
pub(super) fn settle(connection: &Connection, event: i64, name: i64) -> Result<bool, Fail> {
    let (taken, given, by_hand): (Option<i64>, Option<i64>, Option<i64>) = connection
        .prepare_cached(
            "SELECT max(CASE gives WHEN 0 THEN seq END), max(CASE gives WHEN 1 THEN seq END),
                    max(CASE WHEN gives = 1 AND kind <> 'import' THEN seq END)
             FROM claim JOIN event ON event.seq = claim.event WHERE name_id = ? AND undone_by IS NULL",
        )?
        .query_row([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let stands = given.is_some() && (taken.is_none() || by_hand > taken);
    let removed: bool =
        connection.prepare_cached("SELECT removed IS NOT NULL FROM name WHERE name_id = ?")?.query_row([name], |row| row.get(0))?;
    match (stands, removed) {
        (true, true) => {
            let (entity, text, first): (i64, String, i64) = connection
                .prepare_cached("DELETE FROM name WHERE name_id = ? RETURNING entity, text, event")?
                .query_row([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            connection.prepare_cached("INSERT INTO name (entity, text, event) VALUES (?, ?, ?)")?.execute(params![entity, text, first])?;
            let back = connection.last_insert_rowid();
            connection.prepare_cached("UPDATE claim SET name_id = ? WHERE name_id = ?")?.execute([back, name])?;
            Ok(true)
        }
        (false, false) => {
            connection.prepare_cached("UPDATE name SET removed = ? WHERE name_id = ?")?.execute([event, name])?;
            Ok(false)
        }
        _ => Ok(false),
    }
}

/// Leads a merged id of a list to its identity: true when it is new here, an error when it is somebody else here.
fn lead(connection: &Connection, event: i64, other: &str, key: i64) -> Result<Result<bool, Error>, Fail> {
    let other = other.trim();
    if other.is_empty() {
        return Ok(Err(Error::new("no id among the merged ones")));
    }
    let (place, new) = enter(connection, event, other)?;
    let (there, here) = (root(connection, place)?, root(connection, key)?);
    if there == here {
        return Ok(Ok(false));
    }
    if !new {
        return Ok(Err(Error::new(format!(
            "`{other}` is an identity of its own here, and is not merged into `{}`",
            id(connection, here)?
        ))
        .with_hint("`nasab registry merge` does it")));
    }
    redirect(connection, event, place, Some(key), Some((place, key)))?;
    Ok(Ok(true))
}

/// Leads a key to another, or to nobody, and notes where it led before and which keys were named.
pub(super) fn redirect(connection: &Connection, event: i64, key: i64, into: Option<i64>, asked: Option<(i64, i64)>) -> Result<(), Fail> {
    connection
        .prepare_cached(
            "INSERT INTO redirect (event, entity, into_key, was_into, was_by, asked, asked_into)
             SELECT ?1, key, ?3, merged_into, merged_by, ?4, ?5 FROM entity WHERE key = ?2",
        )?
        .execute(params![event, key, into, asked.map(|(one, _)| one), asked.map(|(_, two)| two)])?;
    connection.prepare_cached("UPDATE entity SET merged_into = ?, merged_by = ? WHERE key = ?")?.execute(params![into, event, key])?;
    Ok(())
}

/// Facts as rows: the kind is one that [`Facts::add`] knows.
fn facts(facts: &Facts) -> Vec<(&'static str, String)> {
    let gender = facts.gender.map(|gender| match gender {
        Gender::Male => ("gender", "male".to_string()),
        Gender::Female => ("gender", "female".to_string()),
    });
    let born = facts.born.iter().map(|year| ("born", year.to_string()));
    let died = facts.died.iter().map(|year| ("died", year.to_string()));
    born.chain(died).chain(gender).chain(facts.countries.iter().map(|country| ("country", country.clone()))).collect()
}
