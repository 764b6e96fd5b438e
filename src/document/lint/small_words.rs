//! The particles of a name and its article.

use super::{Linter, cased, first_letter};
use crate::document::finding::Code;
use crate::document::mention::{self, Kind, Mention, Piece};
use crate::document::slots::{is_length, slips, slots};
use crate::document::spellings::bare;
use crate::document::words::is_hyphen;
use crate::name::particle::{Particle, is_article, is_elided_article};
use crate::scheme::Setting;
use unicode_normalization::UnicodeNormalization;

impl Linter<'_> {
    pub(super) fn particle(&mut self, mention: &Mention, piece: &Piece, particle: Particle) {
        let shown = self.get(&piece.span);
        if particle.is_filial() || matches!(particle, Particle::Wa) || is_article(&bare(shown)) {
            return;
        }
        if particle.is_parental() && !self.capital(piece) && self.scheme.rules().capitals && !piece.hyphened {
            let letter = first_letter(shown);
            let fix = shown.get(letter.clone()).map(str::to_uppercase);
            let span = piece.span.start + letter.start..piece.span.start + letter.end;
            self.tell(Code::Capital, mention, span, fix, format!("a kunya has a capital in {}", self.scheme), 0.8);
        }
        let meant = self.spellings.neutral(&self.scheme.write_word(&particle.word()).to_lowercase());
        let (typed, target) = (slots(shown), slots(&meant));
        if slips(&typed, &target).is_none() {
            let fix = cased(&self.written(&meant), shown);
            if bare(shown) != bare(&fix) {
                let reason = format!("{} writes `{fix}`", self.scheme);
                self.tell(Code::Scheme, mention, piece.span.clone(), Some(fix), reason, 0.85);
            }
            return;
        }
        let whole = cased(&self.written(&meant), shown);
        let reason = format!("{} writes `{whole}`", self.scheme);
        self.marks(mention, piece, [&typed, &target], &|_| reason.clone(), 0.93);
        self.signs(mention, piece, &typed, &target);
    }

    pub(super) fn article(&mut self, mention: &Mention, article: &Piece, governor: Option<&Piece>, stem: &Piece, word: &str) {
        let rules = self.scheme.rules();
        let Some((read, _)) = self.scheme.read_word(&self.written(word)).into_iter().next() else { return };
        let elided = governor.is_some_and(|g| matches!(g.kind, Kind::Particle(p) if p.elides()));
        let setting = Setting { elided, first: governor.is_none(), ..Setting::default() };
        let alone = self.scheme.write_in(&read, setting);
        let full = self.scheme.write_in(&read.with_article(true), setting);
        let Some(expected) = full.strip_suffix(&alone).map(|a| a.strip_suffix(rules.joint).unwrap_or(a)) else { return };
        let shown = self.get(&article.span);
        // After a long vowel and after wa the article may lose its own, though no table says so: Muḥyī l-Dīn, wa-l-.
        let lost = is_elided_article(&shown.to_lowercase());
        let after_vowel = governor.is_some_and(|g| slots(self.get(&g.span)).iter().rev().nth(1).is_some_and(|last| is_length(&last.marks)));
        let after_wa = governor.is_some_and(|g| g.kind == Kind::Particle(Particle::Wa));
        if lost && (after_wa && rules.elided.is_empty() || after_vowel && !elided) {
            return;
        }
        if shown.to_lowercase().nfc().ne(expected.to_lowercase().nfc()) {
            let fix = cased(&expected.to_lowercase(), shown);
            let reason = format!("{} writes `{fix}{}{}`", self.scheme, rules.joint, self.get(&stem.span));
            self.tell(Code::Article, mention, article.span.clone(), Some(fix), reason, if elided { 0.8 } else { 0.95 });
        } else if mention::capital(shown) != mention::capital(expected) && !mention.starts && governor.is_none() {
            let (what, fix) =
                if mention::capital(shown) { ("a small", expected.to_lowercase()) } else { ("a capital", expected.to_string()) };
            self.tell(Code::Capital, mention, article.span.clone(), Some(fix), format!("{} has {what} letter here", self.scheme), 0.9);
        } else if mention::capital(shown) && governor.is_some() && !mention::capital(expected) {
            self.tell(
                Code::Capital,
                mention,
                article.span.clone(),
                Some(expected.to_lowercase()),
                format!("{} has a small letter here", self.scheme),
                0.9,
            );
        }
        let between = article.span.end..stem.span.start;
        let joint = self.get(&between);
        if joint != rules.joint
            && !(rules.joint.is_empty() || joint.contains('\n'))
            && (joint.chars().all(is_hyphen) || joint.chars().all(char::is_whitespace))
        {
            let reason = format!("{} writes `{expected}{}{}`", self.scheme, rules.joint, self.get(&stem.span));
            self.tell(Code::Hyphen, mention, between, Some(rules.joint.to_string()), reason, 0.93);
        }
    }
}
