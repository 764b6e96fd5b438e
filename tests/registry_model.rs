//! The record of identities against a model of it: whatever is done and undone in whatever order, both say the same.
//!
//! The model keeps the events and works everything out anew after each, without a thought for speed. It holds all
//! identities against all decisions where the registry looks at those that a change touched.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use nasab::entity::Entity;
use nasab::entity::import::Format;
use nasab::registry::{Author, Decision, Other, Registry};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const NAMES: [&str; 5] = ["Qays", "قيس", "Falih", "Laith", "Nadia"];

/// An id and a name, by their places in the lists.
type Pair = (usize, usize);

#[derive(Clone, Debug)]
enum Op {
    Add(usize, Vec<usize>),
    Import(Vec<Pair>),
    Remove(usize, usize),
    Ids(Decision, usize, usize),
    Spelling(Decision, usize, usize),
    Merge(usize, usize),
    Split(usize, Vec<usize>),
    SplitOff(usize, Vec<usize>, usize),
    /// The event so far back.
    Undo(usize),
}

/// Who leads where now, the last event that led it before, and the ids that were named.
type Redirect = (usize, Option<usize>, Option<usize>, Option<(usize, usize)>);

/// What an event said.
#[derive(Clone, Debug, Default)]
struct Said {
    by_hand: bool,
    gives: Vec<Pair>,
    /// With the id by way of which the name was taken.
    takes: Vec<(Pair, usize)>,
    redirect: Option<Redirect>,
    ids: Option<(Decision, usize, usize)>,
    spelling: Option<(Decision, usize, usize)>,
    made: Vec<usize>,
    undoes: Option<usize>,
    undone_by: Option<usize>,
}

/// What stands.
#[derive(Debug, Default)]
struct State {
    /// Who made an id that is there.
    there: BTreeSet<usize>,
    leads: BTreeMap<usize, usize>,
    led_by: BTreeMap<usize, usize>,
    names: BTreeSet<Pair>,
}

impl State {
    fn root(&self, id: usize) -> Option<usize> {
        let mut at = id;
        for _ in 0..=IDS.len() {
            match self.leads.get(&at) {
                Some(next) => at = *next,
                None => return Some(at),
            }
        }
        None
    }

    fn group(&self, id: usize) -> Vec<usize> {
        self.there.iter().copied().filter(|other| self.root(*other) == self.root(id)).collect()
    }

    fn bears(&self, id: usize, name: usize) -> bool {
        self.group(id).iter().any(|member| self.names.contains(&(*member, name)))
    }
}

#[derive(Clone, Debug, Default)]
struct Model {
    /// Event 1 is the first.
    events: Vec<Said>,
    /// The last event that made an id.
    made_by: BTreeMap<usize, usize>,
    /// Pairs that any event spoke of.
    known: BTreeSet<Pair>,
}

impl Model {
    fn live(&self) -> impl Iterator<Item = (usize, &Said)> {
        self.events.iter().enumerate().map(|(place, said)| (place + 1, said)).filter(|(_, said)| said.undone_by.is_none())
    }

    fn state(&self) -> State {
        let mut state = State::default();
        let mut taken: BTreeMap<Pair, usize> = BTreeMap::new();
        let mut given: BTreeMap<Pair, (bool, usize)> = BTreeMap::new();
        for (event, said) in self.live() {
            for pair in &said.gives {
                let by_hand = given.get(pair).map_or(0, |(_, last)| *last).max(if said.by_hand { event } else { 0 });
                given.insert(*pair, (true, by_hand));
                state.there.insert(pair.0);
            }
            for (pair, _) in &said.takes {
                taken.insert(*pair, event);
            }
            if let Some((id, into, ..)) = said.redirect {
                state.led_by.insert(id, event);
                match into {
                    Some(into) => state.leads.insert(id, into),
                    None => state.leads.remove(&id),
                };
            }
        }
        for (id, event) in &self.made_by {
            if self.events[event - 1].undone_by.is_none() {
                state.there.insert(*id);
            }
        }
        state.names = given
            .iter()
            .filter(|(pair, (_, by_hand))| taken.get(pair).is_none_or(|taken| by_hand > taken))
            .map(|(pair, _)| *pair)
            .collect();
        state
    }

