//! Who is gone with their answers, and which figures can be made all the same.
//!
//! A figure that held somebody who is gone cannot be made as it was. It stands at the newest of its moves that holds nobody of
//! them (`scoring::whole_moves`); most move past an erasure with the next ten people.

use scoring::{Missing, whole_moves};

use crate::service::Result;
use crate::store::erasures::{self, ErasedEntry};
use crate::store::responses::Response;

/// The places of erased responses in a survey's log.
pub struct Lost(Vec<(Response, Missing)>);

impl Lost {
    /// From what remains of the erased.
    pub fn of(gone: &[ErasedEntry]) -> Result<Self> {
        let stretches = erasures::stretches(gone)?;
        let missing = |(entry, (arrival, end)): (&ErasedEntry, (usize, usize))| {
            (entry.groups.clone(), Missing { arrival, end })
        };
        Ok(Self(stretches.into_iter().map(missing).collect()))
    }

    /// The moves of a figure up to the newest that holds nobody of those whom it counts.
    pub fn whole<'m>(&self, moves: &'m [usize], counts: impl Fn(&Response) -> bool) -> &'m [usize] {
        let of_it = self.0.iter().filter(|(groups, _)| counts(groups));
        let missing: Vec<Missing> = of_it.map(|(_, missing)| *missing).collect();
        whole_moves(moves, &missing)
    }

    /// Whether a figure holds nobody of those whom it counts.
    pub fn is_whole(&self, at: usize, counts: impl Fn(&Response) -> bool) -> bool {
        !self.whole(&[at], counts).is_empty()
    }
}
