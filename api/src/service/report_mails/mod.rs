//! Figures of a view by mail: a member asks for them on the dashboard, each week or each month, and stops them there or by
//! the link in each mail (ADR 37).
//!
//! Who asks is remembered with a row, each mail with another, and what is to be sent next with a job: the same jobs that send
//! invitations. What a mail says is in `letter`, when it goes and what became of it in `run`, the page behind its link in
//! `stop_page`.

mod figures;
mod letter;
mod run;
mod stop_page;

pub use letter::write;
pub use run::{BegunReport, OutgoingReport, begin, give_up, note_sent, note_unbegun, note_unwritten};
pub use stop_page::stop_page;

use jiff::civil::Date;
use survey_forms::language::Language;

use super::links::Purpose;
use super::{Error, Result, Services, invalid};
use crate::domain::report_period::ReportPeriod;
use crate::domain::time::DAY;
use crate::domain::{Id, JobKind, MailState, Micros, Rhythm};
use crate::store::report_mail_runs::{self, Run};
use crate::store::report_mails::{self, ReportMail};
use crate::store::saved_views::{self, SavedView};
use crate::store::{AnyConnection, OrgScope, authority, jobs, members, organisations, surveys};

/// Most reports that one member gets.
const MOST: usize = 50;
/// How many of the newest mails are looked at: a change of the zone moves them by one.
const LOOKED_AT: i64 = 5;
/// Days for which a report that was stopped is remembered, so that its link still says so.
const REMEMBERED_DAYS: i64 = 400;

/// What a member asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The view, one that they see.
    pub view: Option<Id>,
    /// The word of how often.
    pub rhythm: String,
    /// The tag of the language of the mails.
    pub language: String,
}

/// A report with what stands around it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Who gets what.
    pub report: ReportMail,
    /// The address it goes to, and whether its member may still sign in; none when there is no such member.
    pub email: Option<String>,
    /// The view; none when it is gone, or its member does not see it any more.
    pub view: Option<SavedView>,
    /// The day on which the next mail goes; none when it is stopped.
    pub next_on: Option<Date>,
    /// The last mail that was begun or skipped.
    pub last: Option<Run>,
}

/// Begins to mail the figures of a view to the member who is signed in; asking again changes the language.
pub fn ask(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    asked: &Asked,
) -> Result<()> {
    let member_id = scope.member_id().ok_or(Error::NotFound("member"))?;
    let view_id = asked.view.ok_or(Error::NotFound("view"))?;
    let view = saved_views::seen(connection, scope, member_id, view_id)?.ok_or(Error::NotFound("view"))?;
    let rhythm = Rhythm::from_word(&asked.rhythm)
        .ok_or_else(|| invalid("rhythm", "unknown_value", format!("A report comes {}", Rhythm::words())))?;
    let language = Language::parse(&asked.language)
        .ok_or_else(|| invalid("language", "unknown_language", "Choose one of the languages"))?;
    forget_old(services, connection, scope, member_id)?;
    let mine = report_mails::of_member(connection, scope, member_id)?;
    let there = mine.iter().find(|one| one.view_id == view.id && one.rhythm == rhythm);
    if let Some(one) = there.filter(|one| one.stopped_at.is_none()) {
        let changed = ReportMail { language: language.tag().to_owned(), ..one.clone() };
        return Ok(report_mails::update(connection, scope, &changed)?);
    }
    if mine.iter().filter(|one| one.stopped_at.is_none()).count() >= MOST {
        return Err(invalid("view", "too_many", format!("You get {MOST} reports already; stop one first")));
    }
    let one = match there {
        Some(one) => ReportMail { language: language.tag().to_owned(), stopped_at: None, ..one.clone() },
        None => ReportMail {
            id: services.new_id(),
            member_id,
            view_id: view.id,
            rhythm,
            language: language.tag().to_owned(),
            token_hash: Vec::new(),
            link_key_id: String::new(),
            created_at: services.now(),
            stopped_at: None,
        },
    };
    let one = with_link(services, one)?;
    if there.is_some() {
        report_mails::update(connection, scope, &one)?;
    } else {
        report_mails::insert(connection, scope, &one)?;
    }
    plan(services, connection, scope, &one)
}

/// The same with a link that can be made again: that of its first mail, as long as its link key is in the file.
fn with_link(services: &Services, one: ReportMail) -> Result<ReportMail> {
    if services.links.secret(&one.link_key_id, Purpose::ReportMail, one.id).is_some() {
        return Ok(one);
    }
    let key_id = services.links.current_id();
    let secret = services.links.secret(key_id, Purpose::ReportMail, one.id);
    let secret = secret.ok_or_else(|| Error::Broken("the link key is missing".to_owned()))?;
    Ok(ReportMail { token_hash: authority::secret_hash(&secret), link_key_id: key_id.to_owned(), ..one })
}

