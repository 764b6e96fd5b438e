//! The names of two parallel texts, side by side.

use super::mention::{Mention, capital, mentions};
use super::spellings::{Spellings, bare};
use super::words::{Word, words};
use crate::lexicon;
use crate::matching::{Prepared, coverage};
use crate::name::particle::Particle;
use crate::orthography;
use crate::scheme::Scheme;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// From this coverage on two spans are one name.
const LEAST: f32 = 0.55;
/// Two neighbours that are no Arabic names answer each other only where both sound alike so far.
const FOREIGN: f32 = 0.6;
/// A word that answers no word of a name so far neither begins nor ends its span.
const SEED: f32 = 0.25;
/// What each line between two spans of a text and its translation takes off, and the most.
const FAR: (f32, f32) = (0.12, 0.5);
/// Words of Arabic that one name may take.
const MOST_WORDS: usize = 10;
/// With fewer romanized names nothing is said about whether the texts are parallel, and so large a share must be found.
const PARALLEL: (usize, f32) = (4, 0.4);

/// The bytes of a name in the Arabic text, those of what is joined to its first word, and how likely it is the name.
pub(crate) type Found = (Range<usize>, Range<usize>, f32);

/// A name in both texts.
#[derive(Clone, Debug)]
pub(crate) struct Met {
    pub mention: Mention,
    pub arabic: Option<Found>,
    /// No Arabic name: its spelling is its own.
    pub foreign: bool,
}

/// The names of a romanized text, each with its place in the Arabic one.
#[derive(Debug)]
pub(crate) struct Both {
    pub met: Vec<Met>,
    /// False where too few names of one text stand in the other.
    pub parallel: bool,
}

/// A word of the Arabic text, as it may be read.
struct Token {
    /// Where the name begins when so much is peeled off, and the rest, likeliest first.
    forms: Vec<(usize, String)>,
    span: Range<usize>,
    line: usize,
    joined: bool,
    particle: bool,
    /// It may be a foreign name: it has no article and is no known place.
    foreign: bool,
}

pub(crate) fn both(arabic: &str, romanized: &str, prose: &[Range<usize>], scheme: Scheme) -> Both {
    let own = words(romanized, prose);
    let found = mentions(romanized, &own, Spellings::of(scheme));
    let (lines, arabic_lines) = (Lines::new(romanized), Lines::new(arabic));
    let tokens: Vec<Token> = tokens(arabic, &arabic_lines);
    let mut heard = Heard::new(&tokens);
    let mut wanted: Vec<(Mention, bool)> = found.into_iter().map(|m| (m, false)).collect();
    let covered: HashSet<usize> = wanted.iter().flat_map(|(m, _)| m.span.clone()).collect();
    wanted.extend(foreign(romanized, &own, &covered, &mut heard).into_iter().map(|m| (m, true)));
    wanted.sort_by_key(|(m, _)| m.span.start);

    let windows: Vec<Vec<(Range<usize>, usize, f32)>> = wanted.iter().map(|(m, _)| heard.windows(m.text(romanized))).collect();
    let line = |window: &Range<usize>| tokens.get(window.start).map_or(0, |t| t.line);
    let mut shared: HashMap<(usize, usize), f32> = HashMap::new();
    for ((mention, _), windows) in wanted.iter().zip(&windows) {
        let mut best: HashMap<usize, f32> = HashMap::new();
        for (window, _, like) in windows {
            let slot = best.entry(line(window)).or_default();
            *slot = slot.max(like * window.len() as f32);
        }
        let own = lines.of(mention.span.start);
        best.into_iter().for_each(|(line, like)| *shared.entry((own, line)).or_default() += like);
    }
    let answers = answers(lines.count(), arabic_lines.count(), &shared);
    let mut offers: Vec<Offer> = Vec::new();
    for (number, ((mention, _), windows)) in wanted.iter().zip(windows).enumerate() {
        let expected = answers.get(lines.of(mention.span.start)).copied().unwrap_or(0);
        for (window, form, like) in windows {
            let far = (line(&window).abs_diff(expected) as f32 * FAR.0).min(FAR.1);
            offers.push(Offer { score: like - far, like, number, window, form });
        }
    }
    // Longer names choose first: what is left of them is a short mention somewhere else.
    let order = |o: &Offer| (o.number, o.window.start, o.form);
    offers.sort_by(|a, b| b.worth().total_cmp(&a.worth()).then_with(|| order(a).cmp(&order(b))));
    let mut taken = vec![false; tokens.len()];
    let mut places: Vec<Option<Found>> = vec![None; wanted.len()];
    for Offer { like, number, window, form, .. } in offers {
        let free = window.clone().all(|w| taken.get(w) == Some(&false));
        let Some(place) = places.get_mut(number).filter(|p| p.is_none() && free) else { continue };
        let (Some(first), Some(last)) = (tokens.get(window.start), tokens.get(window.end - 1)) else { continue };
        let start = first.forms.get(form).map_or(0, |(at, _)| *at);
        *place = Some((first.span.start + start..last.span.end, first.span.start..first.span.start + start, like));
        window.for_each(|w| {
            if let Some(slot) = taken.get_mut(w) {
                *slot = true
            }
        });
    }
    let met: Vec<Met> = wanted
        .into_iter()
        .zip(places)
        .map(|((mention, foreign), arabic)| Met { mention, arabic, foreign })
        .filter(|m| !m.foreign || m.arabic.is_some())
        .collect();
    let marked = met.iter().filter(|m| m.mention.marked).count();
    let answered = met.iter().filter(|m| m.mention.marked && m.arabic.is_some()).count();
    let parallel = marked < PARALLEL.0 || answered as f32 >= PARALLEL.1 * marked as f32;
    Both { met, parallel }
}

