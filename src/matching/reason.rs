//! Why: the log-odds of a comparison, put to the words that they come from.
//!
//! What the trees say is exact: the weights of the words and of the other reasons add up to the log-odds. Which words
//! a measure is about is told in `measures.rs`; among them its weight is divided by how much each
//! has to do with it.

use super::align::{Pair, Pairs, Span};
use super::measures::{MEASURES, Place};
use super::prepared::{Prepared, Word};
use super::spelling::{Spelling, path};
use super::units::{is_free, label_of, latin_of};
use super::word::{WITHOUT_ARTICLE, likely, one_name};
use serde::Serialize;
use std::sync::Arc;

/// How two words stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Spelled alike.
    Same,
    /// Spelled by another habit; which is told.
    Habit,
    /// A letter was mistyped, as far as habits go.
    Slip,
    /// One word here, several there.
    Joined,
    /// An initial and a word that begins so.
    Initial,
    /// One leaves out an article, ʿAbd, Abū, al-Dīn or Allāh.
    Shortened,
    /// Unlike spellings of one known name.
    Name,
    /// They may be one word.
    Near,
    /// The other name has no such word.
    Missing,
    /// Two words that stand in one place and are not one.
    Conflict,
}

/// What words of the two names say of each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordReason {
    /// Words of the first name; `None` where they are missing in it.
    pub left: Option<String>,
    /// Words of the second.
    pub right: Option<String>,
    /// How they stand to each other.
    pub kind: Kind,
    /// Which habit, which slip, what kind of conflict; empty where nothing is to be told.
    pub how: String,
    /// How likely they are spellings of one word, from 0 to 1.
    pub similarity: f64,
    /// Natural logarithm of odds; above 0 it speaks for one person.
    pub weight: f64,
}

/// What is no word's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// In words.
    pub what: &'static str,
    /// Natural logarithm of odds; above 0 it speaks for one person.
    pub weight: f64,
}

/// From this similarity on another spelling is a habit or a slip; below it the words are only near.
const ALIKE: f32 = 0.5;

/// Letters that a spelling may have otherwise and still be mistyped rather than another word.
const MOST_SLIPS: usize = 2;

/// Letters shown for a habit.
const MOST_SHOWN: usize = 3;

/// An answer that across scripts needs no word, since every spelling has it.
const USUAL: i32 = 150;

/// A weight less than this is not worth a line.
const LEAST: f64 = 0.005;

/// The words of both names with their weights, and the reasons that are no word's; the weights of `shares` are those of
/// [`MEASURES`].
pub(super) fn reasons(a: &Prepared, b: &Prepared, pairs: &Pairs, shares: &[f64; MEASURES.len()]) -> (Vec<WordReason>, Vec<Reason>) {
    let mut rows = rows(a, b, pairs);
    let mut notes: Vec<Reason> = Vec::new();
    for (measure, share) in MEASURES.iter().zip(shares) {
        let mut place = if *share > 0.0 { measure.up } else { measure.down };
        while !put(&mut rows, place, *share) {
            place = match place {
                Place::Clash => Place::Open,
                Place::Open => Place::Unlike,
                Place::Note(what) => {
                    note(&mut notes, what, *share);
                    break;
                }
                Place::Answered | Place::Unlike => Place::Note(LIKENESS),
            };
        }
    }
    notes.retain(|note| note.weight.abs() >= LEAST);
    let lost = shares.iter().sum::<f64>() - rows.iter().map(|r| r.reason.weight).sum::<f64>() - notes.iter().map(|n| n.weight).sum::<f64>();
    if lost.abs() > 1e-9 {
        note(&mut notes, OTHERS, lost);
    }
    notes.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
    (rows.into_iter().map(|row| row.reason).collect(), notes)
}

const LIKENESS: &str = "likeness of the spellings";
const OTHERS: &str = "lesser reasons";

fn note(notes: &mut Vec<Reason>, what: &'static str, weight: f64) {
    match notes.iter_mut().find(|n| n.what == what) {
        Some(own) => own.weight += weight,
        None => notes.push(Reason { what, weight }),
    }
}

