//! Changes what an organisation says about itself on forms and in mails.

use serde_json::Value;
use survey_forms::accent::Accent;
use survey_forms::own_words::Name;

use super::read_own_words::{self, Limits};
use super::{Error, Result, Services, public_score, sign_in};
use crate::domain::cap::Cap;
use crate::domain::order::is_mail_address;
use crate::domain::organisation::is_web_address;
use crate::domain::own_texts::ByLanguage;
use crate::domain::reader::ObjectReader;
use crate::domain::{Resend, SecondStepRule, WordsKind};
use crate::store::organisations::{self, OrganisationChange};
use crate::store::{AnyConnection, OrgScope, cells, organisation_words, surveys};

/// Words at the foot of every page, which are the same for every customer.
const PRIVACY: Limits = Limits { longest: 600, names: &Name::OF_EVERY_FORM };
/// The goodbye of a page and of a mail.
const CLOSING: Limits = Limits { longest: 600, names: &Name::ALL };
/// What came of earlier answers.
const WE_DID: Limits = Limits { longest: 2_000, names: &Name::ALL };
/// What is offered after a low judgement.
const OFFER: Limits = Limits { longest: 600, names: &Name::ALL };
/// Most characters of an address of a page.
const LONGEST_LINK: usize = 300;

/// What changes: columns of the organisation's row, and all words of some kinds.
#[derive(Default)]
struct Change {
    row: OrganisationChange,
    words: Vec<(WordsKind, ByLanguage)>,
    /// Who takes short messages; empty for nobody.
    gateway: Option<String>,
    /// The key of the survey whose score everybody may see; empty for none.
    public_score: Option<String>,
    /// Who is asked for a second step when signing in.
    second_step: Option<SecondStepRule>,
}

/// Applies a change; all problems come back at once.
pub fn change_organisation(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    value: &Value,
) -> Result<()> {
    let before = organisations::get(connection, scope)?;
    let mut change = parse(services, value, &before.slug)?;
    if let Some(key) = &change.public_score {
        change.row.public_survey_id = Some(public_score::survey_to_show(connection, scope, key)?);
    }
    if let Some(rule) = change.second_step.filter(|rule| *rule != before.second_step) {
        sign_in::rule::may_set(connection, scope, before.second_step, rule)?;
        change.row.second_step_rule = Some(rule.code());
    }
    if let Some(url) = &change.gateway
        && before.gateway.as_ref().map_or("", |gateway| &gateway.url) != url
    {
        // A new address gets a new key: the old one never learns to sign for it.
        organisations::set_gateway(connection, scope, url, services.links.current_id())?;
    }
    for (kind, words) in &change.words {
        organisation_words::replace(connection, scope, *kind, words)?;
    }
    organisations::change(connection, scope, &change.row)?;
    if change.row.zone.is_some_and(|zone| zone != before.zone_name) {
        // In which year somebody was the first depends on the zone: the cells are made anew.
        for survey in surveys::all(connection, scope)? {
            cells::reset(connection, scope, survey.id)?;
        }
    }
    Ok(())
}

fn parse(services: &Services, value: &Value, slug: &str) -> Result<Change> {
    let mut reader = ObjectReader::open(value, "");
    if reader.text("slug", 80).is_some_and(|other| other != slug) {
        reader.complain("slug", "fixed", format!("is \"{slug}\" and cannot be changed"));
    }
    let mut change = Change { row: plain(&mut reader), ..Change::default() };
    check_addresses(&mut reader, &change.row);
    mailing(&mut reader, &mut change.row);
    change.gateway = gateway(services, &mut reader);
    change.public_score = reader.text_or_empty("public_score", 40);
    change.second_step = reader.word("second_step", SecondStepRule::from_word, &SecondStepRule::words());
    change.row.accent = accent(&mut reader);
    if let Some(mut words) = read_own_words::read(&mut reader, "privacy_text", &PRIVACY) {
        change.row.privacy_text = Some(words.remove("").unwrap_or_default());
        change.words.push((WordsKind::PrivacyText, words));
    }
    for (name, kind, limits) in [
        ("closing_words", WordsKind::ClosingWords, &CLOSING),
        ("you_said_we_did", WordsKind::YouSaidWeDid, &WE_DID),
    ] {
        let words = read_own_words::read(&mut reader, name, limits);
        change.words.extend(words.map(|words| (kind, words)));
    }
    offer(&mut reader, &mut change);
    let problems = reader.finish();
    if problems.is_empty() { Ok(change) } else { Err(Error::Invalid(problems)) }
}

