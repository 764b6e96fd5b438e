//! Words of running text that are no names by themselves.

use crate::lexicon;
use crate::name::particle::{Particle, is_article};

/// Words of running Arabic that are spelled as names are, or as parts of them, and hardly ever are one in a text.
const NO_NAMES: &str = "\
    من إلى الى على في فى عن مع أن ان إن كان كانت قد لقد لم لن لا \
    ما هذا هذه ذلك تلك التي الذي الذين هو هي هم نحن بين بعد قبل عند حتى كما \
    ثم أو او أي كل بعض غير حول خلال منذ لدى ضد نحو فيما لكن بل إذا عليه \
    عليها عليهم به بها بهم له لها لهم إليه إليها منه منها منهم فيه فيها عنه عنها كانون \
    شباط آذار نيسان أيار حزيران تموز آب أيلول الأول الثاني أمام وراء";

/// Whether an Arabic word of a text is hardly ever a person's: a function word, a month, a noun or a place.
pub(super) fn no_name(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| !crate::orthography::is_arabic_mark(*c)).collect();
    if NO_NAMES.split(' ').any(|word| word == bare) {
        return true;
    }
    let (stem, article) = lexicon::after_article(&bare).map_or((bare.as_str(), false), |stem| (stem, true));
    let readings = if lexicon::known(stem).is_some() { lexicon::read_arabic(stem, article) } else { Vec::new() };
    !readings.is_empty() && readings.iter().all(|r| r.is_only_noun() || r.is_place())
}

/// Whether a Latin word is an article that stands alone: al, El, Al, Ash; `as` and `at` in small letters are words of English.
pub(super) fn article(word: &str) -> bool {
    word.len() < 5 && (matches!(word, "al" | "el") || word.starts_with(char::is_uppercase) && is_article(&word.to_lowercase()))
}

pub(super) fn particle(word: &str, arabic: bool) -> bool {
    if arabic { Particle::of_arabic(word).is_some() } else { word.len() < 8 && Particle::of_latin(&word.to_lowercase()).is_some() }
}
