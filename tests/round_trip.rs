//! What goes through a scheme and comes back: every word of the lexicon, and words made at random.
//!
//! A scheme that calls itself reversible gives vocalised Arabic back letter for letter. Any other gives a word
//! back up to the losses that are computed from its table, and merges no two words beyond them.

mod common;

use common::{lexicon_words, scheme, standards};
use nasab::hub::Word;
use nasab::{Name, Place, Scheme, Source};
use std::collections::BTreeMap;

/// The word as it sounds: the spelling that no sound carries is the one loss that every such scheme has.
fn heard(word: &Word) -> Word {
    Word::new(word.units.clone()).with_article(word.article)
}

#[test]
fn reversible_schemes_give_vocalised_arabic_back() {
    let reversible: Vec<Scheme> = Scheme::all().filter(|s| s.reversible()).collect();
    let labels: Vec<&str> = reversible.iter().map(|s| s.label()).collect();
    assert_eq!(labels, ["arabic-vocalised", "buckwalter", "hsb", "iso-233", "safe-buckwalter"]);
    let vocalised = scheme("arabic-vocalised");
    for scheme in reversible {
        for word in lexicon_words() {
            let text = word.vocalised();
            let written = Name::read(&text, Source::Auto).unwrap().write(scheme);
            let back = Name::read(&written, Source::Scheme(scheme)).unwrap().write(vocalised);
            assert_eq!(back, text, "{word} in {scheme}: {written}");
        }
    }
}

#[test]
fn every_claim_is_what_the_losses_say() {
    for scheme in Scheme::all() {
        assert_eq!(scheme.reversible(), scheme.losses().is_empty(), "{scheme}");
    }
}

/// A declared loss is a real one: two words that differ in nothing else are written alike.
#[test]
fn every_declared_loss_is_real() {
    let vowel = |c: char| "aiuāīūá".contains(c);
    for scheme in standards() {
        for loss in scheme.losses() {
            let framed = |stretch: &str| {
                let before = if stretch.starts_with(vowel) || stretch.starts_with('ẗ') { "" } else { "a" };
                let after = if stretch.ends_with(|c| vowel(c) || c == 'ⁿ') { "r" } else { "" };
                let form = match loss.place {
                    Place::Anywhere => format!("r{before}{stretch}{after}ār"),
                    Place::End if stretch.is_empty() => "rār".to_string(),
                    Place::End => format!("rār{before}{stretch}"),
                };
                Word::parse(&form).unwrap_or_else(|| panic!("{form}"))
            };
            let (one, other) = (framed(&loss.one), framed(&loss.other));
            assert_ne!(one, other, "{loss:?} of {scheme}");
            let construct = |word: &Word| {
                // ة before what it governs.
                let name = Name::read(&format!("{} الله", word.vocalised()), Source::Auto).unwrap();
                let written = name.write(scheme);
                // ʿAbdallāh is one word in some schemes.
                let end = written.to_lowercase().find([' ', 'l']).unwrap_or(written.len());
                written.get(..end).unwrap_or_default().trim_end_matches('a').to_string()
            };
            let alike = scheme.write_word(&one) == scheme.write_word(&other)
                || scheme.write_word(&one) == construct(&other)
                || construct(&one) == scheme.write_word(&other);
            assert!(alike, "{loss:?} of {scheme}: {} and {}", scheme.write_word(&one), scheme.write_word(&other));
        }
    }
}

#[test]
fn words_come_back_up_to_the_declared_losses() {
    for scheme in standards() {
        let losses = scheme.losses();
        for (number, word) in lexicon_words().into_iter().enumerate() {
            let word = word.with_article(number % 4 == 0);
            let written = scheme.write_word(&word);
            let back = scheme.read_word(&written);
            let first = back.first().map(|(word, _)| scheme.without_losses(word, &losses));
            assert_eq!(first, Some(scheme.without_losses(&heard(&word), &losses)), "{word} in {scheme}: {written} {back:?}");
            assert!((back.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
}

/// No two words are written alike but for the declared losses.
#[test]
fn nothing_else_is_lost() {
    for scheme in standards() {
        let losses = scheme.losses();
        let mut seen: BTreeMap<String, Word> = BTreeMap::new();
        for word in lexicon_words() {
            let word = scheme.without_losses(&heard(&word), &losses);
            let written = scheme.write_word(&word);
            if let Some(first) = seen.get(&written) {
                assert_eq!(first, &word, "{scheme} writes both {written}");
            } else {
                seen.insert(written, word);
            }
        }
    }
}

/// Loose spellings: the word is among the candidates, far more often than not.
#[test]
fn habits_are_read_into_candidates() {
    for scheme in Scheme::all().filter(|s| s.is_habit()) {
        let losses = scheme.losses();
        let words: Vec<Word> = lexicon_words().into_iter().step_by(9).collect();
        let found = words.iter().filter(|word| {
            let wanted = scheme.without_losses(&heard(word), &losses);
            scheme.read_word(&scheme.write_word(word)).iter().any(|(read, _)| scheme.without_losses(read, &losses) == wanted)
        });
        let share = found.count() as f64 / words.len() as f64;
        assert!(share > 0.9, "{scheme}: {share:.3}");
    }
}
