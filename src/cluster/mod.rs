//! Clustering: the groups of one person in a list of names.
//!
//! Names enter, each with what is known beside it and perhaps the group that it was put into before; [`Group`]s leave, each
//! with its weakest link for review. Groups are not chained together: two are merged only while all their names fit each other on
//! the average and none of them speaks against another (`merge.rs`). Names that share no rare word are not compared at all
//! (`pairs.rs`). The same names give the same groups in any order. Groups that were known stay as they are: new names join
//! them or each other.
//!
//! ```
//! use nasab::cluster::{ClusterOptions, Item, cluster};
//! let names = ["Qays al-Khazali", "قيس الخزعلي", "Laith al-Khazali", "Qaïs el-Khazaali"];
//! let groups = cluster(&names.map(Item::new), &ClusterOptions::default());
//! assert_eq!(groups[0].members, [0, 1, 3]);
//! assert_eq!(groups[1].members, [2]);
//! ```

mod merge;
mod pairs;

use crate::matching::Facts;
use pairs::Pairs;
use serde::Serialize;
use std::collections::HashMap;

/// How far names are put together.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ClusterOptions {
    /// From this probability on two groups are one, on the average of all their pairs.
    pub threshold: f64,
    /// No pair of a group is less likely than this.
    pub least: f64,
}

impl Default for ClusterOptions {
    fn default() -> Self {
        ClusterOptions { threshold: 0.5, least: 0.05 }
    }
}

/// A name to be put into a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item<'a> {
    /// The name.
    pub name: &'a str,
    /// What is known beside it.
    pub facts: Facts,
    /// The group that it is in already. Items of one known group stay together, and those of two apart.
    pub known: Option<&'a str>,
}

impl<'a> Item<'a> {
    /// A name alone.
    pub fn new(name: &'a str) -> Self {
        Item { name, ..Item::default() }
    }
}

/// Two items of a group and the probability that they are one person's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The place of the one.
    pub left: usize,
    /// The place of the other.
    pub right: usize,
    /// From 0 to 1.
    pub probability: f64,
}

/// Names of one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// A name for the group: the one it was known by, or one made of its first name in the order of the alphabet.
    pub id: String,
    /// The places of its items, rising.
    pub members: Vec<usize>,
    /// The two that fit each other least; none in a group of one name.
    pub weakest: Option<Link>,
    /// The probability of its pairs on the average; 1 in a group of one name.
    pub mean: f64,
}

/// Puts names into groups, ordered by their first members. A name without a letter is a group of its own.
pub fn cluster(items: &[Item<'_>], options: &ClusterOptions) -> Vec<Group> {
    // The order of the texts, so that the order of the list does not count. Equal items are one node.
    let mut places: Vec<usize> = (0..items.len()).collect();
    places.sort_by(|a, b| key(items.get(*a)).cmp(&key(items.get(*b))).then(a.cmp(b)));
    let mut nodes: Vec<Vec<usize>> = Vec::new();
    for place in places {
        match nodes.last_mut() {
            Some(node) if node.first().is_some_and(|first| items.get(*first) == items.get(place)) => node.push(place),
            _ => nodes.push(vec![place]),
        }
    }
    let firsts: Vec<&Item<'_>> = nodes.iter().filter_map(|node| items.get(*node.first()?)).collect();
    let pairs = Pairs::of(&firsts);
    let merged = merge::merge(&pairs, &firsts, options);
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for own in merged {
        let link = |(a, b, probability): (usize, usize, f64)| {
            let place = |node: usize| nodes.get(node).and_then(|node| node.first()).copied().unwrap_or(0);
            let (left, right) = (place(a).min(place(b)), place(a).max(place(b)));
            Link { left, right, probability }
        };
        let mut members: Vec<usize> = own.nodes.iter().filter_map(|node| nodes.get(*node)).flatten().copied().collect();
        members.sort_unstable();
        let known = own.nodes.iter().find_map(|node| firsts.get(*node)?.known).map(str::to_string);
        let first = own.nodes.iter().min().and_then(|node| firsts.get(*node)).map_or("", |item| item.name);
        let id = known.unwrap_or_else(|| unlike(&mut ids, first));
        groups.push(Group { id, members, weakest: own.weakest.map(link), mean: own.mean });
    }
    groups.sort_by_key(|group| group.members.first().copied());
    groups
}

/// What items are ordered by.
fn key<'a>(item: Option<&'a Item<'_>>) -> Option<(&'a str, Option<&'a str>, String)> {
    item.map(|item| (item.name, item.known, if item.facts.is_empty() { String::new() } else { format!("{:?}", item.facts) }))
}

/// An id made of a text; a second group of the same text gets a number behind it.
fn unlike(ids: &mut HashMap<String, usize>, text: &str) -> String {
    // FNV-1a: ids are kept in files, so they must not change with the compiler's hasher.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |all, byte| (all ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let id = format!("g{hash:016x}");
    let count = ids.entry(id.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { id } else { format!("{id}.{count}") }
}
