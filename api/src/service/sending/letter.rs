//! What a mail says: its words, its links and who it is from.

use survey_forms::language::Language;
use survey_forms::render::{self, InvitationMail, MailParts};

use super::super::form_plan::Asking;
use super::super::form_session::organisation_words;
use super::super::links::Purpose;
use super::super::{Error, Result, Services, own_data};
use super::Outgoing;
use crate::domain::organisation::Organisation;
use crate::domain::{Occasion, WordsKind};
use crate::mail::Envelope;
use crate::store::invitations::Invitation;
use crate::store::orders::StoredOrder;
use crate::store::outbox::Mail;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, authority, places};

/// Writes the mail that was begun.
pub fn write(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    it: &Outgoing,
) -> Result<Envelope> {
    let Outgoing { invitation, mail, survey, order, customer, organisation, reach } = it;
    let texts = services.known.own_texts(connection, scope, organisation.revision)?;
    let closing_words = texts.get(WordsKind::ClosingWords, &invitation.language).unwrap_or_default();
    let place =
        if closing_words.contains("place") { places::key(connection, scope, order.place_id)? } else { None };
    let own = Closing { words: closing_words, place: place.as_deref().filter(|place| !place.is_empty()) };
    let unsubscribe_link = unsubscribe_link(services, organisation, invitation)?;
    let occasion = mail.occasion;
    let about = About { invitation, survey, order, occasion, unsubscribe_link: &unsubscribe_link };
    let parts = mail_parts(services, connection, scope, &about, organisation, own)?;
    let name = file_name(mail);
    let about = (invitation.id, mail.occasion);
    let return_to = services.returns.address.as_ref();
    let return_to =
        return_to.and_then(|it| it.of_mail(services, &organisation.route, &invitation.link_key_id, about));
    Ok(Envelope {
        message_id: format!("<{name}.invitation@{}>", host_of(&services.public_url)),
        file_name: name,
        from_name: organisation.name.clone(),
        from: organisation.contact_email.clone(),
        reply_to: organisation.replies().to_owned(),
        to_name: customer.name.clone(),
        to: reach.address.clone(),
        unsubscribe_address: return_to.clone().unwrap_or_else(|| organisation.replies().to_owned()),
        return_to,
        unsubscribe_link,
        language: invitation.language.clone(),
        subject: parts.subject,
        text: parts.text,
        html: parts.html,
        date: services.now(),
        test: invitation.test,
    })
}

/// Where a customer says that they want no more mails.
fn unsubscribe_link(
    services: &Services,
    organisation: &Organisation,
    invitation: &Invitation,
) -> Result<String> {
    let key_id = &invitation.link_key_id;
    let secret = services
        .links
        .secret(key_id, Purpose::Unsubscribe, invitation.id)
        .ok_or_else(|| Error::Broken(format!("the link key file no longer has the key \"{key_id}\"")))?;
    let token = authority::named_link(&organisation.route, invitation.id, &secret);
    Ok(format!("{}/u/{token}", services.public_url))
}

/// The invitation's id; of a reminder with its number.
pub(super) fn file_name(mail: &Mail) -> String {
    match mail.occasion {
        Occasion::First => mail.invitation_id.to_string(),
        occasion => format!("{}-{}", mail.invitation_id, occasion.code() - 1),
    }
}

/// What a mail is about.
struct About<'a> {
    invitation: &'a Invitation,
    survey: &'a Survey,
    order: &'a StoredOrder,
    occasion: Occasion,
    unsubscribe_link: &'a str,
}

/// The organisation's goodbye, and the place that it may name.
#[derive(Clone, Copy)]
struct Closing<'a> {
    words: &'a str,
    place: Option<&'a str>,
}

fn mail_parts(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    about: &About<'_>,
    organisation: &crate::domain::organisation::Organisation,
    closing: Closing<'_>,
) -> Result<MailParts> {
    let About { invitation, survey, order, .. } = *about;
    let link = answer_link(services, organisation, invitation)?;
    let key_id = &invitation.link_key_id;
    let own_data = own_data::token(services, &organisation.route, key_id, invitation.id);
    let own_data_link = format!("{}/p/{}", services.public_url, own_data.unwrap_or_default());
    let language = Language::parse(&invitation.language)
        .ok_or_else(|| Error::Broken(format!("the language \"{}\" is not shipped", invitation.language)))?;
    let plan = services.form_plan(connection, scope, survey, &Asking::of(invitation))?;
    let first = plan.pages.first().and_then(|page| page.items.first()).copied();
    let first = first.filter(|_| survey.first_in_mail);
    let mail = InvitationMail {
        language,
        organisation: organisation_words(organisation),
        order_number: &order.order_number,
        link: &link,
        own_data_link: &own_data_link,
        unsubscribe_link: about.unsubscribe_link,
        occasion: match about.occasion {
            Occasion::First => render::Occasion::First,
            Occasion::Reminder => render::Occasion::Reminder,
            Occasion::LastReminder => render::Occasion::LastReminder,
        },
        minutes: plan.minutes(),
        // Only a question with one answer of one item can be begun by a link.
        first: first
            .and_then(|item| plan.instrument.items().get(item))
            .filter(|item| item.question.is_none()),
        closing_words: closing.words,
        place: closing.place,
    };
    services.renderer.mail(&mail).map_err(|error| Error::Broken(error.to_string()))
}

/// The customer's own link to the form.
pub(in crate::service) fn answer_link(
    services: &Services,
    organisation: &Organisation,
    invitation: &Invitation,
) -> Result<String> {
    let secret =
        services.links.secret(&invitation.link_key_id, Purpose::Answer, invitation.id).ok_or_else(|| {
            Error::Broken(format!("the link key file no longer has the key \"{}\"", invitation.link_key_id))
        })?;
    if authority::secret_hash(&secret) != invitation.token_hash {
        let id = &invitation.link_key_id;
        return Err(Error::Broken(format!(
            "the key \"{id}\" of the link key file is not the one that made this link"
        )));
    }
    Ok(format!("{}/s/{}.{secret}", services.public_url, organisation.route))
}

/// The host of an address, for message ids.
pub(in crate::service) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "localhost" } else { host }
}
