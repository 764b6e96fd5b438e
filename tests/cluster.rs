//! Groups of one person: no chains, no order, no lost line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::ONE_MAN;
use nasab::Facts;
use nasab::cluster::{Constraints, Edge, Group, Item, Options, Ties, cluster, merge};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

fn items(names: &[&str]) -> Vec<Item> {
    names.iter().map(|name| Item::new(name).unwrap()).collect()
}

fn of(names: &[&str], constraints: &Constraints) -> Vec<Group> {
    cluster(items(names), constraints, &Options::default())
}

/// Members as sets of places.
fn places(groups: &[Group]) -> BTreeSet<Vec<usize>> {
    groups.iter().map(|group| group.members.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()).collect()
}

/// The groups of five nodes or so whose pairs are given; others share no word.
fn merged(count: usize, pairs: &[(usize, usize, f64)], ties: &Ties) -> Vec<Vec<usize>> {
    let scores: HashMap<(usize, usize), f64> = pairs.iter().map(|(a, b, p)| ((*a, *b), *p)).collect();
    let edges: Vec<Edge> = pairs.iter().map(|(left, right, p)| Edge { left: *left, right: *right, probability: *p }).collect();
    merge(count, &edges, |a, b| scores.get(&(a, b)).copied().unwrap_or(0.0), ties, &Options::default())
}

#[test]
fn one_man_in_nine_spellings_is_one_group_among_others() {
    let mut names = ONE_MAN.to_vec();
    names.extend(["Falih al-Fayyad", "Laith al-Khazali", "فالح الفياض"]);
    let found = places(&of(&names, &Constraints::default()));
    assert_eq!(found, BTreeSet::from([(0..9).collect::<Vec<_>>(), vec![9, 11], vec![10]]));
}

#[test]
fn a_chain_is_no_group_whether_its_ends_share_nothing_or_contradict() {
    for ends in [0.0, 0.001] {
        let chain = [(0, 1, 0.95), (1, 2, 0.9), (2, 3, 0.95), (0, 2, 0.2), (1, 3, 0.2), (0, 3, ends)];
        assert_eq!(merged(4, &chain, &Ties::default()), [[0, 1], [2, 3]], "{ends}");
    }
    // Ten nodes that each pass into the next.
    let long: Vec<(usize, usize, f64)> = (0..9).map(|at| (at, at + 1, 0.9)).collect();
    let found = merged(10, &long, &Ties::default());
    assert!(found.iter().all(|group| group.len() <= 2), "{found:?}");
    // All alike is no chain.
    let whole: Vec<(usize, usize, f64)> = (0..4).flat_map(|a| (a + 1..4).map(move |b| (a, b, 0.6))).collect();
    assert_eq!(merged(4, &whole, &Ties::default()), [[0, 1, 2, 3]]);
}

#[test]
fn a_chain_of_names_falls_apart_where_its_ends_are_two_persons() {
    // Each name goes well with the next; the first and the last have nothing in common.
    let names = ["Tariq Mansur", "Tariq Mansur Khalid", "Mansur Khalid", "Mansur Khalid Zubayr", "Khalid Zubayr"];
    let prepared: Vec<Item> = items(&names);
    for pair in prepared.windows(2) {
        assert!(pair[0].probability(&pair[1]) > 0.05, "the chain holds");
    }
    let found = of(&names, &Constraints::default());
    assert!(found.iter().all(|group| !(group.members.contains(&0) && group.members.contains(&4))), "{found:?}");
}

#[test]
fn the_best_pair_is_joined_first() {
    // 1 goes with 0 and with 2, which contradict each other.
    assert_eq!(merged(3, &[(0, 1, 0.7), (1, 2, 0.8), (0, 2, 0.001)], &Ties::default()), [vec![0], vec![1, 2]]);
    assert_eq!(merged(3, &[(0, 1, 0.8), (1, 2, 0.7), (0, 2, 0.001)], &Ties::default()), [vec![0, 1], vec![2]]);
    // Of equal ones the lower.
    assert_eq!(merged(3, &[(0, 1, 0.8), (1, 2, 0.8), (0, 2, 0.001)], &Ties::default()), [vec![0, 1], vec![2]]);
}

