//! Learns `tables/channel/answers.tsv`: with which letters writers of Latin answer a sound.
//!
//! FOLDER holds `translit_tokens.tsv` (`arabic, latin`), from which words with a lexicon row of that
//! Arabic are taken, and `sanctions_people.tsv`, from which the Latin words of persons with
//! Arabic names are taken whose list gives no Arabic original: these remain to measure with. A Latin
//! word may mean any row under its consonants, or none; which, is found by expectation-maximisation,
//! with the frequency of the rows as the prior.

use crate::data::{Table, cell};
use nasab::lexicon::channel::slot::{MOST_LETTERS, SLOTS, Slot, name, packed, slots};
use nasab::lexicon::channel::{Answer, SLIP, Spelling, probability, step};
use nasab::lexicon::{Candidate, candidates, key};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Rounds of expectation and maximisation.
const ROUNDS: usize = 8;
/// What the answers of a sound anywhere count for the sound at one place.
const SHARED: f64 = 4.0;
/// What the first guess of its answers counts for a sound at each place.
const GUESSED: f64 = 1.0;
/// Answers rarer than this are slips.
const RAREST: f64 = 3e-4;
/// The probability of a letter in a word that means no row.
const ANY_LETTER: f64 = 0.06;
/// How often a word means no row.
const NO_ROW: f64 = 0.05;
/// Words that are no names or are read before the lexicon is asked.
const PARTICLES: [&str; 16] =
    ["al", "el", "bin", "ben", "ibn", "abu", "abou", "umm", "abd", "abdul", "abdel", "ould", "bint", "the", "von", "and"];

/// A Latin word, how much it counts, and what it may mean with the prior.
struct Witness {
    spelling: Spelling,
    weight: f64,
    meanings: Vec<(Vec<Slot>, f64)>,
}

type Answers = Vec<Vec<Answer>>;

pub fn learn(folder: &Path) -> Result<(), String> {
    let witnesses = witnesses(folder)?;
    println!("{} Latin words with {} meanings", witnesses.len(), witnesses.iter().map(|w| w.meanings.len()).sum::<usize>());
    let first = first_answers(&witnesses);
    let mut answers = first.clone();
    for round in 1..=ROUNDS {
        let (counts, likelihood, told) = expect(&witnesses, &answers);
        println!("round {round}: log-likelihood {likelihood:.0}, {told:.0} words mean a row");
        answers = maximise(&counts, &first);
    }
    let path = "tables/channel/answers.tsv";
    std::fs::write(path, table(&answers)).map_err(|e| format!("{path}: {e}"))
}

fn witnesses(folder: &Path) -> Result<Vec<Witness>, String> {
    let mut counts: BTreeMap<(String, Option<String>), f64> = BTreeMap::new();
    let people = Table::read(&folder.join("sanctions_people.tsv"))?;
    let (id, latin, role, arab) =
        (people.column("entity_id")?, people.column("name_natural")?, people.column("role")?, people.column("arabic_name")?);
    let script = people.column("script")?;
    let held_out: BTreeSet<String> = people.rows().filter(|r| cell(r, script) == "arabic").map(|r| cell(&r, id).to_string()).collect();
    let mut seen = BTreeSet::new();
    for row in people.rows().filter(|r| cell(r, arab) == "1" && cell(r, script) == "latin" && !cell(r, role).starts_with("weak")) {
        if held_out.contains(cell(&row, id)) {
            continue;
        }
        for word in words(cell(&row, latin)) {
            // A man with sixty aliases is one witness for each of his spellings.
            if seen.insert((cell(&row, id).to_string(), word.clone())) {
                *counts.entry((word, None)).or_default() += 1.0;
            }
        }
    }
    let tokens = Table::read(&folder.join("translit_tokens.tsv"))?;
    let (arabic, latin) = (tokens.column("arabic")?, tokens.column("latin")?);
    for row in tokens.rows() {
        if let [word] = words(cell(&row, latin)).as_slice() {
            *counts.entry((word.clone(), Some(key::arabic(cell(&row, arabic))))).or_default() += 1.0;
        }
    }
    let mut out = Vec::new();
    for ((word, arabic), count) in counts {
        let means = |c: &Candidate| arabic.as_ref().is_none_or(|a| *a == key::arabic(&c.word.stem_arabic()));
        let meanings: Vec<_> =
            candidates(&word).iter().filter(|c| means(c) && !c.press(&word)).map(|c| (slots(&c.word), c.prior)).collect();
        if !meanings.is_empty() {
            out.push(Witness { spelling: Spelling::new(&word), weight: 1.0 + f64::ln(count), meanings });
        }
    }
    Ok(out)
}

