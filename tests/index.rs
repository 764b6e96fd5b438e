//! The search structure: who is in it is found, and what is damaged is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::ONE_MAN;
use nasab::index::{Builder, Index, file};
use proptest::prelude::*;

const NAMES: [&str; 8] = [
    "Qays al-Khazali",
    "ليث الخزعلي",
    "Falih al-Fayyad",
    "Muhammad Shayya' al-Sudani",
    "عمار الحكيم",
    "Noureddine Boukrouh",
    "Mehmet Emin",
    "Abdulrahman Walid al-Kubaysi",
];

fn segment(names: &[(u64, &str)]) -> Vec<u8> {
    let mut builder = Builder::new();
    builder.add(names);
    let mut bytes = Vec::new();
    builder.finish(&mut bytes).unwrap();
    bytes
}

fn index(names: &[&str]) -> Index {
    let numbered: Vec<(u64, &str)> = (1..).zip(names.iter().copied()).collect();
    let mut index = Index::new();
    index.push(segment(&numbered)).unwrap();
    index
}

fn first(index: &Index, name: &str) -> Option<u64> {
    index.search(name, 10).first().map(|found| found.number)
}

#[test]
fn every_spelling_finds_its_man() {
    let index = index(&NAMES);
    for spelling in ONE_MAN {
        let found: Vec<u64> = index.search(spelling, 10).iter().map(|found| found.number).collect();
        assert!(found.contains(&1), "{spelling}: {found:?}");
    }
}

#[test]
fn spellings_apart_in_every_way_are_found() {
    let index = index(&NAMES);
    for (query, number) in [
        ("نور الدين بوكروح", 6),
        ("Nur al-Din Bukruh", 6),
        ("محمد أمين", 7),
        ("عبد الرحمن وليد الكبيسي", 8),
        ("Abd al-Rahman Waleed El Koubaissi", 8),
        ("Amar El-Hakeem", 5),
        ("Mohamed Chiaa Al Soudani", 4),
        ("AL-FAYADH, Faleh", 3),
    ] {
        assert_eq!(first(&index, query), Some(number), "{query}");
    }
    assert!(index.search("Ludwig van Beethoven", 10).is_empty());
}

#[test]
fn segments_together_find_what_one_does() {
    let numbered: Vec<(u64, &str)> = (1..).zip(NAMES).collect();
    let whole = index(&NAMES);
    let mut parts = Index::new();
    for part in numbered.chunks(3) {
        parts.push(segment(part)).unwrap();
    }
    assert_eq!((parts.len(), parts.segments(), parts.last()), (8, 3, 8));
    for query in NAMES.iter().chain(&ONE_MAN) {
        let told =
            |index: &Index| index.search(query, 5).iter().map(|f| (f.number, f.score.to_bits(), f.name.to_string())).collect::<Vec<_>>();
        assert_eq!(told(&whole), told(&parts), "{query}");
    }
}

#[test]
fn a_name_without_letters_takes_no_room_and_numbers_only_rise() {
    let mut index = Index::new();
    index.push(segment(&[(3, "Qays al-Khazali"), (4, "..."), (2, "Laith al-Khazali"), (9, "")])).unwrap();
    assert_eq!((index.len(), index.last()), (1, 3));
    let error = index.push(segment(&[(3, "Falih al-Fayyad")])).unwrap_err();
    assert_eq!(error.to_string(), "the index has names twice");
    index.push(segment(&[])).unwrap();
    assert!(index.search("...", 5).is_empty() && Index::new().search("Qays", 5).is_empty());
}

#[test]
fn what_is_damaged_is_refused() {
    let numbered: Vec<(u64, &str)> = (1..).zip(NAMES).collect();
    let bytes = segment(&numbered);
    for at in (0..bytes.len() * 8).step_by(37) {
        let mut other = bytes.clone();
        other[at / 8] ^= 1 << (at % 8);
        assert!(Index::new().push(other).is_err(), "bit {at} of {}", bytes.len() * 8);
    }
    for length in 0..bytes.len() {
        assert!(Index::new().push(bytes[..length].to_vec()).is_err(), "{length} of {} bytes", bytes.len());
    }
}

#[test]
fn a_file_is_written_whole_and_mapped() {
    let folder = std::env::temp_dir().join(format!("nasab-index-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("names.segment");
    for names in [&NAMES[..3], &NAMES[..]] {
        let numbered: Vec<(u64, &str)> = (1..).zip(names.iter().copied()).collect();
        let mut builder = Builder::new();
        builder.add(&numbered);
        file::save(builder, &path).unwrap();
        let mut index = Index::new();
        index.push(file::map(&path).unwrap()).unwrap();
        assert_eq!((index.len(), first(&index, "قيس الخزعلي")), (names.len(), Some(1)));
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    std::fs::remove_dir_all(&folder).unwrap();
    let error = file::save(Builder::new(), &path).unwrap_err();
    assert!(error.to_string().contains("cannot be written"), "{error}");
    assert!(file::map(&path).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is in it finds itself, and no text makes it panic.
    #[test]
    fn every_name_finds_itself(names in proptest::collection::vec("\\PC{0,40}|[a-z]{2,9} (al-)?[a-z]{3,9}|[ا-ي]{2,8} [ا-ي]{3,8}", 1..30)) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let index = index(&names);
        for name in &names {
            let found = index.search(name, 80);
            prop_assert!(found.iter().all(|f| (0.0..=1.0).contains(&f.score)), "{found:?}");
            if name.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2).count() > 1 && name.is_ascii() {
                prop_assert!(found.iter().any(|f| f.name == *name), "{name:?} among {names:?}");
            }
        }
    }
}
