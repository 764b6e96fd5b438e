//! A name to the identity that bears it.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::ONE_MAN;
use nasab::{LinkOptions, Linkage, People, Status};

const PEOPLE: [(&str, &[&str]); 4] = [
    ("qays", &["قيس الخزعلي", "Qays Hadi Sayyid Hasan al-Khazali"]),
    ("laith", &["Laith al-Khazali"]),
    ("hakim", &["Qays al-Ḥakīm"]),
    ("qasim", &["Qasim al-Khazraji"]),
];

/// A registry of these people, each with so many of his names.
fn registry(order: &[usize], names: usize) -> People {
    let mut registry = People::new();
    for &place in order {
        let (id, all) = PEOPLE[place];
        registry.add(id, all.iter().take(names).map(|n| n.to_string())).unwrap();
    }
    registry
}

fn ask(registry: &People, name: &str) -> Linkage {
    registry.link(name, &LinkOptions::default())
}

/// Every order of four.
fn orders() -> Vec<[usize; 4]> {
    let mut orders = Vec::new();
    for n in 0..256usize {
        let order = [n % 4, n / 4 % 4, n / 16 % 4, n / 64];
        if (0..4).all(|place| order.contains(&place)) {
            orders.push(order);
        }
    }
    assert_eq!(orders.len(), 24);
    orders
}

#[test]
fn each_spelling_finds_its_man() {
    for names in [1, 2] {
        let registry = registry(&[0, 1, 2, 3], names);
        for spelling in ONE_MAN {
            let found = ask(&registry, spelling);
            assert_eq!(found.matches[0].id, "qays", "{found:?}");
            assert_ne!(found.status, Status::None, "{found:?}");
        }
    }
}

#[test]
fn the_others_find_themselves() {
    let registry = registry(&[0, 1, 2, 3], 2);
    for (spelling, id) in [
        ("ليث الخزعلي", "laith"),
        ("Layth al-Khazʻalī", "laith"),
        ("قيس الحكيم", "hakim"),
        ("AL-HAKIM, Qais", "hakim"),
        ("قاسم الخزرجي", "qasim"),
        ("Kassem Khazraji", "qasim"),
    ] {
        let found = ask(&registry, spelling);
        assert_eq!(found.matches[0].id, id, "{found:?}");
        assert_ne!(found.status, Status::None, "{found:?}");
    }
}

#[test]
fn strangers_find_nobody() {
    let registry = registry(&[0, 1, 2, 3], 2);
    for stranger in ["Fāliḥ al-Fayyāḍ", "محمد شياع السوداني", "Nadia Haddad", "😀", ""] {
        let found = ask(&registry, stranger);
        assert_eq!(found.status, Status::None, "{found:?}");
        assert_eq!(found.query, stranger);
    }
    let nobody = ask(&People::new(), "Qays al-Khazali");
    assert_eq!((nobody.status, nobody.matches.len()), (Status::None, 0));
}

#[test]
fn every_order_of_the_registry_answers_alike() {
    let first = registry(&[0, 1, 2, 3], 2);
    for order in orders() {
        let registry = registry(&order, 2);
        for name in ONE_MAN.iter().chain(&["Laith al-Khazali", "قيس", "الخزعلي"]) {
            assert_eq!(ask(&registry, name), ask(&first, name), "{order:?}");
        }
    }
}

#[test]
fn the_best_name_of_an_identity_answers() {
    let mut registry = People::new();
    registry.add("q", ["Nadia Haddad".to_string(), "قيس الخزعلي".to_string()]).unwrap();
    registry.add("q", ["Qays al-Khazali".to_string()]).unwrap();
    assert_eq!(registry.len(), 1, "names of one id are one identity's");
    for (asked, answered) in [("Qays al-Khazali", "Qays al-Khazali"), ("Nadya Haddad", "Nadia Haddad")] {
        let found = ask(&registry, asked);
        assert_eq!(found.matches.iter().map(|m| (m.id.as_str(), m.name.as_str())).collect::<Vec<_>>(), [("q", answered)]);
        assert_eq!(found.status, Status::Linked, "{found:?}");
    }
}

#[test]
fn two_that_are_as_good_are_for_a_person_to_judge() {
    let mut registry = People::new();
    registry.add("b", ["Qays al-Khazali".to_string()]).unwrap();
    registry.add("a", ["Qays al-Khazali".to_string()]).unwrap();
    let mut options = LinkOptions::default();
    for top in [5, 1] {
        options.top = top;
        let found = registry.link("Qays al-Khazali", &options);
        assert_eq!(found.status, Status::Review, "{found:?}");
        assert_eq!((found.matches[0].id.as_str(), found.matches.len()), ("a", top.min(2)));
    }
}

#[test]
fn options_are_kept() {
    let registry = registry(&[0, 1, 2, 3], 2);
    let mut options = LinkOptions::default();
    options.top = 1;
    assert_eq!(registry.link("Qays al-Khazali", &options).matches.len(), 1);
    let sure = registry.link("Qays al-Khazali", &options).matches[0].probability;
    (options.threshold, options.review) = (sure, sure);
    assert_eq!(registry.link("Qays al-Khazali", &options).status, Status::Linked);
    options.threshold = 1.1;
    assert_eq!(registry.link("Qays al-Khazali", &options).status, Status::Review);
    options.review = 1.1;
    assert_eq!(registry.link("Qays al-Khazali", &options).status, Status::None);
}

#[test]
fn no_id_and_no_name_are_refused() {
    let mut registry = People::new();
    for id in ["", "  ", "\t"] {
        let error = registry.add(id, ["Qays".to_string()]).unwrap_err();
        assert_eq!(error.to_string(), "no id");
        assert!(error.hint().is_some());
    }
    for names in [vec![], vec![""], vec!["  ", "123"], vec!["😀"]] {
        let error = registry.add("q1", names.into_iter().map(String::from)).unwrap_err();
        assert_eq!(error.to_string(), "no name for `q1`");
        assert!(error.hint().is_some());
    }
    assert!(registry.is_empty(), "a refused row leaves nothing behind");
    registry.add("q1", ["".to_string(), "Qays al-Khazali".to_string()]).unwrap();
    assert_eq!(ask(&registry, "Qays al-Khazali").matches[0].name, "Qays al-Khazali");
}
