//! The parsed types of the glossary: what they are, not where they are kept or how they are sent.
//!
//! Raw input becomes one of these at the door and is not checked again. Nothing here knows HTTP or
//! the database.

pub mod cap;
pub mod carriers;
pub mod coded;
pub mod event;
pub mod ids;
pub mod marks;
pub mod money;
pub mod order;
pub mod organisation;
pub mod own_texts;
pub mod plan;
#[cfg(test)]
mod plan_season;
pub mod reader;
pub mod report_period;
pub mod standing;
pub mod survey;
pub mod time;
pub mod webhook;

pub use coded::{
    BasisKind, Carrier, Channel, Collection, CollectionMode, DeliveryState, EventKind, EventType, Grant,
    HookKind, HookOutcome, InvitationState, JobKind, JobState, MailState, NoteEvent, Occasion, Reason,
    Resend, Rhythm, Role, SecondStepRule, SuppressionCause, SurveyState, WebhookReason, WebhookState,
    WordsKind,
};
pub use ids::{Id, OrgId};
pub use standing::Standing;
pub use time::Micros;
