//! An entity: one person as a list or a registry gives him.
//!
//! An id, names and facts enter; an [`Entity`] leaves whose id is not empty and each of whose names has a letter.
//! Refused is what has no id or no such name. `import` (feature `import`) reads entities from files.

#[cfg(feature = "import")]
pub mod import;
#[cfg(feature = "import")]
mod quotes;

use crate::error::Error;
use crate::matching::Facts;
use serde::Serialize;

/// One person under one id.
///
/// As JSON it is a row that [`import`] reads again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// The id.
    pub id: String,
    /// Every spelling of the name.
    pub names: Vec<String>,
    /// What is known beside the names.
    #[serde(flatten)]
    pub facts: Facts,
    /// Other ids that are this person's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<String>,
}

impl Entity {
    /// An entity without facts. Blanks around the id and the names are dropped, and names without a letter.
    ///
    /// ```
    /// use nasab::entity::Entity;
    /// let entity = Entity::new("q1", [" Qays al-Khazali ".to_string(), "?".to_string()]).unwrap();
    /// assert_eq!(entity.names, ["Qays al-Khazali"]);
    /// ```
    ///
    /// # Errors
    /// The id is empty, or no name has a letter.
    pub fn new(id: &str, names: impl IntoIterator<Item = String>) -> Result<Entity, Error> {
        let id = id.trim();
        if id.is_empty() {
            return Err(Error::new("no id").with_hint("give every row an id"));
        }
        let trimmed = names.into_iter().map(|name| if name.trim().len() == name.len() { name } else { name.trim().to_string() });
        let names: Vec<String> = trimmed.filter(|name| name.chars().any(char::is_alphabetic)).collect();
        if names.is_empty() {
            return Err(Error::new(format!("no name for `{id}`")).with_hint("give every row a name with letters"));
        }
        Ok(Entity { id: id.to_string(), names, ..Entity::default() })
    }
}
