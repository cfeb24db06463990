//! The invitations of a survey, each with its state and why its mail waits or will not go.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::json;

use super::door::Inside;
use super::right::Read;
use super::shell::Page;
use super::survey_address::{asked, base, links, query};
use super::{Fields, field};
use crate::domain::{InvitationState, Reason};
use crate::service::Error;
use crate::service::list_invitations::{InvitationList, ListedInvitation, Request, list_invitations};

/// Invitations on a page.
const A_PAGE: i64 = 50;

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
    let asked_for = wanted.clone();
    let found = visit.read(move |_, connection, scope| list_invitations(connection, scope, &asked_for));
    let (list, problem) = match found.await {
        Ok(list) => (list, String::new()),
        Err(Error::Invalid(problems)) => (
            InvitationList { invitations: Vec::new(), next: None },
            problems.into_iter().map(|one| one.message).collect::<Vec<_>>().join("; "),
        ),
        Err(error) => return visit.failed(&error),
    };
    let states: Vec<serde_json::Value> = InvitationState::ALL
        .iter()
        .map(|one| json!({"value": one.word(), "name": state_name(one.word()), "chosen": one.word() == chosen}))
        .collect();
    let next = list.next.map(|after| {
        let set = [("state", chosen.as_str()), ("after", after.as_str())];
        let set = set.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        format!("?{}", serde_urlencoded::to_string(set).unwrap_or_default())
    });
    let rows: Vec<serde_json::Value> = list.invitations.iter().map(invitation).collect();
    let view = json!({
        "survey": *key,
        "action": format!("{}/invitations", base(&key)),
        "rows": rows,
        "states": states,
        "order": wanted.order_number.unwrap_or_default(),
        "next": next.unwrap_or_default(),
        "problem": problem,
        "filtered": !chosen.is_empty(),
    });
    let links = links(&key, "invitations", &query(&asked(&fields)));
    let status = if problem.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page { title: "Invitations", template: "invitations", view: &view, links: &links };
    visit.show(status, &page)
}

fn invitation(one: &ListedInvitation) -> serde_json::Value {
    let time = |at: &Option<String>| {
        at.as_ref().and_then(|at| at.get(..16)).map(|at| at.replace('T', " ")).unwrap_or_default()
    };
    json!({
        "order": one.order_number,
        "state": state_name(one.state),
        "reason": one.reason.map(reason_words).unwrap_or_default(),
        "due": time(&one.send_at),
        "sent": time(&one.sent_at),
        "answered": time(&one.answered_at),
        "language": one.language,
        "test": one.test,
    })
}

fn state_name(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
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
