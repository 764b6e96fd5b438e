//! Cleaning, rule by rule: what is typed, and what a reader of it would see.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{rows, unescape};
use nasab::orthography::{ayn_sign, clean, fold_arabic, hamza_sign};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What people type for ʿayn, without the digits and the letters of other words.
const AYN: &str = "ʿʻ‘ʽ‛`ˋʕˤᶜ°'Ꜥꜥ";
/// The same for hamza.
const HAMZA: &str = "ʾʼ’'´ˈˌˊ′ˀʔꞋꞌꜢꜣʹ";

#[test]
fn each_rule() {
    let rows = rows("orthography.tsv");
    assert!(rows.len() > 250, "{}", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .map(|row| (row, clean(&unescape(row["typed"])).into_owned()))
        .filter(|(row, found)| *found != unescape(row["clean"]))
        .map(|(row, found)| format!("{}: {} gave {}, not {}", row["case"], row["typed"], found.escape_unicode(), row["clean"]))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_inside_a_name_and_in_every_composition() {
    for row in rows("orthography.tsv") {
        let (typed, expected) = (unescape(row["typed"]), unescape(row["clean"]));
        let (nfc, nfd): (String, String) = (typed.nfc().collect(), typed.nfd().collect());
        for form in [nfc, nfd] {
            assert_eq!(clean(&form), expected, "{}: {}", row["case"], form.escape_unicode());
        }
        let inside = format!("محمد {typed} علي");
        let around = if expected.is_empty() { "محمد علي".to_string() } else { format!("محمد {expected} علي") };
        assert_eq!(clean(&inside), around, "{}: {}", row["case"], row["typed"]);
    }
}

#[test]
fn clean_text_is_borrowed_and_other_text_is_not() {
    for row in rows("orthography.tsv") {
        let (typed, expected) = (unescape(row["typed"]), unescape(row["clean"]));
        assert!(matches!(clean(&expected), Cow::Borrowed(_)), "{}", row["clean"]);
        assert_eq!(matches!(clean(&typed), Cow::Borrowed(_)), typed == expected, "{}", row["typed"]);
    }
}

#[test]
fn signs_of_ayn_and_hamza_are_kept_as_typed() {
    for (signs, known) in [(AYN, ayn_sign as fn(char) -> bool), (HAMZA, hamza_sign)] {
        for sign in signs.chars() {
            assert!(known(sign), "{sign} U+{:04X}", u32::from(sign));
            for text in [format!("Haz{sign}alī"), format!("{sign}Ammār"), format!("Šayyā{sign}")] {
                assert_eq!(clean(&text), text, "U+{:04X}", u32::from(sign));
                assert!(matches!(clean(&text), Cow::Borrowed(_)), "{text}");
            }
        }
    }
    for text in ["3ammar", "Su2ad", "7asan 9ali7"] {
        assert_eq!(clean(text), text);
    }
}

#[test]
fn folding_joins_what_writers_mix_up_and_nothing_else() {
    for alike in [["أحمد", "احمد"], ["إبراهيم", "ابراهيم"], ["آمنة", "امنه"], ["مصطفى", "مصطفي"], ["مؤمن", "مومن"], ["ر\u{64E}ائد", "رايد"]]
    {
        assert_eq!(fold_arabic(alike[0]), fold_arabic(alike[1]));
    }
    for apart in [["سعد", "صعد"], ["حسن", "حسين"], ["عمر", "عمرو"], ["زهره", "ظهره"]] {
        assert_ne!(fold_arabic(apart[0]), fold_arabic(apart[1]));
    }
}
