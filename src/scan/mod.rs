//! Mentions of known people in running text, in either script.
//!
//! One pass over the text, whatever the number of people: each different word of the text is asked once which words of
//! the names it may be, and neighbours that are words of one name are compared with it as a name is with a name.
//!
//! ```
//! let mut scanner = nasab::scan::Scanner::new();
//! scanner.add("q1", ["Qays al-Khazali".to_string()]).unwrap();
//! let found = scanner.scan("They met Qaïs el-Khazaali twice; والتقى قيس الخزعلي بهم", 0.5);
//! assert_eq!(found.len(), 2);
//! assert_eq!(found[0].text, "Qaïs el-Khazaali");
//! ```

mod word;

use self::word::{article, no_name, particle};
use crate::document::text_words;
use crate::error::Error;
use crate::lexicon;
use crate::matching::tokens::tokens;
use crate::matching::{Prepared, Word, codes, probability, same_word};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// From this likeness on a word of the text may be a word of a name.
const LIKE: f32 = 0.6;
/// The same where a letter was taken for a preposition.
const LIKE_PEELED: f32 = 0.8;
/// Words of one run that are looked at together.
const MOST_WORDS: usize = 12;
/// Names that a word may bring by itself; commoner words only help others.
const MOST_NAMES: usize = 300;
/// The same of the two rarest words of a run.
const MOST_BEARERS: usize = 3_000;
/// Names of a run that are compared.
const MOST_COMPARED: usize = 12;
/// Words of the text whose answers are kept.
const MOST_KEPT: usize = 1 << 19;
/// Bytes of the longest of them, so that no text can fill the memory.
const LONGEST_KEPT: usize = 64;

/// A mention of somebody in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The bytes of the text.
    pub span: Range<usize>,
    /// As it stands there.
    pub text: String,
    /// Who it is.
    pub id: String,
    /// The person's first name in the registry.
    pub name: String,
    /// That it is this person, from 0 to 1, by the names alone.
    pub probability: f64,
}

/// People to look for.
#[derive(Default)]
pub struct Scanner {
    people: Vec<(String, String)>,
    names: Vec<(u32, Prepared)>,
    name_words: Vec<Box<[u32]>>,
    words: Vec<Arc<Word>>,
    place_of: HashMap<String, u32>,
    by_code: HashMap<String, Vec<u32>>,
    postings: Vec<Vec<u32>>,
    /// Words of the text as they were judged: what is cut off, and what they may be.
    judged: HashMap<String, Judged>,
}

/// How many bytes before a word are no part of it, and the words of names that it may be; `None` where it cannot be one.
type Judged = Option<(usize, Arc<[u32]>)>;

/// A word of the text with what it may be.
struct Token {
    span: Range<usize>,
    words: Arc<[u32]>,
}

