//! Linking to a registry file: the index beside it follows the record, and is made anew when it is wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nasab::entity::Entity;
use nasab::entity::import::Format;
use nasab::registry::{Author, Decision, Linker, Other, Registry};
use nasab::{LinkOptions, Status};
use std::path::{Path, PathBuf};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("nasab-linker-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn registry(&self) -> PathBuf {
        self.0.join("people.nasab")
    }

    fn segments(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.0.join("people.nasab.index")).into_iter().flatten();
        let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn me() -> Author<'static> {
    Author::new("layla")
}

fn add(registry: &mut Registry, id: &str, names: &[&str]) {
    let entity = Entity::new(id, names.iter().map(|name| name.to_string())).unwrap();
    registry.add(&entity, "by hand", me()).unwrap();
}

/// So many people with names of their own.
fn import(registry: &mut Registry, from: usize, count: usize) {
    const ISMS: [&str; 8] = ["Qays", "Layth", "Falih", "Ammar", "Nadir", "Samir", "Walid", "Khalil"];
    const ENDS: [&str; 8] = ["ani", "awi", "uri", "imi", "asi", "abi", "ati", "adi"];
    let row = |n: usize| {
        let consonants = ["b", "t", "kh", "d", "r", "s", "sh", "m", "n", "l"];
        let family: String = [n / 1000 % 10, n / 100 % 10, n / 10 % 10].map(|at| consonants[at].to_string() + "a").concat();
        format!("p{n},{} al-{}{}\n", ISMS[n % 8], family, ENDS[n % 10 % 8])
    };
    let rows: String = std::iter::once("id,name\n".to_string()).chain((from..from + count).map(row)).collect();
    registry.import(rows.as_bytes(), Format::Csv, "made", me(), |fault| panic!("{fault:?}"), |_| {}).unwrap();
}

fn best(path: &Path, name: &str) -> Option<(String, f64)> {
    let linkage = Linker::open(path).unwrap().link(name, &LinkOptions::default()).unwrap();
    linkage.matches.first().map(|found| (found.id.clone(), found.probability))
}

#[test]
fn the_index_follows_the_record() {
    let folder = Folder::new("follows");
    let path = folder.registry();
    let mut registry = Registry::create(&path).unwrap();
    add(&mut registry, "q1", &["Qays al-Khazali"]);
    add(&mut registry, "q2", &["Laith al-Khazali"]);
    let mut linker = Linker::open(&path).unwrap();
    let ask = |linker: &Linker, name: &str| linker.link(name, &LinkOptions::default()).unwrap();
    assert_eq!(ask(&linker, "قيس الخزعلي").matches[0].id, "q1");
    // What comes later is seen after a refresh, what goes at once.
    add(&mut registry, "q3", &["فالح الفياض"]);
    assert_eq!(ask(&linker, "Faleh Fayad").status, Status::None);
    linker.refresh().unwrap();
    assert_eq!(ask(&linker, "Faleh Fayad").matches[0].id, "q3");
    registry.merge("q2", "q1", me()).unwrap();
    assert_eq!(ask(&linker, "Laith Khazali").matches[0].id, "q1");
    registry.split("q2", &[], me()).unwrap();
    assert_eq!(ask(&linker, "Laith Khazali").matches[0].id, "q2");
    add(&mut registry, "q2", &["Layth Abu Hadi"]);
    registry.remove_name("q2", "Laith al-Khazali", me()).unwrap();
    assert!(ask(&linker, "Laith Khazali").matches.iter().all(|found| found.id != "q2"));
    assert!(folder.segments().is_empty(), "a few names stay in memory");
}

