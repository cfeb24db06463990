//! The customer's own data: seen, taken along, corrected and erased by the link that only the customer was sent.
//!
//! The link is one of its own purpose ([`Purpose::Privacy`]): it opens as long as there are rows, also when the form's
//! link has run out. It shows the order that it was sent about in full, and of the customer's other orders only how many
//! there are: it proves that somebody could read one mail at one time. Nothing secret stands in the page, so it can be
//! printed, saved and shown to somebody: the way to the form is a redirect, made when it is followed. Called by
//! `http::pages::own_data`; what is erased, and how, is in `erase`.

mod facts;
mod file;
mod held;
mod page;

use survey_forms::language::Language;
use survey_forms::render::ErasePage;

use held::Held;

use super::coloured_page::Html;
use super::erase::{erase, look, tidy};
use super::form_session::organisation_words;
use super::links::Purpose;
use super::once::in_read;
use super::open_form::{Shown, unknown};
use super::{Error, Result, Services};
use crate::domain::Id;
use crate::store::authority::{self, Opened, named_link};
use crate::store::holdings::Named;
use crate::store::tidy::Effort;
use crate::store::{organisations, own_data};

/// What the link is opened for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// The language of the page and of the questions in the file.
    pub language: Option<Language>,
    /// All of it as a file.
    pub file: bool,
    /// The form, for changing answers.
    pub change: bool,
}

/// What the customer gets.
#[derive(Debug)]
pub enum Told {
    /// A page.
    Page(Html),
    /// A file to take along: its name and its JSON.
    File(String, Vec<u8>),
    /// The customer's form, by its token.
    Form(String),
    /// The link opens nothing; the page is the one of all such links.
    Unknown(Html),
}

/// The customer's own link to what is kept about them, `<route>.<id><secret>`; none when its link key is gone.
pub fn token(services: &Services, route: &str, key_id: &str, invitation: Id) -> Option<String> {
    let secret = services.links.secret(key_id, Purpose::Privacy, invitation)?;
    Some(named_link(route, invitation, &secret))
}

/// Shows what the link is opened for; changes nothing.
pub fn open(services: &Services, token: &str, wanted: Wanted) -> Result<Told> {
    let held = in_read(services, |connection| {
        let Some(opened) = by_token(services, connection, token)? else { return Ok(None) };
        Held::gather(services, connection, opened).map(Some)
    })?;
    let Some(held) = held else { return nothing(services) };
    let now = services.now();
    if wanted.file {
        let body = file::written(&held, held.language(wanted.language), now)?;
        return Ok(Told::File(format!("laatu_{}_my-data.json", held.organisation.slug), body));
    }
    if wanted.change
        && let Some(token) = form_token(services, &held)
    {
        return Ok(Told::Form(token));
    }
    let page = page::shown(services, &held, held.language(wanted.language), now)?;
    Ok(Told::Page(Html::of(&held.organisation, page)))
}

/// Asks once more before everything is erased; changes nothing.
pub fn ask(services: &Services, token: &str, language: Option<Language>) -> Result<Told> {
    let Some(found) = find(services, token, language)? else { return nothing(services) };
    let erased = look(services, &found.opened.scope, &found.named)?;
    let back = format!("?language={}", found.language);
    let view = ErasePage {
        language: found.language,
        organisation: organisation_words(&found.organisation),
        orders: erased.orders,
        answered: found.begun,
        back: &back,
    };
    let page = services.renderer.erase_page(&view).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Told::Page(Html::of(&found.organisation, page)))
}

/// Erases the customer behind the link with everything, as `laatu erase --customer` does.
///
/// Whoever comes a second time finds a link that opens nothing.
pub fn erase_all(services: &Services, token: &str, language: Option<Language>) -> Result<Told> {
    let Some(found) = find(services, token, language)? else { return nothing(services) };
    erase(services, &found.opened.scope, &found.named)?;
    if let Some(words) = tidy(services, Effort::Passing) {
        tracing::warn!(%words, "the files of the database were not cleared after an erasure");
    }
    let organisation = organisation_words(&found.organisation);
    let page = services.renderer.erased_page(found.language, &organisation);
    let page = page.map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Told::Page(Html::of(&found.organisation, page)))
}

/// Who is behind a link, for an erasure.
struct Found {
    opened: Opened,
    named: Named,
    organisation: crate::domain::organisation::Organisation,
    language: Language,
    /// How many questionnaires the customer has begun, of all orders.
    begun: usize,
}

fn find(services: &Services, token: &str, language: Option<Language>) -> Result<Option<Found>> {
    in_read(services, |connection| {
        let Some(opened) = by_token(services, connection, token)? else { return Ok(None) };
        let customer = opened.invitation.customer_id;
        let own = Language::parse(&opened.invitation.language).unwrap_or(Language::ENGLISH);
        Ok(Some(Found {
            named: Named { customers: vec![customer], ..Named::default() },
            organisation: organisations::get(connection, &opened.scope)?,
            language: language.unwrap_or(own),
            begun: usize::try_from(own_data::begun_by(connection, &opened.scope, customer)?).unwrap_or(0),
            opened,
        }))
    })
}

fn by_token(
    services: &Services,
    connection: &mut crate::store::AnyConnection,
    token: &str,
) -> Result<Option<Opened>> {
    let secret_of = |key_id: &str, id: Id| services.links.secret(key_id, Purpose::Privacy, id);
    Ok(authority::by_named_link(connection, token, secret_of)?)
}

/// The token of the form, while its answers can be changed.
fn form_token(services: &Services, held: &Held) -> Option<String> {
    let invitation = &held.behind_link(services.now())?.invitation;
    let secret = services.links.secret(&invitation.link_key_id, Purpose::Answer, invitation.id)?;
    Some(format!("{}.{secret}", held.organisation.route))
}

/// The page of every link that opens nothing, byte for byte that of the form.
fn nothing(services: &Services) -> Result<Told> {
    match unknown(services)? {
        Shown::Unknown(page) => Ok(Told::Unknown(page)),
        other => Err(Error::Broken(format!("a dead link shows {other:?}"))),
    }
}
