//! A name to a scheme: what its words owe each other, and the ranked readings of the whole.

use super::particle::Particle;
use super::word::NameWord;
use super::{Name, NameReading, Token, TokenKind};
use crate::orthography::is_arabic_mark;
use crate::scheme::{Kind, Scheme, Setting};

impl Name {
    /// The best reading in a scheme.
    pub fn write(&self, scheme: Scheme) -> String {
        self.write_choice(scheme, &[])
    }

    /// The name as the languages of its words write it in Latin letters; `None` where the lexicon knows
    /// no such spelling of any word. Other words stand as the scheme writes them.
    ///
    /// ```
    /// use nasab::{Name, Scheme, Source};
    /// let name = Name::read("مسعود پزشکیان", Source::Auto).unwrap();
    /// assert_eq!(name.original(Scheme::find("ala-lc").unwrap()).as_deref(), Some("Masʻūd Pezeshkian"));
    /// ```
    pub fn original(&self, scheme: Scheme) -> Option<String> {
        let known = self.words().any(|w| w.best().is_some_and(|r| r.original.is_some()));
        let original = |word: &NameWord, pick: usize| word.reading(pick).and_then(|r| r.original);
        known.then(|| self.write_words(scheme, &[], &original))
    }

    /// The name with chosen readings, one index for each word; a missing one is 0.
    pub(crate) fn write_choice(&self, scheme: Scheme, choice: &[usize]) -> String {
        let rules = scheme.rules();
        if let Some(arabic) = self.arabic.as_ref().filter(|_| !rules.signs || self.vocalised) {
            // What was read from Arabic is given back as it was spelled.
            match rules.kind {
                Kind::Script if rules.signs => return arabic.clone(),
                Kind::Script => return arabic.chars().filter(|c| !is_arabic_mark(*c)).collect(),
                Kind::Letters => return scheme.letters_from_arabic(arabic).0,
                Kind::Sound => {}
            }
        }
        self.write_words(scheme, choice, &|_, _| None)
    }

    /// Writes word by word; `other` may know a better text of a word than the scheme.
    fn write_words(&self, scheme: Scheme, choice: &[usize], other: &dyn Fn(&NameWord, usize) -> Option<&'static str>) -> String {
        let rules = scheme.rules();
        let mut text = String::new();
        let mut number = 0;
        let mut before: Option<&NameWord> = None;
        for (place, token) in self.tokens.iter().enumerate() {
            let word = match &token.kind {
                TokenKind::Comma => {
                    text.push(if rules.kind == Kind::Script { '،' } else { ',' });
                    before = None;
                    continue;
                }
                TokenKind::Other(other) => {
                    joint(&mut text, if token.spaced { " " } else { "" });
                    text.push_str(other);
                    before = None;
                    continue;
                }
                TokenKind::Word(word) => word,
            };
            let pick = choice.get(number).copied().unwrap_or(0);
            number += 1;
            let next = self.tokens.get(place + 1).and_then(Token::as_word);
            joint(&mut text, if token.spaced || before.is_some() { join(scheme, before, word) } else { "" });
            match other(word, pick) {
                Some(other) => text.push_str(&capitalised(other)),
                None => write_word(&mut text, scheme, word, pick, before, next),
            }
            before = Some(word);
        }
        text
    }

    /// The likeliest readings of the whole name in a scheme, best first.
    ///
    /// Probabilities are those of the words, multiplied; readings that are written alike count
    /// once, with their sum.
    pub fn readings(&self, scheme: Scheme, limit: usize) -> Vec<NameReading> {
        /// Names beyond this many words vary only in these.
        const VARIED: usize = 12;
        let words: Vec<&NameWord> = self.words().collect();
        let mut beams: Vec<(Vec<usize>, f64)> = vec![(Vec::new(), 1.0)];
        for (place, word) in words.iter().enumerate() {
            let most = if place < VARIED { word.readings().len() } else { 1 };
            let mut longer: Vec<(Vec<usize>, f64)> = Vec::with_capacity(beams.len() * most.max(1));
            for (choice, p) in &beams {
                for (pick, reading) in word.readings().iter().take(most.max(1)).enumerate() {
                    let mut choice = choice.clone();
                    choice.push(pick);
                    longer.push((choice, p * reading.probability));
                }
            }
            longer.sort_by(|a, b| b.1.total_cmp(&a.1));
            longer.truncate(limit.max(1) * 4);
            beams = longer;
        }
        let script = Scheme::find("arabic").ok();
        let mut out: Vec<NameReading> = Vec::new();
        for (choice, probability) in beams {
            let text = self.write_choice(scheme, &choice);
            let arabic = script.map_or(String::new(), |s| self.write_choice(s, &choice));
            if let Some(same) = out.iter_mut().find(|r| r.text == text && r.arabic == arabic) {
                same.probability += probability;
                continue;
            }
            let guessed = words.iter().zip(&choice).any(|(w, &pick)| w.reading(pick).is_some_and(|r| r.guessed));
            out.push(NameReading { text, arabic, probability, guessed });
        }
        // A sum can overtake what stood before it.
        out.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        out.truncate(limit);
        out
    }
}

