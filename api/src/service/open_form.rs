//! Opens the form behind a mailed link. Nothing here changes anything: GET and HEAD end here.

use survey_forms::answer::{Answer, AnswerSheet, PageAnswers, Words, is_low};
use survey_forms::language::Language;
use survey_forms::render::{
    Action, FormPage, Notice, NoticeKind, NoticePage, OwnEnding, RecoveryOffer, Thanks, ThanksStatus,
};

use super::coloured_page::Html;
use super::form_session::FormSession;
use super::kept_pages::KeptPage;
use super::{Error, Result, Services};
use crate::domain::{InvitationState, WordsKind};
use crate::store::authority;

/// A page, or where the page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A page of the form, or the thank-you page.
    Page(Html),
    /// A page of the form on which nothing is answered yet.
    Kept(KeptPage),
    /// The link has run out.
    Expired(Html),
    /// The link opens nothing; the page is the same for all such links.
    Unknown(Html),
    /// Another page of the same form: its number, or none for the link itself.
    GoTo(Option<usize>),
    /// The page at which the customer left, who now comes back.
    Resume(usize),
    /// Something posted could not be taken; the page shows it again.
    Refused(Html),
    /// What is kept about the customer: its token, and the language of the page that led there.
    OwnData(String, Option<Language>),
    /// The first page of an open link, with a ticket: it stands for no customer yet.
    First(Html),
    /// Another path of the service.
    At(String),
    /// Nothing is taken now; so many seconds later it may be.
    Later(Html, u32),
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
    /// The answer to the first question that was chosen in the mail, as a code; nothing is taken by it.
    pub suggested: Option<u8>,
    /// The customer wants to see what is kept about them.
    pub own_data: bool,
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
    if asked.own_data {
        return own_data(services, session, asked.language);
    }
    match session.invitation.state {
        InvitationState::Skipped | InvitationState::Withdrawn => return unknown(services),
        _ if session.is_expired(now) => return expired(services, session),
        _ => {}
    }
    if session.invitation.answered_at.is_some() {
        return match asked.page {
            Some(number) if session.may_correct(now) && session.is_shown(number) => {
                page(services, session, number, false)
            }
            Some(_) => Ok(Shown::GoTo(None)),
            None if asked.change && session.may_correct(now) => Ok(Shown::GoTo(Some(1))),
            None => thanks(services, session, asked.language, false),
        };
    }
    let current = session.current_page();
    match asked.page {
        None if session.saved.is_empty() => {
            match asked.suggested.and_then(|code| suggestion(session, code)) {
                Some(again) => {
                    let text = question_page(services, session, &session.order_number, 1, &again)?;
                    Ok(Shown::Page(session.html(text)))
                }
                None => page(services, session, 1, false),
            }
        }
        None => Ok(Shown::Resume(current)),
        Some(number) if (1..=current).contains(&number) && session.is_shown(number) => {
            page(services, session, number, asked.resumed)
        }
        Some(_) => Ok(Shown::GoTo(Some(current))),
    }
}

