//! The record of identities: what was imported, what people decided, and who did it when and why.
//!
//! Entities and decisions enter; they leave as identities with stable ids. A registry is one SQLite file. Every change
//! is one transaction and one [`Event`], and is on the disk when it is acknowledged. Any event can be undone, by an event
//! of its own. Refused is what contradicts a decision that stands, and a file that is no registry or is damaged.
//!
//! An id is for ever: a merged one leads on to the identity that survives. What a person took away or decided is
//! not brought back by the next import of the same list.
//!
//! ```
//! use nasab::entity::Entity;
//! use nasab::registry::{Author, Decision, Other, Registry};
//! # let folder = std::env::temp_dir().join(format!("nasab-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder).unwrap();
//! # let path = folder.join("people.nasab");
//! let mut registry = Registry::create(&path).unwrap();
//! let layla = Author::new("layla");
//! registry.add(&Entity::new("q1", ["Qays al-Khazali".to_string()]).unwrap(), "by hand", layla).unwrap();
//! registry.add(&Entity::new("q2", ["قيس الخزعلي".to_string()]).unwrap(), "by hand", layla).unwrap();
//! let event = registry.decide(Decision::Same, "q1", Other::Id("q2"), layla.because("one passport")).unwrap();
//! assert_eq!(registry.resolve("q2").unwrap(), "q1");
//! registry.undo(event, layla).unwrap();
//! assert_eq!(registry.resolve("q2").unwrap(), "q2");
//! # drop(registry);
//! # std::fs::remove_dir_all(folder).unwrap();
//! ```

mod change;
mod decide;
mod fail;
mod file;
mod group;
mod history;
mod import;
mod names;
mod read;
mod schema;
mod search;
mod stats;
mod undo;

pub use change::Added;
pub use decide::{Decision, Other};
pub use history::Event;
pub use import::{BATCH, Summary};
pub use read::NameSource;
pub use search::Linker;
pub use stats::Stats;

use crate::error::Error;
use fail::Fail;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// An open registry.
///
/// It is used by one thread at a time; others open the file for themselves.
#[derive(Debug)]
pub struct Registry {
    connection: Connection,
    path: PathBuf,
}

/// Who changes a registry, and why.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    who: &'a str,
    why: Option<&'a str>,
}

impl<'a> Author<'a> {
    /// Somebody who gives no reason.
    pub fn new(who: &'a str) -> Self {
        Author { who, why: None }
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(self, why: &'a str) -> Self {
        Author { why: Some(why), ..self }
    }
}

/// What an event is, beside its author and its time.
struct Deed<'a> {
    kind: &'a str,
    source: Option<&'a str>,
    payload: Value,
}

impl Registry {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// One transaction and one event; where `work` fails there is neither.
    fn change<T>(
        &mut self,
        author: Author<'_>,
        deed: &Deed<'_>,
        work: impl FnOnce(&Transaction<'_>, i64) -> Result<T, Fail>,
    ) -> Result<T, Error> {
        let Registry { connection, path } = self;
        let done = || {
            if author.who.trim().is_empty() {
                return Err(Error::new("nobody is named for the change").with_hint("say who makes it").into());
            }
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.prepare_cached("INSERT INTO event (who, why, kind, source, payload) VALUES (?, ?, ?, ?, ?)")?.execute(params![
                author.who.trim(),
                author.why.map(str::trim).filter(|why| !why.is_empty()),
                deed.kind,
                deed.source,
                deed.payload.to_string()
            ])?;
            let event = transaction.last_insert_rowid();
            let given = work(&transaction, event)?;
            transaction.commit()?;
            Ok(given)
        };
        done().map_err(|fail: Fail| fail.told(path))
    }

    /// Reads, and tells a failure of the file.
    fn look<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fail>) -> Result<T, Error> {
        work(&self.connection).map_err(|fail| fail.told(&self.path))
    }
}