    /// Whether everything that was decided holds.
    fn holds(&self) -> bool {
        let state = self.state();
        if IDS.iter().enumerate().any(|(id, _)| state.root(id).is_none()) {
            return false;
        }
        let root = |id| state.root(id).unwrap();
        let there = |id: &usize| state.there.contains(id);
        let mut spelled: BTreeMap<Pair, Decision> = BTreeMap::new();
        for (event, said) in self.live() {
            if let Some((decision, one, two)) = said.ids
                && (!there(&one) || !there(&two) || (root(one) == root(two)) != (decision == Decision::Same))
            {
                return false;
            }
            if let Some((decision, id, name)) = said.spelling
                && (!there(&id)
                    || spelled.insert((root(id), name), decision).is_some_and(|other| other != decision)
                    || (decision == Decision::Different && state.bears(id, name)))
            {
                return false;
            }
            if let Some((id, Some(_), _, Some((one, two)))) = said.redirect
                && state.led_by.get(&id) == Some(&event)
                && root(one) != root(two)
            {
                return false;
            }
            if said.takes.iter().any(|(pair, via)| root(pair.0) != root(*via)) {
                return false;
            }
        }
        let chained = state.leads.iter().all(|(id, into)| there(id) && there(into));
        chained && state.there.iter().all(|id| state.group(*id).iter().any(|member| state.names.iter().any(|name| name.0 == *member)))
    }

    /// The event that speaks against a name of an id, of which the registry has no row yet.
    fn barred(&self, state: &State, id: usize, name: usize) -> Option<usize> {
        let group = state.group(id);
        let decided = self
            .live()
            .filter(|(_, said)| said.spelling.is_some_and(|(d, i, n)| d == Decision::Different && n == name && group.contains(&i)));
        let taken = self
            .live()
            .filter(|(_, said)| said.takes.iter().any(|((i, n), _)| *n == name && group.contains(i) && !state.names.contains(&(*i, *n))));
        decided.chain(taken).map(|(event, _)| event).max()
    }

    fn enter(&mut self, state: &State, said: &mut Said, id: usize) {
        if !state.there.contains(&id) && !said.made.contains(&id) {
            said.made.push(id);
            self.made_by.insert(id, self.events.len() + 1);
        }
    }

    /// Takes a name off a group, as far as events spoke of it.
    fn take(&self, state: &State, said: &mut Said, via: usize, name: usize) -> bool {
        let group = state.group(via);
        said.takes.extend(self.known.iter().filter(|(id, n)| *n == name && group.contains(id)).map(|pair| (*pair, via)));
        state.bears(via, name)
    }

    fn give(&mut self, said: &mut Said, pair: Pair) {
        self.known.insert(pair);
        if !said.gives.contains(&pair) {
            said.gives.push(pair);
        }
    }

    /// Does it, or leaves everything as it was.
    fn apply(&mut self, op: &Op) -> bool {
        let before = self.clone();
        let done = self.attempt(op).is_some() && self.holds();
        if !done {
            *self = before;
        }
        done
    }