/// The way from the form to what is kept, whatever has become of the form. No page holds that link itself: pages are
/// kept for many customers, saved and printed.
fn own_data(services: &Services, session: &FormSession, language: Option<Language>) -> Result<Shown> {
    let invitation = &session.invitation;
    let route = &session.organisation.route;
    match super::own_data::token(services, route, &invitation.link_key_id, invitation.id) {
        Some(token) => Ok(Shown::OwnData(token, language)),
        None => unknown(services),
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
    let text = question_page(services, session, &session.order_number, number, &again)?;
    Ok(Shown::Page(session.html(text)))
}

/// The first page with the answer marked that was chosen in the mail; none when the question has no such answer.
fn suggestion(session: &FormSession, code: u8) -> Option<Again> {
    let plan = session.plan.pages.first()?;
    let place = *plan.items.first()?;
    let scale = &session.plan.instrument.items().get(place)?.scale;
    let offered = (scale.min..=scale.max).contains(&code);
    let answers = vec![(place, Answer::Choice(code))];
    let given = Some(PageAnswers { answers, ..PageAnswers::default() });
    offered.then(|| Again { given, suggested: true, ..Again::default() })
}

/// What a page shows besides its questions.
#[derive(Clone, Debug, Default)]
pub struct Again {
    /// Answers saved before or just typed.
    pub given: Option<PageAnswers>,
    /// Why it is shown once more.
    pub notice: Notice,
    /// Words, numbers and ranks as typed, also when they could not be taken.
    pub raw_words: Option<Words>,
    /// The customer comes back to a form begun earlier.
    pub resumed: bool,
    /// What is given was chosen in the mail.
    pub suggested: bool,
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
    let pages = session.shown_pages();
    let action = session.action();
    let view = FormPage {
        instrument: &session.plan.instrument,
        pages: &pages,
        plan,
        language: session.language(),
        languages: &session.plan.languages,
        organisation: session.organisation_in(session.language()),
        order_number,
        given: again.given.as_ref(),
        notice: again.notice.clone(),
        raw_words: again.raw_words.as_ref(),
        resumed: again.resumed,
        suggested: again.suggested,
        correcting: session.invitation.answered_at.is_some(),
        back_page: number > 1,
        action: action.as_deref().map_or(Action::Own, Action::Post),
        preview: None,
    };
    services.renderer.form_page(&view).map_err(|error| Error::Broken(error.to_string()))
}

/// The page after the last one.
pub fn thanks(
    services: &Services,
    session: &FormSession,
    language: Option<Language>,
    not_taken: bool,
) -> Result<Shown> {
    let now = services.now();
    let language = language
        .filter(|wanted| session.plan.languages.contains(wanted))
        .unwrap_or_else(|| session.language());
    let stored = session.response.as_ref();
    let sheet = match stored {
        Some((response, _)) => AnswerSheet::from_bytes(&session.plan.instrument, &response.answers)
            .map_err(|error| Error::Broken(error.to_string()))?,
        None => session.sheet(),
    };
    let is_fresh = session.invitation.answered_at.is_some_and(|at| now <= at.plus_seconds(JUST_ANSWERED_S));
    let pages = session.shown_pages();
    let view = Thanks {
        instrument: &session.plan.instrument,
        pages: &pages,
        language,
        languages: &session.plan.languages,
        organisation: session.organisation_in(language),
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
        own: own_ending(session, language, &sheet),
        preview: None,
    };
    let text = services.renderer.thanks(&view).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Shown::Page(session.html(text)))
}

/// What the organisation says itself after the form; help is offered to everyone whose judgement is low.
fn own_ending<'a>(session: &'a FormSession, language: Language, sheet: &AnswerSheet) -> OwnEnding<'a> {
    let own = |kind| session.texts.get(kind, language.tag());
    let organisation = &session.organisation;
    let below = u8::try_from(organisation.recovery_below).ok().filter(|below| *below > 0);
    let link = Some(organisation.recovery_link.as_str()).filter(|link| !link.is_empty());
    OwnEnding {
        closing_words: own(WordsKind::ClosingWords).unwrap_or_default(),
        you_said_we_did: own(WordsKind::YouSaidWeDid).unwrap_or_default(),
        offer: own(WordsKind::RecoveryOffer)
            .filter(|_| is_low(&session.plan.instrument, sheet, below))
            .map(|words| RecoveryOffer { words, link }),
        place: session.place.as_deref(),
    }
}

fn expired(services: &Services, session: &FormSession) -> Result<Shown> {
    let view = NoticePage {
        kind: NoticeKind::Expired,
        language: session.language(),
        organisation: Some(session.organisation_in(session.language())),
    };
    let text = services.renderer.notice(&view).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Shown::Expired(session.html(text)))
}

/// The page for every link that opens nothing: it tells nobody which of the reasons it is.
pub fn unknown(services: &Services) -> Result<Shown> {
    let view = NoticePage { kind: NoticeKind::Unknown, language: Language::ENGLISH, organisation: None };
    let text = services.renderer.notice(&view).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Shown::Unknown(text.into()))
}
