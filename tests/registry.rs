//! The record of identities: every operation, its undoing, and what it refuses.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use nasab::entity::Entity;
use nasab::entity::import::Format;
use nasab::registry::{Author, Decision, Event, Other, Registry, Summary};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let path = std::env::temp_dir().join(format!("nasab-registry-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const LAYLA: fn() -> Author<'static> = || Author::new("layla");

/// Three men: `qays` with two names, `falih` and `laith`.
fn people(folder: &Folder) -> Registry {
    let mut registry = Registry::create(folder.file("people.nasab")).unwrap();
    for (id, names) in
        [("qays", &["Qays al-Khazali", "قيس الخزعلي"][..]), ("falih", &["Falih al-Fayyad"]), ("laith", &["Laith al-Khazali"])]
    {
        registry.add(&entity(id, names), "by hand", LAYLA()).unwrap();
    }
    registry
}

fn entity(id: &str, names: &[&str]) -> Entity {
    Entity::new(id, names.iter().map(|name| name.to_string())).unwrap()
}

fn import(registry: &mut Registry, list: &str, format: Format) -> (Summary, Vec<(u64, String)>) {
    let mut faults = Vec::new();
    let summary = registry
        .import(list.as_bytes(), format, "list", LAYLA(), |fault| faults.push((fault.line, fault.error.to_string())), |_| {})
        .unwrap();
    (summary, faults)
}

/// All that can be seen of the identities.
fn seen(registry: &Registry) -> Vec<Entity> {
    let mut all = Vec::new();
    registry
        .export(|mut entity| {
            entity.names.sort();
            entity.merged.sort();
            all.push(entity);
            Ok(())
        })
        .unwrap();
    all
}

fn events(registry: &Registry, id: Option<&str>) -> Vec<Event> {
    let mut all = Vec::new();
    registry
        .history(None, id, |event| {
            all.push(event);
            Ok(())
        })
        .unwrap();
    all
}

fn names(registry: &Registry, id: &str) -> Vec<String> {
    registry.entity(id).unwrap().names
}

fn said<T: std::fmt::Debug>(result: Result<T, nasab::Error>) -> String {
    let error = result.unwrap_err();
    assert!(error.hint().is_some(), "{error} says what to do");
    error.to_string()
}

/// Does something, undoes it, does it again, and holds what is seen against what was seen before.
fn there_and_back(change: impl FnOnce(&mut Registry) -> i64) {
    let folder = Folder::new();
    let mut registry = people(&folder);
    registry.merge("laith", "falih", LAYLA()).unwrap();
    let before = seen(&registry);
    let event = change(&mut registry);
    let after = seen(&registry);
    let decided = |registry: &Registry| (registry.stats().unwrap().same, registry.stats().unwrap().different);
    let (decisions, count) = (decided(&registry), registry.stats().unwrap().events);
    let undo = registry.undo(event, LAYLA().because("a slip")).unwrap();
    assert_eq!(seen(&registry), before);
    assert_eq!(said(registry.undo(event, LAYLA())), format!("event {event} is undone by event {undo}"));
    let again = registry.undo(undo, LAYLA()).unwrap();
    assert_eq!((seen(&registry), decided(&registry)), (after, decisions));
    registry.undo(again, LAYLA()).unwrap();
    assert_eq!(seen(&registry), before);
    assert_eq!(registry.stats().unwrap().events, count + 3, "nothing is taken out of the history");
    registry.check().unwrap();
}

#[test]
fn every_kind_of_event_can_be_undone_and_done_again() {
    there_and_back(|r| r.add(&entity("new", &["Nadia Haddad"]), "", LAYLA()).unwrap().event);
    there_and_back(|r| {
        let facts = "born=1974,country=iq".parse().unwrap();
        r.add(&Entity { facts, ..entity("qays", &["Qais Khazaali", "Qays al-Khazali"]) }, "", LAYLA()).unwrap().event
    });
    there_and_back(|r| {
        let list = "id,name,born\nqays,Qais,1974\nfalih,Falih al-Fayyad,1956\nomar,Omar,\n";
        import(r, list, Format::Csv).0.last_event.unwrap()
    });
    there_and_back(|r| {
        let list = "{\"id\":\"qays\",\"name\":\"Qays al-Khazali\",\"merged\":[\"q-old\",\"q-older\"]}";
        import(r, list, Format::JsonLines).0.last_event.unwrap()
    });
    there_and_back(|r| r.remove_name("qays", "قيس الخزعلي", LAYLA()).unwrap());
    there_and_back(|r| r.merge("qays", "laith", LAYLA()).unwrap());
    there_and_back(|r| r.decide(Decision::Same, "qays", Other::Id("laith"), LAYLA()).unwrap());
    there_and_back(|r| r.decide(Decision::Different, "qays", Other::Id("laith"), LAYLA()).unwrap());
    there_and_back(|r| r.decide(Decision::Same, "qays", Other::Name("Kais"), LAYLA()).unwrap());
    there_and_back(|r| r.decide(Decision::Different, "qays", Other::Name("Qays al-Khazali"), LAYLA()).unwrap());
    there_and_back(|r| r.split("laith", &[], LAYLA()).unwrap());
    there_and_back(|r| r.split_off("qays", &["Qays al-Khazali"], "other", LAYLA()).unwrap());
    there_and_back(|r| r.split_off("qays", &["Qays al-Khazali"], "laith", LAYLA()).unwrap());
}

#[test]
fn an_event_knows_who_when_and_why() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    registry.merge("laith", "qays", Author::new(" omar ").because("one passport")).unwrap();
    let all = events(&registry, None);
    assert_eq!(all.iter().map(|event| event.seq).collect::<Vec<_>>(), [4, 3, 2, 1]);
    assert_eq!((all[0].who.as_str(), all[0].kind.as_str(), all[0].why.as_deref()), ("omar", "merge", Some("one passport")));
    assert_eq!((all[0].payload["id"].as_str(), all[0].payload["into"].as_str()), (Some("laith"), Some("qays")));
    assert_eq!(all[3].source.as_deref(), Some("by hand"));
    let at = &all[0].at;
    assert!(at.len() == 24 && at.ends_with('Z') && at.get(10..11) == Some("T") && at > &"2020".to_string(), "{at}");
    assert!(said(registry.merge("falih", "qays", Author::new(" "))).contains("nobody"));
    assert_eq!(registry.last_event().unwrap(), 4, "what is refused is no event");
    // The history of an identity is that of all of its ids, with the undoings.
    registry.undo(4, LAYLA()).unwrap();
    let of = |id: &str| events(&registry, Some(id)).iter().map(|event| event.seq).collect::<Vec<_>>();
    assert_eq!((of("qays"), of("laith"), of("falih")), (vec![5, 4, 1], vec![5, 4, 3], vec![2]));
    let mut first = Vec::new();
    let take = |event: Event| {
        first.push(event.seq);
        Ok(())
    };
    registry.history(Some(2), None, take).unwrap();
    assert_eq!(first, [5, 4]);
}

#[test]
fn a_name_is_stored_once_and_facts_are_kept() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    let added = registry.add(&entity("qays", &["Qays al-Khazali", "Qays al-Khazali", " Qais "]), "", LAYLA()).unwrap();
    assert_eq!((added.new, added.names), (false, 1));
    assert_eq!(names(&registry, "qays"), ["Qays al-Khazali", "قيس الخزعلي", "Qais"]);
    let list = "id,name,born,gender,country\nqays,Qais,1974,m,iq\nqays,Qais,1975,,ir\n";
    let (summary, faults) = import(&mut registry, list, Format::Csv);
    assert_eq!((summary.rows, summary.identities, summary.names, summary.known, faults), (2, 0, 0, 2, vec![]));
    assert_eq!(registry.facts("qays").unwrap(), "born=1974,born=1975,gender=male,country=iq,country=ir".parse().unwrap());
    registry.undo(summary.last_event.unwrap(), LAYLA()).unwrap();
    assert!(registry.facts("qays").unwrap().is_empty());
    assert_eq!(names(&registry, "qays").len(), 3, "a name that another event gave stays");
    for (id, names, text) in [(" ", &["Qays"][..], "no id"), ("x", &["?", "12"], "no name for `x`")] {
        let entity = Entity { id: id.into(), names: names.iter().map(|n| n.to_string()).collect(), ..Entity::default() };
        assert_eq!(said(registry.add(&entity, "", LAYLA())), text);
    }
}