    fn attempt(&mut self, op: &Op) -> Option<()> {
        let state = self.state();
        let there = |id: &usize| if state.there.contains(id) { Some(*id) } else { None };
        let mut said = Said { by_hand: !matches!(op, Op::Import(_)), ..Said::default() };
        match op {
            Op::Add(id, names) => {
                self.enter(&state, &mut said, *id);
                names.iter().for_each(|name| self.give(&mut said, (*id, *name)));
            }
            Op::Import(rows) => {
                for pair in rows {
                    self.enter(&state, &mut said, pair.0);
                    let bar = if self.known.contains(pair) || !state.there.contains(&pair.0) {
                        None
                    } else {
                        self.barred(&state, pair.0, pair.1)
                    };
                    self.give(&mut said, *pair);
                    if let Some(bar) = bar {
                        self.events[bar - 1].takes.push((*pair, pair.0));
                    }
                }
            }
            Op::Remove(id, name) => {
                there(id)?;
                self.take(&state, &mut said, *id, *name).then_some(())?;
            }
            Op::Ids(decision, one, two) => {
                (there(one)? != there(two)?).then_some(())?;
                said.ids = Some((*decision, *one, *two));
                let (one_root, two_root) = (state.root(*one)?, state.root(*two)?);
                if *decision == Decision::Same && one_root != two_root {
                    said.redirect = Some((two_root, Some(one_root), state.led_by.get(&two_root).copied(), Some((*two, *one))));
                }
            }
            Op::Spelling(decision, id, name) => {
                there(id)?;
                said.spelling = Some((*decision, *id, *name));
                if *decision == Decision::Different {
                    self.take(&state, &mut said, *id, *name);
                }
            }
            Op::Merge(from, into) => {
                let (from_root, into_root) = (state.root(there(from)?)?, state.root(there(into)?)?);
                (from_root != into_root).then_some(())?;
                said.redirect = Some((from_root, Some(into_root), state.led_by.get(&from_root).copied(), Some((*from, *into))));
            }
            Op::Split(id, names) => {
                let root = state.root(there(id)?)?;
                (root != *id).then_some(())?;
                said.redirect = Some((*id, None, state.led_by.get(id).copied(), None));
                // Names are taken off what is left once the id and those that it leads are out.
                let mut left = self.state();
                left.leads.remove(id);
                for name in names {
                    self.take(&left, &mut said, root, *name).then_some(())?;
                    self.give(&mut said, (*id, *name));
                }
            }
            Op::SplitOff(id, names, new) => {
                there(id)?;
                self.enter(&state, &mut said, *new);
                (state.root(*id) != state.root(*new)).then_some(())?;
                for name in names {
                    self.take(&state, &mut said, *id, *name).then_some(())?;
                    self.give(&mut said, (*new, *name));
                }
            }
            Op::Undo(back) => {
                let event = self.events.len().checked_sub(*back).filter(|event| *event > 0)?;
                let (mut base, mut again) = (event, false);
                while let Some(earlier) = self.events[base - 1].undoes {
                    (base, again) = (earlier, !again);
                }
                let standing = self.events[base - 1].undone_by;
                (self.events[event - 1].undone_by.is_none() && standing == again.then_some(event)).then_some(())?;
                let this = self.events.len() + 1;
                if let Some((id, _, was_by, _)) = self.events[base - 1].redirect {
                    let expected = if again { was_by } else { Some(base) };
                    (state.led_by.get(&id).copied() == expected).then_some(())?;
                }
                self.events[event - 1].undone_by = Some(this);
                self.events[base - 1].undone_by = if again { None } else { Some(this) };
                said = Said { undoes: Some(event), ..Said::default() };
            }
        }
        self.events.push(said);
        Some(())
    }

    /// What can be seen: for each id where it leads, and the names there.
    fn seen(&self) -> BTreeMap<&'static str, (&'static str, BTreeSet<&'static str>)> {
        let state = self.state();
        let names = |id: usize| {
            state.group(id).iter().flat_map(|m| state.names.iter().filter(move |(i, _)| i == m)).map(|(_, n)| NAMES[*n]).collect()
        };
        state.there.iter().map(|id| (IDS[*id], (IDS[state.root(*id).unwrap()], names(*id)))).collect()
    }
}

fn perform(registry: &mut Registry, op: &Op) -> Result<(), nasab::Error> {
    let author = Author::new("model");
    let list = |names: &[usize]| names.iter().map(|name| NAMES[*name]).collect::<Vec<_>>();
    match op {
        Op::Add(id, names) => {
            let entity = Entity::new(IDS[*id], list(names).into_iter().map(String::from)).unwrap();
            registry.add(&entity, "", author).map(|_| ())
        }
        Op::Import(rows) => {
            let text: String = rows.iter().map(|(id, name)| format!("{}\t{}\n", IDS[*id], NAMES[*name])).collect();
            registry.import(format!("id\tname\n{text}").as_bytes(), Format::Tsv, "list", author, |_| {}, |_| {}).map(|_| ())
        }
        Op::Remove(id, name) => registry.remove_name(IDS[*id], NAMES[*name], author).map(|_| ()),
        Op::Ids(decision, one, two) => registry.decide(*decision, IDS[*one], Other::Id(IDS[*two]), author).map(|_| ()),
        Op::Spelling(decision, id, name) => registry.decide(*decision, IDS[*id], Other::Name(NAMES[*name]), author).map(|_| ()),
        Op::Merge(from, into) => registry.merge(IDS[*from], IDS[*into], author).map(|_| ()),
        Op::Split(id, names) => registry.split(IDS[*id], &list(names), author).map(|_| ()),
        Op::SplitOff(id, names, new) => registry.split_off(IDS[*id], &list(names), IDS[*new], author).map(|_| ()),
        Op::Undo(back) => {
            let last = registry.last_event().unwrap();
            registry.undo(last - *back as i64, author).map(|_| ())
        }
    }
}