struct Row {
    reason: WordReason,
    /// How much its words say.
    says: f64,
}

/// Divides a weight among the rows that a place means; false where there are none.
fn put(rows: &mut [Row], place: Place, share: f64) -> bool {
    let answered = |r: &Row| !matches!(r.reason.kind, Kind::Missing | Kind::Conflict);
    let part = |r: &Row| match place {
        Place::Answered if answered(r) => r.says * r.reason.similarity,
        // Words that are alike but for a hair are not to blame.
        Place::Unlike if answered(r) => r.says * (1.0 - r.reason.similarity - 0.02).max(0.0),
        Place::Open if !answered(r) => r.says,
        Place::Clash if r.reason.kind == Kind::Conflict => r.says,
        _ => 0.0,
    };
    let all: f64 = rows.iter().map(part).sum();
    if all <= 0.0 {
        return false;
    }
    for row in rows {
        row.reason.weight += share * part(row) / all;
    }
    true
}

/// The words in the order of the first name; what only the second has comes last.
fn rows(a: &Prepared, b: &Prepared, pairs: &Pairs) -> Vec<Row> {
    let left: Vec<usize> = (0..a.words.len()).filter(|i| !pairs.takes_left(*i)).collect();
    let mut right: Vec<usize> = (0..b.words.len()).filter(|j| !pairs.takes_right(*j)).collect();
    let mut rows: Vec<(usize, Row)> = pairs.iter().map(|p| (p.left.first(), answered(a, b, p))).collect();
    for i in left {
        let other = right.iter().position(|j| stand_alike(a, i, b, *j)).map(|at| right.remove(at));
        let (x, y) = (word(a, i), other.and_then(|j| word(b, j)));
        rows.push((i, alone(x, y, if i == 0 { "given name" } else { "" })));
    }
    rows.sort_by_key(|(place, _)| *place);
    let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    rows.extend(right.into_iter().map(|j| alone(None, word(b, j), "")));
    rows
}

/// Whether two words stand at one place: both first, both last, or both between.
fn stand_alike(a: &Prepared, i: usize, b: &Prepared, j: usize) -> bool {
    let place = |name: &Prepared, at: usize| (at == 0, at + 1 == name.words.len());
    // Titles contradict nobody.
    let title = |name: &Prepared, at: usize| name.words.get(at).is_some_and(|w| w.title);
    place(a, i) == place(b, j) && !title(a, i) && !title(b, j)
}

/// A word without an answer, or two that stand in one place.
fn alone(x: Option<&Word>, y: Option<&Word>, place: &'static str) -> Row {
    let says = x.map_or(0.0, |w| w.weight).max(y.map_or(0.0, |w| w.weight));
    let how = match (x, y) {
        (Some(x), Some(y)) => match () {
            () if place == "given name" && x.genders_clash(y) > 0.6 => "a man's name and a woman's",
            () if place == "given name" => "two given names",
            () if x.nisba > 0.5 && y.nisba > 0.5 => "two nisbas",
            () => "two names",
        },
        _ => "",
    };
    let kind = if x.is_some() && y.is_some() { Kind::Conflict } else { Kind::Missing };
    let shown = |w: Option<&Word>| w.map(|w| w.shown.clone());
    Row {
        reason: WordReason { left: shown(x), right: shown(y), kind, how: how.to_string(), similarity: 0.0, weight: 0.0 },
        says: f64::from(says),
    }
}

fn word(name: &Prepared, place: usize) -> Option<&Word> {
    name.words.get(place).map(|w| &**w)
}

fn words(name: &Prepared, span: Span) -> &[Arc<Word>] {
    name.words.get(span.places()).unwrap_or(&[])
}

