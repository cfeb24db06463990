//! `laatu org set` and `laatu org show`: what an organisation says of itself, by the same rules as over the API.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Map, Value, json};
use survey_forms::language::Language;

use super::field::within;
use super::{entry, print, tell};
use crate::config::Settings;
use crate::service::change_organisation::change_organisation;
use crate::service::once::in_read;
use crate::service::sending::gateway_key_text;
use crate::service::show_organisation::show_organisation;
use crate::store::{authority, organisations};

#[derive(Args)]
pub struct OrgName {
    /// Short name of the organisation
    slug: String,
}

/// Words are a text, `@FILE` for the text of a file, or either behind a language: `fi=…`, given once for each.
#[derive(Args)]
pub struct OrgSet {
    /// Short name of the organisation
    slug: String,
    /// A JSON file in the shape that `org show` prints; what it does not name stays
    #[arg(conflicts_with_all = FLAGS, required_unless_present_any = FLAGS)]
    file: Option<PathBuf>,
    /// Name as customers know it
    #[arg(long)]
    name: Option<String>,
    /// Mail address where a person answers; mails come from it
    #[arg(long, value_name = "EMAIL")]
    contact: Option<String>,
    /// Where replies to mails go; empty for the contact
    #[arg(long, value_name = "EMAIL")]
    reply_to: Option<String>,
    /// The organisation's privacy page
    #[arg(long, value_name = "URL")]
    privacy_url: Option<String>,
    /// Words on privacy at the foot of every page; empty for ours
    #[arg(long, value_name = "WORDS")]
    privacy_text: Vec<String>,
    /// Months for which answers stay linked to a person, 1 to 120
    #[arg(long, value_name = "N")]
    retention_months: Option<i64>,
    /// Time zone in which days, months and quiet hours are counted
    #[arg(long)]
    zone: Option<String>,
    /// Hours in which a finished form can be corrected, 0 to 720
    #[arg(long, value_name = "N")]
    correction_hours: Option<i64>,
    /// Colour of buttons and marks, such as '#b3123e'; empty for ours
    #[arg(long, value_name = "COLOUR")]
    accent: Option<String>,
    /// The goodbye, on the thank-you page and in mails
    #[arg(long, value_name = "WORDS")]
    closing_words: Vec<String>,
    /// What came of earlier answers, on the thank-you page
    #[arg(long, value_name = "WORDS")]
    you_said_we_did: Vec<String>,
    /// What is offered after a low judgement, on the thank-you page; empty for nothing
    #[arg(long, value_name = "WORDS")]
    recovery_offer: Vec<String>,
    /// The offer is shown below so many points of 100 [default: at the two lowest codes]
    #[arg(long, value_name = "POINTS", requires = "recovery_offer")]
    recovery_below: Option<i64>,
    /// A page with help, https
    #[arg(long, value_name = "URL", requires = "recovery_offer")]
    recovery_link: Option<String>,
    /// How often one customer is mailed, reminders included: MAILS/DAYSd, or none
    #[arg(long, value_name = "2/90d")]
    cap: Option<String>,
    /// What is done with a mail when it is not known whether it left: once or never
    #[arg(long, value_name = "WHEN")]
    resend: Option<String>,
    /// Address that takes short messages for telephones; empty for none
    #[arg(long, value_name = "URL")]
    message_gateway: Option<String>,
    /// Key of the survey whose score everybody may see at /score/SLUG; empty for none
    #[arg(long, value_name = "SURVEY")]
    public_score: Option<String>,
    /// Who is asked for a second step when signing in: everybody or own_choice
    #[arg(long, value_name = "WHO")]
    second_step: Option<String>,
}

/// The flags of `org set` that change something by themselves.
const FLAGS: [&str; 17] = [
    "name",
    "contact",
    "reply_to",
    "privacy_url",
    "privacy_text",
    "retention_months",
    "zone",
    "correction_hours",
    "accent",
    "closing_words",
    "you_said_we_did",
    "recovery_offer",
    "cap",
    "resend",
    "message_gateway",
    "public_score",
    "second_step",
];

