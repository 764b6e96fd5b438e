//! A name as it is entered in a catalogue: what of two scripts agrees, and one made from the other.

use super::Kind;
use crate::document::is_romanized_name;
use crate::error::Error;
use crate::name::{Name, NameReading, Source};
use crate::orthography::is_arabic_letter;
use crate::scheme::Scheme;
use unicode_normalization::UnicodeNormalization;

/// Readings of a name that count as readings at all.
const READINGS: usize = 200;

/// An entry element that lost its article has it in Arabic where it is a nisba: few bear one without (مبارك حسني).
const ARTICLE_OF_NISBA: f64 = 0.9;
/// A surname that is neither a nisba nor a given name may have it or not: الحكيم and حكيم.
const ARTICLE_OF_OTHERS: f64 = 0.5;

/// A name in the other script, and how likely it is right.
pub(super) struct Written {
    pub text: String,
    pub probability: f64,
}

/// How a romanized name disagrees with its Arabic.
pub(super) struct Disagreement {
    pub kind: Kind,
    pub expected: String,
    pub probability: f64,
    pub reason: &'static str,
}

/// Whether names are catalogue headings, whose entry element has no article, or names as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Heading,
    Plain,
}

/// A name without the punctuation that ends its subfield, and that punctuation.
pub(super) fn parted(text: &str) -> (&str, &str) {
    let mut end = text.trim_end_matches([' ', ',', '،', ';', '؛', ':', '/']).len();
    let before = text.get(..end).unwrap_or(text);
    if let Some(short) = before.strip_suffix('.') {
        // The full stop of an initial belongs to the name.
        let last = short.rsplit([' ', '.', '-']).next().unwrap_or("");
        if last.chars().filter(|c| c.is_alphabetic()).count() > 1 {
            end = short.trim_end_matches([' ', ',', '،']).len();
        }
    }
    (text.get(..end).unwrap_or(text), text.get(end..).unwrap_or(""))
}

pub(super) fn has_arabic(text: &str) -> bool {
    text.chars().any(is_arabic_letter)
}

/// Whether a romanized name is Arabic and no other language's: by its marks, or known in all words.
pub(super) fn is_arabic_name(text: &str, scheme: Scheme) -> bool {
    let (name, _) = parted(text);
    // Surname, Forename: words without marks are told by the words beside them.
    let turned = match name.split_once(',') {
        Some((surname, forename)) => format!("{} {}", forename.trim(), surname.trim()),
        None => name.to_string(),
    };
    let turned: String = turned.nfc().collect();
    is_romanized_name(&turned, scheme)
}

fn read_arabic(text: &str, entry: Entry) -> Result<Name, Error> {
    let name = Name::read(text, Source::Auto)?;
    Ok(if entry == Entry::Heading { name.without_initial_article() } else { name })
}

/// By the scheme where the name is spelled in it, else by what it shows.
fn read_latin(text: &str, scheme: Scheme) -> Result<Name, Error> {
    let text: String = text.nfc().collect();
    let source = if !text.is_ascii() && scheme.strange(&text).is_empty() { Source::Scheme(scheme) } else { Source::Auto };
    Name::read(&text, source)
}

/// The likeliest romanization of an Arabic name.
pub(super) fn romanized(arabic: &str, scheme: Scheme, entry: Entry) -> Result<Written, Error> {
    let best = read_arabic(parted(arabic).0, entry)?.readings(scheme, 1).into_iter().next();
    best.map(|r| Written { text: r.text, probability: r.probability }).ok_or_else(|| Error::new("the name has no reading"))
}

/// The likeliest Arabic of a romanized name.
pub(super) fn arabic(romanized: &str, scheme: Scheme, entry: Entry) -> Result<Written, Error> {
    let name = read_latin(parted(romanized).0, scheme)?;
    let best = name.readings(Scheme::find("arabic")?, 1).into_iter().next();
    let best = best.ok_or_else(|| Error::new("the name has no reading"))?;
    let (mut text, mut probability) = (best.arabic, best.probability);
    if let Some(word) = name.words().next().filter(|w| entry == Entry::Heading && w.particle.is_none())
        && let Some(reading) = word.best().filter(|r| !r.word.article)
        // Only a surname was turned to the front.
        && romanized.split(',').next().is_some_and(|own| own.split_whitespace().count() == 1)
    {
        if reading.is_chiefly("nisba") {
            text.insert_str(0, "ال");
            probability *= ARTICLE_OF_NISBA;
        } else if !reading.is_given() {
            probability *= ARTICLE_OF_OTHERS;
        }
    }
    Ok(Written { text, probability })
}

