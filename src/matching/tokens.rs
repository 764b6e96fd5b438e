//! A raw name to the words that are compared: articles and sons dropped, compounds made one.

use crate::lexicon::{self, key, known_rows};
use crate::orthography::{clean, fold_arabic, is_arabic_letter, is_arabic_mark};
use crate::scheme::marked_plain;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words of a name considered in a comparison; what comes after is left aside.
pub(crate) const MOST_WORDS: usize = 24;

/// Letters of a word considered; the rest is left aside.
const MOST_LETTERS: usize = 64;

/// A word to be compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Token {
    /// In folded Arabic or plain Latin letters.
    pub text: String,
    pub arabic: bool,
    /// As it was written, with the particles that were taken in.
    pub shown: String,
    /// The word without what some spellings leave out.
    pub core: Option<Core>,
    /// Haji, Mullah, شيخ: says little of who bears it.
    pub title: bool,
    /// An article stood before it, or Abū or Umm was taken in.
    pub article: bool,
    /// Abū or Umm was taken in.
    pub kunya: bool,
}

/// What stays of a word without the ʿAbd, Abū, al-Dīn, Allāh or glued article beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Core {
    pub text: String,
    /// Only an article is gone.
    pub article: bool,
}

impl Core {
    fn new(text: &str, article: bool) -> Self {
        Core { text: text.to_string(), article }
    }
}

/// Sons, articles and the like that spellings have or leave out at will.
const DROPPED: [&str; 34] = [
    "al", "el", "ul", "ud", "ur", "us", "bin", "ben", "ibn", "b", "bint", "bent", "bt", "ould", "wuld", "ebn", "l", "ash", "ad", "ar",
    "as", "az", "at", "an", "bn", "ed", "es", "er", "ez", "بن", "ابن", "بنت", "ولد", "و",
];

/// Those of them that are articles.
const ARTICLES: [&str; 18] = ["al", "el", "ul", "ud", "ur", "us", "l", "ash", "ad", "ar", "as", "az", "at", "an", "ed", "es", "er", "ez"];

/// Articles as they are glued to a word.
const GLUED: [&str; 2] = ["al", "el"];

/// What begins a compound that some spellings leave out.
const HEADS: [&str; 4] = ["abd", "abu", "عبد", "ابو"];

/// What closes one, glued to it, and what stands for it.
const TAILS: [(&str, &str); 11] = [
    ("uddin", "din"),
    ("uddeen", "din"),
    ("uddine", "din"),
    ("eddine", "din"),
    ("eddin", "din"),
    ("aldin", "din"),
    ("addin", "din"),
    ("ullah", "allah"),
    ("allah", "allah"),
    ("الدين", "دين"),
    ("الله", "الله"),
];

/// What begins a kunya.
const KUNYA: [&str; 3] = ["abu", "umm", "ابو"];

/// Titles and forms of address, plain and folded.
const TITLES: [&str; 47] = [
    "haji",
    "hajji",
    "haj",
    "hajj",
    "hadj",
    "hadji",
    "alhaj",
    "alhaji",
    "mullah",
    "mulla",
    "mollah",
    "maulavi",
    "maulawi",
    "mawlawi",
    "maulana",
    "mawlana",
    "sheikh",
    "shaykh",
    "sheik",
    "cheikh",
    "shaikh",
    "sayyid",
    "sayyed",
    "seyed",
    "seyyed",
    "syed",
    "qari",
    "dr",
    "mr",
    "mufti",
    "sahib",
    "akhund",
    "saheb",
    "molvi",
    "maulvi",
    "general",
    "gen",
    "colonel",
    "col",
    "prof",
    "eng",
    "حاج",
    "ملا",
    "شيخ",
    "سيد",
    "دكتور",
    "مولوي",
];

/// Words that govern the next and are one with it.
const GOVERNING: [(&str, &str); 21] = [
    ("bu", "abu"),
    ("abul", "abu"),
    ("aboul", "abu"),
    ("abdur", "abd"),
    ("abd", "abd"),
    ("abdul", "abd"),
    ("abdel", "abd"),
    ("abdal", "abd"),
    ("abdu", "abd"),
    ("abdol", "abd"),
    ("abdoul", "abd"),
    ("abu", "abu"),
    ("abou", "abu"),
    ("abi", "abu"),
    ("abo", "abu"),
    ("aboo", "abu"),
    ("umm", "umm"),
    ("um", "umm"),
    ("عبد", "عبد"),
    ("ابو", "ابو"),
    ("ابي", "ابو"),
];

