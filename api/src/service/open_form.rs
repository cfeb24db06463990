//! Opens the form behind a mailed link. Nothing here changes anything: GET and HEAD end here.

use survey_forms::answer::{AnswerSheet, PageAnswers};
use survey_forms::language::Language;
use survey_forms::render::{FormPage, Notice, NoticeKind, NoticePage, Thanks, ThanksStatus};

use super::form_session::{FormSession, organisation_words};
use super::kept_pages::KeptPage;
use super::{Error, Result, Services};
use crate::domain::InvitationState;
use crate::store::authority;

/// A page, or where the page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A page of the form, or the thank-you page.
    Page(String),
    /// A page of the form on which nothing is answered yet.
    Kept(KeptPage),
    /// The link has run out.
    Expired(String),
    /// The link opens nothing; the page is the same for all such links.
    Unknown(String),
    /// Another page of the same form: its number, or none for the link itself.
    GoTo(Option<usize>),
    /// The page at which the customer left, who now comes back.
    Resume(usize),
    /// Something posted could not be taken; the page shows it again.
    Refused(String),
}

/// A thank-you is fresh for this long.
const JUST_ANSWERED_S: i64 = 600;

/// What a link is opened for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// A page of the form; none: where the customer is.
    pub page: Option<usize>,
    /// The language of the thank-you page.
    pub language: Option<Language>,
    /// The customer comes back to a form begun earlier.
    pub resumed: bool,
    /// The customer wants to change answers already sent.
    pub change: bool,
}

/// Shows what is behind a token.
pub fn open_form(services: &Services, token: &str, asked: Asked) -> Result<Shown> {
    let opened = super::once::in_form_read(services, |connection| {
        let Some(opened) = authority::by_link(connection, token)? else { return Ok(None) };
        FormSession::load(services, connection, opened).map(Some)
    })?;
    match opened {
        Some(session) => show(services, &session, asked),
        None => unknown(services),
    }
}

fn show(services: &Services, session: &FormSession, asked: Asked) -> Result<Shown> {
    let now = services.now();
    match session.invitation.state {
        InvitationState::Skipped | InvitationState::Withdrawn => return unknown(services),
        _ if session.is_expired(now) => return expired(services, session),
        _ => {}
    }
    if session.invitation.answered_at.is_some() {
        return match asked.page {
            Some(number) if session.may_correct(now) && session.plan.page(number).is_some() => {
                page(services, session, number, false)
            }
            Some(_) => Ok(Shown::GoTo(None)),
            None if asked.change && session.may_correct(now) => Ok(Shown::GoTo(Some(1))),
            None => thanks(services, session, asked.language, false).map(Shown::Page),
        };
    }
    let current = session.current_page();
    match asked.page {
        None if session.saved.is_empty() => page(services, session, 1, false),
        None => Ok(Shown::Resume(current)),
        Some(number) if (1..=current).contains(&number) => page(services, session, number, asked.resumed),
        Some(_) => Ok(Shown::GoTo(Some(current))),
    }
}

fn page(services: &Services, session: &FormSession, number: usize, resumed: bool) -> Result<Shown> {
    let plan = session.plan.page(number).ok_or(Error::NotFound("page"))?;
    let given = session.given(plan);
    if given.is_none()
        && !resumed
        && session.invitation.answered_at.is_none()
        && let Some(kept) = services.pages.page(services, session, number)?
    {
        return Ok(Shown::Kept(kept));
    }
    let again = Again { given, resumed, ..Again::default() };
    question_page(services, session, &session.order_number, number, &again).map(Shown::Page)
}

/// What a page shows besides its questions.
#[derive(Clone, Debug, Default)]
pub struct Again {
    /// Answers saved before or just typed.
    pub given: Option<PageAnswers>,
    /// Why it is shown once more.
    pub notice: Notice,
    /// The comment as typed, also when it is too long.
    pub raw_comment: Option<String>,
    /// The customer comes back to a form begun earlier.
    pub resumed: bool,
}

/// Shows one page with questions.
pub fn question_page(
    services: &Services,
    session: &FormSession,
    order_number: &str,
    number: usize,
    again: &Again,
) -> Result<String> {
    let plan = session.plan.page(number).ok_or(Error::NotFound("page"))?;
    let view = FormPage {
        instrument: &session.plan.instrument,
        form: session.form,
        length: session.plan.length,
        plan,
        page_count: session.plan.pages.len(),
        language: session.language(),
        languages: &session.plan.languages,
        organisation: organisation_words(&session.organisation),
        order_number,
        given: again.given.as_ref(),
        notice: again.notice.clone(),
        raw_comment: again.raw_comment.as_deref(),
        resumed: again.resumed,
        correcting: session.invitation.answered_at.is_some(),
        back_page: number > 1,
    };
    services.renderer.form_page(&view).map_err(|error| Error::Broken(error.to_string()))
}

/// The page after the last one.
pub fn thanks(
    services: &Services,
    session: &FormSession,
    language: Option<Language>,
    not_taken: bool,
) -> Result<String> {
    let now = services.now();
    let stored = session.response.as_ref();
    let sheet = match stored {
        Some((response, _)) => AnswerSheet::from_bytes(&session.plan.instrument, &response.answers)
            .map_err(|error| Error::Broken(error.to_string()))?,
        None => session.sheet(),
    };
    let is_fresh = session.invitation.answered_at.is_some_and(|at| now <= at.plus_seconds(JUST_ANSWERED_S));
    let view = Thanks {
        instrument: &session.plan.instrument,
        form: session.form,
        length: session.plan.length,
        language: language
            .filter(|wanted| session.plan.languages.contains(wanted))
            .unwrap_or_else(|| session.language()),
        languages: &session.plan.languages,
        organisation: organisation_words(&session.organisation),
        order_number: &session.order_number,
        sheet: &sheet,
        comment: stored.map(|(_, words)| words.as_str()).filter(|words| !words.is_empty()),
        status: match (not_taken, is_fresh) {
            (true, _) => ThanksStatus::LaterAnswersNotTaken,
            (false, true) => ThanksStatus::JustAnswered,
            (false, false) => ThanksStatus::AnsweredBefore,
        },
        may_correct: session.may_correct(now),
        // Nothing secret stands in a page: the link leads by the page's own address.
        correct_href: "?change=1",
    };
    services.renderer.thanks(&view).map_err(|error| Error::Broken(error.to_string()))
}

fn expired(services: &Services, session: &FormSession) -> Result<Shown> {
    let view = NoticePage {
        kind: NoticeKind::Expired,
        language: session.language(),
        organisation: Some(organisation_words(&session.organisation)),
    };
    services.renderer.notice(&view).map(Shown::Expired).map_err(|error| Error::Broken(error.to_string()))
}

/// The page for every link that opens nothing: it tells nobody which of the reasons it is.
pub fn unknown(services: &Services) -> Result<Shown> {
    let view = NoticePage { kind: NoticeKind::Unknown, language: Language::ENGLISH, organisation: None };
    services.renderer.notice(&view).map(Shown::Unknown).map_err(|error| Error::Broken(error.to_string()))
}
