//! What it says of two words that one writes this unit where the other writes that.
//!
//! A figure is the log-odds of the habit: how much more often the two units answer each other
//! in spellings of one word than they would by chance. Habits of spelling are positive, slips
//! of typing negative. Learned (`tables/matching/costs.tsv`).

use super::units::{UNITS, Unit, is_arabic};
use crate::tables;

/// Two units that never answered each other.
pub const NEVER: f32 = -5.0;

/// One unit for the other.
pub(crate) fn answer(a: Unit, b: Unit) -> f32 {
    tables::unit_costs().get(usize::from(a)).and_then(|row| row.get(usize::from(b))).copied().unwrap_or(NEVER)
}

/// The unit left out by a word of that script.
pub(crate) fn gap(unit: Unit, in_arabic: bool) -> f32 {
    let column = UNITS + usize::from(in_arabic);
    tables::unit_costs().get(usize::from(unit)).and_then(|row| row.get(column)).copied().unwrap_or(NEVER)
}

/// What a word says of itself: the most that another spelling could say.
pub(crate) fn own(units: &[Unit]) -> f32 {
    units.iter().map(|&u| answer(u, u)).sum::<f32>().max(1.0)
}

/// The script of a word, by its first unit.
pub(crate) fn script(units: &[Unit]) -> bool {
    units.first().is_some_and(|&u| is_arabic(u))
}
