//! Jobs: written in the transaction that makes them needed, leased to whoever works on them.

use diesel::prelude::*;

use super::authority::{self, OrgScope};
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::{job, organisation};
use crate::domain::{Id, JobKind, JobState, Micros};

/// A job leased to this process.
#[derive(Clone, Debug)]
pub struct Leased {
    /// The organisation it works for.
    pub scope: OrgScope,
    /// Its id.
    pub id: Id,
    /// What it does.
    pub kind: JobKind,
    /// What it does it to.
    pub subject_id: Id,
    /// How often it was tried before.
    pub attempts: i32,
    /// Until when it is held; also tells this lease from a later one of the same job.
    lease_until: i64,
}

/// Plans a job for a subject, or moves the one that waits or has ended; one that is being worked on stays.
pub fn plan(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    new_id: Id,
    kind: JobKind,
    subject_id: Id,
    due_at: Micros,
    now: Micros,
) -> Result<()> {
    let here = job::table
        .filter(job::org_id.eq(scope.org()))
        .filter(job::kind.eq(kind.code()))
        .filter(job::subject_id.eq(subject_id.to_vec()));
    let state: Option<i16> = here.clone().select(job::state).get_result(connection).optional()?;
    match state.and_then(JobState::from_code) {
        Some(JobState::Leased) => {}
        // One that ended before begins anew: its subject is wanted again.
        Some(_) => {
            diesel::update(here)
                .set((job::state.eq(JobState::Ready.code()), job::due_at.eq(due_at.0), job::attempts.eq(0)))
                .execute(connection)?;
        }
        None => {
            diesel::insert_into(job::table)
                .values((
                    job::org_id.eq(scope.org()),
                    job::job_id.eq(new_id.to_vec()),
                    job::kind.eq(kind.code()),
                    job::subject_id.eq(subject_id.to_vec()),
                    job::state.eq(JobState::Ready.code()),
                    job::due_at.eq(due_at.0),
                    job::lease_until.eq(0i64),
                    job::attempts.eq(0),
                    job::last_error.eq(""),
                    job::created_at.eq(now.0),
                ))
                .execute(connection)?;
        }
    }
    Ok(())
}

/// Plans a job for a subject, or moves the one there is, even while it is worked on: it is wanted once more.
pub fn plan_anew(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    new_id: Id,
    kind: JobKind,
    subject_id: Id,
    due_at: Micros,
    now: Micros,
) -> Result<()> {
    let here = job::table
        .filter(job::org_id.eq(scope.org()))
        .filter(job::kind.eq(kind.code()))
        .filter(job::subject_id.eq(subject_id.to_vec()))
        .filter(job::state.eq(JobState::Leased.code()));
    let again = (job::state.eq(JobState::Ready.code()), job::due_at.eq(due_at.0), job::attempts.eq(0));
    if diesel::update(here).set(again).execute(connection)? > 0 {
        return Ok(());
    }
    plan(connection, scope, new_id, kind, subject_id, due_at, now)
}

/// Gives back every lease: right only where no other process can hold one.
pub fn give_all_back(connection: &mut AnyConnection) -> Result<usize> {
    let leased = job::table.filter(job::state.eq(JobState::Leased.code()));
    Ok(diesel::update(leased).set(job::state.eq(JobState::Ready.code())).execute(connection)?)
}

/// Takes back a job that waits.
pub fn cancel(connection: &mut AnyConnection, scope: &OrgScope, kind: JobKind, subject_id: Id) -> Result<()> {
    cancel_all(connection, scope, kind, &[subject_id])
}

/// Takes back the jobs of a kind about these subjects, as far as they wait.
pub fn cancel_all(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    kind: JobKind,
    subjects: &[Id],
) -> Result<()> {
    let here = || {
        job::table
            .filter(job::org_id.eq(scope.org()))
            .filter(job::kind.eq(kind.code()))
            .filter(job::state.eq(JobState::Ready.code()))
    };
    match connection {
        AnyConnection::Sqlite(inner) => {
            for subject in subjects {
                diesel::delete(here().filter(job::subject_id.eq(subject.to_vec()))).execute(inner)?;
            }
        }
        AnyConnection::Postgres(inner) => {
            let subjects = subjects.iter().map(|subject| subject.to_vec());
            diesel::delete(here().filter(job::subject_id.eq_any(subjects))).execute(inner)?;
        }
    }
    Ok(())
}

