//! Records of catalogues and bibliographies: what is found in them, what is written, and that nothing else changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

#[path = "common/program.rs"]
mod program;

use nasab::Scheme;
use nasab::record::{Finding, Format, Job, Kind, Task, run as run_records};
use program::{File, json_lines, run};
use std::fs;

fn job(task: Task) -> Job {
    Job { scheme: Scheme::find("ala-lc").unwrap(), least: 0.8, task, names: true, keys: false }
}

fn worked(format: Format, bytes: &[u8], job: &Job) -> (Vec<u8>, Vec<Finding>) {
    let (mut out, mut found) = (Vec::new(), Vec::new());
    run_records(format, &mut &bytes[..], &mut out, job, &mut |finding| {
        found.push(finding);
        Ok(())
    })
    .unwrap();
    (out, found)
}

/// A record of MARC 21; `$` begins a subfield, the first two characters of other fields than 00X are the indicators.
fn marc(fields: &[(&str, &str)]) -> Vec<u8> {
    let (mut directory, mut data) = (String::new(), String::new());
    for (tag, text) in fields {
        let text = format!("{}\u{1E}", text.replace('$', "\u{1F}"));
        directory.push_str(&format!("{tag}{:04}{:05}", text.len(), data.len()));
        data.push_str(&text);
    }
    let base = 24 + directory.len() + 1;
    format!("{:05}nam a22{base:05} i 4500{directory}\u{1E}{data}\u{1D}", base + data.len() + 1).into_bytes()
}

/// Its fields again, in the order of the directory.
fn fields(record: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(record).unwrap();
    assert_eq!(text[..5].parse::<usize>().unwrap(), record.len());
    let base: usize = text[12..17].parse().unwrap();
    let entry = |at: usize| {
        let entry = &text[at..at + 12];
        let (length, start): (usize, usize) = (entry[3..7].parse().unwrap(), entry[7..].parse().unwrap());
        let field = &text[base + start..base + start + length];
        (entry[..3].to_string(), field.trim_end_matches('\u{1E}').replace('\u{1F}', "$"))
    };
    (24..base - 1).step_by(12).map(entry).collect()
}

fn good() -> Vec<u8> {
    marc(&[
        ("001", "ocm1"),
        ("100", "1 $6880-01$aKhazʻalī, Qays,$d1974-"),
        ("245", "10$aA book."),
        ("880", "1 $6100-01/(3/r$aالخزعلي، قيس،$d1974-"),
    ])
}

#[test]
fn what_agrees_is_not_told_and_stays_byte_for_byte() {
    let mut file = good();
    file.extend_from_slice(b"\r\n");
    file.extend(marc(&[
        ("001", "2"),
        ("100", "1 $6880-01$aIbn Khaldūn, ʻAbd al-Raḥmān,$d1332-1406."),
        ("700", "1 $aSmith, John,$d1950-"),
        ("700", "1 $6880-02$aḤusayn, Ṭāhā."),
        ("880", "1 $6100-01/(3/r$aابن خلدون، عبد الرحمن،$d1332-1406."),
        ("880", "1 $6700-02/(3/r$aحسين، طه."),
    ]));
    for task in [Task::Check, Task::FillArabic, Task::FillRomanized] {
        let (out, found) = worked(Format::Marc, &file, &job(task));
        assert_eq!(found, [], "{task:?}");
        assert!(out == file, "{task:?}");
    }
}

#[test]
fn disagreements_have_their_kind_and_what_was_expected() {
    let pair = |own: &str, arabic: &str| {
        let file = marc(&[
            ("001", "id7"),
            ("700", &format!("1 $6880-03$a{own},$eauthor.")),
            ("880", &format!("1 $6700-03/(3/r$a{arabic}،$eauthor.")),
        ]);
        let (out, found) = worked(Format::Marc, &file, &job(Task::Check));
        assert_eq!(out, file);
        assert_eq!(found.len(), 1, "{own}: {found:?}");
        let one = found.into_iter().next().unwrap();
        assert_eq!((one.record, one.control.as_deref(), one.field.as_str()), (1, Some("id7"), "700"));
        assert!(one.probability.unwrap() > 0.5 && !one.written);
        (one.kind, one.expected.unwrap())
    };
    let expected = || "Khazʻalī, Qays".to_string();
    assert_eq!(pair("Hazʻalī, Qays", "الخزعلي، قيس"), (Kind::Reading, expected()));
    assert_eq!(pair("Khaz‘ali, Qays", "الخزعلي، قيس"), (Kind::Spelling, expected()));
    assert_eq!(pair("al-Khazʻalī, Qays", "الخزعلي، قيس"), (Kind::Article, expected()));
    assert_eq!(pair("Qays al-Khazʻalī", "الخزعلي، قيس"), (Kind::Inversion, expected()));
    assert_eq!(pair("Khuzʻulī, Qays", "الخزعلي، قيس"), (Kind::Vowels, expected()));
    assert_eq!(pair("Fayyāḍ, Fāliḥ", "الخزعلي، قيس"), (Kind::Reading, expected()));
}