/// What is wrong with a romanized name beside its Arabic; `None` where it is a reading of it as the scheme writes it.
pub(super) fn disagreement(arabic: &str, romanized: &str, scheme: Scheme, entry: Entry) -> Result<Option<Disagreement>, Error> {
    let arabic = parted(arabic).0;
    let found: String = parted(romanized).0.nfc().collect();
    let readings = read_arabic(arabic, entry)?.readings(scheme, READINGS);
    let Some(best) = readings.first() else { return Ok(None) };
    if readings.iter().any(|r| r.text == found) {
        return Ok(None);
    }
    let told = |kind, reading: &NameReading, reason| {
        Ok(Some(Disagreement { kind, expected: reading.text.clone(), probability: reading.probability, reason }))
    };
    let bare_found = bare(&found);
    let without_article = entry == Entry::Heading && starts_with_article(&found);
    if without_article {
        let with_article = Name::read(arabic, Source::Auto)?.readings(scheme, READINGS);
        if let Some(own) = with_article.iter().find(|r| r.text == found) {
            let short = own.text.split_once('-').map_or("", |(_, rest)| rest);
            let reading = readings.iter().find(|r| r.text == short).unwrap_or(best);
            return told(Kind::Article, reading, "the entry element begins with the article");
        }
    }
    if let Some(reading) = readings.iter().find(|r| bare(&r.text) == bare_found) {
        return told(Kind::Spelling, reading, "it is not spelled as the scheme has it");
    }
    // The same words, parted or ordered otherwise.
    let words = sorted_words(&found);
    if let Some(reading) = readings.iter().find(|r| sorted_words(&r.text) == words) {
        return told(Kind::Inversion, reading, "its words stand in another order, or the comma stands elsewhere");
    }
    let nearest = readings.iter().take(20).map(|r| (strsim::levenshtein(&bare(&r.text), &bare_found), r)).min_by_key(|(far, _)| *far);
    let expected = nearest.filter(|(far, _)| *far <= 2).map_or(best, |(_, r)| r);
    let letters = skeleton(&found);
    if readings.iter().any(|r| skeleton(&r.text) == letters) {
        return told(Kind::Vowels, expected, "its letters are those of the Arabic, its vowels are no known reading");
    }
    told(Kind::Reading, expected, "it is no reading of the Arabic")
}

fn starts_with_article(text: &str) -> bool {
    let first = text.split([' ', ',']).next().unwrap_or("");
    first.split_once('-').is_some_and(|(article, _)| article.chars().all(char::is_lowercase) && article.chars().count() <= 3)
}

/// Small letters without marks and without the signs of ʿayn and hamza.
fn bare(text: &str) -> String {
    text.nfd().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '-')).collect::<String>().to_lowercase()
}

/// The letters that Arabic writes: without short vowels, long ones and their glides alike, doubled ones once.
fn skeleton(text: &str) -> String {
    let mut out = String::new();
    for c in text.nfc().flat_map(char::to_lowercase).filter(|c| !matches!(c, 'a' | 'i' | 'u' | ',')) {
        let c = match c {
            'ī' => 'y',
            'ū' => 'w',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

fn sorted_words(text: &str) -> Vec<String> {
    let text = bare(text);
    let own = |word: &str| {
        let stem = word.split_once('-').filter(|(article, _)| crate::name::particle::is_article(article));
        stem.map_or(word, |(_, stem)| stem).to_string()
    };
    let mut words: Vec<String> = text.split([' ', ',']).filter(|w| !w.is_empty()).map(own).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_is_parted_from_the_name() {
        assert_eq!(parted("Khazʻalī, Qays,"), ("Khazʻalī, Qays", ","));
        assert_eq!(parted("الخزعلي، قيس."), ("الخزعلي، قيس", "."));
        assert_eq!(parted("Smith, J."), ("Smith, J.", ""));
        assert_eq!(parted("Smith, J.,"), ("Smith, J.", ","));
        assert_eq!(parted("."), (".", ""));
    }
}
