//! Grapheme units: one code for each piece of a word that writers exchange as a whole, in either script.
//!
//! A word is cut by the longest match (kh, ou, dj), doubled letters count once, and vowels know
//! whether they begin or end the word: there they are surer. The build script reads this file
//! too, to turn the labels of `tables/matching/costs.tsv` into codes.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Units of Latin spelling that are vowels or glides. Diphthongs are two units, so that Rawi,
/// Raoui and Sa'id, Said go together.
const LATIN_VOWELS: [&str; 11] = ["ou", "oo", "ee", "aa", "a", "e", "i", "o", "u", "y", "w"];
/// The others; `'` is a sign of ʿayn or hamza.
const LATIN_CONSONANTS: [&str; 34] = [
    "dsch", "tch", "sch", "sh", "kh", "gh", "th", "dh", "dj", "zh", "ch", "ph", "ck", "b", "p", "t", "j", "h", "d", "r", "z", "s", "f",
    "v", "q", "k", "c", "g", "l", "m", "n", "x", "'", "0",
];
/// Folded Arabic letters that stand for vowels as well, or are unsure at the end.
const ARABIC_VOWELS: [&str; 4] = ["ا", "و", "ي", "ه"];
/// The others; `؟` is any letter that is not listed.
const ARABIC_CONSONANTS: [&str; 32] = [
    "ب", "پ", "ت", "ث", "ج", "چ", "ح", "خ", "د", "ذ", "ر", "ز", "ژ", "س", "ش", "ص", "ض", "ط", "ظ", "ع", "غ", "ف", "ڤ", "ق", "ك", "گ", "ل",
    "م", "ن", "ڨ", "ڭ", "؟",
];

const FIRST_ARABIC: usize = LATIN_VOWELS.len() * 3 + LATIN_CONSONANTS.len() + LAST_OF_ITS_OWN.len();

/// How many codes there are.
pub const UNITS: usize = FIRST_ARABIC + ARABIC_VOWELS.len() * 3 + ARABIC_CONSONANTS.len();

/// Latin consonants that are unsure at the end of a word: -ah, -at.
const LAST_OF_ITS_OWN: [&str; 2] = ["h", "t"];

/// The code of a unit.
pub type Unit = u8;

/// Whether a unit is of Arabic script.
pub fn is_arabic(unit: Unit) -> bool {
    usize::from(unit) >= FIRST_ARABIC
}

/// Whether writers are free with a unit: a vowel, a glide, a sign of ʿayn or hamza, or -h and -t at the end.
#[allow(dead_code, reason = "the library asks, the build does not")]
pub fn is_free(unit: Unit) -> bool {
    let label = label_of(unit);
    let sign = label.trim_matches(['^', '$']);
    LATIN_VOWELS.contains(&sign) || ARABIC_VOWELS.contains(&sign) || matches!(label.as_str(), "'" | "h$" | "t$" | "ع")
}

/// Where a unit stands in its word.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    First,
    Inner,
    Last,
}

fn place_in(list: &[&str], sign: &str) -> Option<usize> {
    list.iter().position(|s| *s == sign)
}

fn code(sign: &str, place: Place) -> Option<Unit> {
    let shift = match place {
        Place::First => 0,
        Place::Inner => 1,
        Place::Last => 2,
    };
    let latin = LATIN_VOWELS.len() * 3;
    let code = if let Some(at) = place_in(&LATIN_VOWELS, sign) {
        at * 3 + shift
    } else if let Some(at) = place_in(&LAST_OF_ITS_OWN, sign).filter(|_| place == Place::Last) {
        latin + LATIN_CONSONANTS.len() + at
    } else if let Some(at) = place_in(&LATIN_CONSONANTS, sign) {
        latin + at
    } else if let Some(at) = place_in(&ARABIC_VOWELS, sign) {
        FIRST_ARABIC + at * 3 + shift
    } else {
        FIRST_ARABIC + ARABIC_VOWELS.len() * 3 + place_in(&ARABIC_CONSONANTS, sign)?
    };
    u8::try_from(code).ok()
}

/// The code that a label of the table names: `kh`, `^a` at the start, `a$` at the end.
#[allow(dead_code, reason = "the library goes from codes to costs, the build from labels to codes")]
pub fn code_of(label: &str) -> Option<Unit> {
    if let Some(sign) = label.strip_prefix('^') {
        return code(sign, Place::First);
    }
    match label.strip_suffix('$') {
        Some(sign) => code(sign, Place::Last),
        None => code(label, Place::Inner),
    }
}

