//! Values of the command line that are more than text.

use nasab::Facts;

/// Facts, as `born=1974,country=iq`.
pub fn facts(text: &str) -> Result<Facts, String> {
    text.parse().map_err(|error: nasab::Error| match error.hint() {
        Some(hint) => format!("{error}; {hint}"),
        None => error.to_string(),
    })
}

/// A number between 0 and 1.
pub fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| *share > 0.0 && *share < 1.0).ok_or("a prior is a number between 0 and 1, such as 0.001".to_string())
}

/// A number from 1 on.
pub fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a number from 1 on is expected".to_string()),
        Ok(number) => Ok(number),
    }
}

/// A number from 0 to 1.
pub fn probability(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| "a probability from 0 to 1 is expected".to_string())
}
