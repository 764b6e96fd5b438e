//! Likelihood by gradient: AdaGrad with both penalties, weights of features word by word, weights
//! of steps in batches.

use super::model::{Model, hash};
use super::words::Lesson;
use nasab::lexicon::vocaliser::feature::Seen;
use nasab::lexicon::vocaliser::label::{Label, may_follow, splits_glide};
use nasab::lexicon::vocaliser::lattice::{EDGE, Steps, pair, settings, triple};

/// How the weights are learned.
#[derive(Clone, Copy)]
pub struct Course {
    pub rounds: usize,
    pub rate: f32,
    /// Penalty on the size of a weight, for the whole of the lessons.
    pub l1: f32,
    /// Penalty on its square.
    pub l2: f32,
    /// A feature of fewer words is not looked at.
    pub least: u32,
}

/// Words between two changes of the steps.
const BATCH: usize = 32;
/// The most labels of a letter.
const MOST: usize = 17;

/// A lesson made ready.
struct Ready {
    /// Numbers of the features of each letter.
    features: Vec<Vec<u32>>,
    labels: Vec<&'static [Label]>,
    /// Place of the right label in each of them.
    right: Vec<usize>,
    settings: Vec<(usize, usize)>,
    letters: Vec<char>,
    weight: f32,
}

pub fn train(lessons: &[&Lesson], course: Course) -> Model {
    let mut model = Model::new(lessons, course.least);
    let ready: Vec<Ready> = lessons.iter().map(|l| prepare(l, &model)).collect();
    let mut learner = Learner::new(&mut model, course, ready.len());
    let mut order: Vec<usize> = (0..ready.len()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    for _ in 0..course.rounds {
        // Fisher-Yates by xorshift: the same order everywhere.
        for last in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(last, (random % (last as u64 + 1)) as usize);
        }
        for batch in order.chunks(BATCH) {
            for &at in batch {
                learner.word(&ready[at]);
            }
            learner.change_steps();
        }
    }
    learner.finish();
    model
}

fn prepare(lesson: &Lesson, model: &Model) -> Ready {
    let seen = Seen::new(&lesson.letters, lesson.article, lesson.hints.clone());
    let places = 0..lesson.letters.len();
    let labels: Vec<&'static [Label]> = places.clone().map(|p| seen.group(p).labels()).collect();
    Ready {
        features: places
            .clone()
            .map(|p| {
                let mut own = Vec::new();
                seen.each(p, |f| own.extend(model.numbers.get(&hash(f))));
                own
            })
            .collect(),
        right: lesson.labels.iter().zip(&labels).map(|(l, all)| all.iter().position(|a| a == l).unwrap_or(0)).collect(),
        labels,
        settings: places.map(|p| seen.step(p)).collect(),
        letters: lesson.letters.clone(),
        weight: lesson.weight as f32,
    }
}

struct Learner<'a> {
    model: &'a mut Model,
    course: Course,
    /// The weights of each feature, then their sums of squared gradients, then the sums of what
    /// they were word by word, so that one feature is one place in memory.
    cells: Vec<f32>,
    /// From this word on the weights are summed: their mean errs less than the last of them.
    sum_from: u32,
    step_sums: Steps,
    summed_batches: u32,
    /// The word at which a feature was changed last.
    touched: Vec<u32>,
    words: u32,
    /// Penalties of one word.
    l1: f32,
    l2: f32,
    /// Gradients of the batch, their squares, and the exponentials of the weights.
    gradient: Steps,
    step_squares: Steps,
    powers: Steps,
    batch_words: u32,
    room: Room,
}

/// Arrays used again for every word.
#[derive(Default)]
struct Room {
    forward: Vec<[[f32; MOST]; MOST]>,
    backward: Vec<[[f32; MOST]; MOST]>,
    /// Factors of steps: label before the one before, label before, label.
    factors: Vec<Vec<[[f32; MOST]; MOST]>>,
    own: Vec<[f32; MOST]>,
}

impl<'a> Learner<'a> {
    fn new(model: &'a mut Model, course: Course, words: usize) -> Self {
        let (count, features) = (model.weights.len(), model.starts.len());
        let filled = |value: f32| {
            let mut steps = Steps::empty();
            steps.triples.fill(value);
            steps.pairs.fill(value);
            steps
        };
        let mut learner = Learner {
            model,
            course,
            cells: vec![0.0; 3 * count],
            sum_from: (words * course.rounds / 2) as u32,
            step_sums: filled(0.0),
            summed_batches: 0,
            touched: vec![0; features],
            words: 0,
            l1: course.l1 / words as f32,
            l2: course.l2 / words as f32,
            gradient: filled(0.0),
            step_squares: filled(0.1),
            powers: filled(1.0),
            batch_words: 0,
            room: Room::default(),
        };
        for feature in 0..features - 1 {
            let (_, squares, _) = learner.feature(feature as u32);
            squares.fill(0.1);
        }
        learner
    }

