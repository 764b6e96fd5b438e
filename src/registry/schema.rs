//! The tables of a registry, and how an older file comes up to them.
//!
//! Every change is an event, and what an event said stays: names, facts, redirects and decisions each know the event
//! that gave them. Undoing an event marks it; what stands follows from the events that are not undone.

use rusqlite::{Connection, TransactionBehavior};

/// "nasb", which tells a registry from any other SQLite file.
pub(super) const APPLICATION: i32 = 0x6E61_7362;

/// One step for each version. A step that was released is never changed; a change of the tables is a step of its own.
pub(super) const STEPS: [&str; 1] = [FIRST];

/// `made` tells this file from any other, for what is derived from it. `key` and `name_id` spare the long ids where rows refer to each other.
///
/// A `claim` is what an event said of a name: that the person bears it, or not; then `via` is the id that was named, which
/// may be another one of the same person. A `redirect` is what an event did to the place to which an id leads, with
/// what was there before, so that it can go back, and the ids that were named. A name that comes back gets a new `name_id`: what is
/// derived from the names asks for those after the last one it knows.
const FIRST: &str = "
CREATE TABLE made (
    key TEXT NOT NULL DEFAULT (lower(hex(randomblob(8))))
) STRICT;
INSERT INTO made DEFAULT VALUES;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    why TEXT,
    source TEXT,
    payload TEXT NOT NULL,
    undoes INTEGER REFERENCES event (seq),
    undone_by INTEGER REFERENCES event (seq)
) STRICT;
CREATE TABLE entity (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    event INTEGER NOT NULL REFERENCES event (seq),
    gone INTEGER REFERENCES event (seq),
    merged_into INTEGER REFERENCES entity (key),
    merged_by INTEGER REFERENCES event (seq)
) STRICT;
CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE name (
    name_id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity INTEGER NOT NULL REFERENCES entity (key),
    text TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event (seq),
    removed INTEGER REFERENCES event (seq),
    UNIQUE (entity, text)
) STRICT;
CREATE TABLE claim (
    name_id INTEGER NOT NULL REFERENCES name (name_id) DEFERRABLE INITIALLY DEFERRED,
    event INTEGER NOT NULL REFERENCES event (seq),
    gives INTEGER NOT NULL CHECK (gives IN (0, 1)),
    via INTEGER REFERENCES entity (key),
    PRIMARY KEY (name_id, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE fact (
    entity INTEGER NOT NULL REFERENCES entity (key),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (entity, kind, value, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE redirect (
    event INTEGER NOT NULL REFERENCES event (seq),
    entity INTEGER NOT NULL REFERENCES entity (key),
    into_key INTEGER REFERENCES entity (key),
    was_into INTEGER REFERENCES entity (key),
    was_by INTEGER REFERENCES event (seq),
    asked INTEGER REFERENCES entity (key),
    asked_into INTEGER REFERENCES entity (key),
    PRIMARY KEY (event, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX redirect_entity ON redirect (entity);
CREATE INDEX redirect_asked ON redirect (asked);
CREATE INDEX redirect_asked_into ON redirect (asked_into);
CREATE TABLE decision (
    event INTEGER PRIMARY KEY REFERENCES event (seq),
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
    entity INTEGER NOT NULL REFERENCES entity (key),
    other INTEGER REFERENCES entity (key),
    spelling TEXT,
    CHECK ((other IS NULL) <> (spelling IS NULL))
) STRICT;
CREATE INDEX decision_entity ON decision (entity);
CREATE INDEX decision_other ON decision (other) WHERE other IS NOT NULL;
CREATE INDEX decision_spelling ON decision (spelling) WHERE spelling IS NOT NULL;
";

/// Brings a file from its version to the last of these steps, all or nothing.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked inside: another program may have done it while this one waited.
    let version: usize = change.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in steps.iter().skip(version) {
        change.execute_batch(step)?;
    }
    if version < steps.len() {
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", steps.len() as u32)?;
    }
    change.commit()
}

/// The tables and indexes that a file has, in the words that made them.
pub(super) fn objects(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut statement = connection.prepare("SELECT type, coalesce(sql, name) FROM sqlite_schema ORDER BY type, name")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_file_comes_up_step_by_step_and_a_wrong_step_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        let version = |connection: &Connection| connection.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0)).unwrap();
        migrate(&mut connection, &STEPS).unwrap();
        let before = objects(&connection).unwrap();
        assert!(migrate(&mut connection, &[FIRST, "CREATE TABLE more (x); CREATE TABLE event (y)"]).is_err());
        assert_eq!((version(&connection), objects(&connection).unwrap()), (1, before));
        migrate(&mut connection, &[FIRST, "CREATE TABLE more (x)", "ALTER TABLE more ADD COLUMN y"]).unwrap();
        assert_eq!(version(&connection), 3);
        migrate(&mut connection, &[FIRST, "CREATE TABLE more (x)", "ALTER TABLE more ADD COLUMN y"]).unwrap();
        connection.execute("INSERT INTO more (x, y) VALUES (1, 2)", []).unwrap();
    }
}