#[test]
fn a_name_that_two_lists_give_goes_with_the_last_of_them() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    let list = "id,name\nqays,Qais\n";
    let (one, two) =
        (import(&mut registry, list, Format::Csv).0.last_event.unwrap(), import(&mut registry, list, Format::Csv).0.last_event.unwrap());
    registry.undo(one, LAYLA()).unwrap();
    assert!(names(&registry, "qays").contains(&"Qais".to_string()));
    registry.undo(two, LAYLA()).unwrap();
    assert!(!names(&registry, "qays").contains(&"Qais".to_string()));
}

#[test]
fn what_a_person_took_off_no_list_brings_back() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    registry.merge("laith", "qays", LAYLA()).unwrap();
    let removed = registry.remove_name("laith", "Qays al-Khazali", LAYLA()).unwrap();
    let list = "id,name\nqays,Qays al-Khazali\nlaith,Qays al-Khazali\n";
    let (summary, _) = import(&mut registry, list, Format::Csv);
    assert_eq!((summary.names, summary.known), (0, 2));
    assert!(!names(&registry, "qays").contains(&"Qays al-Khazali".to_string()));
    registry.undo(removed, LAYLA()).unwrap();
    assert!(names(&registry, "qays").contains(&"Qays al-Khazali".to_string()));
    let removed = registry.remove_name("qays", "Qays al-Khazali", LAYLA()).unwrap();
    let added = registry.add(&entity("qays", &["Qays al-Khazali"]), "", LAYLA()).unwrap();
    assert!(added.event > removed && added.names == 1, "by hand it comes back");
    assert_eq!(said(registry.remove_name("qays", "Qaysar", LAYLA())), "`qays` has no name `Qaysar`");
    assert!(said(registry.remove_name("falih", "Falih al-Fayyad", LAYLA())).starts_with("`falih` would be left without a name"));
}

