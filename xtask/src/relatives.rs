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

    /// A brother, a sister of nearly the same name, a son with the whole chain, with its ends and named after his grandfather,
    /// of the man who bears `name`; none where it has fewer than three words or begins with no given name.
    /// `other` is another spelling of it.
    pub fn relatives(&self, name: &str, other: &str, draw: &mut Draw) -> Vec<String> {
        let chain = words(name);
        let (Some(first), Some(last)) = (chain.first().filter(|w| chain.len() >= 3 && w.given >= GIVEN), chain.last()) else {
            return Vec::new();
        };
        let both: Vec<Learned> = words(name).into_iter().chain(words(other)).collect();
        let fits = |given: &String| arabic(given) == arabic(name) && !shares_a_key(&both, given);
        let Some(given) = (0..100).map(|_| draw.of(&self.0)).find(|given| fits(given)) else { return Vec::new() };
        let shown = |words: &[Learned]| words.iter().map(|w| w.shown.as_str()).collect::<Vec<_>>().join(" ");
        let mut out = vec![
            format!("{given} {}", shown(&chain[1..])),
            format!("{given} {}", shown(&chain)),
            format!("{given} {} {}", first.shown, last.shown),
        ];
        if let Some(second) = chain.get(1).filter(|w| w.given >= GIVEN && !w.keys.iter().any(|k| first.keys.contains(k))) {
            out.push(format!("{} {} {}", second.shown, first.shown, shown(&chain[2..])));
            out.push(format!("{} {}", second.shown, shown(&chain)));
        }
        if !first.shown.ends_with(['a', 'A', 'e', 'h', 'H', 'i', 'I', 'ة', 'ا', 'ى', 'ي', 'ه', 'ء']) {
            let ending = if arabic(name) { "ة" } else { "a" };
            out.push(format!("{}{ending} {}", first.shown, shown(&chain[1..])));
        }
        out
    }
}
