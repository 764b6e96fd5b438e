//! Learns `tables/matching/costs.tsv`, `rarity-keys.tsv` and `rarity-rows.tsv` from names of one person.
//!
//! FOLDER holds `sanctions_people.tsv` (`entity_id, name_natural`) and `match_pairs.tsv` from
//! public sanctions lists and library headings, and `aco_names.tsv` (`arabic`); docs/measurements.md
//! says where they come from. Words of two names of one person are taken for one word where
//! their consonant skeletons agree; a memoryless stochastic transducer is fitted to such pairs by
//! expectation-maximisation, one for each pair of scripts; the words are paired anew by the
//! fitted transducer, and it is fitted again. A figure of the table is the log-odds of a unit
//! pair against chance.

#![allow(clippy::needless_range_loop, reason = "rows and columns of a matrix read best by their numbers")]

use crate::data::{self, Table};
use nasab::matching::units::{UNITS, Unit, code_of, is_arabic, label_of, latin_of};
use nasab::matching::{Learned, words};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

/// How often the words are paired anew by what was learned.
const PAIRINGS: usize = 2;
/// Rounds of expectation and maximisation.
const ROUNDS: usize = 10;
/// Two words whose path says less than this share of what they say of themselves are two words.
const SAME: f64 = 0.45;
/// Pairs of names taken of one person; a man with sixty aliases is one witness, not eighteen hundred.
const PAIRS_A_PERSON: usize = 24;
/// A word counted in fewer names than this is as rare as one that was not counted.
const LEAST_COUNT: usize = 4;
/// Persons that the frequency class of a row counts for.
const BELIEVED: f64 = 300.0;
/// What a frequency class says, on the scale of the measures: a class is a factor of three.
const CLASS: f64 = 0.7;
/// A row met less than this is as rare as one that was not met.
const LEAST_MET: f64 = 0.5;
/// Added to every count, so that the unseen is not impossible.
const SMOOTHING: f64 = 0.02;
/// Meetings by chance that a unit pair must outdo beside those expected.
const RESERVE: f64 = 0.5;
/// Habits that the lists hardly show, held to this at the least: letters that differ by a mark
/// only, since a scholarly ḫ, š, ġ, ṯ or ḏ loses its mark on the way (al-Haz‘alī), and the
/// Egyptian g.
const KNOWN_HABIT: f64 = 0.5;
const KNOWN_HABITS: [(&str, &str); 12] = [
    ("h", "خ"),
    ("h", "kh"),
    ("s", "ش"),
    ("s", "sh"),
    ("g", "غ"),
    ("g", "gh"),
    ("t", "ث"),
    ("t", "th"),
    ("d", "ذ"),
    ("d", "dh"),
    ("g", "ج"),
    ("g", "j"),
];
/// Log-odds outside these say no more.
const BOUNDS: (f64, f64) = (-5.0, 7.0);

struct Word {
    units: Vec<Unit>,
    keys: Vec<String>,
}

/// Two spellings of one word.
type WordPair = (Vec<Unit>, Vec<Unit>);

/// What answers what: a table of unit pairs; the last row and column are gaps.
struct Transducer {
    counts: Vec<Vec<f64>>,
    /// The counts as log-odds.
    odds: Vec<Vec<f64>>,
}

const GAP: usize = UNITS;

pub fn learn(folder: &Path) -> Result<(), String> {
    let names = names(folder)?;
    println!("{} persons, {} names", names.len(), names.values().map(BTreeSet::len).sum::<usize>());
    let persons: Vec<Vec<Vec<Word>>> = names.values().map(|all| all.iter().map(|n| split(n)).collect()).collect();
    let mut pairs: Vec<(&[Unit], &[Unit])> = Vec::new();
    each_pair(&persons, |a, b| pairs.extend(by_skeleton(a, b)));
    let mut models = fit_all(&pairs);
    println!("{} word pairs by skeleton", pairs.len());
    for round in 1..=PAIRINGS {
        let mut again: Vec<(&[Unit], &[Unit])> = Vec::new();
        each_pair(&persons, |a, b| again.extend(by_model(a, b, &models)));
        println!("{} word pairs by the transducer, round {round}", again.len());
        models = fit_all(&again);
    }
    write("tables/matching/costs.tsv", &costs_table(&models))?;
    let bearers = bearers(folder, &names)?;
    write("tables/matching/rarity-keys.tsv", &keys_table(&bearers))?;
    write("tables/matching/rarity-rows.tsv", &rows_table(&bearers))
}

