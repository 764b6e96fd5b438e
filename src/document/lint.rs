//! What is wrong with the romanized names of a text: each name walked through, word by word, and what is found told.

mod meant;
mod small_words;

use self::meant::Why;
use super::align::{Met, both};
use super::finding::{Code, Finding, TOLD};
use super::letters::{corrected, spelled};
use super::mention::{Kind, Mention, Piece, mentions};
use super::slots::{Sign, Slot, is_length, slots};
use super::spellings::{Spellings, bare};
use super::words::{Places, words};
use crate::error::Error;
use crate::lexicon;
use crate::orthography;
use crate::scheme::{self, Scheme};
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The defects of the romanized names in the parts of `text` that `prose` names, in the order of the text.
///
/// `arabic` is the text that it was made from, where there is one: what its letters say is believed before what the
/// lexicon knows. Only schemes that write sounds with letters of their own can be checked.
///
/// # Errors
/// The scheme is Arabic script, stands letter for letter, or is a habit and no standard.
pub fn lint(text: &str, prose: &[Range<usize>], scheme: Scheme, arabic: Option<&str>) -> Result<Vec<Finding>, Error> {
    checkable(scheme)?;
    let met: Vec<Met> = match arabic {
        Some(arabic) => both(arabic, text, prose, scheme).met,
        None => {
            let found = mentions(text, &words(text, prose), Spellings::of(scheme));
            found.into_iter().map(|mention| Met { mention, arabic: None, foreign: false }).collect()
        }
    };
    Ok(findings(text, &met, scheme, arabic.unwrap_or("")))
}

/// Whether names in this scheme can be checked.
pub(super) fn checkable(scheme: Scheme) -> Result<(), Error> {
    if scheme.kind() != scheme::Kind::Sound || scheme.is_habit() || scheme.is_coded() {
        let hint = "take a standard such as `dmg` or `ala-lc`; `nasab schemes` lists them";
        return Err(Error::new(format!("`{scheme}` has no rules that a text could break")).with_hint(hint));
    }
    Ok(())
}

pub(super) fn findings(text: &str, met: &[Met], scheme: Scheme, arabic: &str) -> Vec<Finding> {
    let mut linter = Linter { text, scheme, spellings: Spellings::of(scheme), out: Vec::new(), forms: HashMap::new() };
    for own in met.iter().filter(|m| !m.foreign) {
        let original = own.arabic.as_ref().map(|(span, _, _)| arabic.get(span.clone()).unwrap_or(""));
        linter.mention(&own.mention, original);
    }
    linter.two_ways();
    let mut out = linter.out;
    out.retain(|f| f.confidence >= TOLD);
    out.sort_by_key(|f| (f.span.start, f.span.end, f.code));
    // Two fixes of one place cannot both be written.
    out.dedup_by(|later, first| later.span.start < first.span.end || later.span == first.span);
    let mut places = Places::new(text);
    out.iter_mut().for_each(|f| (f.line, f.column) = places.of(f.span.start));
    out
}

struct Linter<'a> {
    text: &'a str,
    scheme: Scheme,
    spellings: &'static Spellings,
    out: Vec<Finding>,
    /// Words that no lexicon has, by their letters: their spellings and places.
    forms: HashMap<String, Vec<(String, Range<usize>, String)>>,
}

