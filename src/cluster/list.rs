//! The items of a list as nodes in the order of their names.
//!
//! Items enter in any order; groups of their places leave. Items alike letter for letter are one node, so what
//! follows sees the same nodes under the same numbers whatever the order was and however often a line was repeated.

use super::block::Blocks;
use super::merge::{Edge, Ties, merge};
use super::{Constraints, Group, Item, Options, Weakest};
use crate::matching::Facts;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A list that is ready to be searched for pairs.
#[derive(Debug)]
pub struct List {
    nodes: Vec<Node>,
    blocks: Blocks,
    ties: Ties,
    /// Ids of the known groups by their numbers.
    labels: Vec<String>,
}

#[derive(Debug)]
struct Node {
    item: Item,
    /// Places in the list.
    places: Vec<usize>,
}

/// What nodes are sorted by: names, facts, the known group, and the place of one that is decided not to be its like.
type Key = (Vec<String>, String, Option<String>, Option<usize>);

impl List {
    /// Sorts the items and seeks their blocking keys.
    pub fn new(items: Vec<Item>, constraints: &Constraints) -> List {
        let mut list = List::unkeyed(items, constraints);
        for node in &list.nodes {
            list.blocks.add(node.item.keys());
        }
        list
    }

    /// Sorts the items alone: [`List::edges`] finds nothing, and the edges that [`List::groups`] takes were found elsewhere. As
    /// long as no edge leads out of a list, its groups are those that any longer list has.
    ///
    /// ```
    /// use nasab::cluster::{Constraints, Edge, Item, List, Options};
    /// let items = ["قيس الخزعلي", "Qays al-Khazali"].iter().map(|n| Item::new(n).unwrap()).collect();
    /// let list = List::unkeyed(items, &Constraints::default());
    /// assert_eq!((list.places(0), list.places(1)), (&[1][..], &[0][..]));
    /// let groups = list.groups(vec![Edge { left: 0, right: 1, probability: 0.99 }], &Options::default());
    /// assert_eq!(groups[0].members, [1, 0]);
    /// ```
    pub fn unkeyed(items: Vec<Item>, constraints: &Constraints) -> List {
        let plain: Vec<(Vec<String>, String)> = items.iter().map(look).collect();
        let alike = |(a, b): &&(usize, usize)| plain.get(*a).is_some_and(|one| plain.get(*b) == Some(one));
        let parted: BTreeSet<usize> = constraints.apart.iter().filter(alike).flat_map(|(a, b)| [*a, *b]).collect();
        let labels: BTreeSet<&String> = constraints.known.iter().filter(|(place, _)| *place < items.len()).map(|(_, id)| id).collect();
        let mut label_of: HashMap<usize, &String> = HashMap::new();
        let mut label_like: HashMap<&(Vec<String>, String), &String> = HashMap::new();
        for (place, id) in &constraints.known {
            let Some(look) = plain.get(*place) else { continue };
            label_of.entry(*place).and_modify(|old| *old = id.min(*old)).or_insert(id);
            label_like.entry(look).and_modify(|old| *old = id.min(*old)).or_insert(id);
        }
        let mut sorted: BTreeMap<Key, Node> = BTreeMap::new();
        for ((place, item), look) in items.into_iter().enumerate().zip(&plain) {
            let single = parted.contains(&place).then_some(place);
            // A line that a known group has, letter for letter, is of that group.
            let label = label_of.get(&place).or_else(|| label_like.get(look).filter(|_| single.is_none()));
            let key = (look.0.clone(), look.1.clone(), label.map(|id| (*id).clone()), single);
            sorted.entry(key).or_insert_with(|| Node { item, places: Vec::new() }).places.push(place);
        }
        let labels: Vec<String> = labels.into_iter().cloned().collect();
        let known = sorted.keys().map(|key| key.2.as_ref().and_then(|id| labels.binary_search(id).ok())).collect();
        let nodes: Vec<Node> = sorted.into_values().collect();
        let mut node_of: HashMap<usize, usize> = HashMap::new();
        for (number, node) in nodes.iter().enumerate() {
            node_of.extend(node.places.iter().map(|place| (*place, number)));
        }
        let pair = |(a, b): &(usize, usize)| {
            let (a, b) = (*node_of.get(a)?, *node_of.get(b)?);
            (a != b).then_some((a.min(b), a.max(b)))
        };
        let same = constraints.same.iter().filter_map(pair).collect();
        let apart = constraints.apart.iter().filter_map(pair).collect();
        List { nodes, blocks: Blocks::default(), ties: Ties { same, apart, known }, labels }
    }

