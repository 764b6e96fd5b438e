//! What must hold for any bytes: one function for each fuzz target.
//!
//! The fuzzer calls these with what it makes up, and `tests/replay.rs` with the files under
//! `seeds/` and `regressions/`. A check panics, by `assert`, where a law is broken.

use nasab::hub::{Unit, Vowel, Word, read_vocalised};
use nasab::matching::probability;
use nasab::orthography::{self, is_arabic_mark};
use nasab::{Name, Prepared, Role, Scheme, Source, compare as compared};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// A check of some bytes.
pub type Check = fn(&[u8]);

/// Every target with its check.
pub const TARGETS: &[(&str, Check)] = &[
    ("clean", clean),
    ("read", read),
    ("round_trip", round_trip),
    ("parse_name", parse_name),
    ("compare", compare),
    #[cfg(feature = "import")]
    ("import", import),
];

/// Cleaning twice is cleaning once, and texts that Unicode holds equal are cleaned alike.
pub fn clean(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let once = orthography::clean(&text).into_owned();
    let twice = orthography::clean(&once);
    assert_eq!(twice, once, "cleaned twice");
    assert!(matches!(twice, Cow::Borrowed(_)), "clean text is borrowed: {once:?}");
    for start in [&text, once.as_str()] {
        let (composed, parted): (String, String) = (start.nfc().collect(), start.nfd().collect());
        assert_eq!(orthography::clean(&composed), once, "composed by NFC");
        assert_eq!(orthography::clean(&parted), once, "parted by NFD");
    }
    // A ligature becomes four letters at most.
    assert!(once.len() <= 8 * text.len(), "{} bytes became {}", text.len(), once.len());
}

/// Any text in any scheme is read and written without a panic, and what comes out is no longer
/// than what a scheme makes of so many letters.
///
/// The first byte chooses the scheme; the byte past the last scheme leaves it to the text.
pub fn read(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let count = Scheme::all().count();
    let source = Scheme::all().nth(usize::from(*first) % (count + 1)).map_or(Source::Auto, Source::Scheme);
    let text = String::from_utf8_lossy(rest);
    let Ok(name) = Name::read(&text, source) else { return };
    // A letter becomes a vowel and a doubled digraph at most, in letters of two bytes and more.
    let most = 64 + 24 * text.len();
    let parts = name.parts();
    let bounded = |written: &str, what: &str| assert!(written.len() <= most, "{what} of {text:?}: {} bytes", written.len());
    for scheme in Scheme::all() {
        bounded(&name.write(scheme), scheme.label());
        let readings = name.readings(scheme, 4);
        assert!(!readings.is_empty() && readings.len() <= 4, "{} readings of {text:?}", readings.len());
        for reading in &readings {
            bounded(&reading.text, scheme.label());
            bounded(&reading.arabic, "Arabic");
            assert!((0.0..=1.0 + 1e-9).contains(&reading.probability), "{text:?}: {reading:?}");
        }
        assert!(readings.windows(2).all(|w| matches!(w, [a, b] if a.probability >= b.probability)), "{text:?} is not ranked: {readings:?}");
        assert!(readings.iter().map(|r| r.probability).sum::<f64>() <= 1.0 + 1e-6, "{text:?}: {readings:?}");
        for part in &parts {
            bounded(&part.text(scheme), "a part");
        }
    }
    for note in name.notes() {
        assert!(!note.error.to_string().is_empty());
        let column = note.error.column().unwrap_or(1);
        assert!((1..=text.chars().count() * 4 + 1).contains(&column), "{text:?}: column {column} of {note:?}");
    }
}

/// What is written without loss is read back: the hub's notation, vocalised Arabic, DMG, and
/// Buckwalter letter for letter.
pub fn round_trip(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let clean = orthography::clean(&text);
    if let Some(word) = Word::parse(&clean) {
        assert_eq!(Word::parse(&word.to_string()), Some(word.clone()), "the notation {word}");
        by_sound(&word);
    }
    if let Some(word) = read_vocalised(&clean) {
        by_sound(&Word::new(word.units));
    }
    by_letter(&clean);
}

