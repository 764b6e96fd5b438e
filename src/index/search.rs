//! A name to the names of a segment that are worth comparing with it.
//!
//! Each word of the query answers to the words of the segment that share a key with it, as far as their spellings are
//! alike. The names that hold answers to its rarer words are ranked by the weight of all that they share; where
//! these leave most of the query open, names that hold two or more of its common words are ranked too.

use super::segment::Segment;
use super::terms;
use crate::matching::units::{Unit, units};
use crate::matching::{Spelling, Word, codes, likely};
use std::sync::Arc;

/// Words of a name that are searched for.
const MOST_WORDS: usize = 12;
/// Names that rarer words may bring.
const MOST_POSTINGS: u64 = 20_000;
/// Names that common words may bring before they are ranked.
const MOST_SHARED: usize = 20_000;
/// Places of common words that are looked through.
const MOST_COMMON: u64 = 8_000_000;
/// From this likeness on a word answers.
const LEAST: f32 = 0.25;
/// The likeness of words that are surely one row of the lexicon.
const ONE_NAME: f32 = 0.85;
/// What is left of the likeness where a head such as ʿAbd is left out, and where an article is.
const WITHOUT: [f32; 2] = [0.6, 0.95];
/// How much it counts that a name says more than it shares; between .3 and .5 as many are found.
const OF_ITSELF: f32 = 0.4;
/// A name that shares so much of the query leaves no need to look for others by common words.
const ENOUGH: f32 = 0.6;

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
    weight: f32,
    /// The first of the words that it stands for.
    at: usize,
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
        for (at, token) in tokens.iter().enumerate() {
            let word = terms::word(token);
            let keys = terms::keys(token, &word);
            words.push(QueryWord { spelling: word.spelling.clone(), keys, weight: word.weight, word: Some(word), at });
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
            words.push(QueryWord { spelling, word: None, keys, weight, at });
        }
        Query { words, single, weight }
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
        expand(segment, word, to, &mut answers);
    }
    let bearers = |to: usize| answers.iter().filter(|answer| answer.to == to).map(|answer| answer.postings).sum::<u64>();
    let mut order: Vec<(u64, usize)> = (0..query.words.len()).map(|to| (bearers(to), to)).filter(|(count, _)| *count > 0).collect();
    order.sort_unstable();
    let mut places: Vec<u32> = Vec::new();
    let mut spent = 0;
    let rare = order.iter().take_while(|(count, _)| {
        spent += count;
        spent <= MOST_POSTINGS
    });
    let (rare, common) = order.split_at(rare.count());
    for (_, to) in rare {
        answers.iter().filter(|answer| answer.to == *to).for_each(|answer| places.extend(bearing(segment, answer.number)));
    }
    places.sort_unstable();
    places.dedup();
    let mut table = answers.clone();
    table.sort_unstable_by(|a, b| a.number.cmp(&b.number).then(b.likeness.total_cmp(&a.likeness)));
    let ranked = |places: &[u32]| {
        let mut hits: Vec<Hit> = places.iter().map(|&place| Hit { place, score: score(segment, query, &table, place) }).collect();
        let better = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place));
        if hits.len() > most {
            hits.select_nth_unstable_by(most, better);
            hits.truncate(most);
        }
        hits.sort_unstable_by(better);
        hits
    };
    let hits = ranked(&places);
    if common.is_empty() || hits.first().is_some_and(|hit| hit.score >= ENOUGH) {
        return hits;
    }
    let mut all: Vec<u32> = hits.iter().map(|hit| hit.place).collect();
    all.extend(sharing(segment, &answers, common, rare.is_empty()));
    all.sort_unstable();
    all.dedup();
    ranked(&all)
}

fn bearing(segment: &Segment, number: u32) -> impl Iterator<Item = u32> {
    let word = segment.word(number).unwrap_or_default();
    segment.postings(word)
}

/// The words of the segment that may be a word of the query.
fn expand(segment: &Segment, word: &QueryWord, to: usize, out: &mut Vec<Answer>) {
    let mut numbers: Vec<u32> = Vec::new();
    let mut known: Vec<u32> = Vec::new();
    for key in &word.keys {
        let list = if key.first() == Some(&b'=') { &mut known } else { &mut numbers };
        list.extend(segment.under(key));
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
        if likeness >= LEAST {
            out.push(Answer { number, to, likeness, postings: u64::from(record.count) });
        }
    }
}

/// How likely the spellings are one word, one of them without what it may leave out.
fn alike(word: &QueryWord, whole: &[Unit], core: &[Unit], article: bool) -> f32 {
    let there = Spelling::over(whole);
    let by_whole = likely(&word.spelling, &there);
    let own = word.word.as_ref().and_then(|word| word.core.as_ref());
    let left = |article: bool| if article { WITHOUT[1] } else { WITHOUT[0] };
    match (own, core.is_empty()) {
        (Some(own), true) => by_whole.max(left(own.article) * likely(&own.spelling, &there)),
        (None, false) => by_whole.max(left(article) * likely(&word.spelling, &Spelling::over(core))),
        _ => by_whole,
    }
}

/// What a name shares with the query, by weight, and how much of itself that is.
fn score(segment: &Segment, query: &Query, answers: &[Answer], place: u32) -> f32 {
    let Some(name) = segment.name(place) else { return 0.0 };
    let mut shared = [0.0f32; 2 * MOST_WORDS];
    let mut weight = 0.0;
    for number in name.words() {
        weight += segment.word(number).map_or(0.0, |word| word.weight);
        let first = answers.partition_point(|answer| answer.number < number);
        for answer in answers.get(first..).unwrap_or_default().iter().take_while(|answer| answer.number == number) {
            if let Some(slot) = shared.get_mut(answer.to) {
                *slot = slot.max(answer.likeness);
            }
        }
    }
    let said = |to: usize| shared.get(to).copied().unwrap_or(0.0) * query.words.get(to).map_or(0.0, |word| word.weight);
    let mut sum: f32 = (0..query.single).map(said).sum();
    for (to, word) in query.words.iter().enumerate().skip(query.single) {
        sum += (said(to) - said(word.at) - said(word.at + 1)).max(0.0);
    }
    sum / (query.weight.powf(1.0 - OF_ITSELF) * weight.powf(OF_ITSELF)).max(0.1)
}

/// Names that hold two or more of the common words, those of most first; of a single word, all that fit.
fn sharing(segment: &Segment, answers: &[Answer], common: &[(u64, usize)], alone: bool) -> Vec<u32> {
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
        for answer in answers.iter().filter(|answer| answer.to == *to) {
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
