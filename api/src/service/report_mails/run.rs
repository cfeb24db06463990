//! One mail of a report: begun with a durable mark, noted afterwards, and the next one planned.
//!
//! The same way as an invitation's mail goes (ADR 27): whatever is found marked was perhaps sent, and is sent once more with
//! the same message id, or left alone, as the organisation says. After a rest of the service only the newest period is
//! mailed: a pile of old figures helps nobody.

use crate::domain::organisation::Organisation;
use crate::domain::report_period::ReportPeriod;
use crate::domain::time::day_number;
use crate::domain::{MailState, Micros, Resend};
use crate::mail::Outcome;
use crate::service::sending::pace;
use crate::service::{Result, Services};
use crate::store::jobs::{self, Leased};
use crate::store::members::{self, Known};
use crate::store::report_mail_runs::{self, Run};
use crate::store::report_mails::{self, ReportMail};
use crate::store::saved_views::{self, SavedView};
use crate::store::{AnyConnection, organisations};

/// How often a mail is tried before it is given up.
const TRIES: i32 = 10;
/// How often a mail that a process left marked is begun once more.
const MOST_DOUBTS: i16 = 5;
/// Days for which it is remembered what became of a mail.
const REMEMBERED_DAYS: i32 = 800;

/// A mail that is marked as being sent, with all that it is about.
pub struct OutgoingReport {
    /// The mail.
    pub run: Run,
    pub(super) report: ReportMail,
    pub(super) view: SavedView,
    pub(super) reader: Known,
    pub(super) organisation: Organisation,
}

/// What the beginning of a leased job comes to.
pub enum BegunReport {
    /// A mail to write and hand over.
    Mail(Box<OutgoingReport>),
    /// Not yet.
    Later(Micros),
    /// All was noted already.
    Noted,
}

/// Begins the mail of a leased job, if there is one to be sent now.
pub fn begin(
    services: &Services,
    connection: &mut AnyConnection,
    organisation: &Organisation,
    leased: &Leased,
) -> Result<BegunReport> {
    let scope = &leased.scope;
    let Some(report) = report_mails::find(connection, scope, leased.subject_id)? else {
        jobs::finish(connection, leased)?;
        return Ok(BegunReport::Noted);
    };
    let Some((reader, view)) = reader(connection, leased, &report)? else {
        super::stop(services, connection, scope, &report)?;
        leave_marked(connection, leased, &report)?;
        jobs::finish(connection, leased)?;
        return Ok(BegunReport::Noted);
    };
    let (now, zone) = (services.now(), organisation.zone());
    let Some(mut run) = due_run(services, connection, organisation, leased, &report)? else {
        return Ok(BegunReport::Noted);
    };
    if run.state == MailState::Sending {
        run.doubts += 1;
        tracing::warn!(report = %report.id, "the service ended while a report was handed over");
        if organisation.resend == Resend::Never || run.doubts > MOST_DOUBTS {
            let (state, sent_at) = (MailState::Uncertain, run.began_at);
            over(services, connection, leased, &Run { state, sent_at, ..run })?;
            return Ok(BegunReport::Noted);
        }
    }
    let due_at = run.period.due_at(&zone);
    if due_at > now {
        return Ok(BegunReport::Later(due_at));
    }
    if let Some(at) = pace::not_before(services, connection, scope, &reader.member.email, now)? {
        return Ok(BegunReport::Later(at));
    }
    (run.state, run.began_at) = (MailState::Sending, Some(now));
    run.attempts += 1;
    report_mail_runs::put(connection, scope, &run)?;
    let organisation = organisation.clone();
    Ok(BegunReport::Mail(Box::new(OutgoingReport { run, report, view, reader, organisation })))
}

/// Who gets it, with the rights that they have now, and the view; none when one of them is gone, or it was stopped.
fn reader(
    connection: &mut AnyConnection,
    leased: &Leased,
    report: &ReportMail,
) -> Result<Option<(Known, SavedView)>> {
    if report.stopped_at.is_some() {
        return Ok(None);
    }
    let known = members::of_job(connection, &leased.scope, report.member_id)?;
    let Some(known) = known.filter(|known| known.member.role.reads_reports()) else { return Ok(None) };
    let view = saved_views::seen(connection, &known.scope, report.member_id, report.view_id)?;
    Ok(view.map(|view| (known, view)))
}

/// A mail on its way of a report that is stopped: whether it left is not known, and it is not sent again.
fn leave_marked(connection: &mut AnyConnection, leased: &Leased, report: &ReportMail) -> Result<()> {
    let newest = report_mail_runs::newest(connection, &leased.scope, report, 1)?.pop();
    if let Some(run) = newest.filter(|run| run.state == MailState::Sending) {
        let run = Run { state: MailState::Uncertain, sent_at: run.began_at, ..run };
        report_mail_runs::put(connection, &leased.scope, &run)?;
    }
    Ok(())
}

