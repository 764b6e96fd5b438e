//! What it says of two words that one writes this unit where the other writes that.
//!
//! A figure is the log-odds of the habit, in hundredths: how much more often the two units answer each other
//! in spellings of one word than they would by chance. Habits of spelling are positive, slips
//! of typing negative. Learned (`tables/matching/costs.tsv`).

use super::units::{UNITS, Unit, is_arabic};
use crate::tables;
use std::sync::OnceLock;

/// Two units that never answered each other.
const NEVER: i16 = -500;

fn cell(unit: Unit, column: usize) -> Option<i32> {
    tables::unit_costs().get(usize::from(unit))?.get(column).copied().map(i32::from)
}

/// One unit for another.
pub(super) fn answer(a: Unit) -> impl Fn(Unit) -> i32 {
    let row = tables::unit_costs().get(usize::from(a));
    move |b| i32::from(row.and_then(|row| row.get(usize::from(b))).copied().unwrap_or(NEVER))
}

/// The unit left out by a word of that script.
pub(super) fn gap(unit: Unit, in_arabic: bool) -> i32 {
    cell(unit, UNITS + usize::from(in_arabic)).unwrap_or(i32::from(NEVER))
}

/// What spellings of one word in that script say on the average.
pub(super) fn worth(units: &[Unit], in_arabic: bool) -> i32 {
    let column = UNITS + 2 + usize::from(in_arabic);
    units.iter().map(|unit| cell(*unit, column).unwrap_or(0)).sum::<i32>().max(100)
}

/// What a unit may meet in another word.
#[derive(Clone, Copy, Default)]
pub(super) struct Met {
    /// One bit a unit that answers it by habit.
    pub answers: u128,
    /// The most that a unit of Latin script says to it, and of Arabic.
    pub best: [i32; 2],
}

/// What each unit may meet.
pub(super) fn met() -> &'static [Met; UNITS] {
    static ALL: OnceLock<[Met; UNITS]> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = [Met::default(); UNITS];
        for (a, met) in (0..).zip(&mut all) {
            for b in 0..UNITS as Unit {
                let odds = answer(a)(b);
                if odds > 0 {
                    met.answers |= 1 << b;
                    let [latin, arabic] = &mut met.best;
                    let best = if is_arabic(b) { arabic } else { latin };
                    *best = odds.max(*best);
                }
            }
        }
        all
    })
}

const _: () = assert!(UNITS <= 128, "one bit a unit");
