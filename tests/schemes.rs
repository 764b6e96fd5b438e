//! Worked names through every route: unvocalised and vocalised Arabic to each scheme, and the
//! scheme's own spelling back into Arabic and into every other scheme.

mod common;

use common::{rows, scheme};
use nasab::{Name, Scheme, Source};

#[test]
fn from_unvocalised_arabic() {
    each_cell(|row, label, expected| {
        let name = Name::read(row["arabic"], Source::Auto).unwrap();
        assert_eq!(name.write(scheme(label)), expected, "{} in {label}", row["arabic"]);
    });
}

#[test]
fn from_vocalised_arabic() {
    each_cell(|row, label, expected| {
        // These write the signs of the text as well.
        if matches!(label, "buckwalter" | "icao-9303") {
            return;
        }
        let name = Name::read(row["vocalised"], Source::Auto).unwrap();
        assert_eq!(name.write(scheme(label)), expected, "{} in {label}", row["vocalised"]);
    });
}

#[test]
fn vowels_are_supplied() {
    for row in rows("worked.tsv") {
        let name = Name::read(row["arabic"], Source::Auto).unwrap();
        assert_eq!(name.write(scheme("arabic-vocalised")), *nasab::orthography::clean(row["vocalised"]), "{}", row["arabic"]);
    }
}

#[test]
fn from_each_scheme_back_to_arabic() {
    each_cell(|row, label, romanised| {
        let name = Name::read(romanised, Source::Scheme(scheme(label))).unwrap();
        assert_eq!(name.write(scheme("arabic")), row["arabic"], "{romanised} of {label}");
    });
}

/// Any standard into any scheme: what a name is in the target does not depend on where it was read.
#[test]
fn from_scheme_to_scheme() {
    let plain = |s: &Scheme| !s.is_habit() && !matches!(s.label(), "arabic-vocalised" | "iso-233");
    for row in rows("worked.tsv") {
        let name = Name::read(row["arabic"], Source::Auto).unwrap();
        for from in Scheme::all().filter(plain) {
            let read = Name::read(&name.write(from), Source::Scheme(from)).unwrap();
            for to in Scheme::all() {
                assert_eq!(read.write(to), name.write(to), "{} of {from} in {to}", name.write(from));
            }
        }
    }
}

/// Calls `check` with each worked name and scheme.
fn each_cell(check: impl Fn(&common::Row, &str, &str)) {
    let rows = rows("worked.tsv");
    assert!(rows.len() >= 16);
    for row in &rows {
        for (label, cell) in row.iter().filter(|(label, _)| !matches!(**label, "arabic" | "vocalised")) {
            check(row, label, cell);
        }
    }
}

/// The examples of Doc 9303-3, appendix B: names as the document spells them in Arabic, without hamza.
#[test]
fn machine_readable_names_are_those_of_the_document() {
    let icao = scheme("icao-9303");
    for (arabic, code) in [
        ("ابو بكر محمد بن زكريا الرازي", "ABW<BKR<MXHMD<BN<ZKRYA<ALRAZY"),
        ("جمال عبد الناصر", "JMAL<EBD<ALNAXSSR"),
        ("جميلة نعيمة", "JMYLXAH<NEYMXAH"),
        ("إسماعيل عزّ الدين", "ISMAEYL<EZZ<ALDYN"),
        ("هاري الشماع", "HARY<ALXSHMAE"),
        ("عبّاس", "EBBAS"),
        ("فضّة", "FXDZXDZXAH"),
    ] {
        assert_eq!(Name::read(arabic, Source::Auto).unwrap().write(icao), code);
        let back = Name::read(code, Source::Scheme(icao)).unwrap();
        let letters = |text: &str| nasab::orthography::fold_arabic(text);
        let plain: String = arabic.chars().filter(|c| *c != '\u{651}').collect();
        assert_eq!(letters(&back.write(scheme("arabic"))), letters(&plain), "{code}");
    }
    // The table and the examples disagree on one word, so that both are to be had and both are read.
    for (label, code) in [("icao-9303", "EBD<ALLH"), ("icao-9303:allxh", "EBD<ALLXH")] {
        assert_eq!(Name::read("عبد الله", Source::Auto).unwrap().write(scheme(label)), code);
        assert_eq!(Name::read(code, Source::Scheme(scheme(label))).unwrap().write(scheme("arabic")), "عبد الله");
    }
}

