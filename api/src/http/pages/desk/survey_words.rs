//! A survey in the words of the list: after what it asks, and what was chosen beside that.

use super::survey_choices::module_name;
use crate::domain::{Channel, EventKind};
use crate::store::surveys::Survey;

/// After what a survey asks, in words.
pub(super) fn asks(survey: &Survey) -> String {
    let event = match survey.event {
        EventKind::ComplaintClosed => "a complaint is closed".to_owned(),
        other => format!("an order is {other}"),
    };
    match (survey.is_open(), survey.delay_s) {
        (true, _) => "Asks whoever opens one of its links".to_owned(),
        (false, 0) => format!("Asks as soon as {event}"),
        (false, wait) => format!("Asks {} after {event}", days(wait)),
    }
}

/// What the form chose beside instrument and time, in words; empty where all is as usual.
pub(super) fn chosen(survey: &Survey) -> String {
    let mut said = Vec::new();
    let offer = &survey.offer;
    if !offer.places.is_empty() {
        said.push(format!("Only about orders of {}", offer.places.join(", ")));
    }
    if offer.sample_share < 100 {
        said.push(format!("About {} of a hundred orders", offer.sample_share));
    }
    if survey.full_share > 0 {
        said.push(format!("{} of a hundred are asked everything", survey.full_share));
    }
    if !survey.modules.is_empty() {
        let names: Vec<String> = survey.modules.iter().map(|one| small(module_name(one.channel))).collect();
        said.push(format!("More questions for those who were in touch {}", names.join(", ")));
    }
    match offer.reminders {
        0 => {}
        1 => said.push(format!("One reminder after {}", days(offer.reminder_after_s))),
        more => said.push(format!("{more} reminders, each after {}", days(offer.reminder_after_s))),
    }
    said.join(". ")
}

fn days(seconds: i64) -> String {
    match (seconds / 86_400, seconds / 3_600) {
        (0, 1) => "an hour".to_owned(),
        (0, hours) => format!("{hours} hours"),
        (1, 24) => "a day".to_owned(),
        (days, hours) if days * 24 == hours => format!("{days} days"),
        (_, hours) => format!("{hours} hours"),
    }
}

/// What a preview with the questions of a module is called.
pub(super) fn with_module(channel: Channel) -> String {
    format!("with the questions for those in touch {}", small(module_name(channel)))
}

/// A name within a sentence.
fn small(name: &str) -> String {
    name.to_lowercase()
}
