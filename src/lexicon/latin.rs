//! A Latin word in loose spelling to lexicon rows and, failing these, to a guess.

use super::channel::{self, Spelling};
use super::{Reading, key, kind_bit, settle, weight, word_of};
use crate::hub::Word;
#[doc(hidden)]
pub use crate::scheme::plain;
use crate::tables::{self, Entry};
use std::sync::OnceLock;

/// Rows whose spelling differs by more than this are no readings of the word.
const FARTHEST: f64 = 1.2;

/// How much likelier a row is that a scholarly spelling says letter for letter.
const EXACT: f64 = 60.0;

/// One mark in twenty words is lost on the way through keyboards and mails; a known word that
/// lost one is likelier than a word nobody knows (al-Haz‘alī).
const LOST_MARK: f64 = 0.05;

/// A listed press spelling is one habit among several, and a little less than the regular one.
const BY_PRESS: f64 = 0.06;

/// How much more the named habit says than the common one.
const BY_HABIT: f64 = 5.0;

/// How often a word with listed press spellings is written by one of them.
const PRESS: f64 = 0.3;

/// What an edit costs that parts a spelling from a listed one.
const PRESS_EDIT: f64 = 12.0;

/// How far the frequency classes are trusted: estimates that tell a common name from a rare one say less
/// of two common ones.
const KNOWN_BY_USE: f64 = 0.7;

/// What a letter of a word of no row is worth at most, on the whole.
const A_LETTER: f64 = 0.12;

/// A share that is not worth looking for.
const NO_ROOM: f64 = 0.01;

/// How often a word of a name has no row.
const NO_ROW: f64 = 0.05;

/// A word of titles and organisations that is no name is rarer in names than its class says.
const NO_NAME: f64 = 0.05;

/// Letters of a word compared.
const MOST_LETTERS: usize = 40;

/// Keys looked up for a word.
const MOST_KEYS: usize = 12;

/// A row that a Latin word may mean.
#[doc(hidden)]
pub struct Candidate {
    /// Its word.
    pub word: Word,
    /// The share of names' words that are this row.
    pub prior: f64,
    entry: Entry,
}

impl Candidate {
    /// Whether the row lists this spelling.
    pub fn press(&self, plain: &str) -> bool {
        self.entry.press().any(|p| p == plain)
    }
}

/// The rows under the consonants of a plain spelling, with their share among all words of names.
#[doc(hidden)]
pub fn candidates(plain: &str) -> Vec<Candidate> {
    rows_under(&key::latin(plain))
}

fn rows_under(keys: &[String]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for entry in keys.iter().take(MOST_KEYS).flat_map(|k| tables::by_latin(k)) {
        let Some(word) = word_of(&entry) else { continue };
        if out.iter().all(|c| c.word != word) {
            out.push(Candidate { word, prior: prior(&entry), entry });
        }
    }
    out
}

/// The share of names' words that are this row.
fn prior(entry: &Entry) -> f64 {
    static ALL: OnceLock<f64> = OnceLock::new();
    let weight = |e: &Entry| weight(e.freq).powf(KNOWN_BY_USE) * if e.kinds == kind_bit("common") { NO_NAME } else { 1.0 };
    weight(entry) / ALL.get_or_init(|| tables::lexicon().map(|e| weight(&e)).sum())
}

/// Reads a Latin stem (no article).
///
/// `sounded` are the words that a scholarly scheme's letters spell; they count for much where
/// the lexicon has them, and remain the reading where it has nothing near. Of a loose spelling whose
/// `habit` is known they are what it may mean, beside the letters themselves.
pub(crate) fn read_latin(stem: &str, sounded: &[(Word, f64)], scholarly: bool, habit: bool) -> Vec<Reading> {
    let mut readings = if scholarly { exact(stem, sounded) } else { loose(stem, sounded, habit) };
    settle(&mut readings);
    readings
}

/// The rows that explain a plain spelling at least as well as a word of no row would.
pub(super) fn near_rows(typed: &str) -> Vec<(Word, Entry, f64)> {
    let spelling = Spelling::new(typed);
    let least = NO_ROW * A_LETTER.powi(spelling.len() as i32) * NO_ROOM;
    let rows = rows_under(&key::latin(typed)).into_iter();
    let likely = |c: &Candidate| c.prior * spelled(typed, channel::spells(&spelling, &c.word), &c.entry);
    let weighed = rows.map(|c| {
        let likely = likely(&c);
        (c.word, c.entry, likely)
    });
    weighed.filter(|(_, _, likely)| *likely > least).collect()
}

