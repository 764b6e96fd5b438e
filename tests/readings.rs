//! Which words a spelling is read as: by the lexicon, by the vocaliser, by the place in the name, and back from
//! loose Latin.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::scheme;
use nasab::{Name, NameReading, Source};

fn readings(text: &str, label: &str) -> Vec<NameReading> {
    Name::read(text, Source::Auto).unwrap().readings(scheme(label), 5)
}

fn first(text: &str, label: &str) -> String {
    readings(text, label).remove(0).text
}

#[test]
fn loose_latin_goes_back_to_arabic() {
    for (latin, arabic) in [
        ("Noureddine Bouteflika", "نور الدين بوتفليقة"),
        ("Abdelaziz Bouteflika", "عبد العزيز بوتفليقة"),
        ("Gamal Abdel Nasser", "جمال عبد الناصر"),
        ("Mahmoud Darwish", "محمود درويش"),
        ("Naguib Mahfouz", "نجيب محفوظ"),
        ("Houari Boumediene", "هواري بومدين"),
        ("Fayrouz", "فيروز"),
        ("Ghassan Kanafani", "غسان كنفاني"),
        ("Sher Mohammad Stanikzai", "شير محمد ستانكزي"),
    ] {
        let found = readings(latin, "arabic");
        assert!(found.iter().any(|r| r.arabic == arabic), "{latin}: {found:?}");
        assert!(found.windows(2).all(|pair| pair[0].probability >= pair[1].probability), "{latin}: {found:?}");
    }
    assert_eq!(first("Noureddine Bouteflika", "arabic"), "نور الدين بوتفليقة");
}

#[test]
fn words_of_no_row_are_spelled_by_their_sound() {
    for (latin, arabic) in [("Droukdal", "دروكدال"), ("Tukhmash", "تخماش"), ("Bumbasari", "بومباساري")] {
        let found = readings(latin, "arabic");
        assert!(found.iter().any(|r| r.arabic == arabic), "{latin}: {found:?}");
        assert!(found[0].guessed, "{latin} stands in the lexicon now; take another");
    }
}

#[test]
fn the_place_chooses_between_readings() {
    for (arabic, dmg) in [
        ("حسن حسني عبد الوهاب", "Ḥasan Ḥusnī ʿAbd al-Wahhāb"),
        ("محمد جعفر الحسني", "Muḥammad Ǧaʿfar al-Ḥasanī"),
        ("نظام الملك", "Niẓām al-Mulk"),
        ("عبد الملك", "ʿAbd al-Malik"),
        ("جمال الدين", "Ǧamāl ad-Dīn"),
        ("عمرو بن العاص", "ʿAmr b. al-ʿĀṣ"),
        ("عمر بن الخطاب", "ʿUmar b. al-Ḫaṭṭāb"),
        ("علي حسين الحكيم", "ʿAlī Ḥusayn al-Ḥakīm"),
        ("عزت الدوري", "ʿIzzat ad-Dūrī"),
        ("عزة إبراهيم الدوري", "ʿIzzat Ibrāhīm ad-Dūrī"),
    ] {
        let found = readings(arabic, "dmg");
        assert_eq!(found[0].text, dmg, "{found:?}");
    }
}

#[test]
fn foreign_names_are_known_in_their_own_spelling() {
    for (arabic, ala_lc, original) in [
        ("پزشکیان", "Pizishkiyān", "Pezeshkian"),
        ("گوران", "Gūrān", "Goran"),
        ("ڤيان", "Viyān", "Viyan"),
        ("إلبروس كوتراشيف", "Ilbrūs Kūtrāshīf", "Elbrus Kutrashev"),
    ] {
        let name = Name::read(arabic, Source::Auto).unwrap();
        assert_eq!(name.write(scheme("ala-lc")), ala_lc);
        assert_eq!(name.original(scheme("ala-lc")).as_deref(), Some(original));
    }
    assert_eq!(Name::read("محمد علي", Source::Auto).unwrap().original(scheme("ala-lc")), None);
}

#[test]
fn what_no_row_supports_says_so_and_leaves_room() {
    let known = &readings("محمد", "dmg")[0];
    assert!(!known.guessed && known.probability > 0.99, "{known:?}");
    let rare = readings("مخشلبي", "dmg");
    assert!(rare[0].guessed && rare[0].probability < 0.9, "{rare:?}");
    for text in ["محمد", "مخشلبي", "حسني", "كوان", "Qais al-Khazali", "Tukhmash"] {
        let sum: f64 = readings(text, "dmg").iter().map(|r| r.probability).sum();
        assert!(sum <= 1.0 + 1e-9, "{text}: {sum}");
    }
}

/// A thread keeps words it has read. What it kept, and that it began anew, must change nothing.
#[test]
fn words_read_before_are_read_the_same() {
    let texts = ["حسن حسني عبد الوهاب", "الحسني، حسن", "ابو بكر", "أبو", "Gamal Abdel Nasser", "Nasser", "al-Nasser", "Ǧamāl an-Nāṣir"];
    let read = || -> Vec<Vec<NameReading>> { texts.iter().map(|t| readings(t, "dmg")).collect() };
    let fresh = std::thread::spawn(move || texts.iter().rev().map(|t| readings(t, "dmg")).rev().collect::<Vec<_>>()).join().unwrap();
    assert_eq!(read(), fresh);
    assert_eq!(read(), fresh);
    let letters: Vec<char> = "بتثجحخدذرزسشصضطظعغفقكلمن".chars().collect();
    for n in 0..9000usize {
        let word: String = [n % 24, n / 24 % 24, n / 576 % 24].iter().map(|at| letters[*at]).collect();
        let _ = Name::read(&word, Source::Auto);
    }
    assert_eq!(read(), fresh);
}
