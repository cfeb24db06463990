//! Takes a posted page: saves it, goes on, finishes, or corrects what was finished.
//!
//! What the page comes to is worked out here from what can be read; the store writes it together with other pages
//! that wait, if what it rests on still holds then.

use std::time::Duration;

use survey_forms::answer::{FieldProblem, PageAnswers, read_page, typed};
use survey_forms::form::PagePlan;
use survey_forms::language::Language;
use survey_forms::render::Notice;

use super::coloured_page::Html;
use super::events_out;
use super::form_session::{FormSession, packed};
use super::once::in_form_read;
use super::open_form::{Again, Shown, question_page, thanks, unknown};
use super::{Error, Result, Services};
use crate::domain::InvitationState;
use crate::domain::marks::{Mark, Marks};
use crate::store::saved_pages::SavedPage;
use crate::store::submissions::{Becomes, NewResponse, Seen, Submission, Taken};
use crate::store::{AnyConnection, authority};

/// The fields of a posted form, as they came.
pub type Fields = Vec<(String, String)>;

/// What the customer pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    GoOn,
    Back,
    Language(Language),
}

/// What a posted page comes to.
#[derive(Debug, Clone)]
pub enum Posted {
    /// It is answered without writing anything.
    Answer(Shown),
    /// This is to be written first; when it is overtaken the page is taken anew.
    Write(Box<Submission>, Shown),
}

/// For how long a posting that was overtaken is taken anew: each time somebody else's posting to the form was written,
/// so that of many at the same moment each has its turn.
pub const ANEW_FOR: Duration = Duration::from_secs(4);

/// Works out what page `number` of the form behind a token comes to, from what can be read now.
///
/// `marks` is what about this posting looks like a program; it is kept with the page.
pub fn post_page(
    services: &Services,
    token: &str,
    number: usize,
    fields: &Fields,
    marks: Marks,
) -> Result<Posted> {
    in_form_read(services, |connection| {
        let Some(opened) = authority::by_link(connection, token)? else {
            return unknown(services).map(Posted::Answer);
        };
        let session = FormSession::load(services, connection, opened)?;
        let now = services.now();
        let mut desk = Desk { services, connection, session, number, marks };
        match desk.session.invitation.state {
            InvitationState::Skipped | InvitationState::Withdrawn => unknown(services).map(Posted::Answer),
            // The page says so, in the right language; nothing more is taken.
            _ if desk.session.is_expired(now) => Ok(go_to(None)),
            _ if desk.session.plan.page(number).is_none() => Ok(go_to(None)),
            // An answer that was changed meanwhile leads past this page; what came for it counts no more.
            _ if !desk.session.is_shown(number) => {
                let is_open = desk.session.invitation.answered_at.is_none();
                Ok(go_to(is_open.then(|| desk.session.current_page())))
            }
            _ if desk.session.invitation.answered_at.is_some() => desk.post_again(fields),
            _ => desk.post_open(fields),
        }
    })
}

/// Works out what the first page of a form comes to that is not stored yet: it begins with it.
pub fn post_first(
    services: &Services,
    connection: &mut AnyConnection,
    session: FormSession,
    fields: &Fields,
    marks: Marks,
) -> Result<Posted> {
    Desk { services, connection, session, number: 1, marks }.post_open(fields)
}

/// Writes what a posted page changes and waits for its commit; false when another posting was quicker, and the page
/// is to be taken anew.
pub async fn write_page(services: &Services, submission: Submission) -> Result<bool> {
    Ok(services.store.submit(submission).await? == Taken::Stored)
}

fn go_to(page: Option<usize>) -> Posted {
    Posted::Answer(Shown::GoTo(page))
}

fn wish(session: &FormSession, fields: &Fields) -> Wish {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let language = field("language").and_then(Language::parse);
    match language.filter(|wanted| session.plan.languages.contains(wanted)) {
        Some(language) => Wish::Language(language),
        None if field("go") == Some("back") => Wish::Back,
        None => Wish::GoOn,
    }
}

/// One posting under way.
struct Desk<'a> {
    services: &'a Services,
    connection: &'a mut AnyConnection,
    session: FormSession,
    number: usize,
    marks: Marks,
}

