//! What the vocaliser looks at when it chooses the label of a letter.
//!
//! A feature is a short row of signs: its kind, the group of the letter, and what was seen.
//! Training and reading use this one code.

use super::kin::Hint;
use super::label::Group;

/// A feature under construction; longer ones are cut.
struct Signs {
    held: [char; 32],
    length: usize,
}

impl Signs {
    fn new(kind: char, group: Group) -> Self {
        let mut signs = Signs { held: ['\0'; 32], length: 0 };
        signs.add(kind);
        signs.number(usize::from(group.0), 9);
        signs
    }

    fn add(&mut self, c: char) {
        if let Some(slot) = self.held.get_mut(self.length) {
            *slot = c;
            self.length += 1;
        }
    }

    fn all(&mut self, signs: &[char]) {
        signs.iter().for_each(|c| self.add(*c));
    }

    fn number(&mut self, n: usize, most: usize) {
        let n = u8::try_from(n.min(most)).unwrap_or(u8::MAX);
        self.add(char::from(b'0' + n));
    }

    fn get(&self) -> &[char] {
        self.held.get(..self.length).unwrap_or(&[])
    }
}

/// A word as the features see it: its letters and what they reduce to, with an edge at both ends.
pub struct Seen {
    letters: Vec<char>,
    /// Long vowels and hamza kept, the other letters `C`.
    shape: Vec<char>,
    /// The same with م ت ن, which patterns are built with.
    affixes: Vec<char>,
    /// The letters without long vowels, to find the neighbours in the root.
    root: Vec<(usize, char)>,
    article: bool,
    hints: Vec<Hint>,
}

fn shape(c: char) -> char {
    match c {
        'ا' | 'و' | 'ي' | 'ة' | 'ى' | 'أ' | 'إ' | 'آ' | 'ء' | 'ئ' | 'ؤ' | '^' | '$' => c,
        _ => 'C',
    }
}

/// Sounds that colour their vowels alike.
fn sound(c: char) -> char {
    match c {
        'ء' | 'أ' | 'إ' | 'ؤ' | 'ئ' | 'ه' | 'ح' | 'خ' | 'ع' | 'غ' => 'h',
        'ص' | 'ض' | 'ط' | 'ظ' | 'ق' => 'q',
        'ر' | 'ل' | 'ن' => 'r',
        'ب' | 'م' | 'ف' => 'b',
        'ا' | 'و' | 'ي' | 'ة' | 'ى' | 'آ' | '^' | '$' => c,
        _ => 'C',
    }
}

impl Seen {
    /// A word of these letters, with or without the article before it, and what its relatives say.
    pub fn new(word: &[char], article: bool, hints: Vec<Hint>) -> Self {
        let mut letters = vec!['^'];
        letters.extend(word);
        letters.push('$');
        let shape: Vec<char> = letters.iter().map(|c| shape(*c)).collect();
        let affixes = letters.iter().zip(&shape).map(|(c, s)| if matches!(c, 'م' | 'ت' | 'ن') { *c } else { *s }).collect();
        let root = letters.iter().copied().enumerate().filter(|(_, c)| !matches!(c, 'ا' | 'و' | 'ي')).collect();
        Seen { letters, shape, affixes, root, article, hints }
    }

    /// The number of letters.
    fn count(&self) -> usize {
        self.letters.len() - 2
    }

    /// The group of the letter at a place.
    pub fn group(&self, place: usize) -> Group {
        let letter = self.letters.get(place + 1).copied().unwrap_or('$');
        Group::of(letter, place == 0, place + 1 == self.count())
    }

    /// The setting of the steps between labels: how far the end is, and what letter comes next.
    pub fn step(&self, place: usize) -> (usize, usize) {
        let next = match self.letters.get(place + 2).copied().unwrap_or('$') {
            '$' => 0,
            'ا' | 'آ' | 'ى' => 1,
            'و' => 2,
            'ي' => 3,
            'ة' => 4,
            _ => 5,
        };
        ((self.count() - 1).saturating_sub(place).min(3), next)
    }