/// Words that answer each other.
fn answered(a: &Prepared, b: &Prepared, pair: &Pair) -> Row {
    let (left, right) = (words(a, pair.left), words(b, pair.right));
    let (kind, how) = kind(left, right, pair.similarity);
    let shown = |words: &[Arc<Word>]| Some(words.iter().map(|w| w.shown.as_str()).collect::<Vec<_>>().join(" "));
    let says = |words: &[Arc<Word>]| words.iter().map(|w| w.weight).sum::<f32>();
    Row {
        reason: WordReason { left: shown(left), right: shown(right), kind, how, similarity: f64::from(pair.similarity), weight: 0.0 },
        says: f64::from(says(left).min(says(right))),
    }
}

fn kind(left: &[Arc<Word>], right: &[Arc<Word>], similarity: f32) -> (Kind, String) {
    let row = |words: &[Arc<Word>]| Spelling::joined(words.iter().map(|w| &w.spelling));
    let (x, y) = (row(left), row(right));
    let plain = |kind| (kind, String::new());
    if x.same(&y) {
        return plain(Kind::Same);
    }
    let ([one], [other]) = (left, right) else { return plain(Kind::Joined) };
    if one.initial || other.initial {
        return plain(Kind::Initial);
    }
    let by_spelling = likely(&x, &y);
    if similarity > by_spelling + 0.01 {
        if one_name(one, other) > 0.5 {
            return plain(Kind::Name);
        }
        let article = [one, other].iter().any(|w| w.core.as_ref().is_some_and(|c| c.article));
        let how =
            if article && similarity > WITHOUT_ARTICLE / 2.0 { "without the article" } else { "without ʿAbd, Abū, al-Dīn or Allāh" };
        return (Kind::Shortened, how.to_string());
    }
    if similarity < ALIKE {
        return plain(Kind::Near);
    }
    let (habits, slips) = differences(&x, &y);
    match slips.len() {
        0 => (Kind::Habit, habits.join(", ")),
        1..=MOST_SLIPS => (Kind::Slip, slips.join(", ")),
        _ => plain(Kind::Near),
    }
}

/// What a letter of one word met in another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LetterLink {
    /// Of the first word; empty where nothing answers.
    pub left: String,
    /// Of the second.
    pub right: String,
    /// Natural logarithm of the odds that one is written for the other; above 0 it is a habit of writers.
    pub odds: f64,
}

/// The words of two names that answer each other, letter by letter: what the likeness of their spellings rests on.
///
/// ```
/// let met = nasab::matching::letters("خزعلي", "Khazali");
/// assert_eq!((met[0].left.as_str(), met[0].right.as_str()), ("خ", "kh"));
/// ```
pub fn letters(left: &str, right: &str) -> Vec<LetterLink> {
    let (a, b) = (Prepared::new(left), Prepared::new(right));
    let shown = |unit: Option<u8>| unit.map_or_else(String::new, |u| label_of(u).trim_matches(['^', '$']).to_string());
    let link =
        |step: super::spelling::Step| LetterLink { left: shown(step.left), right: shown(step.right), odds: f64::from(step.odds) / 100.0 };
    path(&a.whole, &b.whole).into_iter().map(link).collect()
}

/// Where two spellings differ, by habits and by slips, as `j~dj`; nothing is `-`.
fn differences(x: &Spelling, y: &Spelling) -> (Vec<String>, Vec<String>) {
    let (mut habits, mut slips): (Vec<String>, Vec<String>) = Default::default();
    let across = x.arabic() != y.arabic();
    for step in path(x, y) {
        let shown = |unit: Option<u8>| unit.map_or("-".to_string(), |u| label_of(u).trim_matches(['^', '$']).to_string());
        let (left, right) = (shown(step.left), shown(step.right));
        let free = step.left.is_none_or(is_free) && step.right.is_none_or(is_free);
        let usual = left == right || (across && (free || step.odds >= USUAL || latin_of(&left) == right || left == latin_of(&right)));
        if usual {
            continue;
        }
        let list = if free || step.odds > 0 { &mut habits } else { &mut slips };
        let shown = format!("{left}~{right}");
        if list.len() < MOST_SHOWN && !list.contains(&shown) {
            list.push(shown);
        }
    }
    (habits, slips)
}
