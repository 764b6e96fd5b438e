//! What every request shares: limits, the token, the registry, figures.

use super::metrics::Metrics;
use super::problem::Problem;
use crate::cli::serve::Serve;
use crate::command::{Context, Failure, people};
use nasab::entity::Entity;
use nasab::registry::{Linker, Registry};
use nasab::{Bearer, Error, Facts, LinkOptions, Linkage, People, Query};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How much a request may ask.
pub struct Limits {
    pub body: usize,
    pub batch: usize,
    pub name: usize,
    pub connections: usize,
    pub time: Duration,
}

/// What every request shares.
pub struct App {
    pub limits: Limits,
    pub address: SocketAddr,
    pub hosts: Vec<String>,
    pub origins: Vec<String>,
    pub token: Option<String>,
    pub log_names: bool,
    pub book: Option<Book>,
    pub metrics: Metrics,
    jobs: Arc<Semaphore>,
}

/// When a request is given up.
#[derive(Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    /// # Errors
    /// The time is over: nobody waits for the answer.
    pub fn hold(self) -> Result<(), Problem> {
        if Instant::now() < self.0 { Ok(()) } else { Err(late()) }
    }
}

/// The refusal of what takes too long.
pub fn late() -> Problem {
    Problem::new(503, "it takes too long").hint("ask for less at once, or try later")
}

impl App {
    /// What the command line says.
    pub fn new(args: &Serve, address: SocketAddr, book: Option<Book>, token: Option<String>) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        App {
            limits: Limits {
                body: args.max_body << 10,
                batch: args.max_batch,
                name: args.max_name,
                connections: args.max_connections,
                time: Duration::from_secs(args.timeout as u64),
            },
            address,
            hosts: args.host.iter().map(|host| host.to_ascii_lowercase()).collect(),
            origins: args.allow_origin.clone(),
            token,
            log_names: args.log_names,
            book,
            metrics: Metrics::new(),
            jobs: Arc::new(Semaphore::new(args.max_jobs.unwrap_or(processors))),
        }
    }

    /// Works on a blocking thread, when one is free.
    ///
    /// # Errors
    /// As the work's, or none is free in time.
    pub async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&App, Deadline) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let deadline = Deadline(Instant::now() + self.limits.time);
        let permit = self.jobs.clone().acquire_owned().await.map_err(|_| late())?;
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work(&app, deadline)
        });
        done.await.unwrap_or_else(|_| Err(Problem::new(500, "a fault in nasab")))
    }

    /// The registry.
    ///
    /// # Errors
    /// None is served.
    pub fn book(&self) -> Result<&Book, Problem> {
        self.book.as_ref().ok_or_else(|| Problem::not_found("no registry is served").hint("start `nasab serve --registry REGISTRY`"))
    }

    /// # Errors
    /// The name is longer than a name may be.
    pub fn check_name(&self, name: &str) -> Result<(), Problem> {
        match name.chars().count() {
            length if length > self.limits.name => {
                Err(Problem::new(422, format!("a name of {length} characters; at most {} are read", self.limits.name)))
            }
            _ => Ok(()),
        }
    }

    /// # Errors
    /// More are asked at once than may be.
    pub fn check_batch(&self, count: usize) -> Result<(), Problem> {
        match count > self.limits.batch {
            true => {
                Err(Problem::new(413, format!("{count} at once; at most {} are answered", self.limits.batch))
                    .hint("ask in smaller batches"))
            }
            false => Ok(()),
        }
    }
}

/// Whom names are linked to.
pub enum Book {
    /// A list, read whole; it does not change.
    List { people: People, entities: HashMap<String, Entity> },
    /// A registry file.
    File(FileBook),
}

/// A registry file, which this and other programs write.
pub struct FileBook {
    path: PathBuf,
    linker: RwLock<Arc<Linker>>,
    /// Names the linker knows up to this number, and when it was last looked whether there are more.
    seen: Mutex<(i64, Instant)>,
    idle: Mutex<Vec<Registry>>,
    writer: Mutex<()>,
}

/// Another program's new names are found after so long at the latest.
const FRESH: Duration = Duration::from_secs(2);

