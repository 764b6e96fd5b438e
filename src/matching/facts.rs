//! Facts beside a name: years of birth and death, gender, country.
//!
//! A fact that both sides have adds to the log-odds of one person. No public data gives names with facts of
//! persons known to be one, so the figures are reasoned rather than learned, each from two shares: how often the
//! facts of one person stand so to each other, and how often those of two people whose names are alike do.

use super::reason::Reason;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What is known of a person beside the names. Where a list gives several years or countries, all are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Years of birth, Gregorian.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub born: Vec<i32>,
    /// Years of death, Gregorian.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub died: Vec<i32>,
    /// The gender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Countries of any tie, in small letters; codes or names, as long as both sides write the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
}

/// The gender that a record gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// A man or a boy.
    Male,
    /// A woman or a girl.
    Female,
}

/// Years apart, at most, and the share of pairs of one person and of two people that are so far from each other.
/// Lists agree on a year in some eight of ten persons; namesakes are spread over two generations and more.
const YEARS: [(i32, f64, f64); 4] = [(0, 0.80, 0.025), (1, 0.08, 0.05), (5, 0.08, 0.19), (i32::MAX, 0.04, 0.735)];

/// One is dead before the other is born. What is left to one person is an error in the record.
const OUTLIVED: (f64, f64) = (0.002, 0.30);

/// The same gender, and another. Nine of ten listed persons are men, so that agreement says little.
const GENDER: [(f64, f64); 2] = [(0.99, 0.82), (0.01, 0.18)];

/// A country in common, and none. People of one region bear the names of one another's.
const COUNTRY: [(f64, f64); 2] = [(0.85, 0.30), (0.15, 0.70)];

/// No year is beyond.
const LAST_YEAR: i32 = 2999;

impl Facts {
    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Facts::default()
    }

    /// Takes in one fact, as `born`, `1974`. Names of facts are those that lists use: `born`, `birth_date`, `birthDate`,
    /// `died`, `death_date`, `deathDate`, `gender`, `sex`, `country`, `nationality`, `citizenship`. A date counts by its year.
    ///
    /// # Errors
    /// The name is none of these, or the value is no year or no gender.
    pub fn add(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let value = value.trim();
        match Fact::named(name) {
            Some(Fact::Born) => insert(&mut self.born, year(value)?),
            Some(Fact::Died) => insert(&mut self.died, year(value)?),
            Some(Fact::Gender) => self.gender = gender(value)?,
            Some(Fact::Country) if value.is_empty() => {}
            Some(Fact::Country) => insert(&mut self.countries, value.to_lowercase()),
            None => {
                return Err(Error::new(format!("`{name}` is no fact")).with_hint("facts are `born`, `died`, `gender` and `country`"));
            }
        }
        Ok(())
    }

    /// Whether a column or a property of this name is a fact.
    pub fn is_fact(name: &str) -> bool {
        Fact::named(name).is_some()
    }

    /// Takes in all that other facts say; of two genders the first stays.
    pub fn merge(&mut self, other: &Facts) {
        other.born.iter().for_each(|year| insert(&mut self.born, *year));
        other.died.iter().for_each(|year| insert(&mut self.died, *year));
        self.gender = self.gender.or(other.gender);
        other.countries.iter().for_each(|country| insert(&mut self.countries, country.clone()));
    }

    /// What the facts of both sides add to the log-odds of one person; nothing where one side has no such fact.
    ///
    /// ```
    /// use nasab::Facts;
    /// let known: Facts = "born=1974,country=iq".parse().unwrap();
    /// let asked: Facts = "born=1951".parse().unwrap();
    /// assert!(known.weigh(&asked).iter().map(|reason| reason.weight).sum::<f64>() < -2.0);
    /// ```
    pub fn weigh(&self, other: &Facts) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut say = |what, (one, two): (f64, f64)| reasons.push(Reason { what, weight: (one / two).ln() });
        let outlived = |dead: &[i32], born: &[i32]| dead.iter().max().zip(born.iter().min()).is_some_and(|(died, born)| died < born);
        if outlived(&self.died, &other.born) || outlived(&other.died, &self.born) {
            say("one is dead before the other is born", OUTLIVED);
        } else if let Some((apart, odds)) = years(&self.born, &other.born) {
            say(if apart == 0 { "the same year of birth" } else { "other years of birth" }, odds);
        }
        if let Some((apart, odds)) = years(&self.died, &other.died) {
            say(if apart == 0 { "the same year of death" } else { "other years of death" }, odds);
        }
        if let (Some(one), Some(two)) = (self.gender, other.gender) {
            if one == two { say("the same gender", GENDER[0]) } else { say("another gender", GENDER[1]) }
        }
        if !self.countries.is_empty() && !other.countries.is_empty() {
            let common = self.countries.iter().any(|country| other.countries.contains(country));
            if common { say("a country in common", COUNTRY[0]) } else { say("no country in common", COUNTRY[1]) }
        }
        reasons
    }
}

