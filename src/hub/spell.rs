//! Units to Arabic letters: hamza seats, long vowels, vowel signs.

use super::{Unit, Vowel, Word};

pub(super) const SHADDA: char = '\u{651}';
pub(super) const SUKUN: char = '\u{652}';
pub(super) const DAGGER: char = '\u{670}';

/// One Arabic letter with its signs in the order of clean text: shadda first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The letter, hamza on its seat.
    pub letter: char,
    /// Shadda, vowel sign, sukūn, dagger alif.
    pub marks: String,
}

impl Glyph {
    fn bare(letter: char) -> Self {
        Self { letter, marks: String::new() }
    }
}

fn sign(vowel: Vowel) -> char {
    match vowel {
        Vowel::A => '\u{64E}',
        Vowel::I => '\u{650}',
        Vowel::U => '\u{64F}',
    }
}

fn tanwin(vowel: Vowel) -> char {
    match vowel {
        Vowel::A => '\u{64B}',
        Vowel::I => '\u{64D}',
        Vowel::U => '\u{64C}',
    }
}

/// The letters of the stem with their signs; an irregular spelling keeps its letters.
pub(super) fn glyphs(word: &Word) -> Vec<Glyph> {
    let regular = regular(&word.units);
    match &word.spelling {
        Some(spelling) => onto(spelling, &regular),
        None => regular,
    }
}

/// Spelling by rule.
fn regular(units: &[Unit]) -> Vec<Glyph> {
    let mut out: Vec<Glyph> = Vec::with_capacity(units.len());
    for (place, &unit) in units.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|p| units.get(p)).copied();
        let next = units.get(place + 1).copied();
        let last = next.is_none();
        match unit {
            Unit::Consonant { letter: 'ء', doubled } => {
                let seat = seat(before, next);
                // ءا on an alif seat is one letter, آ; the long vowel adds nothing then.
                let mut glyph = Glyph::bare(seat);
                if doubled {
                    glyph.marks.push(SHADDA);
                }
                if !last && next.is_some_and(|n| matches!(n, Unit::Consonant { .. })) {
                    glyph.marks.push(SUKUN);
                }
                out.push(glyph);
            }
            Unit::Consonant { letter, doubled } => {
                let mut glyph = Glyph::bare(letter);
                if doubled {
                    glyph.marks.push(SHADDA);
                }
                if matches!(next, Some(Unit::Consonant { .. })) {
                    glyph.marks.push(SUKUN);
                }
                out.push(glyph);
            }
            Unit::Short(vowel) => match out.last_mut() {
                Some(glyph) => glyph.marks.push(sign(vowel)),
                None => {
                    let mut glyph = Glyph::bare(initial(vowel, units));
                    glyph.marks.push(sign(vowel));
                    out.push(glyph);
                }
            },
            Unit::Long(vowel) => match out.last_mut() {
                None if vowel == Vowel::A => out.push(Glyph::bare('آ')),
                None => {
                    let mut glyph = Glyph::bare(if vowel == Vowel::I { 'إ' } else { 'أ' });
                    glyph.marks.push(sign(vowel));
                    out.push(glyph);
                    out.push(Glyph::bare(carrier(vowel)));
                }
                Some(glyph) if glyph.letter == 'آ' => {}
                Some(glyph) => {
                    glyph.marks.push(sign(vowel));
                    out.push(Glyph::bare(carrier(vowel)));
                }
            },
            Unit::Maqsura => {
                // After y the letter is alif, so that two dotted shapes do not meet: dunyā, Yaḥyā is the exception by name.
                if let Some(glyph) = out.last_mut() {
                    glyph.marks.push(sign(Vowel::A));
                }
                out.push(Glyph::bare('ى'));
            }
            Unit::TaMarbuta => {
                if !matches!(before, Some(Unit::Long(_)))
                    && let Some(glyph) = out.last_mut()
                {
                    glyph.marks.push(sign(Vowel::A));
                }
                out.push(Glyph::bare('ة'));
            }
            Unit::Tanwin(vowel) => {
                if let Some(glyph) = out.last_mut() {
                    glyph.marks.push(tanwin(vowel));
                }
                if vowel == Vowel::A && !matches!(before, Some(Unit::TaMarbuta | Unit::Maqsura)) {
                    out.push(Glyph::bare('ا'));
                }
            }
            Unit::Unknown => {}
        }
    }
    out
}

fn carrier(vowel: Vowel) -> char {
    match vowel {
        Vowel::A => 'ا',
        Vowel::I => 'ي',
        Vowel::U => 'و',
    }
}

/// The alif of an initial short vowel: bare in the verbal nouns of forms VII to X.
fn initial(vowel: Vowel, units: &[Unit]) -> char {
    if vowel != Vowel::I {
        return 'أ';
    }
    use Unit::{Consonant, Long, Short};
    let joined = match units {
        // iftiʿāl and infiʿāl: i C C i C ā C
        [Short(Vowel::I), Consonant { letter: first, doubled }, rest @ ..] => match (rest, doubled) {
            ([Consonant { letter: second, .. }, Short(Vowel::I), Consonant { .. }, Long(Vowel::A), ..], false) => {
                *first == 'ن' || matches!(second, 'ت' | 'ط' | 'د')
            }
            // ittiḥād, iddiʿāʾ: the t of the form has taken in the first radical
            ([Short(Vowel::I), Consonant { .. }, Long(Vowel::A), ..], true) => matches!(first, 'ت' | 'د' | 'ط'),
            // istifʿāl
            ([Consonant { letter: 'ت', .. }, Short(Vowel::I), Consonant { .. }, Consonant { .. }, Long(Vowel::A), ..], false) => {
                *first == 'س'
            }
            _ => false,
        },
        _ => false,
    };
    if joined { 'ا' } else { 'إ' }
}

