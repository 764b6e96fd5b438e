//! Tables packed into bytes, so that thirty thousand rows cost their text and a few bytes more: a pointer
//! for each cell would double the program and keep its loader busy at every start.
//!
//! A packed map is a table of slots (little-endian offsets of four bytes, 0 for none) and records: a key
//! with its length before it, a count of two bytes, and so many places of two bytes. The build script writes
//! with [`slot`], so both sides agree where a key lies.

/// Where a key is first looked for among so many slots, a power of two (FNV-1a).
pub(crate) fn slot(key: &str, slots: usize) -> usize {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    // The low bits of FNV alone repeat with the last letter.
    ((hash >> 32) ^ hash) as usize & slots.wrapping_sub(1)
}

/// A number of `N` bytes, the low ones first.
#[allow(dead_code, reason = "the build script only writes")]
pub(crate) fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: &[u8; N] = bytes.get(at..at + N)?.try_into().ok()?;
    Some(bytes.iter().rev().fold(0, |sum, b| sum << 8 | usize::from(*b)))
}

/// A text with its length in one byte before it, and what follows.
#[allow(dead_code, reason = "the build script only writes")]
pub(crate) fn text(bytes: &'static [u8], at: usize) -> Option<(&'static str, usize)> {
    let length = usize::from(*bytes.get(at)?);
    let text = std::str::from_utf8(bytes.get(at + 1..at + 1 + length)?).ok()?;
    Some((text, at + 1 + length))
}

/// Keys to places.
#[allow(dead_code, reason = "the build script only writes")]
pub(crate) struct Packed {
    pub slots: &'static [u8],
    pub records: &'static [u8],
}

#[allow(dead_code, reason = "the build script only writes")]
impl Packed {
    /// The places of a key, in the order in which they were written.
    pub(crate) fn get(&self, key: &str) -> impl Iterator<Item = usize> + use<> {
        let found = self.find(key);
        let records = self.records;
        let (start, count) = found.unwrap_or((0, 0));
        (0..count).filter_map(move |n| number::<2>(records, start + 2 * n))
    }

    fn find(&self, key: &str) -> Option<(usize, usize)> {
        let slots = self.slots.len() / 4;
        let mut at = slot(key, slots);
        // The table is never full, so that an empty slot ends the search.
        loop {
            let record = number::<4>(self.slots, 4 * at).filter(|record| *record > 0)?;
            let (own, after) = text(self.records, record)?;
            if own == key {
                return Some((after + 2, number::<2>(self.records, after)?));
            }
            at = (at + 1) & (slots - 1);
        }
    }
}