/// `laatu org set`.
pub fn set(settings: &Settings, it: &OrgSet) -> anyhow::Result<()> {
    let change = match &it.file {
        Some(file) => from_file(file)?,
        None => from_flags(it)?,
    };
    let services = entry::visit(settings)?;
    within(&services, &it.slug, |connection, scope| {
        change_organisation(&services, connection, scope, &change)
    })?;
    tell(&format!("Organisation {} is changed. To see all of it:\n  laatu org show {}", it.slug, it.slug));
    Ok(())
}

/// `laatu org gateway-key`.
pub fn gateway_key(settings: &Settings, it: &OrgName) -> anyhow::Result<()> {
    let services = entry::look(settings)?;
    let organisation = in_read(&services, |connection| {
        let scope = authority::operator(connection, &it.slug)?;
        Ok(organisations::get(connection, &scope)?)
    })?;
    let Some(gateway) = organisation.gateway else {
        bail!("{0} has no gateway: laatu org set {0} --message-gateway https://…", it.slug);
    };
    let key = gateway_key_text(&services, organisation.org_id, &gateway);
    print(&key.with_context(|| format!("the link key file has no key \"{}\"", gateway.link_key_id))?)
}

/// `laatu org show`.
pub fn show(settings: &Settings, it: &OrgName) -> anyhow::Result<()> {
    let services = entry::look(settings)?;
    let shown = in_read(&services, |connection| {
        let scope = authority::operator(connection, &it.slug)?;
        show_organisation(connection, &scope)
    })?;
    print(&serde_json::to_string_pretty(&shown)?)
}

fn from_file(file: &Path) -> anyhow::Result<Value> {
    let text = read(file)?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))
}

fn from_flags(it: &OrgSet) -> anyhow::Result<Value> {
    let mut change = Map::new();
    let texts = [
        ("name", &it.name),
        ("contact", &it.contact),
        ("reply_to", &it.reply_to),
        ("privacy_url", &it.privacy_url),
        ("zone", &it.zone),
        ("accent", &it.accent),
        ("cap", &it.cap),
        ("resend", &it.resend),
        ("message_gateway", &it.message_gateway),
        ("public_score", &it.public_score),
        ("second_step", &it.second_step),
    ];
    for (name, value) in texts {
        change.extend(value.as_ref().map(|value| (name.to_owned(), json!(value))));
    }
    for (name, value) in
        [("retention_months", it.retention_months), ("correction_hours", it.correction_hours)]
    {
        change.extend(value.map(|value| (name.to_owned(), json!(value))));
    }
    let words = [
        ("privacy_text", &it.privacy_text),
        ("closing_words", &it.closing_words),
        ("you_said_we_did", &it.you_said_we_did),
    ];
    for (name, given) in words {
        change.extend(own_words(given)?.map(|words| (name.to_owned(), words)));
    }
    if let Some(words) = own_words(&it.recovery_offer)? {
        let offer = json!({"words": words, "below": it.recovery_below, "link": it.recovery_link});
        change.insert("recovery_offer".to_owned(), offer);
    }
    Ok(Value::Object(change))
}

/// Words as the API takes them: one text, or one for each language.
fn own_words(given: &[String]) -> anyhow::Result<Option<Value>> {
    let mut languages = Map::new();
    for one in given {
        match language_of(one) {
            None if given.len() > 1 => {
                bail!("words given more than once need their languages: \"fi=…\" and \"en=…\"")
            }
            None => return Ok(Some(Value::String(text_of(one)?))),
            Some((language, text)) => {
                if languages.insert(language.tag().to_owned(), Value::String(text_of(text)?)).is_some() {
                    bail!("{language} is given twice");
                }
            }
        }
    }
    Ok((!languages.is_empty()).then_some(Value::Object(languages)))
}

fn language_of(given: &str) -> Option<(Language, &str)> {
    let (tag, text) = given.split_once('=')?;
    let language = Language::ALL.into_iter().find(|language| language.tag() == tag)?;
    Some((language, text))
}

/// The text itself, or that of the file behind an `@`.
fn text_of(given: &str) -> anyhow::Result<String> {
    given.strip_prefix('@').map_or_else(|| Ok(given.to_owned()), |file| read(Path::new(file)))
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}