    /// The places of the items that a node stands for.
    pub fn places(&self, node: usize) -> &[usize] {
        self.nodes.get(node).map_or(&[], |node| &node.places)
    }

    /// The number of nodes: items that are not alike letter for letter.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True when there is no item.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The pairs of a node with later ones that may join groups. Each node can be asked by another thread.
    pub fn edges(&self, node: usize, options: &Options) -> Vec<Edge> {
        let edge = |other| Edge { left: node, right: other, probability: self.probability(node, other) };
        let likely = |edge: &Edge| edge.probability > 0.0 && edge.probability >= options.threshold;
        self.blocks.after(node).into_iter().map(edge).filter(likely).collect()
    }

    /// The groups, from the edges of all nodes.
    pub fn groups(&self, mut edges: Vec<Edge>, options: &Options) -> Vec<Group> {
        edges.sort_by_key(|edge| (edge.left, edge.right));
        let found = merge(self.len(), &edges, |a, b| self.probability(a, b), &self.ties, options);
        let mut taken: BTreeSet<String> = self.labels.iter().cloned().collect();
        let mut named: BTreeSet<usize> = BTreeSet::new();
        found
            .iter()
            .map(|nodes| {
                let known = nodes.iter().filter_map(|node| self.ties.known.get(*node).copied().flatten()).min();
                let label = known.filter(|label| named.insert(*label)).and_then(|label| self.labels.get(label));
                let id = label.cloned().unwrap_or_else(|| self.id(nodes, &mut taken));
                let (weakest, mean) = self.links(nodes);
                let members = nodes.iter().filter_map(|node| self.nodes.get(*node)).flat_map(|node| node.places.iter().copied()).collect();
                Group { id, members, weakest, mean }
            })
            .collect()
    }

    fn probability(&self, a: usize, b: usize) -> f64 {
        self.nodes.get(a).zip(self.nodes.get(b)).map_or(0.0, |(a, b)| a.item.probability(&b.item))
    }

    /// What a new group is called: by the hash of its first member, and a number where that is taken.
    fn id(&self, nodes: &[usize], taken: &mut BTreeSet<String>) -> String {
        let (names, facts) = nodes.first().and_then(|node| self.nodes.get(*node)).map(|node| look(&node.item)).unwrap_or_default();
        let stem = format!("g{:016x}", fnv(names.iter().chain([&facts]).flat_map(|text| text.bytes().chain([0]))));
        let id = (1..).map(|n| if n == 1 { stem.clone() } else { format!("{stem}-{n}") }).find(|id| !taken.contains(id)).unwrap_or(stem);
        taken.insert(id.clone());
        id
    }

    fn links(&self, nodes: &[usize]) -> (Option<Weakest>, Option<f64>) {
        let place = |node: usize| self.nodes.get(node).and_then(|node| node.places.first()).copied().unwrap_or_default();
        let (mut weakest, mut sum, mut count): (Option<Weakest>, f64, usize) = (None, 0.0, 0);
        for (at, one) in nodes.iter().enumerate() {
            for two in nodes.iter().skip(at + 1) {
                let probability = self.probability(*one, *two);
                sum += probability;
                count += 1;
                if weakest.is_none_or(|weakest| probability < weakest.probability) {
                    weakest = Some(Weakest { left: place(*one), right: place(*two), probability });
                }
            }
        }
        (weakest, (count > 0).then(|| sum / count as f64))
    }
}

/// What is seen of an item.
fn look(item: &Item) -> (Vec<String>, String) {
    let facts = &item.facts;
    // Written out by fact: ids are made of it, and must not change when a kind of fact is added.
    let facts = match facts {
        none if none.is_empty() => String::new(),
        Facts { born, died, gender, countries } => format!("{born:?} {died:?} {gender:?} {countries:?}"),
    };
    (item.names.iter().map(|(name, _)| name.clone()).collect(), facts)
}

/// FNV-1a: the same in every version, so that ids stay.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
