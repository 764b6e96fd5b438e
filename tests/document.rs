//! Names in running text: lint, align and scan on sentences that were written for them.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nasab::Scheme;
use nasab::document::{Code, Finding, Format, SURE, align, fixed, lint, prose};

fn scheme(label: &str) -> Scheme {
    Scheme::find(label).unwrap()
}

fn check(text: &str, label: &str, arabic: Option<&str>) -> Vec<Finding> {
    lint(text, &prose(text, Format::Plain), scheme(label), arabic).unwrap()
}

fn told(found: &[Finding]) -> Vec<(Code, &str, &str)> {
    found.iter().map(|f| (f.code, f.found.as_str(), f.fix.as_deref().unwrap_or("?"))).collect()
}

/// Each sentence has one planted defect; what is found is that one and its fix.
#[test]
fn every_kind_of_defect_is_found_with_its_fix() {
    for (text, label, code, wrong, right) in [
        ("The minister Fāliḥ al-Fayyād resigned.", "dmg", Code::Mark, "d", "ḍ"),
        ("A letter of ʿAmmār al-Hakīm was read.", "dmg", Code::Mark, "H", "Ḥ"),
        ("The judge ʻAbd al-Karim Qāsim ruled.", "ala-lc", Code::Length, "i", "ī"),
        ("It was ‘Ammār who answered.", "dmg", Code::Sign, "‘", "ʿ"),
        ("She quoted 'Umar al-Muḫtār twice.", "dmg", Code::Sign, "'", "ʿ"),
        ("He met Muḥammad al-Sūdānī in May.", "dmg", Code::Article, "al", "as"),
        ("He met Muḥammad as-Sūdānī in May.", "ala-lc", Code::Article, "as", "al"),
        ("Then al Ḥakīm came in.", "dmg", Code::Hyphen, " ", "-"),
        ("Yesterday Maḥmūd Al-Ḥakīm left.", "dmg", Code::Capital, "Al", "al"),
        ("A speech of Khālid Mišʿal followed.", "dmg", Code::Scheme, "Khālid", "Ḫālid"),
    ] {
        assert_eq!(told(&check(text, label, None)), [(code, wrong, right)], "{text}");
    }
}

#[test]
fn what_is_right_is_left_alone() {
    for (text, label) in [
        ("Muḥammad Šayyāʿ as-Sūdānī, Qays al-Ḫazʿalī and Fāliḥ al-Fayyāḍ met the Iraqi press in Berlin.", "dmg"),
        ("The Müller and Çelik families, Dvořák’s music, and ‘no comment’ from Paris.", "dmg"),
        ("Al-Ḥakīm’s answer came in May; Said Street was closed.", "dmg"),
        ("As Muḥammad said, an ʿAlī at home is not an ʿAlī abroad.", "dmg"),
        ("The village of ar-Rāma and the Yaʿqūbī family are named.", "dmg"),
        ("Abū l-Faḍl and Nūr ad-Dīn are names of the time.", "dmg"),
        ("ʻAbd al-Raḥmān ibn Khaldūn wrote in Cairo.", "ala-lc"),
    ] {
        assert_eq!(told(&check(text, label, None)), [], "{text}");
    }
}

#[test]
fn the_arabic_is_believed_before_the_lexicon() {
    // Both spellings are names; the letters tell which is meant.
    let text = "A poem of Hāmid al-Basrī.";
    let found = check(text, "dmg", Some("قصيدة لحامد البصري."));
    assert_eq!(fixed(text, &found, SURE), "A poem of Ḥāmid al-Baṣrī.");
    assert!(found.iter().all(|f| f.reason.contains("the Arabic has")), "{found:?}");
}

/// What lint has fixed has nothing left that is sure.
#[test]
fn fixing_is_done_in_one_go() {
    let text = "Qays al-Haz‘alī, ‘Ammār Al-Hakīm and Muḥammad al-Sūdānī.";
    let once = fixed(text, &check(text, "dmg", None), 0.5);
    assert_eq!(once, "Qays al-Ḫazʿalī, ʿAmmār al-Ḥakīm and Muḥammad as-Sūdānī.");
    assert_eq!(check(&once, "dmg", None), []);
}

#[test]
fn markup_is_kept_byte_for_byte() {
    let text = "---\ntitle: al-Haz‘alī\n---\n`al-Haz‘alī` [al-Haz‘alī](http://x.example/al-Haz‘alī)\n";
    let found = lint(text, &prose(text, Format::Markdown), scheme("dmg"), None).unwrap();
    let whole = "---\ntitle: al-Haz‘alī\n---\n`al-Haz‘alī` [al-Ḫazʿalī](http://x.example/al-Haz‘alī)\n";
    assert_eq!(fixed(text, &found, 0.5), whole);
}

