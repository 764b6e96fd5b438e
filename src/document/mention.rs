//! The romanized names of a text.

use super::spellings::{Spellings, bare};
use super::words::{QUOTATION, Word, is_hyphen, is_sign};
use crate::name::particle::{Particle, is_article, is_elided_article};
use crate::scheme::{Scheme, plain};
use std::collections::HashSet;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Words of English, French and German that are spelled as names are without their marks.
const NO_NAMES: [&str; 68] = [
    "a", "ad", "am", "an", "are", "art", "as", "at", "bad", "bar", "bay", "bin", "can", "card", "dam", "dar", "day", "dean", "did", "do",
    "fair", "far", "fast", "had", "hall", "hard", "has", "hat", "he", "her", "his", "i", "in", "is", "it", "jam", "kind", "la", "last",
    "le", "main", "man", "march", "mark", "may", "mid", "mind", "murder", "no", "none", "of", "or", "said", "salt", "same", "sat", "she",
    "sir", "some", "sun", "tall", "tar", "the", "war", "was", "with", "yard", "you",
];

/// What a piece of a romanized word is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Article,
    Particle(Particle),
    Stem,
}

/// A piece of a romanized word, as hyphens part it.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub span: Range<usize>,
    pub kind: Kind,
    /// A hyphen stands before it.
    pub hyphened: bool,
}

/// A romanized name in a text.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub span: Range<usize>,
    pub pieces: Vec<Piece>,
    /// Some word has a mark that romanizations have, or the article.
    pub marked: bool,
    /// It begins a sentence.
    pub starts: bool,
}

impl Mention {
    pub(crate) fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.span.clone()).unwrap_or("")
    }

    pub(crate) fn stems(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|p| p.kind == Kind::Stem)
    }
}

/// How a word looks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    /// It has marks or the article.
    Strong,
    /// The article, standing alone.
    Article,
    Particle(Particle),
    /// A name written whole without any mark: Qays.
    Known,
    /// A name that may have lost its marks: Hasan; whether it is a given name.
    Near(bool),
    Other,
}

/// The romanized names among the words of a text.
pub(crate) fn mentions(text: &str, words: &[Word], spellings: &Spellings) -> Vec<Mention> {
    let mut seen: Vec<(Range<usize>, Shape)> = words.iter().map(|word| shape(text, word, spellings)).collect();
    lone_articles(text, words, &mut seen);
    let mut out = Vec::new();
    let mut at = 0;
    while at < seen.len() {
        let mut end = at;
        while let Some((_, shape)) = seen.get(end) {
            if *shape == Shape::Other || end > at && !words.get(end).is_some_and(|w| w.joined) {
                break;
            }
            end += 1;
        }
        if end == at {
            at += 1;
            continue;
        }
        let (mut first, mut last) = (at, end);
        let shape = |place: usize| seen.get(place).map_or(Shape::Other, |(_, shape)| *shape);
        let small = |place: usize| seen.get(place).is_some_and(|(span, _)| text.get(span.clone()).is_some_and(|t| !capital(t)));
        while first < last
            && (matches!(shape(first), Shape::Near(false)) && !matches!(shape(first + 1), Shape::Particle(p) if p.is_filial())
                || matches!(shape(first), Shape::Particle(p) if small(first) && !p.is_parental()))
        {
            first += 1;
        }
        while first < last && matches!(shape(last - 1), Shape::Particle(_) | Shape::Article) {
            last -= 1;
        }
        let marked = (first..last).any(|p| shape(p) == Shape::Strong) || (first + 1..last).any(|p| shape(p - 1) == Shape::Article);
        let stems = (first..last).filter(|p| !matches!(shape(*p), Shape::Particle(_) | Shape::Article)).count();
        // Ibn Khaldun: a particle makes a name of a word that may be one.
        let leads = |p: usize| match shape(p) {
            Shape::Particle(Particle::Wa) => None,
            // No other language has it: of any word of the lexicon it makes a name.
            Shape::Particle(_) => Some(seen.get(p).is_some_and(|(span, _)| text.get(span.clone()) == Some("Ibn"))),
            _ => None,
        };
        let led = (first + 1..last).any(|p| match (leads(p - 1), shape(p)) {
            (Some(surely), Shape::Near(given)) => surely || given,
            _ => false,
        });
        if stems > 0 && (marked || led || stems > 1 && matches!(shape(first), Shape::Known | Shape::Near(true) | Shape::Particle(_))) {
            out.push(mention(text, words, &seen, first..last, marked || led));
        } else if last == first + 1 {
            out.push(mention(text, words, &seen, first..last, false));
        }
        at = end;
    }
    // A single name without marks is told apart from a common word where it is spelled with them elsewhere.
    let letters = |p: &Piece| bare(text.get(p.span.clone()).unwrap_or(""));
    let marked: HashSet<String> = out.iter().filter(|m| m.marked).flat_map(|m| m.stems().map(letters)).collect();
    out.retain(|m| m.marked || m.stems().count() > 1 || m.stems().all(|p| marked.contains(&letters(p))));
    out
}

