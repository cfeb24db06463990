//! The invitations of a survey, each with its state and why its mail waits or will not go.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use jiff::tz::TimeZone;
use serde_json::json;

use super::door::{Inside, Visit};
use super::right::Read;
use super::shell::Page;
use super::survey_address::{asked, base, links, query};
use super::{Fields, field, sentence};
use crate::domain::reader::FieldProblem;
use crate::domain::{Id, InvitationState, Micros, Reason, SurveyState};
use crate::service::desk::scope::{day_words, language_name};
use crate::service::list_invitations::{InvitationList, ListedInvitation, Request, list_invitations};
use crate::service::{Error, Result as ServiceResult};
use crate::store::{AnyConnection, OrgScope, organisations, surveys};

/// Invitations on a page.
const A_PAGE: i64 = 50;

/// What of the page does not depend on the form.
struct Found {
    list: InvitationList,
    zone: TimeZone,
    state: SurveyState,
    /// What is wrong with the address.
    wrong: Vec<FieldProblem>,
}

/// The invitations of a survey, with what became of each and why.
pub async fn show(visit: Inside<Read>, key: web::Path<String>) -> HttpResponse {
    let fields: Fields = serde_urlencoded::from_str(visit.request.query_string()).unwrap_or_default();
    let chosen = field(&fields, "state").unwrap_or_default().to_owned();
    let wanted = Request {
        survey: Some(key.to_string()),
        state: InvitationState::from_word(&chosen),
        order_number: field(&fields, "order").map(str::to_owned),
        cursor: field(&fields, "after").map(str::to_owned),
        limit: A_PAGE,
    };
    let (asked_for, survey) = (wanted.clone(), key.clone());
    let found = visit.read(move |_, connection, scope| find(connection, scope, &survey, &asked_for)).await;
    match found {
        Ok(found) => {
            let order = wanted.order_number.unwrap_or_default();
            page(&visit, (&key, &fields), (&chosen, &order), &found)
        }
        Err(error) => visit.failed(&error),
    }
}

fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    wanted: &Request,
) -> ServiceResult<Found> {
    let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
    let zone = organisations::get(connection, scope)?.zone();
    let (list, wrong) = match list_invitations(connection, scope, wanted) {
        Ok(list) => (list, Vec::new()),
        Err(Error::Invalid(problems)) => (InvitationList { invitations: Vec::new(), next: None }, problems),
        Err(error) => return Err(error),
    };
    Ok(Found { list, zone, state: survey.state, wrong })
}

fn page(
    visit: &Visit,
    (key, fields): (&str, &Fields),
    (chosen, order): (&str, &str),
    found: &Found,
) -> HttpResponse {
    let states: Vec<serde_json::Value> = InvitationState::ALL
        .iter()
        .map(|one| json!({"value": one.word(), "name": sentence(one.word()), "chosen": one.word() == chosen}))
        .collect();
    let next = found.list.next.as_deref().map(|after| {
        let set = [("state", chosen), ("order", order), ("after", after)];
        let set = set.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        format!("?{}", serde_urlencoded::to_string(set).unwrap_or_default())
    });
    let rows: Vec<serde_json::Value> =
        found.list.invitations.iter().map(|one| invitation(one, &found.zone)).collect();
    let (order_error, problem) = wrong_words(&found.wrong);
    let view = json!({
        "survey": key,
        "action": format!("{}/invitations", base(key)),
        "zone": found.zone.iana_name().unwrap_or("UTC"),
        "heading": heading(chosen, order),
        "rows": rows,
        "states": states,
        "order": order,
        "next": next.unwrap_or_default(),
        "problem": problem,
        "order_error": order_error,
        "refused": !found.wrong.is_empty(),
        "filtered": !chosen.is_empty() || !order.is_empty(),
        "draft": found.state == SurveyState::Draft,
    });
    let links = links(key, "invitations", &query(&asked(fields)));
    let (status, title) = if found.wrong.is_empty() {
        (StatusCode::OK, "Invitations")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: Invitations")
    };
    visit.show(status, &Page { title, template: "invitations", view: &view, links: &links })
}

fn heading(chosen: &str, order: &str) -> String {
    match (chosen, order) {
        ("", "") => "All invitations".to_owned(),
        (state, "") => format!("State: {state}"),
        ("", order) => format!("Order {order}"),
        (state, order) => format!("Order {order}, state: {state}"),
    }
}

/// What is wrong with the order number, and what with the rest of the address.
fn wrong_words(problems: &[FieldProblem]) -> (String, String) {
    let is_order = |one: &&FieldProblem| one.pointer == "?order_number";
    let order = problems
        .iter()
        .find(is_order)
        .map(|_| "This is no order number: it has 1 to 80 characters, as the shop wrote it.".to_owned());
    let other = problems.iter().find(|one| !is_order(one)).map(|_| {
        "This page of the list is not there any more. Press Show to begin with the first one.".to_owned()
    });
    (order.unwrap_or_default(), other.unwrap_or_default())
}

fn invitation(one: &ListedInvitation, zone: &TimeZone) -> serde_json::Value {
    let words = |at: Micros| {
        let at = zone.to_datetime(at.timestamp());
        format!("{}, {}", day_words(at.date()), at.strftime("%H:%M"))
    };
    let time = |at: &Option<String>| at.as_deref().and_then(Micros::parse).map(words).unwrap_or_default();
    json!({
        "order": one.order_number,
        "state": sentence(one.state),
        "reason": one.reason.map(reason_words).unwrap_or_default(),
        // The list is in this order: an id begins with the instant at which it was made.
        "planned": Id::parse(&one.id).and_then(Id::made).map(words).unwrap_or_default(),
        "due": time(&one.send_at),
        "sent": time(&one.sent_at),
        "answered": time(&one.answered_at),
        "language": language_name(&one.language),
        "test": one.test,
    })
}

/// Why a mail waits or will not go, for people.
fn reason_words(word: &str) -> &'static str {
    match Reason::from_word(word) {
        Some(Reason::NotDue) => "its time has not come",
        Some(Reason::NoContactBasis) => "the shop named no ground to write to the customer",
        Some(Reason::Suppressed) => "the address is not to be mailed",
        Some(Reason::Cap) => "the customer was mailed often enough for now",
        Some(Reason::QuietHours) => "it waits for the end of the quiet hours",
        Some(Reason::Cancelled) => "the order was cancelled",
        Some(Reason::Returned) => "the order was returned",
        Some(Reason::ComplaintOpen) => "a complaint is open",
        Some(Reason::Place) => "the survey does not ask about this place",
        Some(Reason::Language) => "the survey does not speak the customer's language",
        Some(Reason::SampledOut) => "the order was not drawn",
        Some(Reason::AlreadyAsked) => "the customer is asked about this order by another survey",
        Some(Reason::Expired) => "the time to ask is over",
        Some(Reason::Paused) => "mails are paused",
        Some(Reason::TestKey) => "a test key brought the order",
        None => "",
    }
}
