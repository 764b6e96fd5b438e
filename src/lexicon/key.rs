//! The keys under which lexicon rows are found, in either script. The build script uses this file too.

/// The Arabic key: what is left when hamza seats, ى and ي, ة and ه are one.
pub fn arabic(stem: &str) -> String {
    stem.chars()
        .filter_map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
            'ى' | 'ئ' | 'ی' => Some('ي'),
            'ؤ' => Some('و'),
            'ة' => Some('ه'),
            'ک' => Some('ك'),
            'ء' => None,
            '\u{64B}'..='\u{655}' | '\u{670}' => None,
            other => Some(other),
        })
        .collect()
}

/// Latin consonant classes that a sign or pair of signs may stand for, most signs first.
const LATIN: &[(&str, &[&str])] = &[
    ("tch", &["$", "c"]),
    ("sch", &["$"]),
    ("dsch", &["j"]),
    ("kh", &["x", "kh"]),
    ("gh", &["9", "g", "gh"]),
    ("sh", &["$", "sh"]),
    ("th", &["0", "th"]),
    ("dh", &["8", "dh"]),
    ("dj", &["j"]),
    ("ch", &["$", "x", "c"]),
    ("ph", &["f"]),
    ("ck", &["k"]),
    ("zh", &["j", "zh"]),
    ("ou", &[""]),
    ("b", &["b"]),
    ("p", &["b"]),
    ("t", &["t"]),
    ("j", &["j"]),
    ("g", &["g", "j"]),
    ("h", &["h"]),
    ("x", &["ks"]),
    ("d", &["d"]),
    ("r", &["r"]),
    ("z", &["z"]),
    ("s", &["s"]),
    ("f", &["f"]),
    ("v", &["f"]),
    ("q", &["k"]),
    ("k", &["k"]),
    ("c", &["k"]),
    ("l", &["l"]),
    ("m", &["m"]),
    ("n", &["n"]),
];

/// Keys of a Latin spelling in plain lower-case ASCII, the likeliest first; vowels, w, y and doubling do not count.
pub fn latin(plain: &str) -> Vec<String> {
    let trimmed = plain.strip_suffix('h').filter(|r| r.ends_with(['a', 'e', 'i', 'o', 'u']));
    let spellings = match trimmed {
        // -ah and -eh are mostly ة, -ih and -uh mostly a consonant.
        Some(stem) if stem.ends_with(['a', 'e']) => vec![stem, plain],
        Some(stem) => vec![plain, stem],
        None => vec![plain],
    };
    let mut all = Vec::new();
    for spelling in spellings {
        let mut keys = vec![String::new()];
        let mut rest = spelling;
        while let Some(first) = rest.chars().next() {
            let found = LATIN.iter().find(|(sign, _)| rest.starts_with(sign));
            let (taken, classes): (usize, &[&str]) = match found {
                Some((sign, classes)) => (sign.len(), classes),
                None => (first.len_utf8(), &[""]),
            };
            rest = rest.get(taken..).unwrap_or("");
            extend(&mut keys, classes);
        }
        all.extend(keys);
    }
    finish(all)
}

/// Keys of a lexicon form: every class that its consonants are commonly typed with.
#[allow(dead_code, reason = "only the build script indexes forms")]
pub fn latin_of_form(form: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    for c in form.chars() {
        let classes: &[&str] = match c {
            'b' | 'p' => &["b"],
            't' | 'ṭ' => &["t"],
            'ṯ' => &["0", "t", "s"],
            'ǧ' => &["j"],
            'g' => &["g"],
            'č' => &["c", "$"],
            'ž' => &["j"],
            'ḥ' | 'h' => &["h"],
            'ḫ' => &["x", "h"],
            'd' => &["d"],
            'ḏ' => &["8", "z", "d"],
            'ḍ' => &["d", "8", "z"],
            'ẓ' => &["z", "8", "d"],
            'r' => &["r"],
            'z' => &["z"],
            's' | 'ṣ' => &["s"],
            'š' => &["$"],
            'ġ' => &["9", "g"],
            'f' | 'v' => &["f"],
            'q' => &["k", "g"],
            'k' => &["k"],
            'l' => &["l"],
            'm' => &["m"],
            'n' => &["n"],
            _ => &[""],
        };
        extend(&mut keys, classes);
    }
    finish(keys)
}

/// More than this many keys a word are not worth their place.
const MOST_KEYS: usize = 12;

/// Each key with each class; the first class of each letter makes the first key.
fn extend(keys: &mut Vec<String>, classes: &[&str]) {
    let mut all = Vec::with_capacity(keys.len() * classes.len());
    for class in classes {
        for key in keys.iter() {
            let mut longer = key.clone();
            if !class.is_empty() && !longer.ends_with(class) {
                longer.push_str(class);
            }
            all.push(longer);
        }
    }
    all.truncate(MOST_KEYS);
    *keys = all;
}

/// Each key once, the likeliest first.
fn finish(keys: Vec<String>) -> Vec<String> {
    keys.into_iter().fold(Vec::new(), |mut all, key| {
        if !all.contains(&key) {
            all.push(key);
        }
        all
    })
}
