//! Makes an organisation.

use data_encoding::BASE32_NOPAD;

use super::{Error, Result, Services};
use crate::clock::Chance;
use crate::domain::order::is_mail_address;
use crate::domain::organisation::{is_slug, is_web_address};
use crate::domain::reader::FieldProblem;
use crate::store::organisations::{self, NewOrganisation};

/// What the operator says of a new organisation.
#[derive(Clone, Debug)]
pub struct Request {
    /// Short name.
    pub slug: String,
    /// Name as customers know it.
    pub name: String,
    /// Where a person answers.
    pub contact: String,
    /// Its privacy page.
    pub privacy_url: String,
    /// Its time zone.
    pub zone: String,
}

/// Makes the organisation; all problems with the request come back at once.
pub fn create_organisation(services: &Services, request: &Request) -> Result<()> {
    let problems = check(request);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let now = services.now();
    services.store.write(|connection| {
        let new = NewOrganisation {
            slug: request.slug.clone(),
            route: route(services.chance.as_ref()),
            name: request.name.trim().to_owned(),
            contact_email: request.contact.clone(),
            privacy_url: request.privacy_url.clone(),
            zone: request.zone.clone(),
        };
        organisations::insert(connection, &new, now)
    })?;
    Ok(())
}

fn check(request: &Request) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut complain = |field: &str, message: String| {
        problems.push(FieldProblem { pointer: format!("/{field}"), code: "invalid".to_owned(), message });
    };
    if !is_slug(&request.slug) {
        complain("slug", format!("\"{}\": 2 to 40 of a-z, 0-9 and - are needed", request.slug));
    }
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(crate::domain::reader::is_unsafe) {
        complain("name", "1 to 80 characters without line breaks are needed".to_owned());
    }
    if !is_mail_address(&request.contact) {
        complain("contact", format!("\"{}\" is not a mail address", request.contact));
    }
    if !is_web_address(&request.privacy_url) {
        complain(
            "privacy-url",
            format!("\"{}\" is not a web address; needed is https://…", request.privacy_url),
        );
    }
    if jiff::tz::TimeZone::get(&request.zone).is_err() {
        complain("zone", format!("\"{}\" is not a time zone, such as Europe/Helsinki", request.zone));
    }
    problems
}

/// A public routing id: 50 bits in base32, so ten letters.
fn route(chance: &dyn Chance) -> String {
    let mut bytes = [0u8; 10];
    chance.fill(&mut bytes);
    BASE32_NOPAD.encode(&bytes).to_lowercase().chars().take(10).collect()
}
