//! Blocking keys: which identities are worth comparing with a name.

use crate::matching::tokens;
use std::collections::{BTreeMap, HashMap};

/// Keys to the places of identities.
#[derive(Default)]
pub(super) struct Blocks {
    places: HashMap<String, Vec<usize>>,
}

impl Blocks {
    pub(super) fn add(&mut self, name: &str, place: usize) {
        for key in keys(name) {
            let list = self.places.entry(key).or_default();
            if list.last() != Some(&place) {
                list.push(place);
            }
        }
    }

    /// Identities that share keys with the name, those that share the rarer keys first.
    pub(super) fn candidates(&self, name: &str, most: usize) -> Vec<usize> {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for key in keys(name) {
            if let Some(list) = self.places.get(&key) {
                let weight = 1.0 / (list.len() as f64).sqrt();
                for &place in list {
                    *shared.entry(place).or_default() += weight;
                }
            }
        }
        let mut ranked: Vec<(usize, f64)> = shared.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(most);
        ranked.into_iter().map(|(place, _)| place).collect()
    }
}

/// For a search, which ranks by what is shared, common words count too.
fn keys(name: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for skeleton in tokens::tokens(name).iter().flat_map(tokens::skeletons).filter(|k| !k.is_empty()) {
        // One lost letter at the end must not part two spellings.
        let start: String = skeleton.chars().take(3).collect();
        keys.push(format!("{start}*"));
        keys.push(skeleton);
    }
    keys.sort();
    keys.dedup();
    keys
}