/// `Nūr ad Dīn`: a short word that other languages have too is the article between two words of a name where it agrees with the
/// letter after it.
fn lone_articles(text: &str, words: &[Word], seen: &mut [(Range<usize>, Shape)]) {
    for at in 1..seen.len().saturating_sub(1) {
        let get = |place: usize| seen.get(place).map_or(("", Shape::Other), |(span, shape)| (text.get(span.clone()).unwrap_or(""), *shape));
        let joined = |place: usize| words.get(place).is_some_and(|w| w.joined);
        let ((_, before), (own, shape), (next, after)) = (get(at - 1), get(at), get(at + 1));
        let agrees = is_article(own) && own.chars().last() == bare(next).chars().next();
        let named = matches!(before, Shape::Strong | Shape::Known) && after == Shape::Strong;
        if shape == Shape::Other && named && agrees && joined(at) && joined(at + 1) {
            seen.get_mut(at).into_iter().for_each(|(_, shape)| *shape = Shape::Article);
        }
    }
}

/// Whether a quotation that begins here is closed on its line.
fn closes(rest: &str) -> bool {
    let near = rest.char_indices().nth(QUOTATION).map_or(rest, |(at, _)| rest.get(..at).unwrap_or(rest));
    let line = near.lines().next().unwrap_or("");
    line.match_indices('\u{2019}')
        .any(|(at, sign)| line.get(at + sign.len()..).and_then(|r| r.chars().next()).is_none_or(|c| !c.is_alphabetic()))
}

fn mention(text: &str, words: &[Word], seen: &[(Range<usize>, Shape)], own: Range<usize>, marked: bool) -> Mention {
    let starts = words.get(own.start).is_some_and(|w| w.starts);
    let parts = seen.get(own).unwrap_or(&[]);
    let pieces: Vec<Piece> = parts.iter().flat_map(|(span, shape)| pieces(text, span, *shape)).collect();
    let span = parts.first().map_or(0, |(s, _)| s.start)..parts.last().map_or(0, |(s, _)| s.end);
    Mention { span, pieces, marked, starts }
}