#[test]
fn redirects_are_followed_over_chains_and_circles_are_refused() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    registry.add(&entity("omar", &["Omar"]), "", LAYLA()).unwrap();
    registry.merge("qays", "falih", LAYLA()).unwrap();
    registry.merge("falih", "laith", LAYLA()).unwrap();
    // Into one that is merged already: into its survivor.
    let last = registry.merge("omar", "qays", LAYLA()).unwrap();
    for id in ["qays", "falih", "laith", "omar"] {
        assert_eq!(registry.resolve(id).unwrap(), "laith");
        assert_eq!(registry.entity(id).unwrap().names.len(), 5);
    }
    assert_eq!(said(registry.merge("laith", "qays", LAYLA())), format!("`laith` and `qays` are one identity since event {}", last - 2 + 1));
    assert_eq!(said(registry.merge("qays", "qays", LAYLA())), "`qays` cannot be merged into itself");
    for id in ["nobody", "", "' OR 1=1 --"] {
        assert_eq!(said(registry.merge(id, "qays", LAYLA())), format!("no identity `{id}`"));
        assert_eq!(said(registry.resolve(id)), format!("no identity `{id}`"));
    }
    // `omar` was merged into `qays`: they stay together.
    assert_eq!(said(registry.split("qays", &[], LAYLA())), format!("event {last} merged `omar` and `qays`, and rests on both being one"));
    registry.split("omar", &[], LAYLA()).unwrap();
    let error = said(registry.split("qays", &["Falih al-Fayyad", "Laith al-Khazali"], LAYLA()));
    assert_eq!(error, "`laith` would be left without a name");
    registry.split("qays", &["Laith al-Khazali"], LAYLA()).unwrap();
    assert_eq!(names(&registry, "qays"), ["Qays al-Khazali", "قيس الخزعلي", "Laith al-Khazali"]);
    assert_eq!(names(&registry, "laith"), ["Falih al-Fayyad"]);
    assert_eq!(said(registry.split("laith", &[], LAYLA())), "`laith` is not merged into another");
}