#[test]
fn options_are_what_the_sources_disagree_in() {
    for (label, arabic, expected) in [
        ("dmg", "فاطمة عطية", "Fāṭima ʿAṭīya"),
        ("dmg:din-1982", "فاطمة عطية", "Fāṭimah ʿAṭiyyah"),
        ("dmg", "حسين بن علي", "Ḥusayn b. ʿAlī"),
        ("dmg:ai,ibn", "حسين بن علي", "Ḥusain ibn ʿAlī"),
        ("ses", "جمال", "Gamâl"),
        ("ses:upper-egypt", "جمال", "Jamâl"),
        ("un-1972", "الشارقة", "Ash Shāriqah"),
        ("un-1972:hyphen", "الشارقة", "ash-Shāriqah"),
    ] {
        let own = scheme(label);
        let written = Name::read(arabic, Source::Auto).unwrap().write(own);
        assert_eq!(written, expected, "{label}");
        assert_eq!(Name::read(&written, Source::Scheme(own)).unwrap().write(scheme("arabic")), arabic, "{written} of {label}");
        assert_eq!(own.to_string(), label);
    }
    let error = Scheme::find("dmg:din-1983").unwrap_err();
    assert_eq!((error.to_string().as_str(), error.hint()), ("scheme `dmg` has no option `din-1983`", Some("did you mean `dmg:din-1982`?")));
    assert_eq!(Scheme::find("ei3:x").unwrap_err().hint(), Some("it has none"));
}

/// EI2 writes the vowel before an elided article short; ISO 233-2 and names in pausa leave case endings out.
#[test]
fn what_words_owe_each_other() {
    for (label, arabic, expected) in [
        ("ei2", "أبو الفضل", "Abu ’l-Faḍl"),
        ("ei3", "أبو الفضل", "Abū l-Faḍl"),
        ("ei3", "عبد الله", "ʿAbdallāh"),
        ("ala-lc", "أبو الفضل", "Abū al-Faḍl"),
        ("iso-233-2", "الشَّمْسُ", "al-Šams"),
        ("dmg", "مُحَمَّدٌ", "Muḥammad"),
        ("ala-lc", "قَاضٍ", "Qāḍin"),
        ("ala-lc", "مَعْنًى", "Maʻnan"),
        ("un-1972", "جُمهُورِيَّة مِصر", "Jumhūrīyat Mişr"),
        ("dmg", "عَمْرو", "ʿAmr"),
        ("arabtex", "أَحْمَد الشَّرْقَاوِيّ", "'a.hmad al-^sarqAwI"),
    ] {
        assert_eq!(Name::read(arabic, Source::Auto).unwrap().write(scheme(label)), expected, "{arabic} in {label}");
    }
}

#[test]
fn loose_spellings_are_read_in_their_habit() {
    for (label, written, arabic) in [
        ("press-fr", "Kaïs El Khazaali", "قيس الخزعلي"),
        ("press-de", "Kais al-Chasali", "قيس الخزعلي"),
        ("press-en", "Qais al-Khazali", "قيس الخزعلي"),
        ("press-eg", "Gamal Abdel Nasser", "جمال عبد الناصر"),
        ("arabizi", "7asan el 5az3ali", "حسن الخزعلي"),
        ("arabizi", "3abd el ra7man", "عبد الرحمن"),
    ] {
        let name = Name::read(written, Source::Scheme(scheme(label))).unwrap();
        let readings: Vec<String> = name.readings(scheme("arabic"), 5).into_iter().map(|r| r.arabic).collect();
        assert!(readings.iter().any(|r| r == arabic), "{written} of {label}: {readings:?}");
    }
}

#[test]
fn headings_keep_their_form() {
    for (from, text, to, expected) in [
        ("auto", "الزنجاني، محمود، 1884-", "ala-lc", "al-Zanjānī, Maḥmūd, 1884-"),
        ("ala-lc", "Ibn Khaldūn, ʻAbd al-Raḥmān, 1332-1406", "dmg", "Ibn Ḫaldūn, ʿAbd ar-Raḥmān, 1332-1406"),
        ("dmg", "ar-Rāzī, Muḥammad b. Zakarīyā", "ala-lc", "al-Rāzī, Muḥammad ibn Zakarīyā"),
        ("dmg", "al-Ḫazʿalī, Qays", "arabic", "الخزعلي، قيس"),
    ] {
        let source = if from == "auto" { Source::Auto } else { Source::Scheme(scheme(from)) };
        assert_eq!(Name::read(text, source).unwrap().write(scheme(to)), expected);
    }
    let ala = scheme("ala-lc");
    let name = Name::read("الزنجاني، محمود", Source::Auto).unwrap();
    assert_eq!(name.clone().without_initial_article().write(ala), "Zanjānī, Maḥmūd");
    assert_eq!(ala.sort_key(&name.write(ala)), "zanjani mahmud");
    assert_eq!(scheme("un-2017").ascii("Qays Al H̱asan"), "Qays Al Hasan");
    assert_eq!(scheme("dmg").ascii("Šayyāʿ Ḥāǧǧ Ṯurayyā Ġ."), "Shayya Hajj Thurayya Gh.");
}