#[test]
fn a_name_in_marks_behind_their_letters_is_the_same_name() {
    let file = marc(&[("700", "1 $6880-01$aH\u{323}usayn, T\u{323}a\u{304}ha\u{304}."), ("880", "1 $6700-01/(3/r$aحسين، طه.")]);
    assert_eq!(worked(Format::Marc, &file, &job(Task::Check)).1, []);
    // What is filled in then has its marks so too.
    let file = marc(&[("245", "10$aAl-Ayya\u{304}m"), ("880", "1 $6700-00/(3/r$aحسين، طه.")]);
    let (out, _) = worked(Format::Marc, &file, &job(Task::FillRomanized));
    assert_eq!(fields(&out)[1].1, "1 $6880-01$aH\u{323}usayn, T\u{323}a\u{304}ha\u{304}.");
}

#[test]
fn a_link_that_leads_nowhere_is_told() {
    let file = marc(&[("100", "1 $6880-05$aKhazʻalī, Qays")]);
    let (_, found) = worked(Format::Marc, &file, &job(Task::Check));
    assert_eq!((found[0].kind, found[0].message.as_str()), (Kind::Link, "`$6 880-05` leads to no field"));
}

#[test]
fn romanized_fields_are_filled_in() {
    let file = marc(&[
        ("001", "9"),
        ("245", "10$aA book."),
        ("880", "1 $6100-00/(3/r$aالخزعلي، قيس،$d١٩٧٤-"),
        ("880", "1 $6700-04/(3/r$aابن خلدون، عبد الرحمن."),
        ("999", "  $aours"),
    ]);
    let (out, found) = worked(Format::Marc, &file, &job(Task::FillRomanized));
    assert_eq!(
        fields(&out),
        [
            ("001", "9"),
            ("100", "1 $6880-05$aKhazʻalī, Qays,$d1974-"),
            ("245", "10$aA book."),
            ("700", "1 $6880-04$aIbn Khaldūn, ʻAbd al-Raḥmān."),
            ("880", "1 $6100-05/(3/r$aالخزعلي، قيس،$d١٩٧٤-"),
            ("880", "1 $6700-04/(3/r$aابن خلدون، عبد الرحمن."),
            ("999", "  $aours"),
        ]
        .map(|(tag, text)| (tag.to_string(), text.to_string()))
    );
    assert!(found.iter().all(|f| f.written && f.kind == Kind::Missing) && found.len() == 2, "{found:?}");
    // Once is enough, and what was written agrees.
    assert_eq!(worked(Format::Marc, &out, &job(Task::FillRomanized)), (out.clone(), vec![]));
    assert_eq!(worked(Format::Marc, &out, &job(Task::Check)).1, []);
}

#[test]
fn arabic_fields_are_filled_in() {
    let file = marc(&[("100", "1 $aKhazʻalī, Qays,$d1974-"), ("700", "1 $aSmith, John."), ("700", "1 $aḤusayn, Ṭāhā,$d1889-1973.")]);
    let (out, found) = worked(Format::Marc, &file, &job(Task::FillArabic));
    assert_eq!(
        fields(&out),
        [
            ("100", "1 $6880-01$aKhazʻalī, Qays,$d1974-"),
            ("700", "1 $aSmith, John."),
            ("700", "1 $6880-02$aḤusayn, Ṭāhā,$d1889-1973."),
            ("880", "1 $6100-01/(3/r$aالخزعلي، قيس،$d1974-"),
            ("880", "1 $6700-02/(3/r$aحسين، طه،$d1889-1973."),
        ]
        .map(|(tag, text)| (tag.to_string(), text.to_string()))
    );
    assert!(found.iter().all(|f| f.written && f.probability.unwrap() >= 0.8), "{found:?}");
    assert_eq!(worked(Format::Marc, &out, &job(Task::Check)).1, []);
}