#[test]
fn a_redirect_that_others_rest_on_stays() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    let one = registry.merge("qays", "falih", LAYLA()).unwrap();
    let two = registry.merge("qays", "laith", LAYLA()).unwrap();
    let error = said(registry.undo(one, LAYLA()));
    assert_eq!(error, format!("event {two} merged `qays` and `laith`, and rests on both being one"));
    registry.undo(two, LAYLA()).unwrap();
    let removed = registry.remove_name("falih", "Qays al-Khazali", LAYLA()).unwrap();
    let error = said(registry.undo(one, LAYLA()));
    assert_eq!(error, format!("event {removed} took a name of `qays` off `falih`, and rests on both being one"));
    registry.undo(removed, LAYLA()).unwrap();
    let split = registry.split("qays", &[], LAYLA()).unwrap();
    assert_eq!(said(registry.undo(one, LAYLA())), format!("event {split} on `qays` rests on event {one}"));
    registry.merge("laith", "qays", LAYLA()).unwrap();
    let merged = registry.last_event().unwrap();
    assert_eq!(said(registry.undo(1, LAYLA())), format!("event {merged} on `qays` rests on event 1"));
    assert_eq!(said(registry.undo(999, LAYLA())), "no event 999");
    assert_eq!(said(registry.undo(0, LAYLA())), "no event 0");
}

#[test]
fn what_contradicts_a_decision_is_refused() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    registry.add(&entity("omar", &["Omar"]), "", LAYLA()).unwrap();
    let apart = registry.decide(Decision::Different, "qays", Other::Id("laith"), LAYLA()).unwrap();
    let refused = format!("event {apart} decided that `qays` and `laith` are different");
    assert_eq!(said(registry.decide(Decision::Same, "laith", Other::Id("qays"), LAYLA())), refused);
    assert_eq!(said(registry.merge("laith", "qays", LAYLA())), refused);
    // Across redirects: omar is qays, so omar is not laith.
    let joined = registry.decide(Decision::Same, "omar", Other::Id("qays"), LAYLA()).unwrap();
    assert_eq!(said(registry.decide(Decision::Same, "omar", Other::Id("laith"), LAYLA())), refused);
    assert_eq!(said(registry.merge("laith", "omar", LAYLA())), refused);
    assert!(registry.different("laith", "omar").unwrap() && !registry.different("laith", "falih").unwrap());
    // Same stands: neither different nor apart.
    let same = said(registry.decide(Decision::Different, "qays", Other::Id("omar"), LAYLA()));
    assert_eq!(same, format!("`qays` and `omar` are one identity since event {joined}"));
    assert_eq!(said(registry.split("qays", &[], LAYLA())), format!("event {joined} decided that `omar` and `qays` are the same"));
    // Undone decisions bind nobody, and do not come back against what was decided since.
    let undone = registry.undo(apart, LAYLA()).unwrap();
    let merged = registry.merge("laith", "omar", LAYLA()).unwrap();
    let error = said(registry.undo(undone, LAYLA()));
    assert_eq!(error, format!("{refused}, and they are one identity since event {merged}"));
    assert_eq!(said(registry.decide(Decision::Same, "qays", Other::Id("qays"), LAYLA())), "`qays` cannot be decided against itself");
    assert_eq!(said(registry.decide(Decision::Same, "qays", Other::Id("x"), LAYLA())), "no identity `x`");
}

