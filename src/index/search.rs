//! A name to the names of a segment that are worth comparing with it.
//!
//! Each word of the query answers to the words of the segment that share a key with it, as far as their spellings are
//! alike. The names that hold answers to its rarer words are ranked by the weight of all that they share; where
//! these leave most of the query open, names that hold two or more of its common words are ranked too.

use super::segment::Segment;
use super::terms::{self, Keys};
use crate::matching::units::{Unit, units};
use crate::matching::{Spelling, Word, codes, likely_from};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Words of a name that are searched for.
const MOST_WORDS: usize = 12;
/// Names that rarer words may bring.
const MOST_POSTINGS: u64 = 20_000;
/// Names that common words may bring before they are ranked.
const MOST_SHARED: usize = 20_000;
/// Places of common words that are looked through.
const MOST_COMMON: u64 = 8_000_000;
/// Names whose words are read one by one; with so many it is seen whether they are enough.
const MOST_READ: usize = 1000;
/// From this likeness on a word answers; it is one spelling in four of the same word.
const LEAST: f32 = 0.37;
/// Words of one other consonant are looked at where they are no more than this.
const MOST_LOOSE: u64 = 64;
/// The likeness of words that are surely one row of the lexicon.
const ONE_NAME: f32 = 0.85;
/// What is left of the likeness where a head such as ʿAbd is left out, and where an article is.
const WITHOUT: [f32; 2] = [0.6, 0.95];
/// What every name is taken to weigh beside its words, so that a name of one word is not found for saying nothing else.
const OF_ITSELF: f32 = 6.0;
/// A name that shares so much of the query leaves no need to look for others by common words.
const ENOUGH: f32 = 0.5;

/// A name to search for.
pub(super) struct Query {
    words: Vec<QueryWord>,
    /// How many of them are words of the name; the others are neighbours in one.
    single: usize,
    weight: f32,
}

struct QueryWord {
    spelling: Spelling,
    /// The whole word; none for neighbours in one.
    word: Option<Arc<Word>>,
    keys: Vec<Vec<u8>>,
    loose: Vec<Vec<u8>>,
    weight: f32,
    /// What answers to it may be kept under; none for neighbours in one.
    known_as: Option<String>,
}

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hit {
    pub place: u32,
    /// What it shares, from 0 to 1.
    pub score: f32,
}

impl Query {
    pub(super) fn new(name: &str) -> Query {
        let mut tokens = terms::terms(name);
        tokens.truncate(MOST_WORDS);
        let mut words: Vec<QueryWord> = Vec::new();
        for token in &tokens {
            let word = terms::word(token);
            let Keys { asked: keys, loose, .. } = terms::keys(token, &word);
            words.push(QueryWord {
                spelling: word.spelling.clone(),
                keys,
                loose,
                weight: word.weight,
                word: Some(word),
                known_as: Some(terms::spelled(token)),
            });
        }
        let single = words.len();
        let weight = words.iter().map(|word| word.weight).sum();
        for (at, pair) in tokens.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let mut joined = one.clone();
            joined.text.push_str(&other.text);
            joined.core = None;
            let keys = codes(&joined).into_iter().map(String::into_bytes).collect();
            let spelling = Spelling::new(units(&joined.text, joined.arabic));
            let weight = words.get(at..at + 2).unwrap_or_default().iter().map(|word| word.weight).sum();
            words.push(QueryWord { spelling, word: None, keys, loose: Vec::new(), weight, known_as: None });
        }
        Query { words, single, weight }
    }
}

/// A word of the segment that may be a word asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard {
    number: u32,
    likeness: f32,
    postings: u64,
}

/// What some thousand words were heard as: the words of queries repeat as those of names do.
#[derive(Default)]
pub(super) struct Seen(Mutex<HashMap<String, Arc<[Heard]>>>);

impl Seen {
    fn get_or(&self, word: &str, look: impl FnOnce() -> Vec<Heard>) -> Arc<[Heard]> {
        const MOST: usize = 4096;
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(word) {
            return known.clone();
        }
        let found: Arc<[Heard]> = look().into();
        let mut seen = lock();
        if seen.len() >= MOST {
            seen.clear();
        }
        seen.insert(word.to_string(), found.clone());
        found
    }
}

