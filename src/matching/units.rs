//! Grapheme units: one code for each sound-like piece of a word, of either script.

/// A unit of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Unit {
    /// Consonant or vowel class, see [`class`].
    pub class: u8,
    /// First, inner or last in its word: vowels at the ends are surer.
    pub place: Place,
}

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    First,
    Inner,
    Last,
}

/// Units considered in a word.
pub(crate) const MOST_UNITS: usize = 64;

const LATIN: &[(&str, u8)] = &[
    ("tch", b'c'),
    ("sch", b'$'),
    ("sh", b'$'),
    ("kh", b'x'),
    ("gh", b'G'),
    ("th", b'T'),
    ("dh", b'D'),
    ("dj", b'j'),
    ("zh", b'j'),
    ("ch", b'C'),
    ("ph", b'f'),
    ("ck", b'k'),
    ("ou", b'u'),
    ("oo", b'u'),
    ("ee", b'i'),
    ("aa", b'a'),
    ("ai", b'Y'),
    ("ay", b'Y'),
    ("ei", b'Y'),
    ("ey", b'Y'),
    ("au", b'W'),
    ("aw", b'W'),
    ("a", b'a'),
    ("e", b'e'),
    ("i", b'i'),
    ("o", b'o'),
    ("u", b'u'),
    ("y", b'y'),
    ("w", b'w'),
    ("b", b'b'),
    ("p", b'p'),
    ("t", b't'),
    ("j", b'j'),
    ("h", b'h'),
    ("d", b'd'),
    ("r", b'r'),
    ("z", b'z'),
    ("s", b's'),
    ("f", b'f'),
    ("v", b'v'),
    ("q", b'q'),
    ("k", b'k'),
    ("c", b'k'),
    ("g", b'g'),
    ("l", b'l'),
    ("m", b'm'),
    ("n", b'n'),
    ("x", b'X'),
];

fn arabic_class(c: char) -> u8 {
    match c {
        'ا' => b'A',
        'ب' => b'b',
        'پ' => b'p',
        'ت' => b't',
        'ث' => b'T',
        'ج' => b'j',
        'چ' => b'C',
        'ح' => b'H',
        'خ' => b'x',
        'د' => b'd',
        'ذ' => b'D',
        'ر' => b'r',
        'ز' => b'z',
        'ژ' => b'j',
        'س' => b's',
        'ش' => b'$',
        'ص' => b'S',
        'ض' => b'B',
        'ط' => b'V',
        'ظ' => b'Z',
        'ع' => b'E',
        'غ' => b'G',
        'ف' => b'f',
        'ڤ' => b'v',
        'ق' => b'q',
        'ك' => b'k',
        'گ' => b'g',
        'ل' => b'l',
        'م' => b'm',
        'ن' => b'n',
        'ه' => b'h',
        'و' => b'O',
        'ي' => b'I',
        _ => b'?',
    }
}

/// The Latin letters that a folded Arabic word surely says; و and ي as vowels.
pub(crate) fn latin_of(folded: &str) -> String {
    folded
        .chars()
        .map(|c| match c {
            'ا' => "a",
            'ب' => "b",
            'پ' => "p",
            'ت' | 'ط' => "t",
            'ث' => "th",
            'ج' | 'ژ' => "j",
            'چ' => "ch",
            'ح' | 'ه' => "h",
            'خ' => "kh",
            'د' | 'ض' => "d",
            'ذ' => "dh",
            'ر' => "r",
            'ز' | 'ظ' => "z",
            'س' | 'ص' => "s",
            'ش' => "sh",
            'غ' => "gh",
            'ف' | 'ڤ' => "f",
            'ق' => "q",
            'ك' => "k",
            'گ' => "g",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            'و' => "u",
            'ي' => "i",
            _ => "",
        })
        .collect()
}

/// The units of a word in folded Arabic or plain Latin letters.
pub(crate) fn units(text: &str, arabic: bool) -> Vec<Unit> {
    let mut classes: Vec<u8> = Vec::new();
    if arabic {
        classes.extend(text.chars().map(arabic_class));
    } else {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let found = LATIN.iter().find(|(sign, _)| rest.starts_with(sign));
            let (taken, class) = found.map_or((first.len_utf8(), b'?'), |(sign, class)| (sign.len(), *class));
            classes.push(class);
            rest = rest.get(taken..).unwrap_or("");
        }
    }
    classes.dedup();
    classes.truncate(MOST_UNITS);
    let count = classes.len();
    classes
        .into_iter()
        .enumerate()
        .map(|(i, class)| Unit {
            class,
            place: if i == 0 {
                Place::First
            } else if i + 1 == count {
                Place::Last
            } else {
                Place::Inner
            },
        })
        .collect()
}
