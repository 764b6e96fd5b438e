//! Word against word: the cheapest path through their units.

use super::cost::{gap, swap};
use super::units::Unit;

/// Likeness from 0 (nothing in common) to 1 (spellings of one word).
pub(crate) fn similarity(a: &[Unit], b: &[Unit]) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut row = [0f32; 65];
    let mut sum = 0.0;
    for (slot, unit) in row.iter_mut().skip(1).zip(b) {
        sum += gap(*unit);
        *slot = sum;
    }
    for &x in a {
        let mut diagonal = row.first().copied().unwrap_or(0.0);
        let mut left = diagonal + gap(x);
        if let Some(slot) = row.first_mut() {
            *slot = left;
        }
        for (slot, &y) in row.iter_mut().skip(1).zip(b) {
            let up = *slot;
            let best = (diagonal + swap(x, y)).min(up + gap(x)).min(left + gap(y));
            diagonal = up;
            *slot = best;
            left = best;
        }
    }
    let cost = row.get(b.len()).copied().unwrap_or(f32::MAX);
    let weight = |units: &[Unit]| -> f32 { units.iter().map(|u| gap(*u)).sum::<f32>() };
    let size = weight(a).min(weight(b)).max(1.0);
    (-1.6 * cost / size.powf(0.7)).exp()
}
