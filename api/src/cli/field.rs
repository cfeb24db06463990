//! `laatu org`, `laatu key` and `laatu survey`: what puts a survey in the field.

use clap::{Args, Subcommand};

use super::org::{self, OrgName, OrgSet};
use super::{entry, links, print, tell};
use crate::config::Settings;
use crate::domain::survey::{delay_words, parse_delay};
use crate::domain::{Collection, Grant, Role, SurveyState};
use crate::service::create_key::create_key;
use crate::service::create_organisation::{self, create_organisation};
use crate::service::create_survey::{self, DEFAULT_AFTER, DEFAULT_QUIET, create_survey, set_survey_state};
use crate::service::once::in_transaction;
use crate::service::plan_invitations::replan_survey;
use crate::service::survey_offer::{DEFAULT_REMIND_AFTER, DEFAULT_VALID_DAYS, OfferRequest};
use crate::service::survey_way::WayRequest;
use crate::service::{Error, Services};
use crate::store::api_keys::{self, KeyRights};
use crate::store::authority;
use crate::store::{AnyConnection, OrgScope};

#[derive(Subcommand)]
pub enum OrgCommand {
    /// Make an organisation
    #[command(
        after_help = "Example:\n  laatu org create tuulia --name Tuulia --contact care@example.org --privacy-url https://example.org/privacy"
    )]
    Create(OrgCreate),
    /// Change what forms and mails say: name, addresses, colour, own words
    #[command(
        after_help = "Examples:\n  laatu org set tuulia --accent '#b3123e' --closing-words 'See you again.'\n  laatu org set tuulia --closing-words en=@closing.en.txt --closing-words fi=@closing.fi.txt\n  laatu org set tuulia --recovery-offer 'We deliver order {{order}} anew.' --recovery-below 40\n  laatu org set tuulia tuulia.json"
    )]
    Set(Box<OrgSet>),
    /// Print what forms and mails say, as JSON that `org set` takes back
    #[command(after_help = "Example:\n  laatu org show tuulia > tuulia.json")]
    Show(OrgName),
    /// Print the key by which posts to its gateway for short messages are signed
    GatewayKey(OrgName),
}

#[derive(Args)]
pub struct OrgCreate {
    /// Short name: a-z, 0-9 and -
    slug: String,
    /// Name as customers know it
    #[arg(long)]
    name: String,
    /// Mail address where a person answers; mails come from it
    #[arg(long)]
    contact: String,
    /// The organisation's privacy page
    #[arg(long)]
    privacy_url: String,
    /// Time zone in which days, months and quiet hours are counted
    #[arg(long, default_value = "Europe/Helsinki")]
    zone: String,
}

#[derive(Subcommand)]
pub enum KeyCommand {
    /// Make an API key; prints only the key, once
    #[command(
        after_help = "Examples:\n  laatu key create --org tuulia --role sender\n  laatu key create --org tuulia --role analyst --grant rows\n  laatu key create --org tuulia --role sender --test"
    )]
    Create(KeyCreate),
    /// Revoke an API key at once
    #[command(
        after_help = "Example, for the key laatu_abcdefghij_k3x9qa_…:\n  laatu key revoke --org tuulia --id k3x9qa"
    )]
    Revoke(KeyRevoke),
}

#[derive(Args)]
pub struct KeyRevoke {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// The third part of the key
    #[arg(long)]
    id: String,
}

#[derive(Args)]
pub struct KeyCreate {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// owner, admin, analyst, agent, sender or auditor
    #[arg(long, value_parser = parse_role)]
    role: Role,
    /// A right beside the role: rows (live figures and single answers)
    #[arg(long, value_parser = parse_grant)]
    grant: Vec<Grant>,
    /// A test key: its orders never mail a real person and never enter a report
    #[arg(long)]
    test: bool,
}