/// Plans the first mail.
fn plan(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    one: &ReportMail,
) -> Result<()> {
    let (now, zone) = (services.now(), organisations::get(connection, scope)?.zone());
    let mut period = ReportPeriod::first_after(one.rhythm, now, &zone);
    // What was begun before is not mailed twice, whatever the zone has been meanwhile.
    let runs = report_mail_runs::newest(connection, scope, one, LOOKED_AT)?;
    if let Some(begun) = runs.iter().find(|run| run.state != MailState::Dropped) {
        period = period.max(begun.period.next());
    }
    report_mail_runs::put(connection, scope, &Run::new(one.id, period, now))?;
    let (id, due_at) = (services.new_id(), period.due_at(&zone));
    Ok(jobs::plan(connection, scope, id, JobKind::SendReport, one.id, due_at, now)?)
}

/// Stops a report of the member who is signed in; nobody else's.
pub fn stop_own(services: &Services, connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<()> {
    let member_id = scope.member_id().ok_or(Error::NotFound("member"))?;
    let found = report_mails::find(connection, scope, id)?.filter(|one| one.member_id == member_id);
    stop(services, connection, scope, &found.ok_or(Error::NotFound("report"))?)
}

/// Stops a report; one that is stopped already stays as it is.
fn stop(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    one: &ReportMail,
) -> Result<()> {
    if one.stopped_at.is_some() {
        return Ok(());
    }
    let stopped = ReportMail { stopped_at: Some(services.now()), ..one.clone() };
    report_mails::update(connection, scope, &stopped)?;
    let newest = report_mail_runs::newest(connection, scope, one, 1)?.pop();
    // One that is on its way is noted by whoever sends it.
    if let Some(run) = newest.filter(|run| run.waits() && run.state != MailState::Sending) {
        report_mail_runs::put(connection, scope, &Run { state: MailState::Dropped, ..run })?;
    }
    Ok(jobs::cancel(connection, scope, JobKind::SendReport, one.id)?)
}

/// Stops what is mailed of a view that is deleted, to whomever it goes.
pub fn end_of_view(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    view_id: Id,
) -> Result<()> {
    for one in report_mails::of_view(connection, scope, view_id)? {
        stop(services, connection, scope, &one)?;
    }
    Ok(())
}

/// Stops what is mailed to a member who is removed.
pub fn end_of_member(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    member_id: Id,
) -> Result<()> {
    for one in report_mails::of_member(connection, scope, member_id)? {
        stop(services, connection, scope, &one)?;
    }
    Ok(())
}

/// Forgets reports of a member that were stopped long ago.
fn forget_old(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    member_id: Id,
) -> Result<()> {
    let before = Micros(services.now().0 - REMEMBERED_DAYS * DAY);
    for one in report_mails::of_member(connection, scope, member_id)? {
        if one.stopped_at.is_some_and(|at| at < before) {
            report_mails::delete(connection, scope, one.id)?;
        }
    }
    Ok(())
}

/// What is mailed to the member who is signed in, the oldest first.
pub fn list_own(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<Listed>> {
    let member_id = scope.member_id().ok_or(Error::NotFound("member"))?;
    let mine = report_mails::of_member(connection, scope, member_id)?;
    listed(connection, scope, mine.into_iter().filter(|one| one.stopped_at.is_none()).collect())
}

/// All of an organisation, stopped ones, too.
pub fn list_all(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<Listed>> {
    let all = report_mails::all(connection, scope)?;
    listed(connection, scope, all)
}

fn listed(connection: &mut AnyConnection, scope: &OrgScope, found: Vec<ReportMail>) -> Result<Vec<Listed>> {
    let people = members::all(connection, scope)?;
    let mut list = Vec::with_capacity(found.len());
    for report in found {
        let runs = report_mail_runs::newest(connection, scope, &report, 2)?;
        let waiting = runs.iter().find(|run| run.waits() && report.stopped_at.is_none());
        let last = runs.iter().find(|run| run.state != MailState::Ready).cloned();
        list.push(Listed {
            email: people.iter().find(|one| one.id == report.member_id).map(|one| one.email.clone()),
            view: saved_views::seen(connection, scope, report.member_id, report.view_id)?,
            next_on: waiting.map(|run| run.period.due_on()),
            last,
            report,
        });
    }
    Ok(list)
}

/// The language in which a member's next report is offered: that of their last one, else the first of the newest survey.
pub fn usual_language(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Language> {
    let member_id = scope.member_id().ok_or(Error::NotFound("member"))?;
    let last = report_mails::of_member(connection, scope, member_id)?.pop().map(|one| one.language);
    let mut of_survey = || -> Result<Option<String>> {
        Ok(surveys::all(connection, scope)?.pop().and_then(|survey| survey.languages.first().cloned()))
    };
    let tag = match last {
        Some(tag) => Some(tag),
        None => of_survey()?,
    };
    Ok(tag.and_then(|tag| Language::parse(&tag)).unwrap_or(Language::ENGLISH))
}