/// Words that are one with the word before them.
const CLOSING: [(&str, &str); 15] = [
    ("din", "din"),
    ("deen", "din"),
    ("dine", "din"),
    ("eddine", "din"),
    ("eddin", "din"),
    ("uddin", "din"),
    ("aldin", "din"),
    ("eldin", "din"),
    ("addin", "din"),
    ("ud-din", "din"),
    ("allah", "allah"),
    ("ullah", "allah"),
    ("دين", "دين"),
    ("الله", "الله"),
    ("اله", "الله"),
];

/// The letters alone, without what marked_plain keeps between them.
fn letters(text: &str) -> Cow<'_, str> {
    let kept = |c: char| matches!(c, '\'' | '.');
    if text.contains(kept) { Cow::Owned(text.replace(kept, "")) } else { Cow::Borrowed(text) }
}

/// The lists as they are asked, since every word of every name is looked up in each.
struct Lists {
    dropped: HashSet<&'static str>,
    titles: HashSet<&'static str>,
    governing: HashMap<&'static str, &'static str>,
    closing: HashMap<&'static str, &'static str>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| Lists { dropped: DROPPED.into(), titles: TITLES.into(), governing: GOVERNING.into(), closing: CLOSING.into() });

/// The words of a name in natural order: `Surname, Forename` is turned round.
pub(crate) fn tokens(name: &str) -> Vec<Token> {
    let name = clean(name);
    let natural = natural_order(&name);
    let mut words: Vec<Token> = Vec::new();
    for piece in natural.split(separates).filter(|p| !p.is_empty()) {
        // An initial is a capital; a small u or e joins words.
        if matches!(piece, "u" | "e" | "i") {
            continue;
        }
        let arabic = piece.chars().any(is_arabic_letter);
        let (piece, glued) = if arabic { unglued(piece) } else { (piece, None) };
        for piece in std::iter::once(piece).chain(glued) {
            let (text, article) = if arabic { folded(piece) } else { (marked_plain(piece), false) };
            let text: String = text.chars().take(MOST_LETTERS).collect();
            if text.chars().any(char::is_alphanumeric) {
                let title = LISTS.titles.contains(&*letters(&text));
                words.push(Token {
                    text,
                    arabic,
                    shown: piece.chars().filter(|c| !is_arabic_mark(*c)).collect(),
                    core: None,
                    title,
                    article,
                    kunya: false,
                });
            }
        }
        if words.len() >= 2 * MOST_WORDS {
            break;
        }
    }
    let mut out = compounds(words);
    out.truncate(MOST_WORDS);
    out
}

/// `Surname, Forename` and `SURNAME Forename` turned round.
fn natural_order(name: &str) -> Cow<'_, str> {
    if let Some((last, first)) = name.split_once([',', '،']) {
        return if first.chars().any(char::is_alphabetic) { Cow::Owned(format!("{first} {last}")) } else { Cow::Borrowed(name) };
    }
    let capitals = |word: &&str| word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase) && word.chars().count() > 2;
    let words: Vec<&str> = name.split(' ').collect();
    let surname = words.iter().take_while(|w| capitals(w)).count();
    let rest = words.get(surname..).unwrap_or(&[]);
    if surname == 0 || rest.is_empty() || rest.iter().any(capitals) {
        return Cow::Borrowed(name);
    }
    let surname = words.get(..surname).unwrap_or(&[]);
    Cow::Owned(format!("{} {}", rest.join(" "), surname.join(" ")))
}

fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '.' | ',' | '،' | ';' | '/' | '(' | ')' | '"' | '“' | '”' | '«' | '»')
}

/// An Arabic word in two where it is a known name and another with its article, typed without a blank: بشارالاسد. What
/// governs or closes a compound is made one again afterwards.
fn unglued(piece: &str) -> (&str, Option<&str>) {
    const LEAST: usize = 3;
    let parts = piece.match_indices("ال").filter_map(|(at, _)| piece.split_at_checked(at));
    let letters = |part: &str| part.chars().filter(|c| is_arabic_letter(*c)).count();
    let mut fits = parts.filter(|(one, other)| letters(one) >= LEAST && letters(other) >= LEAST + 2);
    match fits.find(|(one, _)| !known_rows(&folded(one).0, true).is_empty()) {
        Some((one, other)) => (one, Some(other)),
        None => (piece, None),
    }
}

/// An Arabic word without signs and article, folded, and whether it had one. The article goes first: آل is none.
fn folded(piece: &str) -> (String, bool) {
    let bare: String = piece.chars().filter(|c| is_arabic_letter(*c)).collect();
    let word = lexicon::after_conjunction(&bare).unwrap_or(&bare);
    let stem = lexicon::after_article(word).filter(|_| word != "الله");
    (fold_arabic(stem.unwrap_or(word)), stem.is_some())
}

