//! How the weights of the vocaliser lie in bytes. The build script writes what this file reads.
//!
//! A head of two floats (the size of a weight's step, the temperature), then 16,385 places of three
//! bytes, then records. A feature is known by 32 bits of a hash: the first fourteen choose the place
//! where its records begin, the other eighteen stand in the record with the number of its weights.
//! Each weight is a label and a signed byte. So the table costs no relocation and no allocation.

/// Bits of the hash that choose the place.
const PLACE_BITS: u32 = 14;
const PLACES: usize = 1 << PLACE_BITS;
const HEAD: usize = 8;
const PLACE_SIZE: usize = 3;
const RECORDS: usize = HEAD + (PLACES + 1) * PLACE_SIZE;

/// FNV-1a over the signs, mixed once more since the first bits choose the place.
pub fn hash(feature: &[char]) -> u32 {
    let raw = feature.iter().fold(0x811c_9dc5_u32, |h, c| {
        let code = u32::from(*c);
        let low = (h ^ (code & 0xff)).wrapping_mul(0x0100_0193);
        (low ^ (code >> 8)).wrapping_mul(0x0100_0193)
    });
    let mixed = (raw ^ (raw >> 16)).wrapping_mul(0x85eb_ca6b);
    let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 16)
}

fn three(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..at + 3) {
        Some([a, b, c]) => usize::from(*a) | usize::from(*b) << 8 | usize::from(*c) << 16,
        _ => 0,
    }
}

fn float(bytes: &[u8], at: usize) -> f32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(1.0, f32::from_le_bytes)
}

/// The size of a step of a weight, and the temperature.
pub fn head(bytes: &[u8]) -> (f32, f32) {
    (float(bytes, 0), float(bytes, 4))
}

/// Tells every weight of a feature: a label's number and the steps.
pub fn each(bytes: &[u8], feature: u32, mut tell: impl FnMut(u8, i8)) {
    let place = (feature >> (32 - PLACE_BITS)) as usize;
    let wanted = (feature & ((1 << (32 - PLACE_BITS)) - 1)) as usize;
    let from = three(bytes, HEAD + place * PLACE_SIZE);
    let to = three(bytes, HEAD + (place + 1) * PLACE_SIZE);
    let mut rest = bytes.get(RECORDS + from..RECORDS + to).unwrap_or(&[]);
    while rest.len() >= 3 {
        let record = three(rest, 0);
        let (key, count) = (record >> 4, record & 15);
        let Some((weights, after)) = rest.get(3..).and_then(|r| r.split_at_checked(2 * count)) else { return };
        if key == wanted {
            for pair in weights.chunks_exact(2) {
                if let [label, steps] = pair {
                    tell(*label, i8::from_le_bytes([*steps]));
                }
            }
        } else if key > wanted {
            return;
        }
        rest = after;
    }
}

/// Lays weights out; `rows` are features with labels and steps.
#[allow(dead_code, reason = "only the build script writes")]
pub fn write(step: f32, temperature: f32, rows: &[(u32, Vec<(u8, i8)>)]) -> Vec<u8> {
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort();
    let mut records = Vec::new();
    let mut places = Vec::new();
    for (feature, weights) in rows {
        let place = (feature >> (32 - PLACE_BITS)) as usize;
        while places.len() <= place {
            places.push(records.len());
        }
        let key = feature & ((1 << (32 - PLACE_BITS)) - 1);
        for part in weights.chunks(15) {
            let record = key << 4 | part.len() as u32;
            records.extend(record.to_le_bytes().iter().take(3));
            records.extend(part.iter().flat_map(|(label, steps)| [*label, steps.to_le_bytes().first().copied().unwrap_or(0)]));
        }
    }
    while places.len() <= PLACES {
        places.push(records.len());
    }
    let mut out = Vec::with_capacity(RECORDS + records.len());
    out.extend(step.to_le_bytes());
    out.extend(temperature.to_le_bytes());
    for place in places {
        out.extend((place as u32).to_le_bytes().iter().take(3));
    }
    out.extend(records);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let rows: Vec<(u32, Vec<(u8, i8)>)> = (0..2000u32)
            .map(|n| {
                let text: Vec<char> = n.to_string().chars().collect();
                (hash(&text), (0..n % 28).map(|l| (l as u8, (l as i8) - 14)).collect())
            })
            .collect();
        let bytes = write(0.25, 1.5, &rows);
        assert_eq!(head(&bytes), (0.25, 1.5));
        for (feature, weights) in &rows {
            let mut found = Vec::new();
            each(&bytes, *feature, |l, s| found.push((l, s)));
            assert_eq!(&found, weights);
        }
        each(&bytes, hash(&['x']), |_, _| unreachable!());
    }
}
