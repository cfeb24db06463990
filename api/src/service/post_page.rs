//! Takes a posted page: saves it, goes on, finishes, or corrects what was finished.

use survey_forms::answer::{FieldProblem, PageAnswers, read_page, typed};
use survey_forms::form::PagePlan;
use survey_forms::language::Language;
use survey_forms::render::Notice;

use super::form_session::{FormSession, packed};
use super::once::{in_read, in_transaction};
use super::open_form::{Again, Shown, question_page, thanks, unknown};
use super::{Error, Result, Services};
use crate::domain::{InvitationState, JobKind};
use crate::store::saved_pages::SavedPage;
use crate::store::{AnyConnection, authority, invitations, jobs, responses, saved_pages};

/// The fields of a posted form, as they came.
pub type Fields = Vec<(String, String)>;

/// What the customer pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    GoOn,
    Back,
    Language(Language),
}

/// Takes page `number` of the form behind a token.
pub fn post_page(services: &Services, token: &str, number: usize, fields: &Fields) -> Result<Shown> {
    // A link that opens nothing never waits for the writer.
    let opened = in_read(services, |connection| Ok(authority::by_link(connection, token)?))?;
    let Some((scope, id)) = opened else { return unknown(services) };
    in_transaction(services, |connection| {
        let session = FormSession::load(services, connection, &scope, id)?;
        let now = services.now();
        match session.invitation.state {
            InvitationState::Skipped | InvitationState::Withdrawn => unknown(services),
            // The page says so, in the right language; nothing more is taken.
            _ if session.is_expired(now) => Ok(Shown::GoTo(None)),
            _ if session.page(number).is_none() => Ok(Shown::GoTo(None)),
            _ if session.invitation.answered_at.is_some() => {
                post_again(services, connection, session, number, fields)
            }
            _ => post_open(services, connection, session, number, fields),
        }
    })
}

fn wish(session: &FormSession, fields: &Fields) -> Wish {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let language = field("language").and_then(Language::parse);
    match language.filter(|wanted| session.languages().contains(wanted)) {
        Some(language) => Wish::Language(language),
        None if field("go") == Some("back") => Wish::Back,
        None => Wish::GoOn,
    }
}

/// A page of a form that is not finished.
fn post_open(
    services: &Services,
    connection: &mut AnyConnection,
    mut session: FormSession,
    number: usize,
    fields: &Fields,
) -> Result<Shown> {
    let plan = session.page(number).cloned().ok_or(Error::NotFound("page"))?;
    let wish = wish(&session, fields);
    let page = match read_page(&session.instrument, &plan, fields) {
        Ok(page) => page,
        Err(problems) if wish == Wish::GoOn => return refused(services, &session, &plan, fields, problems),
        // Going back or switching the language keeps what could be read.
        Err(_) => typed(&session.instrument, &plan, fields).answers,
    };
    let asked_before = fields.iter().any(|(key, _)| key == "left_open");
    if wish == Wish::GoOn && page.is_empty() && !asked_before {
        return left_open(services, &session, number, page);
    }
    if let Wish::Language(language) = wish {
        language.tag().clone_into(&mut session.invitation.language);
    }
    save(services, connection, &mut session, number, &page, wish == Wish::GoOn)?;
    match wish {
        Wish::Back => Ok(Shown::GoTo(Some(number.saturating_sub(1).max(1)))),
        Wish::Language(_) => Ok(Shown::GoTo(Some(number))),
        Wish::GoOn if number < session.pages.len() => Ok(Shown::GoTo(Some(number + 1))),
        Wish::GoOn => finish(services, connection, session),
    }
}

/// Appends the page as a new revision when it differs from what is saved, and notes that the form was started.
fn save(
    services: &Services,
    connection: &mut AnyConnection,
    session: &mut FormSession,
    number: usize,
    page: &PageAnswers,
    passed: bool,
) -> Result<()> {
    let plan = session.page(number).cloned().ok_or(Error::NotFound("page"))?;
    let before = session.saved_page(number);
    let saved = SavedPage {
        page: i16::try_from(number).unwrap_or(i16::MAX),
        revision: before.map_or(1, |before| before.revision.saturating_add(1)),
        passed: passed || before.is_some_and(|before| before.passed),
        language: session.invitation.language.clone(),
        answers: packed(&session.instrument, &plan, page),
        comment: page.comment.clone().unwrap_or_default(),
    };
    let is_same =
        before.is_some_and(|before| SavedPage { revision: before.revision, ..saved.clone() } == *before);
    if !is_same {
        saved_pages::insert(connection, &session.scope, session.invitation.id, &saved, services.now())?;
        session.saved.retain(|one| one.page != saved.page);
        session.saved.push(saved);
    }
    if session.invitation.started_at.is_none() {
        session.invitation.started_at = Some(services.now());
    }
    if !matches!(session.invitation.state, InvitationState::Answered) {
        session.invitation.state = InvitationState::Started;
    }
    invitations::update(connection, &session.scope, &session.invitation)?;
    Ok(())
}

