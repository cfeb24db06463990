//! The first page of an open survey: shown to whoever opens a link, stored when it is posted.
//!
//! Looking stores nothing. The page is posted with a ticket; the first posting of a ticket makes the invitation, and
//! each further one is a posting to that invitation's first page. From the second page on everything is as behind a
//! mailed link.

use std::sync::Arc;

use survey_forms::answer::typed;
use survey_forms::language::{Language, negotiate};
use survey_forms::render::{Notice, NoticeKind, NoticePage};

use super::coloured_page::Html;
use super::form_plan::Asking;
use super::form_session::{FormSession, organisation_words};
use super::links::Purpose;
use super::once::in_form_read;
use super::open_form::{Again, Shown, question_page, unknown};
use super::open_ticket::Ticket;
use super::open_visit::Visiting;
use super::post_page::{Fields, Posted, post_first, post_page};
use super::{Error, Result, Services};
use crate::domain::SurveyState;
use crate::domain::marks::Marks;
use crate::domain::organisation::Organisation;
use crate::store::AnyConnection;
use crate::store::authority::{self, OpenedLink};
use crate::store::surveys::Survey;

/// A survey that is paused may go on some hours later.
const LOOK_AGAIN_S: u32 = 3600;

/// How a link is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The token in the address: `<route>.<secret>`.
    pub link: String,
    /// The ticket after it, when the first page was posted.
    pub ticket: Option<String>,
    /// The language that was chosen.
    pub language: Option<Language>,
    /// The header `Accept-Language`.
    pub accepted: String,
}

/// Where a visitor is, and what is shown there.
#[derive(Clone, Debug)]
pub struct Visit<T> {
    /// The token of the form that was begun, for the addresses of its pages.
    pub token: String,
    /// What is shown or written.
    pub outcome: T,
}

/// Shows the first page, each time with a new ticket; nothing is stored.
pub fn show(services: &Services, asked: &Asked) -> Result<Visit<Shown>> {
    in_form_read(services, |connection| {
        let door = match Door::find(services, connection, asked)? {
            Found::Open(door) => door,
            Found::Answered(shown) => return Ok(Visit { token: String::new(), outcome: shown }),
        };
        // The address to which a page was posted, opened again: its form goes on, or the link's page is shown anew.
        if asked.ticket.is_some() {
            let page = || format!("/o/{}?language={}", asked.link, door.language);
            return Ok(door.begun_by_address(connection)?.map_or_else(
                || Visit { token: String::new(), outcome: Shown::At(page()) },
                |token| Visit { token, outcome: Shown::GoTo(None) },
            ));
        }
        let session = door.session(connection, &door.new_ticket(None)?)?;
        let page = question_page(services, &session, "", 1, &Again::default())?;
        Ok(Visit { token: String::new(), outcome: Shown::First(Html::of(&door.organisation, page)) })
    })
}

/// Works out what a posted first page comes to.
///
/// `marks` is what about this posting looks like a program.
pub fn post(services: &Services, asked: &Asked, fields: &Fields, marks: Marks) -> Result<Visit<Posted>> {
    let posted = in_form_read(services, |connection| {
        let stays = |shown| Ok(Step::Done(Visit { token: String::new(), outcome: Posted::Answer(shown) }));
        let door = match Door::find(services, connection, asked)? {
            Found::Open(door) => door,
            Found::Answered(shown) => return stays(shown),
        };
        let text = asked.ticket.as_deref().unwrap_or_default();
        let Some(ticket) = Ticket::read(&services.links, door.opened.link.id, text) else {
            return stays(Shown::Refused(door.anew(connection, None, fields)?));
        };
        if let Some(token) = door.begun(connection, &ticket)? {
            return Ok(Step::Begun(token));
        }
        if !ticket.is_valid(services.now()) {
            return stays(Shown::Page(door.anew(connection, Some(ticket.form), fields)?));
        }
        let session = door.session(connection, &ticket)?;
        let token = door.answer_token(&ticket)?;
        Ok(Step::Done(Visit { token, outcome: post_first(services, connection, session, fields, marks)? }))
    })?;
    match posted {
        Step::Done(visit) => Ok(visit),
        Step::Begun(token) => {
            let outcome = post_page(services, &token, 1, fields, marks)?;
            Ok(Visit { token, outcome })
        }
    }
}

enum Step {
    Done(Visit<Posted>),
    /// The ticket was used; its form has this token.
    Begun(String),
}

enum Found<'a> {
    Open(Box<Door<'a>>),
    Answered(Shown),
}

/// An open link with its survey, which asks now.
struct Door<'a> {
    services: &'a Services,
    asked: &'a Asked,
    opened: OpenedLink,
    organisation: Arc<Organisation>,
    survey: Arc<Survey>,
    route: &'a str,
    language: Language,
    forms: u8,
}

