//! Documents of word processors: what is read, and that only what is asked to change changes.

// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "common/program.rs"]
mod program;

use nasab::Scheme;
use nasab::document::{Docx, Format, SURE, fixes, lint, prose};
use program::*;
use std::fs;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Names split between runs, a hyphen that is an element, a reference, a drawing's second copy, a formula, text that was struck out.
const BODY: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>
<w:p w:rsidR="00AA"><w:r><w:t xml:space="preserve">Yesterday Qays al-</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Haz‘</w:t></w:r><w:r><w:t>alī met R&amp;D.</w:t></w:r></w:p>
<w:p/>
<w:p><w:r><w:t>Fāliḥ al</w:t><w:noBreakHyphen/><w:t>Fayyāḍ and Gamāl al&#45;Ġīṭānī</w:t><w:tab/><w:t>met.</w:t></w:r><w:del><w:r><w:delText>al-Haz‘alī</w:delText></w:r></w:del></w:p>
<w:p><mc:AlternateContent><mc:Choice Requires="wps"><w:r><w:t>box</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>box</w:t></w:r></mc:Fallback></mc:AlternateContent><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>
</w:body></w:document>"#;
const NOTES: &str =
    r#"<w:footnotes xmlns:w="x"><w:footnote><w:p><w:r><w:t>See Qays al-Haz‘alī.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, bytes)) in parts.iter().enumerate() {
        let method = if at % 2 == 0 { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        out.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.set_comment("kept").unwrap();
    out.finish().unwrap().into_inner()
}

fn sample() -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("word/document.xml", BODY.as_bytes()),
        ("word/media/image1.png", &[0x89, b'P', b'N', b'G', 0, 255]),
        ("word/footnotes.xml", NOTES.as_bytes()),
    ])
}

fn part(package: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(package)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_line_is_a_paragraph() {
    let docx = Docx::open(sample()).unwrap();
    let expected = "Yesterday Qays al-Haz‘alī met R&D.\n\nFāliḥ al\u{2011}Fayyāḍ and Gamāl al-Ġīṭānī\tmet.\nbox\nSee Qays al-Haz‘alī.\n";
    assert_eq!(docx.text(), expected);
}

#[test]
fn only_the_changed_bytes_change() {
    let bytes = sample();
    let docx = Docx::open(bytes.clone()).unwrap();
    assert_eq!(docx.changed(std::iter::empty()).unwrap(), bytes);
    let text = docx.text();
    let at = |what: &str| text.find(what).map(|start| start..start + what.len()).unwrap();
    // Over runs; a reference; a sign that XML may not have as it is; an element; between two letters.
    let hyphen = at("\u{2011}");
    let changes = [
        (at("al-Haz‘alī"), "al-Ḫazʿalī"),
        (at("&"), "<"),
        (hyphen.clone(), "-"),
        (at("l-Ġīṭānī").start + 1..at("l-Ġīṭānī").start + 2, " "),
        (at("box").end..at("box").end, "es"),
    ];
    let changed = docx.changed(changes.into_iter()).unwrap();
    let expected = BODY
        .replace("Qays al-</w:t>", "Qays al-Ḫazʿalī</w:t>")
        .replace("<w:t>Haz‘</w:t>", "<w:t></w:t>")
        .replace("<w:t>alī met R&amp;D", "<w:t> met R&lt;D")
        .replace("<w:noBreakHyphen/>", "<w:t xml:space=\"preserve\">-</w:t>")
        .replace("al&#45;", "al ")
        .replacen("<w:t>box</w:t>", "<w:t>boxes</w:t>", 1);
    assert_eq!(part(&changed, "word/document.xml"), expected);
    for name in ["[Content_Types].xml", "word/footnotes.xml"] {
        assert_eq!(part(&changed, name), part(&bytes, name));
    }
    let (before, after) = (ZipArchive::new(Cursor::new(&bytes)).unwrap(), ZipArchive::new(Cursor::new(&changed)).unwrap());
    assert_eq!(before.file_names().collect::<Vec<_>>(), after.file_names().collect::<Vec<_>>());
    assert_eq!(after.comment(), b"kept");
    assert!(Docx::open(changed).unwrap().text().starts_with("Yesterday Qays al-Ḫazʿalī met R<D.\n\nFāliḥ al-Fayyāḍ and Gamāl al Ġīṭānī\t"));
}

#[test]
fn names_split_between_runs_are_found_and_mended() {
    let docx = Docx::open(sample()).unwrap();
    let dmg = Scheme::find("dmg").unwrap();
    let found = lint(docx.text(), &prose(docx.text(), Format::Plain), dmg, Some("التقى قيس الخزعلي أمس")).unwrap();
    let mended = Docx::open(docx.changed(fixes(&found, SURE)).unwrap()).unwrap();
    assert!(mended.text().starts_with("Yesterday Qays al-Ḫazʿalī met R&D.\n\nFāliḥ al-Fayyāḍ and "), "{}", mended.text());
    assert!(mended.text().ends_with("See Qays al-Hazʿalī.\n"), "{}", mended.text());
}

#[test]
fn what_is_no_docx_is_told() {
    let refusal = |bytes: Vec<u8>| Docx::open(bytes).unwrap_err().to_string();
    assert_eq!(refusal(package(&[("content.xml", b"<x/>")])), "this is a packed file and no DOCX");
    assert_eq!(refusal(vec![0xD0, 0xCF, 0x11, 0xE0, 0]), "this is a DOC file, or a DOCX file with a password");
    assert!(refusal(b"PK\x03\x04 and no more".to_vec()).starts_with("the DOCX cannot be read: "));
    let open = package(&[("word/document.xml", b"<w:document><w:p></w:document>")]);
    assert!(refusal(open).starts_with("`word/document.xml` of the DOCX is damaged at byte "));
    assert_eq!(refusal(package(&[("word/document.xml", b"<w:t>\xFF</w:t>")])), "`word/document.xml` of the DOCX is not UTF-8");
    // Every cut of a good one is refused or read, and never a panic.
    let whole = sample();
    for len in (0..whole.len()).step_by(7) {
        let _ = Docx::open(whole[..len].to_vec());
    }
}

#[test]
fn the_program_mends_a_document() {
    let folder = std::env::temp_dir().join(format!("nasab-{}-docx", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("article.docx").to_str().unwrap().to_string();
    fs::write(&file, sample()).unwrap();
    let ran = run(&["lint", &file]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("article.docx:1:19\n"), "{}", ran.out);
    let diff = run(&["lint", &file, "--diff", "--sure", "0.5"]);
    assert!(diff.out.contains("-See Qays al-Haz‘alī.\n+See Qays al-Ḫazʿalī.\n"), "{}", diff.out);
    assert_eq!(fs::read(&file).unwrap(), sample(), "--diff changes nothing");
    run(&["lint", &file, "--fix", "--sure", "0.5"]);
    assert!(part(&fs::read(&file).unwrap(), "word/footnotes.xml").contains("<w:t>See Qays al-Ḫazʿalī.</w:t>"));
    fs::write(&file, package(&[("mimetype", b"text")])).unwrap();
    let refused = run(&["lint", &file]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("error: this is a packed file and no DOCX\n --> "), "{}", refused.err);
    fs::remove_dir_all(folder).unwrap();
}
