//! Bad input: each kind gets its message, the rest of the name is read, and nothing grows.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::scheme;
use nasab::matching::probability;
use nasab::orthography::{clean, is_dangerous};
use nasab::{Name, Note, People, Prepared, Scheme, Severity, Source};

/// What is read of a text, in DMG, and what is said of it: severity, column, words.
fn read(text: &str, source: Source) -> (String, Vec<(Severity, usize, String)>) {
    let name = Name::read(text, source).unwrap();
    let said = |note: &Note| (note.severity, note.error.column().unwrap(), note.error.to_string());
    (name.write(scheme("dmg")), name.notes().iter().map(said).collect())
}

#[track_caller]
fn one_note(text: &str, source: Source, severity: Severity, column: usize, shown: &str) -> String {
    let (written, notes) = read(text, source);
    assert_eq!(notes.len(), 1, "{text:?}: {notes:?}");
    assert_eq!((notes[0].0, notes[0].1), (severity, column), "{text:?}: {notes:?}");
    assert!(notes[0].2.contains(shown), "{text:?}: {notes:?}");
    written
}

#[test]
fn no_letter_is_an_error() {
    for text in ["", "   ", "\0", "123", "😀", "--", "\u{202E}", "\u{200D}\u{200C}", "\u{300}\u{301}", "\u{64E}", "\u{640}"] {
        let error = Name::read(text, Source::Auto).unwrap_err();
        assert_eq!(error.to_string(), "no letter in the name", "{text:?}");
        assert!(error.hint().is_some());
    }
}

#[test]
fn invisible_signs_change_nothing() {
    for text in [
        "Qa\0ys al-Khazali",
        "\u{202E}Qays al-Khazali",
        "Qays \u{2067}\u{2067}al-Khazali\u{2069}",
        "Qays\u{202C}\u{202C} al-Khazali",
        "Qa\u{200D}ys al-Khazali\u{200C}",
        "\u{FEFF}Qays al-Kha\u{AD}zali",
        "Q\u{1B}ays al-Khazali",
    ] {
        let (written, notes) = read(text, Source::Auto);
        assert_eq!((written.as_str(), notes), ("Qays al-Ḫazʿalī", vec![]), "{text:?}");
        let p = probability(&Prepared::new(text), &Prepared::new("Qays al-Khazali"));
        assert_eq!(p, probability(&Prepared::new("Qays al-Khazali"), &Prepared::new("Qays al-Khazali")), "{text:?}");
    }
}

#[test]
fn digits_and_emoji_stay_with_a_warning() {
    assert_eq!(one_note("محمد 😀", Source::Auto, Severity::Warning, 6, "😀"), "Muḥammad 😀");
    assert_eq!(one_note("Qays 123456", Source::Auto, Severity::Warning, 6, "123456"), "Qays 123456");
    assert_eq!(one_note("قيس ١٢٣٤٥٦", Source::Auto, Severity::Warning, 5, "١٢٣٤٥٦"), "Qays ١٢٣٤٥٦");
    // A year is usual beside a name.
    assert_eq!(read("Qays, 1889-1973", Source::Auto), ("Qays, 1889-1973".to_string(), vec![]));
}

#[test]
fn a_letter_of_no_scheme_is_an_error_and_the_rest_is_read() {
    let written = one_note("Qaʒys Ḥasan", Source::Auto, Severity::Error, 3, "`ʒ`");
    assert!(written.ends_with("Ḥasan"), "{written}");
    let written = one_note("Qays Иван", Source::Auto, Severity::Error, 6, "Иван");
    assert_eq!(written, "Qays Иван");
    let written = one_note("北京 Qays", Source::Auto, Severity::Error, 1, "北京");
    assert_eq!(written, "北京 Qays");
}

#[test]
fn a_letter_outside_the_named_scheme_is_an_error_with_the_way_out() {
    let dmg = Source::Scheme(scheme("dmg"));
    one_note("Qays ẖasan", dmg, Severity::Error, 6, "not a letter of scheme `dmg`");
    let hint = Name::read("Qays ẖasan", dmg).unwrap().notes()[0].error.hint().unwrap().to_string();
    assert!(hint.contains("--letter ẖ"), "{hint}");
    assert!(read("Qays ḫasan", dmg).1.is_empty());
}

