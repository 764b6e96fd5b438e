//! The names of the measures, in the order of [`super::Evidence`]. The build script reads this file too.

/// The measures in their order.
pub const MEASURES: [&str; 40] = [
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
    "fewer_words",
    "second_shared",
    "last_differs",
    "fewer_left_over",
    "units_shared",
    "whole_sorted",
    "same_places",
    "raw",
    "equal_words",
    "alike_words",
    "skeletons",
    "letters_least",
    "letters_most",
    "trailing_extra",
    "inner_extra",
    "rare_left",
    "rows_agree",
    "rows_contradict",
];

/// What each measure is about, in words for a reviewer, in the order of [`MEASURES`].
#[allow(dead_code, reason = "the build script has no reviewers")]
pub const REASONS: [&str; 40] = [
    SHARED, RARE, COVER, COVER, LIKENESS, LIKENESS, CONFLICT, LEFT, LEFT, SHARED, ENDS, ENDS, ENDS, ENDS, ORDER, LIKENESS, FORM, FORM,
    CONFLICT, LEFT, CONFLICT, FORM, FORM, SHARED, CONFLICT, LEFT, SHARED, LIKENESS, ORDER, LIKENESS, LIKENESS, LIKENESS, COVER, COVER,
    COVER, LEFT, LEFT, RARE, ROWS, ROWS,
];

const SHARED: &str = "words shared";
const RARE: &str = "how rare they are, and what is left";
const COVER: &str = "share of the names covered";
const LIKENESS: &str = "likeness of the spellings";
const CONFLICT: &str = "words that contradict";
const LEFT: &str = "words without an answer";
const ENDS: &str = "first and last word";
const ROWS: &str = "known names behind the words";
const ORDER: &str = "order";
const FORM: &str = "length and script";
