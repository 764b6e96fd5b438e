//! Which names hold most of a query, of all that hold any of it.
//!
//! Names are counted in blocks, sixty-four at a time: each word of the query has a bit for each name that holds an answer to
//! it, and the weights of the words are added up bit by bit, in six planes. Most names lack the rarer words and are passed over with
//! their sixty-three neighbours. The best are kept as they come, so that nothing grows with the number of names.

use super::query::MOST_WORDS;
use super::search::fits;
use super::segment::{Bearers, Segment};

/// Names that are kept for a closer look.
const MOST: usize = 300;
/// Names in a block: the bits of a word for one lie in the nearest cache.
const BLOCK: usize = 1 << 16;
/// Planes of a sum.
const PLANES: usize = 6;
/// The sum of a name that holds all of the query. Above it there is room for words that would weigh less than one.
const WHOLE: usize = (1 << PLANES) - 1 - MOST_WORDS;
/// From this likeness on an answer counts as the word, below it as half of it.
const WELL: f32 = 0.75;
/// A name is kept where it fits so well beside the best; what is worth judging is seen from its words.
const WORTH: f32 = 0.4;

/// A word of a segment that answers some words of the query: one, or two neighbours at once.
pub(super) struct Voice<'a> {
    pub bearers: Bearers<'a>,
    pub likeness: f32,
    pub to: std::ops::Range<usize>,
}

/// The bits of a block for one word of the query: names with any answer to it, and those with a good one.
struct Bits {
    any: Vec<u64>,
    well: Vec<u64>,
    /// What the one is worth, and the other beside it.
    worth: [usize; 2],
    /// Names that its answers are held by, in all blocks.
    marked: u64,
    empty: bool,
}

impl Bits {
    fn part(&mut self, well: bool) -> &mut [u64] {
        if well { &mut self.well } else { &mut self.any }
    }
}

/// The places of the names that fit best, rising. `weights` are those of the query's words.
pub(super) fn tally(segment: &Segment, weights: &[f32], mut voices: Vec<Voice<'_>>) -> Vec<u32> {
    let total = weights.iter().sum::<f32>().max(0.1);
    let lanes = segment.len().min(BLOCK).div_ceil(64);
    let worth = |weight: &f32| (weight / total * WHOLE as f32) as usize;
    let mut bits: Vec<Bits> = weights
        .iter()
        .map(|weight| worth(weight).max(1))
        .map(|whole| Bits { any: vec![0; lanes], well: vec![0; lanes], worth: [whole / 2, whole - whole / 2], marked: 0, empty: true })
        .collect();
    for Voice { bearers, to, .. } in &voices {
        bits.get_mut(to.clone()).into_iter().flatten().for_each(|own| own.marked += bearers.count());
    }
    let mut best = Best::new(total);
    let mut marked = vec![0; lanes];
    for start in (0..segment.len()).step_by(BLOCK) {
        for own in &mut bits {
            if !own.empty {
                own.any.fill(0);
                own.well.fill(0);
                own.empty = true;
            }
        }
        let end = (start + BLOCK).min(segment.len());
        for Voice { bearers, likeness, to } in &mut voices {
            let Some(own) = bits.get_mut(to.clone()) else { continue };
            let well = *likeness >= WELL;
            match own {
                [own] => own.empty &= !bearers.mark(start..end, own.part(well)),
                // Neighbours in one answer both.
                both => {
                    if bearers.mark(start..end, &mut marked) {
                        for own in both {
                            own.part(well).iter_mut().zip(&marked).for_each(|(into, marked)| *into |= marked);
                            own.empty = false;
                        }
                        marked.fill(0);
                    }
                }
            }
        }
        block(segment, start, &bits, &mut best);
    }
    best.places()
}

/// The names of a block that fit well enough.
fn block(segment: &Segment, start: usize, bits: &[Bits], best: &mut Best) {
    let mut bits: Vec<&Bits> = bits.iter().filter(|own| !own.empty).collect();
    let lanes = bits.first().map_or(0, |own| own.any.len());
    // The rarest words, of which a name must hold one: the others together are not enough.
    bits.sort_by_key(|own| own.marked);
    let mut others = 0;
    let enough = bits.iter().rposition(|own| {
        others += own.worth.iter().sum::<usize>();
        others >= best.least
    });
    let Some(needed) = enough.and_then(|last| bits.get(..=last)) else { return };
    let mut held = vec![0u64; lanes];
    for own in needed {
        for (held, (any, well)) in held.iter_mut().zip(own.any.iter().zip(&own.well)) {
            *held |= any | well;
        }
    }
    for (lane, held) in held.into_iter().enumerate() {
        if held == 0 {
            continue;
        }
        let mut planes = [0u64; PLANES];
        let read = |own: &Bits| {
            let well = own.well.get(lane).copied().unwrap_or(0);
            (own.any.get(lane).copied().unwrap_or(0) | well, well)
        };
        for own in &bits {
            let (any, well) = read(own);
            add(&mut planes, any, own.worth[0]);
            add(&mut planes, well, own.worth[1]);
        }
        let mut left = from(&planes, best.least) & held;
        while left != 0 {
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            let sum = planes.iter().rev().fold(0, |sum, plane| sum << 1 | (plane >> bit & 1) as usize);
            let place = start + lane * 64 + bit;
            best.keep(place as u32, sum, segment.weight(place));
        }
    }
}