impl Scanner {
    /// Nobody yet.
    pub fn new() -> Self {
        Scanner::default()
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// True without people.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Adds a person. Names of one word are left aside: alone they say too little.
    ///
    /// # Errors
    /// There are more than four thousand million names.
    pub fn add(&mut self, id: &str, names: impl IntoIterator<Item = String>) -> Result<(), Error> {
        let full = || Error::new("too many names to scan for");
        let person = u32::try_from(self.people.len()).map_err(|_| full())?;
        let mut first = None;
        for name in names {
            let prepared = Prepared::new(&name);
            let place = u32::try_from(self.names.len()).map_err(|_| full())?;
            first.get_or_insert(name.clone());
            if prepared.words.iter().filter(|w| !w.title).count() < 2 {
                continue;
            }
            let mut own: Vec<u32> = Vec::new();
            for token in tokens(&name).into_iter().filter(|t| !t.title) {
                let word = match self.place_of.get(&token.text) {
                    Some(word) => *word,
                    None => {
                        let word = u32::try_from(self.words.len()).map_err(|_| full())?;
                        codes(&token).into_iter().for_each(|code| self.by_code.entry(code).or_default().push(word));
                        self.place_of.insert(token.text.clone(), word);
                        self.words.push(Word::of(token));
                        self.postings.push(Vec::new());
                        word
                    }
                };
                if !own.contains(&word) {
                    own.push(word);
                    self.postings.get_mut(word as usize).into_iter().for_each(|p| p.push(place));
                }
            }
            self.names.push((person, prepared));
            self.name_words.push(own.into());
        }
        self.people.push((id.to_string(), first.unwrap_or_default()));
        self.judged.clear();
        Ok(())
    }

    /// The mentions in a text from a probability on, in its order; of those that overlap the likeliest stands.
    ///
    /// The scanner keeps what it heard of the words of the text, so that a long text may come in pieces.
    pub fn scan(&mut self, text: &str, threshold: f64) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut run: Vec<Token> = Vec::new();
        // Particles between two words go with them.
        let mut real = 0;
        for (span, arabic, joined) in text_words(text) {
            let word = text.get(span.clone()).unwrap_or("");
            if !joined || run.len() >= MOST_WORDS {
                self.settle(text, &run, real, threshold, &mut hits);
                run.clear();
                real = 0;
            }
            match self.judge(word, arabic) {
                Some((cut, words)) if !words.is_empty() => {
                    // A preposition ends what stands before it.
                    if cut > 0 && real > 0 {
                        self.settle(text, &run, real, threshold, &mut hits);
                        run.clear();
                        real = 0;
                    }
                    real += 1;
                    run.push(Token { span: span.start + cut..span.end, words });
                }
                Some((_, words)) if particle(word, arabic) => run.push(Token { span, words }),
                // Nouri Al Maliki: an article that stands alone parts no name.
                _ if real > 0 && !arabic && article(word) => run.push(Token { span, words: Arc::from([].as_slice()) }),
                _ => {
                    self.settle(text, &run, real, threshold, &mut hits);
                    run.clear();
                    real = 0;
                }
            }
        }
        self.settle(text, &run, real, threshold, &mut hits);
        hits.sort_by_key(|h| h.span.start);
        hits
    }