#[test]
fn decisions_on_a_spelling_are_final() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    let not = registry.decide(Decision::Different, "qays", Other::Name("Qays al-Khazali"), LAYLA()).unwrap();
    assert_eq!(names(&registry, "qays"), ["قيس الخزعلي"], "it is taken off");
    import(&mut registry, "id,name\nqays,Qays al-Khazali\n", Format::Csv);
    assert_eq!(names(&registry, "qays"), ["قيس الخزعلي"], "no list brings it back");
    let refused = format!("event {not} decided that `Qays al-Khazali` is not `qays`");
    assert_eq!(said(registry.add(&entity("qays", &["Qays al-Khazali"]), "", LAYLA())), refused);
    registry.add(&entity("omar", &["Qays al-Khazali"]), "", LAYLA()).unwrap();
    assert_eq!(said(registry.merge("omar", "qays", LAYLA())), refused);
    let error = said(registry.decide(Decision::Same, "qays", Other::Name("Qays al-Khazali"), LAYLA()));
    assert!(error.contains(&format!("events {not} and ")), "{error}");
    registry.decide(Decision::Same, "omar", Other::Name("Qays\u{200f} al-Khazali "), LAYLA()).unwrap();
    let decided = registry.decisions_on_name(" Qays al-Khazali").unwrap();
    assert_eq!(decided, [("qays".to_string(), Decision::Different), ("omar".to_string(), Decision::Same)]);
    registry.merge("omar", "falih", LAYLA()).unwrap();
    assert_eq!(registry.decisions_on_name("Qays al-Khazali").unwrap()[1].0, "falih", "a decision goes where its id leads");
    registry.undo(not, LAYLA()).unwrap();
    assert_eq!(registry.decisions_on_name("Qays al-Khazali").unwrap().len(), 1);
    assert!(names(&registry, "qays").contains(&"Qays al-Khazali".to_string()));
    assert!(registry.decide(Decision::Same, "qays", Other::Name("12"), LAYLA()).is_err());
    assert!(registry.decisions_on_name("nobody").unwrap().is_empty());
}

#[test]
fn a_name_id_is_never_given_twice() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    let after = |registry: &Registry, name_id| {
        let mut all = Vec::new();
        let take = |name_id, text: &str| {
            all.push((name_id, text.to_string()));
            Ok(())
        };
        registry.names_after(name_id, take).unwrap();
        all
    };
    assert_eq!(after(&registry, 0).iter().map(|(name_id, _)| *name_id).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!((registry.last_name_id().unwrap(), after(&registry, 3)), (4, vec![(4, "Laith al-Khazali".to_string())]));
    assert_eq!(registry.bearer(2).unwrap(), Some(("qays".to_string(), "قيس الخزعلي".to_string())));
    registry.merge("qays", "falih", LAYLA()).unwrap();
    assert_eq!(registry.bearer(2).unwrap().unwrap().0, "falih");
    let removed = registry.remove_name("falih", "قيس الخزعلي", LAYLA()).unwrap();
    assert_eq!((registry.bearer(2).unwrap(), registry.bearer(77).unwrap()), (None, None));
    registry.undo(removed, LAYLA()).unwrap();
    // A search structure that dropped name 2 finds it among the new ones.
    assert_eq!((registry.bearer(2).unwrap(), after(&registry, 4)), (None, vec![(5, "قيس الخزعلي".to_string())]));
    let added = registry.add(&entity("falih", &["Faleh"]), "", LAYLA()).unwrap();
    let undone = registry.undo(added.event, LAYLA()).unwrap();
    registry.undo(undone, LAYLA()).unwrap();
    assert_eq!(after(&registry, 5), [(7, "Faleh".to_string())]);
    assert_eq!(registry.last_name_id().unwrap(), 7);
}

