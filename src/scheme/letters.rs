//! Letter-for-letter schemes: Arabic spelling, signs included, and back.

use super::Scheme;
use crate::tables::Context;

impl Scheme {
    /// Arabic text in the letters of the scheme; a sign the table lacks stays and is counted.
    pub(crate) fn letters_from_arabic(self, arabic: &str) -> (String, Option<char>) {
        let mut unknown = None;
        let mut text = String::with_capacity(arabic.len());
        for c in arabic.chars() {
            match self.0.written(c, Context::Any) {
                Some(sign) => text.push_str(sign),
                None => {
                    if c.is_alphanumeric() && unknown.is_none() {
                        unknown = Some(c);
                    }
                    text.push(c);
                }
            }
        }
        (text, unknown)
    }

    /// The Arabic text that the scheme's letters stand for; every sign is one letter.
    pub(crate) fn letters_to_arabic(self, text: &str) -> String {
        text.chars()
            .map(|c| {
                let mut one = [0; 4];
                let sign: &str = c.encode_utf8(&mut one);
                self.0.read(sign).map_or(c, |(letter, _)| letter)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn buckwalter_is_the_identity_on_its_letters(picks in proptest::collection::vec(0usize..60, 0..40)) {
            let scheme = Scheme::find("buckwalter").unwrap();
            let letters: Vec<_> = scheme.letters().collect();
            let text: String = picks.iter().map(|p| letters[p % letters.len()].arabic).collect();
            let (written, unknown) = scheme.letters_from_arabic(&text);
            prop_assert_eq!(unknown, None);
            prop_assert_eq!(scheme.letters_to_arabic(&written), text);
        }
    }
}