#[derive(Subcommand)]
pub enum SurveyCommand {
    /// Make a survey: an instrument with its rule
    #[command(
        after_help = "Example:\n  laatu survey create --org tuulia --key after-delivery --instrument perceived-quality --after delivered:3d"
    )]
    Create(Box<SurveyCreate>),
    /// Put a survey into the field
    Start(SurveyName),
    /// Stop a survey for now; what is due waits
    Pause(SurveyName),
    /// Make a link of an open survey, for a counter, a table or a parcel slip; prints its address
    #[command(
        after_help = "Examples:\n  laatu survey link desk --org tuulia --place turku --label \"Counter at the door\" --qr counter.svg\n  laatu survey link slip --org tuulia --channel web"
    )]
    Link(links::SurveyLink),
    /// Print an address under which the pages of a survey can be looked at; nothing is kept there
    #[command(after_help = "Example:\n  laatu survey preview after-delivery --org tuulia")]
    Preview(links::SurveyPreview),
}

#[derive(Args)]
pub struct SurveyCreate {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey: a-z, 0-9 and -
    #[arg(long)]
    key: String,
    /// Key of a shipped or published instrument
    #[arg(long)]
    instrument: String,
    /// quick, standard or full
    #[arg(long, default_value = "standard")]
    length: String,
    /// After which event and how long: placed, shipped, delivered or complaint_closed, then days or hours
    #[arg(long, default_value = DEFAULT_AFTER)]
    after: String,
    /// Hours and days without mail, or none
    #[arg(long, default_value = DEFAULT_QUIET)]
    quiet: String,
    /// Ask whoever opens one of its links, and nobody by mail
    #[arg(long, conflicts_with_all = ["after", "quiet"])]
    open: bool,
    /// Languages in which it is offered [default: all of the instrument]
    #[arg(long, value_delimiter = ',')]
    languages: Vec<String>,
    /// How its questions are spread over pages: one question a page, one section a page, or all on one page
    #[arg(long, default_value = "section")]
    paging: String,
    /// Of a hundred customers, those who are asked everything
    #[arg(long, default_value_t = 0)]
    full_share: i64,
    /// Key of the survey that asks, before the service, what is expected of the same orders
    #[arg(long, default_value = "")]
    expectation: String,
    /// A short questionnaire for those who were in touch some way, such as phone=channel-phone; may be repeated
    #[arg(long = "module", value_parser = parse_module)]
    modules: Vec<(String, String)>,
    /// Show the first question in the mail; its answers are links that only mark one
    #[arg(long)]
    first_in_mail: bool,
    /// Of a hundred orders, those that are drawn
    #[arg(long, value_name = "PERCENT", default_value_t = 100)]
    sample: i64,
    /// Only events from this instant on count, such as 2026-12-01T00:00:00Z
    #[arg(long, value_name = "INSTANT", default_value = "")]
    active_from: String,
    /// Key of a place it asks about; may be repeated [default: all]
    #[arg(long = "place", value_name = "KEY")]
    places: Vec<String>,
    /// 0 to 9: goes before surveys with a lower one; of those above 0 only the highest asks about an order
    #[arg(long, default_value_t = 0)]
    priority: i64,
    /// Reminders of an unanswered invitation, 0 to 2
    #[arg(long, default_value_t = 0)]
    reminders: i64,
    /// From a mail to the next reminder
    #[arg(long, value_name = "DELAY", default_value = DEFAULT_REMIND_AFTER)]
    remind_after: String,
    /// Days for which a mailed link opens the form
    #[arg(long, value_name = "N", default_value_t = DEFAULT_VALID_DAYS)]
    valid_days: i64,
    /// What brings its invitations: mail, message and slip, the first by which a customer can be reached
    #[arg(long = "by", value_name = "CARRIERS", value_delimiter = ',', default_value = "mail")]
    carriers: Vec<String>,
}

fn parse_module(text: &str) -> Result<(String, String), String> {
    let (channel, key) = text
        .split_once('=')
        .ok_or_else(|| format!("\"{text}\": needed is CHANNEL=INSTRUMENT, such as phone=channel-phone"))?;
    Ok((channel.to_owned(), key.to_owned()))
}

#[derive(Args)]
pub struct SurveyName {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey
    #[arg(long)]
    key: String,
}

pub(super) fn parse_role(text: &str) -> Result<Role, String> {
    Role::from_word(text).ok_or_else(|| format!("accepted are {}", Role::words()))
}

pub(super) fn parse_grant(text: &str) -> Result<Grant, String> {
    Grant::from_word(text).ok_or_else(|| format!("accepted is {}", Grant::words()))
}