/// How likely a row is spelled so, by its sounds (so likely as told) or by a listed spelling.
fn spelled(typed: &str, by_sound: f64, entry: &Entry) -> f64 {
    let listed = entry.press().count().max(1) as f64;
    let by_press = entry.press().map(|p| (-PRESS_EDIT * distance(typed, p)).exp()).fold(0.0, f64::max) / listed;
    (1.0 - PRESS) * by_sound + PRESS * by_press
}

/// A loose spelling: each row by its share and by how such words are spelled; words of no row by how
/// words are built.
fn loose(stem: &str, sounded: &[(Word, f64)], habit: bool) -> Vec<Reading> {
    let typed = plain(stem);
    let spelling = Spelling::new(&typed);
    let mut keys = key::latin(&typed);
    // What the named habit means, in the common spelling: Chasali is Khazali in German mouths.
    let mut meant: Vec<(String, f64)> = Vec::new();
    for (word, share) in sounded.iter().filter(|_| habit) {
        let common = plain(&word.to_string());
        match meant.iter_mut().find(|(own, _)| *own == common) {
            Some((_, sum)) => *sum += share,
            None => meant.push((common, *share)),
        }
    }
    keys.extend(meant.iter().flat_map(|(common, _)| key::latin(common)));
    let meant: Vec<(Spelling, f64)> = meant.into_iter().map(|(common, share)| (Spelling::new(&common), share)).collect();
    let spells = |word: &Word| {
        let by_habit = meant.iter().map(|(common, share)| BY_HABIT * share * channel::spells(common, word));
        by_habit.fold(channel::spells(&spelling, word), f64::max)
    };
    let mut readings: Vec<Reading> = Vec::new();
    for candidate in rows_under(&keys) {
        let spelled = spelled(&typed, spells(&candidate.word), &candidate.entry);
        readings.extend(Reading::of(&candidate.entry, candidate.prior * spelled));
    }
    // A row that says much leaves no room for words of no row, and the search is dear.
    let best = readings.iter().map(|r| r.probability).fold(0.0, f64::max);
    let room = NO_ROW * A_LETTER.powi(spelling.len() as i32) > NO_ROOM * best;
    for (word, likely) in room.then(|| channel::search(&spelling)).into_iter().flatten() {
        if readings.iter().all(|r| r.word.units != word.units) {
            readings.push(Reading::guess(word, NO_ROW * likely));
        }
    }
    let unread = readings.is_empty();
    for (word, _) in sounded.iter().filter(|_| habit || unread) {
        if readings.iter().all(|r| r.word.units != word.units) {
            let likely = NO_ROW * f64::from(channel::built(word)).exp() * spells(word);
            readings.push(Reading::guess(word.clone(), likely.max(f64::MIN_POSITIVE)));
        }
    }
    readings
}

/// A scholarly spelling.
fn exact(stem: &str, sounded: &[(Word, f64)]) -> Vec<Reading> {
    // What a scholarly spelling says is folded through the hub: ẖ is ḥ in one scheme and ḫ in another.
    let spellings: Vec<String> = sounded.iter().map(|(w, _)| plain(&w.to_string())).collect();
    let Some(typed) = spellings.first() else { return Vec::new() };
    let keys: Vec<String> = spellings.iter().flat_map(|s| key::latin(s)).collect();
    let mut readings: Vec<Reading> = Vec::new();
    for Candidate { word, entry, .. } in rows_under(&keys) {
        let same = sounded.iter().find(|(w, _)| w.units == word.units).map(|(_, share)| *share);
        let by_press = entry.press().map(|p| distance(typed, p) + BY_PRESS).fold(f64::MAX, f64::min);
        let near = distance(typed, &plain(entry.form)).min(by_press);
        let likeness = match same {
            Some(share) => EXACT * share,
            None if sounded.iter().any(|(w, _)| lost_one_mark(&w.to_string(), entry.form)) => EXACT * LOST_MARK,
            None if near > FARTHEST => continue,
            None => 0.2 * (-8.0 * (near + marks_lost(stem, entry.form))).exp(),
        };
        readings.extend(Reading::of(&entry, likeness * weight(entry.freq).sqrt()));
    }
    if !readings.iter().any(|r| sounded.iter().any(|(w, _)| w.units == r.word.units)) {
        // The letters say exactly what they say; a row that differs needs a slip of the writer.
        for (word, share) in sounded {
            readings.push(Reading::guess(word.clone(), 3.0 * share));
        }
    }
    readings
}

