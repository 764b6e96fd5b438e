//! Identities as groups of ids: where an id leads, who is led there, and what must hold of them.
//!
//! A key enters; the key that survives leaves, or the whole group. Refused is a group that contradicts a decision: every
//! change ends with [`verify`] on the groups it touched, so that no two changes can be right alone and wrong together.

use super::fail::Fail;
use crate::error::Error;
use crate::orthography::clean;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// A longer chain of redirects is a circle.
const LONGEST_CHAIN: usize = 100_000;

/// The live members of the group under `?1`, which comes first. `UNION` ends in a damaged file too.
pub(super) const GROUP: &str = "WITH RECURSIVE member (key) AS (
    SELECT ?1 UNION SELECT entity.key FROM entity JOIN member ON entity.merged_into = member.key)";

/// A spelling as decisions compare it: capitals, blanks and what a reader does not see make no difference.
pub(super) fn spelling(text: &str) -> String {
    clean(text).split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The key of an id that exists.
pub(super) fn key(connection: &Connection, id: &str) -> Result<i64, Fail> {
    let found = connection
        .prepare_cached("SELECT key FROM entity WHERE id = ? AND gone IS NULL")?
        .query_row([id.trim()], |row| row.get(0))
        .optional()?;
    found.ok_or_else(|| Error::new(format!("no identity `{}`", id.trim())).with_hint("`nasab registry export` lists the ids").into())
}

/// The id of a key.
pub(super) fn id(connection: &Connection, key: i64) -> Result<String, Fail> {
    Ok(connection.prepare_cached("SELECT id FROM entity WHERE key = ?")?.query_row([key], |row| row.get(0))?)
}

/// Where a key leads in the end.
pub(super) fn root(connection: &Connection, key: i64) -> Result<i64, Fail> {
    let mut statement = connection.prepare_cached("SELECT merged_into FROM entity WHERE key = ?")?;
    let mut at = key;
    for _ in 0..LONGEST_CHAIN {
        match statement.query_row([at], |row| row.get::<_, Option<i64>>(0))? {
            Some(next) => at = next,
            None => return Ok(at),
        }
    }
    Err(circle(connection, key)?.into())
}

fn circle(connection: &Connection, key: i64) -> Result<Error, Fail> {
    Ok(Error::new(format!("`{}` would lead to itself", id(connection, key)?)).with_hint("undo the other merge first"))
}

/// Every member of the group under a key.
pub(super) fn members(connection: &Connection, root: i64) -> Result<Vec<i64>, Fail> {
    let mut statement = connection.prepare_cached(&format!("{GROUP} SELECT key FROM member"))?;
    let keys = statement.query_map([root], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(keys)
}

/// The event that last led the key anywhere on its way to the root.
pub(super) fn last_merge(connection: &Connection, key: i64) -> Result<Option<i64>, Fail> {
    let mut statement = connection.prepare_cached("SELECT merged_into, merged_by FROM entity WHERE key = ?")?;
    let (mut at, mut last) = (key, None);
    for _ in 0..LONGEST_CHAIN {
        match statement.query_row([at], |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?)))? {
            (Some(next), by) => (at, last) = (next, last.max(by)),
            (None, _) => break,
        }
    }
    Ok(last)
}

/// The event that says that a spelling is not this group's: a decision, or a name that was taken off by hand.
pub(super) fn barred(connection: &Connection, root: i64, text: &str) -> Result<Option<i64>, Fail> {
    let decided = connection
        .prepare_cached(&format!(
            "{GROUP} SELECT max(decision.event) FROM decision JOIN member ON decision.entity = member.key JOIN event ON event.seq = decision.event
             WHERE decision.spelling = ?2 AND decision.verdict = 'different' AND event.undone_by IS NULL"
        ))?
        .query_row(params![root, spelling(text)], |row| row.get::<_, Option<i64>>(0))?;
    let taken = connection
        .prepare_cached(&format!(
            "{GROUP} SELECT max(claim.event) FROM name JOIN member ON name.entity = member.key JOIN claim USING (name_id) JOIN event ON event.seq = claim.event
             WHERE name.text = ?2 AND name.removed IS NOT NULL AND claim.gives = 0 AND event.undone_by IS NULL"
        ))?
        .query_row(params![root, text], |row| row.get::<_, Option<i64>>(0))?;
    Ok(decided.max(taken))
}

/// What a decision says of a group, as it stands in the file.
struct Standing {
    event: i64,
    same: bool,
    entity: i64,
    other: Option<i64>,
    spelling: Option<String>,
}