#[test]
fn what_is_not_sure_is_told_and_not_written() {
    let unsure = Job { least: 0.99, ..job(Task::FillArabic) };
    let file = marc(&[("100", "1 $aKhazʻalī, Qays")]);
    let (out, found) = worked(Format::Marc, &file, &unsure);
    assert_eq!((out, found.len(), found[0].written), (file, 1, false));
    assert!(found[0].message.contains("it is less likely than 0.99"), "{}", found[0].message);
    // A title of the wrong script is not written, nor a second main entry.
    let title = marc(&[("700", "1 $aḤusayn, Ṭāhā.$tAyyām.")]);
    let (out, found) = worked(Format::Marc, &title, &job(Task::FillArabic));
    assert_eq!((out, found[0].written), (title, false));
    let main = marc(&[("100", "1 $aKhazʻalī, Qays"), ("880", "1 $6100-00/(3/r$aالخزعلي، قيس")]);
    let (out, found) = worked(Format::Marc, &main, &job(Task::FillRomanized));
    assert_eq!((out, found[0].written), (main.clone(), false));
    let (out, found) = worked(Format::Marc, &main, &job(Task::FillArabic));
    assert_eq!((out, found[0].written), (main, false));
}

#[test]
fn hostile_marc_is_told_and_handed_on() {
    let good = good();
    let wrong = marc(&[("001", "x"), ("100", "1 $6880-01$aHazʻalī, Qays"), ("880", "1 $6100-01/(3/r$aالخزعلي، قيس")]);
    // Each byte where a record may be cut: the one after it is still worked on.
    for cut in 1..good.len() {
        let file = [&good[..cut], &wrong[..], &good[..]].concat();
        let (out, found) = worked(Format::Marc, &file, &job(Task::Check));
        assert!(out == file, "cut at {cut}");
        assert!(found.iter().any(|f| f.kind == Kind::Broken), "cut at {cut}: {found:?}");
        assert!(found.iter().any(|f| f.control.as_deref() == Some("x")), "cut at {cut}: {found:?}");
    }
    let broken = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bad = good.clone();
        change(&mut bad);
        let file = [&bad[..], &wrong[..]].concat();
        let (out, found) = worked(Format::Marc, &file, &job(Task::FillArabic));
        assert_eq!(out, file);
        let broken = found.iter().find(|f| f.kind == Kind::Broken).unwrap_or_else(|| panic!("{found:?}"));
        broken.message.clone()
    };
    assert!(broken(&|r| r[4] = b'x').contains("does not begin with its length"));
    assert!(broken(&|r| r[31] = b'x').contains("has a wrong directory: entry 1 (001) has no numbers"));
    assert!(broken(&|r| r[35] = b'9').contains("has a wrong directory: entry 1 (001) does not lead to a field"));
    assert!(broken(&|r| r[9] = b' ').contains("MARC-8"));
    assert!(broken(&|r| r[15] = b'1').contains("has no address of its fields"));
    let at = good.len() - 12;
    assert!(broken(&|r| r[at] = 0xFF).contains("not UTF-8 in field 880"));
    assert!(broken(&|r| r[20] = b'5').contains("another build"));
    // A record without an end is not held.
    let long = [&b"99999"[..], &vec![b'a'; 300_000], &[0x1D], &wrong[..]].concat();
    let (out, found) = worked(Format::Marc, &long, &job(Task::Check));
    assert!(out == long && found[0].message.contains("longer than 99999 bytes") && found[1].control.as_deref() == Some("x"), "{found:?}");
    for bytes in [&b""[..], b"\n", b"\x1d\x1d", b"00024\x1d", b"00024nam a2200025 i 4500\x1d"] {
        assert_eq!(worked(Format::Marc, bytes, &job(Task::Check)).0, bytes);
    }
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<marc:collection xmlns:marc="http://www.loc.gov/MARC21/slim">
  <!-- <marc:record> no record -->
  <marc:record>
    <marc:leader>00000nam a2200000 i 4500</marc:leader>
    <marc:controlfield tag="001"> ab&amp;7 </marc:controlfield>
    <marc:datafield tag="100" ind1="1" ind2=" ">
      <marc:subfield code="a">Khaz&#x2BB;alī, Qays,</marc:subfield>
      <marc:subfield code='d'>1974-</marc:subfield>
    </marc:datafield>
    <marc:datafield ind2="0" ind1="1" tag="245"><marc:subfield code="a">A &lt;book&gt;</marc:subfield></marc:datafield>
  </marc:record>
