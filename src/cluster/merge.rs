//! Pairs to groups, without chains.
//!
//! Every node begins as a group. The two groups whose pairs are likeliest on the average are merged, as long as the average is
//! above the threshold and no pair between them is below the least; then the next. A pair that was never looked at is
//! looked at when it counts. Ties go by the order of the nodes, so that nothing depends on the order of the list.

use super::pairs::Pairs;
use super::{ClusterOptions, Item};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

/// A finished group.
pub(super) struct Merged {
    pub nodes: Vec<usize>,
    /// The two nodes that fit each other least.
    pub weakest: Option<(usize, usize, f64)>,
    pub mean: f64,
}

/// What the pairs between two groups, or within one, come to.
#[derive(Clone, Copy, Default)]
struct Sum {
    all: f64,
    count: f64,
    weakest: Option<(usize, usize, f64)>,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.all += other.all;
        self.count += other.count;
        self.weakest = match (self.weakest, other.weakest) {
            (Some(one), Some(two)) => Some(if weaker(&two, &one) { two } else { one }),
            (one, two) => one.or(two),
        };
    }

    fn mean(&self) -> f64 {
        if self.count > 0.0 { self.all / self.count } else { 1.0 }
    }

    fn least(&self) -> f64 {
        self.weakest.map_or(1.0, |(_, _, p)| p)
    }
}

fn weaker(one: &(usize, usize, f64), two: &(usize, usize, f64)) -> bool {
    one.2.total_cmp(&two.2).then(one.0.cmp(&two.0)).then(one.1.cmp(&two.1)).is_lt()
}

struct Open {
    nodes: Vec<usize>,
    known: Option<String>,
    within: Sum,
    /// The groups beside it that may be the same, and what the pairs between them come to.
    beside: BTreeMap<usize, Sum>,
}

/// Two groups that may be merged, the likeliest first.
struct Offer {
    mean: f64,
    one: usize,
    two: usize,
}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.one, other.two).cmp(&(self.one, self.two)))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Offer {}

/// The groups of the nodes.
pub(super) fn merge(pairs: &Pairs, items: &[&Item<'_>], options: &ClusterOptions) -> Vec<Merged> {
    let mut groups: Groups<'_> = Groups { pairs, options, open: HashMap::new(), next: items.len(), offers: BinaryHeap::new() };
    for (node, item) in items.iter().enumerate() {
        let known = item.known.map(str::to_string);
        groups.open.insert(node, Open { nodes: vec![node], known, within: Sum::default(), beside: BTreeMap::new() });
    }
    groups.keep_known(items);
    let owner = groups.owners();
    for (a, b, _) in &pairs.likely {
        if let (Some(one), Some(two)) = (owner.get(a), owner.get(b)) {
            groups.meet(*one, *two);
        }
    }
    while let Some(Offer { one, two, .. }) = groups.offers.pop() {
        if groups.open.contains_key(&one) && groups.open.contains_key(&two) {
            groups.unite(one, two);
        }
    }
    let closed = |group: Open| Merged { mean: group.within.mean(), weakest: group.within.weakest, nodes: group.nodes };
    let mut merged: Vec<Merged> = groups.open.into_values().map(closed).collect();
    merged.sort_by_key(|group| group.nodes.first().copied());
    merged
}

struct Groups<'a> {
    pairs: &'a Pairs<'a>,
    options: &'a ClusterOptions,
    open: HashMap<usize, Open>,
    next: usize,
    offers: BinaryHeap<Offer>,
}

impl Groups<'_> {
    /// What was together stays so.
    fn keep_known(&mut self, items: &[&Item<'_>]) {
        let mut by_known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (node, item) in items.iter().enumerate() {
            if let Some(known) = item.known {
                by_known.entry(known).or_default().push(node);
            }
        }
        for (known, nodes) in by_known {
            let mut within = Sum::default();
            for (at, a) in nodes.iter().enumerate() {
                for b in nodes.iter().take(at) {
                    within.add(self.pair(*b, *a));
                }
            }
            nodes.iter().for_each(|node| drop(self.open.remove(node)));
            self.open.insert(self.next, Open { nodes, known: Some(known.to_string()), within, beside: BTreeMap::new() });
            self.next += 1;
        }
    }

    fn owners(&self) -> HashMap<usize, usize> {
        self.open.iter().flat_map(|(group, open)| open.nodes.iter().map(|node| (*node, *group))).collect()
    }

    fn pair(&self, a: usize, b: usize) -> Sum {
        let probability = self.pairs.probability(a, b);
        Sum { all: probability, count: 1.0, weakest: Some((a.min(b), a.max(b), probability)) }
    }

    /// What all pairs between two groups come to.
    fn between(&self, one: usize, two: usize) -> Sum {
        let mut sum = Sum::default();
        if let (Some(one), Some(two)) = (self.open.get(&one), self.open.get(&two)) {
            for a in &one.nodes {
                for b in &two.nodes {
                    sum.add(self.pair(*a, *b));
                }
            }
        }
        sum
    }

    /// Two groups that have a likely pair.
    fn meet(&mut self, one: usize, two: usize) {
        if one == two || self.open.get(&one).is_none_or(|group| group.beside.contains_key(&two)) {
            return;
        }
        let sum = self.between(one, two);
        self.offer(one, two, sum);
    }

    fn offer(&mut self, one: usize, two: usize, sum: Sum) {
        for (own, other) in [(one, two), (two, one)] {
            if let Some(group) = self.open.get_mut(&own) {
                group.beside.insert(other, sum);
            }
        }
        let known = |group: usize| self.open.get(&group).is_some_and(|group| group.known.is_some());
        let fits = sum.mean() >= self.options.threshold && sum.least() >= self.options.least;
        if fits && !(known(one) && known(two)) {
            self.offers.push(Offer { mean: sum.mean(), one: one.min(two), two: one.max(two) });
        }
    }

    /// Makes one group of two, and looks anew at those beside it.
    fn unite(&mut self, one: usize, two: usize) {
        let (Some(mut first), Some(second)) = (self.open.remove(&one), self.open.remove(&two)) else { return };
        let between = first.beside.remove(&two).unwrap_or_default();
        first.within.add(second.within);
        first.within.add(between);
        first.nodes.extend(second.nodes);
        first.nodes.sort_unstable();
        first.known = first.known.or(second.known);
        let mut beside = std::mem::take(&mut first.beside);
        let mut sums: Vec<(usize, Option<Sum>)> = Vec::new();
        for (other, sum) in second.beside.into_iter().filter(|(other, _)| *other != one) {
            // Known on both sides, the sums add up; else what is missing is looked at.
            let both = beside.remove(&other).map(|mut own| {
                own.add(sum);
                own
            });
            sums.push((other, both));
        }
        sums.extend(beside.into_keys().map(|other| (other, None)));
        let own = self.next;
        self.next += 1;
        self.open.insert(own, first);
        for (other, sum) in sums {
            if let Some(group) = self.open.get_mut(&other) {
                group.beside.remove(&one);
                group.beside.remove(&two);
                let sum = sum.unwrap_or_else(|| self.between(own, other));
                self.offer(own, other, sum);
            }
        }
    }
}
