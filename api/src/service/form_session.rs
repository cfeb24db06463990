//! One customer's form as it stands: what was asked, what was saved, what may still be changed.

use std::sync::Arc;

use jiff::tz::TimeZone;
use survey_forms::answer::{Answer, AnswerSheet, PageAnswers};
use survey_forms::form::PagePlan;
use survey_forms::instrument::Instrument;
use survey_forms::language::Language;
use survey_forms::render::Organisation as OrganisationWords;

use super::careless;
use super::form_plan::FormPlan;
use super::{Result, Services};
use crate::domain::organisation::Organisation;
use crate::domain::time::day_number;
use crate::domain::{Channel, CollectionMode, InvitationState, Micros};
use crate::store::authority::Opened;
use crate::store::invitations::Invitation;
use crate::store::orders::{self, StoredOrder};
use crate::store::responses::{self, Response};
use crate::store::saved_pages::{self, SavedPage};
use crate::store::submissions::NewResponse;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, customers};

/// Everything about one invitation that its form needs.
pub struct FormSession {
    /// Who opened it.
    pub scope: OrgScope,
    /// The invitation.
    pub invitation: Invitation,
    /// The number of the order it asks about.
    pub order_number: String,
    /// Who asks.
    pub organisation: Arc<Organisation>,
    /// The survey.
    pub survey: Arc<Survey>,
    /// Which form of the design.
    pub form: u8,
    /// What it asks.
    pub plan: Arc<FormPlan>,
    /// Pages posted so far, newest revision each.
    pub saved: Vec<SavedPage>,
    /// The stored response with its comment, once there is one.
    pub response: Option<(Response, String)>,
}

/// The organisation as pages and mails say it.
pub fn organisation_words(organisation: &Organisation) -> OrganisationWords<'_> {
    OrganisationWords {
        name: &organisation.name,
        contact_email: &organisation.contact_email,
        privacy_text: Some(organisation.privacy_text.as_str()).filter(|text| !text.is_empty()),
        privacy_url: &organisation.privacy_url,
        retention_months: u32::try_from(organisation.retention_months).unwrap_or(0),
    }
}

impl FormSession {
    /// Reads the session behind a link.
    pub fn load(services: &Services, connection: &mut AnyConnection, opened: Opened) -> Result<Self> {
        let Opened { scope, invitation, order_number, settings } = opened;
        let scope = &scope;
        let id = invitation.id;
        let survey = services.known.survey(connection, scope, invitation.survey_id)?;
        let form = u8::try_from(invitation.form).unwrap_or(0);
        Ok(Self {
            scope: scope.clone(),
            organisation: services.known.organisation(connection, scope, settings)?,
            plan: services.form_plan(connection, scope, &survey, form, invitation.length)?,
            saved: match invitation.started_at {
                None => Vec::new(),
                Some(_) => saved_pages::newest(connection, scope, id)?,
            },
            response: match invitation.answered_at {
                None => None,
                Some(_) => responses::newest(connection, scope, id)?,
            },
            invitation,
            survey,
            order_number,
            form,
        })
    }

    /// The order it asks about.
    pub fn order(&self, connection: &mut AnyConnection) -> Result<StoredOrder> {
        Ok(orders::get(connection, &self.scope, self.invitation.order_id)?)
    }

    /// The language in which the form is shown now.
    pub fn language(&self) -> Language {
        Language::parse(&self.invitation.language).unwrap_or(Language::ENGLISH)
    }

    /// The first page from which the customer has not gone on; the last one when all were passed.
    pub fn current_page(&self) -> usize {
        let passed = |number: usize| {
            self.saved.iter().any(|one| usize::try_from(one.page) == Ok(number) && one.passed)
        };
        let open = self.plan.pages.iter().find(|page| !passed(page.number));
        open.or(self.plan.pages.last()).map_or(1, |page| page.number)
    }

    /// Whether the link has run out before the form was finished.
    pub fn is_expired(&self, now: Micros) -> bool {
        self.invitation.state == InvitationState::Expired
            || (self.invitation.answered_at.is_none()
                && self.invitation.expires_at.is_some_and(|at| at <= now))
    }

    /// Whether a finished form can still be corrected.
    pub fn may_correct(&self, now: Micros) -> bool {
        let hours = i64::from(self.organisation.correction_hours);
        self.invitation.answered_at.is_some_and(|at| now <= at.plus_seconds(hours * 3600))
    }

    /// The newest posting of a page.
    pub fn saved_page(&self, number: usize) -> Option<&SavedPage> {
        self.saved.iter().find(|one| usize::try_from(one.page) == Ok(number))
    }