#[test]
fn what_was_decided_is_final_and_facts_are_evidence() {
    let folder = Folder::new("decided");
    let mut registry = Registry::create(folder.registry()).unwrap();
    add(&mut registry, "q1", &["Qays al-Khazali"]);
    let mut other = Entity::new("q2", ["Qais Khazali".to_string()]).unwrap();
    other.facts = "born=1951".parse().unwrap();
    registry.add(&other, "by hand", me()).unwrap();
    registry.decide(Decision::Same, "q1", Other::Name("Abu Hadi"), me()).unwrap();
    registry.decide(Decision::Different, "q1", Other::Name("Qaïs el-Khazaali"), me()).unwrap();
    let linker = Linker::open(folder.registry()).unwrap();
    let ask = |query: nasab::link::Query| linker.link(query, &LinkOptions::default()).unwrap();
    let said = ask("ABU  hadi".into());
    assert_eq!(
        (said.status, said.matches[0].id.as_str(), said.matches[0].probability, said.matches[0].decided),
        (Status::Linked, "q1", 1.0, true)
    );
    assert!(ask("Qaïs el-Khazaali".into()).matches.iter().all(|found| found.id != "q1"));
    let mut query: nasab::link::Query = "Qais Khazali".into();
    let before = ask(query.clone()).matches.iter().find(|found| found.id == "q2").unwrap().probability;
    query.facts = "born=1990".parse().unwrap();
    assert!(ask(query).matches.iter().find(|found| found.id == "q2").unwrap().probability < before);
}

#[test]
fn many_names_become_segments_that_grow_together() {
    let folder = Folder::new("segments");
    let path = folder.registry();
    let mut registry = Registry::create(&path).unwrap();
    import(&mut registry, 0, 3000);
    assert_eq!(Linker::open(&path).unwrap().names(), 3000);
    assert_eq!(folder.segments().len(), 1);
    import(&mut registry, 3000, 1500);
    assert_eq!(Linker::open(&path).unwrap().names(), 4500);
    assert_eq!(folder.segments().len(), 1, "the smaller one is taken up");
    import(&mut registry, 4500, 500);
    assert_eq!(Linker::open(&path).unwrap().names(), 5000);
    assert_eq!(folder.segments().len(), 1, "few names stay in memory");
    add(&mut registry, "q", &["Qays al-Khazali"]);
    assert_eq!(best(&path, "قيس الخزعلي").unwrap().0, "q");
}

#[test]
fn a_wrong_index_is_made_anew() {
    let folder = Folder::new("wrong");
    let path = folder.registry();
    let mut registry = Registry::create(&path).unwrap();
    add(&mut registry, "q", &["Qays al-Khazali"]);
    import(&mut registry, 0, 2000);
    let right = best(&path, "قيس الخزعلي").unwrap();
    let segment = folder.segments().remove(0);
    let whole = std::fs::read(&segment).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 4;
    for wrong in [&whole[..whole.len() / 3], &flipped, b"", b"nasabidx"] {
        std::fs::write(&segment, wrong).unwrap();
        let linker = Linker::open(&path).unwrap();
        assert_eq!((linker.notices().len(), linker.names()), (1, 2001), "{:?}", linker.notices());
        assert_eq!(best(&path, "قيس الخزعلي"), Some(right.clone()));
        assert_eq!(std::fs::read(&segment).unwrap(), whole, "made again as it was");
    }
    // Another registry under the same name has names of its own.
    drop(registry);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    let mut other = Registry::create(&path).unwrap();
    import(&mut other, 5000, 2000);
    assert_eq!(Linker::open(&path).unwrap().names(), 2000);
    assert!(best(&path, "قيس الخزعلي").is_none_or(|(id, _)| id != "q"));
    assert_eq!(folder.segments().len(), 1, "{:?}", folder.segments());
}

#[test]
fn many_threads_ask_at_once() {
    let folder = Folder::new("threads");
    let mut registry = Registry::create(folder.registry()).unwrap();
    import(&mut registry, 0, 1200);
    add(&mut registry, "q", &["Qays al-Khazali"]);
    let linker = Linker::open(folder.registry()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(linker.link("قيس الخزعلي", &LinkOptions::default()).unwrap().matches[0].id, "q");
                }
            });
        }
    });
}