/// The label of a code, as the table writes it.
#[allow(dead_code, reason = "reasons and the learning chore name units, the build does not")]
pub fn label_of(unit: Unit) -> String {
    let signs = LATIN_VOWELS.iter().chain(&LATIN_CONSONANTS).chain(&ARABIC_VOWELS).chain(&ARABIC_CONSONANTS);
    let labels = signs.flat_map(|s| [s.to_string(), format!("^{s}"), format!("{s}$")]);
    labels.into_iter().find(|label| code_of(label) == Some(unit)).unwrap_or_default()
}

/// Units considered in a word.
pub const MOST_UNITS: usize = 64;

/// A sign with its codes at the first, an inner and the last place of a word.
type Sign = (&'static str, [Option<Unit>; 3]);

/// Signs by the byte that they begin with, the longest first; and those of Arabic letters. Words are cut millions of times.
struct Signs {
    latin: [Vec<Sign>; 128],
    arabic: HashMap<char, [Option<Unit>; 3]>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let codes = |sign: &str| [Place::First, Place::Inner, Place::Last].map(|place| code(sign, place));
    let mut latin: [Vec<Sign>; 128] = std::array::from_fn(|_| Vec::new());
    for sign in LATIN_VOWELS.into_iter().chain(LATIN_CONSONANTS) {
        if let Some(list) = sign.bytes().next().and_then(|first| latin.get_mut(usize::from(first))) {
            list.push((sign, codes(sign)));
        }
    }
    latin.iter_mut().for_each(|list| list.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len())));
    let arabic = ARABIC_VOWELS.into_iter().chain(ARABIC_CONSONANTS).filter_map(|sign| Some((sign.chars().next()?, codes(sign)))).collect();
    Signs { latin, arabic }
});

/// What a letter is that has no sign of its own.
const OTHER: [&str; 2] = ["0", "؟"];

/// The units of a word in folded Arabic or marked plain Latin letters.
pub fn units(text: &str, arabic: bool) -> Vec<Unit> {
    let mut signs: Vec<(&str, [Option<Unit>; 3])> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let own = if arabic { SIGNS.arabic.get(&first).copied() } else { None };
        let listed = SIGNS.latin.get(first as usize).filter(|_| !arabic);
        let found = listed.and_then(|list| list.iter().find(|(sign, _)| rest.starts_with(sign)));
        let (sign, after) = rest.split_at(found.map_or(first.len_utf8(), |(sign, _)| sign.len()));
        // A full stop keeps two letters from being a digraph and is none itself.
        if sign != "." && signs.last().is_none_or(|(last, _)| *last != sign) {
            signs.push((sign, own.or(found.map(|(_, codes)| *codes)).unwrap_or([None; 3])));
        }
        rest = after;
    }
    signs.truncate(MOST_UNITS);
    // A sign of ʿayn or hamza at an edge does not hide the vowel beside it.
    let first = signs.iter().position(|(sign, _)| *sign != "'").unwrap_or(0);
    let last = signs.iter().rposition(|(sign, _)| *sign != "'").unwrap_or(0);
    let coded = |(at, (sign, codes)): (usize, &(&str, [Option<Unit>; 3]))| {
        let [begins, inner, ends] = *codes;
        let place = match at {
            _ if at == first => Place::First,
            _ if at == last => Place::Last,
            _ => Place::Inner,
        };
        let own = match place {
            Place::First => begins,
            Place::Inner => inner,
            Place::Last => ends,
        };
        own.or_else(|| code(sign, place)).or_else(|| code(if arabic { OTHER[1] } else { OTHER[0] }, place))
    };
    signs.iter().enumerate().filter_map(coded).collect()
}

/// The Latin letters that a folded Arabic word surely says; و and ي as vowels.
pub fn latin_of(folded: &str) -> String {
    folded
        .chars()
        .map(|c| match c {
            'ا' => "a",
            'ب' | 'پ' => "b",
            'ت' | 'ط' => "t",
            'ث' => "th",
            'ج' | 'ژ' => "j",
            'چ' => "ch",
            'ح' | 'ه' => "h",
            'خ' => "kh",
            'د' | 'ض' => "d",
            'ذ' => "dh",
            'ر' => "r",
            'ز' | 'ظ' => "z",
            'س' | 'ص' => "s",
            'ش' => "sh",
            'غ' => "gh",
            'ف' | 'ڤ' => "f",
            'ق' => "q",
            'ك' => "k",
            'گ' | 'ڨ' | 'ڭ' => "g",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            'و' => "u",
            'ي' => "i",
            _ => "",
        })
        .collect()
}