/// An organisation with a due job, the next after `last` in turn: the first step of a claim, so that the
/// second can name its organisation.
pub fn due_organisation(connection: &mut AnyConnection, now: Micros, last: i32) -> Result<Option<i32>> {
    for after in [last, 0] {
        let found: Option<i32> = job::table
            .filter(job::org_id.gt(after))
            .filter(may_run())
            .filter(
                job::state
                    .eq(JobState::Ready.code())
                    .and(job::due_at.le(now.0))
                    .or(job::state.eq(JobState::Leased.code()).and(job::lease_until.le(now.0))),
            )
            .select(job::org_id)
            .order(job::org_id)
            .limit(1)
            .get_result(connection)
            .optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

type Candidate = (Vec<u8>, i16, Vec<u8>, i32);

/// A job that mails somebody rests while its organisation's mails are paused.
#[diesel::dsl::auto_type]
fn may_run() -> _ {
    let mailing: Vec<i16> = mailing();
    let paused = organisation::table
        .filter(organisation::paused_at.is_not_null().or(organisation::held_at.is_not_null()))
        .select(organisation::org_id);
    job::kind.ne_all(mailing).or(job::org_id.ne_all(paused))
}

fn mailing() -> Vec<i16> {
    JobKind::MAILING.iter().map(|kind| kind.code()).collect()
}

/// Leases at most `limit` due jobs of one organisation until `lease_until`.
pub fn lease(
    connection: &mut AnyConnection,
    org: i32,
    now: Micros,
    lease_until: Micros,
    limit: i64,
) -> Result<Vec<Leased>> {
    let found = candidates(connection, org, now, limit)?;
    let scope = authority::of_job(org);
    let mut leased = Vec::with_capacity(found.len());
    for (id, kind, subject_id, attempts) in found {
        let here = job::table.filter(job::org_id.eq(org)).filter(job::job_id.eq(&id));
        diesel::update(here)
            .set((
                job::state.eq(JobState::Leased.code()),
                job::lease_until.eq(lease_until.0),
                job::attempts.eq(attempts + 1),
            ))
            .execute(connection)?;
        leased.push(Leased {
            scope: scope.clone(),
            id: Id::from_bytes(&id).ok_or_else(|| unreadable("id"))?,
            kind: JobKind::from_code(kind).ok_or_else(|| unreadable("job kind"))?,
            subject_id: Id::from_bytes(&subject_id).ok_or_else(|| unreadable("id"))?,
            attempts,
            lease_until: lease_until.0,
        });
    }
    Ok(leased)
}

fn candidates(connection: &mut AnyConnection, org: i32, now: Micros, limit: i64) -> Result<Vec<Candidate>> {
    let columns = (job::job_id, job::kind, job::subject_id, job::attempts);
    // Two questions, each by its index: those with a lease that ran out are few, and would else be looked for among
    // all jobs that wait.
    let lost = job::table
        .filter(job::state.eq(JobState::Leased.code()))
        .filter(job::due_at.le(now.0))
        .filter(job::lease_until.le(now.0))
        .filter(job::org_id.eq(org))
        .filter(may_run())
        .select(columns)
        .order((job::due_at, job::job_id))
        .limit(limit);
    let due = |rest: i64| {
        job::table
            .filter(job::state.eq(JobState::Ready.code()))
            .filter(job::due_at.le(now.0))
            .filter(job::org_id.eq(org))
            .filter(may_run())
            .select(columns)
            .order((job::due_at, job::job_id))
            .limit(rest)
    };
    // Only the locking hint differs: a second worker skips what the first one holds.
    Ok(match connection {
        AnyConnection::Sqlite(inner) => {
            let mut found: Vec<Candidate> = lost.load(inner)?;
            found.extend(due(rest_of(limit, &found)).load::<Candidate>(inner)?);
            found
        }
        AnyConnection::Postgres(inner) => {
            let mut found: Vec<Candidate> = lost.for_update().skip_locked().load(inner)?;
            let rest = due(rest_of(limit, &found)).for_update().skip_locked();
            found.extend(rest.load::<Candidate>(inner)?);
            found
        }
    })
}

fn rest_of(limit: i64, found: &[Candidate]) -> i64 {
    limit.saturating_sub(i64::try_from(found.len()).unwrap_or(i64::MAX))
}

/// Marks a leased job as done.
pub fn finish(connection: &mut AnyConnection, leased: &Leased) -> Result<()> {
    set(connection, leased, JobState::Done, Micros(0), "")
}

/// Gives a leased job back, to be tried again at `due_at`.
pub fn give_back(connection: &mut AnyConnection, leased: &Leased, due_at: Micros, error: &str) -> Result<()> {
    set(connection, leased, JobState::Ready, due_at, error)
}

/// Puts back a leased job that was not begun: it counts as no try.
pub fn put_back(connection: &mut AnyConnection, leased: &Leased, due_at: Micros) -> Result<()> {
    give_back(connection, leased, due_at, "")?;
    let here = job::table
        .filter(job::org_id.eq(leased.scope.org()))
        .filter(job::job_id.eq(leased.id.to_vec()))
        .filter(job::state.eq(JobState::Ready.code()));
    diesel::update(here).set(job::attempts.eq(leased.attempts)).execute(connection)?;
    Ok(())
}

/// Plans a leased job anew for something else about its subject: it counts its tries from the beginning.
pub fn plan_next(connection: &mut AnyConnection, leased: &Leased, due_at: Micros) -> Result<bool> {
    let here = job::table
        .filter(job::org_id.eq(leased.scope.org()))
        .filter(job::job_id.eq(leased.id.to_vec()))
        .filter(job::state.eq(JobState::Leased.code()))
        .filter(job::lease_until.eq(leased.lease_until));
    let next = (
        job::state.eq(JobState::Ready.code()),
        job::due_at.eq(due_at.0),
        job::attempts.eq(0),
        job::last_error.eq(""),
    );
    Ok(diesel::update(here).set(next).execute(connection)? > 0)
}

/// Gives up on a leased job; it is kept with its last error.
pub fn fail(connection: &mut AnyConnection, leased: &Leased, error: &str) -> Result<()> {
    set(connection, leased, JobState::Failed, Micros(0), error)
}

fn set(
    connection: &mut AnyConnection,
    leased: &Leased,
    state: JobState,
    due_at: Micros,
    error: &str,
) -> Result<()> {
    let here = job::table
        .filter(job::org_id.eq(leased.scope.org()))
        .filter(job::job_id.eq(leased.id.to_vec()))
        // A lease that has run out and was given to another changes nothing any more.
        .filter(job::state.eq(JobState::Leased.code()))
        .filter(job::lease_until.eq(leased.lease_until));
    diesel::update(here)
        .set((job::state.eq(state.code()), job::due_at.eq(due_at.0), job::last_error.eq(error)))
        .execute(connection)?;
    Ok(())
}