</marc:collection>
"#;

#[test]
fn marcxml_is_filled_in_as_it_is_set() {
    let (out, found) = worked(Format::MarcXml, XML.as_bytes(), &job(Task::FillArabic));
    let out = String::from_utf8(out).unwrap();
    assert_eq!((found.len(), found[0].control.as_deref(), found[0].written), (1, Some("ab&7"), true), "{found:?}");
    let link = "\n      <marc:subfield code=\"6\">880-01</marc:subfield>";
    let new = "\n    <marc:datafield tag=\"880\" ind1=\"1\" ind2=\" \">\n      <marc:subfield code=\"6\">100-01/(3/r</marc:subfield>\n      \
               <marc:subfield code=\"a\">الخزعلي، قيس،</marc:subfield>\n      <marc:subfield code=\"d\">1974-</marc:subfield>\n    \
               </marc:datafield>";
    let expected = XML.replacen("ind2=\" \">", &format!("ind2=\" \">{link}"), 1);
    let expected = expected.replacen("&gt;</marc:subfield></marc:datafield>", &format!("&gt;</marc:subfield></marc:datafield>{new}"), 1);
    assert_eq!(out, expected);
    assert_eq!(worked(Format::MarcXml, out.as_bytes(), &job(Task::Check)).1, []);
    // Without the romanized field it is made again.
    let (start, end) = (out.find("    <marc:datafield tag=\"100\"").unwrap(), out.find("    <marc:datafield ind2").unwrap());
    let without = format!("{}{}", &out[..start], &out[end..]);
    let (again, found) = worked(Format::MarcXml, without.as_bytes(), &job(Task::FillRomanized));
    assert!(found[0].written && String::from_utf8(again).unwrap().contains("<marc:subfield code=\"a\">Khazʻalī, Qays,</marc:subfield>"));
}

#[test]
fn marcxml_stays_byte_for_byte_and_hostile_xml_is_told() {
    let (out, found) = worked(Format::MarcXml, XML.as_bytes(), &job(Task::Check));
    assert!(out == XML.as_bytes() && found.is_empty(), "{found:?}");
    let wrong = r#"<record><controlfield tag="001">x</controlfield><datafield tag="100" ind1="1" ind2=" "><subfield code="6">880-01</subfield><subfield code="a">Hazʻalī, Qays</subfield></datafield><datafield tag="880" ind1="1" ind2=" "><subfield code="6">100-01/(3/r</subfield><subfield code="a">الخزعلي، قيس</subfield></datafield></record>"#;
    for bad in [
        "<record><leader>",
        "<record><leader></record>",
        "<record><datafield tag=\"100\"></subfield></record>",
        "<record>&unknown;</record>",
        "<record><a b=></c></record>",
    ] {
        let file = format!("<collection>{bad}\n{wrong}</collection>");
        let (out, found) = worked(Format::MarcXml, file.as_bytes(), &job(Task::Check));
        assert_eq!(String::from_utf8(out).unwrap(), file);
        assert!(found.iter().any(|f| f.kind == Kind::Broken && f.message.contains("line 1")), "{bad}: {found:?}");
        assert!(found.iter().any(|f| f.control.as_deref() == Some("x")), "{bad}: {found:?}");
    }
    // Cut anywhere nothing is lost, and the cut is told.
    let file = format!("<collection>\n{wrong}\n</collection>");
    for cut in (0..file.len()).filter(|at| file.is_char_boundary(*at)) {
        let (out, found) = worked(Format::MarcXml, &file.as_bytes()[..cut], &job(Task::FillArabic));
        assert!(out == file.as_bytes()[..cut] && found.iter().any(|f| f.kind == Kind::Broken), "cut at {cut}: {found:?}");
    }
    let bytes = [wrong.as_bytes(), b"<record>\xFF</record>"].concat();
    let (out, found) = worked(Format::MarcXml, &bytes, &job(Task::Check));
    assert!(out == bytes && found[1].message.contains("not UTF-8"), "{found:?}");
    // Longer than what is read at a time.
    let many = format!("<collection>{}</collection>", wrong.repeat(500));
    let (out, found) = worked(Format::MarcXml, many.as_bytes(), &job(Task::Check));
    assert!(out == many.as_bytes() && found.len() == 500 && found[499].record == 500);
}