#[test]
fn an_export_is_imported_to_the_same() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    let facts = "born=1974,died=2020,gender=female,country=iq".parse().unwrap();
    registry
        .add(&Entity { facts, ..entity("نادية/1 \"x\"", &["Nadia\tHaddad", "ناديا \u{1F600} حداد", "e\u{301}"]) }, "", LAYLA())
        .unwrap();
    registry.merge("laith", "qays", LAYLA()).unwrap();
    registry.remove_name("qays", "Qays al-Khazali", LAYLA()).unwrap();
    registry.undo(2, LAYLA()).unwrap();
    let lines = |registry: &Registry| seen(registry).iter().map(|entity| serde_json::to_string(entity).unwrap() + "\n").collect::<String>();
    let text = lines(&registry);
    assert_eq!(text.lines().count(), 2, "{text}");
    let mut copy = Registry::create(folder.file("copy.nasab")).unwrap();
    let (summary, faults) = import(&mut copy, &text, Format::JsonLines);
    assert_eq!((summary.rows, summary.identities, summary.merged, faults), (2, 2, 1, vec![]));
    assert_eq!(lines(&copy), text);
    assert_eq!(copy.resolve("laith").unwrap(), "qays");
    let (again, _) = import(&mut copy, &text, Format::JsonLines);
    assert_eq!((again.identities, again.names, again.merged, lines(&copy)), (0, 0, 0, text));
    // An id that is somebody here is not merged by a list.
    let (_, faults) = import(&mut copy, "{\"id\":\"qays\",\"name\":\"Qays\",\"merged\":[\"نادية/1 \\\"x\\\"\"]}", Format::JsonLines);
    assert!(faults[0].0 == 1 && faults[0].1.contains("an identity of its own"), "{faults:?}");
}

#[test]
fn an_import_goes_in_batches_and_tells_its_faults() {
    let folder = Folder::new();
    let mut registry = Registry::create(folder.file("people.nasab")).unwrap();
    let rows = 2 * nasab::registry::BATCH + 5;
    let list: String = (0..rows).map(|n| format!("{{\"id\":{},\"name\":\"Qays {}\"}}\n", n / 2, ["a", "b"][n % 2])).collect();
    let mut told = Vec::new();
    let summary = registry.import(list.as_bytes(), Format::JsonLines, "big", LAYLA(), |_| {}, |so_far| told.push(so_far.rows)).unwrap();
    let batch = nasab::registry::BATCH as u64;
    assert_eq!(told, [batch, 2 * batch, rows as u64]);
    assert_eq!((summary.identities, summary.names, summary.first_event, summary.last_event), (batch + 3, rows as u64, Some(1), Some(3)));
    let (summary, faults) = import(&mut registry, "id,name\n1,Qays a\n,x\n2,\n3,Qays c\n", Format::Csv);
    assert_eq!((summary.rows, summary.names, summary.known, summary.faults), (2, 1, 1, 2));
    assert_eq!(faults.iter().map(|fault| fault.0).collect::<Vec<_>>(), [3, 4]);
    let (summary, _) = import(&mut registry, "id,name\n", Format::Csv);
    assert_eq!(summary, Summary::default());
    let error = registry.import(&b"id,nom\n1,x\n"[..], Format::Csv, "noms.csv", LAYLA(), |_| {}, |_| {}).unwrap_err();
    assert_eq!(error.to_string(), "`noms.csv`: the table has no column `name`");
    let stats = registry.stats().unwrap();
    assert_eq!((stats.identities, stats.names, stats.events), (batch + 3, rows as u64 + 1, 4));
}

