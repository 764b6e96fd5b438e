//! A name to the names of a segment that are worth comparing with it.
//!
//! Each word of the query answers to the words of the segment that are spelled like it (`heard.rs`). The names that hold most of
//! them, by weight, are told apart from all others at once (`tally.rs`); these few are then looked at word by word.

use super::heard::{Heard, heard};
use super::query::{MOST_WORDS, Query};
use super::segment::Segment;
use super::tally::{Voice, tally};

/// What every name is taken to weigh beside its words, so that a name of one word is not found for saying nothing else.
const OF_ITSELF: f32 = 6.0;

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hit {
    pub place: u32,
    /// What it shares, from 0 to 1.
    pub score: f32,
}

/// A word of the segment that answers a word of the query.
#[derive(Clone, Copy)]
struct Answer {
    number: u32,
    to: usize,
    likeness: f32,
}

/// The names that share most with the query, best first.
pub(super) fn search(segment: &Segment, query: &Query, most: usize) -> Vec<Hit> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut voices: Vec<Voice<'_>> = Vec::new();
    for (at, word) in query.words.iter().enumerate() {
        let to = if at < query.single { at..at + 1 } else { at - query.single..at - query.single + 2 };
        let whole = heard(segment, word);
        let mut longer = query.begun.as_ref().filter(|_| at + 1 == query.single).map_or_else(Vec::new, |begun| begun.heard(segment));
        longer.retain(|begun| whole.binary_search_by_key(&begun.number, |own| own.number).is_err());
        for Heard { number, likeness } in whole.iter().copied().chain(longer) {
            answers.push(Answer { number, to: at, likeness });
            voices.extend(segment.word(number).map(|word| Voice { bearers: segment.bearers(&word), likeness, to: to.clone() }));
        }
    }
    let weights: Vec<f32> = query.words.iter().take(query.single).map(|word| word.weight).collect();
    let places = tally(segment, &weights, voices);
    let table = Table::new(answers);
    let mut hits: Vec<Hit> = places.into_iter().map(|place| Hit { place, score: score(segment, query, &table, place) }).collect();
    hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
    hits.truncate(most);
    hits
}

/// The answers to a query, by the number of the word.
struct Table {
    answers: Vec<Answer>,
    /// One bit for each of them, so that most words are passed over at once.
    held: [u64; HELD],
}

/// Words of bits in [`Table::held`].
const HELD: usize = 256;

impl Table {
    fn new(mut answers: Vec<Answer>) -> Table {
        answers.sort_unstable_by(|a, b| a.number.cmp(&b.number).then(a.to.cmp(&b.to)));
        let mut held = [0; HELD];
        for answer in &answers {
            let (at, bit) = Table::bit(answer.number);
            held.get_mut(at).into_iter().for_each(|word| *word |= bit);
        }
        Table { answers, held }
    }

    fn bit(number: u32) -> (usize, u64) {
        (number as usize / 64 % HELD, 1 << (number % 64))
    }

    /// What a word of the segment answers.
    fn by(&self, number: u32) -> impl Iterator<Item = &Answer> {
        let (at, bit) = Table::bit(number);
        let held = self.held.get(at).is_some_and(|word| word & bit != 0);
        let first = if held { self.answers.partition_point(|answer| answer.number < number) } else { self.answers.len() };
        self.answers.get(first..).unwrap_or_default().iter().take_while(move |answer| answer.number == number)
    }
}

/// What a name shares with the query, by weight, and how much of itself that is.
fn score(segment: &Segment, query: &Query, table: &Table, place: u32) -> f32 {
    let Some(name) = segment.name(place) else { return 0.0 };
    let mut shared = [0.0f32; 2 * MOST_WORDS];
    for number in name.words() {
        for answer in table.by(number) {
            if let Some(slot) = shared.get_mut(answer.to) {
                *slot = slot.max(answer.likeness);
            }
        }
    }
    for (said, word) in shared.iter_mut().zip(&query.words) {
        *said *= word.weight;
    }
    let (single, joined) = shared.split_at(query.single);
    let mut sum: f32 = single.iter().sum();
    for (said, pair) in joined.iter().zip(single.windows(2)) {
        sum += (said - pair.iter().sum::<f32>()).max(0.0);
    }
    fits(sum, query.weight, name.weight)
}

/// How well a name fits that shares so much with a query, from 0 to 1: the share, less for what else the name has.
pub(super) fn fits(shared: f32, query: f32, name: f32) -> f32 {
    (shared / query.max(0.1) * ((query + OF_ITSELF) / (name + OF_ITSELF)).sqrt()).min(1.0)
}
