//! `laatu pause`, `laatu resume` and `laatu why`: the stop switch, and the reason for each mail that did not leave.

use clap::Args;

use super::field::within;
use super::{entry, print, tell};
use crate::config::Settings;
use crate::service::Error;
use crate::service::erase::Whom;
use crate::service::once::in_read;
use crate::service::pause_sending::{PausedBy, pause, replan_after_pause, resume};
use crate::service::sending::{Look, look};
use crate::service::why::{InvitationLog, LogLine, why};
use crate::store::{authority, invitations, orders, organisations, surveys};

#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// Short name of the organisation
    #[arg(long)]
    org: Option<String>,
    /// Every organisation: the operator's own pause, which only `resume --all` ends
    #[arg(long)]
    all: bool,
}

#[derive(Args)]
pub struct PauseArguments {
    #[command(flatten)]
    which: Which,
    /// Why, in words that the organisation reads
    #[arg(long, default_value = "")]
    reason: String,
}

#[derive(Args)]
pub struct ResumeArguments {
    #[command(flatten)]
    which: Which,
}

#[derive(Args)]
pub struct WhyArguments {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    #[command(flatten)]
    whom: WhomFlags,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct WhomFlags {
    /// Mail address of the customer
    #[arg(long)]
    email: Option<String>,
    /// Number of an order
    #[arg(long)]
    order: Option<String>,
    /// The shop's own id of the customer
    #[arg(long)]
    external_id: Option<String>,
}

/// `laatu pause`.
pub fn stop(settings: &Settings, it: &PauseArguments) -> anyhow::Result<()> {
    turn(settings, &it.which, Some(&it.reason))
}

/// `laatu resume`.
pub fn go_on(settings: &Settings, it: &ResumeArguments) -> anyhow::Result<()> {
    turn(settings, &it.which, None)
}

/// Pauses with a reason, or lets go without one.
fn turn(settings: &Settings, which: &Which, reason: Option<&str>) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    let (slugs, by) = match &which.org {
        Some(slug) => (vec![slug.clone()], PausedBy::Organisation),
        None => (services.store.read(organisations::slugs)?, PausedBy::Operator),
    };
    for slug in &slugs {
        let scope = within(&services, slug, |connection, scope| {
            match reason {
                Some(reason) => pause(&services, connection, scope, by, reason)?,
                None => resume(&services, connection, scope, by)?,
            }
            Ok(scope.clone())
        })?;
        replan_after_pause(&services, &scope)?;
    }
    let names = slugs.join(", ");
    match reason {
        Some(_) => tell(&format!("No mail of {names} leaves until `laatu resume`.")),
        None => tell(&format!("Mails of {names} go again, what is late one after another.")),
    }
    Ok(())
}

/// `laatu why`.
pub fn tell_why(settings: &Settings, it: &WhyArguments) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    let whom = match (&it.whom.email, &it.whom.order, &it.whom.external_id) {
        (Some(email), ..) => Whom::Email(email.clone()),
        (_, Some(number), _) => Whom::OrderNumber(number.clone()),
        (_, _, id) => Whom::ExternalId(id.clone().unwrap_or_default()),
    };
    let told = in_read(&services, |connection| {
        let scope = authority::operator(connection, &it.org)?;
        why(&services, connection, &scope, &whom)
    })?;
    if it.json {
        return print(&serde_json::to_string_pretty(&told)?);
    }
    if told.sending_paused {
        tell("All mails of this organisation are paused.");
    }
    for invitation in &told.invitations {
        print(&as_text(invitation))?;
    }
    Ok(())
}

fn as_text(it: &InvitationLog) -> String {
    let reason = it.reason.map_or(String::new(), |reason| format!(" ({reason})"));
    let due = it.send_at.as_ref().map_or(String::new(), |at| format!(", due {at}"));
    let head = format!("order {}, survey {}: {}{reason}{due}", it.order_number, it.survey, it.state);
    it.log.iter().fold(head, |text, one| format!("{text}\n  {}", line(one)))
}

fn line(one: &LogLine) -> String {
    let reason = one.reason.map_or(String::new(), |reason| format!(" ({reason})"));
    let due = one.send_at.as_ref().map_or(String::new(), |at| format!(", due {at}"));
    let words = if one.words.is_empty() { String::new() } else { format!(": {}", one.words) };
    format!("{}  {} {}{reason}{due}{words}", one.at, one.occasion, one.event)
}

#[derive(Args)]
pub struct MailArguments {
    /// Number of the order
    order: String,
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey; needed when more than one asks about the order
    #[arg(long)]
    survey: Option<String>,
}

/// `laatu mail`: prints the very mail that a customer gets.
pub fn show_mail(settings: &Settings, it: &MailArguments) -> anyhow::Result<()> {
    let services = entry::look(settings)?;
    let seen = in_read(&services, |connection| {
        let scope = authority::operator(connection, &it.org)?;
        let order = orders::find(connection, &scope, &it.order)?.ok_or(Error::NotFound("order"))?;
        let wanted = match &it.survey {
            Some(key) => Some(surveys::find(connection, &scope, key)?.ok_or(Error::NotFound("survey"))?.id),
            None => None,
        };
        let all = invitations::of_order(connection, &scope, order.id)?;
        let mut fits = all.iter().filter(|one| wanted.is_none_or(|id| one.survey_id == id));
        match (fits.next(), fits.next()) {
            (Some(one), None) => look(&services, connection, &scope, one.id),
            (None, _) => Err(Error::NotFound("invitation")),
            _ => Err(Error::Conflict("several surveys ask about it: --survey KEY says which".to_owned())),
        }
    })?;
    match seen {
        Look::Mail(mail) => print(String::from_utf8_lossy(&mail).trim_end()),
        Look::Message(body) => print(&body),
    }
}
