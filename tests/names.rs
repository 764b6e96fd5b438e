//! What a name is made of: its parts, and spellings that part or join its words.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{rows, scheme};
use nasab::{Name, Source};

fn name(text: &str) -> Name {
    Name::read(text, Source::Auto).unwrap()
}

#[test]
fn each_structure_has_its_parts() {
    let rows = rows("parts.tsv");
    assert!(rows.len() >= 40, "{}", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let parts: Vec<String> =
            name(row["name"]).parts().iter().map(|p| format!("{}={}", p.role().label(), p.text(scheme("dmg")))).collect();
        if parts.join("|") != row["parts"] {
            wrong.push(format!("{}: {}, not {}", row["name"], parts.join("|"), row["parts"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_apart_joined_and_hyphenated_are_one_name() {
    for (dmg, arabic, spellings) in [
        (
            "Nūr ad-Dīn",
            "نور الدين",
            &["نور الدين", "نورالدين", "نور‌الدین", "Noureddine", "Nureddin", "Nur al-Din", "Nur-ad-Din", "Nur ad-Din", "Nūr al-Dīn"][..],
        ),
        (
            "ʿAbd ar-Raḥmān",
            "عبد الرحمن",
            &[
                "عبد الرحمن",
                "عبدالرحمن",
                "عبد-الرحمن",
                "Abdurrahman",
                "Abderrahmane",
                "Abdel Rahman",
                "Abdul Rahman",
                "Abdul-Rahman",
                "Abd al-Rahman",
                "Abd-ar-Rahman",
                "Abd Al Rahman",
                "ʻAbd al-Raḥmān",
            ],
        ),
        ("ʿAbd Allāh", "عبد الله", &["عبد الله", "عبدالله", "عبد\u{FDF2}", "Abdullah", "Abdallah", "Abd Allah", "ʿAbdallāh"]),
        ("ʿAbd al-Qādir", "عبد القادر", &["عبدالقادر", "Abdelkader", "Abdulqadir", "Abdel Kader", "Abd el-Kader", "Abd-al-Qadir"]),
        ("Abū Bakr", "أبو بكر", &["أبو بكر", "ابو بكر", "ابوبكر", "أبوبكر", "Abu Bakr", "Abou Bakr", "Abū Bakr", "Abu-Bakr"]),
        ("Naṣr Allāh", "نصر الله", &["نصر الله", "نصرالله", "Nasrallah", "Nasr Allah", "Nasrullah"]),
    ] {
        for spelling in spellings {
            let name = name(spelling);
            assert_eq!(name.write(scheme("dmg")), dmg, "{spelling}");
            // With vowel signs: Arabic text is otherwise given back as it was typed.
            let letters: String =
                name.write(scheme("arabic-vocalised")).chars().filter(|c| !nasab::orthography::is_arabic_mark(*c)).collect();
            assert_eq!(letters, arabic, "{spelling}");
            assert_eq!(name.parts().len(), 1, "{spelling}");
        }
    }
}

#[test]
fn the_comma_of_a_heading_stays_where_it_is_in_either_script() {
    for (typed, dmg, arabic) in [
        ("حسين، طه", "Ḥusayn, Ṭāhā", "حسين، طه"),
        ("Ḥusayn, Ṭāhā", "Ḥusayn, Ṭāhā", "حسين، طه"),
        ("ابن خلدون، عبد الرحمن", "Ibn Ḫaldūn, ʿAbd ar-Raḥmān", "ابن خلدون، عبد الرحمن"),
        ("Ibn Khaldūn, ʻAbd al-Raḥmān", "Ibn Ḫaldūn, ʿAbd ar-Raḥmān", "ابن خلدون، عبد الرحمن"),
    ] {
        assert_eq!(name(typed).write(scheme("dmg")), dmg);
        assert_eq!(name(typed).write(scheme("arabic")), arabic);
    }
}

#[test]
fn the_son_is_spelled_by_its_place() {
    for (typed, arabic) in [("ibn Sīnā", "ابن سينا"), ("bin Laden", "ابن لادن"), ("ʿAlī ibn Ḥusayn", "علي بن حسين")]
    {
        assert_eq!(name(typed).write(scheme("arabic")), arabic);
    }
    for (label, son) in [("dmg", "ʿAlī b. Ḥusayn"), ("ala-lc", "ʻAlī ibn Ḥusayn"), ("ijmes", "ʿAlī bin Ḥusayn")] {
        assert_eq!(name("علي بن حسين").write(scheme(label)), son, "{label}");
    }
}

#[test]
fn a_word_alone_is_a_name_even_where_particles_are_spelled_so() {
    for (typed, dmg) in [("Abu", "Abū"), ("علي", "ʿAlī"), ("Ali", "ʿAlī"), ("El Ali", "al-ʿAlī")] {
        assert_eq!(name(typed).write(scheme("dmg")), dmg);
        assert_eq!(name(typed).parts().len(), 1, "{typed}");
    }
}

/// The article goes with what follows, however it is cut off and whatever its vowel.
#[test]
fn articles_of_loose_spelling_find_their_word() {
    for (latin, arabic) in [
        ("Zia-ur-Rahman", "ضياء الرحمن"),
        ("Shams ud Din", "شمس الدين"),
        ("Salem Nor Eldin", "سالم نور الدين"),
        ("Noureddine Bouteflika", "نور الدين بوتفليقة"),
    ] {
        assert_eq!(Name::read(latin, Source::Auto).unwrap().write(scheme("arabic")), arabic, "{latin}");
    }
}