/// A span of the Arabic text for a name.
struct Offer {
    /// How far they are one name, less the farther it is from where it is expected.
    score: f32,
    like: f32,
    number: usize,
    window: Range<usize>,
    form: usize,
}

impl Offer {
    fn worth(&self) -> f32 {
        self.score * if self.window.len() > 1 { 2.0 } else { 1.0 }
    }
}

/// The line of the Arabic text that answers each line: the order that shares most names, both running forward.
fn answers(count: usize, arabic: usize, shared: &HashMap<(usize, usize), f32>) -> Vec<usize> {
    /// More lines are laid over each other by their place alone.
    const MOST: usize = 4_000_000;
    /// What lines of one place in the text share before any name is read: it settles lines without names.
    const BY_PLACE: f32 = 0.1;
    let even = |line: usize| line * arabic / count.max(1);
    if count * arabic > MOST {
        return (0..count).map(even).collect();
    }
    let width = arabic + 1;
    let mut best = vec![0f32; (count + 1) * width];
    let gain = |i: usize, j: usize| shared.get(&(i, j)).copied().unwrap_or(0.0) + BY_PLACE / (1.0 + even(i).abs_diff(j) as f32);
    let at = |best: &[f32], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0.0);
    for i in 0..count {
        for j in 0..arabic {
            let both = at(&best, i, j) + gain(i, j);
            let most = both.max(at(&best, i, j + 1)).max(at(&best, i + 1, j));
            if let Some(slot) = best.get_mut((i + 1) * width + j + 1) {
                *slot = most;
            }
        }
    }
    let mut out: Vec<usize> = (0..count).map(even).collect();
    let (mut i, mut j) = (count, arabic);
    while i > 0 && j > 0 {
        let here = at(&best, i, j);
        if here == at(&best, i - 1, j) {
            i -= 1;
            // A line of its own stands with the next.
            out.get_mut(i).into_iter().for_each(|slot| *slot = j.min(arabic - 1));
        } else if here == at(&best, i, j - 1) {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
            out.get_mut(i).into_iter().for_each(|slot| *slot = j);
        }
    }
    out
}

/// Where lines that are not blank begin.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Lines {
        let mut at = 0;
        let mut starts = Vec::new();
        for line in text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                starts.push(at);
            }
            at += line.len();
        }
        Lines(starts)
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn of(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte).saturating_sub(1)
    }
}

/// What may be joined to the first word of a name, longer first.
const PREFIXES: [&str; 9] = ["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"];

fn tokens(text: &str, lines: &Lines) -> Vec<Token> {
    let token = |word: &Word| {
        let own = word.text(text);
        let mut forms: Vec<(usize, String)> = Vec::new();
        // Where the conjunction is no letter of the name, what has it is no form of the name.
        let conjunction = lexicon::after_conjunction(own).is_some();
        for prefix in PREFIXES {
            let Some(rest) = own.strip_prefix(prefix).filter(|r| r.chars().count() > 1) else { continue };
            if prefix.is_empty() && conjunction {
                continue;
            }
            // للخزعلي: the article has lost its alif.
            let rest = match rest.strip_prefix('ل') {
                Some(stem) if prefix.ends_with('ل') => format!("ال{stem}"),
                _ => rest.to_string(),
            };
            let peeled = if own.ends_with(rest.as_str()) { own.len() - rest.len() } else { 0 };
            forms.push((peeled, orthography::clean(&rest).into_owned()));
        }
        let particle = forms.first().is_some_and(|(_, f)| Particle::of_arabic(f).is_some());
        let place = lexicon::read_arabic(own, false).first().is_some_and(|r| r.is_place());
        Token {
            foreign: !place && lexicon::after_article(own).is_none(),
            forms,
            span: word.span.clone(),
            line: lines.of(word.span.start),
            joined: word.joined,
            particle,
        }
    };
    words(text, std::slice::from_ref(&(0..text.len()))).iter().filter(|w| w.arabic).map(token).collect()
}

/// Which words of the Arabic text sound like a word; each word is asked once.
struct Heard<'a> {
    tokens: &'a [Token],
    /// Different forms, prepared, with the tokens and the place among their forms.
    forms: Vec<(Prepared, Vec<(usize, usize)>)>,
    asked: HashMap<String, Vec<(usize, usize, f32)>>,
}

