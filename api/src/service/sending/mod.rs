//! Sends what is due: begun with a durable mark, written, handed over, and noted.
//!
//! A mail is marked as being sent before the relay hears of it. When the process ends in between, the mark tells that
//! it is not known whether it left ([ADR 27](../../../../docs/adr/0027-outbox.md)).

mod begin;
mod finish;
mod letter;
mod look;
mod message;
pub mod pace;

pub use begin::{Asker, begin};
pub(super) use finish::mark_sent;
pub use finish::{note_over, note_sent, note_unbegun, note_unwritten};
pub use letter::write;
pub(super) use letter::{answer_link, host_of};
pub use look::{Look, look};
pub use message::{Gateways, ShortText, gateway_key_text, hand_over, write_short};

use crate::domain::carriers::Reach;
use crate::domain::organisation::Organisation;
use crate::domain::{Carrier, Micros, OrgId};
use crate::store::customers::Customer;
use crate::store::invitations::Invitation;
use crate::store::orders::StoredOrder;
use crate::store::outbox::Mail;
use crate::store::surveys::Survey;

/// A mail that is marked as being sent, with all that it is about.
pub struct Outgoing {
    /// The invitation as the customer will find it.
    pub invitation: Invitation,
    /// The mail.
    pub mail: Mail,
    survey: Survey,
    order: StoredOrder,
    customer: Customer,
    organisation: Organisation,
    reach: Reach,
}

impl Outgoing {
    /// What brings it.
    pub const fn carrier(&self) -> Carrier {
        self.reach.carrier
    }

    /// The organisation whose gateway takes it.
    pub const fn org(&self) -> OrgId {
        self.organisation.org_id
    }
}

/// What the beginning of a leased job comes to.
pub enum Begun {
    /// A mail to write and hand over.
    Mail(Box<Outgoing>),
    /// Nothing is sent now; the job is to be planned again, or to end.
    NotNow,
    /// Not yet: its domain or the day has had enough.
    Later(Micros),
    /// All was noted already.
    Noted,
}