/// Word → DMG → word, and word → vocalised Arabic → word.
fn by_sound(word: &Word) {
    if !is_canonical(&word.units) {
        return;
    }
    let Ok(dmg) = Scheme::find("dmg") else { return };
    let written = dmg.write_word(word);
    let read = dmg.read_word(&written);
    assert!(read.iter().any(|(w, _)| w == word), "{word} is {written} in DMG, which reads as {read:?}");
    assert!((read.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-9, "the shares of {written}");
    let stem = word.clone().with_article(false);
    assert_eq!(read_vocalised(&stem.vocalised()), Some(stem.clone()), "{} as {}", stem, stem.vocalised());
}

/// Whether the units are the one way to say what they sound like.
fn is_canonical(units: &[Unit]) -> bool {
    use Unit::{Consonant, Long, Maqsura, Short, TaMarbuta, Tanwin, Unknown};
    let written = |letter: char| "ءبتثجحخدذرزسشصضطظعغفقكلمنهويپچژگڤ".contains(letter);
    let vowel_or_ta = |unit: Option<&Unit>| unit.is_some_and(|u| u.is_vowel() || *u == TaMarbuta);
    // A word has a consonant, and a hamza at its start belongs to the vowel.
    units.iter().any(|u| matches!(u, Consonant { .. }))
        && units.iter().enumerate().all(|(place, &unit)| {
            let before = place.checked_sub(1).and_then(|p| units.get(p)).copied();
            let next = units.get(place + 1);
            match unit {
                Consonant { letter, .. } if !written(letter) => false,
                Consonant { letter: 'ء', doubled } => !doubled && before.is_some() && before != Some(Unit::consonant('ء')),
                // Consonants that meet are two; doubled ones stand between vowels.
                Consonant { letter, doubled } => {
                    let apart = !matches!(before, Some(Consonant { letter: other, .. }) if other == letter);
                    let between = before.is_some_and(|u| u.is_vowel()) && vowel_or_ta(next);
                    // iy before a consonant is ī, and īy before a vowel is iyy.
                    let glide = match (letter, before) {
                        ('ي', Some(Short(Vowel::I) | Long(Vowel::I))) | ('و', Some(Short(Vowel::U) | Long(Vowel::U))) => {
                            doubled && matches!(before, Some(Short(_)))
                        }
                        _ => true,
                    };
                    apart && glide && (!doubled || between)
                }
                Short(_) => next.is_some() && !vowel_or_ta(next),
                Long(Vowel::A) => !next.is_some_and(|u| u.is_vowel()),
                Long(_) => !vowel_or_ta(next),
                Maqsura => next.is_none() && before.is_some(),
                TaMarbuta => next.is_none() && before.is_some(),
                Tanwin(_) | Unknown => false,
            }
        })
}

/// Arabic letters → Buckwalter → the same letters.
fn by_letter(text: &str) {
    let Ok(buckwalter) = Scheme::find("buckwalter") else { return };
    let of_letter = |c: char| buckwalter.letters().find(|row| row.arabic.chars().eq([c]));
    let of_sign = |c: char| buckwalter.letters().find(|row| row.roman.chars().eq([c]));
    let kept: String = text.chars().filter(|c| *c == ' ' || of_letter(*c).is_some()).collect();
    let arabic = orthography::clean(&kept);
    let Ok(name) = Name::read(&arabic, Source::Auto) else { return };
    let written = name.write(buckwalter);
    let expected: String = arabic.chars().map(|c| of_letter(c).map_or(c.to_string(), |row| row.roman.to_string())).collect();
    assert_eq!(written, expected, "{arabic} in Buckwalter");
    let back: String = written.chars().map(|c| of_sign(c).map_or(c.to_string(), |row| row.arabic.to_string())).collect();
    assert_eq!(back, arabic, "{written} to Arabic by the table");
    let again = Name::read(&written, Source::Scheme(buckwalter));
    assert_eq!(again.map(|name| name.write(buckwalter)), Ok(written), "{arabic} read from Buckwalter");
}

/// The parts of a name have all its words, in their order.
pub fn parse_name(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(name) = Name::read(&text, Source::Auto) else { return };
    // With vowel signs, or Arabic text would be given back as it was typed, without its words.
    let Ok(script) = Scheme::find("arabic-vocalised") else { return };
    // Between commas and blanks, the son is ابن at the start of a part and بن inside a name.
    let letters = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace() && !is_arabic_mark(*c) && !matches!(c, ',' | '،' | 'ا')).collect()
    };
    let parts = name.parts();
    let together: String = parts.iter().map(|part| letters(&part.text(script))).collect();
    assert_eq!(together, letters(&name.write(script)), "the parts of {text:?}");
    assert!(parts.iter().all(|part| !part.text(script).is_empty()), "an empty part of {text:?}");
    assert!(parts.iter().filter(|part| part.role() == Role::Ism).count() <= 1, "two given names in {text:?}");
}