fn write(path: &str, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{path}: {e}"))
}

/// The names of each person.
fn names(folder: &Path) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let people = Table::read(&folder.join("sanctions_people.tsv"))?;
    let (id, name, role) = (people.column("entity_id")?, people.column("name_natural")?, people.column("role")?);
    for row in people.rows().filter(|r| r.get(role).is_some_and(|r| !r.starts_with("weak"))) {
        out.entry(data::cell(&row, id).to_string()).or_default().insert(data::cell(&row, name).to_string());
    }
    let pairs = Table::read(&folder.join("match_pairs.tsv"))?;
    let (id, label, overlap) = (pairs.column("id1")?, pairs.column("label")?, pairs.column("overlap")?);
    let (one, other) = (pairs.column("name1")?, pairs.column("name2")?);
    for row in pairs.rows().filter(|r| data::cell(r, label) == "1" && data::cell(r, overlap).parse::<f64>().unwrap_or(0.0) >= 0.5) {
        let person = out.entry(data::person(data::cell(&row, id)).to_string()).or_default();
        person.insert(data::cell(&row, one).to_string());
        person.insert(data::cell(&row, other).to_string());
    }
    Ok(out)
}

fn split(name: &str) -> Vec<Word> {
    words(name).into_iter().map(|w| Word { units: w.units, keys: w.keys }).collect()
}

fn each_pair<'a>(persons: &'a [Vec<Vec<Word>>], mut take: impl FnMut(&'a [Word], &'a [Word])) {
    for names in persons {
        let mut taken = 0;
        // Neighbours first: each name stands in about as many pairs as any other.
        'person: for step in 1..names.len() {
            for first in 0..names.len() - step {
                take(&names[first], &names[first + step]);
                taken += 1;
                if taken >= PAIRS_A_PERSON {
                    break 'person;
                }
            }
        }
    }
}

/// Pairs words that may have one skeleton, where neither name has a second such word.
fn by_skeleton<'a>(a: &'a [Word], b: &'a [Word]) -> Vec<(&'a [Unit], &'a [Unit])> {
    let like = |x: &Word, y: &Word| x.keys.iter().any(|k| !k.is_empty() && y.keys.contains(k));
    let mut out = Vec::new();
    for x in a {
        let answers: Vec<&Word> = b.iter().filter(|y| like(x, y)).collect();
        if let [y] = answers.as_slice()
            && a.iter().filter(|z| like(z, y)).count() == 1
        {
            out.push((x.units.as_slice(), y.units.as_slice()));
        }
    }
    out
}

/// Pairs each word with the one it fits best, where each is the other's best.
fn by_model<'a>(a: &'a [Word], b: &'a [Word], models: &[Transducer; 3]) -> Vec<(&'a [Unit], &'a [Unit])> {
    let score = |x: &Word, y: &Word| likeness(&x.units, &y.units, models);
    let best = |x: &Word, others: &'a [Word], turned: bool| {
        others
            .iter()
            .map(|y| (if turned { score(y, x) } else { score(x, y) }, y))
            .max_by(|p, q| p.0.total_cmp(&q.0))
            .filter(|(s, _)| *s >= SAME)
            .map(|(_, y)| y)
    };
    a.iter()
        .filter_map(|x| {
            let y = best(x, b, false)?;
            let back = best(y, a, true)?;
            std::ptr::eq(back, x).then_some((x.units.as_slice(), y.units.as_slice()))
        })
        .collect()
}

/// Which model two words belong to, and whether they must change places: Latin comes first.
fn kind(a: &[Unit], b: &[Unit]) -> (usize, bool) {
    let arabic = |w: &[Unit]| w.first().is_some_and(|&u| is_arabic(u));
    match (arabic(a), arabic(b)) {
        (false, false) => (0, false),
        (false, true) => (1, false),
        (true, false) => (1, true),
        (true, true) => (2, false),
    }
}