fn shape(text: &str, word: &Word, spellings: &Spellings) -> (Range<usize>, Shape) {
    let mut span = word.span.clone();
    let own = word.text(text);
    if word.arabic {
        return (span, Shape::Other);
    }
    // A quotation mark in front is a letter only where a name begins so.
    let mut shown = own;
    if let Some(c) = own.chars().next().filter(|c| is_sign(*c) && !c.is_alphabetic()) {
        let rest = own.get(c.len_utf8()..).unwrap_or("");
        let ayn = spellings.neutral(&format!("ʿ{}", rest.to_lowercase()));
        let quoted = c == '\u{2018}' && closes(text.get(word.span.end..).unwrap_or(""));
        if (quoted || !strong(rest)) && spellings.known(&ayn).is_none() {
            span.start += c.len_utf8();
            shown = rest;
        }
    }
    let letters = bare(shown);
    let shape = match () {
        () if letters.is_empty() => Shape::Other,
        () if shown.contains(is_hyphen) && has_article(shown) => Shape::Strong,
        () if is_article(&shown.to_lowercase()) && letters.len() > 1 && !NO_NAMES.contains(&letters.as_str()) => Shape::Article,
        () => match particle_of(shown) {
            Some(particle) => Shape::Particle(particle),
            None if letters == "b" || letters == "bt" => Shape::Particle(Particle::Bin),
            None if strong(shown) => Shape::Strong,
            None if !capital(shown) || NO_NAMES.contains(&letters.as_str()) => Shape::Other,
            None if spellings.known(&shown.to_lowercase()).is_some() => Shape::Known,
            None => {
                // Rushd beside a name in a scheme without digraphs is spelled as most write it; Taymiyya is Taymīyah to others.
                let common =
                    ["ala-lc", "ijmes"].map(|label| Scheme::find(label).map_or(&[][..], |scheme| Spellings::of(scheme).alike(shown)));
                // Arwá has a letter that few languages end a word with.
                if shown.ends_with('á') && common.iter().any(|words| words.iter().any(|w| w.person && *w.text == *shown.to_lowercase())) {
                    return (span, Shape::Strong);
                }
                let mut alike = spellings.alike(shown).iter().chain(common.into_iter().flatten()).peekable();
                if alike.peek().is_none() || !shown.is_ascii() {
                    return (span, Shape::Other);
                }
                let (given, title) = alike.fold((false, false), |(given, title), w| (given | w.given, title | w.title));
                // Sultan and Sheikh are English words.
                if title { Shape::Other } else { Shape::Near(given) }
            }
        },
    };
    (span, shape)
}

/// By its letters, or by what they mean: Ḏū is dhu.
fn particle_of(word: &str) -> Option<Particle> {
    Particle::of_latin(&bare(word)).or_else(|| Particle::of_latin(&plain(word)))
}

/// Whether a word has marks that romanizations of Arabic have and few other spellings.
fn strong(word: &str) -> bool {
    let mark = |c: char| matches!(c, '\u{304}' | '\u{323}' | '\u{331}' | '\u{32E}' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ' | 'ʽ');
    let half = |c: char| matches!(c, '\u{2018}' | '\u{2019}' | '`' | '\'');
    let chars: Vec<char> = word.nfd().collect();
    let inside = chars.iter().position(|c| half(*c)).is_some_and(|at| at > 0) && word.chars().any(|c| "ǧšŠǦġĠâîû".contains(c));
    chars.windows(2).any(|w| matches!(w, ['g' | 'G', '\u{307}' | '\u{30C}'])) || chars.iter().any(|c| mark(*c)) || inside
}

pub(crate) fn capital(word: &str) -> bool {
    word.chars().find(|c| !is_sign(*c)).is_some_and(char::is_uppercase)
}

/// `al-Ḥakīm`, `wa-l-Ḥakīm`, `Nūr-ad-Dīn`
fn has_article(word: &str) -> bool {
    let parts: Vec<&str> = word.split(is_hyphen).collect();
    parts.windows(2).any(|w| matches!(w, [article, stem] if article_like(article) && capital(stem)))
}

fn article_like(part: &str) -> bool {
    let part = part.trim_start_matches(is_sign).to_lowercase();
    is_article(&part) || is_elided_article(&part)
}

fn pieces(text: &str, span: &Range<usize>, shape: Shape) -> Vec<Piece> {
    let own = text.get(span.clone()).unwrap_or("");
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, c) in own.char_indices().filter(|(_, c)| is_hyphen(*c)) {
        parts.push(start..at);
        start = at + c.len_utf8();
    }
    parts.push(start..own.len());
    let last = parts.len() - 1;
    let kind = |place: usize, part: &str| match particle_of(part) {
        _ if place < last && article_like(part) => Kind::Article,
        Some(particle) => Kind::Particle(particle),
        None if shape == Shape::Article => Kind::Article,
        None if matches!(shape, Shape::Particle(_)) && last == 0 => Kind::Particle(Particle::Bin),
        None => Kind::Stem,
    };
    let piece = |(place, part): (usize, Range<usize>)| Piece {
        kind: kind(place, own.get(part.clone()).unwrap_or("")),
        span: span.start + part.start..span.start + part.end,
        hyphened: place > 0,
    };
    parts.into_iter().enumerate().map(piece).collect()
}
