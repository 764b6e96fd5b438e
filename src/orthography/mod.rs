//! Orthography: glyphs to clean letters. It decides nothing about the name.
//!
//! Two grades, kept apart. [`clean`] loses nothing that a reader would see: presentation forms,
//! tatweel, bidi controls, Farsi yeh and keheh, order and composition of signs. Which sign was
//! typed for ʿayn or hamza is kept, since schemes differ in it. [`fold_arabic`] is for
//! comparing only; on the Latin side the scheme folds, because ḫ is kh and not h.
//!
//! ```
//! use nasab::orthography::{clean, fold_arabic};
//! assert_eq!(clean("مـحـمّـد"), "محمّد");
//! assert_eq!(fold_arabic("أحمد"), fold_arabic("احمد"));
//! ```

mod clean;
mod fold;
mod marks;

pub use clean::clean;
pub use fold::fold_arabic;
pub use marks::{ayn_sign, hamza_sign, is_arabic_letter, is_arabic_mark, is_arabic_script, is_dangerous};