impl<'a> Door<'a> {
    fn find(services: &'a Services, connection: &mut AnyConnection, asked: &'a Asked) -> Result<Found<'a>> {
        let Some(opened) = authority::by_open_link(connection, &asked.link)? else {
            return unknown(services).map(Found::Answered);
        };
        let (scope, link) = (&opened.scope, &opened.link);
        let organisation = services.known.organisation(connection, scope, opened.settings)?;
        let survey = services.known.survey(connection, scope, link.survey_id)?;
        let (key, version) = (&survey.instrument_key, survey.instrument_version);
        let forms = services.instrument(connection, scope, key, version)?.form_count();
        let language = language_of(&survey, asked);
        let route = asked.link.split_once('.').map_or("", |(route, _)| route);
        let door = Door { services, asked, opened, organisation, survey, route, language, forms };
        let closed = door.opened.link.closed_at.is_some();
        let is_shut = closed || door.opened.survey != SurveyState::Running;
        // What was begun before can be finished.
        if is_shut && door.begun_by_address(connection)?.is_none() {
            return door.shut(closed).map(Found::Answered);
        }
        Ok(Found::Open(Box::new(door)))
    }

    /// The page of a link that begins no form now.
    fn shut(&self, closed: bool) -> Result<Shown> {
        let view = NoticePage {
            kind: if closed { NoticeKind::Closed } else { NoticeKind::Resting },
            language: self.language,
            organisation: Some(organisation_words(&self.organisation)),
        };
        let page = self.services.renderer.notice(&view);
        let page = page.map_err(|error| Error::Broken(error.to_string()))?;
        let page = Html::of(&self.organisation, page);
        Ok(if closed { Shown::Expired(page) } else { Shown::Later(page, LOOK_AGAIN_S) })
    }

    /// The token of the form that a ticket makes.
    fn answer_token(&self, ticket: &Ticket) -> Result<String> {
        Ok(format!("{}.{}", self.route, self.secret(ticket)?))
    }

    fn secret(&self, ticket: &Ticket) -> Result<String> {
        let secret = self.services.links.secret(&ticket.key_id, Purpose::Answer, ticket.id("invitation"));
        secret.ok_or_else(|| Error::Broken("the link key is missing".to_owned()))
    }

    /// The token of the form that a ticket has made; none when it was not used yet.
    fn begun(&self, connection: &mut AnyConnection, ticket: &Ticket) -> Result<Option<String>> {
        let token = self.answer_token(ticket)?;
        Ok(authority::by_link(connection, &token)?.map(|_| token))
    }

    /// The same for the ticket in the address that was asked for.
    fn begun_by_address(&self, connection: &mut AnyConnection) -> Result<Option<String>> {
        let Some(text) = &self.asked.ticket else { return Ok(None) };
        match Ticket::read(&self.services.links, self.opened.link.id, text) {
            Some(ticket) => self.begun(connection, &ticket),
            None => Ok(None),
        }
    }

    /// A new ticket for a form, or for one by chance.
    fn new_ticket(&self, form: Option<u8>) -> Result<Ticket> {
        let (keys, link, now) = (&self.services.links, self.opened.link.id, self.services.now());
        let chance = self.services.chance.as_ref();
        let ticket = match form {
            Some(form) => Ticket::make(keys, link, form, now, chance),
            None => Ticket::draw(keys, link, self.forms, now, chance),
        };
        ticket.ok_or_else(|| Error::Broken("the link key is missing".to_owned()))
    }

    /// The first page with a new ticket and what was typed, and a word that it is to be sent once more.
    fn anew(&self, connection: &mut AnyConnection, form: Option<u8>, fields: &Fields) -> Result<Html> {
        let session = self.session(connection, &self.new_ticket(form)?)?;
        let plan = session.plan.page(1).ok_or(Error::NotFound("page"))?;
        let shown = typed(&session.plan.instrument, plan, fields);
        let again = Again {
            given: Some(shown.answers),
            notice: Notice::SendAgain,
            raw_words: Some(shown.raw),
            ..Again::default()
        };
        let page = question_page(self.services, &session, "", 1, &again)?;
        Ok(Html::of(&self.organisation, page))
    }

    /// The form as it begins, with all that is stored once its first page is posted.
    fn session(&self, connection: &mut AnyConnection, ticket: &Ticket) -> Result<FormSession> {
        let OpenedLink { scope, .. } = &self.opened;
        let survey = &self.survey;
        let (link, language) = (&self.opened.link, self.language);
        let secret = self.secret(ticket)?;
        let opening = Visiting { services: self.services, link, survey, language, ticket }.opening(&secret);
        Ok(FormSession {
            scope: scope.clone(),
            organisation: Arc::clone(&self.organisation),
            plan: self.services.form_plan(connection, scope, survey, &Asking::of(&opening.invitation))?,
            texts: self.services.known.own_texts(connection, scope, self.opened.settings)?,
            place: None,
            saved: Vec::new(),
            response: None,
            invitation: opening.invitation.clone(),
            order_number: String::new(),
            survey: Arc::clone(survey),
            opening: Some(Box::new(opening)),
            posts_to: Some(format!("/o/{}/{}", self.asked.link, ticket.text)),
        })
    }
}

/// The chosen language, when the survey has it; else what the browser prefers; else the survey's first.
fn language_of(survey: &Survey, asked: &Asked) -> Language {
    let offered: Vec<Language> = survey.languages.iter().filter_map(|tag| Language::parse(tag)).collect();
    let chosen = asked.language.filter(|language| offered.contains(language));
    let preferred = || negotiate(&asked.accepted, &offered);
    chosen.or_else(preferred).or(offered.first().copied()).unwrap_or(Language::ENGLISH)
}
