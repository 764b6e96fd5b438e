//! A Latin word in loose spelling to lexicon rows and, failing these, to a guess.

use super::{MOST_READINGS, Reading, key, settle, weight};
use crate::hub::{Unit, Word};
use crate::scheme::{Scheme, plain};
use crate::tables;

/// Rows whose spelling differs by more than this are no readings of the word.
const FARTHEST: f64 = 1.2;

/// How much likelier a row is that a scholarly spelling says letter for letter.
const EXACT: f64 = 60.0;

/// One mark in twenty words is lost on the way through keyboards and mails; a known word that
/// lost one is likelier than a word nobody knows (al-Haz‘alī).
const LOST_MARK: f64 = 0.05;

/// A listed press spelling is one habit among several, and a little less than the regular one.
const BY_PRESS: f64 = 0.06;

/// How much farther a row is that the spelling means by its habit alone.
const BY_HABIT: f64 = 0.25;

/// Keys looked up for a word.
const MOST_KEYS: usize = 12;

/// Reads a Latin stem (no article).
///
/// `sounded` are the words that a scholarly scheme's letters spell; they count for much where
/// the lexicon has them, and remain the reading where it has nothing near. Of a loose spelling whose
/// `habit` is known they are what it may mean, beside the letters themselves.
pub(crate) fn read_latin(stem: &str, sounded: &[(Word, f64)], scholarly: bool, habit: bool) -> Vec<Reading> {
    // What a scholarly spelling says is folded through the hub: ẖ is ḥ in one scheme and ḫ in another.
    let mut spellings: Vec<String> =
        if scholarly || habit { sounded.iter().map(|(w, _)| plain(&w.to_string())).collect() } else { vec![plain(stem)] };
    if habit && !stem.contains(|c: char| c.is_ascii_digit()) {
        spellings.insert(0, plain(stem));
    }
    spellings.dedup();
    let Some(typed) = spellings.first().cloned() else { return Vec::new() };
    let mut readings: Vec<Reading> = Vec::new();
    let mut keys: Vec<String> = spellings.iter().flat_map(|s| key::latin(s)).collect();
    keys.truncate(MOST_KEYS);
    for entry in keys.iter().flat_map(|k| tables::by_latin(k)) {
        let Some(reading) = Reading::of(&entry, 1.0) else { continue };
        if readings.iter().any(|r| r.word == reading.word) {
            continue;
        }
        let exact = sounded.iter().find(|(w, _)| w.units == reading.word.units).map(|(_, share)| *share);
        let by_press = entry.press().map(|p| distance(&typed, p) + BY_PRESS).fold(f64::MAX, f64::min);
        let form = plain(entry.form);
        // What a habit may mean is a little less than what is typed.
        let apart = |(place, s): (usize, &String)| distance(s, &form) + if place == 0 { 0.0 } else { BY_HABIT };
        let near = spellings.iter().enumerate().filter(|(place, _)| *place == 0 || habit).map(apart).fold(by_press, f64::min);
        let likeness = match exact {
            Some(share) if scholarly => EXACT * share,
            _ if scholarly && sounded.iter().any(|(w, _)| lost_one_mark(&w.to_string(), entry.form)) => EXACT * LOST_MARK,
            _ if near > FARTHEST => continue,
            _ if scholarly => 0.2 * (-8.0 * (near + marks_lost(stem, entry.form))).exp(),
            _ => (-8.0 * near).exp(),
        };
        readings.push(Reading { probability: likeness * weight(entry.freq).sqrt(), ..reading });
    }
    if scholarly && !readings.iter().any(|r| sounded.iter().any(|(w, _)| w.units == r.word.units)) {
        // The letters say exactly what they say; a row that differs needs a slip of the writer.
        for (word, share) in sounded {
            readings.push(Reading::guess(word.clone(), 3.0 * share));
        }
    }
    if readings.is_empty() {
        readings.extend(sounded.iter().map(|(word, share)| Reading::guess(word.clone(), *share)));
        if !scholarly && let Some(word) = by_sound(&typed) {
            readings.insert(0, Reading::guess(word, 2.0));
        }
    }
    settle(&mut readings);
    readings.truncate(MOST_READINGS);
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

/// The guess of a word no row is near: digraphs and doubled vowels by what they mostly mean.
fn by_sound(typed: &str) -> Option<Word> {
    let mut text = typed.replace("ou", "ū").replace("oo", "ū").replace("ee", "ī").replace("aa", "ā").replace("ii", "ī");
    text = text.replace("ei", "ay").replace("ai", "ay").replace("au", "aw").replace("ch", "sh").replace("dj", "j").replace('c', "k");
    if let Some(stem) = text.strip_suffix(['i', 'y']).filter(|s| s.chars().count() > 2 && !s.ends_with('a')) {
        text = format!("{stem}ī");
    }
    if text.ends_with('a') {
        text.push('h');
    }
    let scheme = Scheme::find("ala-lc").ok()?;
    let (word, _) = scheme.read_sounded(&text).into_iter().next()?;
    word.units.iter().any(|u| matches!(u, Unit::Consonant { .. })).then_some(word)
}

/// Digraphs once where they stand twice: Qadhdhafi is as near to Qadhafi as Hassan to Hasan.
fn undoubled(plain: &str) -> String {
    ["dhdh", "shsh", "khkh", "thth", "ghgh"].iter().fold(plain.to_string(), |text, twice| {
        let (once, _) = twice.split_at(2);
        text.replace(twice, once)
    })
}

/// Weighted edits between plain spellings: vowels and doubling are cheap, consonants dear.
fn distance(a: &str, b: &str) -> f64 {
    let (a, b) = (undoubled(a), undoubled(b));
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().take(40).collect());
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
    let mut row: Vec<f64> = vec![0.0];
    for j in 0..b.len() {
        row.push(row.last().copied().unwrap_or(0.0) + drop(&b, j));
    }
    for (i, &x) in a.iter().enumerate() {
        let mut next = vec![row.first().copied().unwrap_or(0.0) + drop(&a, i)];
        for (j, &y) in b.iter().enumerate() {
            let at = |r: &[f64], k: usize| r.get(k).copied().unwrap_or(f64::MAX);
            let best = (at(&row, j) + swap(x, y)).min(at(&row, j + 1) + drop(&a, i)).min(at(&next, j) + drop(&b, j));
            next.push(best);
        }
        row = next;
    }
    row.last().copied().unwrap_or(f64::MAX)
}