/// The words of a Latin name that the lexicon may know.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| c.is_whitespace() || "-‐.,()/\"".contains(c))
        .map(nasab::lexicon::plain)
        .map(|w| w.chars().filter(char::is_ascii_lowercase).collect::<String>())
        .filter(|w| (2..=20).contains(&w.len()) && !PARTICLES.contains(&w.as_str()))
        .collect()
}

/// Every answer a sound could have in these words, likelier where consonants agree.
fn first_answers(witnesses: &[Witness]) -> Answers {
    let mut chunks: BTreeSet<String> = BTreeSet::from([String::new()]);
    for witness in witnesses {
        for at in 0..witness.spelling.len() {
            for length in 1..=MOST_LETTERS.min(witness.spelling.len() - at) {
                chunks.insert(witness.spelling.text(at, length));
            }
        }
    }
    (0..SLOTS)
        .map(|slot| {
            let Some((sound, place)) = Slot::try_from(slot).ok().and_then(name) else { return Vec::new() };
            let classes = key::latin_of_form(&sound);
            let fits = |chunk: &str| could_answer(&sound, place, chunk, &classes);
            let likely = |chunk: &&String| if fits(chunk) { 0.05f64.powi(chunk.len() as i32) } else { 0.0 };
            let kept: Vec<(&String, f64)> = chunks.iter().map(|c| (c, likely(&c))).filter(|(_, p)| *p > 0.0).collect();
            let sum: f64 = kept.iter().map(|(_, p)| p).sum();
            kept.iter().filter_map(|(c, p)| Some((packed(c)?, (p / sum) as f32))).collect()
        })
        .collect()
}

/// Letters of which a vowel's answer is made, one of which it must have, and the most that it has.
const VOWELS: [(&str, &str, &str, usize); 15] = [
    ("a", "aeiou", "", 2),
    ("i", "aeiuy", "", 2),
    ("u", "aeiouw", "", 2),
    ("ā", "aeo", "aeo", 2),
    ("ī", "aeiy", "eiy", 3),
    ("ū", "aeouw", "ouw", 3),
    ("á", "ae", "ae", 2),
    ("ay", "aeiy", "eiy", 3),
    ("aw", "aeouw", "ouw", 3),
    ("iyy", "aeiy", "eiy", 4),
    ("uww", "aouw", "ouw", 4),
    ("y", "aeiy", "eiy", 3),
    ("w", "aeouw", "ouw", 3),
    ("ʾ", "aeiouy", "", 1),
    ("ʿ", "aeiou", "", 1),
];

/// Whether letters could answer a sound of these consonant classes: a consonant takes no vowel of its
/// neighbours, and a last long vowel is written.
fn could_answer(sound: &str, place: &str, chunk: &str, classes: &[String]) -> bool {
    let made_of = |letters: &str| chunk.chars().all(|c| letters.contains(c));
    match sound {
        "aẗ" => return matches!(chunk, "a" | "ah" | "e" | "eh" | "at" | "et" | "ath" | "ate" | "atu"),
        "āẗ" => return matches!(chunk, "t" | "h" | "te" | "th" | "d"),
        "ā" | "á" if place == "last" && matches!(chunk, "ah" | "eh") => return true,
        "-" => return chunk.len() <= 1 && made_of("aeiou"),
        _ => {}
    }
    let single = sound.chars().last().map(|c| c.to_string()).unwrap_or_default();
    let doubled = sound.len() == 2 * single.len();
    if let Some((_, letters, needed, most)) =
        VOWELS.iter().find(|(v, ..)| *v == sound || doubled && *v == single && "ywʾʿ".contains(&single))
    {
        let kept =
            needed.is_empty() || chunk.contains(|c| needed.contains(c)) || chunk.is_empty() && place != "last" && "āīū".contains(sound);
        return made_of(letters) && chunk.len() <= *most && kept;
    }
    if classes.iter().all(String::is_empty) {
        return false;
    }
    let mute = if place == "last" { chunk.strip_suffix('e').unwrap_or(chunk) } else { chunk };
    let consonants = !mute.is_empty() && (!mute.contains(|c| "aeiouyw".contains(c)) || matches!(mute, "qu" | "gu" | "cqu"));
    consonants && key::latin(mute).iter().any(|k| classes.contains(k))
}