/// What stands between two words.
fn join(scheme: Scheme, before: Option<&NameWord>, word: &NameWord) -> &'static str {
    let rules = scheme.rules();
    let Some(before) = before else { return rules.word_joint };
    let allah = word.particle == Some(Particle::Allah);
    match before.particle {
        // One word in Arabic; a prefix where the article is one.
        Some(Particle::Wa) => {
            if rules.kind == Kind::Sound {
                rules.joint
            } else {
                ""
            }
        }
        _ if rules.kind == Kind::Letters => rules.word_joint,
        _ if allah && rules.joined_allah && rules.kind == Kind::Sound => "",
        Some(p) if rules.kind == Kind::Sound && (p == Particle::Abd || p.elides()) && word.best().is_some_and(|r| r.word.article) => {
            rules.compound
        }
        _ if rules.kind == Kind::Sound && word.is_honored() => rules.compound,
        _ => " ",
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn joint(text: &mut String, joint: &str) {
    if !text.is_empty() && !text.ends_with([' ', '(', '«', '"']) {
        text.push_str(joint);
    }
}

/// Writes one word between its neighbours.
fn write_word(text: &mut String, scheme: Scheme, word: &NameWord, pick: usize, before: Option<&NameWord>, next: Option<&NameWord>) {
    let rules = scheme.rules();
    let starts = before.is_none();
    let plain = |pick: usize| word.text(pick, scheme, Setting::default());
    match (rules.kind, word.particle) {
        // Arabic script: the son is ابن where a name begins and بن inside it.
        (Kind::Script | Kind::Letters, Some(Particle::Ibn | Particle::Bin)) => {
            let son = if starts { Particle::Ibn } else { Particle::Bin };
            text.push_str(&scheme.write_in(&son.word(), Setting::default()));
        }
        (Kind::Script | Kind::Letters, _) => text.push_str(&plain(pick)),
        (Kind::Sound, Some(Particle::Ibn | Particle::Bin)) if starts && rules.capitals => text.push_str("Ibn"),
        (Kind::Sound, Some(Particle::Ibn)) => text.push_str(rules.ibn),
        (Kind::Sound, Some(Particle::Bin)) => text.push_str(rules.bin),
        (Kind::Sound, Some(Particle::Bint)) if !starts => text.push_str(rules.bint),
        (Kind::Sound, Some(Particle::Wa)) => text.push_str(&plain(pick).to_lowercase()),
        (Kind::Sound, particle) => {
            let setting = Setting {
                construct: next.is_some_and(|next| governs(word, next)),
                elided: before.is_some_and(|b| b.particle.is_some_and(Particle::elides)),
                shortened: rules.short_before_article
                    && particle.is_some_and(Particle::elides)
                    && next.and_then(NameWord::best).is_some_and(|r| r.word.article),
                first: starts,
            };
            let own = word.text(pick, scheme, setting);
            // Nasrallah: the second word of a joined name has no capital of its own.
            if particle == Some(Particle::Allah) && rules.joined_allah && !starts {
                text.push_str(&own.to_lowercase());
            } else {
                text.push_str(&own);
            }
        }
    }
}

/// Whether a word stands in the construct to the next, so that its ة is heard: Hibat Allāh,
/// Amat al-Raḥmān, Maktabat al-Nahḍa. A person's name does not: Fāṭima al-Zahrāʾ.
fn governs(word: &NameWord, next: &NameWord) -> bool {
    if next.particle == Some(Particle::Allah) || next.is_honored() {
        return true;
    }
    let (Some(own), Some(other)) = (word.best(), next.best()) else { return false };
    // What governs a word governs a place as well: Jumhūrīyat Miṣr.
    let article = other.word.article || next.particle == Some(Particle::Ibn) || other.is_place();
    article && !own.word.article && (own.is_only_noun() || word.governs_names())
}
