//! What is told of a text: a defect, its place, and the fix.

use serde::Serialize;
use std::ops::Range;

/// What kind of defect it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// A consonant lost its mark or has a wrong one: h for ḫ.
    Mark,
    /// A vowel is long in every name that is spelled so, or short.
    Length,
    /// ʿayn or hamza is missing, wrong, or typed by another sign than the scheme's.
    Sign,
    /// A letter that the scheme does not have.
    Letter,
    /// Spelled as another scheme spells it: Khazʿalī for Ḫazʿalī.
    Scheme,
    /// The article does not follow the scheme: al-Sūdānī for as-Sūdānī.
    Article,
    /// What joins the article to its word is not what the scheme has.
    Hyphen,
    /// A small letter where the scheme has a capital, or the reverse.
    Capital,
    /// The same name is spelled otherwise elsewhere in the text, or a letter is single that a known name has twice.
    Spelling,
    /// A person whom the house spells otherwise.
    House,
}

impl Code {
    /// As it stands in reports.
    pub fn label(self) -> &'static str {
        match self {
            Code::Mark => "mark",
            Code::Length => "length",
            Code::Sign => "sign",
            Code::Letter => "letter",
            Code::Scheme => "scheme",
            Code::Article => "article",
            Code::Hyphen => "hyphen",
            Code::Capital => "capital",
            Code::Spelling => "spelling",
            Code::House => "house",
        }
    }

    /// One sentence on what it finds.
    pub fn about(self) -> &'static str {
        match self {
            Code::Mark => "a consonant lost its mark or has a wrong one",
            Code::Length => "a vowel is long or short in every name spelled so",
            Code::Sign => "ʿayn or hamza is missing or typed by another sign than the scheme's",
            Code::Letter => "a letter that the scheme does not have",
            Code::Scheme => "a word is spelled as another scheme spells it",
            Code::Article => "the article does not follow the scheme",
            Code::Hyphen => "the article is not joined as the scheme joins it",
            Code::Capital => "a small letter stands where the scheme has a capital, or the reverse",
            Code::Spelling => "the name is spelled otherwise elsewhere in the text, or has a letter twice",
            Code::House => "a person whom the house spells otherwise",
        }
    }

    /// Every code.
    pub const ALL: [Code; 10] = [
        Code::Mark,
        Code::Length,
        Code::Sign,
        Code::Letter,
        Code::Scheme,
        Code::Article,
        Code::Hyphen,
        Code::Capital,
        Code::Spelling,
        Code::House,
    ];
}

/// A defect of a romanized name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What kind it is.
    pub code: Code,
    /// The bytes of the text.
    #[serde(skip)]
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What stands there.
    pub found: String,
    /// What should stand there; `None` where that is not known.
    pub fix: Option<String>,
    /// The whole name, as it stands.
    pub name: String,
    /// Why.
    pub reason: String,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
}

/// From this confidence on a finding is told.
pub const TOLD: f64 = 0.5;
/// From this confidence on a fix is written without asking.
pub const SURE: f64 = 0.9;

/// The changes that mend a text: the bytes of it and what should stand there, in order, none over another. Only findings
/// of at least this confidence are mended.
pub fn fixes(findings: &[Finding], least: f64) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut end = 0;
    findings.iter().filter_map(move |finding| {
        let fix = finding.fix.as_deref().filter(|_| finding.confidence >= least && finding.span.start >= end)?;
        end = finding.span.end;
        Some((finding.span.clone(), fix))
    })
}

/// The text with the fixes written whose findings have at least this confidence.
pub fn fixed(text: &str, findings: &[Finding], least: f64) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, fix) in fixes(findings, least) {
        out.push_str(text.get(at..span.start).unwrap_or(""));
        out.push_str(fix);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