fn text(format: Format, text: &str, job: &Job) -> (String, Vec<Finding>) {
    let (out, found) = worked(format, text.as_bytes(), job);
    (String::from_utf8(out).unwrap(), found)
}

fn dmg(task: Task, keys: bool) -> Job {
    Job { scheme: Scheme::find("dmg").unwrap(), least: 0.5, task, names: true, keys }
}

const BIB: &str = r#"A comment, me@example.org.
@string{pub = "Dār"}
@Book{خزعلي1974,
  author    = {الخزعلي، قيس and Smith, John and {Dār al-Kutub} and others},
  editor    = "Qays al-Khaz{\=a}li",
  title     = {A {Book}, here}, year = 1974,
  publisher = pub # " al-Kutub",
}

@article{ok1, author = {محمد بن زكريا الرازي}, crossref = {خزعلي1974}, date={2001-02-03}}
@article(الخزعلي, author = {قيس الخزعلي}, year = {1974})
"#;

#[test]
fn bibtex_names_are_written_in_place() {
    let (out, found) = text(Format::Bibtex, BIB, &dmg(Task::Write, false));
    let expected = BIB
        .replace("الخزعلي، قيس and", "al-Ḫazʿalī, Qays and")
        .replace("محمد بن زكريا الرازي", "ar-Rāzī, Muḥammad b. Zakarīyā")
        .replace("author = {قيس الخزعلي}", "author = {Qays al-Ḫazʿalī}");
    for (own, wanted) in out.lines().zip(expected.lines()).filter(|(own, _)| !own.contains("editor")) {
        assert_eq!(own, wanted);
    }
    assert!(out.contains("  editor    = \"Qays al-Ḫaz"), "{out}");
    assert!(found.iter().all(|f| f.written) && found.len() == 4, "{found:?}");
    assert_eq!(found[0].control.as_deref(), Some("خزعلي1974"));
    let (out, found) = text(Format::Bibtex, BIB, &dmg(Task::Check, true));
    assert_eq!((out.as_str(), found.iter().filter(|f| f.written).count()), (BIB, 0));
    let english = "@book{a, author = {Donald E. Knuth and García, José}}\n";
    assert_eq!(text(Format::Bibtex, english, &dmg(Task::Write, true)), (english.to_string(), vec![]));
}

#[test]
fn bibtex_keys_become_ascii() {
    let keys = Job { names: false, ..dmg(Task::Write, true) };
    let (out, found) = text(Format::Bibtex, BIB, &keys);
    let expected = BIB
        .replace("@Book{خزعلي1974", "@Book{khazali1974a")
        .replace("crossref = {خزعلي1974}", "crossref = {khazali1974a}")
        .replace("@article(الخزعلي,", "@article(khazali1974b,");
    assert_eq!(out, expected);
    assert!(found.iter().all(|f| f.kind == Kind::Key && f.written) && found.len() == 2);
}

#[test]
fn hostile_bibtex_is_told_and_left() {
    let good = "@book{é, author = {قيس الخزعلي}}\n";
    for bad in ["@book{x, author = {open\n", "@book{x, author = \"a}\n", "@book{x, y}\n", "@book{= 1}\n", "@book{x, a b = 1}\n"] {
        let file = format!("{bad}{good}");
        let (out, found) = text(Format::Bibtex, &file, &dmg(Task::Write, false));
        assert_eq!(out, file.replace("قيس الخزعلي", "Qays al-Ḫazʿalī"), "{bad}");
        assert!(found[0].kind == Kind::Broken && found[0].message.contains("line 1"), "{found:?}");
    }
    for cut in (0..BIB.len()).filter(|at| BIB.is_char_boundary(*at)) {
        assert_eq!(text(Format::Bibtex, &BIB[..cut], &dmg(Task::Check, true)).0, BIB[..cut]);
        text(Format::Bibtex, &BIB[..cut], &dmg(Task::Write, true));
    }
    assert!(worked(Format::Bibtex, b"@book{\xFF}", &dmg(Task::Write, true)).1[0].message.contains("not UTF-8"));
}

