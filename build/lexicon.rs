//! The lexicon and its two indexes as bytes; `src/pack.rs` says how, `src/tables.rs` reads them.

use crate::check::{Entry, GENDERS, KINDS, ORIGINS};
use crate::key;
use crate::pack::slot;
use std::collections::BTreeMap;

/// Files of the build with the text to write into each.
pub fn files(lexicon: &[Entry], rarity: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>, Vec<String>> {
    let mut errors = Vec::new();
    let (mut rows, mut starts) = (Vec::new(), Vec::new());
    for (entry, rarity) in lexicon.iter().zip(rarity) {
        starts.extend((rows.len() as u32).to_le_bytes());
        if let Err(error) = row(entry, *rarity, &mut rows) {
            errors.push(error);
        }
    }
    let by_arabic = index(lexicon, |e| vec![key::arabic(&e.word.stem_arabic())]);
    let by_latin = index(lexicon, |e| {
        let mut keys = key::latin_of_form(&e.form);
        keys.extend(e.press.iter().flat_map(|p| key::latin(p)));
        keys
    });
    let mut files = vec![("lexicon.rows", rows), ("lexicon.starts", starts)];
    for (map, [slots, records]) in [(by_arabic, ["arabic.slots", "arabic.records"]), (by_latin, ["latin.slots", "latin.records"])] {
        match packed(&map) {
            Ok((s, r)) => files.extend([(slots, s), (records, r)]),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

fn text(text: &str, out: &mut Vec<u8>) -> Result<(), String> {
    out.push(u8::try_from(text.len()).map_err(|_| format!("`{text}` is longer than 255 bytes"))?);
    out.extend(text.as_bytes());
    Ok(())
}

fn row(entry: &Entry, rarity: u8, out: &mut Vec<u8>) -> Result<(), String> {
    let place = |list: &[&str], value: &str| list.iter().position(|x| *x == value).unwrap_or(0) as u8;
    let kinds = entry.kinds.iter().filter_map(|k| KINDS.iter().position(|x| x == k)).fold(0u8, |bits, k| bits | 1 << k);
    let chief = entry.kinds.first().map_or(0, |k| place(KINDS, k));
    out.extend([kinds, chief, entry.freq, place(GENDERS, &entry.gender), place(ORIGINS, &entry.origin), rarity]);
    text(&entry.form, out)?;
    text(entry.word.spelling.as_deref().unwrap_or(""), out)?;
    text(&entry.press.join(","), out)
}

/// Keys to the places of their rows, most frequent first.
fn index(lexicon: &[Entry], keys: impl Fn(&Entry) -> Vec<String>) -> BTreeMap<String, Vec<usize>> {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, entry) in lexicon.iter().enumerate() {
        for key in keys(entry) {
            let list = index.entry(key).or_default();
            if !list.contains(&place) {
                list.push(place);
            }
        }
    }
    for list in index.values_mut() {
        list.sort_by_key(|&p| (std::cmp::Reverse(lexicon.get(p).map_or(0, |e| e.freq)), p));
    }
    index
}

fn packed(map: &BTreeMap<String, Vec<usize>>) -> Result<(Vec<u8>, Vec<u8>), String> {
    let count = (map.len() * 3 / 2).next_power_of_two();
    let mut slots = vec![0u32; count];
    // Offset 0 is no record.
    let mut records = vec![0u8];
    for (key, places) in map {
        let mut at = slot(key, count);
        while slots.get(at).is_some_and(|s| *s > 0) {
            at = (at + 1) & (count - 1);
        }
        if let Some(free) = slots.get_mut(at) {
            *free = records.len() as u32;
        }
        text(key, &mut records)?;
        records.extend(u16::try_from(places.len()).map_err(|_| format!("key `{key}` has more than 65,535 rows"))?.to_le_bytes());
        for place in places {
            records.extend(u16::try_from(*place).map_err(|_| "the lexicon has more than 65,536 rows".to_string())?.to_le_bytes());
        }
    }
    Ok((slots.into_iter().flat_map(u32::to_le_bytes).collect(), records))
}
