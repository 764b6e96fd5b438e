//! Name against name: which words answer which, neighbours joined where that fits better.

use super::prepared::{Joined, Prepared};
use super::tokens::MOST_WORDS;
use super::word::{LEAST, likely, same};

/// Neighbours from a place on; mostly one word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Span {
    start: u8,
    len: u8,
}

impl Span {
    fn new(start: usize, len: usize) -> Span {
        Span { start: start as u8, len: len as u8 }
    }

    /// One bit a place.
    fn mask(self) -> u32 {
        ((1 << self.len) - 1) << self.start
    }

    pub(crate) fn first(self) -> usize {
        usize::from(self.start)
    }

    pub(crate) fn len(self) -> usize {
        usize::from(self.len)
    }

    pub(crate) fn places(self) -> std::ops::Range<usize> {
        self.first()..self.first() + self.len()
    }
}

const _: () = assert!(MOST_WORDS < 32, "one bit a word");

/// Words that answer each other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pair {
    pub left: Span,
    pub right: Span,
    pub similarity: f32,
}

impl Pair {
    /// What an alignment gains by it. Squared, so that a sure pair is not given up for two doubtful ones; among
    /// equals the nearer places.
    fn gain(&self, words: [usize; 2]) -> f32 {
        // From the front or from the end, whichever is nearer: a son's name is longer in front.
        let (front, [left, right]) = (self.left.first().abs_diff(self.right.first()), words);
        let shift = front.min((left - self.left.first()).abs_diff(right - self.right.first()));
        let wide = if self.left.len() + self.right.len() > 2 { 0.02 } else { 0.0 };
        self.similarity * self.similarity + wide - 0.0005 * shift as f32
    }
}

/// The pairs of an alignment, in the order of the left name.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pairs {
    list: [Pair; MOST_WORDS],
    count: usize,
    left_taken: u32,
    right_taken: u32,
}

impl Pairs {
    /// The same seen from the other name.
    pub(crate) fn turned(mut self) -> Pairs {
        let list = self.list.get_mut(..self.count).unwrap_or(&mut []);
        list.iter_mut().for_each(|p| *p = Pair { left: p.right, right: p.left, similarity: p.similarity });
        list.sort_unstable_by_key(|p| p.left.start);
        Pairs { left_taken: self.right_taken, right_taken: self.left_taken, ..self }
    }

    /// Whether a word of the left name has an answer.
    pub(crate) fn takes_left(&self, place: usize) -> bool {
        self.left_taken >> place & 1 == 1
    }

    /// Whether a word of the right name has one.
    pub(crate) fn takes_right(&self, place: usize) -> bool {
        self.right_taken >> place & 1 == 1
    }

    /// Adds a pair whose words are free.
    fn push(&mut self, pair: Pair) -> bool {
        let (left, right) = (pair.left.mask(), pair.right.mask());
        match self.list.get_mut(self.count) {
            Some(slot) if self.left_taken & left == 0 && self.right_taken & right == 0 => *slot = pair,
            _ => return false,
        }
        self.left_taken |= left;
        self.right_taken |= right;
        self.count += 1;
        true
    }

    /// Takes the last pair away.
    fn pop(&mut self) {
        if let Some(last) = self.last().copied() {
            self.left_taken &= !last.left.mask();
            self.right_taken &= !last.right.mask();
            self.count -= 1;
        }
    }
}

impl std::ops::Deref for Pairs {
    type Target = [Pair];

    fn deref(&self) -> &[Pair] {
        self.list.get(..self.count).unwrap_or(&[])
    }
}

/// Neighbours are one word only above this.
const LEAST_JOINED: f32 = 0.68;
/// A join must beat its best part by this.
const JOIN_GAIN: f32 = 0.12;
/// A word that has such an answer is no part of a join.
const SURE: f32 = 0.95;
/// A join and the word that it answers differ in length by no more than this.
const JOIN_SHIFT: usize = 3;
/// Pairs looked at; a name that has more repeats itself.
const MOST_CANDIDATES: usize = 160;
/// Steps of the search; names of people need some dozen.
const MOST_STEPS: usize = 2000;

/// The alignment whose gains add up to the most; words without an answer are left out.
pub(crate) fn align(a: &Prepared, b: &Prepared) -> Pairs {
    let mut candidates = Candidates { list: [Pair::default(); MOST_CANDIDATES], count: 0 };
    for (i, x) in a.words.iter().enumerate() {
        for (j, y) in b.words.iter().enumerate() {
            candidates.push(Pair { left: Span::new(i, 1), right: Span::new(j, 1), similarity: same(x, y) });
        }
    }
    candidates.joins(&a.joined, b, false);
    candidates.joins(&b.joined, a, true);
    candidates.best([a.words.len(), b.words.len()])
}

struct Candidates {
    list: [Pair; MOST_CANDIDATES],
    count: usize,
}

impl Candidates {
    fn push(&mut self, pair: Pair) {
        if pair.similarity >= LEAST
            && let Some(slot) = self.list.get_mut(self.count)
        {
            *slot = pair;
            self.count += 1;
        }
    }

