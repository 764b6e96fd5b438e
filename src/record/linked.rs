//! Personal names of a MARC record and the 880 fields that have them in Arabic script.

use super::heading::{self, Entry, Written, has_arabic, parted};
use super::{Finding, Job, Kind, Task};
use crate::error::Error;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Fields with a person's name.
const NAMES: [&str; 4] = ["100", "600", "700", "800"];

/// A field of a record; control fields have no subfields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Field {
    pub tag: String,
    pub indicators: [char; 2],
    pub subfields: Vec<(char, String)>,
}

/// A record as both formats have it.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub number: u64,
    pub control: Option<String>,
    pub fields: Vec<Field>,
}

/// What is to be changed.
#[derive(Debug, PartialEq)]
pub(super) enum Change {
    /// The link of a field.
    Link { field: usize, value: String },
    /// A new field in front of that one; behind all where there is none.
    New { before: usize, field: Field },
}

/// Where `$6` leads: the tag, the number, and what follows it.
struct Link<'a> {
    tag: &'a str,
    number: &'a str,
}

impl Field {
    pub fn first(&self, code: char) -> Option<&str> {
        self.subfields.iter().find(|(own, _)| *own == code).map(|(_, value)| value.as_str())
    }

    fn link(&self) -> Option<Link<'_>> {
        let (tag, rest) = self.first('6')?.trim().split_once('-')?;
        Some(Link { tag, number: rest.get(..2).filter(|n| n.bytes().all(|b| b.is_ascii_digit()))? })
    }

    fn is_person(&self, tag: &str) -> bool {
        NAMES.contains(&tag) && matches!(self.indicators[0], '0' | '1') && self.first('a').is_some()
    }

    /// The field that an 880 stands for.
    fn stands_for(&self) -> Option<&str> {
        let tag = self.link().filter(|_| self.tag == "880")?.tag;
        (self.is_person(tag) && self.first('a').is_some_and(has_arabic)).then_some(tag)
    }
}

/// What is found in a record, and what is to be changed for it.
pub(super) fn work(record: &Record, job: &Job) -> (Vec<Finding>, Vec<Change>) {
    let mut desk = Desk { record, job, findings: Vec::new(), changes: Vec::new(), next: next_number(record) };
    for (at, field) in record.fields.iter().enumerate() {
        match job.task {
            Task::Check if field.is_person(&field.tag) => desk.check(field),
            Task::FillArabic if field.is_person(&field.tag) && desk.partner(field).is_none() => desk.fill(at, field, "880"),
            Task::FillRomanized => {
                if let Some(tag) = field.stands_for().filter(|tag| desk.partner_of_880(field, tag).is_none()) {
                    desk.fill(at, field, tag);
                }
            }
            _ => {}
        }
    }
    (desk.findings, desk.changes)
}

fn next_number(record: &Record) -> usize {
    record.fields.iter().filter_map(|f| f.link()?.number.parse::<usize>().ok()).max().unwrap_or(0) + 1
}

struct Desk<'a> {
    record: &'a Record,
    job: &'a Job,
    findings: Vec<Finding>,
    changes: Vec<Change>,
    /// The next free number of a link.
    next: usize,
}