#[test]
fn too_many_words_are_refused_and_many_are_read() {
    for word in ["محمد ", "Qays ", "Qays محمد "] {
        let error = Name::read(&word.repeat(1000), Source::Auto).unwrap_err();
        assert!(error.to_string().contains("words are no name"), "{error}");
        assert!(error.hint().is_some());
        let name = Name::read(&word.repeat(60), Source::Auto).unwrap();
        assert!(name.notes().is_empty());
        assert!(name.readings(scheme("dmg"), 4).len() <= 4);
    }
    // A comparison looks at the first words.
    let long = Prepared::new(&"Qays ".repeat(1000));
    assert!((0.0..=1.0).contains(&probability(&long, &Prepared::new("Qays al-Khazali"))));
}

#[test]
fn a_word_of_ten_megabytes_is_left_as_it_is() {
    for letter in ["a", "م", "\u{2019}a", "-a"] {
        let text = letter.repeat((10 << 20) / letter.len());
        let name = Name::read(&text, Source::Auto);
        if let Ok(name) = &name {
            assert_eq!((name.notes()[0].severity, name.notes()[0].error.column()), (Severity::Error, Some(1)), "{letter}");
            assert!(name.notes()[0].error.to_string().len() < 200);
            assert!(name.write(scheme("dmg")).len() <= 2 * text.len());
        } else {
            assert!(name.unwrap_err().to_string().len() < 200);
        }
        let prepared = Prepared::new(&text);
        assert!((0.0..=1.0).contains(&probability(&prepared, &prepared)));
    }
}

#[test]
fn ten_megabytes_of_signs_are_no_name() {
    for sign in ["\0", " ", "\u{64E}", "\u{301}", "\u{202E}", "1", "😀", ","] {
        let text = sign.repeat((10 << 20) / sign.len());
        assert!(Name::read(&text, Source::Auto).is_err(), "{sign:?}");
        assert!(Prepared::new(&text).is_empty() || sign == "1", "{sign:?}");
    }
}

#[test]
fn marks_without_end_on_one_letter_stay_bounded() {
    let piled = format!("Q{}ays م{}حمد", "\u{301}".repeat(5000), "\u{64E}\u{651}".repeat(5000));
    let name = Name::read(&piled, Source::Auto).unwrap();
    for scheme in Scheme::all() {
        assert!(name.write(scheme).len() <= 2 * piled.len(), "{}", scheme.label());
    }
    // Each sign of an Arabic letter once.
    assert_eq!(clean(&format!("م{}", "\u{64E}\u{651}".repeat(5000))), "م\u{651}\u{64E}");
}

#[test]
fn a_mark_without_a_letter_is_read_past() {
    for (text, dmg) in [("\u{301}Qays", "Qays"), ("\u{64E}قيس", "Qays"), ("قيس \u{651}", "Qays")] {
        let written = read(text, Source::Auto).0;
        assert!(written.contains(dmg), "{text:?}: {written}");
    }
}

#[test]
fn no_message_and_no_name_brings_a_control_to_a_terminal() {
    for text in ["Qays \u{202E}😀\u{200D}😀", "Qays \u{1B}[31m", "محمد \u{E0041}\u{9B}", "Qays \u{2028}ab"] {
        let name = Name::read(text, Source::Auto).unwrap();
        for note in name.notes() {
            assert!(!note.error.to_string().chars().any(is_dangerous), "{note:?}");
        }
        for scheme in Scheme::all() {
            let written = name.write(scheme);
            assert!(!written.chars().any(char::is_control), "{written:?}");
        }
    }
}

#[test]
fn a_registry_takes_any_name() {
    let mut registry = People::new();
    for (place, name) in ["a\0b", "\u{202E}x", "Иван", "م\u{64E}", &"Qays ".repeat(1000), &"x".repeat(1 << 20)].iter().enumerate() {
        registry.add(&format!("q{place}"), [name.to_string()]).unwrap();
    }
    assert_eq!(registry.len(), 6);
    for query in ["", "\0", "Иван", "Qays", &"y ".repeat(10_000)] {
        let found = registry.link(query, &Default::default());
        assert!(found.matches.len() <= 5 && found.matches.iter().all(|m| (0.0..=1.0).contains(&m.probability)));
    }
}