impl Desk<'_> {
    fn plan(&self) -> Result<PagePlan> {
        self.session.plan.page(self.number).cloned().ok_or(Error::NotFound("page"))
    }

    /// A page of a form that is not finished.
    fn post_open(&mut self, fields: &Fields) -> Result<Posted> {
        let plan = self.plan()?;
        let wish = wish(&self.session, fields);
        let page = match read_page(&self.session.plan.instrument, &plan, fields) {
            Ok(page) => page,
            Err(problems) if wish == Wish::GoOn => return self.refused(&plan, fields, problems),
            // Going back or switching the language keeps what could be read.
            Err(_) => typed(&self.session.plan.instrument, &plan, fields).answers,
        };
        let asked_before = fields.iter().any(|(key, _)| key == "left_open");
        if wish == Wish::GoOn && page.is_empty() && !asked_before {
            return self.left_open(&plan, fields, page);
        }
        let seen = self.seen();
        if let Wish::Language(language) = wish {
            language.tag().clone_into(&mut self.session.invitation.language);
        }
        if let Some(opening) = &self.session.opening {
            if wish != Wish::GoOn {
                return self.shown_anew(&plan, fields);
            }
            let (link, visit) = (opening.link_id, self.session.invitation.id);
            let place = (self.session.scope.org_id().0, link);
            if let Err(seconds) = self.services.starts.admit(place, visit, self.services.now()) {
                return self.not_now(page, seconds);
            }
        }
        let saved = self.save(&plan, &page, wish == Wish::GoOn);
        let shown = match wish {
            Wish::Back => Shown::GoTo(Some(self.session.page_before(self.number))),
            Wish::Language(_) => Shown::GoTo(Some(self.number)),
            Wish::GoOn => match self.session.page_after(self.number) {
                Some(next) => Shown::GoTo(Some(next)),
                None => return self.finish(seen, saved),
            },
        };
        Ok(self.write(seen, saved, None, shown))
    }

    /// The last page: the form is finished when all before it were passed.
    fn finish(&mut self, seen: Seen, saved: Option<SavedPage>) -> Result<Posted> {
        let current = self.session.current_page();
        let is_complete = self.session.saved_page(current).is_some_and(|page| page.passed);
        if !is_complete {
            return Ok(self.write(seen, saved, None, Shown::GoTo(Some(current))));
        }
        let response = self.session.response_now(self.services, self.connection, true)?;
        Ok(self.write(seen, saved, Some(response), Shown::GoTo(None)))
    }

    /// A page of a form that is finished: the same again, a correction in time, or too late.
    fn post_again(&mut self, fields: &Fields) -> Result<Posted> {
        let plan = self.plan()?;
        let wish = wish(&self.session, fields);
        let read = read_page(&self.session.plan.instrument, &plan, fields);
        let stored = self.session.given(&plan);
        let is_same = |page: &PageAnswers| stored.as_ref().is_some_and(|stored| stored == page);
        if !self.session.may_correct(self.services.now()) {
            return match read {
                Ok(page) if is_same(&page) => Ok(go_to(None)),
                _ => thanks(self.services, &self.session, None, true).map(Posted::Answer),
            };
        }
        let page = match read {
            Ok(page) => page,
            Err(problems) if wish == Wish::GoOn => return self.refused(&plan, fields, problems),
            Err(_) => typed(&self.session.plan.instrument, &plan, fields).answers,
        };
        let asked_before = fields.iter().any(|(key, _)| key == "left_open");
        let seen = self.seen();
        if is_same(&page) {
            return Ok(self.leave(seen, None, None, wish));
        }
        if page.is_empty() && !asked_before {
            return match wish {
                // Nothing was typed: nothing is taken back by leaving the page.
                Wish::Back | Wish::Language(_) => Ok(self.leave(seen, None, None, wish)),
                Wish::GoOn => self.left_open(&plan, fields, page),
            };
        }
        let saved = self.save(&plan, &page, true);
        let response = self.session.response_now(self.services, self.connection, true)?;
        Ok(self.leave(seen, saved, Some(response), wish))
    }

    /// Where a correcting customer goes from a page.
    fn leave(
        &mut self,
        seen: Seen,
        saved: Option<SavedPage>,
        response: Option<NewResponse>,
        wish: Wish,
    ) -> Posted {
        let shown = match wish {
            // A changed answer may lead to a page that was not shown before.
            Wish::GoOn => Shown::GoTo(self.session.next_unpassed()),
            Wish::Back => Shown::GoTo(Some(self.session.page_before(self.number))),
            Wish::Language(language) => {
                let here = Shown::GoTo(Some(self.number));
                if response.is_none() && language.tag() == self.session.invitation.language {
                    return Posted::Answer(here);
                }
                language.tag().clone_into(&mut self.session.invitation.language);
                return self.write(seen, saved, response, here);
            }
        };
        if response.is_none() { Posted::Answer(shown) } else { self.write(seen, saved, response, shown) }
    }

    fn seen(&self) -> Seen {
        let invitation = &self.session.invitation;
        Seen { state: invitation.state, answered: invitation.answered_at.is_some() }
    }

    /// The page as a new revision when it differs from what is saved; the session has it from here on.
    fn save(&mut self, plan: &PagePlan, page: &PageAnswers, passed: bool) -> Option<SavedPage> {
        let before = self.session.saved_page(self.number);
        // Going back or to another language takes no reading.
        let marks = if passed { self.marks } else { self.marks.without(Mark::TooSoon) };
        let saved = SavedPage {
            page: i16::try_from(self.number).unwrap_or(i16::MAX),
            revision: before.map_or(1, |before| before.revision.saturating_add(1)),
            passed: passed || before.is_some_and(|before| before.passed),
            language: self.session.invitation.language.clone(),
            answers: packed(&self.session.plan.instrument, plan, page),
            comment: page.words.write(),
            marks: marks.and(before.map_or(Marks::NONE, |before| Marks::from_bits(before.marks))).bits(),
            saved_at: self.services.now(),
        };
        let is_same = before.is_some_and(|before| {
            let (revision, marks, saved_at) = (before.revision, before.marks, before.saved_at);
            SavedPage { revision, marks, saved_at, ..saved.clone() } == *before
        });
        if is_same {
            return None;
        }
        self.session.saved.retain(|one| one.page != saved.page);
        self.session.saved.push(saved.clone());
        Some(saved)
    }

    /// What is to be written before the answer; nothing when nothing changes.
    fn write(
        &self,
        seen: Seen,
        page: Option<SavedPage>,
        response: Option<NewResponse>,
        shown: Shown,
    ) -> Posted {
        let invitation = &self.session.invitation;
        let finishes = response.is_some() && !seen.answered;
        let becomes = Becomes {
            state: match seen.state {
                _ if finishes => InvitationState::Answered,
                InvitationState::Answered => InvitationState::Answered,
                _ => InvitationState::Started,
            },
            language: invitation.language.clone(),
            starts: invitation.started_at.is_none(),
            finishes,
        };
        let told = |new: &NewResponse| events_out::of_response(&self.session, new);
        let submission = Submission {
            events: response.as_ref().map(told).unwrap_or_default(),
            scope: self.session.scope.clone(),
            invitation_id: invitation.id,
            opening: self.session.opening.clone(),
            seen,
            becomes,
            page,
            postings: self.session.postings(),
            response,
            at: self.services.now(),
        };
        Posted::Write(Box::new(submission), shown)
    }

    /// The page once more, with what could not be taken named and all of it kept.
    fn refused(&mut self, plan: &PagePlan, fields: &Fields, problems: Vec<FieldProblem>) -> Result<Posted> {
        let shown = typed(&self.session.plan.instrument, plan, fields);
        let again = Again {
            given: Some(shown.answers),
            notice: Notice::Problems(problems),
            raw_words: Some(shown.raw),
            ..Again::default()
        };
        self.once_more(&again, Shown::Refused)
    }

    /// The page once more: nothing on it was answered.
    fn left_open(&mut self, plan: &PagePlan, fields: &Fields, page: PageAnswers) -> Result<Posted> {
        // A ranking that was begun is no answer, but it is shown as it was typed.
        let raw_words = Some(typed(&self.session.plan.instrument, plan, fields).raw);
        let again = Again { given: Some(page), notice: Notice::LeftOpen, raw_words, ..Again::default() };
        self.once_more(&again, Shown::Page)
    }

    /// A first page that is not stored yet, in another language: what was typed stays, and nothing is begun by it.
    fn shown_anew(&mut self, plan: &PagePlan, fields: &Fields) -> Result<Posted> {
        let shown = typed(&self.session.plan.instrument, plan, fields);
        let again = Again { given: Some(shown.answers), raw_words: Some(shown.raw), ..Again::default() };
        self.once_more(&again, Shown::Page)
    }

    /// A first page while too many others begin: it is shown with its answers, to be sent again a little later.
    fn not_now(&mut self, page: PageAnswers, seconds: u32) -> Result<Posted> {
        let again = Again { given: Some(page), notice: Notice::Later, ..Again::default() };
        self.once_more(&again, |page| Shown::Later(page, seconds))
    }

    fn once_more(&mut self, again: &Again, shown: impl Fn(Html) -> Shown) -> Result<Posted> {
        let (session, order_number) = (&self.session, self.session.order_number.as_str());
        let page = question_page(self.services, session, order_number, self.number, again)?;
        Ok(Posted::Answer(shown(session.html(page))))
    }
}
