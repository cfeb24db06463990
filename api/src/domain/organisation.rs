//! An organisation as the form, the mails and the planner need it.

use jiff::tz::TimeZone;

use super::cap::Cap;
use super::coded::{Resend, SecondStepRule};
use super::ids::OrgId;
use super::time::Micros;

/// The tenant: it owns everything below.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its number, the first part of every key.
    pub org_id: OrgId,
    /// Its short name on the command line.
    pub slug: String,
    /// Its public routing id: the first part of links and keys.
    pub route: String,
    /// Its name as customers know it.
    pub name: String,
    /// Where a person answers.
    pub contact_email: String,
    /// Where replies to mails go; empty means the contact.
    pub reply_to: String,
    /// Who asks, why and for how long, in its own words; empty means ours.
    pub privacy_text: String,
    /// Its privacy page.
    pub privacy_url: String,
    /// Months for which answers stay linked to a person.
    pub retention_months: i32,
    /// Its time zone: days, months and quiet hours are counted in it.
    pub zone_name: String,
    /// Hours for which a finished form can be corrected.
    pub correction_hours: i32,
    /// Its colour as `#rrggbb`; empty means the look's own.
    pub accent: String,
    /// Below how many points of 100 an overall judgement is low; 0 for the two lowest codes of its scale.
    pub recovery_below: i16,
    /// A page with help for who was badly served; empty for none.
    pub recovery_link: String,
    /// How often it was changed, from 1.
    pub revision: i32,
    /// How often one customer is mailed; none without a limit.
    pub cap: Option<Cap>,
    /// What is done with a mail when it is not known whether it left.
    pub resend: Resend,
    /// Whether its mails rest.
    pub pause: Pause,
    /// Who takes its short messages; none without one.
    pub gateway: Option<Gateway>,
    /// The number of the survey whose score everybody may see; 0 for none.
    pub public_survey: i32,
    /// Who is asked for a second step when signing in.
    pub second_step: SecondStepRule,
}

/// Who takes short messages for telephones: an address of the organisation's own choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Where they are posted.
    pub url: String,
    /// How often the address was set: each has a key of its own.
    pub rotation: i32,
    /// Id of the link key that makes the key by which posts are signed.
    pub link_key_id: String,
}

/// Since when the mails of an organisation rest, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pause {
    /// By itself, or because too many mails came back.
    pub own: Option<Micros>,
    /// Why, in words; may be empty.
    pub reason: String,
    /// By the operator of the service.
    pub by_operator: Option<Micros>,
}

impl Pause {
    /// Whether no mail goes.
    pub const fn is_on(&self) -> bool {
        self.own.is_some() || self.by_operator.is_some()
    }
}

impl Organisation {
    /// The time zone; UTC when the name is no longer known.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone_name).unwrap_or(TimeZone::UTC)
    }

    /// Where replies go.
    pub fn replies(&self) -> &str {
        if self.reply_to.is_empty() { &self.contact_email } else { &self.reply_to }
    }
}

/// Whether a text can be an organisation's or a survey's short name.
pub fn is_slug(text: &str) -> bool {
    (2..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether a text can stand as a link on a page: https (or http on this machine), no blanks.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.chars().any(|c| c.is_whitespace() || super::reader::is_unsafe(c) || "<>\"'".contains(c))
    })
}
