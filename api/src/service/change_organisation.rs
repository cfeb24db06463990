//! Changes what an organisation says about itself on forms and in mails.

use serde_json::Value;

use super::{Error, Result};
use crate::domain::order::is_mail_address;
use crate::domain::organisation::{Organisation, is_web_address};
use crate::domain::reader::ObjectReader;
use crate::store::organisations::{self, OrganisationChange};
use crate::store::{AnyConnection, OrgScope, cells, surveys};

/// Applies a change; all problems come back at once.
pub fn change_organisation(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    value: &Value,
) -> Result<Organisation> {
    let change = parse(value)?;
    let before = organisations::get(connection, scope)?;
    organisations::change(connection, scope, &change)?;
    let after = organisations::get(connection, scope)?;
    if after.zone_name != before.zone_name {
        // In which year somebody was the first depends on the zone: the cells are made anew.
        for survey in surveys::all(connection, scope)? {
            cells::reset(connection, scope, survey.id)?;
        }
    }
    Ok(after)
}

fn parse(value: &Value) -> Result<OrganisationChange> {
    let mut reader = ObjectReader::open(value, "");
    let change = OrganisationChange {
        name: reader.text("name", 80),
        contact_email: reader.text("contact", 254),
        reply_to: reader.text_or_empty("reply_to", 254),
        privacy_text: reader.text_or_empty("privacy_text", 600),
        privacy_url: reader.text("privacy_url", 300),
        retention_months: reader
            .integer("retention_months", 1, 120)
            .and_then(|months| i32::try_from(months).ok()),
        zone: reader.text("zone", 60),
        correction_hours: reader
            .integer("correction_hours", 0, 720)
            .and_then(|hours| i32::try_from(hours).ok()),
    };
    for (name, address) in [("contact", &change.contact_email), ("reply_to", &change.reply_to)] {
        if let Some(address) = address
            && !is_mail_address(address)
            && !(name == "reply_to" && address.is_empty())
        {
            reader.complain(name, "not_an_address", format!("\"{address}\" is not a mail address"));
        }
    }
    if let Some(url) = &change.privacy_url
        && !is_web_address(url)
    {
        reader.complain(
            "privacy_url",
            "not_a_web_address",
            format!("\"{url}\" is not a web address; needed is https://…"),
        );
    }
    if let Some(zone) = &change.zone
        && jiff::tz::TimeZone::get(zone).is_err()
    {
        reader.complain(
            "zone",
            "unknown_value",
            format!("\"{zone}\" is not a time zone, such as Europe/Helsinki"),
        );
    }
    let problems = reader.finish();
    if problems.is_empty() { Ok(change) } else { Err(Error::Invalid(problems)) }
}
