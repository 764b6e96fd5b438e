//! Latin of any scheme to plain ASCII for looking up and comparing; never for output.

use crate::orthography;
use unicode_normalization::UnicodeNormalization;

/// Folds a word to lower-case ASCII by what its letters mean: ḫ is kh and never h.
pub(crate) fn plain(word: &str) -> String {
    marked_plain(word).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The same with what still matters between letters: `'` where a sign of ʿayn or hamza stood,
/// and `.` between two letters that are two and not a digraph (the t and ḥ of Fatḥī).
pub(crate) fn marked_plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.to_lowercase().nfc() {
        match c {
            'ḫ' | 'ẖ' | 'ḵ' => out.push_str("kh"),
            'ġ' | 'ḡ' => out.push_str("gh"),
            'š' => out.push_str("sh"),
            'ǧ' | 'ğ' => out.push('j'),
            'ṯ' => out.push_str("th"),
            'ḏ' => out.push_str("dh"),
            'č' => out.push_str("ch"),
            'ž' => out.push_str("zh"),
            'ḥ' | 'ḩ' if out.ends_with(['t', 's', 'd', 'k', 'g', 'z', 'c', 'p']) => out.push_str(".h"),
            'ʹ' | '·' => out.push('.'),
            _ if orthography::ayn_sign(c) || orthography::hamza_sign(c) => out.push('\''),
            _ => out.extend(std::iter::once(c).nfd().filter(char::is_ascii_alphanumeric)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_fold_by_what_they_mean() {
        for (word, expected, marked) in [
            ("Ḫazʿalī", "khazali", "khaz'ali"),
            ("Fatḥī", "fathi", "fat.hi"),
            ("Adʹham", "adham", "ad.ham"),
            ("Ǧaʿfar", "jafar", "ja'far"),
            ("Qaïs", "qais", "qais"),
        ] {
            assert_eq!(plain(word), expected);
            assert_eq!(marked_plain(word), marked);
        }
    }
}