const CSL: &str = r#"[
  {"id": "خ", "type":"book", "author": [{"family": "الخزعلي", "given": "قيس"}, {"literal": "UNESCO"}], "issued": {"date-parts": [[1974, 2]]}},
  {"id": 7, "author": [{"given":"Qays","family":"Khazʻalī","non-dropping-particle":"al-"}, {"family":"Smith","given":"John"}], "n": 1.50}
]
"#;

#[test]
fn csl_names_and_ids_are_written_in_place() {
    let (out, found) = text(Format::CslJson, CSL, &dmg(Task::Write, true));
    let expected = CSL
        .replace("\"خ\"", "\"khazali1974\"")
        .replace("\"الخزعلي\", \"given\": \"قيس\"", "\"al-Ḫazʿalī\", \"given\": \"Qays\"")
        .replace("\"Khazʻalī\"", "\"Ḫazʿalī\"");
    assert_eq!(out, expected);
    assert_eq!((found.len(), found[0].record, found[2].record), (3, 1, 2));
    let (out, _) = text(Format::CslJson, CSL, &dmg(Task::Check, true));
    assert_eq!(out, CSL);
}

#[test]
fn hostile_json_is_told_and_left() {
    let good = r#"{"id":"a","author":[{"family":"الخزعلي","given":"قيس"}]}"#;
    for bad in ["{\"id\": }", "{\"id\": \"x}\n}", "{\"id\" \"x\"}", "{\"a\":tru}"] {
        let file = format!("[{bad},\n{good}]");
        let (out, found) = text(Format::CslJson, &file, &dmg(Task::Write, true));
        assert_eq!(out, file.replace("الخزعلي", "al-Ḫazʿalī").replace("قيس", "Qays"), "{bad}");
        assert!(found[0].kind == Kind::Broken && found[0].message.contains("line 1"), "{found:?}");
    }
    for bad in ["", "[", "{", "nonsense", "[{\"id\":\"x\"}"] {
        let (out, found) = text(Format::CslJson, bad, &dmg(Task::Write, true));
        assert!(out == bad && found.iter().any(|f| f.kind == Kind::Broken), "{bad}");
    }
    for cut in (0..CSL.len()).filter(|at| CSL.is_char_boundary(*at)) {
        assert_eq!(text(Format::CslJson, &CSL[..cut], &dmg(Task::Check, true)).0, CSL[..cut]);
    }
}

fn table(tabs: bool) -> Format {
    Format::Table { tabs, arabic: "ar".to_string(), romanized: "la".to_string() }
}

const CSV: &str = "\u{FEFF}id,\"ar\",la,note\r\n1,قيس الخزعلي,,\"a, \"\"b\"\"\nc\"\r\n2,,Ṭāhā Ḥusayn,x\r\n3,قيس الخزعلي,Qays al-Khazʻalī,\n\
                   4,قيس الخزعلي,Qays al-Hazʻalī,\n5,\"الخزعلي، قيس\",\"\",\n,,,\n6,,John Smith,";

#[test]
fn tables_are_checked_and_filled_in() {
    let (out, found) = text(table(false), CSV, &job(Task::Check));
    assert_eq!(out, CSV);
    let kinds: Vec<(u64, Kind)> = found.iter().map(|f| (f.record, f.kind)).collect();
    assert_eq!(kinds, [(2, Kind::Missing), (3, Kind::Missing), (5, Kind::Reading), (6, Kind::Missing)]);
    let (out, found) = text(table(false), CSV, &job(Task::FillRomanized));
    let expected = CSV
        .replace("1,قيس الخزعلي,,", "1,قيس الخزعلي,Qays al-Khazʻalī,")
        .replace("\"الخزعلي، قيس\",\"\"", "\"الخزعلي، قيس\",\"al-Khazʻalī, Qays\"");
    assert_eq!((out, found.len()), (expected, 2));
    let (out, _) = text(table(false), CSV, &job(Task::FillArabic));
    assert_eq!(out, CSV.replace("2,,Ṭāhā", "2,طه حسين,Ṭāhā"));
    let tsv = "ar\tla\nقيس \"الخزعلي\t\nقيس الخزعلي\t\n";
    let (out, _) = text(table(true), tsv, &job(Task::FillRomanized));
    assert!(out.ends_with("قيس الخزعلي\tQays al-Khazʻalī\n"), "{out}");
}