fn fit_all(pairs: &[(&[Unit], &[Unit])]) -> [Transducer; 3] {
    let mut sorted: [HashMap<WordPair, f64>; 3] = Default::default();
    for (a, b) in pairs {
        let (kind, turned) = kind(a, b);
        let (a, b) = if turned { (b, a) } else { (a, b) };
        *sorted[kind].entry((a.to_vec(), b.to_vec())).or_default() += 1.0;
        if kind != 1 {
            *sorted[kind].entry((b.to_vec(), a.to_vec())).or_default() += 1.0;
        }
    }
    sorted.map(|words| {
        // A word pair that stands a thousand times is a habit of one word, not a thousand witnesses.
        let mut words: Vec<_> = words.into_iter().map(|(pair, count)| (pair, 1.0 + count.ln())).collect();
        words.sort_by(|p, q| p.0.cmp(&q.0));
        fit(&words)
    })
}

fn fit(words: &[(WordPair, f64)]) -> Transducer {
    let mut model = Transducer { counts: vec![vec![0.0; UNITS + 1]; UNITS + 1], odds: Vec::new() };
    for a in 0..=UNITS {
        for b in 0..=UNITS {
            model.counts[a][b] = if a == GAP && b == GAP {
                0.0
            } else if alike(a, b) {
                50.0
            } else {
                1.0
            };
        }
    }
    for _ in 0..ROUNDS {
        let total: f64 = model.counts.iter().flatten().sum();
        let p: Vec<Vec<f64>> = model.counts.iter().map(|r| r.iter().map(|c| c / total).collect()).collect();
        let mut next = vec![vec![SMOOTHING; UNITS + 1]; UNITS + 1];
        next[GAP][GAP] = 0.0;
        for ((a, b), weight) in words {
            expect(a, b, *weight, &p, &mut next);
        }
        model.counts = next;
    }
    model.odds = model.log_odds();
    model
}

/// The first guess: a unit answers itself, and an Arabic letter its common Latin letters.
fn alike(a: usize, b: usize) -> bool {
    let (Ok(a), Ok(b)) = (Unit::try_from(a), Unit::try_from(b)) else { return false };
    let sign = |u: Unit| {
        let label = label_of(u).replace(['^', '$'], "");
        if is_arabic(u) { latin_of(&label) } else { label }
    };
    !sign(a).is_empty() && sign(a) == sign(b)
}

/// Adds what each unit pair is expected to have answered in one word pair.
fn expect(a: &[Unit], b: &[Unit], weight: f64, p: &[Vec<f64>], into: &mut [Vec<f64>]) {
    let (n, m) = (a.len(), b.len());
    let at = |u: &[Unit], i: usize| usize::from(u[i]);
    let mut forward = vec![vec![0.0; m + 1]; n + 1];
    let mut backward = vec![vec![0.0; m + 1]; n + 1];
    forward[0][0] = 1.0;
    for i in 0..=n {
        for j in 0..=m {
            if i > 0 {
                forward[i][j] += forward[i - 1][j] * p[at(a, i - 1)][GAP];
            }
            if j > 0 {
                forward[i][j] += forward[i][j - 1] * p[GAP][at(b, j - 1)];
            }
            if i > 0 && j > 0 {
                forward[i][j] += forward[i - 1][j - 1] * p[at(a, i - 1)][at(b, j - 1)];
            }
        }
    }
    backward[n][m] = 1.0;
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            if i < n {
                backward[i][j] += backward[i + 1][j] * p[at(a, i)][GAP];
            }
            if j < m {
                backward[i][j] += backward[i][j + 1] * p[GAP][at(b, j)];
            }
            if i < n && j < m {
                backward[i][j] += backward[i + 1][j + 1] * p[at(a, i)][at(b, j)];
            }
        }
    }
    let all = forward[n][m];
    if all <= 0.0 {
        return;
    }
    for i in 0..=n {
        for j in 0..=m {
            let here = weight * forward[i][j] / all;
            if i < n {
                into[at(a, i)][GAP] += here * p[at(a, i)][GAP] * backward[i + 1][j];
            }
            if j < m {
                into[GAP][at(b, j)] += here * p[GAP][at(b, j)] * backward[i][j + 1];
            }
            if i < n && j < m {
                into[at(a, i)][at(b, j)] += here * p[at(a, i)][at(b, j)] * backward[i + 1][j + 1];
            }
        }
    }
}

