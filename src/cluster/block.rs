//! Which items are worth comparing: those that share a blocking key.
//!
//! The keys of each node enter; the nodes that share one leave. A key of more than [`LARGEST`] nodes says little, and all
//! its pairs would be too many: there each node meets only the [`NEXT`] that come after it. Nodes are
//! in the order of their names, so these are the nearest by letters, whatever the order of the list.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Nodes of a key that are all compared with each other. On public lists the same groups come of four times as many, which takes twice
/// the time.
pub const LARGEST: usize = 250;

/// Nodes after each that are compared under a larger key.
pub const NEXT: usize = 50;

/// Keys to nodes. Keys are kept as hashes: two that fall together cost comparisons and no more.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    nodes: HashMap<u64, Vec<u32>>,
    keys: Vec<Box<[u64]>>,
}

impl Blocks {
    /// Adds the next node.
    pub(super) fn add(&mut self, keys: impl IntoIterator<Item = String>) {
        let node = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let hashes = hashes(keys);
        for key in &hashes {
            self.nodes.entry(*key).or_default().push(node);
        }
        self.keys.push(hashes.into());
    }

    /// The nodes after one that are worth comparing with it, in order.
    pub(super) fn after(&self, node: usize) -> Vec<usize> {
        let mut found: Vec<u32> = Vec::new();
        for key in self.keys.get(node).into_iter().flatten() {
            let Some(all) = self.nodes.get(key) else { continue };
            let start = all.partition_point(|other| *other as usize <= node);
            let rest = all.get(start..).unwrap_or_default();
            found.extend(rest.iter().take(if all.len() > LARGEST { NEXT } else { LARGEST }));
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|other| other as usize).collect()
    }
}

/// The keys of a node as numbers, sorted, each once.
pub(super) fn hashes(keys: impl IntoIterator<Item = String>) -> Vec<u64> {
    let mut hashes: Vec<u64> = keys.into_iter().map(|key| hash(&key)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The same in every run: the keys of `DefaultHasher::new` are fixed.
fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_of_one_key_meet_once_and_a_large_key_brings_neighbours_alone() {
        let mut blocks = Blocks::default();
        for node in 0..LARGEST + 200 {
            let own = if node % (LARGEST / 2) == 0 { vec!["rare".to_string(), "rarer".to_string()] } else { Vec::new() };
            blocks.add(own.into_iter().chain(["common".to_string()]));
        }
        let mut expected: Vec<usize> = (1..=NEXT).collect();
        expected.extend([1, 2, 3].map(|step| step * (LARGEST / 2)));
        assert_eq!(blocks.after(0), expected);
        assert_eq!(blocks.after(LARGEST + 199), Vec::<usize>::new());
    }
}
