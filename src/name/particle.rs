//! The small words of names, in one list: what they are in the hub and how they are typed.

use crate::hub::Word;

/// A word that ties others together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Particle {
    /// ابن, the son at the start of a name or written so.
    Ibn,
    /// بن, the son between two names.
    Bin,
    /// بنت.
    Bint,
    /// أبو in the three cases.
    Abu,
    Abi,
    Aba,
    /// أم.
    Umm,
    /// عبد.
    Abd,
    /// آل, the family of.
    Al,
    /// ذو in the genitive too.
    Dhu,
    Dhi,
    /// ولد of Mauritania.
    Wuld,
    /// بنو and بني.
    Banu,
    Bani,
    /// الله.
    Allah,
    /// و, the conjunction that running text writes as one with a name.
    Wa,
}

struct Row {
    particle: Particle,
    form: &'static str,
    /// Folded Arabic spellings; the first is the regular one.
    arabic: &'static [&'static str],
    /// Plain Latin spellings.
    latin: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row { particle: Particle::Ibn, form: "ibn", arabic: &["ابن", "إبن"], latin: &["ibn", "ebn"] },
    Row { particle: Particle::Bin, form: "bin", arabic: &["بن"], latin: &["bin", "ben", "b", "bn"] },
    Row { particle: Particle::Bint, form: "bint", arabic: &["بنت", "ابنة"], latin: &["bint", "bent", "bt"] },
    Row { particle: Particle::Abu, form: "abū", arabic: &["أبو", "ابو"], latin: &["abu", "abou", "aboo", "abo", "bou", "bu"] },
    Row { particle: Particle::Abi, form: "abī", arabic: &["أبي", "ابي", "أبى", "ابى"], latin: &["abi", "aby", "abee"] },
    Row { particle: Particle::Aba, form: "abā", arabic: &["أبا", "ابا"], latin: &["aba"] },
    Row { particle: Particle::Umm, form: "umm", arabic: &["أم", "ام"], latin: &["umm", "um", "oum", "omm", "oumm", "om"] },
    Row { particle: Particle::Abd, form: "ʿabd", arabic: &["عبد"], latin: &["abd"] },
    Row { particle: Particle::Al, form: "āl", arabic: &["آل"], latin: &["aal"] },
    Row { particle: Particle::Dhu, form: "ḏū", arabic: &["ذو"], latin: &["dhu", "zu", "dhou", "zou", "dhul"] },
    Row { particle: Particle::Dhi, form: "ḏī", arabic: &["ذي"], latin: &["dhi", "zi"] },
    Row { particle: Particle::Wuld, form: "wuld", arabic: &["ولد"], latin: &["ould", "wuld", "weld"] },
    Row { particle: Particle::Banu, form: "banū", arabic: &["بنو"], latin: &["banu", "banou"] },
    Row { particle: Particle::Bani, form: "banī", arabic: &["بني"], latin: &["bani", "beni"] },
    Row { particle: Particle::Allah, form: "allāh", arabic: &["الله", "اللہ"], latin: &["allah", "allh", "ellah"] },
    Row { particle: Particle::Wa, form: "wa", arabic: &["و"], latin: &["wa"] },
];

/// Second words of solid compounds as the press glues them on, the longer first.
pub(super) const LATIN_SECONDS: [(&str, &str); 33] = [
    ("oudine", "al-dīn"),
    ("odine", "al-dīn"),
    ("udine", "al-dīn"),
    ("edeen", "al-dīn"),
    ("udeen", "al-dīn"),
    ("edin", "al-dīn"),
    ("urrahman", "al-raḥmān"),
    ("urahman", "al-raḥmān"),
    ("orrahman", "al-raḥmān"),
    ("irahman", "al-raḥmān"),
    ("urrehman", "al-raḥmān"),
    ("eddine", "al-dīn"),
    ("eddeen", "al-dīn"),
    ("uddeen", "al-dīn"),
    ("uddine", "al-dīn"),
    ("addine", "al-dīn"),
    ("eldeen", "al-dīn"),
    ("ouddine", "al-dīn"),
    ("iddine", "al-dīn"),
    ("eddin", "al-dīn"),
    ("uddin", "al-dīn"),
    ("addin", "al-dīn"),
    ("oddin", "al-dīn"),
    ("aldin", "al-dīn"),
    ("eldin", "al-dīn"),
    ("edine", "al-dīn"),
    ("ettin", "al-dīn"),
    ("addīn", "al-dīn"),
    ("allāh", "allāh"),
    ("ullāh", "allāh"),
    ("allah", "allāh"),
    ("ullah", "allāh"),
    ("ollah", "allāh"),
];

/// The article as it is typed, whole or assimilated, in lower case.
pub(crate) fn is_article(word: &str) -> bool {
    matches!(
        word,
        "al" | "el" | "ul" | "ash" | "esh" | "aš" | "ad" | "ar" | "as" | "az" | "at" | "an" | "ed" | "es" | "er" | "ez" | "et" | "en"
    ) || matches!(word, "ur" | "ud" | "us" | "uz" | "ush" | "ut" | "aṣ" | "aḍ" | "aṭ" | "aẓ" | "aṯ" | "aḏ" | "ath" | "adh" | "l" | "ech")
}

/// The article after a long vowel, before a hyphen: Abū l-Faḍl, Ḏū n-Nūn.
pub(crate) fn is_elided_article(word: &str) -> bool {
    matches!(word, "l" | "t" | "ṯ" | "d" | "ḏ" | "r" | "z" | "s" | "š" | "ṣ" | "ḍ" | "ṭ" | "ẓ" | "n")
}

impl Particle {
    fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|r| r.particle == self)
    }

    /// The particle that an Arabic word without signs is.
    pub(crate) fn of_arabic(word: &str) -> Option<Particle> {
        ROWS.iter().find(|r| r.arabic.contains(&word)).map(|r| r.particle)
    }

    /// The particle that a plain Latin word is.
    pub(crate) fn of_latin(plain: &str) -> Option<Particle> {
        ROWS.iter().find(|r| r.latin.contains(&plain)).map(|r| r.particle)
    }

    /// The hub's word.
    pub(crate) fn word(self) -> Word {
        let Some(row) = self.row() else { return Word::default() };
        let word = Word::parse(row.form).unwrap_or_default();
        row.arabic.first().map_or(word.clone(), |arabic| word.with_spelling(arabic))
    }

    /// Needs a word after it to be itself: `أم` alone is no kunya.
    pub(crate) fn governs(self) -> bool {
        self != Particle::Allah
    }

    /// Son or daughter.
    pub(crate) fn is_filial(self) -> bool {
        matches!(self, Particle::Ibn | Particle::Bin | Particle::Bint | Particle::Wuld)
    }

    /// Father or mother.
    pub(crate) fn is_parental(self) -> bool {
        matches!(self, Particle::Abu | Particle::Abi | Particle::Aba | Particle::Umm)
    }

    /// Ends in a vowel that takes in the a of a following article.
    pub(crate) fn elides(self) -> bool {
        matches!(
            self,
            Particle::Abu | Particle::Abi | Particle::Aba | Particle::Dhu | Particle::Dhi | Particle::Banu | Particle::Bani | Particle::Wa
        )
    }
}