/// What is neither colour nor words of its own.
fn plain(reader: &mut ObjectReader<'_>) -> OrganisationChange {
    OrganisationChange {
        name: reader.text("name", 80),
        contact_email: reader.text("contact", 254),
        reply_to: reader.text_or_empty("reply_to", 254),
        privacy_url: reader.text("privacy_url", LONGEST_LINK),
        retention_months: reader
            .integer("retention_months", 1, 120)
            .and_then(|months| i32::try_from(months).ok()),
        zone: reader.text("zone", 60),
        correction_hours: reader
            .integer("correction_hours", 0, 720)
            .and_then(|hours| i32::try_from(hours).ok()),
        ..OrganisationChange::default()
    }
}

/// How often one customer is mailed, and what is done when it is not known whether a mail left.
fn mailing(reader: &mut ObjectReader<'_>, row: &mut OrganisationChange) {
    if let Some(text) = reader.text("cap", 20) {
        match Cap::parse(&text) {
            Ok(cap) => {
                row.cap_mails = Some(cap.map_or(0, |cap| cap.mails));
                row.cap_days = cap.map(|cap| cap.days);
            }
            Err(message) => reader.complain("cap", "invalid", message),
        }
    }
    row.resend = reader.word("resend", Resend::from_word, &Resend::words()).map(Resend::code);
}

fn check_addresses(reader: &mut ObjectReader<'_>, row: &OrganisationChange) {
    for (name, address) in [("contact", &row.contact_email), ("reply_to", &row.reply_to)] {
        if let Some(address) = address
            && !is_mail_address(address)
            && !(name == "reply_to" && address.is_empty())
        {
            reader.complain(name, "not_an_address", format!("\"{address}\" is not a mail address"));
        }
    }
    if let Some(url) = &row.privacy_url
        && !is_web_address(url)
    {
        let message = format!("\"{url}\" is not a web address; needed is https://…");
        reader.complain("privacy_url", "not_a_web_address", message);
    }
    if let Some(zone) = &row.zone
        && jiff::tz::TimeZone::get(zone).is_err()
    {
        let message = format!("\"{zone}\" is not a time zone, such as Europe/Helsinki");
        reader.complain("zone", "unknown_value", message);
    }
}

/// Who takes short messages: an address outside, by the rules of webhooks; an empty text takes it back.
fn gateway(services: &Services, reader: &mut ObjectReader<'_>) -> Option<String> {
    let url = reader.text_or_empty("message_gateway", 500)?;
    if let Err(words) = services.poster.check(&url)
        && !url.is_empty()
    {
        reader.complain("message_gateway", "gateway_url", words);
    }
    Some(url)
}

/// The colour in small letters; an empty one brings the look's own back.
fn accent(reader: &mut ObjectReader<'_>) -> Option<String> {
    let text = reader.text_or_empty("accent", 40)?;
    if text.is_empty() {
        return Some(text);
    }
    match Accent::read(&text) {
        Ok(accent) => Some(accent.to_string()),
        Err(problem) => {
            reader.complain("accent", "accent", format!("\"{text}\" {problem}"));
            None
        }
    }
}

/// The offer, which is given as a whole: what it does not name goes back to its default.
fn offer(reader: &mut ObjectReader<'_>, change: &mut Change) {
    let Some(value) = reader.value("recovery_offer") else { return };
    if !value.is_object() {
        let needed = "needed is an object with words, and with below and link if wanted";
        return reader.complain("recovery_offer", "type", needed);
    }
    let mut offer = ObjectReader::open(value, "/recovery_offer");
    let words = read_own_words::read(&mut offer, "words", &OFFER);
    if offer.value("words").is_none() {
        offer.complain("words", "missing", "is missing; an empty text takes the offer back");
    }
    let below = offer.integer("below", 1, 100).and_then(|below| i16::try_from(below).ok());
    let link = offer.text("link", LONGEST_LINK);
    if let Some(link) = &link
        && !(is_web_address(link) && link.starts_with("https://"))
    {
        let message = format!("\"{link}\" is not a safe web address; needed is https://…");
        offer.complain("link", "not_a_web_address", message);
    }
    let is_taken_back = words.as_ref().is_some_and(ByLanguage::is_empty);
    change.row.recovery_below = Some(below.filter(|_| !is_taken_back).unwrap_or(0));
    change.row.recovery_link = Some(link.filter(|_| !is_taken_back).unwrap_or_default());
    change.words.extend(words.map(|words| (WordsKind::RecoveryOffer, words)));
    reader.take_in(offer);
}
