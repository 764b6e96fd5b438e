//! Latin of any scheme to plain ASCII: by the scheme's table for people, by what letters mostly mean for looking up.

use super::{Kind, Scheme};
use crate::orthography;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What an Arabic letter is in ASCII; the signs of ʿayn and hamza are left out.
const ASCII: [(&str, &str); 17] = [
    ("ث", "th"),
    ("ج", "j"),
    ("ح", "h"),
    ("خ", "kh"),
    ("ذ", "dh"),
    ("ش", "sh"),
    ("ص", "s"),
    ("ض", "d"),
    ("ط", "t"),
    ("ظ", "z"),
    ("غ", "gh"),
    ("چ", "ch"),
    ("ژ", "zh"),
    ("ع", ""),
    ("ء", ""),
    ("ى", "a"),
    ("ة", ""),
];

impl Scheme {
    /// Text of this scheme in ASCII by what its letters mean: the ḫ of DMG is kh and never h, the ẖ of the
    /// United Nations is h. The signs of ʿayn and hamza and the guards go.
    ///
    /// ```
    /// let dmg = nasab::Scheme::find("dmg").unwrap();
    /// assert_eq!(dmg.ascii("Qays al-Ḫazʿalī"), "Qays al-Khazali");
    /// ```
    pub fn ascii(self, text: &str) -> String {
        let mut signs: Vec<(&str, &str)> = Vec::new();
        if self.kind() == Kind::Sound {
            let meaning = |arabic: &str| ASCII.iter().find(|(letter, _)| *letter == arabic).map(|(_, ascii)| *ascii);
            signs.extend(
                self.letters().filter(|l| !l.roman.is_ascii() && l.context == "any").filter_map(|l| Some((l.roman, meaning(l.arabic)?))),
            );
            signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        }
        let text: String = text.nfc().collect();
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let head: String = rest.chars().take(4).collect();
            let lower: String = head.to_lowercase().nfc().collect();
            if let Some((sign, ascii)) = signs.iter().find(|(sign, _)| !sign.is_empty() && lower.starts_with(sign)) {
                // A capital decomposes where its small letter does not: H̱ and ẖ.
                let length = sign.nfd().count();
                let taken = rest.char_indices().scan(0, |seen, (at, c)| {
                    (*seen < length).then(|| {
                        *seen += std::iter::once(c).nfd().count();
                        at + c.len_utf8()
                    })
                });
                let taken = taken.last().unwrap_or(c.len_utf8());
                let mut letters = ascii.chars();
                match letters.next() {
                    Some(first) if c.is_uppercase() => {
                        out.push(first.to_ascii_uppercase());
                        out.push_str(letters.as_str());
                    }
                    _ => out.push_str(ascii),
                }
                rest = rest.get(taken..).unwrap_or("");
                continue;
            }
            rest = rest.get(c.len_utf8()..).unwrap_or("");
            let sign = orthography::ayn_sign(c) || orthography::hamza_sign(c) || c == '·';
            if !sign {
                let plain: String = std::iter::once(c).nfd().filter(char::is_ascii).collect();
                // What has no ASCII letter in it stays: nothing is lost.
                if plain.is_empty() && !is_combining_mark(c) { out.push(c) } else { out.push_str(&plain) }
            }
        }
        out
    }

    /// What text of this scheme is sorted by: small ASCII letters and digits, without punctuation and
    /// without the article at the start and after a comma.
    ///
    /// ```
    /// let ala = nasab::Scheme::find("ala-lc").unwrap();
    /// assert_eq!(ala.sort_key("al-Zanjānī, Maḥmūd, 1884-"), "zanjani mahmud 1884");
    /// ```
    pub fn sort_key(self, text: &str) -> String {
        let heading = |part: &str| {
            let ascii = self.ascii(part).to_lowercase();
            let (article, skip) = self.article_of(&ascii.trim().chars().collect::<Vec<_>>());
            let rest: String = ascii.trim().chars().skip(if article { skip } else { 0 }).collect();
            rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
        };
        text.split([',', '،']).map(heading).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Folds a word to lower-case ASCII by what its letters mean: ḫ is kh and never h.
pub fn plain(word: &str) -> String {
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
            // The ة of the hub's notation is not heard where a name ends in it.
            'ẗ' => {}
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
