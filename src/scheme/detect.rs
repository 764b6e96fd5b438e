//! Which scheme a text is written in.
//!
//! A scheme explains a word if it could have written it: the word is read in the scheme and written
//! again. What a word then says for the scheme is how likely such a word is among Arabic names, so that
//! *Fāṭimah* speaks for a scheme with -ah and *Fāṭima* for one with -a, though both can write either.
//! What does not come back as it stood costs by its kind: a letter dearly, a sign of ʿayn or a
//! capital, which people type as they like, less.

use super::{Kind, Scheme, Setting};
use crate::hub::{Unit, Word, read_vocalised_word};
use crate::orthography::{self, ayn_sign, hamza_sign, is_arabic_letter, is_arabic_mark};
use crate::tables;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a letter costs that the scheme would not have written.
const LETTER: f32 = 5.0;
/// What another sign for ʿayn or hamza costs, or another capital.
const HABIT: f32 = 1.6;
/// What a letter outside of a letters scheme costs more: such a scheme writes all that it means.
const SPELLED: f32 = 2.0;
/// What a vowel costs that spelling leaves open.
const OPEN: f32 = 1.4;
/// Schemes less likely than this are not named.
const LEAST: f64 = 0.005;
/// Distinct words looked at; more say nothing new.
const MOST_WORDS: usize = 400;

/// How well one scheme fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The scheme.
    pub scheme: Scheme,
    /// The probability that the text is in it, from 0 to 1, if it is in one of the schemes.
    pub probability: f64,
    /// The words it cannot have written, in the order of the text.
    pub unexplained: Vec<String>,
}

/// A sign of the text, and who writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The letter with its marks, or two letters that some scheme writes for one.
    pub sign: String,
    /// How often the text has it.
    pub count: usize,
    /// The schemes that write it, in the order of their labels.
    pub schemes: Vec<Scheme>,
}

/// What a text shows of its scheme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detection {
    /// Schemes with a probability worth naming, best first; schemes that cannot differ on this text are equal.
    pub fits: Vec<Fit>,
    /// Letter by letter, what tells schemes apart.
    pub evidence: Vec<Evidence>,
    /// Some word, which the best scheme cannot or hardly can have written, is another scheme's.
    pub mixed: bool,
}

/// Says which schemes a text fits. Names of any number, and running text too.
///
/// ```
/// let found = nasab::detect("Muḥammad Šayyāʿ as-Sūdānī");
/// assert_eq!(found.fits[0].scheme.label(), "dmg");
/// assert!(!found.mixed);
/// ```
pub fn detect(text: &str) -> Detection {
    let words = words(text);
    if words.is_empty() {
        return Detection::default();
    }
    let mut scored: Vec<(Scheme, f64, Vec<Judged>)> = Scheme::all()
        .map(|scheme| {
            let judged: Vec<Judged> = words.iter().map(|word| judge(scheme, word)).collect();
            let sum = judged.iter().map(|j| f64::from(j.score)).sum();
            (scheme, sum, judged)
        })
        .collect();
    tie(&mut scored);
    scored.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = scored.first().map_or(0.0, |s| s.1);
    let total: f64 = scored.iter().map(|s| (s.1 - best).exp()).sum();
    let unexplained = |judged: &[Judged]| -> Vec<String> {
        judged.iter().zip(&words).filter(|(j, _)| !j.explained).map(|(_, w)| w.text.clone()).collect()
    };
    // A word that the best scheme cannot have written, or hardly, and another can: the k and h of Khazʻalī.
    let mixed = scored.first().is_some_and(|(_, _, best)| {
        best.iter().enumerate().any(|(n, own)| {
            let others = scored.iter().filter_map(|(_, _, judged)| judged.get(n)).filter(|other| other.explained);
            others.into_iter().any(|other| !own.explained || own.score < other.score - LETTER)
        })
    });
    let fits = scored
        .iter()
        .map(|(scheme, sum, judged)| Fit { scheme: *scheme, probability: (sum - best).exp() / total, unexplained: unexplained(judged) })
        .filter(|fit| fit.probability >= LEAST)
        .collect();
    Detection { fits, evidence: evidence(&words), mixed }
}

/// A word of the text; an article that stands alone goes with the next.
struct TextWord {
    text: String,
    first: bool,
}

struct Judged {
    score: f32,
    explained: bool,
    /// What the word most likely is, where the scheme writes it just so.
    exact: Option<Word>,
}

