//! Letters and a romanization of the Library of Congress (lower case, ʿ and ʾ) to the labels of the letters.

use nasab::hub::Vowel;
use nasab::lexicon::vocaliser::kin::fit;
use nasab::lexicon::vocaliser::label::{Label, What};

fn consonant(letter: char) -> Option<&'static str> {
    const SIGNS: [(char, &str); 33] = [
        ('ب', "b"),
        ('ت', "t"),
        ('ث', "th"),
        ('ج', "j"),
        ('ح', "ḥ"),
        ('خ', "kh"),
        ('د', "d"),
        ('ذ', "dh"),
        ('ر', "r"),
        ('ز', "z"),
        ('س', "s"),
        ('ش', "sh"),
        ('ص', "ṣ"),
        ('ض', "ḍ"),
        ('ط', "ṭ"),
        ('ظ', "ẓ"),
        ('ع', "ʿ"),
        ('غ', "gh"),
        ('ف', "f"),
        ('ق', "q"),
        ('ك', "k"),
        ('ل', "l"),
        ('م', "m"),
        ('ن', "n"),
        ('ه', "h"),
        ('و', "w"),
        ('ي', "y"),
        ('ى', "y"),
        ('پ', "p"),
        ('چ', "ch"),
        ('ژ', "zh"),
        ('گ', "g"),
        ('ڤ', "v"),
    ];
    if matches!(letter, 'ء' | 'أ' | 'إ' | 'آ' | 'ؤ' | 'ئ') {
        return Some("ʾ");
    }
    SIGNS.iter().find(|(l, _)| *l == letter).map(|(_, sign)| *sign)
}

fn short(vowel: Vowel) -> &'static str {
    match vowel {
        Vowel::A => "a",
        Vowel::I => "i",
        Vowel::U => "u",
    }
}

fn long(vowel: Vowel) -> &'static str {
    match vowel {
        Vowel::A => "ā",
        Vowel::I => "ī",
        Vowel::U => "ū",
    }
}

/// What a label is written as with this letter; more than one way for ة.
fn written(letter: char, before: Option<Label>, label: Label) -> Vec<String> {
    use nasab::hub::Unit::{Long, Short};
    let after = match label.after() {
        Some(Short(v)) => short(v),
        Some(Long(v)) => long(v),
        _ => "",
    };
    let sign = consonant(letter);
    match label.what() {
        What::One => sign.map(|s| format!("{s}{after}")).into_iter().collect(),
        What::Two => sign.map(|s| format!("{s}{s}{after}")).into_iter().collect(),
        What::Long(v) => vec![long(v).to_string()],
        What::Glide(v) => sign.map(|s| format!("{}{s}{after}", long(v))).into_iter().collect(),
        What::Begin(v) => vec![short(v).to_string()],
        What::Tanwin => vec!["an".to_string()],
        What::Silent => vec![String::new()],
        What::Maqsura => vec!["á".to_string()],
        What::TaMarbuta => {
            let after_long = before.is_some_and(|b| b.what() == What::Long(Vowel::A) || matches!(b.after(), Some(Long(_))));
            let heard = if after_long { ["h", "t"] } else { ["ah", "at"] };
            heard.map(str::to_string).to_vec()
        }
    }
}

/// The labels whose chunks are the spelling; `None` where the two do not fit.
pub fn align(letters: &[char], text: &str) -> Option<Vec<Label>> {
    fit(letters, text, &|text| text.is_empty(), &|letter, before, label, text| {
        written(letter, before, label).iter().filter_map(|chunk| text.strip_prefix(chunk.as_str())).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(letters: &str, text: &str) -> String {
        let letters: Vec<char> = letters.chars().collect();
        align(&letters, text).unwrap().iter().map(|l| l.name()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_letter_has_its_chunk() {
        assert_eq!(names("محمد", "muḥammad"), "Cu Ca CCa C");
        assert_eq!(names("عربية", "ʿarabīyah"), "Ca Ca C iyy ẗ");
        assert_eq!(names("إيمان", "īmān"), "- ī C ā C");
        assert_eq!(names("داود", "dāwūd"), "C ā Cū C");
        assert_eq!(names("عمرو", "ʿamr"), "Ca C C -");
    }
}