/// `laatu org`.
pub fn org(settings: &Settings, command: OrgCommand) -> anyhow::Result<()> {
    let it = match command {
        OrgCommand::Create(it) => it,
        OrgCommand::Set(it) => return org::set(settings, &it),
        OrgCommand::Show(it) => return org::show(settings, &it),
        OrgCommand::GatewayKey(it) => return org::gateway_key(settings, &it),
    };
    let services = entry::visit(settings)?;
    let request = create_organisation::Request {
        slug: it.slug,
        name: it.name,
        contact: it.contact,
        privacy_url: it.privacy_url,
        zone: it.zone,
    };
    create_organisation(&services, &request)?;
    tell(&format!(
        "Organisation {} is there. Next:\n  laatu key create --org {} --role owner",
        request.slug, request.slug
    ));
    Ok(())
}

/// `laatu key`.
pub fn key(settings: &Settings, command: KeyCommand) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    let it = match command {
        KeyCommand::Create(it) => it,
        KeyCommand::Revoke(it) => return revoke(&services, &it),
    };
    let scope = services.store.read(|connection| authority::operator(connection, &it.org))?;
    let rights = KeyRights { role: it.role, grants: it.grant, test: it.test };
    print(&create_key(&services, &scope, &rights)?)
}

fn revoke(services: &Services, it: &KeyRevoke) -> anyhow::Result<()> {
    services.store.write(|connection| {
        let scope = authority::operator(connection, &it.org)?;
        api_keys::revoke_key(connection, &scope, &it.id, services.now())
    })?;
    tell(&format!("Key {} opens nothing any more.", it.id));
    Ok(())
}

/// `laatu survey`.
pub fn survey(settings: &Settings, command: SurveyCommand) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    match command {
        SurveyCommand::Create(it) => create(&services, *it),
        SurveyCommand::Start(it) => set_state(&services, &it, SurveyState::Running),
        SurveyCommand::Pause(it) => set_state(&services, &it, SurveyState::Paused),
        SurveyCommand::Link(it) => links::link(&services, &it),
        SurveyCommand::Preview(it) => links::preview(&services, &it),
    }
}

fn create(services: &Services, it: SurveyCreate) -> anyhow::Result<()> {
    let (event, delay) = it.after.split_once(':').unwrap_or((&it.after, ""));
    let request = create_survey::Request {
        key: it.key,
        instrument: it.instrument,
        version: None,
        length: it.length,
        event: event.to_owned(),
        delay: delay.to_owned(),
        quiet: it.quiet,
        languages: it.languages,
        way: WayRequest {
            paging: it.paging,
            full_share: it.full_share,
            expectation: it.expectation,
            modules: it.modules,
            first_in_mail: it.first_in_mail,
        },
        collection: if it.open { Collection::Open } else { Collection::Orders },
        offer: OfferRequest {
            sample_share: it.sample,
            active_from: it.active_from,
            places: it.places,
            priority: it.priority,
            reminders: it.reminders,
            remind_after: it.remind_after,
            valid_days: it.valid_days,
            carriers: it.carriers,
        },
    };
    let survey =
        within(services, &it.org, |connection, scope| create_survey(services, connection, scope, &request))?;
    let when = if survey.is_open() {
        "whoever opens its links".to_owned()
    } else {
        format!("{} after {}", parse_delay(delay).map_or(String::new(), delay_words), survey.event)
    };
    tell(&format!(
        "Survey {} asks {} version {}, {when}, in {}. Next:\n  laatu survey start --org {} --key {}",
        survey.key,
        survey.instrument_key,
        survey.instrument_version,
        survey.languages.join(", "),
        it.org,
        survey.key
    ));
    Ok(())
}

fn set_state(services: &Services, it: &SurveyName, state: SurveyState) -> anyhow::Result<()> {
    let (scope, survey) = within(services, &it.org, |connection, scope| {
        Ok((scope.clone(), set_survey_state(connection, scope, &it.key, state)?))
    })?;
    replan_survey(services, &scope, &survey)?;
    tell(&format!("Survey {} is {}.", survey.key, survey.state));
    Ok(())
}

pub(super) fn within<T>(
    services: &Services,
    org: &str,
    work: impl Fn(&mut AnyConnection, &OrgScope) -> Result<T, Error>,
) -> Result<T, Error> {
    in_transaction(services, |connection| {
        let scope = authority::operator(connection, org)?;
        work(connection, &scope)
    })
}