impl<'a> Heard<'a> {
    fn new(tokens: &'a [Token]) -> Self {
        let mut places: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        for (at, token) in tokens.iter().enumerate() {
            token.forms.iter().enumerate().for_each(|(form, (_, text))| places.entry(text).or_default().push((at, form)));
        }
        let mut forms: Vec<(&str, Vec<(usize, usize)>)> = places.into_iter().collect();
        forms.sort_unstable();
        let forms = forms.into_iter().map(|(text, places)| (Prepared::new(text), places)).collect();
        Heard { tokens, forms, asked: HashMap::new() }
    }

    /// Tokens, their form, and how far they are this word.
    fn word(&mut self, word: &str) -> &[(usize, usize, f32)] {
        if !self.asked.contains_key(word) {
            let own = Prepared::new(word);
            let answers = |(form, places): &(Prepared, Vec<(usize, usize)>)| {
                let like = coverage(&own, form);
                let near = if like >= SEED { places.as_slice() } else { &[] };
                near.iter().map(move |(token, form)| (*token, *form, like)).collect::<Vec<_>>()
            };
            let found = if own.is_empty() { Vec::new() } else { self.forms.iter().flat_map(answers).collect() };
            self.asked.insert(word.to_string(), found);
        }
        self.asked.get(word).map_or(&[], Vec::as_slice)
    }

    /// Spans of the Arabic text that may be this name: tokens, the form of the first, and the coverage.
    fn windows(&mut self, name: &str) -> Vec<(Range<usize>, usize, f32)> {
        let parts: Vec<&str> = name.split([' ', '\n', '\u{A0}']).filter(|p| !p.is_empty()).collect();
        let mut near: Vec<(usize, usize)> = Vec::new();
        for part in &parts {
            near.extend(self.word(part).iter().map(|(token, form, _)| (*token, *form)));
        }
        let prepared = Prepared::new(name);
        let ends: HashSet<usize> = near.iter().map(|(token, _)| *token).collect();
        let begins = |at: usize| ends.contains(&at) || self.tokens.get(at).is_some_and(|t| t.particle);
        let mut starts: Vec<(usize, usize)> = near.clone();
        // A name may begin with a particle that answers no word of its own: عبد before الرحمن.
        starts.extend(near.iter().filter_map(|(at, _)| at.checked_sub(1)).filter(|at| begins(*at)).map(|at| (at, 0)));
        starts.sort_unstable();
        starts.dedup();
        let mut out = Vec::new();
        for (start, form) in starts {
            let mut text = String::new();
            for end in start..(start + parts.len() + 2).min(start + MOST_WORDS).min(self.tokens.len()) {
                let Some(token) = self.tokens.get(end).filter(|t| end == start || t.joined) else { break };
                text.push_str(if end > start { " " } else { "" });
                text.push_str(token.forms.get(if end == start { form } else { 0 }).map_or("", |(_, f)| f));
                if begins(end) {
                    let like = coverage(&prepared, &Prepared::new(&text));
                    if like >= LEAST {
                        out.push((start..end + 1, form, like));
                    }
                }
            }
        }
        out
    }
}

/// Names that are no Arabic ones: neighbours with capitals that sound like neighbours of the Arabic text, and one of them alone
/// elsewhere.
fn foreign(text: &str, own: &[Word], covered: &HashSet<usize>, heard: &mut Heard) -> Vec<Mention> {
    let free = |w: &Word| !w.arabic && !covered.contains(&w.span.start) && capital(w.text(text)) && w.text(text).chars().count() > 2;
    let mut names: HashSet<usize> = HashSet::new();
    for (at, pair) in own.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if !free(first) || !free(second) || !second.joined {
            continue;
        }
        let one: Vec<(usize, usize, f32)> = heard.word(first.text(text)).to_vec();
        let two: Vec<(usize, usize, f32)> = heard.word(second.text(text)).to_vec();
        let near = |token: usize| heard.tokens.get(token).is_some_and(|t| t.foreign);
        let meet = |(a, _, x): &(usize, usize, f32)| {
            *x >= FOREIGN && near(*a) && two.iter().any(|(b, form, y)| *b == a + 1 && near(*b) && *form == 0 && *y >= FOREIGN)
        };
        if one.iter().any(meet) {
            names.extend([at, at + 1]);
        }
    }
    let stems: HashSet<String> = names.iter().filter_map(|at| own.get(*at)).map(|w| bare(w.text(text))).collect();
    let named = |at: usize| own.get(at).is_some_and(|w| free(w) && (names.contains(&at) || stems.contains(&bare(w.text(text)))));
    let mut out = Vec::new();
    let mut at = 0;
    while at < own.len() {
        let mut end = at;
        while named(end) && (end == at || own.get(end).is_some_and(|w| w.joined)) {
            end += 1;
        }
        if let (true, Some(first), Some(last)) = (end > at, own.get(at), own.get(end.max(1) - 1)) {
            out.push(Mention { span: first.span.start..last.span.end, pieces: Vec::new(), marked: false, starts: first.starts });
        }
        at = end.max(at + 1);
    }
    out
}
