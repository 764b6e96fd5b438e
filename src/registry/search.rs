//! Linking to a registry: its names, indexed beside it.
//!
//! The index is derived from the record and lies in a folder beside the file: segments that are named after the registry's key and the
//! names that they cover. It is brought up to date when it is opened: names that came since are few and stay in memory, or many and
//! become a segment, which takes up the smaller ones before it. A segment that is damaged, of another version or of another
//! registry is put away and made again. Names that were taken off are passed over when they are found.

use super::{Decision, Registry};
use crate::error::Error;
use crate::index::{Builder, Index, file};
use crate::link::{Bearer, Bearers, LinkOptions, Linkage, Query, link, suggest};
use crate::matching::Facts;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// So many new names are indexed in memory whenever the registry is opened; more become a segment.
const FEW: i64 = 1000;
/// Names handed to the builder at once.
const BATCH: usize = 16_384;
/// A segment takes up the one before it unless that is so many times longer.
const LONGER: i64 = 4;

/// A registry that names are linked to, from any number of threads.
pub struct Linker {
    path: PathBuf,
    index: Index,
    /// Numbers up to here stand in segments on the disk or in memory.
    covered: i64,
    /// Numbers up to here stand in segments on the disk.
    on_disk: i64,
    /// Connections that no thread uses now.
    idle: Mutex<Vec<Registry>>,
    notices: Vec<Error>,
}

/// A segment's file: the names from a number to another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stored {
    from: i64,
    to: i64,
    path: PathBuf,
}

impl Linker {
    /// Opens a registry to link names to it, and brings its index up to date.
    ///
    /// # Errors
    /// The file is missing, no registry, damaged, or of another version. An index that cannot be used or written is no error: it is
    /// made anew, in memory if need be, and [`Linker::notices`] says so.
    pub fn open(path: impl AsRef<Path>) -> Result<Linker, Error> {
        let path = path.as_ref().to_path_buf();
        let registry = Registry::open_read_only(&path)?;
        let mut linker = Linker { path, index: Index::new(), covered: 0, on_disk: 0, idle: Mutex::default(), notices: Vec::new() };
        linker.bring_up(&registry)?;
        linker.give_back(registry);
        Ok(linker)
    }

    /// What was found amiss with the index and mended.
    pub fn notices(&self) -> &[Error] {
        &self.notices
    }

    /// Names in the index.
    pub fn names(&self) -> usize {
        self.index.len()
    }

    /// Takes in the names that came since.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub fn refresh(&mut self) -> Result<(), Error> {
        let registry = self.take()?;
        if registry.last_name_id()? > self.covered {
            self.index = Index::new();
            self.bring_up(&registry)?;
        }
        self.give_back(registry);
        Ok(())
    }

    /// The identities that may bear a name.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub fn link(&self, query: impl Into<Query>, options: &LinkOptions) -> Result<Linkage, Error> {
        link(self, &query.into(), options)
    }

    /// The identities that somebody may mean who has typed the beginning of a name.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub fn suggest(&self, typed: &str, most: usize) -> Result<Vec<Bearer>, Error> {
        suggest(self, typed, most)
    }

    fn bring_up(&mut self, registry: &Registry) -> Result<(), Error> {
        let key = registry.key()?;
        let folder = folder(&self.path);
        let last = registry.last_name_id()?;
        (self.covered, self.on_disk) = (0, 0);
        let mut chain = chain(&folder, &key, last);
        let covered = chain.last().map_or(0, |stored| stored.to);
        // Segments grow like powers, so that each name is written a few times only.
        let new = last - covered;
        if new > FEW {
            while chain.last().is_some_and(|stored| stored.to - stored.from < LONGER * (last - stored.to)) {
                chain.pop();
            }
        }
        for stored in chain {
            let pushed = file::map(&stored.path).and_then(|bytes| self.index.push(bytes));
            if let Err(error) = pushed {
                self.notices.push(error);
                break;
            }
            (self.covered, self.on_disk) = (stored.to, stored.to);
        }
        let from = self.covered;
        if last - from > FEW {
            let stored = Stored { from: from + 1, to: last, path: folder.join(format!("{key}-{:012}-{last:012}.segment", from + 1)) };
            let saved = fs::create_dir_all(&folder)
                .map_err(|error| Error::new(format!("the index `{}` cannot be written: {error}", folder.display())))
                .and_then(|()| file::save(build(registry, from)?, &stored.path))
                .and_then(|()| self.index.push(file::map(&stored.path)?));
            match saved {
                Ok(()) => {
                    (self.covered, self.on_disk) = (last, last);
                    put_away(&folder, &key, &stored);
                }
                Err(error) => self.notices.push(error.with_hint("it is kept in memory this time")),
            }
        }
        if self.covered < last {
            let mut segment = Vec::new();
            build(registry, self.covered)?.finish(&mut segment).map_err(|error| Error::new(format!("no index: {error}")))?;
            self.index.push(segment)?;
            self.covered = last;
        }
        Ok(())
    }

    fn take(&self) -> Result<Registry, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| Registry::open_read_only(&self.path), Ok)
    }

    fn give_back(&self, registry: Registry) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(registry);
    }

    /// Asks the record, by a connection of the thread's own.
    fn ask<T>(&self, question: impl FnOnce(&Registry) -> Result<T, Error>) -> Result<T, Error> {
        let registry = self.take()?;
        let answer = question(&registry);
        self.give_back(registry);
        answer
    }
}

