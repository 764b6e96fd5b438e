//! Running text: the romanized names in it, what is wrong with them, and their places in the Arabic that it was made from.
//!
//! ```
//! use nasab::{Scheme, document};
//! let dmg = Scheme::find("dmg").unwrap();
//! let text = "Qays al-Haz‘alī spoke.";
//! let prose = document::prose(text, document::Format::Plain);
//! let found = document::lint(text, &prose, dmg, Some("تحدث قيس الخزعلي.")).unwrap();
//! assert_eq!(document::fixed(text, &found, document::SURE), "Qays al-Ḫazʿalī spoke.");
//! ```

mod align;
#[cfg(feature = "docx")]
mod docx;
mod finding;
mod house;
mod letters;
mod lint;
mod markup;
mod mention;
mod pairs;
mod slots;
mod spellings;
mod words;

#[cfg(feature = "docx")]
pub use docx::Docx;
pub use finding::{Code, Finding, SURE, TOLD, fixed, fixes};
pub use house::{HouseSpelling, with_house};
pub use lint::lint;
pub use markup::{Format, prose};
pub use pairs::{Alignment, NamePair, Spot, align};

/// Whether a text is one Arabic name in Latin letters and nothing else: marked as romanizations are, or known in all words.
#[cfg(feature = "record")]
pub(crate) fn is_romanized_name(text: &str, scheme: crate::Scheme) -> bool {
    // Other languages have the macron and the dot too, but seldom on these letters alone.
    let covered = || crate::Scheme::all().any(|other| !other.is_habit() && other.strange(text).is_empty());
    let words = words::words(text, std::slice::from_ref(&(0..text.len())));
    let met = mention::mentions(text, &words, spellings::Spellings::of(scheme));
    let inside = |word: &words::Word| met.iter().any(|m| m.span.start <= word.span.start && word.span.end <= m.span.end);
    if words.is_empty() || !words.iter().all(inside) || !(text.is_ascii() || covered()) {
        return false;
    }
    let name = crate::Name::read(text, crate::Source::Auto);
    name.is_ok_and(|name| name.words().any(|word| word.particle.is_none() && word.best().is_some_and(|r| !r.guessed)))
}

/// The words of a text: the bytes of each, whether it is Arabic, and whether only blanks stand before it.
#[cfg(feature = "index")]
pub(crate) fn text_words(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, bool, bool)> {
    words::words(text, std::slice::from_ref(&(0..text.len()))).into_iter().map(|w| (w.span, w.arabic, w.joined))
}
