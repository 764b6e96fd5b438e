//! Which names are compared, and what comes of it.

use super::Item;
use crate::index::{Builder, Index};
use crate::matching::{Prepared, probability, with_facts};
use rayon::prelude::*;

/// Names that a name is compared with at first.
const MOST: usize = 80;
/// A pair less likely is not looked at again by itself.
const LEAST: f64 = 0.1;

/// Nodes ready to be compared, and the pairs that may be one person's.
pub(super) struct Pairs<'a> {
    items: &'a [&'a Item<'a>],
    prepared: Vec<Prepared>,
    /// Each pair once, the lower node first.
    pub likely: Vec<(usize, usize, f64)>,
}

impl<'a> Pairs<'a> {
    pub(super) fn of(items: &'a [&'a Item<'a>]) -> Pairs<'a> {
        let prepared: Vec<Prepared> = items.par_iter().map(|item| Prepared::new(item.name)).collect();
        let names: Vec<(u64, &str)> = (1..).zip(items.iter().map(|item| item.name)).collect();
        let mut builder = Builder::new();
        builder.add(&names);
        let (mut segment, mut index) = (Vec::new(), Index::new());
        // Neither writing to memory nor reading what was just written fails.
        if builder.finish(&mut segment).is_ok() {
            let _ = index.push(segment);
        }
        let mut pairs = Pairs { items, prepared, likely: Vec::new() };
        let near = |(node, item): (usize, &&Item<'_>)| -> Vec<(usize, usize)> {
            let found = index.search(item.name, MOST).into_iter().filter_map(|found| usize::try_from(found.number).ok()?.checked_sub(1));
            found.filter(|other| *other != node).map(|other| (node.min(other), node.max(other))).collect()
        };
        let mut near: Vec<(usize, usize)> = items.par_iter().enumerate().flat_map_iter(near).collect();
        near.par_sort_unstable();
        near.dedup();
        pairs.likely = near.into_par_iter().map(|(a, b)| (a, b, pairs.probability(a, b))).filter(|(_, _, p)| *p >= LEAST).collect();
        pairs
    }

    /// The probability of two nodes.
    pub(super) fn probability(&self, a: usize, b: usize) -> f64 {
        let (Some(x), Some(y)) = (self.prepared.get(a), self.prepared.get(b)) else { return 0.0 };
        let (Some(one), Some(two)) = (self.items.get(a), self.items.get(b)) else { return 0.0 };
        with_facts(probability(x, y), &one.facts, &two.facts)
    }
}