    /// Neighbours of one name against one word of the other; not where one of them has a sure answer.
    fn joins(&mut self, joined: &[Joined], other: &Prepared, turned: bool) {
        let singles = self.count;
        let sides = |p: &Pair| if turned { (p.right.mask(), p.left.mask()) } else { (p.left.mask(), p.right.mask()) };
        let (mut sure, mut sure_other) = (0, 0);
        for pair in self.list.get(..singles).unwrap_or(&[]).iter().filter(|p| p.similarity >= SURE) {
            let (own, across) = sides(pair);
            sure |= own;
            sure_other |= across;
        }
        for join in joined {
            let span = Span::new(join.start, join.len);
            if span.mask() & sure != 0 {
                continue;
            }
            for (j, word) in other.words.iter().enumerate() {
                let one = Span::new(j, 1);
                if one.mask() & sure_other != 0 || join.spelling.len().abs_diff(word.spelling.len()) > JOIN_SHIFT {
                    continue;
                }
                let similarity = likely(&join.spelling, &word.spelling);
                let within = |p: &&Pair| sides(p).0 & span.mask() != 0 && sides(p).1 & one.mask() != 0;
                let parts = self.list.get(..singles).unwrap_or(&[]).iter().filter(within);
                if similarity > LEAST_JOINED && similarity > parts.map(|p| p.similarity).fold(0.0, f32::max) + JOIN_GAIN {
                    let (left, right) = if turned { (one, span) } else { (span, one) };
                    self.push(Pair { left, right, similarity });
                }
            }
        }
    }

    fn best(&mut self, words: [usize; 2]) -> Pairs {
        let list = self.list.get_mut(..self.count).unwrap_or(&mut []);
        list.sort_unstable_by(|p, q| {
            let gains = q.gain(words).total_cmp(&p.gain(words));
            p.left.start.cmp(&q.left.start).then(gains).then(p.right.start.cmp(&q.right.start))
        });
        let mut search =
            Search { list, words, most: [0.0; MOST_WORDS + 1], steps: 0, best: -1.0, path: Pairs::default(), answer: Pairs::default() };
        search.bound();
        search.go_on(0, 0, 0.0);
        search.answer
    }
}

/// Branch and bound, a word of the left name after the other.
struct Search<'a> {
    /// Sorted by the left word that they begin with, the best first.
    list: &'a [Pair],
    /// How many words the names have.
    words: [usize; 2],
    /// The most that the words from here on can gain.
    most: [f32; MOST_WORDS + 1],
    steps: usize,
    best: f32,
    path: Pairs,
    answer: Pairs,
}

impl Search<'_> {
    fn bound(&mut self) {
        for at in (0..self.words[0]).rev() {
            let own = self.list.iter().filter(|p| p.left.first() == at).map(|p| p.gain(self.words)).fold(0.0, f32::max);
            let rest = self.most.get(at + 1).copied().unwrap_or(0.0);
            if let Some(slot) = self.most.get_mut(at) {
                *slot = own + rest;
            }
        }
    }

    /// Answers the words from `at` on, whose candidates begin at `next`.
    fn go_on(&mut self, at: usize, next: usize, gained: f32) {
        const EQUAL: f32 = 1e-6;
        if at == self.words[0] {
            if gained > self.best + EQUAL {
                self.best = gained;
                self.answer = self.path;
            }
            return;
        }
        self.steps += 1;
        if self.steps > MOST_STEPS || gained + self.most.get(at).copied().unwrap_or(0.0) <= self.best + EQUAL {
            return;
        }
        let rest = self.list.get(next..).unwrap_or(&[]);
        let own = rest.iter().take_while(|p| p.left.first() == at).count();
        for pair in rest.iter().take(own) {
            if self.path.push(*pair) {
                self.go_on(at + 1, next + own, gained + pair.gain(self.words));
                self.path.pop();
            }
        }
        self.go_on(at + 1, next + own, gained);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most that any choice of pairs with no word in common gains.
    fn by_trying_all(list: &[Pair], words: [usize; 2], path: &mut Pairs) -> f32 {
        let Some((first, rest)) = list.split_first() else { return 0.0 };
        let without = by_trying_all(rest, words, path);
        if !path.push(*first) {
            return without;
        }
        let with = first.gain(words) + by_trying_all(rest, words, path);
        path.pop();
        with.max(without)
    }

    #[test]
    fn no_other_alignment_gains_more() {
        let mut seed = 1u32;
        let mut draw = |end: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % end
        };
        for _ in 0..500 {
            let words = [1 + draw(4) as usize, 1 + draw(4) as usize];
            let mut candidates = Candidates { list: [Pair::default(); MOST_CANDIDATES], count: 0 };
            for left in 0..words[0] {
                for right in 0..words[1] {
                    // Some are neighbours.
                    let len = 1 + usize::from(left + 1 < words[0] && draw(3) == 0);
                    let similarity = draw(100) as f32 / 100.0;
                    candidates.push(Pair { left: Span::new(left, len), right: Span::new(right, 1), similarity });
                }
            }
            let all = candidates.list.get(..candidates.count).unwrap_or(&[]).to_vec();
            let found: f32 = candidates.best(words).iter().map(|p| p.gain(words)).sum();
            let best = by_trying_all(&all, words, &mut Pairs::default());
            assert!((found - best).abs() < 1e-4, "{found} where {best} can be had: {all:?}");
        }
    }
}
