//! The names of the measures, in the order of [`super::Evidence`]. The build script reads this file too.

/// The measures in their order.
pub const MEASURES: [&str; 22] = [
    "shared",
    "rarest_shared",
    "least_cover",
    "most_cover",
    "worst",
    "mean",
    "conflict",
    "left_over_least",
    "left_over_most",
    "pairs",
    "first",
    "last",
    "first_of_either",
    "last_of_either",
    "inverted",
    "whole",
    "one_word",
    "scripts_differ",
    "given_differs",
    "leading_extra",
    "middle_differs",
    "words_differ",
];
