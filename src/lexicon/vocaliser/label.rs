//! What one Arabic letter may stand for: the labels between which the vocaliser chooses.
//!
//! Each letter of an unvocalised word emits one chunk of what is heard: a consonant with its
//! doubling and the vowel after it, a long vowel, nothing. The build script uses this file too.

use crate::hub::{Unit, Vowel};
use What::{Begin, Glide, Long, Maqsura, One, Silent, TaMarbuta, Tanwin, Two};

/// One chunk; the number is its place in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(pub u8);

/// The number of labels.
pub const LABELS: usize = 29;

/// The part of a label that is not the vowel after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The consonant.
    One,
    /// The consonant with shadda.
    Two,
    /// The long vowel of the letter before.
    Long(Vowel),
    /// -iyy- or -uww-: the short vowel of the letter before and the doubled glide.
    Glide(Vowel),
    /// The short vowel that a word begins with.
    Begin(Vowel),
    /// -an.
    Tanwin,
    /// Nothing: the و of عمرو, the alif before a long vowel at the start.
    Silent,
    /// ى as a long a.
    Maqsura,
    /// ة.
    TaMarbuta,
}

struct Row {
    name: &'static str,
    what: What,
    after: Option<Unit>,
}

const fn row(name: &'static str, what: What, after: Option<Unit>) -> Row {
    Row { name, what, after }
}

const A: Option<Unit> = Some(Unit::Short(Vowel::A));
const I: Option<Unit> = Some(Unit::Short(Vowel::I));
const U: Option<Unit> = Some(Unit::Short(Vowel::U));
const LONG_A: Option<Unit> = Some(Unit::Long(Vowel::A));
const LONG_U: Option<Unit> = Some(Unit::Long(Vowel::U));

static ROWS: [Row; LABELS] = [
    row("C", One, None),
    row("Ca", One, A),
    row("Ci", One, I),
    row("Cu", One, U),
    row("CC", Two, None),
    row("CCa", Two, A),
    row("CCi", Two, I),
    row("CCu", Two, U),
    row("Cā", One, LONG_A),
    row("CCā", Two, LONG_A),
    row("ā", Long(Vowel::A), None),
    row("a", Begin(Vowel::A), None),
    row("i", Begin(Vowel::I), None),
    row("u", Begin(Vowel::U), None),
    row("an", Tanwin, None),
    row("-", Silent, None),
    row("á", Maqsura, None),
    row("ī", Long(Vowel::I), None),
    row("ū", Long(Vowel::U), None),
    row("iyy", Glide(Vowel::I), None),
    row("iyya", Glide(Vowel::I), A),
    row("iyyi", Glide(Vowel::I), I),
    row("iyyu", Glide(Vowel::I), U),
    row("uww", Glide(Vowel::U), None),
    row("uwwa", Glide(Vowel::U), A),
    row("uwwi", Glide(Vowel::U), I),
    row("uwwu", Glide(Vowel::U), U),
    row("ẗ", TaMarbuta, None),
    row("Cū", One, LONG_U),
];

impl Label {
    /// The label of this name.
    pub fn find(name: &str) -> Option<Label> {
        ROWS.iter().position(|r| r.name == name).and_then(|p| u8::try_from(p).ok()).map(Label)
    }

    fn row(self) -> Option<&'static Row> {
        ROWS.get(usize::from(self.0))
    }

    /// Its name in `tables/vocaliser`.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |r| r.name)
    }

    /// What it is without the vowel after it.
    pub fn what(self) -> What {
        self.row().map_or(Silent, |r| r.what)
    }

    /// The vowel after it.
    pub fn after(self) -> Option<Unit> {
        self.row().and_then(|r| r.after)
    }

    /// The vowel that it gives the letter before.
    fn before(self) -> Option<Vowel> {
        match self.what() {
            Long(v) | Glide(v) => Some(v),
            Maqsura | TaMarbuta => Some(Vowel::A),
            _ => None,
        }
    }

    /// A consonant without a vowel of its own.
    fn is_bare(self) -> bool {
        matches!(self.what(), One | Two | Glide(_)) && self.after().is_none()
    }

    /// Adds what it stands for with this letter.
    pub fn emit(self, letter: char, units: &mut Vec<Unit>) {
        let letter = match letter {
            'أ' | 'إ' | 'آ' | 'ؤ' | 'ئ' | 'ا' => 'ء',
            'ى' => 'ي',
            other => other,
        };
        match self.what() {
            One => units.push(Unit::consonant(letter)),
            Two => units.push(Unit::Consonant { letter, doubled: true }),
            Long(v) => units.push(Unit::Long(v)),
            Glide(v) => units.extend([Unit::Short(v), Unit::Consonant { letter, doubled: true }]),
            Begin(v) => units.push(Unit::Short(v)),
            Tanwin => units.push(Unit::Tanwin(Vowel::A)),
            Silent => {}
            Maqsura => units.push(Unit::Maqsura),
            TaMarbuta => units.push(Unit::TaMarbuta),
        }
        units.extend(self.after());
    }
}