/// Marks may come composed, apart or half and half; letters of two scripts in one word are told.
#[test]
fn typing_does_not_matter() {
    use unicode_normalization::UnicodeNormalization;
    for (label, text) in
        [("dmg", "Muṣṭafā Ḫalīl aš-Šāṭirī"), ("bgn-pcgn", "Z̧āfir al Ḩakīm"), ("ei2", "K̲h̲ālid al-S̲h̲īrāzī"), ("un-2017", "H̱asan Al Kād͟him")]
    {
        let own = scheme(label);
        let expected = Name::read(text, Source::Scheme(own)).unwrap().write(own);
        assert_eq!(expected, text);
        let apart: String = text.nfd().collect();
        // The dot below composed and the macron not, or the reverse: what is typed when marks are added.
        let half: String = text
            .chars()
            .enumerate()
            .flat_map(|(n, c)| if n % 2 == 0 { c.to_string().nfd().collect::<Vec<_>>() } else { vec![c] })
            .collect();
        for typed in [apart, half] {
            assert_eq!(Name::read(&typed, Source::Scheme(own)).unwrap().write(own), text, "{typed:?}");
        }
    }
    let mixed = Name::read("محمدAli", Source::Auto).unwrap();
    assert!(
        mixed.notes().iter().any(|n| n.error.to_string().contains("Arabic and Latin letters in one word") && n.error.column() == Some(5))
    );
}

#[test]
fn strange_letters_are_told_with_their_places() {
    assert_eq!(scheme("dmg").strange("Muḥamþad ʒAli"), [(6, 'þ'), (10, 'ʒ')]);
    assert_eq!(scheme("ala-lc").strange("Šayyāʿ H̱asan"), [(1, 'Š')]);
    assert!(scheme("un-2017").strange("H̱asan Kād͟him").is_empty());
    let name = Name::read("Šaẏyāʒ", Source::Scheme(scheme("ala-lc"))).unwrap();
    let places: Vec<_> = name.notes().iter().filter_map(|n| n.error.column()).collect();
    assert_eq!(places, [1, 3, 6]);
}

#[test]
fn unknown_scheme_names_the_nearest() {
    let error = Scheme::find("dgm").unwrap_err();
    assert_eq!(error.to_string(), "there is no scheme `dgm`");
    assert!(error.hint().unwrap().contains("`dmg`"), "{:?}", error.hint());
}

#[test]
fn digraphs_are_guarded_where_the_scheme_guards() {
    use nasab::hub::Word;
    for (form, label, expected) in [
        ("adham", "ala-lc", "Adʹham"),
        ("adham", "bgn-pcgn", "Ad·ham"),
        ("adham", "ijmes", "Adham"),
        ("ashal", "ala-lc", "Asʹhal"),
        ("mathaf", "ala-lc", "Matʹhaf"),
        ("aḍhar", "ala-lc", "Aḍhar"),
        ("aššab", "ala-lc", "Ashshab"),
        ("ḥayāẗ", "ala-lc", "Ḥayāh"),
        ("ḥayāẗ", "dmg", "Ḥayāh"),
        ("ʿaliyyaẗ", "dmg", "ʿAlīya"),
        ("muruwwaẗ", "ala-lc", "Murūwah"),
        ("qurʾān", "ala-lc", "Qurʼān"),
    ] {
        assert_eq!(scheme(label).write_word(&Word::parse(form).unwrap()), expected, "{form} in {label}");
    }
}

/// A known word that lost the mark of one consonant is likelier than a word nobody knows; what
/// was written stays among the readings.
#[test]
fn a_lost_mark_is_seen() {
    let name = Name::read("Qays al-Haz‘alī", Source::Auto).unwrap();
    let readings: Vec<String> = name.readings(scheme("dmg"), 5).into_iter().map(|r| r.text).collect();
    assert_eq!(readings[0], "Qays al-Ḫazʿalī");
    assert!(readings.iter().any(|r| r == "Qays al-Hazʿalī"), "{readings:?}");
    // A known word is what it says, though a mark would make it another: Hāšim, Salīm.
    for written in ["Hāšim", "Sālim", "Hilāl"] {
        assert_eq!(Name::read(written, Source::Auto).unwrap().write(scheme("dmg")), written);
    }
}

/// Running text writes the conjunction as one with the name; a name in و keeps its letter.
#[test]
fn a_conjunction_is_no_part_of_the_name() {
    for (arabic, dmg, ala_lc) in [
        ("وفياض", "wa-Fayyāḍ", "wa-Fayyāḍ"),
        ("والخزعلي", "wa-l-Ḫazʿalī", "wa-al-Khazʻalī"),
        ("وعمار الحكيم", "wa-ʿAmmār al-Ḥakīm", "wa-ʻAmmār al-Ḥakīm"),
        ("وهيب", "Wahīb", "Wahīb"),
        ("وسيم", "Wasīm", "Wasīm"),
        ("وليد", "Walīd", "Walīd"),
        ("وصفي", "Waṣfī", "Waṣfī"),
    ] {
        let name = Name::read(arabic, Source::Auto).unwrap();
        assert_eq!(name.write(scheme("dmg")), dmg);
        assert_eq!(name.write(scheme("ala-lc")), ala_lc);
        let back = Name::read(dmg, Source::Scheme(scheme("dmg"))).unwrap();
        assert_eq!(back.write(scheme("arabic")), arabic, "{dmg}");
    }
}
