//! Ids: UUIDs made here, kept as 16 bytes; organisations have a small number.

use std::fmt;

use uuid::{Builder, Uuid};

use super::time::Micros;
use crate::clock::{Chance, Clock};

/// The number of an organisation: the first part of every key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrgId(pub i32);

/// The id of one thing of an organisation: a UUID v7, so that ids sort by time of making; of what is brought in from
/// elsewhere a UUID v8, which says what the thing is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; 16]);

impl Id {
    /// The id of nothing: where something has the shape of a stored thing and is none.
    pub const NONE: Self = Self([0; 16]);

    /// A new id from the clock and from chance.
    pub fn new(clock: &dyn Clock, chance: &dyn Chance) -> Self {
        let mut tail = [0u8; 10];
        chance.fill(&mut tail);
        Self::made_at(clock.now(), &tail)
    }

    /// The id of something made at an instant, told apart from others of that millisecond by its tail.
    pub fn made_at(at: Micros, tail: &[u8; 10]) -> Self {
        let millis = u64::try_from(at.0 / 1000).unwrap_or(0);
        Self(*Builder::from_unix_timestamp_millis(millis, tail).into_uuid().as_bytes())
    }

    /// The instant at which it was made, to the millisecond; none of an id that is a hash.
    pub fn made(self) -> Option<Micros> {
        let seconds = Uuid::from_bytes(self.0).get_timestamp()?.to_unix();
        let micros = i64::try_from(seconds.0).ok()?.checked_mul(1_000_000)?;
        micros.checked_add(i64::from(seconds.1 / 1000)).map(Micros)
    }

    /// The id of something that is known by a hash: the same hash gives the same id (UUID v8).
    pub fn of_hash(hash: &[u8; 32]) -> Self {
        let mut bytes = [0u8; 16];
        for (byte, hashed) in bytes.iter_mut().zip(hash) {
            *byte = *hashed;
        }
        Self(*Builder::from_custom_bytes(bytes).into_uuid().as_bytes())
    }

    /// The id in 16 bytes; none when the length is another.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        <[u8; 16]>::try_from(bytes).ok().map(Self)
    }

    /// The id written as a UUID; none when the text is no UUID.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(|uuid| Self(*uuid.as_bytes()))
    }

    /// The 16 bytes kept in the database.
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The same as a vector, as the database takes it.
    pub fn to_vec(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Uuid::from_bytes(self.0).fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_hash_has_its_bytes_but_for_version_and_variant() {
        let id = Id::of_hash(&[0xff; 32]);
        assert_eq!(id.to_string(), "ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(id, Id::of_hash(&[0xff; 32]));
    }
}
