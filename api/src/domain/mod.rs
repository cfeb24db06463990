//! The parsed types of the glossary: what they are, not where they are kept or how they are sent.
//!
//! Raw input becomes one of these at the door and is not checked again. Nothing here knows HTTP or
//! the database.

pub mod coded;
pub mod event;
pub mod ids;
pub mod order;
pub mod organisation;
pub mod plan;
pub mod reader;
pub mod standing;
pub mod survey;
pub mod time;

pub use coded::{
    BasisKind, Channel, CollectionMode, EventKind, Grant, InvitationState, JobKind, JobState, Reason, Role,
    SurveyState,
};
pub use ids::{Id, OrgId};
pub use standing::Standing;
pub use time::Micros;