/// A probability is one, whichever name comes first and however their letters are composed.
///
/// The first line is one name, what follows the other.
pub fn compare(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (left, right) = text.split_once('\n').unwrap_or((&text, &text));
    let (a, b) = (Prepared::new(left), Prepared::new(right));
    let p = probability(&a, &b);
    assert!((0.0..=1.0).contains(&p), "{left:?} and {right:?}: {p}");
    assert_eq!(probability(&b, &a), p, "{right:?} and {left:?}, turned");
    let why = compared(&a, &b);
    assert_eq!(why.probability, p, "{left:?} and {right:?}, explained");
    assert!(why.words.iter().all(|word| (0.0..=1.0).contains(&word.similarity)), "{why:?}");
    let sum = why.words.iter().map(|w| w.weight).chain(why.reasons.iter().map(|r| r.weight)).sum::<f64>();
    assert!(why.reasons.is_empty() || (1.0 / (1.0 + (-sum).exp()) - p).abs() < 1e-4, "the weights add up to {sum}, {why:?}");
    let forms = |text: &str| -> [String; 2] { [text.nfd().collect(), text.nfc().collect()] };
    for form in forms(left) {
        assert_eq!(probability(&Prepared::new(&form), &b), p, "{form:?} and {right:?}");
    }
    for form in forms(right) {
        assert_eq!(probability(&a, &Prepared::new(&form)), p, "{left:?} and {form:?}");
    }
}

/// Any file becomes a registry or an error, with no more identities and faults than lines.
///
/// The first byte chooses the format.
#[cfg(feature = "import")]
pub fn import(bytes: &[u8]) {
    use nasab::entity::import::{Format, read};
    use nasab::{LinkOptions, People};
    let Some((first, file)) = bytes.split_first() else { return };
    let format = match first % 3 {
        0 => Format::JsonLines,
        1 => Format::Csv,
        _ => Format::Tsv,
    };
    let lines = file.split(|b| matches!(b, b'\n' | b'\r')).count();
    let (mut registry, mut faults) = (People::new(), Vec::new());
    let done = read(file, format, |_, entity| registry.add(&entity.id, entity.names), |fault| faults.push(fault));
    assert!(registry.len() <= lines && faults.len() <= lines, "{} identities, {} faults, {lines} lines", registry.len(), faults.len());
    assert!(faults.iter().all(|fault| (1..=lines as u64).contains(&fault.line)), "{faults:?}");
    // A carriage return alone ends a row of CSV and is no end of a line.
    assert!(faults.windows(2).all(|w| matches!(w, [a, b] if a.line <= b.line)), "faults come in the order of the file: {faults:?}");
    if done.is_err() {
        assert!(registry.is_empty(), "a refused file leaves nothing behind");
    }
    let options = LinkOptions::default();
    for query in ["Qays al-Khazali", "محمد"] {
        let linkage = registry.link(query, &options);
        assert!(linkage.matches.len() <= options.top.min(registry.len()));
        assert!(linkage.matches.iter().all(|m| (0.0..=1.0).contains(&m.probability)), "{linkage:?}");
    }
}
