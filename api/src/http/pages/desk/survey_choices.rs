//! What can be chosen on the form of a new survey, in the words of people.

use crate::domain::Channel;
use crate::domain::survey::MOST_REMINDERS;
use crate::service::create_survey::DEFAULT_QUIET;

/// What can be chosen, with its words; the first is the usual.
pub(super) const LENGTHS: [(&str, &str); 3] = [
    ("standard", "Standard, about two minutes"),
    ("quick", "Quick, a few questions"),
    ("full", "Full, every question"),
];
pub(super) const PAGINGS: [(&str, &str); 3] =
    [("section", "One theme on each page"), ("one", "One question on each page"), ("all", "All on one page")];
pub(super) const COLLECTIONS: [(&str, &str); 2] = [
    ("orders", "Customers of orders, each by a message of their own"),
    ("open", "Whoever opens a link or scans a code, such as at a counter"),
];
pub(super) const EVENTS: [(&str, &str); 4] = [
    ("delivered", "the order is delivered"),
    ("shipped", "the order is shipped"),
    ("placed", "the order is placed"),
    ("complaint_closed", "a complaint is closed"),
];
pub(super) const UNITS: [(&str, &str); 2] = [("d", "days"), ("h", "hours")];
pub(super) const QUIETS: [(&str, &str); 3] = [
    (DEFAULT_QUIET, "Not at night, nor on Sundays"),
    ("20:00-08:00", "Not at night"),
    ("none", "At any time"),
];
pub(super) const REMINDERS: [(&str, &str); 3] = [("0", "None"), ("1", "One at most"), ("2", "Two at most")];
// The list goes as far as the domain does.
const _: () = assert!(REMINDERS.len() == MOST_REMINDERS as usize + 1);
/// What each module asks about; its instrument is named after its channel.
pub(super) const MODULES: [(&str, &str); 5] = [
    ("phone", "By phone"),
    ("email", "By e-mail"),
    ("chat", "By chat"),
    ("in_person", "In person"),
    ("community", "In the community"),
];

/// Days between a mail and a reminder, as long as nobody says otherwise.
pub(super) const USUAL_REMIND: &str = "7";

/// The key of the instrument of a channel's module.
pub(super) fn module_of(channel: &str) -> String {
    format!("channel-{}", channel.replace('_', "-"))
}

/// How customers of a module were in touch, in a few words.
pub(super) fn module_name(channel: Channel) -> &'static str {
    MODULES.iter().find(|(word, _)| *word == channel.word()).map_or(channel.word(), |(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_on_the_form_is_shipped() {
        for (channel, _) in MODULES {
            assert!(Channel::from_word(channel).is_some());
            assert!(survey_forms::instrument::shipped_source(&module_of(channel)).is_some(), "{channel}");
        }
    }
}