    /// How often pages were posted: each posting is the next revision of its page.
    pub fn postings(&self) -> i64 {
        self.saved.iter().map(|page| i64::from(page.revision)).sum()
    }

    /// What was saved of a page, as the page shows it again.
    pub fn given(&self, plan: &PagePlan) -> Option<PageAnswers> {
        let saved = self.saved_page(plan.number)?;
        Some(unpacked(&self.plan.instrument, plan, saved))
    }

    /// The whole response as far as pages were saved; pages never posted are *not shown*.
    pub fn sheet(&self) -> AnswerSheet {
        let mut sheet = AnswerSheet::not_shown(&self.plan.instrument);
        for plan in &self.plan.pages {
            if let Some(page) = self.given(plan) {
                sheet.put(&page);
            }
        }
        sheet
    }

    /// The comment as saved.
    pub fn comment(&self) -> String {
        let plan = self.plan.pages.iter().find(|plan| plan.comment);
        let saved = plan.and_then(|plan| self.saved_page(plan.number));
        saved.map_or(String::new(), |saved| saved.comment.clone())
    }

    /// The language in which the last page was posted.
    fn last_language(&self) -> String {
        let last = self.saved.iter().max_by_key(|one| one.page);
        last.map_or_else(|| self.invitation.language.clone(), |one| one.language.clone())
    }

    /// The response of this session as a new revision.
    pub fn response_now(
        &self,
        services: &Services,
        connection: &mut AnyConnection,
        finished: bool,
    ) -> Result<NewResponse> {
        let now = services.now();
        let order = self.order(connection)?;
        let group = customers::get(connection, &self.scope, self.invitation.customer_id)?.group;
        let before = self.response.as_ref().map(|(before, _)| before);
        let zone = self.organisation.zone();
        let answers = self.sheet().bytes();
        let service_at = order.happened.delivered_at.unwrap_or(order.placed_at);
        let flags = careless::flags(&self.plan.layout, &self.plan.pages, &answers, self.seconds(now))?;
        let response = Response {
            id: self.invitation.id,
            revision: before.map_or(1, |before| before.revision.saturating_add(1)),
            survey_id: self.survey.id,
            form: self.invitation.form,
            length: self.invitation.length,
            language: self.last_language(),
            channel: order.channel.code(),
            contact_channel: order.contact_channel.map_or(0, Channel::code),
            place_id: order.place_id,
            segments: [0, 0],
            service_day: service_at.day_in(&zone),
            mode: CollectionMode::Mail,
            customer_group: group,
            first_of_year: before.is_some_and(|before| before.first_of_year),
            finished,
            test: self.invitation.test,
            quality_flag: i16::from(flags.bits()),
            answers,
            answered_at: now.0,
        };
        let year = year_around(now, &zone);
        Ok(NewResponse { response, words: self.comment(), customer_id: self.invitation.customer_id, year })
    }

    /// From the first page that was posted to now, when the customer did not leave in between: nothing is known
    /// of the first page of the form, nor of a form that was picked up again.
    fn seconds(&self, now: Micros) -> Option<f64> {
        let started = self.invitation.started_at?;
        let seconds = (now.0.saturating_sub(started.0)) as f64 / 1e6;
        (self.plan.pages.len() > 1 && seconds >= 0.0).then_some(seconds)
    }
}

/// The instants between which the calendar year of an instant lies, in microseconds.
fn year_around(now: Micros, zone: &TimeZone) -> (i64, i64) {
    let year = zone.to_datetime(now.timestamp()).year();
    let start = |year: i16| {
        let day = jiff::civil::date(year, 1, 1);
        let fallback = i64::from(day_number(day)) * crate::domain::time::DAY;
        day.to_zoned(zone.clone()).map_or(fallback, |zoned| zoned.timestamp().as_microsecond())
    };
    (start(year), start(year.saturating_add(1)))
}

/// The bytes of a page's answers, in the page's order.
pub fn packed(instrument: &Instrument, plan: &PagePlan, page: &PageAnswers) -> Vec<u8> {
    let byte = |item: &usize| {
        let scale = &instrument.items().get(*item)?.scale;
        Some(page.get(*item).unwrap_or(Answer::Skipped).byte(scale))
    };
    plan.items.iter().filter_map(byte).collect()
}

fn unpacked(instrument: &Instrument, plan: &PagePlan, saved: &SavedPage) -> PageAnswers {
    let answer = |(item, byte): (&usize, &u8)| {
        let scale = &instrument.items().get(*item)?.scale;
        Some((*item, Answer::from_byte(*byte, scale)?))
    };
    PageAnswers {
        answers: plan.items.iter().zip(&saved.answers).filter_map(answer).collect(),
        comment: Some(saved.comment.clone()).filter(|words| !words.is_empty()),
    }
}
