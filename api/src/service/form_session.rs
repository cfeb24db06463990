//! One customer's form as it stands: what was asked, what was saved, what may still be changed.

use std::sync::Arc;

use jiff::tz::TimeZone;
use scoring::Flag;
use survey_forms::answer::{Answer, AnswerSheet, PageAnswers, Words};
use survey_forms::form::{PagePlan, Showing, showing};
use survey_forms::instrument::Instrument;
use survey_forms::language::Language;
use survey_forms::render::Organisation as OrganisationWords;

use super::careless;
use super::coloured_page::{Html, accent};
use super::expectation;
use super::form_plan::{Asking, FormPlan};
use super::{Result, Services};
use crate::domain::marks::Marks;
use crate::domain::organisation::Organisation;
use crate::domain::own_texts::OwnTexts;
use crate::domain::time::day_number;
use crate::domain::{Channel, Id, InvitationState, Micros, WordsKind};
use crate::store::authority::Opened;
use crate::store::invitations::Invitation;
use crate::store::openings::Opening;
use crate::store::orders::{self, StoredOrder};
use crate::store::responses::{self, Response, Way};
use crate::store::saved_pages::{self, SavedPage};
use crate::store::submissions::NewResponse;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, customers, places};

/// Everything about one invitation that its form needs.
pub struct FormSession {
    /// Who opened it.
    pub scope: OrgScope,
    /// The invitation.
    pub invitation: Invitation,
    /// The number of the order it asks about; empty when it asks about none.
    pub order_number: String,
    /// Who asks.
    pub organisation: Arc<Organisation>,
    /// What they say in their own words.
    pub texts: Arc<OwnTexts>,
    /// The shop, branch or desk of the order, where own words name it.
    pub place: Option<String>,
    /// The survey.
    pub survey: Arc<Survey>,
    /// What it asks.
    pub plan: Arc<FormPlan>,
    /// Pages posted so far, newest revision each.
    pub saved: Vec<SavedPage>,
    /// The stored response with its comment, once there is one.
    pub response: Option<(Response, String)>,
    /// What is stored together with the first page; none once it is there, as behind every mailed link.
    pub opening: Option<Box<Opening>>,
    /// Path to which the first page is posted by an open link; none is the page's own.
    pub posts_to: Option<String>,
}

/// Stands for seconds that are not known, or more than can be told.
const UNKNOWN_PACE: u16 = u16::MAX;

/// The organisation as pages and mails say it.
pub fn organisation_words(organisation: &Organisation) -> OrganisationWords<'_> {
    OrganisationWords {
        name: &organisation.name,
        contact_email: &organisation.contact_email,
        privacy_text: Some(organisation.privacy_text.as_str()).filter(|text| !text.is_empty()),
        privacy_url: &organisation.privacy_url,
        retention_months: u32::try_from(organisation.retention_months).unwrap_or(0),
        accent: accent(organisation),
    }
}

/// Whether the answers to an invitation can still be corrected.
pub(super) fn is_correction_open(organisation: &Organisation, invitation: &Invitation, now: Micros) -> bool {
    let hours = i64::from(organisation.correction_hours);
    invitation.answered_at.is_some_and(|at| now <= at.plus_seconds(hours * 3600))
}

impl FormSession {
    /// Reads the session behind a link.
    pub fn load(services: &Services, connection: &mut AnyConnection, opened: Opened) -> Result<Self> {
        let Opened { scope, invitation, order_number, settings } = opened;
        let scope = &scope;
        let id = invitation.id;
        let survey = services.known.survey(connection, scope, invitation.survey_id)?;
        let texts = services.known.own_texts(connection, scope, settings)?;
        let is_named = invitation.answered_at.is_some() && texts.mention("place");
        Ok(Self {
            place: if is_named { place_of(connection, scope, invitation.order_id)? } else { None },
            texts,
            scope: scope.clone(),
            organisation: services.known.organisation(connection, scope, settings)?,
            plan: services.form_plan(connection, scope, &survey, &Asking::of(&invitation))?,
            saved: match invitation.started_at {
                None => Vec::new(),
                Some(_) => saved_pages::newest(connection, scope, id)?,
            },
            response: match invitation.answered_at {
                None => None,
                Some(_) => responses::newest(connection, scope, id)?,
            },
            invitation,
            // The order behind an open link only stands for a visit.
            order_number: if survey.is_open() { String::new() } else { order_number },
            survey,
            opening: None,
            posts_to: None,
        })
    }

