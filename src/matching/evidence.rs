//! Pairs of words to evidence: what is shared, how rare it is, what is left over, what conflicts.
//!
//! Every measure is the same in both orders of the names. The trees that turn evidence into
//! a probability are learned (`tables/matching/trees.tsv`); the measures are chosen here.

use super::align::{Pair, Pairs, Span};
use super::measures::MEASURES;
use super::prepared::{Prepared, Word};
use super::spelling::similarity;
use super::tokens::MOST_WORDS;
use super::word::one_name;
use std::sync::Arc;

/// What a comparison rests on, one number a measure of [`MEASURES`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence(pub [f32; MEASURES.len()]);

/// One name's side of an alignment.
struct Side<'a> {
    words: &'a [Arc<Word>],
    taken: &'a dyn Fn(usize) -> bool,
}

impl Side<'_> {
    fn total(&self) -> f32 {
        self.words.iter().map(|w| w.weight).sum::<f32>().max(0.1)
    }

    fn letters(&self) -> f32 {
        self.words.iter().map(|w| w.spelling.len()).sum::<usize>().max(1) as f32
    }

    fn left_over(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().map(|w| &**w).enumerate().filter(|(place, _)| !(self.taken)(*place))
    }

    /// What the words without an answer come to, each by its weight and what is asked of it.
    fn left(&self, of: impl Fn(&Word) -> f32) -> f32 {
        self.left_over().map(|(_, w)| w.weight * of(w)).sum()
    }

    fn most_left(&self, of: impl Fn(&Word) -> f32) -> f32 {
        self.left_over().map(|(_, w)| w.weight * of(w)).fold(0.0, f32::max)
    }

    /// The weight of the word at a place where it has no answer.
    fn open(&self, place: usize) -> f32 {
        self.words.get(place).filter(|_| !(self.taken)(place)).map_or(0.0, |w| w.weight)
    }

    /// What the words before a place weigh where none of them has an answer.
    fn before(&self, place: usize) -> f32 {
        if (0..place).any(self.taken) { 0.0 } else { self.words.iter().take(place).map(|w| w.weight).sum() }
    }

    fn last(&self) -> usize {
        self.words.len().saturating_sub(1)
    }

    /// What the words between the first and the last weigh that have no answer.
    fn inner(&self) -> f32 {
        self.left_over().filter(|(place, _)| (1..self.last()).contains(place)).map(|(_, w)| w.weight).sum()
    }

    /// How likely the first word is a given name.
    fn given(&self) -> f32 {
        self.words.first().map_or(0.0, |w| w.given)
    }

    /// The share of what comes after the first word that is answered.
    fn rest(&self, cover: f32, total: f32) -> f32 {
        let first = self.words.first().map_or(0.0, |w| w.weight);
        (cover * total / (total - first).max(0.1)).min(1.0)
    }

    /// The share, by weight, of the words whose consonants some word of the other name has.
    fn keyed(&self, other: &Side) -> f32 {
        let keyed = |w: &&Arc<Word>| other.words.iter().any(|y| w.keys.iter().any(|k| y.keys.contains(k)));
        self.words.iter().filter(keyed).map(|w| w.weight).sum::<f32>() / self.total()
    }

    /// Whether one given name ends as women's names do and the other does not: Sami and Samia.
    fn endings_differ(&self, other: &Side) -> f32 {
        match (self.words.first(), other.words.first()) {
            (Some(x), Some(y)) if x.feminine != y.feminine => 1.0,
            _ => 0.0,
        }
    }

    /// How likely one given name is a man's and the other a woman's.
    fn genders_clash(&self, other: &Side) -> f32 {
        match (self.words.first(), other.words.first()) {
            (Some(x), Some(y)) => x.genders_clash(y),
            _ => 0.0,
        }
    }
}

/// What two words that answer each other say.
#[derive(Clone, Copy, Default)]
struct Answer {
    similarity: f32,
    /// What the words weigh on either side.
    sides: [f32; 2],
    /// What they say together: the rarity of the name that both are.
    weight: f32,
    letters: [f32; 2],
    /// How likely they are one known name; `None` where one of them is no known name.
    one_name: Option<f32>,
    /// How likely both are given names.
    given: f32,
}

impl Answer {
    fn of(a: &Prepared, b: &Prepared, pair: &Pair) -> Answer {
        let part = |name: &'_ Prepared, span: Span| -> (f32, f32) {
            let words = name.words.get(span.places()).unwrap_or(&[]);
            (words.iter().map(|w| w.weight).sum(), words.iter().map(|w| w.spelling.len()).sum::<usize>() as f32)
        };
        let ((x_weight, x_letters), (y_weight, y_letters)) = (part(a, pair.left), part(b, pair.right));
        let mut answer = Answer {
            similarity: pair.similarity,
            sides: [x_weight, y_weight],
            weight: x_weight.min(y_weight),
            letters: [x_letters, y_letters],
            ..Answer::default()
        };
        if let (Some([x]), Some([y])) = (a.words.get(pair.left.places()), b.words.get(pair.right.places())) {
            answer.given = x.given.min(y.given);
            answer.one_name = (!x.rows.is_empty() && !y.rows.is_empty()).then(|| one_name(x, y));
        }
        answer
    }

    fn sure(&self) -> f32 {
        self.weight * self.similarity
    }
}

