//! nasab reads an Arabic personal name in any spelling and any script, writes it in any
//! scholarly or official romanization or in Arabic, and links its spellings to one identity.
//!
//! ```text
//! text ─ orthography ─ reading ─▶ NAME (hub form) ─▶ writing ─▶ text in any scheme, or Arabic
//!                         ▲              │
//!        tables ─ lexicon ┘              ├─▶ matching ─▶ probability + explanation
//!                                        ├─▶ index ─ link ─ registry ─▶ identity
//!                                        └─▶ cluster  ─▶ groups of one identity
//! ```
//!
//! ```
//! use nasab::{Source, Name, Scheme};
//! let name = Name::read("محمد الحسن", Source::Auto).unwrap();
//! assert_eq!(name.write(Scheme::find("dmg").unwrap()), "Muḥammad al-Ḥasan");
//! ```
//!
//! A later stage uses earlier ones, never the reverse. The core needs no file, no clock and no
//! thread; the feature `index` searches and links, `import` reads lists, `registry` keeps a record of identities, and `cli` adds
//! what the program needs.

pub mod cluster;
pub mod document;
pub mod entity;
mod error;
pub mod hub;
#[cfg(feature = "index")]
pub mod index;
pub mod lexicon;
#[cfg(feature = "index")]
pub mod link;
pub mod matching;
pub mod name;
pub mod orthography;
mod pack;
#[cfg(feature = "record")]
pub mod record;
#[cfg(feature = "registry")]
pub mod registry;
#[cfg(feature = "index")]
pub mod scan;
mod scheme;
mod tables;
pub mod variants;

pub use error::{Error, Note, Severity};
#[cfg(feature = "index")]
pub use link::{Bearer, Bearers, LinkMatch, LinkOptions, Linkage, People, Query, Status, judge};
pub use matching::{Comparison, Facts, Kind, Prepared, Reason, WordReason, blocking_keys, compare};
pub use name::{Name, NameReading, Part, Role, Source};
pub use scheme::{Detection, Evidence, Fit, Letter, Loss, Place, Scheme, SchemeOption, detect};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
