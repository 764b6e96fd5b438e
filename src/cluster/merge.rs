//! Joining groups, the best pair first.
//!
//! Nodes by number and the likely pairs among them enter, with a score for any other pair; groups leave. Two groups
//! are joined when their link is high enough, no pair between them speaks against it, and few pairs have nothing in
//! common. Links are weighed over all pairs between two groups: a pair that no edge names is scored when it
//! is first asked for. A link is never above its best pair, so pairs below the threshold need no edge.
//!
//! Of links that are equal the one with the lower node is taken first, so the numbers of the nodes alone decide.

use super::Options;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashSet};

/// A pair of nodes, the lower one on the left, and the probability that both are one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The lower node.
    pub left: usize,
    /// The higher node.
    pub right: usize,
    /// That both are one person.
    pub probability: f64,
}

/// What is decided about nodes.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// Pairs that are one person; they win over what else stands here.
    pub same: Vec<(usize, usize)>,
    /// Pairs that are two persons, the lower node first.
    pub apart: HashSet<(usize, usize)>,
    /// For each node the number of its known group. Nodes of one such group are one person; two groups are never joined.
    /// Nodes beyond its end are of none.
    pub known: Vec<Option<usize>>,
}

/// The groups of the nodes below `count`, each sorted, in the order of their first nodes. `score` gives the probability
/// of a pair, the lower node first.
pub fn merge(count: usize, edges: &[Edge], score: impl Fn(usize, usize) -> f64, ties: &Ties, options: &Options) -> Vec<Vec<usize>> {
    let mut merger = Merger {
        score,
        ties,
        options,
        members: tied(count, ties),
        known: Vec::new(),
        links: vec![BTreeMap::new(); count],
        turns: vec![0; count],
        queue: BinaryHeap::new(),
    };
    merger.known = merger.members.iter().map(|group| group.iter().find_map(|node| ties.known.get(*node).copied().flatten())).collect();
    merger.start(edges);
    while let Some(next) = merger.queue.pop() {
        let (Reverse(a), Reverse(b)) = (next.lower, next.higher);
        if [a, b].map(|group| merger.turns.get(group).copied()) == next.turns.map(Some) {
            merger.join(a, b);
        }
    }
    merger
        .members
        .into_iter()
        .filter(|group| !group.is_empty())
        .map(|mut group| {
            group.sort_unstable();
            group
        })
        .collect()
}

/// The groups that are decided, each at the place of its first node.
fn tied(count: usize, ties: &Ties) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..count).collect();
    fn find(root: &[usize], mut node: usize) -> usize {
        while let Some(up) = root.get(node).filter(|up| **up != node) {
            node = *up;
        }
        node
    }
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let known = ties.known.iter().enumerate().filter_map(|(node, group)| group.map(|group| (*first.entry(group).or_insert(node), node)));
    for (a, b) in ties.same.iter().copied().chain(known).filter(|(a, b)| *a < count && *b < count) {
        let (a, b) = (find(&root, a), find(&root, b));
        if let Some(up) = root.get_mut(a.max(b)) {
            *up = a.min(b);
        }
    }
    let mut members = vec![Vec::new(); count];
    for node in 0..count {
        if let Some(group) = members.get_mut(find(&root, node)) {
            group.push(node);
        }
    }
    members
}

/// What stands between two groups.
#[derive(Clone, Copy, Debug)]
struct Link {
    sum: f64,
    best: f64,
    pairs: usize,
    /// Pairs that share no word.
    strangers: usize,
    /// Something forbids it, now and for whatever they become a part of.
    barred: bool,
}

impl Link {
    const NONE: Link = Link { sum: 0.0, best: 0.0, pairs: 0, strangers: 0, barred: false };
    const BARRED: Link = Link { barred: true, ..Link::NONE };

    fn with(self, other: Link) -> Link {
        Link {
            sum: self.sum + other.sum,
            best: self.best.max(other.best),
            pairs: self.pairs + other.pairs,
            strangers: self.strangers + other.strangers,
            barred: self.barred || other.barred,
        }
    }

    fn pair(probability: f64) -> Link {
        Link { sum: probability, best: probability, pairs: 1, strangers: usize::from(probability <= 0.0), barred: false }
    }

    /// Its weight, where the groups may be joined.
    fn weight(&self, options: &Options) -> Option<f64> {
        let pairs = self.pairs as f64;
        let weight = options.best * self.best + (1.0 - options.best) * self.sum / pairs;
        let open = !self.barred && self.pairs > 0 && self.strangers as f64 <= options.strangers * pairs;
        // The sum of equal numbers may fall short of their product by a rounding.
        (open && weight >= options.threshold - 1e-12).then_some(weight)
    }
}

/// Two groups that may be joined, as they were when it was found.
#[derive(PartialEq)]
struct Next {
    weight: f64,
    lower: Reverse<usize>,
    higher: Reverse<usize>,
    turns: [u32; 2],
}

