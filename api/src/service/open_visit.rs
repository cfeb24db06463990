//! What is stored of one visitor of an open link: nothing but when, where, and what they answer.

use data_encoding::BASE32_NOPAD;
use serde_json::json;
use survey_forms::language::Language;

use super::Services;
use super::open_ticket::Ticket;
use crate::domain::time::DAY;
use crate::domain::{Carrier, InvitationState, Micros};
use crate::store::authority::secret_hash;
use crate::store::invitations::Invitation;
use crate::store::open_links::OpenLink;
use crate::store::openings::Opening;
use crate::store::orders::{Happened, StoredOrder};
use crate::store::surveys::Survey;

/// One visitor with a ticket. The same ticket gives the same ids.
pub struct Visiting<'a> {
    /// The use cases' common parts.
    pub services: &'a Services,
    /// The link by which they came.
    pub link: &'a OpenLink,
    /// What is asked there.
    pub survey: &'a Survey,
    /// The language in which they read.
    pub language: Language,
    /// Their ticket.
    pub ticket: &'a Ticket,
}

impl Visiting<'_> {
    /// All rows behind the first page; `secret` is that of the form's own link.
    pub fn opening(&self, secret: &str) -> Opening {
        let (ticket, order, now) = (self.ticket, self.order(), self.services.now());
        let days = i64::from(self.survey.valid_days);
        let invitation = Invitation {
            id: ticket.id("invitation"),
            survey_id: self.survey.id,
            order_id: order.id,
            customer_id: order.customer_id,
            form: i16::from(ticket.form),
            length: self.survey.length,
            language: self.language.tag().to_owned(),
            state: InvitationState::Started,
            reason: None,
            send_at: None,
            sent_at: None,
            started_at: None,
            answered_at: None,
            expires_at: Some(Micros(now.0.saturating_add(days * DAY))),
            token_hash: secret_hash(secret),
            link_key_id: ticket.key_id.clone(),
            test: false,
            created_at: now,
            module: 0,
            looks_back: true,
            carrier: Carrier::Slip,
        };
        Opening {
            link_id: self.link.id,
            match_hash: ticket.hash("identity"),
            group: self.services.links.customer_group(order.customer_id),
            order,
            invitation,
            job_id: ticket.id("job"),
        }
    }

    /// Stands for the visit: where and by which channel, served today.
    fn order(&self) -> StoredOrder {
        let (link, ticket) = (self.link, self.ticket);
        let number = BASE32_NOPAD.encode(ticket.hash("number").get(..10).unwrap_or_default());
        StoredOrder {
            id: ticket.id("order"),
            test: false,
            order_number: format!("open-{}", number.to_lowercase()),
            customer_id: ticket.id("customer"),
            channel: link.channel,
            contact_channel: None,
            place_id: link.place_id,
            language: self.language.tag().to_owned(),
            placed_at: self.services.now(),
            expected_delivery_at: None,
            value: None,
            attributes: json!({"open_link": link.id.to_string()}).to_string(),
            basis: None,
            happened: Happened::default(),
            fingerprint: Vec::new(),
            quiet: false,
        }
    }
}
