//! A word of a name, shared by all names that have it: its readings are found once, weighed once for each
//! place, and written once in each scheme and setting.

use super::context;
use super::particle::Particle;
use super::place::{PLACES, Place};
use crate::lexicon::Reading;
use crate::scheme::{Scheme, Setting};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A word with its readings; never without one. Cheap to copy.
#[derive(Clone, Debug)]
pub(crate) struct NameWord {
    shared: Arc<Shared>,
    /// Where it stands; `None` as long as nobody has looked.
    place: Option<Place>,
    pub particle: Option<Particle>,
}

#[derive(Debug)]
struct Shared {
    alone: Ranked,
    placed: [OnceLock<Ranked>; PLACES.len()],
}

/// Readings, best first, and what was written of them.
#[derive(Debug)]
struct Ranked {
    readings: Vec<Reading>,
    /// The best is the second word of X al-Dīn and its like.
    honored: bool,
    /// The best is the amat of Amat al-Raḥmān.
    governs: bool,
    texts: Mutex<Vec<(Key, Arc<str>)>>,
}

/// Which reading, in what scheme and setting.
type Key = (Scheme, usize, Setting);

/// Texts kept of a word; a name is seldom written in more schemes at a time.
const MOST_TEXTS: usize = 8;

impl Ranked {
    fn new(readings: Vec<Reading>) -> Self {
        let honored = readings.first().is_some_and(|r| context::is_honored(&r.word));
        let governs = readings.first().is_some_and(|r| r.word.to_string() == "amaẗ");
        Ranked { readings, honored, governs, texts: Mutex::default() }
    }
}

impl NameWord {
    /// A word with these readings, best first.
    pub(crate) fn new(readings: Vec<Reading>) -> Self {
        let shared = Shared { alone: Ranked::new(readings), placed: Default::default() };
        NameWord { shared: Arc::new(shared), place: None, particle: None }
    }

    pub(crate) fn particle(particle: Particle) -> Self {
        NameWord { particle: Some(particle), ..NameWord::new(vec![Reading::spelled(particle.word())]) }
    }

    /// From now on the readings are those that fit this place.
    pub(super) fn put(&mut self, place: Place) {
        self.place = Some(place).filter(|_| self.shared.alone.readings.len() > 1);
    }

    fn ranked(&self) -> &Ranked {
        let own = &self.shared.alone;
        let Some(place) = self.place else { return own };
        let placed = self.shared.placed.get(place as usize);
        placed.map_or(own, |cell| cell.get_or_init(|| Ranked::new(context::weighed(&own.readings, place))))
    }

    /// What it may be, best first.
    pub(crate) fn readings(&self) -> &[Reading] {
        &self.ranked().readings
    }

    pub(crate) fn reading(&self, choice: usize) -> Option<&Reading> {
        self.readings().get(choice).or(self.best())
    }

    pub(crate) fn best(&self) -> Option<&Reading> {
        self.readings().first()
    }

    /// The second word of X al-Dīn and its like.
    pub(super) fn is_honored(&self) -> bool {
        self.ranked().honored
    }

    /// A word of a person that governs the next as a noun does: Amat al-Raḥmān.
    pub(super) fn governs_names(&self) -> bool {
        self.ranked().governs
    }

    /// A reading as a scheme writes it.
    pub(super) fn text(&self, choice: usize, scheme: Scheme, setting: Setting) -> Arc<str> {
        let ranked = self.ranked();
        let key = (scheme, choice, setting);
        let mut texts = ranked.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, text)) = texts.iter().find(|(own, _)| *own == key) {
            return text.clone();
        }
        let text: Arc<str> = self.reading(choice).map_or(String::new(), |r| scheme.write_in(&r.word, setting)).into();
        if texts.len() < MOST_TEXTS {
            texts.push((key, text.clone()));
        }
        text
    }
}
