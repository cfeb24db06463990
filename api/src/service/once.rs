//! A creating request with an `Idempotency-Key` has one effect and one answer, however often it comes.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Error, Result, Services};
use crate::store::idempotency::{self, Kept};
use crate::store::{self, AnyConnection, OrgScope};

/// An answer, and whether it was given before.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP's number for it.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// Whether this is the answer to an earlier, equal request.
    pub replayed: bool,
}

/// What identifies a request for the comparison: its key, its place and its body.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The `Idempotency-Key`, when one was sent.
    pub key: Option<&'a str>,
    /// Which end-point.
    pub path: &'a str,
    /// The raw body.
    pub body: &'a [u8],
}

/// Longest key that is taken.
const LONGEST_KEY: usize = 255;

/// Runs `work` in one write transaction and keeps its answer under the request's key.
pub fn run<T: Serialize>(
    services: &Services,
    scope: &OrgScope,
    request: Request<'_>,
    work: impl Fn(&mut AnyConnection) -> Result<(u16, T)>,
) -> Result<Answer> {
    if request.key.is_some_and(|key| key.is_empty() || key.len() > LONGEST_KEY) {
        return Err(super::invalid("", "idempotency_key", "Idempotency-Key must have 1 to 255 characters"));
    }
    let fingerprint = fingerprint(request);
    in_transaction(services, |connection| {
        let Some(key) = request.key else { return answer(work(connection)?) };
        if let Some(kept) = idempotency::find(connection, scope, key, services.now())? {
            return replay(&kept, &fingerprint);
        }
        let answer = answer(work(connection)?)?;
        let kept = Kept {
            fingerprint: fingerprint.clone(),
            status: i16::try_from(answer.status).unwrap_or(200),
            body: answer.body.to_string(),
        };
        idempotency::keep(connection, scope, key, &kept, services.now())?;
        Ok(answer)
    })
}

/// Runs `work` in one write transaction; a refusal of the use case undoes it like any error.
pub fn in_transaction<T>(services: &Services, work: impl Fn(&mut AnyConnection) -> Result<T>) -> Result<T> {
    let refused = std::cell::RefCell::new(None);
    let outcome = services.store.write(|connection| {
        work(connection).map_err(|error| match error {
            // The store decides about trying again, so its own kind of error must reach it.
            Error::Busy => store::Error::Busy("a statement was refused".to_owned()),
            other => {
                let words = other.to_string();
                refused.replace(Some(other));
                store::Error::Broken(words)
            }
        })
    });
    match outcome {
        Ok(value) => Ok(value),
        Err(error) => Err(refused.into_inner().unwrap_or_else(|| error.into())),
    }
}

/// Runs `work` in one read transaction.
pub fn in_read<T>(services: &Services, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
    let mut refused = None;
    let outcome = services.store.read(|connection| told_apart(work(connection), &mut refused));
    outcome.map_err(|error| refused.unwrap_or_else(|| error.into()))
}

/// Runs `work` for a page of a form, perhaps twice: see [`Store::read_for_form`].
///
/// [`Store::read_for_form`]: store::Store::read_for_form
pub fn in_form_read<T>(services: &Services, work: impl Fn(&mut AnyConnection) -> Result<T>) -> Result<T> {
    let refused = std::cell::RefCell::new(None);
    let outcome = services.store.read_for_form(|connection| {
        let outcome = told_apart(work(connection), &mut refused.borrow_mut());
        // The store decides about trying again, so its own kinds of error must reach it.
        outcome.map_err(|error| match &*refused.borrow() {
            Some(Error::Busy) => store::Error::Busy("a statement was refused".to_owned()),
            Some(Error::NotFound(_)) => store::Error::NotFound,
            _ => error,
        })
    });
    outcome.map_err(|error| refused.into_inner().unwrap_or_else(|| error.into()))
}

/// The outcome as the store takes it; what the use case refused is kept as it was.
fn told_apart<T>(outcome: Result<T>, refused: &mut Option<Error>) -> store::Result<T> {
    outcome.map_err(|error| {
        let words = error.to_string();
        *refused = Some(error);
        store::Error::Broken(words)
    })
}

fn fingerprint(request: Request<'_>) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(request.path.as_bytes());
    hash.update([0]);
    hash.update(request.body);
    hash.finalize().to_vec()
}

fn answer<T: Serialize>((status, body): (u16, T)) -> Result<Answer> {
    let body = serde_json::to_value(body).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Answer { status, body, replayed: false })
}

fn replay(kept: &Kept, fingerprint: &[u8]) -> Result<Answer> {
    if kept.is_erased() {
        return Err(Error::Erased);
    }
    if kept.fingerprint != fingerprint {
        return Err(Error::KeyReused);
    }
    let body = serde_json::from_str(&kept.body).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Answer { status: u16::try_from(kept.status).unwrap_or(200), body, replayed: true })
}