    /// The weights of a feature, their squared gradients and their sums.
    fn feature(&mut self, feature: u32) -> (&mut [f32], &mut [f32], &mut [f32]) {
        let (start, end) = (self.model.starts[feature as usize] as usize, self.model.starts[feature as usize + 1] as usize);
        let (weights, rest) = self.cells[3 * start..3 * end].split_at_mut(end - start);
        let (squares, sums) = rest.split_at_mut(end - start);
        (weights, squares, sums)
    }

    /// Expectations of one word by forward and backward sums, and the change of its features.
    fn word(&mut self, word: &Ready) {
        let n = word.letters.len();
        self.words += 1;
        self.batch_words += 1;
        let room = &mut self.room;
        room.own.clear();
        for place in 0..n {
            let labels = word.labels[place].len();
            let mut scores = [0.0f32; MOST];
            for &feature in &word.features[place] {
                let start = self.model.starts[feature as usize] as usize;
                for (score, weight) in scores.iter_mut().zip(&self.cells[3 * start..3 * start + labels]) {
                    *score += weight;
                }
            }
            let top = scores[..labels].iter().fold(f32::MIN, |m, s| m.max(*s));
            scores[..labels].iter_mut().for_each(|s| *s = (*s - top).exp());
            room.own.push(scores);
        }
        room.forward.clear();
        room.backward.clear();
        room.forward.resize(n, [[0.0; MOST]; MOST]);
        room.backward.resize(n, [[0.0; MOST]; MOST]);
        room.factors.resize_with(room.factors.len().max(n), || vec![[[0.0; MOST]; MOST]; MOST]);
        let number = |place: usize, slot: usize| usize::from(word.labels[place][slot].0);
        let count = |place: Option<usize>| place.map_or(1, |p| word.labels[p].len());
        let mut scale = vec![1.0f32; n];
        for place in 0..n {
            let (far, next, both) = settings(word.settings[place]);
            let mut sum = 0.0;
            for a in 0..count(place.checked_sub(1)) {
                let between = place.checked_sub(1).map_or(EDGE, |p| number(p, a));
                for b in 0..word.labels[place].len() {
                    let label = word.labels[place][b];
                    let before = place.checked_sub(1).map(|p| word.labels[p][a]);
                    let open = may_follow(before, label) && !splits_glide(before, label, word.letters[place]);
                    let mut reached = 0.0;
                    for z in 0..count(place.checked_sub(2)) {
                        let earlier = place.checked_sub(2).map_or(EDGE, |p| number(p, z));
                        let factor = if open {
                            let l = usize::from(label.0);
                            self.powers.triples[triple(far, earlier, between, l)]
                                * self.powers.triples[triple(next, earlier, between, l)]
                                * self.powers.pairs[pair(both, between, l)]
                        } else {
                            0.0
                        };
                        room.factors[place][z][a][b] = factor;
                        reached += factor * if place == 0 { 1.0 } else { room.forward[place - 1][z][a] };
                    }
                    let value = reached * room.own[place][b];
                    room.forward[place][a][b] = value;
                    sum += value;
                }
            }
            scale[place] = sum;
            for a in 0..count(place.checked_sub(1)) {
                for b in 0..word.labels[place].len() {
                    room.forward[place][a][b] /= sum;
                }
            }
        }
        for a in 0..count((n - 1).checked_sub(1)) {
            for b in 0..count(Some(n - 1)) {
                room.backward[n - 1][a][b] = 1.0;
            }
        }
        for place in (0..n).rev() {
            let mut marginals = [0.0f32; MOST];
            let (far, next, both) = settings(word.settings[place]);
            let labels = word.labels[place].len();
            for z in 0..count(place.checked_sub(2)) {
                let earlier = place.checked_sub(2).map_or(EDGE, |p| number(p, z));
                for a in 0..count(place.checked_sub(1)) {
                    let between = place.checked_sub(1).map_or(EDGE, |p| number(p, a));
                    let before = if place == 0 { 1.0 } else { room.forward[place - 1][z][a] };
                    let mut back = 0.0;
                    for b in 0..labels {
                        let rest = room.factors[place][z][a][b] * room.own[place][b] * room.backward[place][a][b] / scale[place];
                        back += rest;
                        let p = before * rest;
                        if p > 1e-7 {
                            marginals[b] += p;
                            let (l, p) = (number(place, b), p * word.weight);
                            self.gradient.triples[triple(far, earlier, between, l)] += p;
                            self.gradient.triples[triple(next, earlier, between, l)] += p;
                            self.gradient.pairs[pair(both, between, l)] += p;
                        }
                    }
                    if place > 0 {
                        room.backward[place - 1][z][a] = back;
                    }
                }
            }
            let right = number(place, word.right[place]);
            let between = place.checked_sub(1).map_or(EDGE, |p| number(p, word.right[p]));
            let earlier = place.checked_sub(2).map_or(EDGE, |p| number(p, word.right[p]));
            self.gradient.triples[triple(far, earlier, between, right)] -= word.weight;
            self.gradient.triples[triple(next, earlier, between, right)] -= word.weight;
            self.gradient.pairs[pair(both, between, right)] -= word.weight;
            marginals[word.right[place]] -= 1.0;
            marginals[..labels].iter_mut().for_each(|m| *m *= word.weight);
            let (rate, l1, l2) = (self.course.rate, self.l1, self.l2);
            for &feature in &word.features[place] {
                let before = self.touched[feature as usize];
                let passed = (self.words - before) as f32;
                let stood = self.words.saturating_sub(before.max(self.sum_from)) as f32;
                self.touched[feature as usize] = self.words;
                let start = 3 * self.model.starts[feature as usize] as usize;
                let (weights, rest) = self.cells[start..start + 3 * labels].split_at_mut(labels);
                let (squares, sums) = rest.split_at_mut(labels);
                for (((weight, square), sum), gradient) in weights.iter_mut().zip(squares).zip(sums).zip(&marginals) {
                    *sum += *weight * stood;
                    *square += gradient * gradient;
                    let rate = rate / square.sqrt();
                    *weight = shrink(*weight - rate * gradient, rate * passed, l1, l2);
                }
            }
        }
    }

