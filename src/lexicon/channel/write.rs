//! A word to the spellings that writers of Latin letters give it, likeliest first.

use super::slot::{MOST_LETTERS, Slot, slots};
use crate::hub::Word;
use crate::tables;
use std::collections::HashMap;

/// Changes the answers to a sound, letters and their shares.
pub(crate) type Shift<'a> = &'a dyn Fn(Slot, &mut Vec<(String, f64)>);

/// The `most` likeliest spellings in small letters with their probabilities; `shift` changes what is learned of the answers to a
/// sound.
pub(crate) fn spellings(word: &Word, most: usize, shift: Shift<'_>) -> Vec<(String, f64)> {
    let mut beams: Vec<(String, f64)> = vec![(String::new(), 1.0)];
    for slot in slots(word) {
        let mut answers: Vec<(String, f64)> = tables::answers(slot)
            .iter()
            .map(|(letters, share)| {
                let text: String = letters.to_be_bytes().iter().take(MOST_LETTERS).filter(|b| **b != 0).map(|b| char::from(*b)).collect();
                (text, f64::from(*share))
            })
            .collect();
        shift(slot, &mut answers);
        let total: f64 = answers.iter().map(|(_, share)| share).sum();
        if total <= 0.0 {
            continue;
        }
        let mut longer: HashMap<String, f64> = HashMap::new();
        for (text, probability) in &beams {
            for (letters, share) in &answers {
                *longer.entry(format!("{text}{letters}")).or_default() += probability * share / total;
            }
        }
        beams = longer.into_iter().collect();
        beams.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        beams.truncate(most.max(1) * 4);
    }
    beams.retain(|(text, _)| !text.is_empty());
    beams.truncate(most);
    beams
}