fn known_habit(a: usize, b: usize) -> bool {
    let is = |code: usize, label: &str| code_of(label).is_some_and(|u| usize::from(u) == code);
    KNOWN_HABITS.iter().any(|(x, y)| (is(a, x) && is(b, y)) || (is(a, y) && is(b, x)))
}

impl Transducer {
    /// Log-odds of each pair against chance; of a gap against the unit standing alone.
    fn log_odds(&self) -> Vec<Vec<f64>> {
        let total: f64 = self.counts.iter().flatten().sum();
        let left: Vec<f64> = self.counts.iter().map(|r| r.iter().sum()).collect();
        let right: Vec<f64> = (0..=UNITS).map(|b| self.counts.iter().map(|r| r[b]).sum()).collect();
        let odds = |a: usize, b: usize| {
            let odds = if b == GAP {
                self.counts[a][b] / left[a]
            } else if a == GAP {
                self.counts[a][b] / right[b]
            } else {
                // Half a chance meeting is added, or a rare unit would answer everything.
                self.counts[a][b] / (left[a] * right[b] / total + RESERVE)
            };
            odds.ln().clamp(BOUNDS.0, BOUNDS.1).max(if known_habit(a, b) { KNOWN_HABIT } else { BOUNDS.0 })
        };
        (0..=UNITS).map(|a| (0..=UNITS).map(|b| odds(a, b)).collect()).collect()
    }

    /// What a unit says on the average where it is answered rightly.
    fn worth(&self, a: usize) -> f64 {
        let all: f64 = self.counts[a].iter().sum();
        (0..=UNITS).map(|b| self.counts[a][b] / all * self.odds[a][b]).sum()
    }

    fn worth_right(&self, b: usize) -> f64 {
        let all: f64 = self.counts.iter().map(|r| r[b]).sum();
        (0..=UNITS).map(|a| self.counts[a][b] / all * self.odds[a][b]).sum()
    }

    fn seen(&self, unit: usize) -> bool {
        self.counts[unit].iter().sum::<f64>() > 1.0 + SMOOTHING * (UNITS + 1) as f64
    }

    fn seen_right(&self, unit: usize) -> bool {
        self.counts.iter().map(|r| r[unit]).sum::<f64>() > 1.0 + SMOOTHING * (UNITS + 1) as f64
    }
}

/// The best path between two words, as a share of what each says of itself.
fn likeness(a: &[Unit], b: &[Unit], models: &[Transducer; 3]) -> f64 {
    let (kind, turned) = kind(a, b);
    let (a, b) = if turned { (b, a) } else { (a, b) };
    let mut row = vec![0.0];
    for &y in b {
        row.push(row[row.len() - 1] + models[kind].odds[GAP][usize::from(y)]);
    }
    for &x in a {
        let odds = &models[kind].odds[usize::from(x)];
        let mut next = vec![row[0] + odds[GAP]];
        for (j, &y) in b.iter().enumerate() {
            let y = usize::from(y);
            next.push((row[j] + odds[y]).max(row[j + 1] + odds[GAP]).max(next[j] + models[kind].odds[GAP][y]));
        }
        row = next;
    }
    let own_a = a.iter().map(|&u| models[kind].worth(usize::from(u))).sum::<f64>().max(1.0);
    let own_b = b.iter().map(|&u| models[kind].worth_right(usize::from(u))).sum::<f64>().max(1.0);
    row[b.len()] / (own_a * own_b).sqrt()
}

