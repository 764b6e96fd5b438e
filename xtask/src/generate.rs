//! Made persons by the million, and other spellings of some of them, for measuring search.
//!
//! A person is drawn from the lexicon by its frequency classes, so that some names are borne by many and most by few: a given
//! name, one to three forefathers, and mostly a nisba or a family name. A population has far more families than any lexicon, so
//! one family in two is made of roots and patterns. Four persons in ten are written in Arabic script, the others by one of the
//! habits of press, libraries and papers. Person `n` is the same whatever else is drawn.
//!
//! `plant` spells persons in another way: by another habit, without the article, without one forefather, turned
//! round with a comma, with an ʿAbd joined or parted, and one in ten with a slip. Chosen are persons of whom fewer than one
//! namesake is to be expected, and aliases whose words fewer than one made person bears, since which of ten men of one name is meant
//! nobody could find.

use crate::data::{Table, cell};
use crate::draw::{Draw, hash};
use nasab::Scheme;
use nasab::hub::Word;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

/// How Latin names are written, and in how many of a hundred.
const HABITS: [(&str, usize); 6] = [("press-en", 45), ("press-fr", 20), ("press-eg", 10), ("odni", 15), ("bgn-pcgn", 5), ("un-2017", 5)];
/// Persons in a hundred who are written in Arabic.
const ARABIC: usize = 40;
/// One made family for so many persons, and never fewer than that.
const PERSONS_A_FAMILY: usize = 25;
const LEAST_FAMILIES: usize = 2000;
/// Families in a hundred that are made.
const MADE: usize = 50;
/// Forefathers, in how many of a hundred.
const FOREFATHERS: [(usize, usize); 3] = [(1, 45), (2, 40), (3, 15)];
/// Persons in a hundred with a nisba or a family name.
const FAMILIES: usize = 92;
/// Planted spellings in a hundred with a slip.
const SLIPS: usize = 10;

/// What made families are built on.
const ROOTS: [&str; 24] =
    ["b", "t", "ǧ", "ḥ", "ḫ", "d", "ḏ", "r", "z", "s", "š", "ṣ", "ḍ", "ṭ", "ʿ", "ġ", "f", "q", "k", "l", "m", "n", "h", "w"];
const PATTERNS: [&str; 12] =
    ["1a2ā3ī", "1u2ay3ī", "1ā2i3ī", "1a23āwī", "1i23ānī", "1u23ī", "1a2ī3ī", "1a23a4ī", "1a2ā3i4aẗ", "1u2ay3i4ī", "1a23ū4ī", "mu1a223ī"];

/// A word and all its spellings: Arabic first, then the habits; without and with the article.
struct Written {
    share: f64,
    spellings: Vec<[String; 2]>,
}

/// The words that persons are made of.
struct Words {
    all: Vec<Written>,
    isms: Vec<(f64, usize)>,
    /// Given names of men, for forefathers.
    men: Vec<(f64, usize)>,
    families: Vec<(f64, usize)>,
    made: std::ops::Range<usize>,
}

/// A made person: places of words, the last with the article where `article` is set.
struct Person {
    words: Vec<usize>,
    article: bool,
    hand: usize,
}