impl Eq for Next {}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let order = self.weight.total_cmp(&other.weight).then(self.lower.cmp(&other.lower)).then(self.higher.cmp(&other.higher));
        order.then(self.turns.cmp(&other.turns))
    }
}

/// A group stands at the place of its lowest node; the others' places are empty.
struct Merger<'a, S> {
    score: S,
    ties: &'a Ties,
    options: &'a Options,
    members: Vec<Vec<usize>>,
    known: Vec<Option<usize>>,
    /// Both ways.
    links: Vec<BTreeMap<usize, Link>>,
    /// How often a group has changed: what the queue says of older ones is void.
    turns: Vec<u32>,
    queue: BinaryHeap<Next>,
}

impl<S: Fn(usize, usize) -> f64> Merger<'_, S> {
    fn start(&mut self, edges: &[Edge]) {
        let mut group_of = vec![0; self.members.len()];
        for (place, members) in self.members.iter().enumerate() {
            for node in members {
                if let Some(group) = group_of.get_mut(*node) {
                    *group = place;
                }
            }
        }
        for edge in edges {
            let (Some(one), Some(two)) = (group_of.get(edge.left), group_of.get(edge.right)) else { continue };
            let (a, b) = (*one.min(two), *one.max(two));
            if a == b || edge.probability < self.options.threshold || self.links.get(a).is_some_and(|links| links.contains_key(&b)) {
                continue;
            }
            let single = self.members_of(a).len() == 1 && self.members_of(b).len() == 1;
            let free = single && !self.barred(a, b) && !self.ties.apart.contains(&(a, b)) && edge.probability >= self.options.floor;
            let link = if free { Link::pair(edge.probability) } else { self.between(a, b) };
            self.set(a, b, link);
        }
    }

    fn members_of(&self, group: usize) -> &[usize] {
        self.members.get(group).map_or(&[], Vec::as_slice)
    }

    /// Two known groups are never joined.
    fn barred(&self, a: usize, b: usize) -> bool {
        let known = |group: usize| self.known.get(group).copied().flatten();
        known(a).is_some_and(|one| known(b).is_some_and(|two| one != two))
    }

    /// The link of two groups by all pairs between them.
    fn between(&self, a: usize, b: usize) -> Link {
        if self.barred(a, b) {
            return Link::BARRED;
        }
        let mut link = Link::NONE;
        for &one in self.members_of(a) {
            for &two in self.members_of(b) {
                let pair = (one.min(two), one.max(two));
                let probability = if self.ties.apart.contains(&pair) { return Link::BARRED } else { (self.score)(pair.0, pair.1) };
                if probability > 0.0 && probability < self.options.floor {
                    return Link::BARRED;
                }
                link = link.with(Link::pair(probability));
            }
        }
        link
    }

    fn set(&mut self, a: usize, b: usize, link: Link) {
        for (group, other) in [(a, b), (b, a)] {
            if let Some(links) = self.links.get_mut(group) {
                links.insert(other, link);
            }
        }
        let (lower, higher) = (a.min(b), a.max(b));
        if let Some(weight) = link.weight(self.options) {
            let turns = [lower, higher].map(|group| self.turns.get(group).copied().unwrap_or_default());
            self.queue.push(Next { weight, lower: Reverse(lower), higher: Reverse(higher), turns });
        }
    }

    /// The higher group becomes a part of the lower.
    fn join(&mut self, a: usize, b: usize) {
        let [of_a, of_b] = [a, b].map(|group| self.links.get_mut(group).map(std::mem::take).unwrap_or_default());
        let others: Vec<usize> = of_a.keys().chain(of_b.keys()).copied().filter(|k| *k != a && *k != b).collect();
        let mut joined: BTreeMap<usize, Link> = BTreeMap::new();
        for other in others {
            if joined.contains_key(&other) {
                continue;
            }
            let [one, two] = [(&of_a, a), (&of_b, b)].map(|(links, own)| (links.get(&other).copied(), own));
            let link = match (one, two) {
                ((Some(Link { barred: true, .. }), _), _) | (_, (Some(Link { barred: true, .. }), _)) => Link::BARRED,
                ((one, _), (two, _)) => one.unwrap_or_else(|| self.between(a, other)).with(two.unwrap_or_else(|| self.between(b, other))),
            };
            joined.insert(other, link);
        }
        let more = self.members.get_mut(b).map(std::mem::take).unwrap_or_default();
        if let Some(members) = self.members.get_mut(a) {
            members.extend(more);
        }
        let known = self.known.get(b).copied().flatten();
        if let Some(own) = self.known.get_mut(a) {
            *own = own.or(known);
        }
        for group in [a, b] {
            if let Some(turn) = self.turns.get_mut(group) {
                *turn += 1;
            }
        }
        for (other, link) in joined {
            if let Some(links) = self.links.get_mut(other) {
                links.remove(&b);
            }
            self.set(a, other, link);
        }
    }
}