#[test]
fn names_of_a_translation_find_their_arabic() {
    let arabic = "وصل السفير بوريس كوفالسكي إلى بغداد.\nوالتقى كوفالسكي بعمار الحكيم وفالح الفياض.\nوأثنى والحكيم على الفياض.\n";
    let text =
        "Ambassador Boris Kowalski arrived in Baghdad.\nKowalski met ʿAmmār al-Hakīm and Fāliḥ al-Fayyāḍ.\nal-Ḥakīm praised al-Fayyāḍ.\n";
    let found = align(arabic, text, &prose(text, Format::Plain), scheme("dmg")).unwrap();
    let rows: Vec<(&str, &str, &str)> = found
        .names
        .iter()
        .map(|n| (n.arabic.as_ref().map_or("", |a| a.text.as_str()), n.romanized.text.as_str(), n.written.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            ("بوريس كوفالسكي", "Boris Kowalski", "Boris Kowalski"),
            ("كوفالسكي", "Kowalski", "Kowalski"),
            ("عمار الحكيم", "ʿAmmār al-Hakīm", "ʿAmmār al-Ḥakīm"),
            ("فالح الفياض", "Fāliḥ al-Fayyāḍ", "Fāliḥ al-Fayyāḍ"),
            ("الحكيم", "al-Ḥakīm", "al-Ḥakīm"),
            ("الفياض", "al-Fayyāḍ", "al-Fayyāḍ"),
        ]
    );
    assert!(found.parallel);
    assert_eq!((found.names[2].prefix.as_str(), found.names[3].prefix.as_str()), ("ب", "و"));
    assert_eq!(found.names[5].full.as_deref(), Some("Fāliḥ al-Fayyāḍ"));
}

#[test]
fn texts_that_are_not_parallel_are_not_forced() {
    let arabic = "الطقس جميل اليوم في المدينة.\nسافر الناس إلى البحر.\n";
    let text = "Qays al-Ḫazʿalī met Fāliḥ al-Fayyāḍ.\nThen ʿAmmār al-Ḥakīm and Nūrī al-Mālikī came.\n";
    let found = align(arabic, text, &prose(text, Format::Plain), scheme("dmg")).unwrap();
    assert!(!found.parallel && found.names.iter().all(|n| n.arabic.is_none()), "{found:?}");
    assert_eq!(found.names.len(), 4);
}

#[test]
fn habits_and_scripts_cannot_be_checked() {
    for label in ["arabic", "buckwalter", "press-en", "arabtex"] {
        assert!(lint("Qays", &prose("Qays", Format::Plain), scheme(label), None).is_err(), "{label}");
    }
}

#[test]
fn people_are_found_in_either_script() {
    let mut scanner = nasab::scan::Scanner::new();
    scanner.add("q1", ["Qays al-Khazali".to_string()]).unwrap();
    scanner.add("q2", ["Muhammad Shia al-Sudani".to_string(), "محمد شياع السوداني".to_string()]).unwrap();
    let text = "Yesterday Qaïs el-Khazaali spoke. ثم التقى بمحمد شياع السوداني. Nobody else, in May, on Qays Street.";
    let found: Vec<(String, String)> = scanner.scan(text, 0.5).into_iter().map(|h| (h.text, h.id)).collect();
    assert_eq!(found, [("Qaïs el-Khazaali".to_string(), "q1".to_string()), ("محمد شياع السوداني".to_string(), "q2".to_string())]);
}

#[test]
fn an_article_that_stands_alone_parts_no_name() {
    let mut scanner = nasab::scan::Scanner::new();
    scanner.add("maliki", ["Nouri al-Maliki".to_string()]).unwrap();
    scanner.add("allawi", ["إياد علاوي".to_string()]).unwrap();
    let text = "As Nouri Al Maliki met Ayad El Allawi, NOURI AL MALIKI said: not Nouri, Al, as Maliki.";
    let found: Vec<(String, String)> = scanner.scan(text, 0.5).into_iter().map(|h| (h.text, h.id)).collect();
    let own = |text: &str, id: &str| (text.to_string(), id.to_string());
    assert_eq!(found, [own("Nouri Al Maliki", "maliki"), own("Ayad El Allawi", "allawi"), own("NOURI AL MALIKI", "maliki")]);
}

/// Any text: no panic, places that exist, and findings in order that do not overlap.
#[test]
fn hostile_text_does_no_harm() {
    let parts = [
        "‘", "al-", "Ḥ", "̣", "ʿ", "َ", "ا", "\u{202e}", "<b", "`", "\\", "$", "&", "-", "--", " ", "\n", "Abū ", "ʿAbd ", "Qays", "ﷲ", "🙂",
        "’s",
    ];
    for seed in 0..2000usize {
        let text: String = (0..12).map(|k| parts[(seed * 31 + k * k * 7 + seed / (k + 1)) % parts.len()]).collect();
        for format in [Format::Plain, Format::Markdown, Format::Html, Format::Latex] {
            let kept = prose(&text, format);
            assert!(kept.windows(2).all(|w| w[0].end <= w[1].start) && kept.iter().all(|r| text.get(r.clone()).is_some()));
            let found = lint(&text, &kept, scheme("dmg"), Some("قيس الخزعلي")).unwrap();
            assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{text:?}");
            assert!(found.iter().all(|f| text.get(f.span.clone()) == Some(f.found.as_str())), "{text:?}");
        }
    }
}