/// The seat of a hamza that is not word-initial, or آ where it takes in a following long a.
fn seat(before: Option<Unit>, next: Option<Unit>) -> char {
    use Unit::{Consonant, Long, Maqsura, Short, TaMarbuta};
    let after_y = matches!(before, Some(Consonant { letter: 'ي', .. }));
    let Some(next) = next else {
        return match before {
            Some(Short(Vowel::A)) => 'أ',
            Some(Short(Vowel::I)) => 'ئ',
            Some(Short(Vowel::U)) => 'ؤ',
            None => 'أ',
            _ => 'ء',
        };
    };
    let next_i = matches!(next, Short(Vowel::I) | Long(Vowel::I) | Unit::Tanwin(Vowel::I));
    let next_u = matches!(next, Short(Vowel::U) | Long(Vowel::U));
    match before {
        _ if next_i => 'ئ',
        Some(Short(Vowel::I) | Long(Vowel::I)) => 'ئ',
        _ if after_y => 'ئ',
        Some(Long(Vowel::U)) => 'ء',
        Some(Short(Vowel::U)) => 'ؤ',
        _ if next_u => 'ؤ',
        Some(Long(Vowel::A)) => 'ء',
        Some(Consonant { letter: 'و', .. }) if matches!(next, Short(Vowel::A) | Long(Vowel::A) | TaMarbuta) => 'ء',
        _ if matches!(next, Long(Vowel::A)) => 'آ',
        _ if matches!(next, Maqsura) => 'أ',
        _ => 'أ',
    }
}

/// Puts the signs of the regular spelling onto the letters of an irregular one.
///
/// Letters are paired in order by the longest common row. A sign of a letter that the
/// irregular spelling lacks goes to the letter before it; a missing alif becomes a dagger.
fn onto(spelling: &str, regular: &[Glyph]) -> Vec<Glyph> {
    let letters: Vec<char> = spelling.chars().collect();
    let (rows, columns) = (letters.len(), regular.len());
    let same = |i: usize, j: usize| match (letters.get(i), regular.get(j)) {
        (Some(a), Some(b)) => alike(*a, b.letter),
        _ => false,
    };
    // common[i][j]: the longest common row of letters[i..] and regular[j..]
    let mut common = vec![vec![0u16; columns + 1]; rows + 1];
    let at = |table: &[Vec<u16>], i: usize, j: usize| table.get(i).and_then(|r| r.get(j)).copied().unwrap_or(0);
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let best = if same(i, j) { at(&common, i + 1, j + 1) + 1 } else { at(&common, i + 1, j).max(at(&common, i, j + 1)) };
            if let Some(cell) = common.get_mut(i).and_then(|r| r.get_mut(j)) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out: Vec<Glyph> = Vec::with_capacity(rows);
    while i < rows || j < columns {
        if same(i, j) {
            if let (Some(&letter), Some(glyph)) = (letters.get(i), regular.get(j)) {
                let twice = glyph.marks.starts_with(SHADDA) && letters.get(i + 1) == Some(&letter) && !same(i + 1, j + 1);
                if twice {
                    // A doubled letter that is spelled twice: صوقللو.
                    out.push(Glyph { letter, marks: SUKUN.to_string() });
                    out.push(Glyph { letter, marks: glyph.marks.chars().skip(1).collect() });
                    i += 1;
                } else {
                    out.push(Glyph { letter, marks: glyph.marks.clone() });
                }
            }
            i += 1;
            j += 1;
        } else if i < rows && (j >= columns || at(&common, i + 1, j) >= at(&common, i, j + 1)) {
            if let Some(&letter) = letters.get(i) {
                out.push(Glyph::bare(letter));
            }
            i += 1;
        } else {
            // The hamza of قاآني is in the آ that follows.
            let in_next = regular.get(j).is_some_and(|g| g.letter == 'ء') && letters.get(i) == Some(&'آ');
            if let (Some(last), Some(glyph)) = (out.last_mut(), regular.get(j).filter(|_| !in_next)) {
                if glyph.letter == 'ا' {
                    last.marks.push(DAGGER);
                }
                last.marks.push_str(&glyph.marks);
            }
            j += 1;
        }
    }
    // Where every sign is written the hamza goes with its vowel: أصفهاني is إِصْفَهَانِي.
    // So it does with the long vowel of ألوسي, which is آلُوسِي.
    if let Some(first) = out.first_mut().filter(|g| g.letter == 'أ') {
        if first.marks.starts_with(sign(Vowel::I)) {
            first.letter = 'إ';
        } else if regular.first().is_some_and(|g| g.letter == 'آ') {
            first.letter = 'آ';
        }
    }
    out
}

/// Letters that stand for each other in irregular spellings.
fn alike(a: char, b: char) -> bool {
    let class = |c| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ى' => 'ي',
        'ه' => 'ة',
        other => other,
    };
    class(a) == class(b) || (matches!(b, 'ا') && a == 'ى')
}