/// A word of the segment that answers a word of the query.
#[derive(Clone, Copy)]
struct Answer {
    number: u32,
    to: usize,
    likeness: f32,
    postings: u64,
}

/// The names that share most with the query, best first.
pub(super) fn search(segment: &Segment, query: &Query, most: usize) -> Vec<Hit> {
    let mut answers: Vec<Answer> = Vec::new();
    for (to, word) in query.words.iter().enumerate() {
        let found = match &word.known_as {
            Some(spelled) => segment.seen.get_or(spelled, || expand(segment, word)),
            None => expand(segment, word).into(),
        };
        answers.extend(found.iter().map(|heard| Answer { number: heard.number, to, likeness: heard.likeness, postings: heard.postings }));
    }
    let bearers = |to: usize| answers.iter().filter(|answer| answer.to == to).map(|answer| answer.postings).sum::<u64>();
    let mut order: Vec<(u64, usize)> = (0..query.words.len()).map(|to| (bearers(to), to)).filter(|(count, _)| *count > 0).collect();
    order.sort_unstable();
    let mut spent = 0;
    let rare = order.iter().take_while(|(count, _)| {
        spent += count;
        spent <= MOST_POSTINGS
    });
    let (rare, common) = order.split_at(rare.count());
    let table = Table::new(answers);
    let mut places: Vec<(u32, f32)> = Vec::new();
    let mut hits: Vec<Hit> = Vec::new();
    let enough = |hits: &[Hit]| hits.first().is_some_and(|hit| hit.score >= ENOUGH);
    let weight = |to: usize| query.words.get(to).map_or(0.0, |word| word.weight);
    for (at, (_, to)) in rare.iter().enumerate() {
        for answer in table.of(*to) {
            places.extend(bearing(segment, answer.number).map(|place| (place, weight(*to) * answer.likeness)));
        }
        together(&mut places);
        if places.len() >= MOST_READ || at + 1 == rare.len() {
            let rest = order.get(at + 1..).unwrap_or_default().iter().map(|(_, to)| *to);
            hits = ranked(segment, query, &table, best(segment, &table, &places, rest.map(|to| (to, weight(to)))), most);
            if enough(&hits) {
                return hits;
            }
        }
    }
    if !common.is_empty() && !enough(&hits) {
        let mut all: Vec<u32> = hits.iter().map(|hit| hit.place).collect();
        all.extend(sharing(segment, &table, common, rare.is_empty()));
        all.sort_unstable();
        all.dedup();
        hits = ranked(segment, query, &table, all, most);
    }
    hits
}

/// Each place once, in order, with all that was found of it.
fn together(places: &mut Vec<(u32, f32)>) {
    places.sort_unstable_by_key(|(place, _)| *place);
    places.dedup_by(|next, first| {
        let same = next.0 == first.0;
        if same {
            first.1 += next.1;
        }
        same
    });
}

/// Those whose words are worth reading: all where they are few, else those that hold most of the other words too.
fn best(segment: &Segment, table: &Table, places: &[(u32, f32)], rest: impl Iterator<Item = (usize, f32)>) -> Vec<u32> {
    if places.len() <= MOST_READ {
        return places.iter().map(|(place, _)| *place).collect();
    }
    let mut places = places.to_vec();
    for (to, weight) in rest {
        for answer in table.of(to) {
            let mut left = places.iter_mut().peekable();
            for place in bearing(segment, answer.number) {
                while left.next_if(|(own, _)| *own < place).is_some() {}
                match left.peek_mut() {
                    Some((own, said)) if *own == place => *said += weight * answer.likeness,
                    Some(_) => {}
                    None => break,
                }
            }
        }
    }
    places.select_nth_unstable_by(MOST_READ, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    places.truncate(MOST_READ);
    let mut places: Vec<u32> = places.into_iter().map(|(place, _)| place).collect();
    places.sort_unstable();
    places
}

/// The best of some names, by all that they share.
fn ranked(segment: &Segment, query: &Query, table: &Table, places: Vec<u32>, most: usize) -> Vec<Hit> {
    let mut hits: Vec<Hit> = places.into_iter().map(|place| Hit { place, score: score(segment, query, table, place) }).collect();
    let better = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place));
    if hits.len() > most {
        hits.select_nth_unstable_by(most, better);
        hits.truncate(most);
    }
    hits.sort_unstable_by(better);
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

    /// The answers to a word of the query.
    fn of(&self, to: usize) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(move |answer| answer.to == to)
    }

    /// What a word of the segment answers.
    fn by(&self, number: u32) -> impl Iterator<Item = &Answer> {
        let (at, bit) = Table::bit(number);
        let held = self.held.get(at).is_some_and(|word| word & bit != 0);
        let first = if held { self.answers.partition_point(|answer| answer.number < number) } else { self.answers.len() };
        self.answers.get(first..).unwrap_or_default().iter().take_while(move |answer| answer.number == number)
    }
}