    fn change_steps(&mut self) {
        let passed = self.batch_words as f32;
        self.batch_words = 0;
        let rate = self.course.rate;
        let (l1, l2) = (self.l1, self.l2);
        let change = |weights: &mut [f32], gradient: &mut [f32], squares: &mut [f32], powers: &mut [f32]| {
            for at in 0..weights.len() {
                if gradient[at] == 0.0 && weights[at] == 0.0 {
                    continue;
                }
                squares[at] += gradient[at] * gradient[at];
                let rate = rate / squares[at].sqrt();
                weights[at] = shrink(weights[at] - rate * gradient[at], rate * passed, l1, l2);
                powers[at] = weights[at].exp();
                gradient[at] = 0.0;
            }
        };
        let steps = &mut self.model.steps;
        change(&mut steps.triples, &mut self.gradient.triples, &mut self.step_squares.triples, &mut self.powers.triples);
        change(&mut steps.pairs, &mut self.gradient.pairs, &mut self.step_squares.pairs, &mut self.powers.pairs);
        if self.words > self.sum_from {
            self.summed_batches += 1;
            let both = |sums: &mut [f32], weights: &[f32]| sums.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
            both(&mut self.step_sums.triples, &steps.triples);
            both(&mut self.step_sums.pairs, &steps.pairs);
        }
    }

    /// The means of the weights.
    fn finish(&mut self) {
        let (rate, l1, l2) = (self.course.rate, self.l1, self.l2);
        let all = (self.words - self.sum_from) as f32;
        let (last, from) = (self.words, self.sum_from);
        let mut learned = Vec::with_capacity(self.model.weights.len());
        for feature in 0..self.model.starts.len() - 1 {
            let before = self.touched[feature];
            let (weights, squares, sums) = self.feature(feature as u32);
            for ((weight, square), sum) in weights.iter().zip(squares).zip(sums) {
                // What the penalties still owe to a weight that was not seen of late.
                let now = shrink(*weight, rate / square.sqrt() * (last - before) as f32, l1, l2);
                learned.push((*sum + now * last.saturating_sub(before.max(from)) as f32) / all);
            }
        }
        self.model.weights = learned;
        let batches = self.summed_batches.max(1) as f32;
        let mean = |sums: &[f32]| sums.iter().map(|s| s / batches).collect();
        self.model.steps = Steps { triples: mean(&self.step_sums.triples), pairs: mean(&self.step_sums.pairs) };
    }
}

/// A weight after its penalties.
fn shrink(weight: f32, rate: f32, l1: f32, l2: f32) -> f32 {
    let size = (weight.abs() - rate * l1).max(0.0) / (1.0 + rate * l2);
    size.copysign(weight)
}
