//! The weights while they are learned.

use super::words::Lesson;
use nasab::lexicon::vocaliser::feature::Seen;
use nasab::lexicon::vocaliser::label::Label;
use nasab::lexicon::vocaliser::lattice::{Steps, Weights};
use nasab::lexicon::vocaliser::layout;
use nasab::lexicon::vocaliser::shipped::each_step;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::hash::{BuildHasherDefault, Hasher};

/// Keys are hashes already.
#[derive(Default)]
pub struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

pub type Map<V> = HashMap<u64, V, BuildHasherDefault<Same>>;

/// FNV-1a of 64 bits, mixed.
pub fn hash(feature: &[char]) -> u64 {
    let h = feature.iter().fold(0xcbf2_9ce4_8422_2325u64, |h, c| (h ^ u64::from(u32::from(*c))).wrapping_mul(0x100_0000_01b3));
    let h = (h ^ (h >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^ (h >> 29)
}

pub struct Model {
    /// A feature's number.
    pub numbers: Map<u32>,
    /// Where the weights of a feature begin, one for each label of its group.
    pub starts: Vec<u32>,
    pub weights: Vec<f32>,
    /// In how many words a feature was seen.
    counts: Vec<u32>,
    pub steps: Steps,
    pub temperature: f32,
}

impl Weights for Model {
    fn add(&self, feature: &[char], labels: &[Label], scores: &mut [f32]) {
        if let Some(&number) = self.numbers.get(&hash(feature)) {
            let start = self.starts[number as usize] as usize;
            for (score, weight) in scores.iter_mut().zip(&self.weights[start..start + labels.len()]) {
                *score += weight;
            }
        }
    }

    fn steps(&self) -> &Steps {
        &self.steps
    }

    fn temperature(&self) -> f32 {
        self.temperature
    }
}

impl Model {
    /// Features of the lessons that stand in enough words.
    pub fn new(lessons: &[&Lesson], least: u32) -> Model {
        let mut counts: Map<(u32, u32, u8)> = Map::default();
        let mut before = "";
        let mut word = 0;
        for lesson in lessons {
            if lesson.key != before {
                word += 1;
                before = &lesson.key;
            }
            let seen = Seen::new(&lesson.letters, lesson.article, lesson.hints.clone());
            for place in 0..lesson.letters.len() {
                let labels = seen.group(place).labels().len() as u8;
                seen.each(place, |feature| {
                    let entry = counts.entry(hash(feature)).or_insert((0, 0, labels));
                    if entry.1 != word {
                        *entry = (entry.0 + 1, word, labels);
                    }
                });
            }
        }
        let mut kept: Vec<(u64, u8, u32)> =
            counts.iter().filter(|(_, (count, _, _))| *count >= least).map(|(h, (count, _, n))| (*h, *n, *count)).collect();
        kept.sort_unstable();
        let mut model = Model {
            numbers: Map::default(),
            starts: Vec::new(),
            weights: Vec::new(),
            counts: Vec::new(),
            steps: Steps::empty(),
            temperature: 1.0,
        };
        let mut start = 0;
        for (number, (hash, labels, count)) in kept.iter().enumerate() {
            model.numbers.insert(*hash, number as u32);
            model.starts.push(start);
            model.counts.push(*count);
            start += u32::from(*labels);
        }
        model.starts.push(start);
        model.weights = vec![0.0; start as usize];
        model
    }

    /// What a weight of a feature must be to stay, where it must be `least` in a frequent one: what
    /// was seen in two words will hardly be seen again, and must say more to be kept.
    fn bar(&self, feature: usize, least: f32) -> f32 {
        least * (1.0 + 2.0 / (self.counts[feature].max(2) - 1) as f32)
    }

    fn own(&self, feature: usize) -> std::ops::Range<usize> {
        self.starts[feature] as usize..self.starts[feature + 1] as usize
    }

    /// Bytes that the weights take in the library, as `layout.rs` lays them out.
    fn bytes(&self, least: f32) -> usize {
        let kept = |feature: usize| self.weights[self.own(feature)].iter().filter(|w| w.abs() >= self.bar(feature, least)).count();
        (0..self.counts.len()).map(kept).filter(|n| *n > 0).map(|n| 3 + 2 * n).sum()
    }

    /// Drops what says least until the rest fits, and rounds that to steps of one byte; returns the step.
    pub fn round(&mut self, most_bytes: usize) -> f32 {
        let least = (5..).map(|n| n as f32 / 100.0).find(|least| self.bytes(*least) <= most_bytes).unwrap_or(0.0);
        let most = self.weights.iter().chain(&self.steps.triples).chain(&self.steps.pairs).fold(0.0f32, |m, w| m.max(w.abs()));
        let step = most / 127.0;
        let cut = |weight: &mut f32, least: f32| *weight = if weight.abs() < least { 0.0 } else { (*weight / step).round() * step };
        for feature in 0..self.counts.len() {
            let (own, bar) = (self.own(feature), self.bar(feature, least));
            self.weights[own].iter_mut().for_each(|w| cut(w, bar));
        }
        self.steps.triples.iter_mut().chain(&mut self.steps.pairs).for_each(|w| cut(w, least));
        println!("weights from {least} on are kept, in steps of {step:.4}");
        step
    }

    /// Features that still have a weight, and weights.
    pub fn size(&self) -> (usize, usize) {
        let features = self.starts.windows(2).filter(|w| self.weights[w[0] as usize..w[1] as usize].iter().any(|w| *w != 0.0)).count();
        let weights = self.weights.iter().chain(&self.steps.triples).chain(&self.steps.pairs).filter(|w| **w != 0.0).count();
        (features, weights)
    }

    /// The table of the rounded weights.
    pub fn table(&self, lessons: &[&Lesson], step: f32) -> String {
        let mut rows: BTreeMap<String, String> = BTreeMap::new();
        let cell = |labels: &mut dyn Iterator<Item = (Label, f32)>| {
            let cells: Vec<String> = labels
                .map(|(l, w)| (l, (w / step).round() as i32))
                .filter(|(_, n)| *n != 0)
                .map(|(l, n)| format!("{}:{n}", l.name()))
                .collect();
            cells.join(" ")
        };
        for lesson in lessons {
            let seen = Seen::new(&lesson.letters, lesson.article, lesson.hints.clone());
            for place in 0..lesson.letters.len() {
                let labels = seen.group(place).labels();
                seen.each(place, |feature| {
                    let Some(&number) = self.numbers.get(&hash(feature)) else { return };
                    let start = self.starts[number as usize] as usize;
                    let weights = &self.weights[start..start + labels.len()];
                    if weights.iter().any(|w| *w != 0.0) {
                        let name: String = feature.iter().collect();
                        rows.entry(name).or_insert_with(|| cell(&mut labels.iter().copied().zip(weights.iter().copied())));
                    }
                });
            }
        }
        each_step(|name, table, place| {
            let table = if table == 3 { &self.steps.triples } else { &self.steps.pairs };
            let weights = &table[place..place + nasab::lexicon::vocaliser::label::LABELS];
            let cells = cell(&mut weights.iter().enumerate().map(|(n, w)| (Label(n as u8), *w)));
            if !cells.is_empty() {
                rows.insert(name.to_string(), cells);
            }
        });
        let mut out = format!(
            "# table: what a feature of a letter adds to the log-odds of a label\n\
             # source: learned; rebuilt by `cargo xtask learn-vowels FOLDER`\n\
             # step: {step}\n\
             # temperature: {}\n\
             feature\tweights\n",
            self.temperature
        );
        // Two features of one hash could not be told apart: the one of fewer labels goes.
        let mut taken: BTreeMap<u32, (usize, String)> = BTreeMap::new();
        for (name, cells) in &rows {
            let own = (cells.len(), name.clone());
            let held = taken.entry(layout::hash(&name.chars().collect::<Vec<_>>())).or_insert_with(|| own.clone());
            if own > *held {
                *held = own;
            }
        }
        let kept: BTreeSet<&String> = taken.values().map(|(_, name)| name).collect();
        for (name, cells) in rows.iter().filter(|(name, _)| kept.contains(name)) {
            let _ = writeln!(out, "{name}\t{cells}");
        }
        out
    }
}
