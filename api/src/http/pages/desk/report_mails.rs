//! Reports by mail: asked for and stopped on the page of views.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use survey_forms::language::Language;

use super::door::{OwnForm, Visit};
use super::right::Read;
use super::survey_address::base;
use super::views::VIEWS;
use crate::domain::time::{date_of_day, day_number};
use crate::domain::{Id, MailState, Micros, Rhythm};
use crate::service::desk::scope::{day_words, language_name};
use crate::service::report_mails::{self, Asked, Listed};
use crate::service::{Result as ServiceResult, Services};
use crate::store::organisations;
use crate::store::report_mail_runs::Run;
use crate::store::{AnyConnection, OrgScope};

/// What the page of views says about mails.
#[derive(Debug, Default, Serialize)]
pub(super) struct MailsView {
    mails: Vec<Shown>,
    rhythms: Vec<Choice>,
    languages: Vec<Choice>,
    /// The address that they go to.
    email: String,
    paused: bool,
}

#[derive(Debug, Serialize)]
struct Shown {
    view: String,
    path: String,
    rhythm: &'static str,
    language: String,
    next: String,
    last: String,
    stop: String,
}

#[derive(Debug, Serialize)]
struct Choice {
    value: &'static str,
    name: String,
    chosen: bool,
}

/// Reads what the page of views says about the mails of who is signed in.
fn view(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    email: &str,
) -> ServiceResult<MailsView> {
    let organisation = organisations::get(connection, scope)?;
    let zone = organisation.zone();
    let today = services.now().day_in(&zone);
    let usual = report_mails::usual_language(connection, scope)?;
    let day = |at: Micros| day_words(date_of_day(at.day_in(&zone)));
    let listed = report_mails::list_own(connection, scope)?;
    Ok(MailsView {
        mails: listed.into_iter().filter_map(|one| shown(one, today, &day)).collect(),
        rhythms: Rhythm::ALL.iter().map(|one| choice(one.word(), rhythm_words(*one), false)).collect(),
        languages: Language::ALL
            .iter()
            .map(|one| choice(one.tag(), &language_name(one.tag()), *one == usual))
            .collect(),
        email: email.to_owned(),
        paused: organisation.pause.is_on(),
    })
}

fn choice(value: &'static str, name: &str, chosen: bool) -> Choice {
    Choice { value, name: name.to_owned(), chosen }
}

const fn rhythm_words(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Weekly => "Each Monday",
        Rhythm::Monthly => "On the third of a month",
    }
}

/// One that its reader still gets; what lost its view ends with its next turn.
fn shown(one: Listed, today: i32, day: &impl Fn(Micros) -> String) -> Option<Shown> {
    let view = one.view?;
    let slash = if view.page.is_empty() { "" } else { "/" };
    let next = one.next_on.map_or_else(String::new, |next| {
        let late = day_number(next) < today;
        if late {
            "as soon as it can be sent".to_owned()
        } else {
            format!("{} {}", next.strftime("%A"), day_words(next))
        }
    });
    Some(Shown {
        path: format!("{}{slash}{}{}", base(&view.survey), view.page, view.query),
        view: view.name,
        rhythm: rhythm_words(one.report.rhythm),
        language: language_name(&one.report.language),
        next,
        last: one.last.map_or_else(|| "none yet".to_owned(), |run| last_words(&run, day)),
        stop: format!("/dashboard/report-mails/{}/stop", one.report.id),
    })
}

/// What became of the last mail.
fn last_words(run: &Run, day: &impl Fn(Micros) -> String) -> String {
    let at = run.sent_at.or(run.began_at).map(day).unwrap_or_default();
    match run.state {
        MailState::Sent => format!("sent on {at}"),
        MailState::Failed => format!("not taken on {at}: {}", run.last_error),
        MailState::Uncertain => format!("begun on {at}; whether it left is not known"),
        MailState::Dropped => "skipped, since a newer one was due".to_owned(),
        MailState::Ready | MailState::Sending | MailState::Deferred => format!("tried on {at}"),
    }
}

/// Begins to mail the figures of a view.
pub async fn ask(form: OwnForm<Read>) -> HttpResponse {
    let (view, rhythm, language) =
        (Id::parse(&form.text("view")), form.text("rhythm"), form.text("language"));
    let asked = Asked { view, rhythm, language };
    let done = form
        .write(move |services, connection, scope| report_mails::ask(services, connection, scope, &asked))
        .await;
    form.lead(done, VIEWS)
}

/// Stops a report.
pub async fn stop(form: OwnForm<Read>, id: web::Path<String>) -> HttpResponse {
    let Some(id) = Id::parse(&id) else { return form.nothing() };
    let done = form
        .write(move |services, connection, scope| report_mails::stop_own(services, connection, scope, id))
        .await;
    form.lead(done, VIEWS)
}

/// Reads the page's part in a transaction of its own.
pub(super) async fn read(visit: &Visit) -> ServiceResult<MailsView> {
    let email = visit.who.known.member.email.clone();
    visit.read(move |services, connection, scope| view(services, connection, scope, &email)).await
}
