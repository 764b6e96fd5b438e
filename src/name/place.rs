//! Where a word stands in a name, as far as that tells which of its readings is meant. The build script
//! uses this file too.

/// The places by the names they have in the table.
pub const PLACES: [&str; 11] = ["alone", "surname", "given", "middle", "last", "son", "kunya", "servant", "family", "honored", "honorific"];

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The only word.
    Alone,
    /// Before the comma of an inverted heading.
    Surname,
    /// First in the natural order.
    Given,
    /// Between others.
    Middle,
    /// Last in the natural order.
    Last,
    /// After ibn or bint.
    Son,
    /// After Abū or Umm.
    Kunya,
    /// After ʿAbd.
    Servant,
    /// After Āl or Banū.
    Family,
    /// Before al-Dīn and its like, or Allāh.
    Honored,
    /// With the article, after the word of an honorific: the Mulk of Niẓām al-Mulk.
    Honorific,
}
