//! The paths of labels through a word: how likely each is, and the best of them.
//!
//! A linear chain in which a step depends on the two labels before it. The sum over all paths
//! makes the scores of the best ones probabilities.

use super::feature::Seen;
use super::kin::Hint;
use super::label::{LABELS, Label, allows, may_follow, splits_glide};

/// The number that stands before the first label.
pub const EDGE: usize = LABELS;
const SIDE: usize = LABELS + 1;
/// Paths this far behind the best at a letter are given up: the logarithm of a thousand to one.
const HOPELESS: f32 = 7.0;
/// Settings of a step of three labels: four distances from the end, six kinds of next letter.
pub const TRIPLE_SETTINGS: usize = 10;
/// Settings of a step of two labels: both of them together.
pub const PAIR_SETTINGS: usize = 24;

/// Weights of the steps between labels.
pub struct Steps {
    pub triples: Vec<f32>,
    pub pairs: Vec<f32>,
}

/// The place of a step of three labels in its table.
pub fn triple(setting: usize, before: usize, between: usize, label: usize) -> usize {
    ((setting * SIDE + before) * SIDE + between) * LABELS + label
}

/// The place of a step of two labels in its table.
pub fn pair(setting: usize, before: usize, label: usize) -> usize {
    (setting * SIDE + before) * LABELS + label
}

/// The tables that hold a step in this setting (`Seen::step`): two of three labels, one of two.
pub fn settings((from_end, next): (usize, usize)) -> (usize, usize, usize) {
    (from_end, 4 + next, from_end * 6 + next)
}

impl Steps {
    pub fn empty() -> Self {
        Steps { triples: vec![0.0; TRIPLE_SETTINGS * SIDE * SIDE * LABELS], pairs: vec![0.0; PAIR_SETTINGS * SIDE * LABELS] }
    }

    fn score(&self, setting: (usize, usize), before: usize, between: usize, label: usize) -> f32 {
        let (far, next, both) = settings(setting);
        let at = |table: &[f32], place: usize| table.get(place).copied().unwrap_or(0.0);
        at(&self.triples, triple(far, before, between, label))
            + at(&self.triples, triple(next, before, between, label))
            + at(&self.pairs, pair(both, between, label))
    }
}

/// Learned weights, wherever they are kept.
pub trait Weights {
    /// Adds the weights of a feature to the scores of these labels.
    fn add(&self, feature: &[char], labels: &[Label], scores: &mut [f32]);
    /// The weights of the steps.
    fn steps(&self) -> &Steps;
    /// What all scores are divided by, so that probabilities are neither too sure nor too shy.
    fn temperature(&self) -> f32;
}

/// A word ready to be read.
pub struct Lattice<'a, W: Weights> {
    weights: &'a W,
    letters: &'a [char],
    marks: &'a [String],
    seen: Seen,
    labels: Vec<&'static [Label]>,
    scores: Vec<Vec<f32>>,
}

/// Paths that share their last two labels.
struct State {
    before: Option<Label>,
    label: Label,
    /// The logarithm of the sum of all of them.
    all: f64,
    /// The best: score, the state before and the rank there.
    best: Vec<(f32, usize, usize)>,
}

impl State {
    /// The score of its best path.
    fn score(&self) -> f32 {
        self.best.first().map_or(f32::MIN, |best| best.0)
    }
}

fn number(label: Option<Label>) -> usize {
    label.map_or(EDGE, |l| usize::from(l.0))
}

impl<'a, W: Weights> Lattice<'a, W> {
    /// A word with the signs of each letter and what its relatives say.
    pub fn new(weights: &'a W, letters: &'a [char], marks: &'a [String], article: bool, hints: Vec<Hint>) -> Self {
        let seen = Seen::new(letters, article, hints);
        let labels: Vec<&[Label]> = (0..letters.len()).map(|place| seen.group(place).labels()).collect();
        let scores = labels
            .iter()
            .enumerate()
            .map(|(place, labels)| {
                let mut scores = vec![0.0; labels.len()];
                seen.each(place, |feature| weights.add(feature, labels, &mut scores));
                scores
            })
            .collect();
        Lattice { weights, letters, marks, seen, labels, scores }
    }

