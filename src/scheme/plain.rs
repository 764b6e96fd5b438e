//! Latin of any scheme to plain ASCII for looking up and comparing; never for output.

use crate::orthography;
use unicode_normalization::UnicodeNormalization;

/// Folds a word to lower-case ASCII by what its letters mean: ḫ is kh and never h.
pub(crate) fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.to_lowercase().nfc() {
        match c {
            'ḫ' | 'ẖ' | 'ḵ' => out.push_str("kh"),
            'ġ' | 'ḡ' => out.push_str("gh"),
            'š' | 'ş' if c == 'š' => out.push_str("sh"),
            'ǧ' | 'ğ' => out.push('j'),
            'ṯ' => out.push_str("th"),
            'ḏ' => out.push_str("dh"),
            'č' => out.push_str("ch"),
            'ž' => out.push_str("zh"),
            'ï' => out.push('i'),
            _ if orthography::ayn_sign(c) || orthography::hamza_sign(c) => {}
            _ => out.extend(std::iter::once(c).nfd().filter(char::is_ascii_alphanumeric)),
        }
    }
    out
}