/// Drops and joins; a name of nothing but particles keeps them.
fn compounds(words: Vec<Token>) -> Vec<Token> {
    let drops = |word: &Token| LISTS.dropped.contains(&*letters(&word.text));
    let has_other = words.iter().any(|w| !drops(w));
    let mut out: Vec<Token> = Vec::with_capacity(words.len());
    let mut held: Option<Token> = None;
    let mut article = false;
    for mut word in words {
        if has_other && drops(&word) {
            article |= ARTICLES.contains(&word.text.as_str());
            continue;
        }
        word.article |= std::mem::take(&mut article);
        if let Some(bare) = without_article(&word) {
            word.text = bare;
            word.article = true;
        }
        if let Some(own) = LISTS.governing.get(&*letters(&word.text)) {
            word.text = own.to_string();
            held = Some(match held.take() {
                Some(before) => joined(before, &word),
                None => word,
            });
        } else if let Some(before) = held.take() {
            out.push(joined(before, &word));
        } else if let (Some(own), Some(last)) = (LISTS.closing.get(&*letters(&word.text)), out.last_mut()) {
            last.core = Some(Core::new(&last.text, false));
            last.text.push_str(own);
            last.shown = format!("{} {}", last.shown, word.shown);
        } else {
            out.push(word);
        }
    }
    out.extend(held);
    for word in &mut out {
        word.text = solid(word);
        if word.core.is_none() {
            let head = HEADS.iter().find_map(|p| word.text.strip_prefix(p)).filter(|c| c.chars().count() > 2);
            let after = GLUED.iter().find_map(|p| word.text.strip_prefix(p)).filter(|c| c.chars().count() > 3);
            let before = word.text.strip_suffix("ul").filter(|c| c.len() > 4);
            let tail =
                TAILS.iter().find_map(|(tail, own)| Some((word.text.strip_suffix(tail)?, own))).filter(|(c, _)| c.chars().count() > 2);
            word.core = head.or(tail.map(|(c, _)| c)).map(|c| Core::new(c, false)).or(after.or(before).map(|c| Core::new(c, true)));
            if let Some((stem, own)) = tail {
                word.text = format!("{stem}{own}");
            }
        }
    }
    out
}

fn joined(before: Token, word: &Token) -> Token {
    Token {
        text: format!("{}{}", before.text, word.text),
        arabic: before.arabic,
        shown: format!("{} {}", before.shown, word.shown),
        core: Some(Core::new(&word.text, false)),
        title: false,
        article: before.article || word.article,
        kunya: before.kunya || KUNYA.contains(&before.text.as_str()),
    }
}

/// The word without an article glued to it, where the doubling of a sun letter (Essebsi) or a compound shows
/// it (Alabdulmohsen).
fn without_article(word: &Token) -> Option<String> {
    if word.arabic {
        return None;
    }
    let doubled = |rest: &&str| rest.len() > 5 && rest.chars().next() == rest.chars().nth(1);
    let compound = |rest: &&str| rest.len() > 5 && HEADS.iter().any(|head| rest.starts_with(head));
    let sun = word.text.strip_prefix('e').filter(doubled).and_then(|rest| rest.get(1..));
    sun.or_else(|| GLUED.iter().find_map(|p| word.text.strip_prefix(p)).filter(compound)).map(str::to_string)
}

/// Abdurrahman, Abdelrahman, Abd al-Rahman and عبدالرحمن get one shape.
fn solid(word: &Token) -> String {
    if word.arabic {
        let rest = word.text.strip_prefix("عبدال").filter(|r| r.chars().count() > 1);
        return rest.map_or_else(|| word.text.replace("ابوال", "ابو"), |r| format!("عبد{r}"));
    }
    let text = word.text.trim_start_matches('\'');
    let Some(rest) = text.strip_prefix("abd").filter(|r| r.len() > 4) else { return word.text.clone() };
    let tail =
        rest.strip_prefix(['u', 'e', 'a', 'o', 'i']).filter(|r| r.starts_with('l') || r.chars().next() == r.chars().nth(1)).unwrap_or(rest);
    let tail = tail.strip_prefix('l').filter(|r| !r.starts_with(['l', 'a', 'i', 'u', 'e', 'o'])).unwrap_or(tail);
    format!("abd{tail}")
}

/// The consonant key that rarity is counted under.
pub(crate) fn rarity_key(token: &Token) -> String {
    skeletons(token).into_iter().next().unwrap_or_default()
}

/// The consonant keys that the word may have, the likeliest first.
pub(crate) fn skeletons(token: &Token) -> Vec<String> {
    key::latin(&latin(&token.text, token.arabic))
}

/// A word in plain Latin letters.
pub(crate) fn latin(text: &str, arabic: bool) -> String {
    if arabic { super::units::latin_of(text) } else { text.to_string() }
}
