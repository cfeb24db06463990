//! Gathers what is kept of a customer, as far as one link shows it.

use std::sync::Arc;

use survey_forms::answer::{AnswerSheet, PageAnswers, Words};
use survey_forms::language::Language;

use super::super::why::{InvitationLog, invitation_log};
use crate::domain::event::OrderEvent;
use crate::domain::organisation::Organisation;
use crate::domain::{Id, Micros};
use crate::service::form_plan::{Asking, FormPlan};
use crate::service::form_session::{is_correction_open, unpacked};
use crate::service::{Error, Result, Services};
use crate::store::authority::Opened;
use crate::store::invitations::{self, Invitation};
use crate::store::orders::{self, StoredOrder};
use crate::store::own_data::{self, Revision, StoredCustomer};
use crate::store::saved_pages::SavedPage;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, places};

/// What is kept, as far as the link shows it.
pub struct Held {
    /// Who keeps it.
    pub organisation: Arc<Organisation>,
    /// The invitation by whose link it is read.
    pub invitation: Invitation,
    /// The person.
    pub customer: StoredCustomer,
    /// The number of the order behind the link.
    pub order_number: String,
    /// The order; none when the shop has given it to another customer since, whose it is now.
    pub order: Option<HeldOrder>,
    /// All that the customer was asked about it; first what the link was sent for.
    pub asked: Vec<Questioned>,
    /// Further orders of the customer.
    pub other_orders: usize,
}

/// The order with what came with it.
pub struct HeldOrder {
    /// The order.
    pub order: StoredOrder,
    /// The key of its place; empty for none.
    pub place: String,
    /// When it came.
    pub created_at: Micros,
    /// When it was changed last.
    pub updated_at: Micros,
    /// Its events, each with when it came.
    pub events: Vec<(OrderEvent, Micros)>,
}

/// One questionnaire about the order.
pub struct Questioned {
    /// The invitation to it.
    pub invitation: Invitation,
    /// The survey.
    pub survey: Arc<Survey>,
    /// What it asks.
    pub plan: Arc<FormPlan>,
    /// Every revision of the response.
    pub responses: Vec<Revision>,
    /// Every posting of every page, with when it was saved.
    pub postings: Vec<(SavedPage, Micros)>,
    /// Its mails, and what was decided about them.
    pub sending: InvitationLog,
}

impl Held {
    /// Reads what the link shows.
    pub fn gather(services: &Services, connection: &mut AnyConnection, opened: Opened) -> Result<Self> {
        let Opened { scope, invitation, order_number, settings } = opened;
        let order = orders::get(connection, &scope, invitation.order_id)?;
        let customer = invitation.customer_id;
        let is_theirs = order.customer_id == customer;
        let orders = usize::try_from(own_data::orders_of(connection, &scope, customer)?).unwrap_or(0);
        Ok(Self {
            organisation: services.known.organisation(connection, &scope, settings)?,
            customer: own_data::customer(connection, &scope, customer)?,
            asked: asked(services, connection, &scope, &invitation)?,
            order: if is_theirs { Some(HeldOrder::gather(connection, &scope, order)?) } else { None },
            other_orders: orders.saturating_sub(usize::from(is_theirs)),
            order_number,
            invitation,
        })
    }

    /// The languages of the page: those of the questionnaire that the link was sent for.
    pub fn languages(&self) -> &[Language] {
        self.asked.first().map_or(&[], |first| &first.plan.languages)
    }

    /// The wanted language where the page is offered in it, else the customer's.
    pub fn language(&self, wanted: Option<Language>) -> Language {
        let own = || Language::parse(&self.invitation.language).unwrap_or(Language::ENGLISH);
        wanted.filter(|wanted| self.languages().contains(wanted)).unwrap_or_else(own)
    }

    /// What the link was sent for, while its answers can be changed.
    pub fn behind_link(&self, now: Micros) -> Option<&Questioned> {
        let is_open = is_correction_open(&self.organisation, &self.invitation, now);
        self.asked.first().filter(|first| is_open && first.invitation.id == self.invitation.id)
    }
}

impl HeldOrder {
    fn gather(connection: &mut AnyConnection, scope: &OrgScope, order: StoredOrder) -> Result<Self> {
        let (created_at, updated_at) = own_data::order_times(connection, scope, order.id)?;
        let all = places::all(connection, scope)?;
        let place = all.into_iter().find(|(number, _)| *number == order.place_id);
        Ok(Self {
            events: own_data::events(connection, scope, (&order.order_number, order.test))?,
            place: place.map(|(_, key)| key).unwrap_or_default(),
            created_at,
            updated_at,
            order,
        })
    }
}

/// All that the customer of an invitation was asked about its order; the invitation itself first.
fn asked(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation: &Invitation,
) -> Result<Vec<Questioned>> {
    let mut all = invitations::of_order(connection, scope, invitation.order_id)?;
    all.retain(|one| one.customer_id == invitation.customer_id);
    all.sort_by_key(|one| one.id != invitation.id);
    all.into_iter().map(|one| Questioned::gather(services, connection, scope, one)).collect()
}

impl Questioned {
    fn gather(
        services: &Services,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        invitation: Invitation,
    ) -> Result<Self> {
        let id: Id = invitation.id;
        let survey = services.known.survey(connection, scope, invitation.survey_id)?;
        Ok(Self {
            plan: services.form_plan(connection, scope, &survey, &Asking::of(&invitation))?,
            responses: own_data::revisions(connection, scope, id)?,
            postings: own_data::postings(connection, scope, id)?,
            sending: invitation_log(connection, scope, id)?,
            invitation,
            survey,
        })
    }

    /// The answers of one revision.
    pub fn sheet(&self, revision: &Revision) -> Result<AnswerSheet> {
        AnswerSheet::from_bytes(&self.plan.instrument, &revision.0.answers)
            .map_err(|error| Error::Broken(error.to_string()))
    }

    /// The answers of one posting; none when its page is not part of the form any more.
    pub fn page(&self, posting: &SavedPage) -> Option<PageAnswers> {
        let number = usize::try_from(posting.page).ok()?;
        self.plan.page(number).map(|page| unpacked(&self.plan.instrument, page, posting))
    }

    /// The answers as they count now, with the free words; none where nothing is answered.
    pub fn newest(&self) -> Result<Option<(AnswerSheet, Words)>> {
        if let Some(last) = self.responses.last() {
            let words = last.1.as_ref().map_or("", |(_, words)| words.as_str());
            return Ok(Some((self.sheet(last)?, Words::read(words))));
        }
        let mut sheet = AnswerSheet::not_shown(&self.plan.instrument);
        let mut words = Words::default();
        // In the order of revisions: the newest of each page counts.
        for page in self.postings.iter().filter_map(|(posting, _)| self.page(posting)) {
            sheet.put(&page);
            words.put_all(&page.words);
        }
        Ok((!self.postings.is_empty()).then_some((sheet, words)))
    }
}