/// What all pairs of words come to.
pub(super) fn evidence(a: &Prepared, b: &Prepared, pairs: &Pairs) -> Evidence {
    let left = Side { words: &a.words, taken: &|i| pairs.takes_left(i) };
    let right = Side { words: &b.words, taken: &|i| pairs.takes_right(i) };
    let mut answers = [Answer::default(); MOST_WORDS];
    for (answer, pair) in answers.iter_mut().zip(pairs.iter()) {
        *answer = Answer::of(a, b, pair);
    }
    let answers = answers.get(..pairs.len()).unwrap_or(&[]);
    let sum = |of: &dyn Fn(&Answer) -> f32| answers.iter().map(of).sum::<f32>();
    let count = (pairs.len() as f32).max(1.0);
    let worst = answers.iter().copied().min_by(|p, q| p.similarity.total_cmp(&q.similarity)).unwrap_or_default();
    let totals = [left.total(), right.total()];
    let cover = [sum(&|p| p.sides[0] * p.similarity) / totals[0], sum(&|p| p.sides[1] * p.similarity) / totals[1]];
    let letters = [sum(&|p| p.letters[0] * p.similarity) / left.letters(), sum(&|p| p.letters[1] * p.similarity) / right.letters()];
    let over = [left.left(|_| 1.0), right.left(|_| 1.0)];
    let most_over = [left.most_left(|_| 1.0), right.most_left(|_| 1.0)];
    let (last_a, last_b) = (left.last(), right.last());
    let open = [left.open(0), right.open(0)];
    let closing = [left.open(last_a), right.open(last_b)];
    let any = |value: f32| if pairs.is_empty() { 0.0 } else { value };
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let both = |of: &dyn Fn(&Word) -> f32| any(left.most_left(of).min(right.most_left(of)));
    let fewer = if a.words.len() <= b.words.len() { &left } else { &right };
    let first = pairs.iter().find(|p| p.left.first() == 0 && p.right.first() == 0).map_or(0.0, |p| p.similarity);
    // Names in front of a chain that begins with the other's first.
    let begins = |place: fn(&Pair) -> (usize, usize)| pairs.iter().map(place).find(|(_, other)| *other == 0).map_or(0, |(own, _)| own);
    let leading = [left.before(begins(|p| (p.left.first(), p.right.first()))), right.before(begins(|p| (p.right.first(), p.left.first())))];
    // A son: that name is a given name, and the other chain is answered to its end.
    let son = (leading[0] * left.given() * cover[1]).max(leading[1] * right.given() * cover[0]);
    // Brothers: two given names before one chain.
    let rest = left.rest(cover[0], totals[0]).min(right.rest(cover[1], totals[1]));
    let brothers = any((open[0] * left.given()).min(open[1] * right.given()) * rest);
    // A son who bears his grandfather's name: the first two words stand in each other's place, and the chain goes on.
    let at = |i: usize, j: usize| pairs.iter().any(|p| (p.left.first(), p.right.first()) == (i, j));
    let goes_on = pairs.iter().any(|p| p.left.first() > 1 && p.right.first() > 1);
    let exchanged = if at(0, 1) && at(1, 0) { 1.0 + flag(goes_on) } else { 0.0 };
    let in_place = |p: &&Pair| p.left.first() == p.right.first() || last_a.abs_diff(p.left.first()) == last_b.abs_diff(p.right.first());
    let inversions = pairs.windows(2).filter(|w| matches!(w, [p, q] if p.right.first() > q.right.first())).count();
    let unlike = |p: &Answer| p.one_name.map_or(0.0, |one| p.sides[0].min(p.sides[1]) * (1.0 - one));
    Evidence([
        sum(&Answer::sure).min(30.0),
        answers.iter().map(Answer::sure).fold(0.0, f32::max),
        sum(&|p| p.one_name.map_or(0.0, |one| one * p.weight)).min(30.0),
        sum(&|p| p.given * p.sure()),
        sum(&|p| p.letters[0].min(p.letters[1]) * p.similarity).min(30.0),
        cover[0].min(cover[1]),
        cover[0].max(cover[1]),
        letters[0].min(letters[1]),
        left.keyed(&right).max(right.keyed(&left)),
        worst.similarity,
        worst.weight,
        any(worst.one_name.unwrap_or(-1.0)),
        answers.iter().map(unlike).fold(0.0, f32::max),
        similarity(&a.whole, &b.whole, 0.0),
        over[0].min(over[1]).min(30.0),
        over[0].max(over[1]).min(30.0),
        fewer.left(|_| 1.0).min(20.0),
        most_over[0].max(most_over[1]),
        left.inner().max(right.inner()).min(20.0),
        (closing[0] - closing[1]).abs(),
        leading[0].max(leading[1]),
        son,
        left.left(|w| flag(w.kunya)).max(right.left(|w| flag(w.kunya))).min(20.0),
        most_over[0].min(most_over[1]),
        brothers,
        both(&|w| w.given),
        both(&|w| w.nisba),
        any(closing[0].min(closing[1])),
        left.genders_clash(&right),
        if first > 0.0 { left.endings_differ(&right) } else { 0.0 },
        exchanged,
        first,
        flag(open[0] == 0.0) + flag(open[1] == 0.0),
        pairs.iter().filter(in_place).count() as f32 / count,
        inversions as f32,
        a.words.len().min(b.words.len()) as f32,
        flag(a.arabic != b.arabic),
    ])
}