#[test]
fn hostile_tables_are_told_and_handed_on() {
    let (row, done) = ("قيس الخزعلي,\n", "قيس الخزعلي,Qays al-Khazʻalī\n");
    for bad in ["a,\"b\n", "one\n"] {
        let file = format!("ar,la\n{bad}{row}");
        let (out, found) = text(table(false), &file, &job(Task::FillRomanized));
        assert_eq!(out, file.replace(row, done));
        assert_eq!((found[0].kind, found[0].record), (Kind::Broken, 2));
    }
    for bad in ["", "name,la\nقيس,\n"] {
        let (out, found) = text(table(false), bad, &job(Task::FillRomanized));
        assert!(out == bad && found[0].kind == Kind::Broken, "{found:?}");
    }
    let bytes = [b"ar,la\n\xFF,x\n", row.as_bytes()].concat();
    let (out, found) = worked(table(false), &bytes, &job(Task::FillRomanized));
    assert!(out == [b"ar,la\n\xFF,x\n", done.as_bytes()].concat() && found[0].kind == Kind::Broken);
    for cut in (0..CSV.len()).filter(|at| CSV.is_char_boundary(*at)) {
        assert_eq!(text(table(false), &CSV[..cut], &job(Task::Check)).0, CSV[..cut]);
    }
}

#[test]
fn the_program_takes_what_fits_the_file() {
    let bib = File::new("x.bib", BIB);
    let ran = run(&["records", "--to", "dmg", "--keys", bib.path()]);
    assert!(ran.code == 0 && ran.out.contains("@Book{khazali1974a,"), "{}", ran.err);
    let to = File::new("out.bib", "");
    let ran = run(&["records", "--to", "dmg", "--keys", "--output", to.path(), bib.path()]);
    assert!(ran.code == 0 && fs::read_to_string(to.path()).unwrap().contains("@article(khazali1974b,"), "{}", ran.err);
    assert_eq!(fs::read_to_string(bib.path()).unwrap(), BIB);
    assert_eq!(run(&["records", "--fill", "arabic", bib.path()]).code, 2);
    let csv = File::new("x.csv", CSV);
    assert_eq!(run(&["records", csv.path()]).code, 2);
    let ran = run(&["records", "--arabic-column", "ar", "--romanized-column", "la", csv.path()]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 4), "{}", ran.err);
}

#[test]
fn the_program_reports_writes_and_has_its_exit_codes() {
    let wrong = marc(&[("001", "x"), ("100", "1 $6880-01$aHazʻalī, Qays"), ("880", "1 $6100-01/(3/r$aالخزعلي، قيس")]);
    let file = File::new("wrong.mrc", &wrong);
    let ran = run(&["records", file.path()]);
    assert_eq!((ran.code, ran.err.as_str()), (1, "1 findings\n"));
    assert!(ran.out.starts_with(&format!("{}:1:100: reading: `Hazʻalī, Qays` beside", file.path())), "{}", ran.out);
    assert!(ran.out.ends_with(" [x]\n"), "{}", ran.out);
    let ran = run(&["records", "--format", "jsonl", file.path()]);
    let line = &json_lines(&ran.out)[0];
    assert_eq!((line["expected"].as_str(), line["record"].as_u64()), (Some("Khazʻalī, Qays"), Some(1)));
    let clean = File::new("clean.mrc", good());
    assert_eq!(run(&["records", clean.path()]).code, 0);
    let cut = File::new("cut.mrc", &wrong[..40]);
    let ran = run(&["records", cut.path(), file.path()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cut.mrc:1") && ran.out.contains("wrong.mrc:1:100"), "{}", ran.err);
    let open = File::new("open.mrc", marc(&[("100", "1 $aKhazʻalī, Qays")]));
    let filled = run(&["records", "--fill", "arabic", open.path()]);
    assert_eq!(filled.code, 0, "{}", filled.err);
    assert!(filled.out.contains("الخزعلي، قيس") && filled.err.contains("1 findings, 1 written"), "{}", filled.err);
    let told = run(&["records", "--fill", "arabic", "--check", open.path()]);
    assert_eq!((told.code, told.out.contains("الخزعلي، قيس")), (1, true));
    let ran = run(&["records", "--fill", "arabic", "--in-place", open.path()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(fs::read_to_string(open.path()).unwrap(), filled.out);
    assert_eq!(run(&["records", "--in-place", open.path()]).code, 2);
    assert_eq!(run(&["records", "/nowhere.mrc"]).code, 2);
    assert_eq!(run(&["records", "x.pdf"]).code, 2);
}