fn bearing(segment: &Segment, number: u32) -> impl Iterator<Item = u32> {
    let word = segment.word(number).unwrap_or_default();
    segment.postings(word)
}

/// The words of the segment that may be a word of the query.
fn expand(segment: &Segment, word: &QueryWord) -> Vec<Heard> {
    let mut out = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let mut known: Vec<u32> = Vec::new();
    for key in &word.keys {
        let list = if key.first() == Some(&b'=') { &mut known } else { &mut numbers };
        list.extend(segment.under(key, u64::MAX));
    }
    for key in &word.loose {
        numbers.extend(segment.under(key, MOST_LOOSE));
    }
    numbers.extend(&known);
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        let Some(record) = segment.word(number) else { continue };
        let (whole, core) = segment.units(&record);
        let mut likeness = alike(word, whole, core, record.article);
        if likeness < ONE_NAME && known.contains(&number) {
            likeness = ONE_NAME;
        }
        if likeness > 0.0 {
            out.push(Heard { number, likeness, postings: u64::from(record.count) });
        }
    }
    out
}

/// How likely the spellings are one word, one of them without what it may leave out.
fn alike(word: &QueryWord, whole: &[Unit], core: &[Unit], article: bool) -> f32 {
    let there = Spelling::over(whole);
    let by_whole = likely_from(&word.spelling, &there, LEAST);
    let own = word.word.as_ref().and_then(|word| word.core.as_ref());
    let left = |article: bool| if article { WITHOUT[1] } else { WITHOUT[0] };
    match (own, core.is_empty()) {
        (Some(own), true) => by_whole.max(left(own.article) * likely_from(&own.spelling, &there, LEAST)),
        (None, false) => by_whole.max(left(article) * likely_from(&word.spelling, &Spelling::over(core), LEAST)),
        _ => by_whole,
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
    (sum / query.weight.max(0.1) * ((query.weight + OF_ITSELF) / (name.weight + OF_ITSELF)).sqrt()).min(1.0)
}

/// Names that hold two or more of the common words, those of most first; of a single word, all that fit.
fn sharing(segment: &Segment, table: &Table, common: &[(u64, usize)], alone: bool) -> Vec<u32> {
    // For each name how many words it holds, and the last of them.
    let mut held: Vec<(u8, u8)> = vec![(0, 0); segment.len()];
    let mut by_count: Vec<Vec<u32>> = Vec::new();
    let mut read = 0;
    let least = if alone && common.len() == 1 { 1 } else { 2 };
    for (own, (count, to)) in (1u8..).zip(common) {
        read += count;
        if read > MOST_COMMON {
            break;
        }
        for answer in table.of(*to) {
            for place in bearing(segment, answer.number) {
                let Some((count, last)) = held.get_mut(place as usize).filter(|(_, last)| *last != own) else { continue };
                (*count, *last) = (*count + 1, own);
                let count = usize::from(*count);
                if count >= least {
                    by_count.resize_with(by_count.len().max(count + 1), Vec::new);
                    if let Some(list) = by_count.get_mut(count).filter(|list| list.len() < MOST_SHARED) {
                        list.push(place);
                    }
                }
            }
        }
    }
    by_count.into_iter().rev().flatten().take(MOST_SHARED).collect()
}
