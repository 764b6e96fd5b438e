//! Identities by hand: added, and a name taken off.

use super::group::{key, verify};
use super::names::{store, take};
use super::{Author, Deed, Registry};
use crate::entity::Entity;
use crate::error::Error;
use serde::Serialize;
use serde_json::json;

/// What an addition came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Added {
    /// The event.
    pub event: i64,
    /// Whether the id was not known.
    pub new: bool,
    /// Names that the identity did not have.
    pub names: u64,
}

impl Registry {
    /// Adds an identity, or names and facts to one. A name that was taken off comes back.
    ///
    /// `source` says where this is known from.
    ///
    /// # Errors
    /// The entity has no id or no name with a letter, or it was decided that a name is not this identity's.
    pub fn add(&mut self, entity: &Entity, source: &str, author: Author<'_>) -> Result<Added, Error> {
        let entity = checked(entity)?;
        let payload = serde_json::to_value(&entity).unwrap_or_default();
        let deed = Deed { kind: "add", source: Some(source.trim()).filter(|source| !source.is_empty()), payload };
        self.change(author, &deed, |transaction, event| {
            let mut refused = None;
            let stored = store(transaction, event, &entity, true, &mut |error| {
                refused.get_or_insert(error);
            })?;
            if let Some(error) = refused {
                return Err(error.into());
            }
            verify(transaction, key(transaction, &entity.id)?)?;
            Ok(Added { event, new: stored.identities > 0, names: stored.names })
        })
    }

    /// Takes a name off an identity, whichever of its ids has it. The next import of the same list does not bring it back.
    ///
    /// # Errors
    /// There is no such identity or name, or it is the last one.
    pub fn remove_name(&mut self, id: &str, name: &str, author: Author<'_>) -> Result<i64, Error> {
        let (id, name) = (id.trim(), name.trim());
        let deed = Deed { kind: "remove", source: None, payload: json!({"id": id, "name": name}) };
        self.change(author, &deed, |transaction, event| {
            let key = key(transaction, id)?;
            if !take(transaction, event, key, |text| text == name)? {
                return Err(no_name(id, name).into());
            }
            verify(transaction, key)?;
            Ok(event)
        })
    }
}

pub(super) fn no_name(id: &str, name: &str) -> Error {
    Error::new(format!("`{id}` has no name `{name}`")).with_hint("`nasab registry show` lists its names")
}

/// The entity as [`Entity::new`] would have made it.
pub(super) fn checked(entity: &Entity) -> Result<Entity, Error> {
    let plain = Entity::new(&entity.id, entity.names.iter().cloned())?;
    Ok(Entity { facts: entity.facts.clone(), merged: entity.merged.clone(), ..plain })
}