impl Book {
    /// Opens a registry or a list; rows that cannot be used are told.
    pub fn open(path: &Path, context: &mut Context) -> Result<Book, Failure> {
        if people::is_registry(path)? {
            let linker = Linker::open(path)?;
            for notice in linker.notices() {
                context.report.say(nasab::Severity::Warning, notice, None);
            }
            let registry = Registry::open_read_only(path)?;
            let seen = Mutex::new((registry.last_name_id()?, Instant::now()));
            let idle = Mutex::new(vec![registry]);
            let book = FileBook { path: path.to_path_buf(), linker: RwLock::new(Arc::new(linker)), seen, idle, writer: Mutex::new(()) };
            return Ok(Book::File(book));
        }
        let (mut people, mut entities) = (People::new(), HashMap::new());
        people::list(path, context, |entity: Entity| {
            people.add(&entity.id, entity.names.iter().cloned())?;
            people.know(&entity.id, &entity.facts);
            match entities.get_mut(&entity.id) {
                None => drop(entities.insert(entity.id.clone(), entity)),
                Some(known) => merge(known, entity),
            }
            Ok(())
        })?;
        Ok(Book::List { people, entities })
    }

    pub fn is_file(&self) -> bool {
        matches!(self, Book::File(_))
    }

    /// The people who may bear a name.
    pub fn link(&self, query: Query, options: &LinkOptions) -> Result<Linkage, Error> {
        match self {
            Book::List { people, .. } => Ok(people.link(query, options)),
            Book::File(file) => file.linker()?.link(query, options),
        }
    }

    /// The people who are meant by the beginning of a name.
    pub fn suggest(&self, typed: &str, most: usize) -> Result<Vec<Bearer>, Error> {
        match self {
            Book::List { people, .. } => Ok(people.suggest(typed, most)),
            Book::File(file) => file.linker()?.suggest(typed, most),
        }
    }

    /// A person by any of the ids.
    pub fn entity(&self, id: &str) -> Result<Entity, Problem> {
        let nobody = || Problem::not_found(format!("no identity `{id}`"));
        match self {
            Book::List { entities, .. } => entities.get(id).cloned().ok_or_else(nobody),
            Book::File(_) => self.read(|registry| registry.entity(id)).map_err(|_| nobody()),
        }
    }

    /// What is known of a person.
    pub fn facts(&self, id: &str) -> Facts {
        self.entity(id).map(|entity| entity.facts).unwrap_or_default()
    }

    /// Asks the file.
    pub fn read<T>(&self, ask: impl FnOnce(&Registry) -> Result<T, Error>) -> Result<T, Problem> {
        let Book::File(file) = self else {
            return Err(
                Problem::new(409, "the registry is a list, which keeps no record").hint("`nasab registry import` makes a registry of it")
            );
        };
        file.ask(ask).map_err(|error| Problem::of(409, &error))
    }

    /// Changes the file; what comes after sees it.
    pub fn write<T>(&self, change: impl FnOnce(&mut Registry) -> Result<T, Error>) -> Result<T, Problem> {
        let Book::File(file) = self else {
            return self.read(|_| Err(Error::new("a list is not written")));
        };
        let _one = file.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let done = Registry::open(&file.path).and_then(|mut registry| change(&mut registry)).map_err(|error| Problem::of(409, &error))?;
        file.catch_up(Duration::ZERO).map_err(|error| Problem::of(500, &error))?;
        Ok(done)
    }

    /// Whether it can be read now.
    pub fn ready(&self) -> bool {
        match self {
            Book::List { .. } => true,
            Book::File(file) => file.ask(|registry| registry.last_event()).is_ok(),
        }
    }
}

impl FileBook {
    fn linker(&self) -> Result<Arc<Linker>, Error> {
        self.catch_up(FRESH)?;
        Ok(self.linker.read().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Takes in names that came since, unless it was looked for them a moment ago.
    fn catch_up(&self, age: Duration) -> Result<(), Error> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.1.elapsed() < age {
            return Ok(());
        }
        let last = self.ask(|registry| registry.last_name_id())?;
        if last > seen.0 {
            let linker = Arc::new(Linker::open(&self.path)?);
            *self.linker.write().unwrap_or_else(PoisonError::into_inner) = linker;
        }
        *seen = (last, Instant::now());
        Ok(())
    }

    fn ask<T>(&self, ask: impl FnOnce(&Registry) -> Result<T, Error>) -> Result<T, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let registry = idle.map_or_else(|| Registry::open_read_only(&self.path), Ok)?;
        let answer = ask(&registry);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(registry);
        answer
    }
}

fn merge(known: &mut Entity, more: Entity) {
    for name in more.names {
        if !known.names.contains(&name) {
            known.names.push(name);
        }
    }
    known.facts.merge(&more.facts);
}