fn costs_table(models: &[Transducer; 3]) -> String {
    let mut out = String::from(
        "# table: log-odds that a unit of one spelling answers a unit of another, against chance\n\
         # source: learned; rebuilt by `cargo xtask learn-costs FOLDER`\n\
         ## -latin and -arabic: the unit left out by a word of that script; =latin and =arabic: what it says on the average where such a word answers it rightly\n\
         left\tright\todds\n",
    );
    let label = |u: usize| Unit::try_from(u).map(label_of).unwrap_or_default();
    for (kind, model) in models.iter().enumerate() {
        for a in (0..UNITS).filter(|&a| model.seen(a)) {
            for b in (0..UNITS).filter(|&b| (kind == 1 || b >= a) && model.seen_right(b)) {
                let odds = model.odds[a][b];
                if odds > BOUNDS.0 + 0.5 {
                    let _ = writeln!(out, "{}\t{}\t{odds:.2}", label(a), label(b));
                }
            }
            let other = if kind == 0 { "latin" } else { "arabic" };
            let _ = writeln!(out, "{}\t-{other}\t{:.2}", label(a), model.odds[a][GAP]);
            let _ = writeln!(out, "{}\t={other}\t{:.2}", label(a), model.worth(a));
        }
        if kind == 1 {
            for b in (0..UNITS).filter(|&b| model.seen_right(b)) {
                let _ = writeln!(out, "{}\t-latin\t{:.2}", label(b), model.odds[GAP][b]);
                let _ = writeln!(out, "{}\t=latin\t{:.2}", label(b), model.worth_right(b));
            }
        }
    }
    out
}

/// The names of each person that rarity is counted of: those of the lists, and each heading as a person.
fn bearers(folder: &Path, names: &BTreeMap<String, BTreeSet<String>>) -> Result<Vec<Vec<Learned>>, String> {
    let mut out: Vec<Vec<Learned>> = names.values().map(|own| own.iter().flat_map(|name| words(name)).collect()).collect();
    let headings = Table::read(&folder.join("aco_names.tsv"))?;
    let arabic = headings.column("arabic")?;
    out.extend(headings.rows().map(|row| words(data::cell(&row, arabic))));
    Ok(out)
}

/// The log of one in so many, on the scale of the measures.
fn rarity(share: f64) -> f64 {
    -share.ln() / 1.6
}

/// By consonants: for words of no row.
fn keys_table(bearers: &[Vec<Learned>]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for words in bearers {
        let keys: BTreeSet<&str> = words.iter().filter_map(|w| w.keys.first()).map(String::as_str).collect();
        keys.into_iter().filter(|k| !k.is_empty()).for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let mut out = String::from(
        "# table: how much a word of these consonants says of who bears the name: the log of one in so many persons, scaled\n\
         # source: learned; rebuilt by `cargo xtask learn-costs FOLDER`\n\
         key\tweight\n",
    );
    for (key, count) in counts.into_iter().filter(|(_, count)| *count >= LEAST_COUNT) {
        let _ = writeln!(out, "{key}\t{:.2}", rarity(count as f64 / bearers.len() as f64));
    }
    out
}

/// By row of the lexicon. A row begins with the share that its frequency class tells, as if it had been counted among
/// [`BELIEVED`] persons.
fn rows_table(bearers: &[Vec<Learned>]) -> String {
    let mut counts: HashMap<u64, f64> = HashMap::new();
    for words in bearers {
        let mut own: BTreeMap<u64, f64> = BTreeMap::new();
        for (sounds, share) in words.iter().flat_map(|w| &w.rows) {
            let most = own.entry(*sounds).or_default();
            *most = most.max(f64::from(*share));
        }
        own.into_iter().for_each(|(sounds, share)| *counts.entry(sounds).or_default() += share);
    }
    let all = bearers.len() as f64 + BELIEVED;
    let by_class = |freq: f32| (-1.6 * CLASS * (9.5 - f64::from(freq))).exp();
    let mut out = format!(
        "# table: how much a row of the lexicon says of who bears the name: the log of one in so many persons, scaled\n\
         # source: learned; rebuilt by `cargo xtask learn-costs FOLDER`\n\
         # unmet: {:.3}\n\
         # class: {CLASS}\n\
         form\tweight\n",
        rarity(BELIEVED / all) + CLASS * 9.5
    );
    let mut rows: BTreeMap<String, f64> = BTreeMap::new();
    for row in nasab::lexicon::rows() {
        if let Some(count) = counts.get(&row.sounds).filter(|count| **count >= LEAST_MET) {
            rows.insert(row.word.to_string(), rarity((count + BELIEVED * by_class(row.freq)) / all));
        }
    }
    for (form, weight) in rows {
        let _ = writeln!(out, "{form}\t{weight:.2}");
    }
    out
}