impl Words {
    fn read(persons: usize) -> Result<Words, String> {
        let schemes: Vec<Scheme> =
            HABITS.iter().map(|(label, _)| Scheme::find(label)).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        let written = |word: &Word, share: f64| Written {
            share,
            spellings: std::iter::once([false, true].map(|article| word.clone().with_article(article).arabic()))
                .chain(
                    schemes
                        .iter()
                        .map(|scheme| [false, true].map(|article| capital(&scheme.write_word(&word.clone().with_article(article))))),
                )
                .collect(),
        };
        let mut all: Vec<Written> = Vec::new();
        let (mut isms, mut men, mut families) = (Vec::new(), Vec::new(), Vec::new());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tables/lexicon");
        let mut files: Vec<_> = std::fs::read_dir(&folder).map_err(|e| e.to_string())?.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "tsv")) {
            let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
            for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
                let cells: Vec<&str> = line.split('\t').collect();
                let (form, kind, freq) = (cell(&cells, 0), cell(&cells, 1), cell(&cells, 2).parse::<f64>());
                let (Some(word), Ok(freq)) = (Word::parse(form), freq) else { continue };
                let word = if cell(&cells, 5).is_empty() { word } else { word.with_spelling(cell(&cells, 5)) };
                let weight = 3f64.powf(freq);
                let list = match kind.split(',').next() {
                    Some("ism") => &mut isms,
                    Some("nisba" | "family") => &mut families,
                    _ => continue,
                };
                list.push((weight, all.len()));
                if kind.starts_with("ism") && cell(&cells, 3) != "f" {
                    men.push((weight, all.len()));
                }
                all.push(written(&word, weight));
            }
        }
        let first = all.len();
        let count = (persons / PERSONS_A_FAMILY).max(LEAST_FAMILIES);
        let mut draw = Draw(hash("families"));
        let mut seen: std::collections::HashSet<String> = Default::default();
        while all.len() < first + count {
            let roots = [0; 4].map(|_| *draw.of(&ROOTS));
            let form: String = draw.of(&PATTERNS).chars().fold(String::new(), |form, c| match c.to_digit(10) {
                Some(place) => form + roots.get(place as usize - 1).copied().unwrap_or_default(),
                None => form + c.encode_utf8(&mut [0; 4]),
            });
            if seen.insert(form.clone())
                && let Some(word) = Word::parse(&form)
            {
                all.push(written(&word, 1.0));
            }
        }
        let made = first..all.len();
        for list in [&mut isms, &mut men, &mut families] {
            let total: f64 = list.iter().map(|(weight, _)| weight).sum();
            let mut sum = 0.0;
            for (weight, place) in list {
                if let Some(word) = all.get_mut(*place) {
                    word.share = *weight / total;
                }
                sum += *weight / total;
                *weight = sum;
            }
        }
        for place in made.clone() {
            all[place].share = 1.0 / count as f64;
        }
        Ok(Words { all, isms, men, families, made })
    }

    fn person(&self, number: usize) -> Person {
        let mut draw = Draw(hash(&format!("person {number}")));
        let of = |list: &[(f64, usize)], draw: &mut Draw| {
            let share = draw.share();
            list.get(list.partition_point(|(sum, _)| *sum < share)).or(list.last()).map_or(0, |(_, place)| *place)
        };
        let fathers = weighed(&FOREFATHERS, &mut draw);
        let mut words = vec![of(&self.isms, &mut draw)];
        words.extend((0..fathers).map(|_| of(&self.men, &mut draw)));
        let family = draw.below(100) < FAMILIES;
        if family {
            let made = draw.below(100) < MADE;
            words.push(if made { self.made.start + draw.below(self.made.len()) } else { of(&self.families, &mut draw) });
        }
        let hand = if draw.below(100) < ARABIC { 0 } else { latin(&mut draw) };
        Person { words, article: family, hand }
    }

    fn spelled(&self, person: &Person, article: bool) -> Vec<&str> {
        let last = person.words.len() - 1;
        let spelled = |(at, place): (usize, &usize)| self.all[*place].spellings[person.hand][usize::from(article && at == last)].as_str();
        person.words.iter().enumerate().map(spelled).collect()
    }

    /// How many others bear the same name, among so many.
    fn namesakes(&self, person: &Person, persons: usize) -> f64 {
        let of_family = |place: usize| if self.made.contains(&place) { MADE as f64 / 100.0 } else { 1.0 - MADE as f64 / 100.0 };
        let last = person.words.last().copied().unwrap_or(0);
        person.words.iter().map(|place| self.all[*place].share).product::<f64>()
            * persons as f64
            * if person.article { of_family(last) } else { 1.0 }
    }
}

/// Words that say nothing of whose name it is.
const PARTICLES: [&str; 11] = ["al", "el", "bin", "ben", "ibn", "bint", "abd", "abdul", "abdel", "ال", "بن"];

/// How many made persons hold all words of a name, among so many; none where it has a word that they never bear.
struct Bearers(HashMap<String, f64>);

impl Bearers {
    fn of(words: &Words) -> Bearers {
        let mut shares: HashMap<String, f64> = HashMap::new();
        for word in &words.all {
            let mut own: Vec<String> = word.spellings.iter().flatten().map(|text| text.to_lowercase()).collect();
            own.sort_unstable();
            own.dedup();
            own.into_iter().for_each(|text| *shares.entry(text).or_default() += word.share);
        }
        Bearers(shares)
    }

    fn expected(&self, name: &str, persons: usize) -> f64 {
        // A word may stand in any place of some three.
        const PLACES: f64 = 3.0;
        let share = |word: &str| self.0.get(word).map_or(0.0, |share| (share * PLACES).min(1.0));
        let lower = name.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty() && !PARTICLES.contains(word));
        words.map(share).product::<f64>() * persons as f64
    }
}

/// A habit, as its place among the spellings.
fn latin(draw: &mut Draw) -> usize {
    let places: Vec<(usize, usize)> = HABITS.iter().enumerate().map(|(at, (_, share))| (at + 1, *share)).collect();
    weighed(&places, draw)
}

fn weighed(list: &[(usize, usize)], draw: &mut Draw) -> usize {
    let mut left = draw.below(list.iter().map(|(_, share)| share).sum());
    for (value, share) in list {
        match left.checked_sub(*share) {
            Some(rest) => left = rest,
            None => return *value,
        }
    }
    list[0].0
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// True pairs of FOLDER (`match_pairs.tsv`) that share half their words or more: one name is known, the other asked for.
fn aliases(folder: Option<&Path>) -> Result<Vec<(String, String)>, String> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let pairs = Table::read(&folder.join("match_pairs.tsv"))?;
    let [one, two, label, overlap] = ["name1", "name2", "label", "overlap"].map(|name| pairs.column(name));
    let (one, two, label, overlap) = (one?, two?, label?, overlap?);
    let mut draw = Draw(hash("aliases"));
    let mut all: Vec<(String, String)> = pairs
        .rows()
        .filter(|row| cell(row, label) == "1" && cell(row, overlap).parse::<f64>().is_ok_and(|share| share >= 0.5))
        .map(|row| (cell(&row, one).to_string(), cell(&row, two).to_string()))
        .collect();
    for at in (1..all.len()).rev() {
        all.swap(at, draw.below(at + 1));
    }
    Ok(all)
}

