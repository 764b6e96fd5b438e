//! Letter-for-letter schemes: Arabic spelling, signs included, and back.

use super::Scheme;
use super::write::nearest;
use crate::orthography::is_arabic_mark;
use crate::tables::Context;
use unicode_normalization::UnicodeNormalization;

const SHADDA: char = '\u{651}';

impl Scheme {
    /// Arabic text in the letters of the scheme; a letter that the table lacks stays and is told. A vowel
    /// sign that the table lacks is not written.
    pub(crate) fn letters_from_arabic(self, arabic: &str) -> (String, Option<char>) {
        let mut unknown = None;
        let mut text = String::with_capacity(arabic.len());
        let mut rest = arabic;
        let mut before = "";
        while let Some(c) = rest.chars().next() {
            let after = rest.get(c.len_utf8()..).unwrap_or("");
            let ends = !after.starts_with(|c: char| c.is_alphanumeric() || is_arabic_mark(c));
            let pausa = if ends { self.written(c, Context::Pausa) } else { None };
            if let Some((cluster, sign)) = self.cluster(rest) {
                text.push_str(sign);
                before = sign;
                rest = rest.get(cluster.len()..).unwrap_or("");
                continue;
            }
            match pausa.or_else(|| self.written(c, Context::Any)).or_else(|| self.written(nearest(c), Context::Any)) {
                Some(sign) => {
                    text.push_str(sign);
                    before = sign;
                }
                None if c == SHADDA && self.rules().shadda_doubles => text.push_str(before),
                None if is_arabic_mark(c) => {}
                None if c == ' ' => text.push_str(self.rules().word_joint),
                None => {
                    if c.is_alphanumeric() && unknown.is_none() {
                        unknown = Some(c);
                    }
                    text.push(c);
                }
            }
            rest = after;
        }
        (text, unknown)
    }

    /// Letters that have one sign together, at the start of a text.
    fn cluster(self, text: &str) -> Option<(&'static str, &'static str)> {
        let optional = self.chosen().flat_map(|o| o.clusters).map(|(arabic, roman)| (*arabic, *roman));
        let own = self.letters().filter(|l| l.arabic.chars().nth(1).is_some()).map(|l| (l.arabic, l.roman));
        optional.chain(own).filter(|(arabic, _)| text.starts_with(arabic)).max_by_key(|(arabic, _)| arabic.len())
    }

    /// The Arabic text that the scheme's letters stand for, by the longest sign; what is no sign stays. A
    /// letter twice is itself with shadda where the scheme writes shadda so, unless it was two `apart`.
    pub(crate) fn letters_to_arabic(self, text: &str, apart: bool) -> String {
        // A sign may carry a mark of its own and the macron of shadda, which composition would hide.
        let text: String = text.nfd().collect();
        let optional = self.chosen().flat_map(|o| o.clusters).map(|(arabic, roman)| (*arabic, *roman));
        let mut signs: Vec<(String, &'static str)> =
            optional.chain(self.letters().map(|l| (l.arabic, l.roman))).map(|(arabic, roman)| (roman.nfd().collect(), arabic)).collect();
        // Where two letters share a sign the first row is the likelier reading: the sort is stable.
        signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        let doubles = self.rules().shadda_doubles && !apart;
        let joint = self.rules().word_joint;
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        let mut before: Option<&'static str> = None;
        while let Some(c) = rest.chars().next() {
            let found = signs.iter().find(|(sign, _)| !sign.is_empty() && rest.starts_with(sign.as_str()));
            if let Some((sign, arabic)) = found {
                if doubles && before == Some(arabic) {
                    out.push(SHADDA);
                    before = None;
                } else {
                    out.push_str(arabic);
                    before = Some(arabic);
                }
                rest = rest.get(sign.len()..).unwrap_or("");
                continue;
            }
            before = None;
            if !joint.is_empty() && rest.starts_with(joint) {
                out.push(' ');
                rest = rest.get(joint.len()..).unwrap_or("");
                continue;
            }
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or("");
        }
        out
    }
}
