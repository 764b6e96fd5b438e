//! The spellings of a house: persons whom a newspaper or a publisher writes in a way of its own.

use super::finding::{Code, Finding};
use super::spellings::bare;
use super::words::{Places, Word, words};
use crate::error::Error;
use crate::name::{Name, Source};
use crate::orthography::is_arabic_letter;
use crate::scheme::Scheme;
use std::ops::Range;

/// A person whose name is not written as the scheme has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseSpelling {
    write: String,
    /// The bare letters of each spelling that should be `write`, its own among them, whatever parts its words.
    spellings: Vec<String>,
}

impl HouseSpelling {
    /// `write` stands for the person wherever the text has it, or a spelling of `instead_of`, whatever its marks. Arabic
    /// spellings stand for what `scheme` makes of them.
    ///
    /// # Errors
    /// A spelling has no letter, or an Arabic one cannot be read.
    pub fn new(write: &str, instead_of: &[String], scheme: Scheme) -> Result<HouseSpelling, Error> {
        let mut spellings = Vec::new();
        for spelling in std::iter::once(write).chain(instead_of.iter().map(String::as_str)) {
            let romanized;
            let shown = if spelling.chars().any(is_arabic_letter) {
                romanized = Name::read(spelling, Source::Auto)?.write(scheme);
                &romanized
            } else {
                spelling
            };
            let key = bare(shown);
            if key.is_empty() {
                return Err(Error::new(format!("`{spelling}` has no word")).with_hint("give the name as it is written"));
            }
            spellings.push(key);
        }
        Ok(HouseSpelling { write: write.to_string(), spellings })
    }
}

/// The findings of a text with those of the house in place of what the scheme alone says of the same words.
pub fn with_house(text: &str, prose: &[Range<usize>], found: Vec<Finding>, house: &[HouseSpelling]) -> Vec<Finding> {
    if house.is_empty() {
        return found;
    }
    let words = words(text, prose);
    let keys: Vec<String> = words.iter().map(|word| bare(word.text(text))).collect();
    let mut places = Places::new(text);
    // The house's own places, and what is wrong there.
    let (mut own, mut told): (Vec<Range<usize>>, Vec<Finding>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < words.len() {
        let Some((one, len)) = longest(&words, &keys, at, house) else {
            at += 1;
            continue;
        };
        let span = words.get(at).map_or(0, |w| w.span.start)..words.get(at + len - 1).map_or(0, |w| w.span.end);
        let name = text.get(span.clone()).unwrap_or("").to_string();
        if name != one.write {
            let (line, column) = places.of(span.start);
            told.push(Finding {
                code: Code::House,
                span: span.clone(),
                line,
                column,
                found: name.clone(),
                fix: Some(one.write.clone()),
                reason: format!("the house writes {}", one.write),
                name,
                confidence: 1.0,
            });
        }
        own.push(span);
        at += len;
    }
    let apart = |finding: &Finding| !own.iter().any(|span| span.start < finding.span.end && finding.span.start < span.end);
    let mut out: Vec<Finding> = found.into_iter().filter(apart).collect();
    out.extend(told);
    out.sort_by_key(|finding| finding.span.start);
    out
}

/// The house spelling that takes most words from this one on, and how many.
fn longest<'h>(words: &[Word], keys: &[String], at: usize, house: &'h [HouseSpelling]) -> Option<(&'h HouseSpelling, usize)> {
    // What stands between the words of a name joins them: blanks and hyphens.
    let run = words.iter().skip(at + 1).take_while(|word| word.joined).count() + 1;
    let taken = |spelling: &String| {
        let mut left = spelling.as_str();
        for (count, key) in keys.iter().skip(at).take(run).enumerate() {
            left = left.strip_prefix(key.as_str())?;
            if left.is_empty() {
                return Some(count + 1);
            }
        }
        None
    };
    let all = house.iter().flat_map(|one| one.spellings.iter().filter_map(taken).map(move |len| (one, len)));
    all.max_by_key(|(_, len)| *len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_believed_before_the_scheme() {
        let dmg = Scheme::find("dmg").unwrap_or_else(|e| unreachable!("{e}"));
        let nasser = HouseSpelling::new("Gamal Abdel Nasser", &["Ǧamāl ʿAbd an-Nāṣir".into(), "جمال عبد الناصر".into()], dmg);
        let house = [nasser.unwrap_or_else(|e| unreachable!("{e}"))];
        let text = "Gamal Abdel Nasser, later Ǧamāl ʿAbd an-Nāṣir, gamal abdel nasser; Ǧamāl alone.";
        let found = with_house(text, std::slice::from_ref(&(0..text.len())), Vec::new(), &house);
        let shown: Vec<(usize, &str)> = found.iter().map(|f| (f.column, f.found.as_str())).collect();
        assert_eq!(shown, [(27, "Ǧamāl ʿAbd an-Nāṣir"), (48, "gamal abdel nasser")]);
        assert!(HouseSpelling::new("…", &[], dmg).is_err());
    }
}
