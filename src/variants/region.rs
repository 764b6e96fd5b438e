//! Where a writer comes from, and what that does to spelling.

use crate::error::Error;
use crate::lexicon::slot_name;
use std::sync::OnceLock;

/// The writers of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region(&'static str);

/// A row: what writers of a region answer a sound with.
struct Habit {
    region: &'static str,
    sound: &'static str,
    letters: &'static str,
    factor: f64,
}

/// The share that a factor multiplies where nobody was seen to write so.
const UNSEEN: f64 = 0.002;

fn table() -> &'static [Habit] {
    static TABLE: OnceLock<Vec<Habit>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let row = |line: &'static str| {
            let mut cells = line.split('\t');
            let (region, sound, letters, factor) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
            Some(Habit { region, sound, letters, factor: factor.parse().ok()? })
        };
        crate::tables::REGIONS.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(row).collect()
    })
}

impl Region {
    /// All writers: what some regions do is known of nobody in particular.
    pub(super) const ANY: Region = Region("any");

    /// Every region.
    pub fn all() -> impl Iterator<Item = Region> {
        let mut regions: Vec<&str> = table().iter().map(|h| h.region).filter(|r| *r != Region::ANY.0).collect();
        regions.dedup();
        regions.into_iter().map(Region)
    }

    /// The region of this name.
    ///
    /// # Errors
    /// There is none; the hint lists them.
    pub fn find(label: &str) -> Result<Region, Error> {
        Region::all().find(|r| r.0 == label).ok_or_else(|| {
            let all: Vec<&str> = Region::all().map(|r| r.0).collect();
            Error::new(format!("there is no region `{label}`")).with_hint(format!("take one of {}", all.join(", ")))
        })
    }

    /// The name that finds it.
    pub fn label(self) -> &'static str {
        self.0
    }

    /// Changes what all writers answer a sound with to what those of the region do.
    pub(super) fn shift(self, slot: u16, answers: &mut Vec<(String, f64)>) {
        let Some((sound, _)) = slot_name(slot) else { return };
        // A doubled consonant is written as the single one, unless the table says how.
        let mut letters = sound.chars();
        let single = letters.next().filter(|first| letters.next() == Some(*first) && letters.next().is_none()).map(String::from);
        for habit in table().iter().filter(|h| h.region == self.0 && (h.sound == sound || single.as_deref() == Some(h.sound))) {
            match answers.iter_mut().find(|(letters, _)| letters == habit.letters) {
                Some((_, share)) => *share *= habit.factor,
                None => answers.push((habit.letters.to_string(), habit.factor * UNSEEN)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = crate::tables::REGIONS.lines().filter(|l| !l.starts_with('#')).count() - 1;
        assert_eq!(table().len(), rows);
        assert_eq!(Region::all().count(), 8);
        assert!(table().iter().all(|h| h.factor > 0.0));
    }
}