/// Whether a scholarly spelling is a row's but for the mark of one consonant: hazʿalī, ḫazʿalī.
fn lost_one_mark(written: &str, form: &str) -> bool {
    const MARKED: [(char, &str); 6] = [('h', "ḫḥ"), ('s', "šṣ"), ('g', "ġǧ"), ('t', "ṯṭ"), ('d', "ḏḍ"), ('z', "ẓ")];
    let lost = |w: char, f: char| MARKED.iter().any(|(bare, marked)| *bare == w && marked.contains(f));
    let differing: Vec<(char, char)> = written.chars().zip(form.chars()).filter(|(w, f)| w != f).collect();
    written.chars().count() == form.chars().count() && matches!(differing.as_slice(), [(w, f)] if lost(*w, *f))
}

/// Whether a row is spelled nearly like this plain Latin word.
pub(crate) fn knows_latin(typed: &str) -> bool {
    key::latin(typed)
        .iter()
        .flat_map(|k| tables::by_latin(k))
        .any(|entry| entry.press().chain(std::iter::once(entry.form)).any(|form| distance(typed, &plain(form)) < 0.3))
}

/// How many marked letters of a scholarly spelling the row contradicts.
fn marks_lost(stem: &str, form: &str) -> f64 {
    let marked = |text: &str| -> Vec<char> { text.to_lowercase().chars().filter(|c| "ḥṣḍṭẓāīū".contains(*c)).collect() };
    let (ours, theirs) = (marked(stem), marked(form));
    0.15 * ours.iter().filter(|c| !theirs.contains(c)).count() as f64
}

/// Digraphs once where they stand twice: Qadhdhafi is as near to Qadhafi as Hassan to Hasan.
fn undoubled(plain: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(plain.len());
    for c in plain.chars().take(MOST_LETTERS) {
        let twice = matches!(out.as_slice(), [.., a @ ('d' | 's' | 'k' | 't' | 'g'), 'h', b] if c == 'h' && a == b);
        if twice {
            out.pop();
        } else {
            out.push(c);
        }
    }
    out
}

/// Weighted edits between plain spellings: vowels and doubling are cheap, consonants dear.
fn distance(a: &str, b: &str) -> f64 {
    let (a, b) = (undoubled(a), undoubled(b));
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w');
    let drop = |text: &[char], i: usize| {
        let c = text.get(i).copied().unwrap_or(' ');
        let before = i.checked_sub(1).and_then(|p| text.get(p)).copied();
        let last = i + 1 == text.len();
        match c {
            _ if before == Some(c) => 0.12,
            // A last vowel is a nisba or a ة and seldom left out; a mute e is French.
            _ if vowel(c) && last && c != 'e' => 0.5,
            _ if vowel(c) => 0.22,
            'h' => 0.3,
            _ => 1.0,
        }
    };
    let swap = |x: char, y: char| match (x, y) {
        _ if x == y => 0.0,
        ('i', 'y' | 'e') | ('y' | 'e', 'i') | ('u', 'o' | 'w') | ('o' | 'w', 'u') => 0.06,
        ('a', 'e') | ('e', 'a') => 0.1,
        _ if vowel(x) && vowel(y) => 0.3,
        ('q', 'k' | 'g') | ('k' | 'g', 'q') | ('j', 'g') | ('g', 'j') | ('d', 'z') | ('z', 'd') => 0.2,
        _ => 1.0,
    };
    let dropped: Vec<f64> = (0..b.len()).map(|j| drop(&b, j)).collect();
    let (mut row, mut next): (Vec<f64>, Vec<f64>) = (Vec::with_capacity(b.len() + 1), Vec::with_capacity(b.len() + 1));
    row.push(0.0);
    for cost in &dropped {
        row.push(row.last().copied().unwrap_or(0.0) + cost);
    }
    for (i, &x) in a.iter().enumerate() {
        let own = drop(&a, i);
        next.clear();
        let mut before = row.first().copied().unwrap_or(0.0) + own;
        next.push(before);
        for ((&y, cost), above) in b.iter().zip(&dropped).zip(row.windows(2)) {
            let [diagonal, straight] = above else { continue };
            before = (diagonal + swap(x, y)).min(straight + own).min(before + cost);
            next.push(before);
        }
        std::mem::swap(&mut row, &mut next);
    }
    row.last().copied().unwrap_or(f64::MAX)
}
