//! What the form of a new survey asks for, read from its fields.

use super::Fields;
use super::survey_choices::{USUAL_REMIND, module_of};
use crate::domain::Collection;
use crate::domain::reader::FieldProblem;
use crate::service::create_survey::Request;
use crate::service::survey_offer::{DEFAULT_VALID_DAYS, OfferRequest};
use crate::service::survey_way::WayRequest;

/// The last value of a field as it was typed, blanks and all; none where the field was not sent.
pub(super) fn typed<'a>(fields: &'a Fields, wanted: &str) -> Option<&'a str> {
    fields.iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

/// What the form asks for; what cannot be told from the request alone comes as problems.
pub(super) fn wanted(fields: &Fields) -> (Request, Vec<FieldProblem>) {
    let text = |name: &str| typed(fields, name).unwrap_or_default().trim().to_owned();
    let all = |name: &str| -> Vec<String> {
        fields.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    };
    let mut problems = Vec::new();
    let mut whole = |name: &str, pointer: &str, usual: &str| -> i64 {
        let text = typed(fields, name).unwrap_or(usual).trim();
        text.parse().unwrap_or_else(|_| {
            problems.push(problem(pointer, format!("\"{text}\" is not a whole number")));
            0
        })
    };
    let valid = DEFAULT_VALID_DAYS.to_string();
    let offer = OfferRequest {
        sample_share: whole("share", "/sample_share", "100"),
        places: places(fields),
        reminders: whole("reminders", "/reminders", "0"),
        remind_after: format!("{}d", whole("remind", "/remind_after", USUAL_REMIND)),
        valid_days: whole("valid_days", "/valid_days", &valid),
        ..OfferRequest::default()
    };
    let wait = whole("wait", "/rule/delay", "3");
    let full_share = whole("full_share", "/full_share", "0");
    let modules = all("modules").into_iter().map(|channel| (channel.clone(), module_of(&channel))).collect();
    let request = Request {
        key: text("key"),
        instrument: text("instrument"),
        version: None,
        length: text("length"),
        event: text("event"),
        delay: format!("{wait}{}", text("unit")),
        quiet: text("quiet"),
        languages: all("languages"),
        way: WayRequest { paging: text("paging"), full_share, modules, ..WayRequest::default() },
        collection: typed(fields, "collection").and_then(Collection::from_word).unwrap_or(Collection::Orders),
        offer,
    };
    if request.collection == Collection::Open {
        problems.extend(about_orders(&request));
    }
    (request, problems)
}

/// The ticked places and those that were written, each once.
fn places(fields: &Fields) -> Vec<String> {
    let ticked = fields.iter().filter(|(name, _)| name == "places").map(|(_, key)| key.as_str());
    let written = typed(fields, "more_places").unwrap_or_default().lines().map(str::trim);
    let mut found: Vec<String> = Vec::new();
    for key in ticked.chain(written).filter(|key| !key.is_empty()) {
        if !found.iter().any(|known| known == key) {
            found.push(key.to_owned());
        }
    }
    found
}

/// What was chosen and means nothing in an open survey, which knows no orders: it would be lost without a word.
fn about_orders(request: &Request) -> Vec<FieldProblem> {
    let chosen = [
        (!request.offer.places.is_empty(), "/places", "each link has a place of its own; choose none here"),
        (
            !request.way.modules.is_empty(),
            "/modules",
            "of whoever opens a link it is not known how they were in touch; tick none",
        ),
        (
            request.offer.reminders > 0,
            "/reminders",
            "the address of whoever opens a link is not known; choose none",
        ),
    ];
    let such = chosen.into_iter().filter(|(is_chosen, ..)| *is_chosen);
    such.map(|(_, pointer, words)| problem(pointer, words.to_owned())).collect()
}

fn problem(pointer: &str, message: String) -> FieldProblem {
    FieldProblem { pointer: pointer.to_owned(), code: "invalid".to_owned(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(all: &[(&str, &str)]) -> Fields {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_not_sent_is_as_usual_and_what_is_no_number_is_said() {
        let (request, problems) = wanted(&fields(&[("key", " a-b "), ("unit", "d")]));
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!((request.key.as_str(), request.delay.as_str()), ("a-b", "3d"));
        assert_eq!((request.offer.remind_after.as_str(), request.offer.valid_days), ("7d", 60));
        let (_, problems) = wanted(&fields(&[("valid_days", ""), ("remind", "soon")]));
        let told: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(told, ["\"soon\" is not a whole number", "\"\" is not a whole number"]);
    }

    #[test]
    fn places_come_ticked_and_written_each_once() {
        let typed =
            fields(&[("places", "turku"), ("places", "oulu"), ("more_places", "oulu\r\n\r\n Łódź, 2 \r\n")]);
        assert_eq!(places(&typed), ["turku", "oulu", "Łódź, 2"]);
    }
}