    /// Tells every feature of the letter at a place.
    pub fn each(&self, place: usize, mut tell: impl FnMut(&[char])) {
        let group = self.group(place);
        let at = place + 1;
        let end = self.letters.len();
        let start = |kind: char| Signs::new(kind, group);
        let (from_start, from_end) = (place, end - 2 - at);
        let letter = self.letters.get(at).copied().unwrap_or('$');
        let last = self.letters.get(end - 2).copied().unwrap_or('$');
        // What the relatives have here.
        for hint in self.hints.iter().filter(|h| h.place == place) {
            let mut signs = start(if hint.last { 'K' } else { 'H' });
            signs.add(char::from(b'A' + hint.label.0));
            tell(signs.get());
            signs.add(char::from(b'a' + u8::try_from(hint.kin).unwrap_or(0)));
            tell(signs.get());
        }
        // Rows of letters around this one.
        for left in 0..=3usize.min(at) {
            for right in 0..=3usize.min(end - 1 - at) {
                let mut signs = start('n');
                signs.number(left, 9);
                signs.all(slice(&self.letters, at - left, at + right));
                tell(signs.get());
            }
        }
        // Longer rows to one side: a stem that is known goes before its ending.
        for (left, right) in [(4usize, 0usize), (4, 1), (4, 2), (5, 1), (0, 4), (1, 4), (2, 4)] {
            if at >= left && at + right < end {
                let mut signs = start('m');
                signs.number(left, 9);
                signs.all(slice(&self.letters, at - left, at + right));
                tell(signs.get());
            }
        }
        // Single letters, with and without this one, and pairs that leave it out.
        for offset in [-3isize, -2, -1, 1, 2, 3] {
            let Some(other) = at.checked_add_signed(offset).and_then(|p| self.letters.get(p)) else { continue };
            for own in [true, false] {
                let mut signs = start('o');
                signs.number((offset + 3) as usize, 9);
                signs.add(*other);
                if own {
                    signs.add(letter);
                }
                tell(signs.get());
            }
        }
        for (kind, left, right) in [('p', 1usize, 1usize), ('q', 2, 1), ('r', 1, 2), ('s', 2, 2)] {
            if at >= left && at + right < end {
                let mut signs = start(kind);
                signs.all(slice(&self.letters, at - left, at - 1));
                signs.all(slice(&self.letters, at + 1, at + right));
                tell(signs.get());
            }
        }
        // The shape of the whole, and of its parts before and after this letter.
        for (kind, whole) in [('T', &self.shape), ('U', &self.affixes)] {
            let mut signs = start(kind);
            signs.number(place, 9);
            signs.all(whole);
            tell(signs.get());
            if kind == 'T' {
                signs.add(letter);
                tell(signs.get());
            }
            for left in [1usize, 2] {
                let mut signs = start(if kind == 'T' { 'V' } else { 'W' });
                signs.number(left, 9);
                signs.all(slice(whole, at.saturating_sub(left), end - 1));
                tell(signs.get());
                signs.add(letter);
                tell(signs.get());
            }
            for right in [1usize, 2] {
                let mut signs = start(if kind == 'T' { 'X' } else { 'Y' });
                signs.number(right, 9);
                signs.all(slice(whole, 0, (at + right).min(end - 1)));
                tell(signs.get());
                signs.add(letter);
                tell(signs.get());
            }
        }
        // Sounds around.
        for (left, right) in [(1usize, 1usize), (1, 2), (2, 1), (2, 2), (0, 2)] {
            let mut signs = start('S');
            signs.number(left, 9);
            signs.all(
                &slice(&self.letters, at.saturating_sub(left), (at + right).min(end - 1)).iter().map(|c| sound(*c)).collect::<Vec<_>>(),
            );
            tell(signs.get());
            signs.number(from_end, 4);
            tell(signs.get());
        }
        // The neighbours in the root.
        let before = self.root.iter().rev().find(|(p, _)| *p < at).map_or('^', |(_, c)| *c);
        let after = self.root.iter().find(|(p, _)| *p > at).map_or('$', |(_, c)| *c);
        for (kind, signs_of) in
            [('c', vec![before, letter]), ('d', vec![letter, after]), ('e', vec![before, letter, after]), ('f', vec![before, after])]
        {
            let mut signs = start(kind);
            signs.all(&signs_of);
            tell(signs.get());
            if kind == 'e' {
                signs.number(from_end, 6);
                signs.number(from_start, 6);
                tell(signs.get());
            }
        }
        // Where the letter stands, in what kind of word.
        for (kind, with_letter) in [('P', false), ('Q', true)] {
            let mut signs = start(kind);
            if with_letter {
                signs.add(letter);
            }
            signs.number(from_start, 6);
            signs.number(from_end, 6);
            tell(signs.get());
        }
        let mut signs = start('N');
        signs.add(if matches!(last, 'ي' | 'ة' | 'ا' | 'ى' | 'ن' | 'ت') { last } else { 'C' });
        signs.number(usize::from(self.article), 1);
        signs.number(from_end, 6);
        tell(signs.get());
        signs.number(from_start, 6);
        tell(signs.get());
        signs.add(letter);
        tell(signs.get());
        for (kind, count) in [('z', 2usize), ('Z', 3)] {
            let mut signs = start(kind);
            signs.all(slice(&self.letters, end.saturating_sub(count + 1), end - 2));
            signs.number(from_end, 6);
            signs.number(from_start, 2);
            tell(signs.get());
        }
        let mut signs = start('A');
        signs.all(slice(&self.letters, 1, 2));
        signs.number(from_start, 6);
        signs.number(from_end, 6);
        tell(signs.get());
    }
}

fn slice(signs: &[char], from: usize, to: usize) -> &[char] {
    signs.get(from..=to).unwrap_or(&[])
}