/// How many aliases are known beside the made persons.
const ALIASES: usize = 3000;

/// Writes made persons as `id,name`, and behind them those of the aliases of FOLDER.
pub fn generate(count: usize, file: &Path, folder: Option<&Path>) -> Result<(), String> {
    let words = Words::read(count)?;
    let mut out = BufWriter::new(File::create(file).map_err(|e| format!("{}: {e}", file.display()))?);
    let write = |out: &mut BufWriter<File>, id: &str, name: &str| {
        let quoted = if name.contains([',', '"']) { format!("\"{}\"", name.replace('"', "\"\"")) } else { name.to_string() };
        writeln!(out, "{id},{quoted}").map_err(|e| e.to_string())
    };
    writeln!(out, "id,name").map_err(|e| e.to_string())?;
    for number in 0..count {
        let person = words.person(number);
        write(&mut out, &format!("p{number}"), &words.spelled(&person, person.article).join(" "))?;
    }
    for (number, (known, _)) in aliases(folder)?.iter().take(ALIASES).enumerate() {
        write(&mut out, &format!("a{number}"), known)?;
    }
    out.flush().map_err(|e| e.to_string())
}

/// Writes other spellings of some of `count` persons, as `query TAB id`; with FOLDER, half of them are its aliases.
pub fn plant(planted: usize, count: usize, file: &Path, folder: Option<&Path>) -> Result<(), String> {
    let words = Words::read(count)?;
    let real = aliases(folder)?;
    let bearers = Bearers::of(&words);
    let alone = |(_, (_, asked)): &(usize, &(String, String))| bearers.expected(asked, count) < 1.0;
    let real: Vec<_> = real.iter().take(ALIASES).enumerate().filter(alone).take(planted / 2).collect();
    let mut out = BufWriter::new(File::create(file).map_err(|e| format!("{}: {e}", file.display()))?);
    let mut draw = Draw(hash("plant"));
    let mut left = planted - real.len();
    while left > 0 {
        let number = draw.below(count);
        let person = words.person(number);
        if words.namesakes(&person, count) < 1.0 {
            writeln!(out, "{}\tp{number}", other(&words, person, &mut draw)).map_err(|e| e.to_string())?;
            left -= 1;
        }
    }
    for (number, (_, asked)) in real {
        writeln!(out, "{asked}\ta{number}").map_err(|e| e.to_string())?;
    }
    out.flush().map_err(|e| e.to_string())
}

/// The person in another spelling.
fn other(words: &Words, mut person: Person, draw: &mut Draw) -> String {
    let own = person.hand;
    while person.hand == own {
        person.hand = if own > 0 && draw.below(100) < ARABIC { 0 } else { latin(draw) };
    }
    if person.words.len() > 3 && draw.below(3) == 0 {
        person.words.remove(1 + draw.below(person.words.len() - 2));
    }
    let article = person.article && draw.below(4) > 0;
    let mut spelled: Vec<String> = words.spelled(&person, article).iter().map(|word| word.to_string()).collect();
    if person.hand > 0 {
        for word in &mut spelled {
            if draw.below(2) == 0
                && let Some(rest) = ["Abd al-", "Abd el-", "Abdel ", "Abdul "].iter().find_map(|head| word.strip_prefix(head))
            {
                *word = format!("{}{}", draw.of(&["Abdul ", "Abdel", "Abd al-", "Abdul"]), rest);
            }
        }
        if draw.below(100) < SLIPS {
            let place = draw.below(spelled.len());
            spelled[place] = slip(&spelled[place], draw);
        }
        if spelled.len() > 2 && draw.below(6) == 0 {
            let family = spelled.pop().unwrap_or_default();
            return format!("{}, {}", family.to_uppercase(), spelled.join(" "));
        }
    }
    spelled.join(" ")
}

/// A letter lost, doubled, hit beside its key, or two exchanged.
fn slip(word: &str, draw: &mut Draw) -> String {
    const BESIDE: [(char, char); 12] = [
        ('a', 's'),
        ('s', 'd'),
        ('d', 'f'),
        ('h', 'j'),
        ('k', 'l'),
        ('m', 'n'),
        ('r', 't'),
        ('i', 'o'),
        ('u', 'i'),
        ('b', 'v'),
        ('e', 'r'),
        ('z', 'x'),
    ];
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_string();
    }
    let at = 1 + draw.below(letters.len() - 2);
    match draw.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => {
            let keys: HashMap<char, char> = BESIDE.into_iter().collect();
            letters[at] = keys.get(&letters[at]).copied().unwrap_or('e');
        }
    }
    letters.into_iter().collect()
}
