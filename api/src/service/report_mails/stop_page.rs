//! The page behind the link in a mailed report: it asks, and stops the report when its button is pressed or a mail program
//! says so (RFC 8058). Looking at it changes nothing.

use survey_forms::language::Language;
use survey_forms::render::{ReportStopPage, ReportStopState};

use super::super::coloured_page::Html;
use super::super::form_session::organisation_words;
use super::super::once::{in_read, in_transaction};
use super::super::unsubscribe::{Told, Wish, masked, nothing};
use super::super::{Error, Result, Services};
use crate::store::{AnyConnection, members, organisations, report_mails, saved_views};

/// What stands for the name of a view that is gone.
const GONE: &str = "–";

/// Shows how things stand, after doing what is wished; doing it again changes nothing.
pub fn stop_page(services: &Services, token: &str, wish: Wish, language: Option<Language>) -> Result<Told> {
    let done = |connection: &mut AnyConnection| {
        let Some((scope, one)) = report_mails::by_link(connection, token)? else { return Ok(None) };
        let Some(reader) = members::of_job(connection, &scope, one.member_id)? else { return Ok(None) };
        if wish == Wish::End {
            super::stop(services, connection, &scope, &one)?;
        }
        let view = saved_views::seen(connection, &scope, one.member_id, one.view_id)?;
        let organisation = organisations::get(connection, &scope)?;
        Ok(Some((one, reader, view, organisation)))
    };
    let found = if wish == Wish::End { in_transaction(services, done)? } else { in_read(services, done)? };
    let Some((one, reader, view, organisation)) = found else { return nothing(services) };
    let is_over = wish == Wish::End || one.stopped_at.is_some();
    let own = Language::parse(&one.language).unwrap_or(Language::ENGLISH);
    let page = ReportStopPage {
        language: language.unwrap_or(own),
        languages: &Language::ALL,
        organisation: organisation_words(&organisation),
        view: view.as_ref().map_or(GONE, |view| &view.name),
        address: &masked(&reader.member.email),
        state: if is_over { ReportStopState::Done } else { ReportStopState::Ask },
    };
    let page = services.renderer.report_stop(&page).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Told::Page(Html::of(&organisation, page)))
}