#[test]
fn pairs_that_no_edge_names_are_scored_before_groups_are_joined() {
    let edges = [(0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)].map(|(left, right, probability)| Edge { left, right, probability });
    let asked = std::cell::RefCell::new(BTreeSet::new());
    let found = |far: f64| {
        let score = |a, b| {
            asked.borrow_mut().insert((a, b));
            if (a, b) == (1, 2) { 0.8 } else { far }
        };
        merge(4, &edges, score, &Ties::default(), &Options::default())
    };
    assert_eq!(found(0.5), [[0, 1, 2, 3]]);
    assert!(asked.borrow().contains(&(0, 3)) && asked.borrow().contains(&(0, 2)));
    assert_eq!(found(0.002), [[0, 1], [2, 3]]);
}

#[test]
fn decisions_hold() {
    let names = ["Qays al-Khazali", "Qais Khazaali", "Falih al-Fayyad", "قيس الخزعلي"];
    let apart = Constraints { apart: vec![(1, 0)], ..Constraints::default() };
    let found = places(&of(&names, &apart));
    assert!(found.iter().all(|group| !(group.contains(&0) && group.contains(&1))), "{found:?}");
    let same = Constraints { same: vec![(2, 0)], ..Constraints::default() };
    let found = places(&of(&names, &same));
    assert!(found.iter().any(|group| group.contains(&0) && group.contains(&2)), "{found:?}");
    // Namesakes are told apart by a decision alone.
    let namesakes = ["Qays al-Khazali", "Qays al-Khazali"];
    assert_eq!(places(&of(&namesakes, &Constraints::default())), BTreeSet::from([vec![0, 1]]));
    let found = of(&namesakes, &Constraints { apart: vec![(0, 1)], ..Constraints::default() });
    assert_eq!((found.len(), found[0].id == found[1].id), (2, false));
    // A place beyond the list is nobody.
    let beyond = Constraints { same: vec![(0, 9)], apart: vec![(8, 1)], known: vec![(7, "x".to_string())] };
    assert_eq!(of(&namesakes, &beyond).len(), 1);
}

#[test]
fn facts_tell_namesakes_apart_and_several_names_are_one_item() {
    let born = |year: &str| Item::new("Salim Yasin Barakat").unwrap().with_facts(&year.parse::<Facts>().unwrap());
    let found = |items: Vec<Item>| cluster(items, &Constraints::default(), &Options::default()).len();
    assert_eq!(found(vec![born("born=1951"), born("born=1951")]), 1);
    assert_eq!(found(vec![born("born=1931,died=1940,gender=male,country=iq"), born("born=1994,gender=female,country=eg")]), 2);
    let both = Item::new("Abu Yusuf al-Halabi").unwrap().with_name("Falih Hamid al-Fayyad").unwrap();
    assert!(Item::new("فالح الفياض").unwrap().probability(&both) > 0.5);
    assert_eq!(found(vec![both, Item::new("فالح الفياض").unwrap()]), 1);
    assert_eq!(Item::new("12 - 4").unwrap_err().to_string(), "no letter in the name");
}

#[test]
fn an_id_stays_and_new_names_join_a_known_group() {
    let before = of(&["Qays al-Khazali", "Falih al-Fayyad"], &Constraints::default());
    let alone = of(&["Falih al-Fayyad"], &Constraints::default());
    assert_eq!(alone[0].id, before.iter().find(|group| group.members == [1]).unwrap().id);
    // "Falih Fayyad" could join both known groups, which are never joined.
    let names = ["Falih al-Fayyad", "Faleh Fayyad", "Aaleh Fayad", "Falih Fayyad", "Qays al-Khazali"];
    let known = Constraints { known: vec![(0, "one".to_string()), (1, "two".to_string())], ..Constraints::default() };
    let found = of(&names, &known);
    let id = |place: usize| found.iter().find(|group| group.members.contains(&place)).unwrap().id.clone();
    assert_eq!((id(0).as_str(), id(1).as_str()), ("one", "two"));
    assert!(["one", "two"].contains(&id(3).as_str()), "{found:?}");
    assert!(id(4).starts_with('g'));
    // What a known group holds stays, however unlike.
    let known = Constraints { known: vec![(0, "one".to_string()), (4, "one".to_string())], ..Constraints::default() };
    let found = of(&names, &known);
    assert!(found.iter().any(|group| group.id == "one" && group.members.contains(&0) && group.members.contains(&4)));
}

