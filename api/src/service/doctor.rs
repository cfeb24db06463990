//! What is wrong with an installation, in words, and what would be better.

use std::path::Path;

use super::{Result, Services};
use crate::domain::organisation::Organisation;
use crate::domain::time::DAY;
use crate::domain::{MailState, Micros, SurveyState};
use crate::mail::dkim::Signer;
use crate::store::{AnyConnection, OrgScope, authority, organisations, outbox, surveys};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// All is well.
    Fine,
    /// It works, and could be better.
    Advice,
    /// Something does not work, or soon will not.
    Wrong,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// How grave it is.
    pub gravity: Gravity,
    /// What was looked at, such as `mail` or `organisation tuulia`.
    pub about: String,
    /// What was found, and what to do.
    pub words: String,
}

impl Finding {
    /// A finding.
    pub fn new(gravity: Gravity, about: &str, words: impl Into<String>) -> Self {
        Self { gravity, about: about.to_owned(), words: words.into() }
    }
}

/// Mails that are due longer than this are stuck.
const OVERDUE: i64 = DAY;

/// What the operator has set, as far as the doctor looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Setup<'a> {
    /// The setting `public-url`.
    pub public_url: &'a str,
    /// The setting `mail`.
    pub mail: &'a str,
    /// The file of link keys.
    pub link_key_file: &'a Path,
}

/// Looks at the whole installation.
pub fn examine(services: &Services, setup: Setup<'_>) -> Vec<Finding> {
    let mut found = vec![addresses(setup), link_keys(setup.link_key_file), mail(services)];
    found.extend(signatures(services));
    match services.store.read(organisations::slugs) {
        Ok(slugs) if slugs.is_empty() => {
            found.push(Finding::new(
                Gravity::Advice,
                "organisations",
                "there is none yet: `laatu org create`",
            ));
        }
        Ok(slugs) => {
            for slug in slugs {
                found.extend(organisation(services, &slug));
            }
        }
        Err(error) => {
            found.push(Finding::new(Gravity::Wrong, "database", format!("it does not answer: {error}")));
        }
    }
    found
}

/// Links in real mails must lead somewhere.
fn addresses(setup: Setup<'_>) -> Finding {
    let is_real = setup.mail.starts_with("smtp");
    let words = if setup.public_url.is_empty() {
        "public-url is not set: links in mails lead to the address on which the service listens"
    } else if !setup.public_url.starts_with("https://") {
        "public-url is not https: mail programs warn of such links and offer no one-click unsubscribing"
    } else {
        return Finding::new(Gravity::Fine, "public-url", "links begin with it, and it is safe");
    };
    Finding::new(if is_real { Gravity::Wrong } else { Gravity::Advice }, "public-url", words)
}

fn link_keys(file: &Path) -> Finding {
    let about = "link-key-file";
    let Ok(data) = std::fs::metadata(file) else {
        let words =
            format!("{} cannot be read: links that were mailed open nothing without it", file.display());
        return Finding::new(Gravity::Wrong, about, words);
    };
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::mode(&data) & 0o077 != 0 {
        let words = format!("{} can be read by others on this machine: chmod 600", file.display());
        return Finding::new(Gravity::Wrong, about, words);
    }
    let _ = data;
    Finding::new(
        Gravity::Fine,
        about,
        "there, and readable by its owner only; keep a copy apart from the database",
    )
}

fn mail(services: &Services) -> Finding {
    match services.mailer.check() {
        Ok(()) => Finding::new(Gravity::Fine, "mail", "mails can leave"),
        Err(words) => Finding::new(Gravity::Wrong, "mail", words),
    }
}

/// For each key what it signs, and for each organisation that no key signs for, that it is so.
fn signatures(services: &Services) -> Vec<Finding> {
    let signers = services.mailer.signers();
    let signs = |one: &Signer| {
        let words = format!("mails from it are signed; {} must hold: {}", one.record_name(), one.record());
        Finding::new(Gravity::Fine, &format!("dkim of {}", one.domain()), words)
    };
    let mut found: Vec<Finding> = signers.iter().map(signs).collect();
    if found.is_empty() {
        return found;
    }
    for (slug, domain) in sender_domains(services).unwrap_or_default() {
        if !signers.iter().any(|one| one.signs_for(&format!("@{domain}"))) {
            let words = format!("no key signs mails from {domain}: the relay must");
            found.push(Finding::new(Gravity::Advice, &format!("organisation {slug}"), words));
        }
    }
    found
}

fn organisation(services: &Services, slug: &str) -> Vec<Finding> {
    let about = format!("organisation {slug}");
    let looked = super::once::in_read(services, |connection| {
        let scope = authority::operator(connection, slug)?;
        of_organisation(connection, &scope, services.now(), &about)
    });
    looked.unwrap_or_else(|error| vec![Finding::new(Gravity::Wrong, &about, error.to_string())])
}

fn of_organisation(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    now: Micros,
    about: &str,
) -> Result<Vec<Finding>> {
    let organisation = organisations::get(connection, scope)?;
    let mut found = Vec::new();
    found.extend(pause(&organisation, about));
    if organisation.cap.is_none() {
        let words = "no cap: a customer of many orders gets as many mails; `laatu org set --cap 2/90d`";
        found.push(Finding::new(Gravity::Advice, about, words));
    }
    let surveys = surveys::all(connection, scope)?;
    if !surveys.iter().any(|survey| survey.state == SurveyState::Running) {
        found.push(Finding::new(Gravity::Advice, about, "no survey is running: nobody is asked"));
    }
    for (state, count) in outbox::count(connection, scope)? {
        match state {
            MailState::Uncertain => {
                let words =
                    format!("{count} mails are in doubt: the service ended while they were handed over");
                found.push(Finding::new(Gravity::Advice, about, words));
            }
            MailState::Failed => {
                let words = format!("{count} mails failed for good; `laatu why` tells for each customer");
                found.push(Finding::new(Gravity::Advice, about, words));
            }
            _ => {}
        }
    }
    let late = outbox::overdue(connection, scope, Micros(now.0 - OVERDUE))?;
    if late > 0 && !organisation.pause.is_on() {
        let words = format!(
            "{late} mails are more than a day late: is `laatu serve` running, and does the relay answer?"
        );
        found.push(Finding::new(Gravity::Wrong, about, words));
    }
    if found.is_empty() {
        found.push(Finding::new(Gravity::Fine, about, "its mails go"));
    }
    Ok(found)
}

fn pause(organisation: &Organisation, about: &str) -> Option<Finding> {
    let pause = &organisation.pause;
    if let Some(since) = pause.by_operator {
        let words =
            format!("all mails are held by the operator since {}: `laatu resume --all`", since.rfc3339());
        return Some(Finding::new(Gravity::Wrong, about, words));
    }
    let since = pause.own?.rfc3339();
    let reason = if pause.reason.is_empty() { "no reason was given" } else { &pause.reason };
    let words =
        format!("all mails are paused since {since} ({reason}): `laatu resume --org {}`", organisation.slug);
    Some(Finding::new(Gravity::Wrong, about, words))
}

/// The domain from which an organisation writes.
pub fn sender_domains(services: &Services) -> Result<Vec<(String, String)>> {
    super::once::in_read(services, |connection| {
        let mut found = Vec::new();
        for slug in organisations::slugs(connection)? {
            let scope = authority::operator(connection, &slug)?;
            let contact = organisations::get(connection, &scope)?.contact_email;
            let domain = contact.rsplit_once('@').map_or("", |(_, domain)| domain).to_owned();
            found.push((slug, domain));
        }
        Ok(found)
    })
}
