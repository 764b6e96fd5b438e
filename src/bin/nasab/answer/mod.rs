//! Answers as JSON, one shape each, whoever asks: the commands write them by the line, the service by the request.

mod document;
mod link;
mod name;

pub use document::{defect, pair};
pub use link::{NoLinkage, linkage, query};
pub use name::{Normalized, Parsed, Part, Refused, Spellings, comparison, prepared};

/// A probability as it is told: six decimals are more than is known.
pub fn rounded(probability: f64) -> f64 {
    (probability * 1e6).round() / 1e6
}