impl<'a> Desk<'a> {
    /// The 880 field of a field.
    fn partner(&self, field: &Field) -> Option<&'a Field> {
        let link = field.link().filter(|link| link.tag == "880" && link.number != "00")?;
        let answers = |other: &&Field| other.link().is_some_and(|l| l.tag == field.tag && l.number == link.number);
        self.record.fields.iter().filter(|f| f.tag == "880").find(answers)
    }

    fn partner_of_880(&self, field: &Field, tag: &str) -> Option<&'a Field> {
        let link = field.link().filter(|link| link.number != "00")?;
        let answers = |other: &&Field| other.link().is_some_and(|l| l.tag == "880" && l.number == link.number);
        self.record.fields.iter().filter(|f| f.tag == tag).find(answers)
    }

    fn tell(&mut self, tag: &str, kind: Kind, found: &str, expected: Option<Written>, message: String) {
        let (expected, probability) = expected.map(|w| (w.text, w.probability)).unzip();
        let (record, control) = (self.record.number, self.record.control.clone());
        let (field, found) = (tag.to_string(), found.to_string());
        self.findings.push(Finding { record, control, field, kind, found, expected, probability, message, written: false });
    }

    fn check(&mut self, field: &Field) {
        let Some(partner) = self.partner(field) else {
            if let Some(link) = field.link().filter(|link| link.number != "00") {
                let message = format!("`$6 {}-{}` leads to no field", link.tag, link.number);
                self.tell(&field.tag, Kind::Link, field.first('a').unwrap_or(""), None, message);
            }
            return;
        };
        let (own, arabic) = (field.first('a').unwrap_or(""), partner.first('a').unwrap_or(""));
        if !has_arabic(arabic) {
            return;
        }
        match heading::disagreement(arabic, own, self.job.scheme, Entry::Heading) {
            Ok(None) => {}
            Ok(Some(d)) => {
                let found = parted(own).0;
                let message =
                    format!("`{found}` beside `{}`: {}; expected `{}` ({:.2})", parted(arabic).0, d.reason, d.expected, d.probability);
                let expected = Written { text: d.expected, probability: d.probability };
                self.tell(&field.tag, d.kind, found, Some(expected), message);
            }
            Err(error) => self.unread(&field.tag, own, &error),
        }
    }

    fn unread(&mut self, tag: &str, found: &str, error: &Error) {
        self.tell(tag, Kind::Missing, found, None, format!("`{found}` cannot be read: {error}"));
    }

    /// Makes the field of the other script: 880, or the field that an 880 stands for.
    fn fill(&mut self, at: usize, field: &Field, tag: &str) {
        let scheme = self.job.scheme;
        let own = field.first('a').unwrap_or("");
        let to_arabic = tag == "880";
        let name_tag = if to_arabic { field.tag.as_str() } else { tag };
        if to_arabic && (has_arabic(own) || !heading::is_arabic_name(own, scheme)) {
            return;
        }
        let written =
            if to_arabic { heading::arabic(own, scheme, Entry::Heading) } else { heading::romanized(own, scheme, Entry::Heading) };
        let written = match written {
            Ok(written) => written,
            Err(error) => return self.unread(&field.tag, own, &error),
        };
        let found = parted(own).0;
        let (expected, probability) = (written.text.clone(), written.probability);
        let refusal = self.refusal(field, name_tag, to_arabic, probability);
        if let Some(why) = refusal {
            let message = format!("`{found}` has no {} beside it; `{expected}` ({probability:.2}) is not written: {why}", side(to_arabic));
            self.tell(&field.tag, Kind::Missing, found, Some(written), message);
            return;
        }
        // A number that leads nowhere yet is kept.
        let kept = field.link().map(|link| link.number).filter(|n| *n != "00");
        let number = kept.map_or_else(|| format!("{:02}", self.next), String::from);
        if kept.is_none() {
            self.next += 1;
        }
        let (new, left_out) = self.made(field, &expected, tag, &number, to_arabic);
        let own_link = if to_arabic { format!("880-{number}") } else { format!("{tag}-{number}/(3/r") };
        if kept.is_none() {
            self.changes.push(Change::Link { field: at, value: own_link });
        }
        let before = self.record.fields.iter().rposition(|f| f.tag.as_str() <= tag).map_or(0, |last| last + 1);
        self.changes.push(Change::New { before, field: new });
        let mut message = format!("`{expected}` ({probability:.2}) written for `{found}`");
        if !left_out.is_empty() {
            message.push_str(&format!("; not taken over: {}", left_out.join(" ")));
        }
        self.tell(tag, Kind::Missing, found, Some(written), message);
        self.findings.last_mut().into_iter().for_each(|finding| finding.written = true);
    }

    /// Why a field is not filled in.
    fn refusal(&self, field: &Field, name_tag: &str, to_arabic: bool, probability: f64) -> Option<String> {
        if probability < self.job.least {
            return Some(format!("it is less likely than {}", self.job.least));
        }
        // A title would stand in the wrong script.
        if let Some((code, _)) = field.subfields.iter().find(|(code, _)| matches!(code, 'f' | 'k' | 'l' | 'n' | 'p' | 't')) {
            return Some(format!("`${code}` is not the name's"));
        }
        let kept = field.link().is_some_and(|link| link.number != "00");
        if self.next > 99 && !kept {
            return Some("there is no number left for its link".to_string());
        }
        let fields = self.record.fields.iter();
        if to_arabic {
            let own = field.first('a').unwrap_or("");
            let same = |f: &Field| {
                let arabic = f.first('a').unwrap_or("");
                f.link().is_some_and(|l| l.tag == name_tag && l.number == "00")
                    && matches!(heading::disagreement(arabic, own, self.job.scheme, Entry::Heading), Ok(None))
            };
            let mut unlinked = fields.filter(|f| f.tag == "880");
            return unlinked.any(same).then(|| "it stands in an 880 field without a link".to_string());
        }
        let arabic = field.first('a').unwrap_or("");
        let same = |f: &Field| {
            let own = f.first('a').unwrap_or("");
            // There is one main entry.
            name_tag == "100"
                || f.link().is_none() && matches!(heading::disagreement(arabic, own, self.job.scheme, Entry::Heading), Ok(None))
        };
        let mut others = fields.filter(|f| f.tag == name_tag);
        others.any(same).then(|| format!("a field {name_tag} stands there without a link to it"))
    }

    /// The new field, and the codes of what it does not have.
    fn made(&self, field: &Field, name: &str, tag: &str, number: &str, to_arabic: bool) -> (Field, Vec<String>) {
        let link = if to_arabic { format!("{}-{number}/(3/r", field.tag) } else { format!("880-{number}") };
        let mut subfields = vec![('6', link)];
        let mut left_out = Vec::new();
        let mut named = false;
        for (code, value) in &field.subfields {
            match code {
                'a' if !named => {
                    named = true;
                    let mut text = if !to_arabic && self.is_decomposed() { name.nfd().collect() } else { name.to_string() };
                    text.push_str(&punctuation(parted(value).1, to_arabic));
                    subfields.push(('a', text));
                }
                // Dates and what the person did.
                'd' | 'e' | '4' if to_arabic || !has_arabic(value) => subfields.push((*code, dated(value, to_arabic))),
                '6' | '0' | '1' => {}
                _ => left_out.push(format!("${code}")),
            }
        }
        (Field { tag: tag.to_string(), indicators: field.indicators, subfields }, left_out)
    }

    /// Whether the record has its marks behind their letters, as MARC came to have them from older character sets.
    fn is_decomposed(&self) -> bool {
        let latin = self.record.fields.iter().filter(|f| f.tag != "880").flat_map(|f| &f.subfields);
        let combining = |c: char| is_combining_mark(c) && c < '\u{370}';
        latin.map(|(_, value)| value).any(|value| value.contains(combining))
    }
}

fn side(to_arabic: bool) -> &'static str {
    if to_arabic { "Arabic" } else { "romanized name" }
}

fn punctuation(tail: &str, to_arabic: bool) -> String {
    if to_arabic { tail.replace(',', "،").replace(';', "؛") } else { tail.replace('،', ",").replace('؛', ";") }
}

/// Dates as they stand; their digits are those of the script.
fn dated(value: &str, to_arabic: bool) -> String {
    if to_arabic {
        return value.to_string();
    }
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10).unwrap_or(c),
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10).unwrap_or(c),
        '،' => ',',
        c => c,
    };
    value.chars().map(digit).collect()
}