/// How often each sound has each answer, by what is held now; the log-likelihood, and the words that mean a row.
fn expect(witnesses: &[Witness], answers: &Answers) -> (Vec<BTreeMap<u32, f64>>, f64, f64) {
    let mut counts = vec![BTreeMap::new(); SLOTS];
    let (mut likelihood, mut told) = (0.0, 0.0);
    for witness in witnesses {
        let none = NO_ROW * ANY_LETTER.powi(witness.spelling.len() as i32);
        let sums: Vec<f64> = witness
            .meanings
            .iter()
            .map(|(sounds, prior)| prior * probability(&witness.spelling, sounds, |s| &answers[usize::from(s)]))
            .collect();
        let all: f64 = none + sums.iter().sum::<f64>();
        likelihood += witness.weight * all.ln();
        for ((sounds, _), sum) in witness.meanings.iter().zip(&sums) {
            let share = sum / all;
            told += witness.weight * share;
            if share > 1e-3 {
                count(&witness.spelling, sounds, answers, witness.weight * share, &mut counts);
            }
        }
    }
    (counts, likelihood, told)
}

/// Adds the expected answers of one word.
fn count(spelling: &Spelling, sounds: &[Slot], answers: &Answers, weight: f64, counts: &mut [BTreeMap<u32, f64>]) {
    let end = spelling.len();
    let mut before = vec![vec![0.0; end + 1]];
    before[0][0] = 1.0;
    for &sound in sounds {
        before.push(step(spelling, &answers[usize::from(sound)], &before[before.len() - 1]));
    }
    let total = before[sounds.len()][end];
    if total <= 0.0 {
        return;
    }
    let mut after = vec![0.0; end + 1];
    after[end] = 1.0;
    for (place, &sound) in sounds.iter().enumerate().rev() {
        let mut earlier = vec![0.0; end + 1];
        for at in 0..=end {
            let here = before[place][at];
            earlier[at] += SLIP * (after[at] + after.get(at + 1).copied().unwrap_or(0.0));
            for &(letters, probability) in &answers[usize::from(sound)] {
                let Some(length) = spelling.answers(at, letters) else { continue };
                let Some(&rest) = after.get(at + length) else { continue };
                let p = f64::from(probability) * rest;
                earlier[at] += p;
                if here * p > 0.0 {
                    *counts[usize::from(sound)].entry(letters).or_default() += weight * here * p / total;
                }
            }
        }
        after = earlier;
    }
}

/// The answers of each sound at a place, drawn towards its answers anywhere and these towards the first guess.
fn maximise(counts: &[BTreeMap<u32, f64>], first: &Answers) -> Answers {
    let mut anywhere: BTreeMap<String, BTreeMap<u32, f64>> = BTreeMap::new();
    let sound_of = |slot: usize| Slot::try_from(slot).ok().and_then(name).map(|(sound, _)| sound);
    for (slot, own) in counts.iter().enumerate() {
        let Some(sound) = sound_of(slot) else { continue };
        let guess = first[slot].iter().map(|(letters, p)| (*letters, GUESSED * f64::from(*p)));
        for (letters, count) in own.iter().map(|(l, c)| (*l, *c)).chain(guess) {
            *anywhere.entry(sound.clone()).or_default().entry(letters).or_default() += count;
        }
    }
    (0..counts.len())
        .map(|slot| {
            let Some(all) = sound_of(slot).and_then(|sound| anywhere.get(&sound)) else { return Vec::new() };
            let everywhere: f64 = all.values().sum();
            let own: f64 = counts[slot].values().sum();
            let share = |(letters, count): (&u32, &f64)| {
                let here = counts[slot].get(letters).copied().unwrap_or(0.0);
                (*letters, (here + SHARED * count / everywhere) / (own + SHARED))
            };
            all.iter().map(share).filter(|(_, p)| *p >= RAREST).map(|(letters, p)| (letters, p as f32)).collect()
        })
        .collect()
}

fn table(answers: &Answers) -> String {
    let mut out = String::from(
        "# table: with which letters writers of Latin answer a sound, and how often\n\
         # source: learned; rebuilt by `cargo xtask learn-channel FOLDER`\n\
         ## `.` stands for no letter\nsound\tplace\tletters\tshare\n",
    );
    for (slot, own) in answers.iter().enumerate() {
        let Some((sound, place)) = Slot::try_from(slot).ok().and_then(name) else { continue };
        let mut own = own.clone();
        own.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (letters, share) in own {
            let text: String = letters.to_be_bytes().iter().filter(|b| **b > 0).map(|b| char::from(*b)).collect();
            let _ = writeln!(out, "{sound}\t{place}\t{}\t{share:.4}", if text.is_empty() { "." } else { &text });
        }
    }
    out
}