    /// The organisation as pages in a language say it.
    pub fn organisation_in(&self, language: Language) -> OrganisationWords<'_> {
        let own = self.texts.get(WordsKind::PrivacyText, language.tag());
        let usual = organisation_words(&self.organisation);
        OrganisationWords { privacy_text: own.or(usual.privacy_text), ..usual }
    }

    /// A page of this form, shown in the organisation's colour.
    pub fn html(&self, text: String) -> Html {
        Html::of(&self.organisation, text)
    }

    /// The order it asks about.
    pub fn order(&self, connection: &mut AnyConnection) -> Result<StoredOrder> {
        match &self.opening {
            Some(opening) => Ok(opening.order.clone()),
            None => Ok(orders::get(connection, &self.scope, self.invitation.order_id)?),
        }
    }

    /// The address to which a page is posted, when it is not its own. The language goes with it: nothing else keeps it
    /// before the first page is stored.
    pub fn action(&self) -> Option<String> {
        let path = self.posts_to.as_ref()?;
        Some(format!("{path}?language={}", self.language()))
    }

    /// The customer's group 0..=31.
    fn group(&self, connection: &mut AnyConnection) -> Result<i16> {
        match &self.opening {
            Some(opening) => Ok(opening.group),
            None => Ok(customers::get(connection, &self.scope, self.invitation.customer_id)?.group),
        }
    }

    /// The language in which the form is shown now.
    pub fn language(&self) -> Language {
        Language::parse(&self.invitation.language).unwrap_or(Language::ENGLISH)
    }

    /// Whether the link has run out before the form was finished.
    pub fn is_expired(&self, now: Micros) -> bool {
        self.invitation.state == InvitationState::Expired
            || (self.invitation.answered_at.is_none()
                && self.invitation.expires_at.is_some_and(|at| at <= now))
    }

    /// Whether a finished form can still be corrected.
    pub fn may_correct(&self, now: Micros) -> bool {
        is_correction_open(&self.organisation, &self.invitation, now)
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

    /// The whole response as far as pages were saved; pages never posted are *not shown*, and so are pages that were
    /// posted before an answer was changed that leads past them now.
    pub fn sheet(&self) -> AnswerSheet {
        let mut sheet = AnswerSheet::not_shown(&self.plan.instrument);
        for plan in &self.plan.pages {
            // The page that decides stands before, so its answers are in the sheet already.
            if let Some(page) = self.given(plan).filter(|_| showing(plan, &sheet) == Showing::Shown) {
                sheet.put(&page);
            }
        }
        sheet
    }

    /// The words of all shown pages as they are stored.
    pub fn comment(&self) -> String {
        let mut words = Words::default();
        for plan in self.shown_pages().iter() {
            if let Some(saved) = self.saved_page(plan.number) {
                words.put_all(&Words::read(&saved.comment));
            }
        }
        words.write()
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
        let group = self.group(connection)?;
        let before = self.response.as_ref().map(|(before, _)| before);
        let zone = self.organisation.zone();
        let mut sheet = self.sheet();
        if !self.invitation.looks_back {
            expectation::carry(services, connection, self, &mut sheet)?;
        }
        let answers = sheet.bytes();
        let marks = self.marks();
        let service_at = order.happened.delivered_at.unwrap_or(order.placed_at);
        let flags = careless::flags(&self.plan.layout, &self.plan.pages, &answers, self.seconds(now))?;
        let flags = if marks.is_machine() { flags.with(Flag::Machine) } else { flags };
        let flags = if self.is_blank() { flags.with(Flag::Blank) } else { flags };
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
            mode: self.survey.mode(),
            customer_group: group,
            first_of_year: before.is_some_and(|before| before.first_of_year),
            finished,
            test: self.invitation.test,
            quality_flag: i16::from(flags.bits()),
            answers,
            answered_at: now.0,
            way: Way {
                paging: self.survey.paging,
                item_order: i16::from(self.plan.ask.order),
                marks: marks.bits(),
                pace: self.pace(),
            },
        };
        let year = year_around(now, &zone);
        Ok(NewResponse { response, words: self.comment(), customer_id: self.invitation.customer_id, year })
    }

    /// What of the postings of all pages looked like a program.
    fn marks(&self) -> Marks {
        self.saved.iter().fold(Marks::NONE, |all, page| all.and(Marks::from_bits(page.marks)))
    }

    /// Whether everything that was asked was left open.
    fn is_blank(&self) -> bool {
        self.plan.pages.iter().filter_map(|plan| self.given(plan)).all(|page| page.is_empty())
    }

    /// Seconds from the posting of each page to that of the next one, in the order of their numbers: two bytes each,
    /// the lower first. Nothing is known of the first page, nor of one that was posted before the one in front of it.
    fn pace(&self) -> Vec<u8> {
        let at = |number: usize| self.saved_page(number).map(|page| page.saved_at.0);
        let seconds = |number: usize| {
            let since = at(number)?.checked_sub(at(number.checked_sub(1)?)?)?;
            u16::try_from(since / 1_000_000).ok().filter(|seconds| *seconds < UNKNOWN_PACE)
        };
        let pages = self.plan.pages.iter().map(|page| seconds(page.number).unwrap_or(UNKNOWN_PACE));
        pages.flat_map(u16::to_le_bytes).collect()
    }

    /// From the first page that was posted to now, when the customer did not leave in between: nothing is known
    /// of the first page of the form, nor of a form that was picked up again.
    fn seconds(&self, now: Micros) -> Option<f64> {
        let started = self.invitation.started_at?;
        let seconds = (now.0.saturating_sub(started.0)) as f64 / 1e6;
        (self.plan.pages.len() > 1 && seconds >= 0.0).then_some(seconds)
    }
}

/// The shop, branch or desk of an order; none when it named none.
pub fn place_of(connection: &mut AnyConnection, scope: &OrgScope, order_id: Id) -> Result<Option<String>> {
    let place_id = orders::get(connection, scope, order_id)?.place_id;
    Ok(places::key(connection, scope, place_id)?.filter(|key| !key.is_empty()))
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

/// A posting as the page shows it again.
pub(super) fn unpacked(instrument: &Instrument, plan: &PagePlan, saved: &SavedPage) -> PageAnswers {
    let answer = |(item, byte): (&usize, &u8)| {
        let scale = &instrument.items().get(*item)?.scale;
        Some((*item, Answer::from_byte(*byte, scale)?))
    };
    PageAnswers {
        answers: plan.items.iter().zip(&saved.answers).filter_map(answer).collect(),
        words: Words::read(&saved.comment),
    }
}