/// Letters with the same labels; its number is written into every feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group(pub u8);

const fn list<const N: usize>(numbers: [u8; N]) -> [Label; N] {
    let mut out = [Label(0); N];
    let (mut rest, mut place) = (numbers.as_slice(), 0);
    while let [first, more @ ..] = rest {
        let (_, tail) = out.split_at_mut(place);
        if let [slot, ..] = tail {
            *slot = Label(*first);
        }
        rest = more;
        place += 1;
    }
    out
}

static CONSONANT: [Label; 10] = list([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
static FIRST_ALIF: [Label; 5] = list([10, 11, 12, 13, 15]);
static FIRST_ALIF_BELOW: [Label; 2] = list([12, 15]);
static FIRST_MADDA: [Label; 1] = list([10]);
static ALIF: [Label; 3] = list([10, 14, 15]);
static MADDA: [Label; 1] = list([8]);
static LAST_MAQSURA: [Label; 3] = list([0, 16, 17]);
static TA_MARBUTA: [Label; 1] = list([27]);
static WAW: [Label; 17] = list([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 18, 23, 24, 25, 26, 28]);
static YA: [Label; 15] = list([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 19, 20, 21, 22]);

impl Group {
    /// The group of a letter in its place.
    pub fn of(letter: char, first: bool, last: bool) -> Group {
        Group(match letter {
            'ا' | 'أ' if first => 1,
            'إ' if first => 2,
            'آ' if first => 3,
            'ا' => 4,
            'آ' => 5,
            'ى' if last => 6,
            'ة' => 7,
            'و' if !first => 8,
            'ي' | 'ى' if !first => 9,
            _ => 0,
        })
    }

    /// What its letters may stand for.
    pub fn labels(self) -> &'static [Label] {
        match self.0 {
            1 => &FIRST_ALIF,
            2 => &FIRST_ALIF_BELOW,
            3 => &FIRST_MADDA,
            4 => &ALIF,
            5 => &MADDA,
            6 => &LAST_MAQSURA,
            7 => &TA_MARBUTA,
            8 => &WAW,
            9 => &YA,
            _ => &CONSONANT,
        }
    }
}

/// Whether a label may follow another (`None` at the start of the word).
pub fn may_follow(before: Option<Label>, label: Label) -> bool {
    let Some(before) = before else {
        return !matches!(label.what(), Glide(_) | Maqsura | TaMarbuta | Tanwin) && !matches!(label.what(), Long(Vowel::I | Vowel::U));
    };
    match label.what() {
        Long(_) | Glide(_) if before.what() == Silent => label.before() != Some(Vowel::A),
        TaMarbuta => before.is_bare() || before.what() == Long(Vowel::A) || before.after() == LONG_A,
        Long(_) | Glide(_) | Maqsura | Tanwin => before.is_bare(),
        // A doubled glide after its own short vowel is one label, or a word would have two paths.
        Two => true,
        Begin(_) => false,
        One | Silent => true,
    }
}

/// Whether -iyy- and -uww- would be spelled by two labels; they are one.
pub fn splits_glide(before: Option<Label>, label: Label, letter: char) -> bool {
    let vowel = match before.map(|b| (b.what(), b.after())) {
        Some((Begin(v), _)) | Some((_, Some(Unit::Short(v)))) => v,
        _ => return false,
    };
    label.what() == Two && matches!((letter, vowel), ('ي' | 'ى', Vowel::I) | ('و', Vowel::U))
}

/// Whether the signs that a text gives a letter allow its label, before the label of the next.
pub fn allows(marks: &str, own: Label, next: Option<Label>) -> bool {
    let lent = next.and_then(Label::before);
    let heard = match (own.what(), own.after()) {
        (Begin(v), _) | (_, Some(Unit::Short(v))) => Some(v),
        _ => lent,
    };
    let tanwin = own.what() == Tanwin || next.is_some_and(|n| n.what() == Tanwin);
    marks.chars().all(|mark| match mark {
        '\u{651}' => matches!(own.what(), Two | Glide(_)),
        '\u{64E}' => heard == Some(Vowel::A),
        '\u{64F}' => heard == Some(Vowel::U),
        '\u{650}' => heard == Some(Vowel::I),
        '\u{652}' => heard.is_none() && own.after().is_none(),
        '\u{64B}' => tanwin,
        '\u{670}' => own.after() == LONG_A || own.what() == Maqsura,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_their_own() {
        for number in 0..LABELS as u8 {
            assert_eq!(Label::find(Label(number).name()), Some(Label(number)));
        }
    }

    #[test]
    fn signs_allow_what_agrees() {
        let label = |name| Label::find(name).unwrap();
        assert!(allows("\u{650}", label("C"), Some(label("ī"))));
        assert!(!allows("\u{64E}", label("C"), Some(label("ī"))));
        assert!(allows("\u{651}\u{64E}", label("CCa"), None));
        assert!(!allows("\u{651}", label("Ca"), None));
        assert!(allows("\u{64E}", label("C"), Some(label("ẗ"))));
    }
}
