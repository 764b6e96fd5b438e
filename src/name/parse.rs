//! The parts of a name and their roles.

use super::particle::Particle;
use super::word::NameWord;
use super::{Name, Token, TokenKind};
use crate::scheme::Scheme;

/// What a part of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// The given name.
    Ism,
    /// Abū or Umm and a name.
    Kunya,
    /// The chain of ancestry: ibn and a name, or a father's name after the ism.
    Nasab,
    /// An honorific or epithet.
    Laqab,
    /// An adjective of origin, tribe, school or craft.
    Nisba,
    /// A family name that is no nisba.
    Family,
    /// A title.
    Title,
    /// What is no part of the name.
    Other,
}

impl Role {
    /// The English term, lower case.
    pub fn label(self) -> &'static str {
        match self {
            Role::Ism => "ism",
            Role::Kunya => "kunya",
            Role::Nasab => "nasab",
            Role::Laqab => "laqab",
            Role::Nisba => "nisba",
            Role::Family => "family",
            Role::Title => "title",
            Role::Other => "other",
        }
    }

    /// The Arabic term.
    pub fn arabic(self) -> &'static str {
        match self {
            Role::Ism => "اسم",
            Role::Kunya => "كنية",
            Role::Nasab => "نسب",
            Role::Laqab => "لقب",
            Role::Nisba => "نسبة",
            Role::Family => "عائلة",
            Role::Title => "لقب تشريف",
            Role::Other => "",
        }
    }
}

/// One part of a name.
#[derive(Clone, Debug)]
pub struct Part {
    role: Role,
    name: Name,
}

impl Part {
    /// What it is.
    pub fn role(&self) -> Role {
        self.role
    }

    /// It, in a scheme.
    pub fn text(&self, scheme: Scheme) -> String {
        self.name.write(scheme)
    }
}

impl Name {
    /// The parts in the order of the text.
    ///
    /// ```
    /// use nasab::{Source, Name, Role};
    /// let name = Name::read("أبو بكر محمد بن زكريا الرازي", Source::Auto).unwrap();
    /// let roles: Vec<Role> = name.parts().iter().map(|p| p.role()).collect();
    /// assert_eq!(roles, [Role::Kunya, Role::Ism, Role::Nasab, Role::Nisba]);
    /// ```
    pub fn parts(&self) -> Vec<Part> {
        let comma = self.tokens.iter().position(|t| matches!(t.kind, TokenKind::Comma)).unwrap_or(self.tokens.len());
        let (before, after) = self.tokens.split_at(comma);
        // Before the comma of an inverted heading stands no given name: Ḥusayn, Ṭāhā.
        let after = parts_of(after, false);
        let inverted = after.iter().any(|p| p.role == Role::Ism);
        let mut parts = parts_of(before, inverted);
        let found = parts.iter().any(|p| p.role == Role::Ism);
        parts.extend(if found { parts_of(self.tokens.get(comma..).unwrap_or(&[]), true) } else { after });
        parts
    }
}

/// The parts of a run of words, in a name whose given name stands elsewhere or here.
fn parts_of(mut tokens: &[Token], elsewhere: bool) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    while let Some(token) = tokens.first() {
        let length = if token.as_word().is_some() { compound(tokens) } else { 1 };
        let (taken, rest) = tokens.split_at(length.clamp(1, tokens.len()));
        tokens = rest;
        if matches!(token.kind, TokenKind::Comma) {
            continue;
        }
        let has_ism = elsewhere || parts.iter().any(|p| p.role == Role::Ism);
        let role = role(taken, has_ism, tokens.is_empty());
        // Only what was read can be written: a part has no Arabic text of its own.
        parts.push(Part { role, name: Name::new(taken.to_vec(), "", Vec::new()) });
    }
    parts
}

fn word(tokens: &[Token], place: usize) -> Option<&NameWord> {
    tokens.get(place).and_then(Token::as_word)
}

/// How many tokens the first part takes: a particle with what it governs, X al-Dīn, X Allāh.
fn compound(tokens: &[Token]) -> usize {
    let Some(first) = word(tokens, 0) else { return 1 };
    let rest = tokens.get(1..).unwrap_or(&[]);
    match first.particle {
        Some(Particle::Wa) => 1,
        Some(p) if p.governs() && word(rest, 0).is_some() => 1 + compound(rest),
        _ => match word(rest, 0) {
            Some(next) if next.particle == Some(Particle::Allah) || next.is_honored() => 2,
            _ => 1,
        },
    }
}

fn role(tokens: &[Token], has_ism: bool, last: bool) -> Role {
    let Some(first) = word(tokens, 0) else { return Role::Other };
    match first.particle {
        Some(p) if p.is_parental() => return Role::Kunya,
        Some(p) if p.is_filial() => return Role::Nasab,
        Some(Particle::Al | Particle::Banu | Particle::Bani) => return Role::Family,
        Some(Particle::Abd) => return if has_ism { Role::Nasab } else { Role::Ism },
        Some(Particle::Dhu | Particle::Dhi) => return Role::Laqab,
        Some(Particle::Wa) => return Role::Other,
        _ => {}
    }
    let Some(reading) = first.best() else { return Role::Other };
    let ends_in_i = matches!(reading.word.units.last(), Some(crate::hub::Unit::Long(crate::hub::Vowel::I)));
    if tokens.len() > 1 {
        return if has_ism { Role::Laqab } else { Role::Ism };
    }
    if reading.is("nisba") && (reading.word.article || has_ism || !reading.is("ism")) {
        return Role::Nisba;
    }
    if reading.word.article {
        return match () {
            () if ends_in_i => Role::Nisba,
            () if !has_ism && reading.is_given() => Role::Ism,
            () if reading.is("title") => Role::Title,
            () if last => Role::Family,
            () => Role::Laqab,
        };
    }
    if reading.is("title") && !reading.is_given() {
        return Role::Title;
    }
    match () {
        () if !has_ism => Role::Ism,
        () if last && !reading.is_given() => Role::Family,
        () => Role::Nasab,
    }
}