/// Adds a number to the names that have a bit.
fn add(planes: &mut [u64; PLANES], bits: u64, mut number: usize) {
    while number != 0 && bits != 0 {
        let mut carry = bits;
        for plane in planes.iter_mut().skip(number.trailing_zeros() as usize) {
            (*plane, carry) = (*plane ^ carry, *plane & carry);
            if carry == 0 {
                break;
            }
        }
        number &= number - 1;
    }
}

/// The names whose sum is a number or more.
fn from(planes: &[u64; PLANES], number: usize) -> u64 {
    let (mut above, mut equal) = (0, u64::MAX);
    for (at, plane) in planes.iter().enumerate().rev() {
        if number >> at & 1 == 0 {
            above |= equal & plane;
            equal &= !plane;
        } else {
            equal &= plane;
        }
    }
    above | equal
}

/// The names that fit best so far.
struct Best {
    found: Vec<(f32, u32)>,
    /// What the query weighs.
    total: f32,
    /// The best fit, and what a name needs.
    top: f32,
    need: f32,
    /// The least sum that may reach it.
    least: usize,
}

impl Best {
    fn new(total: f32) -> Best {
        Best { found: Vec::new(), total, top: 0.0, need: 0.0, least: 1 }
    }

    fn fit(&self, sum: usize, weight: f32) -> f32 {
        fits(sum as f32 / WHOLE as f32 * self.total, self.total, weight)
    }

    fn keep(&mut self, place: u32, sum: usize, weight: f32) {
        let fit = self.fit(sum, weight);
        if fit <= self.need {
            return;
        }
        self.found.push((fit, place));
        if fit > self.top {
            self.top = fit;
            self.needs(WORTH * fit);
        }
        if self.found.len() >= 2 * MOST {
            self.shorten();
        }
    }

    /// Keeps the best; of equal ones those that came first.
    fn shorten(&mut self) {
        if self.found.len() > MOST {
            self.found.select_nth_unstable_by(MOST - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            self.found.truncate(MOST);
            let worst = self.found.last().map_or(0.0, |(fit, _)| *fit);
            self.needs(worst);
        }
    }

    fn needs(&mut self, fit: f32) {
        self.need = self.need.max(fit);
        // A name weighs no less than what it shares.
        while self.least < WHOLE && self.fit(self.least, self.least as f32 / WHOLE as f32 * self.total) < self.need {
            self.least += 1;
        }
    }

    fn places(mut self) -> Vec<u32> {
        self.shorten();
        let need = WORTH * self.top;
        let mut places: Vec<u32> = self.found.into_iter().filter(|(fit, _)| *fit >= need).map(|(_, place)| place).collect();
        places.sort_unstable();
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_single_names() {
        let own: [(u64, usize); 4] = [(0b1011, 20), (0b0110, 9), (0b1100, 31), (0b1000, 1)];
        let mut planes = [0; PLANES];
        own.iter().for_each(|(bits, number)| add(&mut planes, *bits, *number));
        let sum = |bit: usize| own.iter().filter(|(bits, _)| bits >> bit & 1 == 1).map(|(_, number)| number).sum::<usize>();
        assert_eq!([0, 1, 2, 3].map(sum), [20, 29, 40, 52]);
        for least in 0..1 << PLANES {
            let expected = (0..64).filter(|bit| sum(*bit) >= least).fold(0, |all, bit| all | 1 << bit);
            assert_eq!(from(&planes, least), expected, "from {least}");
        }
    }

    #[test]
    fn the_best_are_kept_whatever_comes_between() {
        let mut best = Best::new(10.0);
        for place in 0..50_000 {
            best.keep(place, if place % 1000 == 7 { WHOLE } else { 10 + (place % 30) as usize }, 12.0);
        }
        let places = best.places();
        assert_eq!(places.len(), MOST);
        assert!((0..50).all(|at| places.contains(&(at * 1000 + 7))));
    }
}
