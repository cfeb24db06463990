//! The addresses of the pages about one survey: which there are, what each is called, and what their queries ask for.

use super::Fields;
use super::shell::NavLink;
use crate::service::desk::Kind;
use crate::service::desk::comments::Wanted;
use crate::service::desk::scope::Asked;

/// The pages in the order of the navigation: the end of the address, and the name.
const PAGES: [(&str, &str); 10] = [
    ("", "Overview"),
    ("dimensions", "Dimensions"),
    ("expectations", "Expectations"),
    ("channels", "Channels"),
    ("places", "Places"),
    ("drivers", "Drivers"),
    ("trend", "Trend"),
    ("comments", "Comments"),
    ("answered", "Who answered"),
    ("invitations", "Invitations"),
];

/// The period of the trend's page when none is asked for: a season is more than six weeks.
const TREND_PERIOD: &str = "52w";

/// Where the pages of a survey begin.
pub(super) fn base(key: &str) -> String {
    format!("/dashboard/surveys/{key}")
}

/// The navigation of a survey; `here` is the end of the address of the page that is shown.
pub(super) fn links(key: &str, here: &str, query: &str) -> Vec<NavLink> {
    let first = here.split('/').next().unwrap_or_default();
    let link = |&(end, name): &(&str, &'static str)| {
        let slash = if end.is_empty() { "" } else { "/" };
        let mark = match (end == here, end == first) {
            (true, _) => "page",
            (false, true) => "true",
            _ => "",
        };
        NavLink { name, path: format!("{}{slash}{end}{query}", base(key)), mark }
    };
    PAGES.iter().map(link).collect()
}

/// What an address asks for.
pub(super) fn asked(fields: &Fields) -> Asked {
    Asked::of_fields(fields)
}

/// The query that leads to the same scope; empty for the usual one.
pub(super) fn query(asked: &Asked) -> String {
    asked.query()
}

/// Whether there is a page about a survey behind the end of an address.
pub(super) fn is_page(end: &str) -> bool {
    kind(end, Wanted::default()).is_some()
}

/// The address of a page of a survey.
pub(super) fn address(key: &str, end: &str) -> String {
    let slash = if end.is_empty() { "" } else { "/" };
    format!("{}{slash}{end}", base(key))
}

/// The period of a page when none is asked for.
pub(super) fn period(kind: &Kind, asked: Option<String>) -> Option<String> {
    asked.or_else(|| (*kind == Kind::Trend).then(|| TREND_PERIOD.to_owned()))
}

/// The page behind the end of an address, with its name.
pub(super) fn kind(end: &str, wanted: Wanted) -> Option<(&'static str, Kind)> {
    Some(match end {
        "" => ("Overview", Kind::Overview),
        "dimensions" => ("Dimensions", Kind::Dimensions),
        "expectations" => ("Expectations", Kind::Expected),
        "channels" => ("Channels", Kind::Channels),
        "places" => ("Places", Kind::Places),
        "drivers" => ("Drivers", Kind::Drivers),
        "trend" => ("Trend", Kind::Trend),
        "comments" => ("Comments", Kind::Comments(wanted)),
        "answered" => ("Who answered", Kind::Answered),
        other => {
            let key =
                other.strip_prefix("dimensions/").filter(|key| !key.is_empty() && !key.contains('/'))?;
            ("Dimension", Kind::Dimension(key.to_owned()))
        }
    })
}
