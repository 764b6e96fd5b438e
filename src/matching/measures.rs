//! The measures of a comparison, in the order of [`super::Evidence`], and to which words a reviewer
//! finds their weights put. The build script reads this file too.

/// What a comparison asks.
pub struct Measure {
    /// As `tables/matching/trees.tsv` calls it.
    pub name: &'static str,
    /// Where its weight is put when it speaks for one person.
    pub up: Place,
    /// Where when it speaks against.
    pub down: Place,
}

/// What a weight is put to.
#[derive(Clone, Copy)]
pub enum Place {
    /// The words that answer each other, by their weight.
    Answered,
    /// Those that answer each other badly; else the words without an answer.
    Unlike,
    /// Words without an answer; else those that answer badly.
    Open,
    /// Words without an answer on both sides, which contradict each other; else as `Open`.
    Clash,
    /// No words: a reason of its own.
    Note(&'static str),
}

use Place::{Answered, Clash, Note, Open, Unlike};

const COMMON: Place = Note("how much the shared words say");
const LITTLE_OPEN: Place = Note("little is left over");
const NO_CLASH: Place = Note("no words contradict");
const ENDS: Place = Note("first word");
const ORDER: Place = Note("order");
const FORM: Place = Note("length and script");
const ROW: Place = Note("all letters in one row");
const SPELLINGS: Place = Note("likeness of the spellings");

const fn measure(name: &'static str, up: Place, down: Place) -> Measure {
    Measure { name, up, down }
}

/// The measures in their order.
pub const MEASURES: [Measure; 37] = [
    measure("shared", Answered, COMMON),
    measure("rarest_shared", Answered, COMMON),
    measure("rows_agree", Answered, COMMON),
    measure("given_shared", Answered, COMMON),
    measure("units_shared", Answered, COMMON),
    measure("least_cover", Answered, Open),
    measure("most_cover", Answered, Open),
    measure("letters_least", Answered, Open),
    measure("skeletons", Answered, Open),
    measure("worst", SPELLINGS, Unlike),
    measure("worst_weight", SPELLINGS, Unlike),
    measure("worst_one_name", SPELLINGS, Unlike),
    measure("rows_contradict", SPELLINGS, Unlike),
    measure("whole", ROW, ROW),
    measure("left_over_least", LITTLE_OPEN, Open),
    measure("left_over_most", LITTLE_OPEN, Open),
    measure("fewer_left_over", LITTLE_OPEN, Open),
    measure("rare_left", LITTLE_OPEN, Open),
    measure("inner_extra", LITTLE_OPEN, Open),
    measure("trailing_extra", LITTLE_OPEN, Open),
    measure("leading_extra", LITTLE_OPEN, Open),
    measure("as_son", LITTLE_OPEN, Open),
    measure("kunya_left", LITTLE_OPEN, Open),
    measure("conflict", NO_CLASH, Clash),
    measure("as_brothers", NO_CLASH, Clash),
    measure("names_differ", NO_CLASH, Clash),
    measure("nisbas_differ", NO_CLASH, Clash),
    measure("last_differs", NO_CLASH, Clash),
    measure("gender_differs", NO_CLASH, Clash),
    measure("ending_differs", NO_CLASH, Unlike),
    measure("exchanged", ORDER, ORDER),
    measure("first", ENDS, ENDS),
    measure("first_of_either", ENDS, ENDS),
    measure("same_places", ORDER, ORDER),
    measure("inverted", ORDER, ORDER),
    measure("fewer_words", FORM, FORM),
    measure("scripts_differ", FORM, FORM),
];