fn finish(services: &Services, connection: &mut AnyConnection, mut session: FormSession) -> Result<Shown> {
    let number = session.current_page();
    let is_complete = session.saved_page(number).is_some_and(|page| page.passed);
    if !is_complete {
        return Ok(Shown::GoTo(Some(number)));
    }
    let response = session.response_now(services, connection, true)?;
    responses::append(connection, &session.scope, &response, &session.comment())?;
    session.invitation.state = InvitationState::Answered;
    session.invitation.answered_at = Some(services.now());
    invitations::update(connection, &session.scope, &session.invitation)?;
    jobs::cancel(connection, &session.scope, JobKind::ExpireInvitation, session.invitation.id)?;
    Ok(Shown::GoTo(None))
}

/// A page of a form that is finished: the same again, a correction in time, or too late.
fn post_again(
    services: &Services,
    connection: &mut AnyConnection,
    mut session: FormSession,
    number: usize,
    fields: &Fields,
) -> Result<Shown> {
    let plan = session.page(number).cloned().ok_or(Error::NotFound("page"))?;
    let wish = wish(&session, fields);
    let read = read_page(&session.instrument, &plan, fields);
    let is_same = |page: &PageAnswers| session.given(&plan).is_some_and(|stored| stored == *page);
    if !session.may_correct(services.now()) {
        return match read {
            Ok(page) if is_same(&page) => Ok(Shown::GoTo(None)),
            _ => thanks(services, &session, None, true).map(Shown::Page),
        };
    }
    let page = match read {
        Ok(page) => page,
        Err(problems) if wish == Wish::GoOn => return refused(services, &session, &plan, fields, problems),
        Err(_) => typed(&session.instrument, &plan, fields).answers,
    };
    let asked_before = fields.iter().any(|(key, _)| key == "left_open");
    if !is_same(&page) {
        if page.is_empty() && !asked_before {
            return match wish {
                // Nothing was typed: nothing is taken back by leaving the page.
                Wish::Back | Wish::Language(_) => leave(connection, session, number, wish),
                Wish::GoOn => left_open(services, &session, number, page),
            };
        }
        save(services, connection, &mut session, number, &page, true)?;
        let response = session.response_now(services, connection, true)?;
        responses::append(connection, &session.scope, &response, &session.comment())?;
    }
    leave(connection, session, number, wish)
}

/// Where a correcting customer goes from a page that is saved.
fn leave(
    connection: &mut AnyConnection,
    mut session: FormSession,
    number: usize,
    wish: Wish,
) -> Result<Shown> {
    match wish {
        Wish::GoOn => Ok(Shown::GoTo(None)),
        Wish::Back => Ok(Shown::GoTo(Some(number.saturating_sub(1).max(1)))),
        Wish::Language(language) => {
            language.tag().clone_into(&mut session.invitation.language);
            invitations::update(connection, &session.scope, &session.invitation)?;
            Ok(Shown::GoTo(Some(number)))
        }
    }
}

/// The page once more, with what could not be taken named and all of it kept.
fn refused(
    services: &Services,
    session: &FormSession,
    plan: &PagePlan,
    fields: &Fields,
    problems: Vec<FieldProblem>,
) -> Result<Shown> {
    let shown = typed(&session.instrument, plan, fields);
    let again = Again {
        given: Some(shown.answers),
        notice: Notice::Problems(problems),
        raw_comment: shown.comment,
        resumed: false,
    };
    question_page(services, session, plan.number, &again).map(Shown::Refused)
}

/// The page once more: nothing on it was answered.
fn left_open(services: &Services, session: &FormSession, number: usize, page: PageAnswers) -> Result<Shown> {
    let again = Again { given: Some(page), notice: Notice::LeftOpen, ..Again::default() };
    question_page(services, session, number, &again).map(Shown::Page)
}