/// Schemes that write the same words, all just so, cannot be told apart by them: all get the best sum.
fn tie(scored: &mut [(Scheme, f64, Vec<Judged>)]) {
    let words = |judged: &[Judged]| -> Option<Vec<Word>> { judged.iter().map(|j| j.exact.clone()).collect() };
    let all: Vec<(Option<Vec<Word>>, f64)> = scored.iter().map(|(_, sum, judged)| (words(judged), *sum)).collect();
    for ((own, _), (_, sum, _)) in all.iter().zip(scored) {
        let alike = all.iter().filter(|(other, _)| own.is_some() && other == own).map(|(_, sum)| *sum);
        *sum = alike.fold(*sum, f64::max);
    }
}

fn words(text: &str) -> Vec<TextWord> {
    let clean = orthography::clean(text);
    let mut out: Vec<TextWord> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for line in clean.lines() {
        let mut article = String::new();
        let mut first = true;
        for token in line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '،' | ';' | '(' | ')' | '[' | ']' | '"' | '<')) {
            let token = token.trim_matches(['.', ':', '!', '?', '“', '”', '«', '»', '؛', '؟']);
            if !token.chars().any(|c| c.is_alphabetic()) {
                continue;
            }
            let lower = token.to_lowercase();
            let alone =
                matches!(lower.as_str(), "al" | "el") || lower.chars().count() <= 4 && lower.starts_with('a') && is_assimilated(&lower);
            if article.is_empty() && alone {
                article = token.to_string();
                continue;
            }
            let whole = if article.is_empty() { token.to_string() } else { format!("{article} {token}") };
            article.clear();
            if out.len() < MOST_WORDS && seen.insert(whole.clone()) {
                out.push(TextWord { text: whole, first });
            }
            first = false;
        }
    }
    out
}

/// The article with a sun letter in place of its l, in any scheme: as, aš, ash, aṣ.
fn is_assimilated(lower: &str) -> bool {
    lower.strip_prefix('a').is_some_and(|sign| {
        Scheme::all()
            .filter(|s| s.rules().assimilate)
            .any(|s| s.letters().any(|l| l.roman == sign && l.arabic.starts_with(crate::hub::is_sun)))
    })
}

fn judge(scheme: Scheme, word: &TextWord) -> Judged {
    let arabic = word.text.chars().any(is_arabic_letter);
    match scheme.kind() {
        Kind::Script => script(scheme, &word.text, arabic),
        _ if arabic => missing(&word.text),
        Kind::Letters => spelled(scheme, &word.text),
        Kind::Sound => sounded(scheme, word),
    }
}

/// A word in another script than the scheme's.
fn missing(text: &str) -> Judged {
    Judged { score: -LETTER * text.chars().count() as f32, explained: false, exact: None }
}

fn script(scheme: Scheme, text: &str, arabic: bool) -> Judged {
    if !arabic {
        return missing(text);
    }
    let marked = text.chars().any(is_arabic_mark) == scheme.rules().signs;
    Judged { score: if marked { 0.0 } else { -LETTER }, explained: marked, exact: None }
}

fn spelled(scheme: Scheme, text: &str) -> Judged {
    let arabic = scheme.letters_to_arabic(text, false);
    let foreign = arabic.chars().filter(|c| !is_arabic_letter(*c) && !is_arabic_mark(*c)).count();
    let own: String = arabic.chars().filter(|c| is_arabic_letter(*c) || is_arabic_mark(*c)).collect();
    let Some(word) = read_vocalised_word(&own) else { return missing(text) };
    let mut before = None;
    let mut score = -(LETTER + SPELLED) * foreign as f32;
    for unit in word.units {
        if unit == Unit::Unknown {
            score -= OPEN;
        } else {
            score += tables::sequence(before, Some(unit));
            before = Some(unit);
        }
    }
    Judged { score: score + tables::sequence(before, None), explained: foreign == 0, exact: None }
}

