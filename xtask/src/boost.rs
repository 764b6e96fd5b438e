//! Gradient boosting of small trees for a yes or no, by histograms: the same on every machine.

#![allow(clippy::needless_range_loop, reason = "nodes of a heap and rows of a table read best by their numbers")]

use crate::draw::Draw;

/// Levels of splits; a tree has `1 << DEPTH` leaves.
pub const DEPTH: usize = 3;
/// Each tree looks at this share of the measures, and of the rows: trees that know less lean less on one another.
const MEASURES_LOOKED_AT: f64 = 0.5;
const ROWS_LOOKED_AT: f64 = 0.7;
/// Nodes of a tree in the order of a heap, from 1; place 0 is not used.
pub const NODES: usize = 2 << DEPTH;
const BINS: usize = 200;
/// How much of each tree is believed.
const RATE: f64 = 0.09;
/// Keeps leaves of few rows small.
const RIDGE: f64 = 3.0;
/// No leaf has less of the curve of the loss than this: some dozen rows that are nearly sure.
const LEAST: f64 = 0.3;

/// A node: what it asks (its answer is yes above the threshold), and the log-odds that it has come to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Node {
    pub measure: Option<usize>,
    pub threshold: f64,
    pub value: f64,
}

pub type Tree = [Node; NODES];

pub struct Forest {
    pub constant: f64,
    pub trees: Vec<Tree>,
}

impl Forest {
    pub fn log_odds(&self, values: &[f64]) -> f64 {
        self.constant + self.trees.iter().map(|tree| leaf(tree, values)).sum::<f64>()
    }
}

fn leaf(tree: &Tree, values: &[f64]) -> f64 {
    let mut at = 1;
    while let Some(measure) = tree[at].measure {
        at = 2 * at + usize::from(values[measure] > tree[at].threshold);
    }
    tree[at].value
}

/// Where each measure may be cut: the quantiles of its values, each counted once, since many rows share one.
fn cuts(rows: &[&[f64]], measure: usize) -> Vec<f64> {
    let mut all: Vec<f64> = rows.iter().map(|r| r[measure]).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let mut cuts: Vec<f64> = (1..BINS).map(|q| all[q * (all.len() - 1) / BINS]).collect();
    cuts.dedup();
    cuts
}

/// Fits trees to rows with their labels (0 or 1) and weights.
pub fn fit(rows: &[&[f64]], labels: &[f64], weights: &[f64], trees: usize) -> Forest {
    let measures = rows[0].len();
    let cuts: Vec<Vec<f64>> = (0..measures).map(|m| cuts(rows, m)).collect();
    let binned: Vec<Vec<u8>> = (0..measures).map(|m| rows.iter().map(|r| cuts[m].partition_point(|c| *c < r[m]) as u8).collect()).collect();
    let all: f64 = weights.iter().sum();
    let yes: f64 = labels.iter().zip(weights).map(|(l, w)| l * w).sum();
    let constant = (yes / (all - yes)).ln();
    let mut scores = vec![constant; rows.len()];
    let mut forest = Forest { constant, trees: Vec::new() };
    let mut draw = Draw(1);
    for _ in 0..trees {
        let looked_at: Vec<bool> = (0..measures).map(|_| draw.share() < MEASURES_LOOKED_AT).collect();
        let slopes: Vec<(f64, f64)> = (0..rows.len())
            .map(|i| {
                if draw.share() >= ROWS_LOOKED_AT {
                    return (0.0, 0.0);
                }
                let p = 1.0 / (1.0 + (-scores[i]).exp());
                (weights[i] * (labels[i] - p), weights[i] * p * (1.0 - p))
            })
            .collect();
        let mut tree: Tree = Default::default();
        let mut places = vec![1u8; rows.len()];
        for level in 0..DEPTH {
            for node in (1 << level)..(2 << level) {
                let own: Vec<usize> = (0..rows.len()).filter(|&i| places[i] as usize == node).collect();
                if let Some((measure, cut)) = split(&own, &binned, &slopes, &looked_at) {
                    tree[node].measure = Some(measure);
                    tree[node].threshold = cuts[measure][cut];
                    for &i in &own {
                        places[i] = (2 * node + usize::from(binned[measure][i] as usize > cut)) as u8;
                    }
                }
            }
        }
        value(&mut tree, &places, &slopes);
        for (score, row) in scores.iter_mut().zip(rows) {
            *score += leaf(&tree, row);
        }
        forest.trees.push(tree);
    }
    forest
}

/// The measure and the cut that gain most.
fn split(own: &[usize], binned: &[Vec<u8>], slopes: &[(f64, f64)], looked_at: &[bool]) -> Option<(usize, usize)> {
    let gain = |(slope, curve): (f64, f64)| slope * slope / (curve + RIDGE);
    let mut best: Option<(f64, usize, usize)> = None;
    for (measure, bins) in binned.iter().enumerate().filter(|(m, _)| looked_at[*m]) {
        let mut sums = [(0.0, 0.0); BINS + 1];
        for &i in own {
            let sum = &mut sums[bins[i] as usize];
            *sum = (sum.0 + slopes[i].0, sum.1 + slopes[i].1);
        }
        let all = sums.iter().fold((0.0, 0.0), |a, s| (a.0 + s.0, a.1 + s.1));
        let mut low = (0.0, 0.0);
        for (cut, sum) in sums.iter().enumerate().take(BINS) {
            low = (low.0 + sum.0, low.1 + sum.1);
            let high = (all.0 - low.0, all.1 - low.1);
            if low.1 < LEAST || high.1 < LEAST {
                continue;
            }
            let gained = gain(low) + gain(high) - gain(all);
            if best.is_none_or(|b| gained > b.0 + 1e-9) {
                best = Some((gained, measure, cut));
            }
        }
    }
    best.filter(|b| b.0 > 1e-6).map(|(_, measure, cut)| (measure, cut))
}

/// What each node says: a leaf its own rows, an inner node the mean of what it leads to.
fn value(tree: &mut Tree, places: &[u8], slopes: &[(f64, f64)]) {
    let mut sums = [(0.0, 0.0, 0.0); NODES];
    for (place, slope) in places.iter().zip(slopes) {
        let mut at = *place as usize;
        let said = RATE;
        sums[at] = (sums[at].0 + said * slope.0, sums[at].1 + slope.1, sums[at].2 + 1.0);
        while at > 1 {
            at /= 2;
            sums[at].2 += 1.0;
        }
    }
    for at in (1..NODES).rev() {
        tree[at].value = match tree[at].measure {
            None => sums[at].0 / (sums[at].1 + RIDGE),
            Some(_) => {
                let (low, high) = (2 * at, 2 * at + 1);
                (tree[low].value * sums[low].2 + tree[high].value * sums[high].2) / sums[at].2.max(1.0)
            }
        };
    }
}
