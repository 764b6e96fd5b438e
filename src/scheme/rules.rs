//! What a scheme does beyond its letters: named switches that schemes share.
//!
//! A switch is a header line of the scheme's table (`tables/README.md`); no scheme has code of
//! its own. The build script uses this file too, and writes the values out by their `Debug`.

/// What a scheme writes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What is heard.
    Sound,
    /// Arabic spelling, letter for letter.
    Letters,
    /// Arabic itself.
    Script,
}

/// Where the article has a capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArticleCapital {
    Never,
    /// At the start of a name.
    First,
    Always,
}

/// The switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    pub kind: Kind,
    /// Vowel signs are supplied where the text has none (of a letters or script scheme).
    pub signs: bool,
    /// The article without what joins it.
    pub article: &'static str,
    /// What joins the article to its word.
    pub joint: &'static str,
    /// The l of the article becomes the sun letter.
    pub assimilate: bool,
    /// The article after a long vowel (Abū l-Faḍl); empty where it stays whole.
    pub elided: &'static str,
    pub article_capital: ArticleCapital,
    /// Words have capitals.
    pub capitals: bool,
    pub ibn: &'static str,
    pub bin: &'static str,
    pub bint: &'static str,
    /// -iyy- and -uww- before another vowel.
    pub iyy: &'static str,
    pub uww: &'static str,
    /// Diphthongs at the end of a syllable.
    pub ay: &'static str,
    pub aw: &'static str,
    /// A doubled letter of two signs is written twice.
    pub double_digraphs: bool,
    /// ʿayn is written twice where it is doubled.
    pub double_ayn: bool,
    /// What parts two letters that would read as one; empty for nothing.
    pub guard: &'static str,
    /// What joins the words of ʿAbd al-X, X al-Dīn and Abū X.
    pub compound: &'static str,
    /// X Allāh is one word.
    pub joined_allah: bool,
    /// The long vowel before an elided article is written short (EI2: Abu ’l-Faḍl).
    pub short_before_article: bool,
    /// The hamza of a word that starts with a vowel is written, where its spelling has it.
    pub initial_hamza: bool,
    /// Short vowels at the end of a word are written.
    pub case_endings: bool,
    /// The vowels whose nunation is written.
    pub nunation: &'static str,
    /// What is written for the n of nunation.
    pub nunation_sign: &'static str,
    /// Shadda is written by the letter once more (of a letters scheme).
    pub shadda_doubles: bool,
    /// What stands between two words.
    pub word_joint: &'static str,
}

impl Rules {
    /// What holds where a table says nothing.
    #[allow(dead_code, reason = "only the build script reads tables")]
    pub(crate) const DEFAULT: Rules = Rules {
        kind: Kind::Sound,
        signs: false,
        article: "al",
        joint: "-",
        assimilate: false,
        elided: "",
        article_capital: ArticleCapital::Never,
        capitals: true,
        ibn: "ibn",
        bin: "bin",
        bint: "bint",
        iyy: "iyy",
        uww: "uww",
        ay: "ay",
        aw: "aw",
        double_digraphs: true,
        double_ayn: true,
        guard: "",
        compound: " ",
        joined_allah: false,
        short_before_article: false,
        initial_hamza: false,
        case_endings: true,
        nunation: "a",
        nunation_sign: "n",
        shadda_doubles: false,
        word_joint: " ",
    };

    /// Sets one switch; the error says what it takes.
    #[allow(dead_code, reason = "only the build script reads tables")]
    pub(crate) fn set(&mut self, key: &str, value: &'static str) -> Result<(), String> {
        let yes = |value: &str| match value {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => Err(format!("`{key}` takes yes or no, not `{other}`")),
        };
        let joint = |value: &str| match value {
            "hyphen" => Ok("-"),
            "blank" => Ok(" "),
            "none" => Ok(""),
            other => Err(format!("`{key}` takes hyphen, blank or none, not `{other}`")),
        };
        match key {
            "kind" => {
                self.kind = match value {
                    "sound" => Kind::Sound,
                    "letters" => Kind::Letters,
                    "script" => Kind::Script,
                    other => return Err(format!("`kind` takes sound, letters or script, not `{other}`")),
                }
            }
            "article-capital" => {
                self.article_capital = match value {
                    "never" => ArticleCapital::Never,
                    "first" => ArticleCapital::First,
                    "always" => ArticleCapital::Always,
                    other => return Err(format!("`article-capital` takes never, first or always, not `{other}`")),
                }
            }
            "signs" => self.signs = yes(value)?,
            "article" => self.article = value,
            "article-joint" => self.joint = joint(value)?,
            "assimilate" => self.assimilate = yes(value)?,
            "elided" => self.elided = value,
            "capitals" => self.capitals = yes(value)?,
            "ibn" => self.ibn = value,
            "bin" => self.bin = value,
            "bint" => self.bint = value,
            "iyy" => self.iyy = value,
            "uww" => self.uww = value,
            "ay" => self.ay = value,
            "aw" => self.aw = value,
            "double-digraphs" => self.double_digraphs = yes(value)?,
            "double-ayn" => self.double_ayn = yes(value)?,
            "guard" => self.guard = value,
            "compound-joint" => self.compound = joint(value)?,
            "joined-allah" => self.joined_allah = yes(value)?,
            "short-before-article" => self.short_before_article = yes(value)?,
            "initial-hamza" => self.initial_hamza = yes(value)?,
            "case-endings" => {
                self.case_endings = match value {
                    "keep" => true,
                    "drop" => false,
                    other => return Err(format!("`case-endings` takes keep or drop, not `{other}`")),
                }
            }
            "nunation" => match value.chars().find(|c| !"aiu".contains(*c)) {
                None => self.nunation = value,
                Some(c) => return Err(format!("`nunation` takes some of a, i and u, not `{c}`")),
            },
            "nunation-sign" => self.nunation_sign = value,
            "shadda" => {
                self.shadda_doubles = match value {
                    "sign" => false,
                    "double" => true,
                    other => return Err(format!("`shadda` takes sign or double, not `{other}`")),
                }
            }
            "word-joint" => self.word_joint = value,
            other => return Err(format!("there is no switch `{other}`; tables/README.md lists them")),
        }
        Ok(())
    }
}