    /// The `most` likeliest paths with their probabilities, best first; none where the signs of
    /// the text fit no path.
    pub fn best(&self, most: usize) -> Vec<(Vec<Label>, f64)> {
        let mut columns: Vec<Vec<State>> = Vec::with_capacity(self.letters.len());
        for place in 0..self.letters.len() {
            let column = self.column(place, columns.last().map(Vec::as_slice), most);
            if column.is_empty() {
                return Vec::new();
            }
            columns.push(column);
        }
        let Some(last) = columns.last() else { return Vec::new() };
        let ends: Vec<(usize, &State)> =
            last.iter().enumerate().filter(|(_, s)| self.signs_allow(self.letters.len() - 1, s.label, None)).collect();
        let all = log_sum(ends.iter().map(|(_, s)| s.all));
        let mut found: Vec<(f32, usize, usize)> =
            ends.iter().flat_map(|(at, s)| s.best.iter().enumerate().map(|(rank, b)| (b.0, *at, rank))).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(most);
        found.into_iter().map(|(score, at, rank)| (trace(&columns, at, rank), (f64::from(score) - all).exp())).collect()
    }

    fn signs_allow(&self, place: usize, label: Label, next: Option<Label>) -> bool {
        self.marks.get(place).is_none_or(|marks| marks.is_empty() || allows(marks, label, next))
    }

    /// The states of a letter from those of the letter before.
    fn column(&self, place: usize, before: Option<&[State]>, most: usize) -> Vec<State> {
        let heat = self.weights.temperature();
        let letter = self.letters.get(place).copied().unwrap_or(' ');
        let setting = self.seen.step(place);
        let steps = self.weights.steps();
        let mut out: Vec<State> = Vec::new();
        let own = self.labels.get(place).copied().unwrap_or(&[]).iter().zip(self.scores.get(place).into_iter().flatten());
        for (&label, &score) in own {
            let Some(before) = before else {
                if may_follow(None, label) {
                    let score = (score + steps.score(setting, EDGE, EDGE, number(Some(label)))) / heat;
                    out.push(State { before: None, label, all: f64::from(score), best: vec![(score, 0, 0)] });
                }
                continue;
            };
            // States of one label before stand together: they were made in its turn.
            let mut from = 0;
            while let Some(first) = before.get(from) {
                let between = first.label;
                let to = from + before.iter().skip(from).take_while(|s| s.label == between).count();
                let follows = may_follow(Some(between), label) && !splits_glide(Some(between), label, letter);
                if follows && self.signs_allow(place - 1, between, Some(label)) {
                    let mut best: Vec<(f32, usize, usize)> = Vec::with_capacity(most + 1);
                    let mut all = f64::MIN;
                    for (at, state) in before.iter().enumerate().take(to).skip(from) {
                        let step = (score + steps.score(setting, number(state.before), number(Some(between)), number(Some(label)))) / heat;
                        all = log_add(all, state.all + f64::from(step));
                        for (rank, b) in state.best.iter().enumerate() {
                            let found = b.0 + step;
                            // The few best stay in order; what stands behind them is never looked at.
                            if best.len() == most && best.last().is_some_and(|last| last.0 >= found) {
                                break;
                            }
                            let place = best.partition_point(|own| own.0 >= found);
                            best.insert(place, (found, at, rank));
                            best.truncate(most);
                        }
                    }
                    out.push(State { before: Some(between), label, all, best });
                }
                from = to;
            }
        }
        let top = out.iter().map(State::score).fold(f32::MIN, f32::max);
        out.retain(|state| state.score() >= top - HOPELESS);
        out
    }
}

/// The labels of a path, from its end.
fn trace(columns: &[Vec<State>], mut at: usize, mut rank: usize) -> Vec<Label> {
    let mut out = Vec::with_capacity(columns.len());
    for column in columns.iter().rev() {
        let Some(state) = column.get(at) else { break };
        out.push(state.label);
        if let Some((_, before, before_rank)) = state.best.get(rank) {
            (at, rank) = (*before, *before_rank);
        }
    }
    out.reverse();
    out
}

fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let top = values.clone().fold(f64::MIN, f64::max);
    top + values.map(|v| (v - top).exp()).sum::<f64>().ln()
}

fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    // What is this far below changes no digit that is told.
    if low < high - 20.0 { high } else { high + (low - high).exp().ln_1p() }
}