impl<'a> Linter<'a> {
    fn get(&self, span: &Range<usize>) -> &'a str {
        self.text.get(span.clone()).unwrap_or("")
    }

    fn tell(&mut self, code: Code, mention: &Mention, span: Range<usize>, fix: Option<String>, reason: String, confidence: f64) {
        let finding = Finding {
            code,
            // Told when all are found.
            line: 0,
            column: 0,
            found: self.get(&span).to_string(),
            fix,
            name: mention.text(self.text).to_string(),
            reason,
            confidence,
            span,
        };
        self.out.push(finding);
    }

    fn mention(&mut self, mention: &Mention, arabic: Option<&str>) {
        let originals = arabic.map(stems_of).unwrap_or_default();
        let mut rest = originals.as_slice();
        // Small letters are no fault of titles of books, whose words are no persons' names.
        let person = |p: &Piece| self.spellings.alike(self.get(&p.span)).iter().any(|w| w.person);
        let mut upper = mention.pieces.iter().filter(|p| p.kind != Kind::Article && self.capital(p)).peekable();
        let capitals = upper.peek().is_some() && upper.all(|p| p.kind != Kind::Stem || person(p));
        for (at, piece) in mention.pieces.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| mention.pieces.get(at));
            match piece.kind {
                Kind::Article => {}
                Kind::Particle(particle) => self.particle(mention, piece, particle),
                Kind::Stem => {
                    let original = self.original(self.get(&piece.span), &mut rest);
                    let word = self.stem(mention, piece, original.as_deref());
                    let article = before.filter(|b| b.kind == Kind::Article);
                    if let (Some(article), Some(word)) = (article, &word) {
                        let governor = at.checked_sub(2).and_then(|at| mention.pieces.get(at));
                        self.article(mention, article, governor, piece, word);
                    }
                    let named = word.as_deref().is_some_and(|w| self.spellings.known(w).is_some_and(|w| w.person));
                    if self.scheme.rules().capitals && !self.capital(piece) && capitals && named && (article.is_some() || !piece.hyphened) {
                        let upper = capitalised(self.get(&piece.span));
                        let letter = first_letter(self.get(&piece.span));
                        let span = piece.span.start + letter.start..piece.span.start + letter.end;
                        let fix = upper.get(letter.start..).and_then(|u| u.chars().next()).map(String::from);
                        self.tell(Code::Capital, mention, span, fix, format!("`{upper}` has a capital in {}", self.scheme), 0.8);
                    }
                }
            }
        }
    }

    fn capital(&self, piece: &Piece) -> bool {
        super::mention::capital(self.get(&piece.span))
    }

    /// The Arabic word that a stem was made from: the next one whose letters may be its own.
    fn original(&self, stem: &str, rest: &mut &[String]) -> Option<String> {
        let own = bare(stem);
        let fits = |arabic: &String| corrected(stem, arabic, self.scheme).is_some_and(|meant| bare(&meant) == own);
        let at = rest.iter().position(fits)?;
        let found = rest.get(at).cloned();
        *rest = rest.get(at + 1..).unwrap_or(&[]);
        found
    }

    /// Checks a word; what it should be is returned as a word of the scheme, in small letters.
    fn stem(&mut self, mention: &Mention, piece: &Piece, arabic: Option<&str>) -> Option<String> {
        let shown = self.get(&piece.span);
        let typed = slots(shown);
        let meant = self.meant(shown, &typed, arabic);
        let Some(meant) = meant else {
            let own = self.spellings.neutral(&spelled(&typed));
            if self.spellings.known(&own).is_none() {
                if let Some((single, word)) = self.single(&own, &typed) {
                    let span = piece.span.start + single.start..piece.span.start + single.end;
                    let letter = self.get(&span);
                    let fix = format!("{letter}{}", letter.to_lowercase());
                    let reason = format!("`{shown}` is no known name, `{}` is one", cased(&self.written(&word), shown));
                    self.tell(Code::Spelling, mention, span, Some(fix), reason, 0.7);
                    return Some(word);
                }
                self.strange(mention, piece);
                let places = self.forms.entry(bare(shown)).or_default();
                places.push((own.clone(), piece.span.clone(), mention.text(self.text).to_string()));
            }
            self.signs(mention, piece, &typed, &slots(&own));
            return Some(own);
        };
        if let Why::Other(other) = meant.why {
            let fix = cased(&self.written(&meant.text), shown);
            let reason = format!("`{shown}` is how {other} writes it; {} has `{fix}`", self.scheme);
            self.tell(Code::Scheme, mention, piece.span.clone(), Some(fix), reason, meant.confidence);
            return Some(meant.text);
        }
        let target = slots(&meant.text);
        let whole = cased(&self.written(&meant.text), shown);
        let reason = |code| match &meant.why {
            Why::Arabic(arabic) => format!("the Arabic has {arabic}: `{whole}`"),
            _ if code == Code::Length => format!("no known name is spelled `{shown}`, `{whole}` is one"),
            _ => format!("`{shown}` is no known name, `{whole}` is one"),
        };
        self.marks(mention, piece, [&typed, &target], &reason, meant.confidence);
        self.signs(mention, piece, &typed, &target);
        Some(meant.text)
    }

    /// The letter that a much used name has twice: Muḥamad.
    fn single(&self, own: &str, typed: &[Slot]) -> Option<(Range<usize>, String)> {
        /// From this frequency class on a name is commoner than one that nobody has listed.
        const COMMON: f32 = 3.0;
        let chars: Vec<char> = own.chars().collect();
        let doubled = chars.iter().enumerate().filter(|(_, c)| c.is_alphabetic()).filter_map(|(at, c)| {
            let (head, tail) = chars.split_at(at);
            let text: String = head.iter().chain([c]).chain(tail).collect();
            let known = self.spellings.known(&text).filter(|w| w.person && w.freq >= COMMON)?;
            // The place among the letters, signs left out.
            let place = head.iter().filter(|c| !super::words::is_sign(**c)).count();
            Some((typed.get(place)?.span.clone(), text, known.freq))
        });
        doubled.max_by(|a, b| a.2.total_cmp(&b.2)).map(|(span, text, _)| (span, text))
    }

    /// Letters whose marks are missing or wrong.
    fn marks(&mut self, mention: &Mention, piece: &Piece, [typed, target]: [&[Slot]; 2], reason: &dyn Fn(Code) -> String, confidence: f64) {
        for (t, m) in typed.iter().zip(target).filter(|(t, m)| t.marks != m.marks) {
            let code = if is_length(&t.marks) || is_length(&m.marks) { Code::Length } else { Code::Mark };
            let span = piece.span.start + t.span.start..piece.span.start + t.span.end;
            let letter: String = std::iter::once(m.letter).chain(m.marks.chars()).nfc().collect();
            let fix = cased(&letter, self.get(&span));
            self.tell(code, mention, span, Some(fix), reason(code), confidence);
        }
    }

    /// Signs of ʿayn and hamza that are missing, wrong or typed by another sign.
    fn signs(&mut self, mention: &Mention, piece: &Piece, typed: &[Slot], target: &[Slot]) {
        for (t, m) in typed.iter().zip(target) {
            let [ayn, hamza] = self.spellings.signs();
            let own = match m.sign {
                Sign::None => "",
                Sign::Hamza => hamza,
                Sign::Ayn | Sign::Either => ayn,
            };
            let shown = |span: &Range<usize>| piece.span.start + span.start..piece.span.start + span.end;
            let what = if m.sign == Sign::Hamza { "hamza" } else { "ʿayn" };
            let (span, fix, reason, confidence) = match (t.sign, m.sign) {
                (Sign::None, Sign::None) => continue,
                (Sign::None, _) if own.is_empty() => continue,
                (Sign::None, _) => {
                    let letter = self.get(&shown(&t.span));
                    (shown(&t.span), format!("{own}{letter}"), format!("{what} is missing; {} writes `{own}`", self.scheme), 0.85)
                }
                (_, Sign::None) => (shown(&t.sign_span), String::new(), "no known name has a sign here".to_string(), 0.7),
                _ => {
                    let sign = self.get(&shown(&t.sign_span));
                    // What keeps letters apart is no hamza: Adʹham.
                    if sign == own || sign == self.scheme.rules().guard {
                        continue;
                    }
                    let code = sign.chars().next().map_or(0, u32::from);
                    let reason = format!("`{sign}` (U+{code:04X}) stands for {what}; {} writes `{own}`", self.scheme);
                    (shown(&t.sign_span), own.to_string(), reason, if t.sign == Sign::Either { 0.92 } else { 0.97 })
                }
            };
            self.tell(Code::Sign, mention, span, Some(fix), reason, confidence);
        }
    }

    /// A spelling with the scheme's own signs.
    fn written(&self, neutral: &str) -> String {
        let [ayn, hamza] = self.spellings.signs();
        neutral.replace('ʿ', ayn).replace('ʾ', hamza)
    }

    fn strange(&mut self, mention: &Mention, piece: &Piece) {
        let shown = self.get(&piece.span);
        for (column, letter) in self.scheme.strange(shown) {
            if unicode_normalization::char::is_combining_mark(letter) {
                continue;
            }
            let Some((at, _)) = shown.char_indices().nth(column - 1) else { continue };
            let span = piece.span.start + at..piece.span.start + at + letter.len_utf8();
            self.tell(Code::Letter, mention, span, None, format!("{} has no `{letter}`", self.scheme), 0.8);
        }
    }

    /// Words that no lexicon knows and that the text spells two ways.
    fn two_ways(&mut self) {
        let forms = std::mem::take(&mut self.forms);
        for places in forms.values() {
            let mut counts: HashMap<&str, usize> = HashMap::new();
            places.iter().for_each(|(form, _, _)| *counts.entry(form).or_default() += 1);
            if counts.len() < 2 {
                continue;
            }
            // The form with more marks is meant where both are as frequent.
            let marks = |form: &str| form.nfd().count();
            let Some((best, most)) = counts.iter().map(|(f, c)| (*f, *c)).max_by_key(|(f, c)| (*c, marks(f), std::cmp::Reverse(*f))) else {
                continue;
            };
            for (form, span, name) in places.iter().filter(|(form, _, _)| form != best) {
                let mention = Mention { span: span.clone(), pieces: Vec::new(), marked: true, starts: false };
                let fix = cased(&self.written(best), self.get(span));
                let confidence = if most > counts.get(form.as_str()).copied().unwrap_or(0) { 0.8 } else { 0.6 };
                self.tell(
                    Code::Spelling,
                    &mention,
                    span.clone(),
                    Some(fix.clone()),
                    format!("spelled `{fix}` elsewhere in the text"),
                    confidence,
                );
                if let Some(last) = self.out.last_mut() {
                    last.name.clone_from(name);
                }
            }
        }
    }
}

/// The words of an Arabic name without articles.
fn stems_of(arabic: &str) -> Vec<String> {
    let clean = orthography::clean(arabic);
    clean
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
        .flat_map(|word| {
            let whole = lexicon::after_article(word).is_none().then(|| word.to_string());
            let stem = lexicon::after_article(word).or_else(|| word.strip_prefix("ال")).map(str::to_string);
            stem.into_iter().chain(whole)
        })
        .collect()
}

fn first_letter(word: &str) -> Range<usize> {
    word.char_indices().find(|(_, c)| !super::words::is_sign(*c)).map_or(0..0, |(at, c)| at..at + c.len_utf8())
}

fn capitalised(word: &str) -> String {
    let letter = first_letter(word);
    let upper: String = word.get(letter.clone()).unwrap_or("").to_uppercase();
    format!("{}{upper}{}", word.get(..letter.start).unwrap_or(""), word.get(letter.end..).unwrap_or(""))
}

/// `text` with a capital where `like` has one.
fn cased(text: &str, like: &str) -> String {
    if super::mention::capital(like) { capitalised(text) } else { text.to_string() }
}
