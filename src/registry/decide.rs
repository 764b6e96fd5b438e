//! What people decide: two are the same or different, an id leads to another, or stands on its own again.
//!
//! A decision enters; an event leaves. Refused is what a decision that stands speaks against, with the number of its
//! event: who was wrong is for people to say, and [`Registry::undo`] is how they say it.

use super::change::no_name;
use super::fail::Fail;
use super::group::{id, key, last_merge, root, spelling, verify};
use super::names::{enter, give, redirect, take};
use super::{Author, Deed, Registry};
use crate::error::Error;
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// They are one person.
    Same,
    /// They are two.
    Different,
}

impl Decision {
    /// `same` or `different`.
    pub fn label(self) -> &'static str {
        match self {
            Decision::Same => "same",
            Decision::Different => "different",
        }
    }
}

/// With whom an identity is decided to be the same or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other<'a> {
    /// Another id.
    Id(&'a str),
    /// Whoever is spelled so.
    Name(&'a str),
}

impl Registry {
    /// Decides on an identity and another id, or a spelling.
    ///
    /// Two ids that are the same become one identity: the other leads to this one from then on. A spelling that is
    /// not this person's is taken off it.
    ///
    /// # Errors
    /// A decision that stands says otherwise, or an id is unknown.
    pub fn decide(&mut self, decision: Decision, id: &str, other: Other<'_>, author: Author<'_>) -> Result<i64, Error> {
        let id = id.trim();
        let payload = match other {
            Other::Id(other) => json!({"id": id, "other": other.trim()}),
            Other::Name(name) => json!({"id": id, "name": name.trim()}),
        };
        let deed = Deed { kind: decision.label(), source: None, payload };
        self.change(author, &deed, |transaction, event| {
            let one = key(transaction, id)?;
            match other {
                Other::Id(other) => on_ids(transaction, event, decision, one, key(transaction, other)?)?,
                Other::Name(name) => on_spelling(transaction, event, decision, one, name)?,
            }
            verify(transaction, one)?;
            Ok(event)
        })
    }

    /// Leads one id to another: both are one identity from then on, under the id that `into` leads to.
    ///
    /// # Errors
    /// They are one already, were decided to be different, or an id is unknown.
    pub fn merge(&mut self, from: &str, into: &str, author: Author<'_>) -> Result<i64, Error> {
        let (from, into) = (from.trim(), into.trim());
        let deed = Deed { kind: "merge", source: None, payload: json!({"id": from, "into": into}) };
        self.change(author, &deed, |transaction, event| {
            let (one, two) = (key(transaction, from)?, key(transaction, into)?);
            if one == two {
                return Err(Error::new(format!("`{from}` cannot be merged into itself")).with_hint("name two ids").into());
            }
            let (one_root, two_root) = (root(transaction, one)?, root(transaction, two)?);
            if one_root == two_root {
                return Err(together(transaction, one, two)?.into());
            }
            redirect(transaction, event, one_root, Some(two_root), Some((one, two)))?;
            verify(transaction, two_root)?;
            Ok(event)
        })
    }

    /// Brings a merged id back with the names it came with, and with these of the identity it was merged into.
    ///
    /// # Errors
    /// The id is not merged, it was decided that both are the same, a name is not there, or one of both would be left without a name.
    pub fn split(&mut self, id: &str, names: &[&str], author: Author<'_>) -> Result<i64, Error> {
        let id = id.trim();
        let deed = Deed { kind: "split", source: None, payload: json!({"id": id, "names": names}) };
        self.change(author, &deed, |transaction, event| {
            let one = key(transaction, id)?;
            let before = root(transaction, one)?;
            if one == before {
                let whole = Error::new(format!("`{id}` is not merged into another"));
                return Err(whole.with_hint("to split names off it, name a new id for them").into());
            }
            redirect(transaction, event, one, None, None)?;
            hand_over(transaction, event, before, one, names)?;
            verify(transaction, one)?;
            verify(transaction, before)?;
            Ok(event)
        })
    }

    /// Splits names off an identity: they become those of another id, new or known.
    ///
    /// # Errors
    /// A name is not there, both are one identity, or one of both would be left without a name.
    pub fn split_off(&mut self, id: &str, names: &[&str], new: &str, author: Author<'_>) -> Result<i64, Error> {
        let (id, new) = (id.trim(), new.trim());
        let deed = Deed { kind: "split", source: None, payload: json!({"id": id, "names": names, "into": new}) };
        self.change(author, &deed, |transaction, event| {
            if new.is_empty() || names.is_empty() {
                return Err(Error::new("no id or no name to split off").with_hint("name the new id and the names that go to it").into());
            }
            let one = key(transaction, id)?;
            let (two, _) = enter(transaction, event, new)?;
            if root(transaction, two)? == root(transaction, one)? {
                return Err(Error::new(format!("`{new}` is the same identity as `{id}`"))
                    .with_hint("split that id off first, or name another")
                    .into());
            }
            hand_over(transaction, event, one, two, names)?;
            verify(transaction, one)?;
            verify(transaction, two)?;
            Ok(event)
        })
    }
}

/// Moves names from the group of a key to another key.
fn hand_over(connection: &Connection, event: i64, from: i64, to: i64, names: &[&str]) -> Result<(), Fail> {
    let names: BTreeSet<&str> = names.iter().map(|name| name.trim()).collect();
    for name in names {
        if !take(connection, event, from, |text| text == name)? {
            return Err(no_name(&id(connection, from)?, name).into());
        }
        give(connection, event, to, name, None)?;
    }
    Ok(())
}

fn on_ids(connection: &Connection, event: i64, decision: Decision, one: i64, two: i64) -> Result<(), Fail> {
    if one == two {
        return Err(Error::new(format!("`{}` cannot be decided against itself", id(connection, one)?)).with_hint("name two ids").into());
    }
    let (one_root, two_root) = (root(connection, one)?, root(connection, two)?);
    note(connection, event, decision, one, Some(two), None)?;
    match decision {
        Decision::Same if one_root != two_root => redirect(connection, event, two_root, Some(one_root), Some((two, one))),
        Decision::Different if one_root == two_root => Err(together(connection, one, two)?.into()),
        _ => Ok(()),
    }
}

fn on_spelling(connection: &Connection, event: i64, decision: Decision, one: i64, name: &str) -> Result<(), Fail> {
    if !name.chars().any(char::is_alphabetic) {
        return Err(Error::new("no letter in the name").with_hint("give the spelling that was decided on").into());
    }
    let text = spelling(name);
    note(connection, event, decision, one, None, Some(&text))?;
    if decision == Decision::Different {
        take(connection, event, one, |name| spelling(name) == text)?;
    }
    Ok(())
}

fn note(connection: &Connection, event: i64, decision: Decision, one: i64, two: Option<i64>, text: Option<&str>) -> Result<(), Fail> {
    connection
        .prepare_cached("INSERT INTO decision (event, verdict, entity, other, spelling) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![event, decision.label(), one, two, text])?;
    Ok(())
}

/// The error of two ids that are one identity: what says so.
fn together(connection: &Connection, one: i64, two: i64) -> Result<Error, Fail> {
    let event = last_merge(connection, one)?.max(last_merge(connection, two)?).unwrap_or_default();
    let decided: Option<i64> = connection
        .prepare_cached(
            "SELECT max(decision.event) FROM decision JOIN event ON event.seq = decision.event
             WHERE verdict = 'same' AND undone_by IS NULL AND ((entity = ?1 AND other = ?2) OR (entity = ?2 AND other = ?1))",
        )?
        .query_row([one, two], |row| row.get(0))?;
    let event = decided.unwrap_or(event);
    Ok(Error::new(format!("`{}` and `{}` are one identity since event {event}", id(connection, one)?, id(connection, two)?))
        .with_hint(format!("if that is wrong, undo event {event} or split them first")))
}