impl Bearers for Linker {
    fn index(&self) -> &Index {
        &self.index
    }

    fn bearer(&self, number: u64) -> Result<Option<Bearer>, Error> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.ask(|registry| Ok(registry.bearer(number)?.map(|(id, name)| Bearer { id, name })))
    }

    fn facts(&self, id: &str) -> Result<Facts, Error> {
        self.ask(|registry| registry.facts(id))
    }

    fn decided(&self, name: &str) -> Result<Vec<(Bearer, bool)>, Error> {
        self.ask(|registry| {
            let decided = registry.decisions_on_name(name)?.into_iter();
            decided
                .map(|(id, decision)| {
                    let shown = if decision == Decision::Same { registry.entity(&id)?.names.into_iter().next() } else { None };
                    Ok((Bearer { name: shown.unwrap_or_else(|| name.to_string()), id }, decision == Decision::Same))
                })
                .collect()
        })
    }
}

impl Registry {
    /// A number that no other registry has, whatever its file is called.
    fn key(&self) -> Result<String, Error> {
        self.look(|connection| Ok(connection.query_row("SELECT key FROM made", [], |row| row.get(0))?))
    }
}

/// The folder of a registry's index.
fn folder(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".index");
    path.with_file_name(name)
}

/// The segments of a registry in a folder.
fn stored(folder: &Path, key: &str) -> Vec<Stored> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let read = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".segment")?.strip_prefix(key)?.strip_prefix('-')?;
        let (from, to) = name.split_once('-')?;
        Some(Stored { from: from.parse().ok()?, to: to.parse().ok()?, path: path.clone() })
    };
    entries.filter_map(|entry| read(entry.path())).collect()
}

/// Segments that follow on each other from the first name on, each the longest there is.
fn chain(folder: &Path, key: &str, last: i64) -> Vec<Stored> {
    let all = stored(folder, key);
    let mut chain: Vec<Stored> = Vec::new();
    loop {
        let next = chain.last().map_or(1, |stored| stored.to + 1);
        let fits = all.iter().filter(|stored| stored.from == next && stored.to >= stored.from && stored.to <= last);
        match fits.max_by_key(|stored| stored.to) {
            Some(stored) => chain.push(stored.clone()),
            None => return chain,
        }
    }
}

/// Removes what a new segment covers, segments of another registry that had the name of this file, and what was left half written.
fn put_away(folder: &Path, key: &str, new: &Stored) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let own = entry.file_name().to_str().is_some_and(|name| name.starts_with(key));
        let segment = entry.path().extension().is_some_and(|ending| ending == "segment");
        if (segment && !own) || left_behind(&entry) {
            let _ = fs::remove_file(entry.path());
        }
    }
    for old in stored(folder, key).into_iter().filter(|old| old.from >= new.from && old.to <= new.to && old != new) {
        let _ = fs::remove_file(old.path);
    }
}

/// Whether this is what a program that was killed had begun to write; one that is at work needs no hour.
fn left_behind(entry: &fs::DirEntry) -> bool {
    const HOUR: Duration = Duration::from_secs(3600);
    let begun = entry.path().extension().is_some_and(|ending| ending == "new");
    begun && entry.metadata().and_then(|own| own.modified()).is_ok_and(|at| at.elapsed().is_ok_and(|age| age > HOUR))
}

/// The names after a number.
fn build(registry: &Registry, after: i64) -> Result<Builder, Error> {
    let mut builder = Builder::new();
    let mut batch: Vec<(u64, String)> = Vec::new();
    let give = |batch: &mut Vec<(u64, String)>, builder: &mut Builder| {
        let names: Vec<(u64, &str)> = batch.iter().map(|(number, name)| (*number, name.as_str())).collect();
        builder.add(&names);
        batch.clear();
    };
    registry.names_after(after, |number, name| {
        batch.push((u64::try_from(number).unwrap_or(0), name.to_string()));
        if batch.len() == BATCH {
            give(&mut batch, &mut builder);
        }
        Ok(())
    })?;
    give(&mut batch, &mut builder);
    Ok(builder)
}