#[test]
fn readers_go_on_while_one_writes() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    let reader = Registry::open_read_only(registry.path()).unwrap();
    let mut count = 0;
    reader
        .export(|_| {
            registry.add(&entity(&format!("new{count}"), &["Nadia"]), "", LAYLA()).unwrap();
            count += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!((count, seen(&reader).len()), (3, 6), "a reader sees one state, and then the next");
    let mut reader = reader;
    assert!(said(reader.merge("qays", "falih", LAYLA())).contains("may not be written"));
}

// Files

#[test]
fn what_is_no_registry_is_refused() {
    let folder = Folder::new();
    let path = people(&folder).path().to_path_buf();
    assert!(said(Registry::create(&path)).ends_with("exists already"));
    assert!(said(Registry::open(folder.file("none"))).contains("cannot be opened"));
    assert!(!folder.file("none").exists(), "opening makes nothing");
    Registry::create(folder.file("no/such/folder")).unwrap_err();
    Registry::open(&folder.0).unwrap_err();
    for (name, text) in [("empty", ""), ("text", "id,name\n1,Qays\n"), ("long", &"id,name\n".repeat(999)), ("head", "SQLite format 3\0")] {
        let file = folder.file(name);
        std::fs::write(&file, text).unwrap();
        for opened in [Registry::open(&file), Registry::open_read_only(&file)] {
            assert!(said(opened).contains("is no registry"), "{name}");
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "it is left as it was");
    }
    let other = folder.file("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE entity (id)").unwrap();
    assert!(said(Registry::open(&other)).contains("is no registry"));
}

#[test]
fn a_newer_version_and_a_changed_one_are_refused() {
    for (change, expected) in [
        ("PRAGMA user_version = 99", "was written by a newer version"),
        ("PRAGMA user_version = -1", "was written by a newer version"),
        ("CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM name; END", "is damaged: it has a trigger"),
        ("DROP TABLE decision", "is damaged: its tables are not those of a registry"),
        ("ALTER TABLE name ADD COLUMN x TEXT", "is damaged: its tables are not those of a registry"),
    ] {
        let folder = Folder::new();
        let path = people(&folder).path().to_path_buf();
        rusqlite::Connection::open(&path).unwrap().execute_batch(change).unwrap();
        for opened in [Registry::open(&path), Registry::open_read_only(&path)] {
            let error = said(opened);
            assert!(error.contains(expected), "{change}: {error}");
        }
    }
}

/// Does all there is to do; none of it may panic.
fn use_it(path: &Path) {
    let Ok(mut registry) = Registry::open(path) else { return };
    let _ = registry.export(|_| Ok(()));
    let _ = registry.history(None, Some("qays"), |_| Ok(()));
    let _ = registry.stats();
    let _ = registry.different("qays", "laith");
    for name_id in 0..9 {
        let _ = registry.bearer(name_id);
    }
    let _ = registry.merge("falih", "qays", LAYLA());
    let _ = registry.add(&entity("qays", &["Qais"]), "", LAYLA());
    for event in 0..9 {
        let _ = registry.undo(event, LAYLA());
    }
    let _ = registry.names_after(0, |_, _| Ok(()));
}

#[test]
fn a_damaged_file_is_refused_or_read_and_never_a_panic() {
    let folder = Folder::new();
    let mut registry = people(&folder);
    registry.decide(Decision::Different, "qays", Other::Id("laith"), LAYLA()).unwrap();
    let path = registry.path().to_path_buf();
    drop(registry);
    let whole = std::fs::read(&path).unwrap();
    let damaged = folder.file("damaged.nasab");
    let mut refused = 0;
    for part in 0..16 {
        std::fs::write(&damaged, &whole[..whole.len() * part / 16]).unwrap();
        let error = said(Registry::open(&damaged));
        assert!(error.contains("is damaged") || error.contains("is no registry"), "{error}");
        use_it(&damaged);
    }
    for step in 0..160 {
        let mut bytes = whole.clone();
        let at = (step * 7919) % bytes.len();
        // Most flips of the whole file fall on free room; those at its head and at the heads of pages bite.
        let at = if step % 2 == 0 { at } else { at / 4096 * 4096 + step % 64 };
        bytes[at] ^= 1 << (step % 8);
        std::fs::write(&damaged, &bytes).unwrap();
        refused += u32::from(Registry::open(&damaged).is_err());
        use_it(&damaged);
        for side in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.file(&format!("damaged.nasab{side}")));
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn a_circle_in_a_file_ends() {
    let folder = Folder::new();
    let path = people(&folder).path().to_path_buf();
    rusqlite::Connection::open(&path).unwrap().execute_batch("UPDATE entity SET merged_into = 4 - key WHERE key <> 2").unwrap();
    let registry = Registry::open(&path).unwrap();
    assert!(said(registry.resolve("qays")).contains("would lead to itself"));
    assert!(registry.different("qays", "falih").is_err());
    use_it(&path);
}
