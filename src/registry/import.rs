//! Lists into a registry: rows enter by the thousand, a summary leaves.
//!
//! A batch of rows is one transaction and one event. Whoever is cut off finds all earlier batches whole, and the import can
//! be run again: what is known is counted and not stored twice.

use super::change::checked;
use super::names::store;
use super::{Author, Deed, Registry};
use crate::entity::Entity;
use crate::entity::import::{Fault, Format, read};
use crate::error::Error;
use serde::Serialize;
use serde_json::json;
use std::cell::RefCell;
use std::io::Read;

/// Rows of a batch.
pub const BATCH: usize = 10_000;

/// A batch with more text than this is closed earlier, so that memory is bounded.
const HEAVY: usize = 16 << 20;

/// What an import came to, so far or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Rows that were used.
    pub rows: u64,
    /// Ids that were not known.
    pub identities: u64,
    /// Names that their identity did not have.
    pub names: u64,
    /// Names that it had, or that were taken off it by hand.
    pub known: u64,
    /// Ids that lead to another identity now.
    pub merged: u64,
    /// Rows with a fault.
    pub faults: u64,
    /// The first event of the import, when there was one.
    pub first_event: Option<i64>,
    /// The last.
    pub last_event: Option<i64>,
}

impl Registry {
    /// Imports a list. `source` is its name in the record; faulty rows go to `report`, and `progress` is called
    /// after each batch, when that is on the disk.
    ///
    /// # Errors
    /// The list cannot be read, or the registry cannot be written; the batches before are kept.
    pub fn import(
        &mut self,
        list: impl Read,
        format: Format,
        source: &str,
        author: Author<'_>,
        report: impl FnMut(Fault),
        mut progress: impl FnMut(&Summary),
    ) -> Result<Summary, Error> {
        let mut summary = Summary::default();
        let (mut batch, mut weight) = (Vec::with_capacity(BATCH), 0);
        // Rows are faulty for the reader, and for the record: both report.
        let report = RefCell::new((report, 0));
        let tell = |fault| {
            let (report, faults) = &mut *report.borrow_mut();
            *faults += 1;
            report(fault);
        };
        let mut stored = Ok(());
        let mut flush = |batch: &mut Vec<(u64, Entity)>| {
            self.import_batch(batch, source, author, &mut summary, &tell)?;
            batch.clear();
            summary.faults = report.borrow().1;
            progress(&summary);
            Ok(())
        };
        let take = |line, entity: Entity| {
            weight += entity.names.iter().map(String::len).sum::<usize>();
            batch.push((line, entity));
            if batch.len() < BATCH && weight < HEAVY {
                return Ok(());
            }
            weight = 0;
            stored = flush(&mut batch);
            stored.clone()
        };
        let ended = read(list, format, take, tell);
        stored?;
        ended.map_err(|error| of_list(source, &error))?;
        if !batch.is_empty() {
            flush(&mut batch)?;
        }
        summary.faults = report.borrow().1;
        Ok(summary)
    }

    /// Stores rows in one transaction.
    fn import_batch(
        &mut self,
        batch: &[(u64, Entity)],
        source: &str,
        author: Author<'_>,
        summary: &mut Summary,
        tell: &dyn Fn(Fault),
    ) -> Result<(), Error> {
        let deed = Deed { kind: "import", source: Some(source), payload: json!({}) };
        let mut so_far = *summary;
        let mut refused = Vec::new();
        self.change(author, &deed, |transaction, event| {
            let before = so_far;
            for (line, entity) in batch {
                let entity = checked(entity)?;
                let stored = store(transaction, event, &entity, false, &mut |error| refused.push(Fault { line: *line, error }))?;
                so_far.rows += 1;
                so_far.identities += stored.identities;
                so_far.names += stored.names;
                so_far.known += stored.known;
                so_far.merged += stored.redirects;
            }
            so_far.first_event = so_far.first_event.or(Some(event));
            so_far.last_event = Some(event);
            let payload = json!({
                "rows": so_far.rows - before.rows,
                "identities": so_far.identities - before.identities,
                "names": so_far.names - before.names,
                "known": so_far.known - before.known,
                "first_event": so_far.first_event,
            });
            transaction.prepare_cached("UPDATE event SET payload = ? WHERE seq = ?")?.execute((payload.to_string(), event))?;
            Ok(())
        })?;
        refused.into_iter().for_each(tell);
        *summary = so_far;
        Ok(())
    }
}

/// The error of a list that cannot be read.
fn of_list(source: &str, error: &Error) -> Error {
    let told = Error::new(format!("`{source}`: {error}"));
    match error.hint() {
        Some(hint) => told.with_hint(hint),
        None => told,
    }
}