#[test]
fn a_group_tells_its_weakest_pair_and_its_mean() {
    let names = ["Qays al-Khazali", "Qays al-Khazali", "Kais Khazaali", "قيس الخزعلي"];
    let found = of(&names, &Constraints::default());
    assert_eq!(found.len(), 1);
    let all = items(&names);
    let pairs: Vec<f64> = [(0, 2), (0, 3), (2, 3)].map(|(a, b): (usize, usize)| all[a].probability(&all[b])).to_vec();
    let weakest = found[0].weakest.unwrap();
    assert_eq!(weakest.probability, pairs.iter().copied().fold(1.0, f64::min));
    assert_eq!(all[weakest.left].probability(&all[weakest.right]), weakest.probability);
    assert!((found[0].mean.unwrap() - pairs.iter().sum::<f64>() / 3.0).abs() < 1e-12, "a repeated line counts once");
    assert_eq!(of(&names[..2], &Constraints::default())[0].weakest, None);
}

/// Names of few words, so that many are alike.
fn name() -> impl Strategy<Value = String> {
    let words = ["Qays", "Qais", "Kais", "Salim", "Saleem", "al-Khazali", "Khazaali", "Yasin", "Yaseen", "Hamid", "قيس", "سليم", "الخزعلي"];
    proptest::collection::vec(select(words.to_vec()), 1..4).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_lines_says_nothing(
        (plain, mixed) in proptest::collection::vec(name(), 1..24)
            .prop_flat_map(|names| (Just(names.clone()), Just(names.into_iter().enumerate().collect::<Vec<_>>()).prop_shuffle()))
    ) {
        let names: Vec<&str> = plain.iter().map(String::as_str).collect();
        let shuffled: Vec<&str> = mixed.iter().map(|(_, name)| name.as_str()).collect();
        let first = of(&names, &Constraints::default());
        let second = of(&shuffled, &Constraints::default());
        let named = |groups: &[Group], of: &dyn Fn(usize) -> usize| -> Vec<(String, Vec<usize>, Option<f64>)> {
            groups.iter().map(|g| {
                let mut members: Vec<usize> = g.members.iter().map(|m| of(*m)).collect();
                members.sort_unstable();
                (g.id.clone(), members, g.mean)
            }).collect()
        };
        prop_assert_eq!(named(&first, &|m| m), named(&second, &|m| mixed[m].0));
        // Every line is in one group; equal lines are in the same; no two ids are equal.
        let mut group_of: BTreeMap<usize, &str> = BTreeMap::new();
        for group in &first {
            for member in &group.members {
                prop_assert!(group_of.insert(*member, &group.id).is_none());
            }
        }
        prop_assert_eq!(group_of.len(), names.len());
        let mut by_name: HashMap<&str, &str> = HashMap::new();
        for (place, name) in names.iter().enumerate() {
            prop_assert_eq!(*by_name.entry(name).or_insert(group_of[&place]), group_of[&place]);
        }
        prop_assert_eq!(first.iter().map(|g| &g.id).collect::<HashSet<_>>().len(), first.len());
    }

    #[test]
    fn what_is_forbidden_is_never_joined(
        scores in proptest::collection::vec(select(vec![0.0, 0.001, 0.1, 0.45, 0.7, 0.95]), 45),
        apart in proptest::collection::vec((0usize..10, 0usize..10), 0..4),
        known in proptest::collection::vec(proptest::option::of(0usize..3), 10),
    ) {
        let pairs: Vec<(usize, usize)> = (0..10).flat_map(|a| (a + 1..10).map(move |b| (a, b))).collect();
        let given: Vec<(usize, usize, f64)> = pairs.iter().zip(&scores).map(|((a, b), p)| (*a, *b, *p)).collect();
        let apart: HashSet<(usize, usize)> = apart.into_iter().filter(|(a, b)| a < b).collect();
        let ties = Ties { apart: apart.clone(), known: known.clone(), ..Ties::default() };
        let found = merged(10, &given, &ties);
        let mut all: Vec<usize> = found.concat();
        all.sort_unstable();
        prop_assert_eq!(all, (0..10).collect::<Vec<_>>());
        let group: HashMap<usize, usize> = found.iter().enumerate().flat_map(|(g, nodes)| nodes.iter().map(move |n| (*n, g))).collect();
        for (a, b, probability) in given {
            let (one, two) = (known[a], known[b]);
            if one.is_some() && one == two {
                prop_assert_eq!(group[&a], group[&b]);
            } else if one.is_some() && two.is_some() {
                prop_assert_ne!(group[&a], group[&b]);
            } else if apart.contains(&(a, b)) || (probability > 0.0 && probability < Options::default().floor) {
                prop_assert_ne!(group[&a], group[&b]);
            }
        }
    }
}