fn seen(registry: &Registry) -> BTreeMap<String, (String, BTreeSet<String>)> {
    IDS.iter()
        .filter_map(|id| {
            registry.entity(id).ok().map(|entity| (id.to_string(), (registry.resolve(id).unwrap(), entity.names.into_iter().collect())))
        })
        .collect()
}

fn op() -> impl Strategy<Value = Op> {
    let (id, name) = (0..IDS.len(), 0..NAMES.len());
    let names = |from| prop::collection::vec(0..NAMES.len(), from..3);
    let verdict = prop_oneof![Just(Decision::Same), Just(Decision::Different)];
    prop_oneof![
        4 => (id.clone(), names(1)).prop_map(|(id, names)| Op::Add(id, names)),
        2 => prop::collection::vec((id.clone(), name.clone()), 1..5).prop_map(Op::Import),
        2 => (id.clone(), name.clone()).prop_map(|(id, name)| Op::Remove(id, name)),
        2 => (verdict.clone(), id.clone(), id.clone()).prop_map(|(d, one, two)| Op::Ids(d, one, two)),
        1 => (verdict, id.clone(), name.clone()).prop_map(|(d, id, name)| Op::Spelling(d, id, name)),
        3 => (id.clone(), id.clone()).prop_map(|(from, into)| Op::Merge(from, into)),
        2 => (id.clone(), names(0)).prop_map(|(id, names)| Op::Split(id, names)),
        1 => (id.clone(), names(1), id.clone()).prop_map(|(id, names, new)| Op::SplitOff(id, names, new)),
        4 => (0..8usize).prop_map(Op::Undo),
    ]
}

fn cases() -> u32 {
    std::env::var("NASAB_MODEL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_record_says_what_the_model_says(ops in prop::collection::vec(op(), 1..40)) {
        let folder = tempfile();
        let mut registry = Registry::create(folder.join("model.nasab")).unwrap();
        let mut model = Model::default();
        for (place, op) in ops.iter().enumerate() {
            let (done, expected) = (perform(&mut registry, op), model.apply(op));
            prop_assert_eq!(done.is_ok(), expected, "{:?} at {}: {:?}", op, place, done);
            let there = seen(&registry);
            let wanted: BTreeMap<_, _> = model.seen().into_iter()
                .map(|(id, (root, names))| (id.to_string(), (root.to_string(), names.into_iter().map(String::from).collect::<BTreeSet<_>>())))
                .collect();
            prop_assert_eq!(&there, &wanted, "{:?} at {}", op, place);
            // The names by their numbers are those of the identities.
            let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            registry.names_after(0, |name_id, text| {
                let (id, name) = registry.bearer(name_id).unwrap().expect("a name that stands has a bearer");
                assert_eq!(text, name);
                listed.entry(id).or_default().insert(name);
                Ok(())
            }).unwrap();
            let by_id: BTreeMap<_, _> = there.values().cloned().collect();
            prop_assert_eq!(listed, by_id);
        }
        registry.check().unwrap();
        // An undoing of the last event restores what was before it; one of the undoing restores what it did.
        let before = seen(&registry);
        let author = Author::new("model");
        if let Ok(event) = registry.add(&Entity::new("f", ["Omar".to_string()]).unwrap(), "", author) {
            let after = seen(&registry);
            let undone = registry.undo(event.event, author).unwrap();
            prop_assert_eq!(seen(&registry), before);
            registry.undo(undone, author).unwrap();
            prop_assert_eq!(seen(&registry), after);
        }
        // An export is imported to the same.
        let mut copy = Registry::create(folder.join("copy.nasab")).unwrap();
        let mut text = Vec::new();
        registry.export(|entity| { serde_json::to_writer(&mut text, &entity).unwrap(); text.push(b'\n'); Ok(()) }).unwrap();
        copy.import(text.as_slice(), Format::JsonLines, "export", author, |fault| panic!("{fault:?}"), |_| {}).unwrap();
        prop_assert_eq!(seen(&copy), seen(&registry));
        drop((registry, copy));
        std::fs::remove_dir_all(folder).unwrap();
    }
}

fn tempfile() -> std::path::PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let path = std::env::temp_dir().join(format!("nasab-model-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    std::fs::create_dir_all(&path).unwrap();
    path
}