/// Holds the group that a key is of against all that was decided.
///
/// # Errors
/// A decision does not hold, or the identity has no name.
pub(super) fn verify(connection: &Connection, key: i64) -> Result<(), Fail> {
    let root = root(connection, key)?;
    let keys = members(connection, root)?;
    let mut spellings: BTreeMap<String, (i64, bool)> = BTreeMap::new();
    let mut seen: BTreeSet<i64> = BTreeSet::new();
    for &member in &keys {
        for standing in standing(connection, member)? {
            if !seen.insert(standing.event) {
                continue;
            }
            match (standing.other, standing.spelling) {
                (Some(other), _) => hold(connection, standing.event, standing.same, standing.entity, other)?,
                (None, Some(text)) => match spellings.get(&text) {
                    Some((event, same)) if *same != standing.same => return Err(both(standing.event, *event, &text).into()),
                    _ => drop(spellings.insert(text, (standing.event, standing.same))),
                },
                (None, None) => {}
            }
        }
    }
    for &member in &keys {
        rest(connection, member)?;
    }
    let mut statement = connection.prepare_cached("SELECT text FROM name WHERE entity = ? AND removed IS NULL")?;
    let mut named = false;
    for &member in &keys {
        if spellings.values().all(|(_, same)| *same) {
            named = named || statement.exists([member])?;
            continue;
        }
        let mut names = statement.query([member])?;
        while let Some(row) = names.next()? {
            let text: String = row.get(0)?;
            named = true;
            if let Some((event, false)) = spellings.get(&spelling(&text)) {
                let id = id(connection, root)?;
                return Err(Error::new(format!("event {event} decided that `{text}` is not `{id}`"))
                    .with_hint(format!("if that is wrong, undo event {event} first"))
                    .into());
            }
        }
    }
    if named { Ok(()) } else { Err(nameless(connection, root)?.into()) }
}

/// The decisions that name a key.
fn standing(connection: &Connection, key: i64) -> Result<Vec<Standing>, Fail> {
    let mut statement = connection.prepare_cached(
        "SELECT decision.event, verdict = 'same', entity, other, spelling FROM decision JOIN event ON event.seq = decision.event
         WHERE (entity = ?1 OR other = ?1) AND undone_by IS NULL ORDER BY decision.event",
    )?;
    let found = statement
        .query_map([key], |row| {
            Ok(Standing { event: row.get(0)?, same: row.get(1)?, entity: row.get(2)?, other: row.get(3)?, spelling: row.get(4)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Whether a decision on two ids holds.
fn hold(connection: &Connection, event: i64, same: bool, one: i64, two: i64) -> Result<(), Fail> {
    let together = root(connection, one)? == root(connection, two)?;
    if together == same {
        return Ok(());
    }
    let (a, b) = (id(connection, one)?, id(connection, two)?);
    if same {
        return Err(Error::new(format!("event {event} decided that `{a}` and `{b}` are the same"))
            .with_hint(format!("if that is wrong, undo event {event} first"))
            .into());
    }
    let merged = last_merge(connection, one)?.max(last_merge(connection, two)?).filter(|merge| Some(*merge) != newest(connection).ok());
    let since = merged.map(|merge| format!(", and they are one identity since event {merge}")).unwrap_or_default();
    let first = merged.map(|merge| format!(" or event {merge}")).unwrap_or_default();
    Err(Error::new(format!("event {event} decided that `{a}` and `{b}` are different{since}"))
        .with_hint(format!("if that is wrong, undo event {event}{first} first"))
        .into())
}

/// Whether what was done to a key by way of another still is of one person: a merge joins the ids that it named, and
/// a name was taken off the one that was named. Where that is no more so, the event rested on another that is now gone.
fn rest(connection: &Connection, key: i64) -> Result<(), Fail> {
    let mut merges = connection.prepare_cached(
        "SELECT redirect.event, asked, asked_into FROM redirect
         JOIN entity ON entity.key = redirect.entity AND entity.merged_by = redirect.event JOIN event ON event.seq = redirect.event
         WHERE (asked = ?1 OR asked_into = ?1) AND into_key IS NOT NULL AND undone_by IS NULL",
    )?;
    let mut takings = connection.prepare_cached(
        "SELECT claim.event, entity, via FROM name JOIN claim USING (name_id) JOIN event ON event.seq = claim.event
         WHERE entity = ?1 AND gives = 0 AND via <> entity AND undone_by IS NULL",
    )?;
    for (statement, merged) in [(&mut merges, true), (&mut takings, false)] {
        let mut rows = statement.query([key])?;
        while let Some(row) = rows.next()? {
            let (event, one, two): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if root(connection, one)? != root(connection, two)? {
                let (one, two) = (id(connection, one)?, id(connection, two)?);
                let how = if merged { format!("merged `{one}` and `{two}`") } else { format!("took a name of `{one}` off `{two}`") };
                return Err(Error::new(format!("event {event} {how}, and rests on both being one"))
                    .with_hint(format!("undo event {event} first"))
                    .into());
            }
        }
    }
    Ok(())
}

/// The event that is being made.
fn newest(connection: &Connection) -> Result<i64, Fail> {
    Ok(connection.query_row("SELECT max(seq) FROM event", [], |row| row.get(0))?)
}

fn both(one: i64, two: i64, text: &str) -> Error {
    let (first, second) = (one.min(two), one.max(two));
    Error::new(format!("events {first} and {second} decided both that `{text}` is this person and that it is not"))
        .with_hint(format!("undo one of the events {first} and {second} first"))
}

/// The error of an identity without a name, with the event that took the last.
fn nameless(connection: &Connection, root: i64) -> Result<Error, Fail> {
    let taken: Option<i64> = connection
        .prepare_cached(&format!(
            "{GROUP} SELECT max(claim.event) FROM name JOIN member ON name.entity = member.key JOIN claim USING (name_id) JOIN event ON event.seq = claim.event
             WHERE gives = 0 AND undone_by IS NULL AND seq < ?2"
        ))?
        .query_row([root, newest(connection)?], |row| row.get(0))?;
    let by = taken.map(|event| format!(", event {event} took one off")).unwrap_or_default();
    Ok(Error::new(format!("`{}` would be left without a name{by}", id(connection, root)?)).with_hint("give it another name first"))
}