/// The newest mail that waits; those of older periods are skipped. None where none waits: then the next one was planned.
fn due_run(
    services: &Services,
    connection: &mut AnyConnection,
    organisation: &Organisation,
    leased: &Leased,
    report: &ReportMail,
) -> Result<Option<Run>> {
    let (now, zone, scope) = (services.now(), organisation.zone(), &leased.scope);
    let waiting = report_mail_runs::newest(connection, scope, report, 1)?.pop().filter(Run::waits);
    let Some(run) = waiting else {
        let period = ReportPeriod::first_after(report.rhythm, now, &zone);
        plan_next(services, connection, leased, report, period)?;
        return Ok(None);
    };
    let newest = run.period.newest_due(now, &zone);
    if newest == run.period {
        return Ok(Some(run));
    }
    let mut skipped = run;
    while skipped.period < newest {
        let was_begun = skipped.state == MailState::Sending;
        skipped.state = if was_begun { MailState::Uncertain } else { MailState::Dropped };
        "a newer one was due".clone_into(&mut skipped.last_error);
        report_mail_runs::put(connection, scope, &skipped)?;
        skipped = Run::new(report.id, skipped.period.next(), now);
    }
    // Stored at once: it may have to wait for its turn.
    report_mail_runs::put(connection, scope, &skipped)?;
    Ok(Some(skipped))
}

/// Notes what came of a handed-over mail, and plans what follows.
pub fn note_sent(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    outgoing: &OutgoingReport,
    outcome: &Outcome,
) -> Result<()> {
    let (mut run, now) = (outgoing.run.clone(), services.now());
    match outcome {
        Outcome::Sent => {
            (run.state, run.sent_at) = (MailState::Sent, Some(now));
            run.last_error.clear();
        }
        Outcome::Refused(words) | Outcome::NoSuchAddress(words) => {
            (run.state, run.sent_at) = (MailState::Failed, Some(now));
            words.clone_into(&mut run.last_error);
        }
        Outcome::Unsure(words) => {
            run.doubts += 1;
            words.clone_into(&mut run.last_error);
            if outgoing.organisation.resend != Resend::Never && run.doubts <= 1 {
                return try_later(services, connection, leased, run);
            }
            (run.state, run.sent_at) = (MailState::Uncertain, run.began_at);
        }
        Outcome::TryLater(words) => {
            words.clone_into(&mut run.last_error);
            if run.attempts < TRIES {
                return try_later(services, connection, leased, run);
            }
            run.state = MailState::Failed;
        }
    }
    over(services, connection, leased, &run)
}

fn try_later(services: &Services, connection: &mut AnyConnection, leased: &Leased, run: Run) -> Result<()> {
    // 1, 2, 4 … minutes, as with invitations.
    let minutes = 1i64 << (run.attempts - 1).clamp(0, 8);
    let again = services.now().plus_seconds(60 * minutes);
    let run = Run { state: MailState::Deferred, ..run };
    report_mail_runs::put(connection, &leased.scope, &run)?;
    Ok(jobs::give_back(connection, leased, again, &run.last_error)?)
}

/// Notes the end of a mail and plans the next one, unless the report was stopped meanwhile.
fn over(services: &Services, connection: &mut AnyConnection, leased: &Leased, run: &Run) -> Result<()> {
    let scope = &leased.scope;
    let report = report_mails::find(connection, scope, run.report_mail_id)?;
    let Some(report) = report else { return Ok(jobs::finish(connection, leased)?) };
    report_mail_runs::put(connection, scope, run)?;
    if report.stopped_at.is_some() {
        return Ok(jobs::finish(connection, leased)?);
    }
    plan_next(services, connection, leased, &report, run.period.next())
}

fn plan_next(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    report: &ReportMail,
    period: ReportPeriod,
) -> Result<()> {
    let scope = &leased.scope;
    let zone = organisations::get(connection, scope)?.zone();
    // Whoever no longer holds the lease plans nothing: another one does.
    if jobs::plan_next(connection, leased, period.due_at(&zone))? {
        report_mail_runs::put(connection, scope, &Run::new(report.id, period, services.now()))?;
        let before = day_number(period.from()) - REMEMBERED_DAYS;
        report_mail_runs::forget(connection, scope, report.id, before)?;
    }
    Ok(())
}

/// Takes the mark back from a mail that was begun and then not handed over: it counts as no try.
pub fn note_unbegun(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    outgoing: &OutgoingReport,
) -> Result<()> {
    let mut run = outgoing.run.clone();
    run.state = MailState::Ready;
    run.attempts -= 1;
    report_mail_runs::put(connection, &leased.scope, &run)?;
    Ok(jobs::put_back(connection, leased, services.now())?)
}

/// Takes the mark back from a mail that could not be written, with the words why; its job is the caller's business.
pub fn note_unwritten(
    connection: &mut AnyConnection,
    leased: &Leased,
    outgoing: &OutgoingReport,
    words: &str,
) -> Result<()> {
    let run = Run { state: MailState::Deferred, last_error: words.to_owned(), ..outgoing.run.clone() };
    Ok(report_mail_runs::put(connection, &leased.scope, &run)?)
}

/// Gives up the waiting mail of a job that broke too often; the next one is planned all the same.
pub fn give_up(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    words: &str,
) -> Result<()> {
    let report = report_mails::find(connection, &leased.scope, leased.subject_id)?;
    let Some(report) = report else { return Ok(jobs::fail(connection, leased, words)?) };
    let waiting = report_mail_runs::newest(connection, &leased.scope, &report, 1)?.pop().filter(Run::waits);
    if let Some(run) = waiting {
        let run = Run { state: MailState::Failed, last_error: words.to_owned(), ..run };
        return over(services, connection, leased, &run);
    }
    let (now, zone) = (services.now(), organisations::get(connection, &leased.scope)?.zone());
    let period = ReportPeriod::first_after(report.rhythm, now, &zone);
    plan_next(services, connection, leased, &report, period)
}
