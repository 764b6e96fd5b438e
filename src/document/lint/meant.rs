//! What a word of a text should be: what the Arabic has, what the lexicon knows, what another scheme writes.

use super::Linter;
use crate::document::finding::{SURE, TOLD};
use crate::document::letters::{corrected, spelled};
use crate::document::slots::{Sign, Slot, slips, slots};
use crate::document::spellings::{Spellings, Written, bare};
use crate::orthography;
use crate::scheme::Scheme;

/// What a word should be.
pub(super) struct Meant {
    /// In small letters, with ʿ and ʾ.
    pub text: String,
    pub confidence: f64,
    pub why: Why,
}

#[derive(Clone, PartialEq)]
pub(super) enum Why {
    Arabic(String),
    Lexicon,
    Other(&'static str),
}

impl Linter<'_> {
    /// What a word should be, where that is not what it is.
    pub(super) fn meant(&self, shown: &str, typed: &[Slot], arabic: Option<&str>) -> Option<Meant> {
        /// A word of no row, in the weight of rows.
        const UNKNOWN: f64 = 0.3;
        /// A compound with the name of God.
        const GOD: f64 = 5.0;
        /// What the Arabic has, beside what the lexicon knows: for, against.
        const FOR: f64 = 50.0;
        const AGAINST: f64 = 0.02;
        let own = spelled(typed);
        let folded = arabic.map(orthography::fold_arabic);
        let by_arabic = arabic.and_then(|a| corrected(shown, a, self.scheme)).filter(|m| bare(m) == bare(shown));
        let agrees = |word: &crate::hub::Word| {
            folded.as_ref().map_or(1.0, |f| if orthography::fold_arabic(&word.stem_arabic()) == *f { FOR } else { AGAINST })
        };
        let weight = |w: &Written| 3f64.powf(0.7 * f64::from(w.freq)) * agrees(&w.word);
        let mut offers: Vec<(String, f64)> = Vec::new();
        for w in self.spellings.alike(shown) {
            if let Some(likely) = slips(typed, &slots(&w.text)) {
                offers.push((w.text.to_string(), weight(w) * likely));
            }
        }
        // No row has ʿAbdallāh: the second part of such names is long in all of them.
        if let Some(head) = own.strip_suffix("allah").filter(|_| offers.is_empty() && self.scheme.writes_length()) {
            offers.push((format!("{head}allāh"), GOD));
        }
        let known = offers.iter().any(|(text, _)| *text == own);
        if !known {
            let fits = folded.is_some() && by_arabic.as_deref() == Some(&*own);
            offers.push((
                own.clone(),
                UNKNOWN
                    * if fits {
                        FOR
                    } else if by_arabic.is_some() {
                        AGAINST
                    } else {
                        1.0
                    },
            ));
        }
        if let Some(text) = by_arabic.as_ref().filter(|m| **m != own) {
            let likely = slips(typed, &slots(text)).unwrap_or(0.0).max(0.05);
            match offers.iter_mut().find(|(t, _)| t == text) {
                Some(same) => same.1 += UNKNOWN * FOR * likely * 20.0,
                None => offers.push((text.clone(), UNKNOWN * FOR * likely * 20.0)),
            }
        }
        let total: f64 = offers.iter().map(|(_, w)| w).sum();
        let best = offers.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(text, _)| *text != own);
        let as_it_is = offers.iter().find(|(text, _)| *text == own).map_or(0.0, |(_, w)| *w);
        let here = best.map(|(text, w)| {
            let same = slots(text).iter().zip(typed).all(|(m, t)| m.marks == t.marks && (m.sign == t.sign || t.sign == Sign::Either));
            let why = match arabic {
                Some(arabic) if by_arabic.is_some() => Why::Arabic(arabic.to_string()),
                _ => Why::Lexicon,
            };
            // Samih is wrong, whether Samīḥ is meant or Sāmiḥ: told, but not mended unasked.
            let wrong = (1.0 - as_it_is / total).min(SURE - 0.05);
            Meant { text: text.clone(), confidence: if same { 1.0 } else { (w / total).min(0.98).max(wrong) }, why }
        });
        match here {
            Some(meant) if meant.confidence >= TOLD => Some(meant),
            _ if known => None,
            _ => self.elsewhere(shown, typed, folded.as_deref()).or(here.filter(|m| m.confidence >= TOLD)),
        }
    }

    /// The word in another scheme, where it is a known word there.
    fn elsewhere(&self, shown: &str, typed: &[Slot], folded: Option<&str>) -> Option<Meant> {
        /// The schemes that names are mostly taken from.
        const OTHERS: [&str; 7] = ["ala-lc", "ijmes", "dmg", "ei2", "wehr", "un-2017", "press-en"];
        let mut best: Option<(f64, Meant)> = None;
        let mut total = 0.3;
        for label in OTHERS.into_iter().filter(|l| *l != self.scheme.label()) {
            let Ok(scheme) = Scheme::find(label) else { continue };
            for w in Spellings::of(scheme).alike(shown) {
                let Some(likely) = slips(typed, &slots(&w.text)) else { continue };
                let agrees = folded.is_none_or(|f| orthography::fold_arabic(&w.word.stem_arabic()) == f);
                let text = self.spellings.neutral(&self.scheme.write_word(&w.word).to_lowercase());
                let score = 3f64.powf(0.7 * f64::from(w.freq)) * likely * if agrees { 1.0 } else { 0.02 };
                if bare(&text) == bare(shown) {
                    continue;
                }
                if best.as_ref().is_none_or(|(s, _)| score > *s) {
                    if best.as_ref().is_some_and(|(_, m)| m.text != text) {
                        total += best.as_ref().map_or(0.0, |(s, _)| *s);
                    }
                    best = Some((score, Meant { text, confidence: 0.0, why: Why::Other(label) }));
                } else if best.as_ref().is_some_and(|(_, m)| m.text != text) {
                    total += score;
                }
            }
        }
        let (score, meant) = best?;
        Some(Meant { confidence: (score / (score + total)).min(0.97), ..meant }).filter(|m| m.confidence >= TOLD)
    }
}
