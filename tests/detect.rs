//! Which scheme a text is in: names written by the project's own writers, and what people send.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::scheme;
use nasab::{Name, Scheme, Source, detect};

const SCHEMES: [&str; 6] = ["dmg", "ala-lc", "ijmes", "ei2", "bgn-pcgn", "wehr"];

/// Three words each, drawn in a fixed order from the lexicon: two given names and a nisba.
fn names(count: usize) -> Vec<String> {
    let folder = format!("{}/tables/lexicon", env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str, kind: &str| -> Vec<String> {
        let text = std::fs::read_to_string(format!("{folder}/{file}.tsv")).unwrap();
        let rows = text.lines().filter(|l| !l.starts_with('#') && !l.starts_with("form\t"));
        rows.filter(|l| l.split('\t').nth(1).is_some_and(|k| k.starts_with(kind)))
            .map(|l| l.split('\t').next().unwrap().to_string())
            .collect()
    };
    let given = [read("given-men", "ism"), read("given-women", "ism"), read("classical", "ism")].concat();
    let nisbas = read("nisba-place-tribe", "nisba");
    let vocalised = |form: &str, article: bool| nasab::hub::Word::parse(form).unwrap().with_article(article).vocalised();
    (0..count)
        .map(|n| {
            let pick = |list: &[String], step: usize| list[n * step % list.len()].clone();
            let words = [vocalised(&pick(&given, 37), false), vocalised(&pick(&given, 61), false), vocalised(&pick(&nisbas, 53), true)];
            words.join(" ")
        })
        .collect()
}

/// The scheme is named with the highest probability, alone or with others that cannot differ.
fn is_first(text: &str, wanted: Scheme) -> bool {
    let found = detect(text);
    let best = found.fits.first().map_or(0.0, |fit| fit.probability);
    found.fits.iter().any(|fit| fit.scheme == wanted && fit.probability > best - 1e-9)
}

fn share(label: &str, names: &[String], size: usize) -> f64 {
    let own = scheme(label);
    let written: Vec<String> = names.iter().map(|name| Name::read(name, Source::Auto).unwrap().write(own)).collect();
    let right = written.chunks(size).filter(|list| is_first(&list.join("\n"), own)).count();
    right as f64 / written.chunks(size).len() as f64
}

#[test]
fn single_names_of_three_words_are_told() {
    let names = names(100);
    for label in SCHEMES {
        let share = share(label, &names, 1);
        assert!(share >= 0.95, "{label}: {share:.3}");
    }
}

#[test]
fn lists_of_ten_are_told() {
    let names = names(200);
    for label in SCHEMES {
        let share = share(label, &names, 10);
        assert!(share >= 0.995, "{label}: {share:.3}");
    }
}

#[test]
fn a_mixture_is_told_as_one() {
    let found = detect("Muḥammad Shayyāʻ al-Sūdānī, Qays al-Khazʻalī, ʿAbd ar-Raḥmān aš-Šarqāwī");
    assert!(found.mixed, "{found:?}");
    let best = &found.fits[0];
    assert!(best.unexplained.len() < 7, "{best:?}");
    assert!(found.evidence.iter().any(|e| e.sign == "š" && e.count == 2 && e.schemes.iter().any(|s| s.label() == "dmg")));
    assert!(!detect("Muḥammad Shayyāʻ al-Sūdānī, Qays al-Khazʻalī").mixed);
}

/// A translator's text: DMG but for the sign of ʿayn, and one ḫ that has lost its mark.
#[test]
fn a_text_with_slips_is_still_told() {
    let text = "‘Ammār al-Ḥakīm\nFāliḥ al-Fayyāḍ\nMuḥammad Šayyā‘ as-Sūdānī\nQays al-Haz‘alī\nAhl al-Ḥaqq";
    let found = detect(text);
    assert_eq!(found.fits[0].scheme.label(), "dmg", "{found:?}");
    assert!(found.fits[0].probability > 0.9);
}

#[test]
fn arabic_and_nothing_are_told() {
    assert_eq!(detect("قيس الخزعلي").fits[0].scheme.label(), "arabic");
    assert_eq!(detect("قَيْس الْخَزْعَلِيّ").fits[0].scheme.label(), "arabic-vocalised");
    assert_eq!(detect("EmAr AlHkym").fits[0].scheme.label(), "buckwalter");
    assert!(detect("").fits.is_empty() && detect("1923 – 12").fits.is_empty());
}

/// Names are untrusted: what is no name of any scheme gives probabilities all the same.
#[test]
fn odd_texts_are_borne() {
    let long = "ā".repeat(5_000);
    let many = "Qays al-Khazʻalī ".repeat(3_000);
    for text in ["al-", "al", "-", "’", "a\u{301}\u{323}\u{331}", "\u{202E}Qays", "٣ قيس3", "ﷺ", "<<<", ".h^s_t", &long, &many] {
        let found = detect(text);
        assert!(found.fits.iter().map(|f| f.probability).sum::<f64>() < 1.0 + 1e-9, "{found:?}");
        assert!(found.fits.iter().all(|f| f.probability.is_finite()), "{found:?}");
    }
}
