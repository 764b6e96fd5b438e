//! Names of relatives, made from the names of one person: a son bears his own name before his father's
//! chain, a brother another before the same. Lists hold few of them, and a wrong link between them harms.

use crate::draw::Draw;
use nasab::matching::{Learned, words};

/// A word that begins a made name must be a given name this surely.
const GIVEN: f32 = 0.8;

/// Given names to draw from, in both scripts.
pub struct Givens(Vec<String>);

fn arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c))
}

fn shares_a_key(one: &[Learned], name: &str) -> bool {
    words(name).iter().any(|w| w.keys.iter().any(|k| one.iter().any(|x| x.keys.contains(k))))
}

impl Givens {
    /// The given names that these names begin with.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let given = |name: &str| words(name).into_iter().next().filter(|w| w.given >= GIVEN).map(|w| w.shown);
        Givens(names.filter_map(given).collect())
    }

    /// A brother, a son with the whole chain and a son with its ends, of the man who bears `name`; none where
    /// it has fewer than three words or begins with no given name. `other` is another spelling of it.
    pub fn relatives(&self, name: &str, other: &str, draw: &mut Draw) -> Vec<String> {
        let chain = words(name);
        let (Some(first), Some(last)) = (chain.first().filter(|w| chain.len() >= 3 && w.given >= GIVEN), chain.last()) else {
            return Vec::new();
        };
        let both: Vec<Learned> = words(name).into_iter().chain(words(other)).collect();
        let fits = |given: &String| arabic(given) == arabic(name) && !shares_a_key(&both, given);
        let Some(given) = (0..100).map(|_| draw.of(&self.0)).find(|given| fits(given)) else { return Vec::new() };
        let shown = |words: &[Learned]| words.iter().map(|w| w.shown.as_str()).collect::<Vec<_>>().join(" ");
        vec![
            format!("{given} {}", shown(&chain[1..])),
            format!("{given} {}", shown(&chain)),
            format!("{given} {} {}", first.shown, last.shown),
        ]
    }
}