fn sounded(scheme: Scheme, word: &TextWord) -> Judged {
    let rules = scheme.rules();
    let lower = word.text.to_lowercase();
    if matches!(lower.as_str(), "ibn" | "bin" | "ben" | "b" | "bint" | "bt") {
        let own = [rules.ibn, rules.bin, rules.bint].map(|s| s.trim_end_matches('.'));
        let explained = own.contains(&word.text.as_str()) || word.first && lower == "ibn";
        let like = own.map(str::to_lowercase).contains(&lower);
        return Judged { score: if explained { 0.0 } else { -HABIT }, explained: explained || like, exact: explained.then(Word::default) };
    }
    let readings = scheme.read_scored(&word.text);
    // All the ways to have written the word count together.
    let mut sum = f32::NEG_INFINITY;
    let (mut explained, mut exact) = (false, None);
    for (place, (reading, score)) in readings.iter().enumerate() {
        let (cost, own) = difference(scheme, reading, word);
        explained |= own;
        if place == 0 && cost == 0.0 {
            exact = Some(reading.clone());
        }
        sum = log_sum(sum, score - cost);
    }
    if sum == f32::NEG_INFINITY { missing(&word.text) } else { Judged { score: sum, explained, exact } }
}

fn log_sum(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// What the word as it stands costs beside the scheme's own writing of a reading, and whether no letter differs.
fn difference(scheme: Scheme, reading: &Word, word: &TextWord) -> (f32, bool) {
    let tamarbuta = reading.units.last() == Some(&Unit::TaMarbuta);
    let mut best = (f32::MAX, false);
    for construct in [false, true] {
        for elided in [false, true] {
            if construct && !tamarbuta || elided && (!reading.article || scheme.rules().elided.is_empty()) {
                continue;
            }
            let written = scheme.write_in(reading, Setting { construct, elided, first: word.first, ..Setting::default() });
            let found = cost(&written, &word.text);
            if found.0 < best.0 {
                best = found;
            }
        }
    }
    best
}

/// The cost of the differences of two spellings, and whether they are habits alone.
fn cost(written: &str, found: &str) -> (f32, bool) {
    if written == found {
        return (0.0, true);
    }
    let (a, b): (Vec<char>, Vec<char>) = (written.nfc().collect(), found.nfc().collect());
    let sign = |c: char| ayn_sign(c) || hamza_sign(c);
    let swap = |x: char, y: char| match (x, y) {
        _ if x == y => 0.0,
        _ if x.to_lowercase().eq(y.to_lowercase()) || sign(x) && sign(y) => HABIT,
        _ => LETTER,
    };
    let mut row: Vec<f32> = (0..=b.len()).map(|j| j as f32 * LETTER).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![(i + 1) as f32 * LETTER];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[f32], j: usize| row.get(j).copied().unwrap_or(f32::MAX);
            next.push((at(&row, j) + swap(*x, *y)).min(at(&row, j + 1) + LETTER).min(at(&next, j) + LETTER));
        }
        row = next;
    }
    let total = row.last().copied().unwrap_or(f32::MAX);
    (total, total < LETTER)
}

/// The signs that some schemes write and others do not.
fn evidence(words: &[TextWord]) -> Vec<Evidence> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in words {
        let letters: Vec<char> = word.text.to_lowercase().nfc().collect();
        for (place, &c) in letters.iter().enumerate() {
            let mut sign = c.to_string();
            sign.extend(letters.get(place + 1..).unwrap_or(&[]).iter().take_while(|c| is_combining_mark(**c)));
            let marked = !c.is_ascii() && !is_combining_mark(c) && !is_arabic_letter(c) && !is_arabic_mark(c);
            if marked || sign.chars().count() > 1 || c.is_ascii_digit() {
                *counts.entry(sign).or_default() += 1;
            }
        }
        let plain: String = letters.iter().collect();
        for digraph in ["sh", "kh", "gh", "th", "dh", "dj", "ch", "ou"] {
            let found = plain.matches(digraph).count();
            if found > 0 {
                *counts.entry(digraph.to_string()).or_default() += found;
            }
        }
    }
    let mut out: Vec<Evidence> = counts
        .into_iter()
        .map(|(sign, count)| {
            let schemes = Scheme::all().filter(|s| s.kind() != Kind::Script && s.writes_sign(&sign)).collect();
            Evidence { sign, count, schemes }
        })
        .collect();
    out.sort_by(|a, b| b.count.cmp(&a.count).then(a.sign.cmp(&b.sign)));
    out
}

impl Scheme {
    /// Whether a row of the table writes this sign, or a switch does.
    fn writes_sign(self, sign: &str) -> bool {
        self.letters().any(|l| l.roman.contains(sign) && !l.context.starts_with("read"))
            || self.kind() == Kind::Sound
                && [self.rules().ay, self.rules().aw, self.rules().iyy, self.rules().uww].iter().any(|s| s.contains(sign))
            || self.rules().guard == sign
    }
}
