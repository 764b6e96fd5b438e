//! CSL-JSON: names and ids by their places. An item with broken JSON does not spoil the next.

use super::edit::{Edit, edited};
use super::people::{Keys, finding, in_scheme, key_finding};
use super::{Finding, Job, Task};
use crate::name::particle::is_article;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::ops::Range;

type Object<'a> = BTreeMap<String, &'a RawValue>;

/// Fields with people.
const PEOPLE: [&str; 4] = ["author", "editor", "translator", "container-author"];

/// An item with its place in the list.
struct Item<'a> {
    number: u64,
    id: Option<(String, Range<usize>)>,
    object: Object<'a>,
}

pub(super) fn work(text: &str, job: &Job) -> (String, Vec<Finding>) {
    let (mut findings, mut edits): (Vec<Finding>, Vec<Edit>) = (Vec::new(), Vec::new());
    let mut items: Vec<Item> = Vec::new();
    let mut told = false;
    for (place, span) in items_of(text).into_iter().enumerate() {
        let number = place as u64 + 1;
        match serde_json::from_str::<Object>(text.get(span.clone()).unwrap_or("")) {
            Ok(object) => {
                let id = object.get("id").and_then(|id| Some((serde_json::from_str(id.get()).ok()?, place_of(text, id))));
                items.push(Item { number, id, object });
            }
            Err(error) => {
                told = true;
                let line = text.get(..span.start).unwrap_or("").matches('\n').count() + error.line();
                findings.push(Finding::broken(number, None, format!("the item is no JSON in line {line}: {error}; it is left as it is")));
            }
        }
    }
    // What stands between the items.
    if let Some(error) = serde_json::from_str::<IgnoredAny>(text).err().filter(|_| !told) {
        findings.push(Finding::broken(items.len() as u64, None, format!("the file is no JSON: {error}")));
    }
    if job.names {
        for item in &items {
            for (field, value) in PEOPLE.iter().filter_map(|field| Some((*field, *item.object.get(*field)?))) {
                let people: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
                for person in people.iter().filter_map(|person| serde_json::from_str::<Object>(person.get()).ok()) {
                    if let Some((told, own)) = named(text, item, field, &person, job) {
                        edits.extend(own.into_iter().filter(|_| told.written));
                        findings.push(told);
                    }
                }
            }
        }
    }
    if job.keys {
        let ids = || items.iter().filter_map(|item| Some((item, item.id.as_ref()?)));
        let foreign: Vec<_> = ids().filter(|(_, (id, _))| !id.is_ascii()).collect();
        let mut keys = Keys::new(ids().map(|(_, (id, _))| id.clone()).filter(|id| id.is_ascii()).collect());
        let stems: Vec<(String, String)> = foreign.iter().map(|(item, _)| (family(&item.object), year(&item.object))).collect();
        for ((item, (id, span)), key) in foreign.iter().zip(keys.make(&stems, job.scheme)) {
            findings.push(key_finding(item.number, id, key.clone(), job));
            edits.push((span.clone(), quoted(&key)));
        }
    }
    findings.sort_by_key(|finding| finding.record);
    (if job.task == Task::Write { edited(text, &mut edits) } else { text.to_string() }, findings)
}

/// A person in the scheme, surname and forename apart.
fn named(text: &str, item: &Item, field: &str, person: &Object, job: &Job) -> Option<(Finding, Vec<Edit>)> {
    let part = |key: &str| person.get(key).and_then(|value| serde_json::from_str::<String>(value.get()).ok());
    let (family, given) = (part("family")?, part("given").unwrap_or_default());
    let particle = part("non-dropping-particle").unwrap_or_default();
    // Another particle is of another language.
    let article = is_article(particle.trim().trim_end_matches('-').to_lowercase().as_str());
    if part("dropping-particle").is_some_and(|p| !p.is_empty()) || !particle.is_empty() && !article || family.contains([',', '،']) {
        return None;
    }
    let lead = if article { format!("{}-", particle.trim().trim_end_matches('-')) } else { String::new() };
    let whole = |family: &str, given: &str| if given.is_empty() { family.to_string() } else { format!("{family}, {given}") };
    let shown = whole(&format!("{lead}{family}"), &given);
    let (written, probability) = in_scheme(&shown, job.scheme)?;
    let (new_family, new_given) = match written.split_once(',').or(written.split_once('،')) {
        Some((family, given)) => (family.trim(), given.trim()),
        None => (written.trim(), ""),
    };
    if new_given.is_empty() != given.is_empty() {
        return None;
    }
    let mut edits = Vec::new();
    let mut put = |key: &str, old: &str, new: &str| {
        if let Some(value) = person.get(key).filter(|_| old != new) {
            edits.push((place_of(text, value), quoted(new)));
        }
    };
    match new_family.split_once('-').filter(|_| article) {
        Some((own, stem)) => {
            put("non-dropping-particle", &particle, &format!("{own}{}", if particle.ends_with('-') { "-" } else { "" }));
            put("family", &family, stem);
        }
        None if article => return None,
        None => put("family", &family, new_family),
    }
    put("given", &given, new_given);
    let control = item.id.as_ref().map(|(id, _)| id.clone());
    (!edits.is_empty()).then(|| (finding(item.number, control, field, &shown, (written, probability), job), edits))
}

/// The surname of the first person.
fn family(item: &Object) -> String {
    let first = PEOPLE.iter().find_map(|field| {
        let people: Vec<&RawValue> = serde_json::from_str(item.get(*field)?.get()).ok()?;
        serde_json::from_str::<Object>(people.first()?.get()).ok()
    });
    let part = |key: &str| serde_json::from_str::<String>(first.as_ref()?.get(key)?.get()).ok();
    part("family").or_else(|| part("literal")).unwrap_or_default()
}

fn year(item: &Object) -> String {
    item.get("issued").map_or(String::new(), |issued| {
        let digits: String = issued.get().chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        digits
    })
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Where a value lies in the text that it was read from.
fn place_of(text: &str, value: &RawValue) -> Range<usize> {
    let start = (value.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + value.get().len()
}

/// The items of a list, or the one item of a file, by their braces; one that does not close goes to the end.
fn items_of(text: &str) -> Vec<Range<usize>> {
    let (mut out, mut depth, mut start, mut quoted, mut escaped) = (Vec::new(), 0usize, 0, false, false);
    for (at, b) in text.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            // No string goes over a line: one that is not closed ends there.
            b'\n' => quoted = false,
            b'"' if depth > 0 => quoted = !quoted,
            b'{' if !quoted => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            b'}' if !quoted && depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    out.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        out.push(start..text.len());
    }
    out
}