/// `born=1974,country=iq,country=ir`.
impl FromStr for Facts {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut facts = Facts::default();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| {
                Error::new(format!("`{}` is no fact", part.trim()))
                    .with_hint("facts are written `born=1974,died=2020,gender=male,country=iq`")
            })?;
            facts.add(name.trim(), value)?;
        }
        Ok(facts)
    }
}

enum Fact {
    Born,
    Died,
    Gender,
    Country,
}

impl Fact {
    fn named(name: &str) -> Option<Fact> {
        let plain: String = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        match plain.as_str() {
            "born" | "birth" | "birthdate" | "birthyear" | "dateofbirth" | "yearofbirth" | "dob" => Some(Fact::Born),
            "died" | "death" | "deathdate" | "deathyear" | "dateofdeath" | "yearofdeath" | "dod" => Some(Fact::Died),
            "gender" | "sex" => Some(Fact::Gender),
            "country" | "countries" | "nationality" | "citizenship" => Some(Fact::Country),
            _ => None,
        }
    }
}

/// The year of a date: its first number of three or four digits.
fn year(value: &str) -> Result<i32, Error> {
    let found = value.split(|c: char| !c.is_numeric()).find(|digits| (3..=4).contains(&digits.chars().count()));
    let digits: Option<String> = found.map(|digits| digits.chars().filter_map(char_digit).collect());
    digits.and_then(|digits| digits.parse().ok()).filter(|year| (1..=LAST_YEAR).contains(year)).ok_or_else(|| {
        Error::new(format!("`{value}` has no year")).with_hint("give a Gregorian year such as 1974, or a date such as 1974-06-20")
    })
}

/// A digit, Latin, Arabic or Persian.
fn char_digit(c: char) -> Option<char> {
    let value = match c {
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        c => c.to_digit(10)?,
    };
    char::from_digit(value, 10)
}

/// A gender, and none where a list says that it does not know.
fn gender(value: &str) -> Result<Option<Gender>, Error> {
    match value.to_lowercase().as_str() {
        "m" | "male" | "man" | "ذكر" => Ok(Some(Gender::Male)),
        "f" | "female" | "woman" | "أنثى" => Ok(Some(Gender::Female)),
        "" | "other" | "unknown" => Ok(None),
        _ => Err(Error::new(format!("`{value}` is no gender")).with_hint("give `male` or `female`")),
    }
}

fn insert<T: Ord>(list: &mut Vec<T>, value: T) {
    if let Err(place) = list.binary_search(&value) {
        list.insert(place, value);
    }
}

/// How far the nearest years are from each other, and what it says.
fn years(one: &[i32], two: &[i32]) -> Option<(i32, (f64, f64))> {
    let apart = one.iter().flat_map(|a| two.iter().map(|b| a.abs_diff(*b))).min()?;
    let apart = i32::try_from(apart).unwrap_or(i32::MAX);
    YEARS.iter().find(|(most, ..)| apart <= *most).map(|(_, one, two)| (apart, (*one, *two)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(one: &str, two: &str) -> f64 {
        let (one, two): (Facts, Facts) = (one.parse().unwrap(), two.parse().unwrap());
        let there: f64 = one.weigh(&two).iter().map(|r| r.weight).sum();
        let back: f64 = two.weigh(&one).iter().map(|r| r.weight).sum();
        assert_eq!(there, back);
        there
    }

    #[test]
    fn years_that_agree_speak_for_one_person_and_the_farther_the_less() {
        let steps = ["born=1974", "born=1975", "born=1978", "born=1990"].map(|other| weight("born=1974", other));
        assert!(steps.is_sorted_by(|a, b| a > b) && steps[0] > 3.0 && steps[3] < -2.5, "{steps:?}");
        assert_eq!(weight("born=1974,born=1990", "born=1990"), steps[0], "the nearest counts");
        assert!(weight("born=1900,died=1950", "born=1974") < -4.0);
    }

    #[test]
    fn a_fact_of_one_side_says_nothing() {
        assert_eq!(weight("born=1974,gender=m", "country=iq"), 0.0);
        assert!(weight("gender=m", "gender=female") < -2.0);
        assert!(weight("country=IQ,country=ir", "country=iq") > 0.5);
        assert!(weight("country=iq", "country=eg") < -1.0);
    }

    #[test]
    fn facts_are_read_as_lists_write_them() {
        let mut facts = Facts::default();
        for (name, value) in [("birthDate", "1974-06-20"), ("Date of birth", "c. ١٩٧٢"), ("Sex", "M"), ("nationality", "Iraq")] {
            facts.add(name, value).unwrap();
        }
        assert_eq!(facts, "born=1972,born=1974,gender=male,country=iraq".parse().unwrap());
        assert_eq!("born=soon".parse::<Facts>().unwrap_err().to_string(), "`soon` has no year");
        assert_eq!("height=2".parse::<Facts>().unwrap_err().to_string(), "`height` is no fact");
        assert!("1974".parse::<Facts>().is_err() && "gender=x".parse::<Facts>().is_err());
    }
}