    fn judge(&mut self, word: &str, arabic: bool) -> Judged {
        if !arabic && !word.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
            return particle(word, arabic).then(|| (0, Arc::from([].as_slice())));
        }
        if let Some(known) = self.judged.get(word) {
            return known.clone();
        }
        let found = self.hear(word, arabic);
        // Most words of a text recur; what is rare is heard again.
        if word.len() <= LONGEST_KEPT {
            if self.judged.len() >= MOST_KEPT {
                self.judged.clear();
            }
            self.judged.insert(word.to_string(), found.clone());
        }
        found
    }

    /// The words of names that a word of the text may be, and how many bytes before it are no part of it; `None` where it cannot
    /// be a word of a name.
    fn hear(&self, word: &str, arabic: bool) -> Judged {
        if !arabic && !word.chars().any(char::is_uppercase) {
            return particle(word, arabic).then(|| (0, Arc::from([].as_slice())));
        }
        if arabic && no_name(word) {
            return None;
        }
        let whole = self.answers(word, LIKE);
        if !arabic || !whole.is_empty() {
            return Some((0, whole));
        }
        for prefix in ["و", "ف", "ب", "ل", "ك"] {
            let Some(rest) = word.strip_prefix(prefix).filter(|r| r.chars().count() > 2) else { continue };
            if no_name(rest) {
                return None;
            }
            let stem = rest.strip_prefix('ل').filter(|_| prefix == "ل").map(|s| format!("ال{s}"));
            let found = self.answers(stem.as_deref().unwrap_or(rest), LIKE_PEELED);
            if !found.is_empty() && (prefix != "و" || lexicon::after_conjunction(word).is_some() || lexicon::known(word).is_none()) {
                return Some((prefix.len(), found));
            }
        }
        Some((0, whole))
    }

    fn answers(&self, word: &str, least: f32) -> Arc<[u32]> {
        let mut found: Vec<u32> = Vec::new();
        for token in tokens(word).into_iter().take(1) {
            let own_codes = codes(&token);
            let own = Word::of(token);
            for code in own_codes {
                for &place in self.by_code.get(&code).map_or(&[][..], Vec::as_slice) {
                    if !found.contains(&place) && self.words.get(place as usize).is_some_and(|w| same_word(&own, w) >= least) {
                        found.push(place);
                    }
                }
            }
        }
        found.into()
    }

    /// The names that share at least two words with a run, what they share weighed, the weightiest first.
    fn sharing(&self, run: &[Token]) -> Vec<(u32, f32)> {
        let bearers = |token: &Token| token.words.iter().filter_map(|w| self.postings.get(*w as usize)).map(Vec::len).sum::<usize>();
        let mut tokens: Vec<(usize, &Token)> = run.iter().filter(|t| !t.words.is_empty()).map(|t| (bearers(t), t)).collect();
        tokens.sort_by_key(|(count, token)| (*count, token.span.start));
        // Names of a word, with what it weighs; a word that many bear only helps others.
        let mut shared: Vec<(u32, u32, f32)> = Vec::new();
        let mut common: Vec<&Token> = Vec::new();
        for (place, (count, token)) in tokens.into_iter().enumerate() {
            if count > if place < 2 { MOST_BEARERS } else { MOST_NAMES } {
                common.push(token);
                continue;
            }
            for word in token.words.iter() {
                let weight = self.words.get(*word as usize).map_or(0.0, |w| w.weight);
                shared.extend(self.postings.get(*word as usize).into_iter().flatten().map(|name| (*name, *word, weight)));
            }
        }
        shared.sort_unstable_by_key(|(name, word, _)| (*name, *word));
        shared.dedup_by_key(|(name, word, _)| (*name, *word));
        let mut best: Vec<(u32, f32)> = Vec::new();
        for own in shared.chunk_by(|a, b| a.0 == b.0) {
            let Some((name, _, _)) = own.first() else { continue };
            let (mut count, mut sum) = (own.len(), own.iter().map(|(_, _, weight)| weight).sum::<f32>());
            let words = self.name_words.get(*name as usize).map_or(&[][..], |w| w);
            for word in words.iter().filter(|w| common.iter().any(|t| t.words.contains(w))) {
                count += 1;
                sum += self.words.get(*word as usize).map_or(0.0, |w| w.weight);
            }
            if count > 1 {
                best.push((*name, sum));
            }
        }
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(MOST_COMPARED);
        best
    }

    /// The best mentions in a run of words.
    fn settle(&self, text: &str, run: &[Token], real: usize, threshold: f64, hits: &mut Vec<Hit>) {
        if real < 2 {
            return;
        }
        let best = self.sharing(run);
        let mut found: Vec<Hit> = Vec::new();
        let mut seen: HashMap<Range<usize>, Prepared> = HashMap::new();
        for (name, _) in best {
            let own = self.name_words.get(name as usize).map_or(&[][..], |w| w);
            let met: Vec<&Token> = run.iter().filter(|t| t.words.iter().any(|w| own.contains(w))).collect();
            let (Some(first), Some(last), Some((person, prepared))) = (met.first(), met.last(), self.names.get(name as usize)) else {
                continue;
            };
            let Some((id, shown)) = self.people.get(*person as usize) else { continue };
            // A particle before the first word is its own: Abū, ʿAbd.
            let before = run.iter().take_while(|t| t.span.start < first.span.start).last().filter(|t| t.words.is_empty());
            let span = before.map_or(first.span.start, |t| t.span.start)..last.span.end;
            let mention = text.get(span.clone()).unwrap_or("");
            let probability = probability(seen.entry(span.clone()).or_insert_with(|| Prepared::new(mention)), prepared);
            if probability >= threshold {
                found.push(Hit { span, text: mention.to_string(), id: id.clone(), name: shown.clone(), probability });
            }
        }
        found.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(b.span.len().cmp(&a.span.len())).then(a.id.cmp(&b.id)));
        let from = hits.len();
        for hit in found {
            let free = hits.get(from..).unwrap_or(&[]).iter().all(|h| h.span.end <= hit.span.start || h.span.start >= hit.span.end);
            if free {
                hits.push(hit);
            }
        }
    }
}
