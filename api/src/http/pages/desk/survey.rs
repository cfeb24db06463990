//! Pages about one survey: `/dashboard/surveys/{key}` and what lies below it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::annotations::{self, NotesView};
use super::home::reader;
use super::shell::{self, NavLink, Page};
use super::take::{FileLink, chart, files};
use super::{Fields, field, run};
use crate::domain::SurveyState;
use crate::http::State;
use crate::service::desk::comments::{Comments, Wanted};
use crate::service::desk::scope::Asked;
use crate::service::desk::{Address, Content, DeskPage, FilterField, Kind, read_page};
use crate::service::sign_in::session::SignedIn;

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

#[derive(Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "switches of a template")]
struct View {
    name: String,
    headline: String,
    survey: String,
    paused: bool,
    draft: bool,
    when: String,
    whose: Vec<String>,
    action: String,
    fields: Vec<FilterField>,
    own: bool,
    from: String,
    until: String,
    is_filtered: bool,
    problems: Vec<String>,
    html: String,
    comments: Option<Comments>,
    search: String,
    rows: bool,
    files: Vec<FileLink>,
    page: String,
    query: String,
    /// What the survey is held against, where this reader may set it and the page is about time.
    target: Option<String>,
    sets_target: bool,
    notes: Option<NotesView>,
}

/// Where the pages of a survey begin.
pub(super) fn base(key: &str) -> String {
    format!("/dashboard/surveys/{key}")
}

/// The navigation of a survey; `here` is the end of the address of the page that is shown.
pub(super) fn links(key: &str, here: &str, query: &str) -> Vec<NavLink> {
    let first = here.split('/').next().unwrap_or_default();
    let link = |&(end, name): &(&str, &'static str)| {
        let slash = if end.is_empty() { "" } else { "/" };
        NavLink { name, path: format!("{}{slash}{end}{query}", base(key)), here: end == first }
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

/// Shows a page.
pub async fn page(
    state: web::Data<State>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (key, end) = path.into_inner();
    match end.rsplit_once("charts/") {
        Some((page, file)) if page.is_empty() || page.ends_with('/') => {
            chart(&state, &request, key, (page.trim_end_matches('/'), file)).await
        }
        _ => show(&state, &request, key, &end).await,
    }
}

/// Shows the first page of a survey.
pub async fn overview(state: web::Data<State>, request: HttpRequest, key: web::Path<String>) -> HttpResponse {
    show(&state, &request, key.into_inner(), "").await
}

async fn show(state: &State, request: &HttpRequest, key: String, end: &str) -> HttpResponse {
    match reader(state, request).await {
        Ok(signed_in) => show_to(state, request, &signed_in, (key, end), &Said::default()).await,
        Err(response) => response,
    }
}

/// What came of a form on the trend's page that could not be taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub day: String,
    pub words: String,
    pub error: String,
}

/// The trend's page once more, with what was typed and what is wrong with it.
pub(super) async fn show_again(
    state: &State,
    request: &HttpRequest,
    signed_in: &SignedIn,
    key: String,
    said: Said,
) -> HttpResponse {
    show_to(state, request, signed_in, (key, "trend"), &said).await
}

async fn show_to(
    state: &State,
    request: &HttpRequest,
    signed_in: &SignedIn,
    (key, end): (String, &str),
    said: &Said,
) -> HttpResponse {
    let fields: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let search = field(&fields, "search").unwrap_or_default().to_owned();
    let mut asked = asked(&fields);
    let query = query(&asked);
    let text = |name: &str| field(&fields, name).unwrap_or_default().to_owned();
    let wanted_comments =
        Wanted { search: search.clone(), dimension: text("dimension"), score: text("score") };
    let Some((name, kind)) = kind(end, wanted_comments) else {
        return shell::told(StatusCode::NOT_FOUND, Some(signed_in), &shell::NOT_HERE);
    };
    asked.period = period(&kind, asked.period);
    let (scope, wanted, base) = (signed_in.known.scope.clone(), asked.clone(), base(&key));
    let here = address(&key, end);
    let shared = (key.clone(), query.clone());
    let notes =
        if kind == Kind::Trend { Some(annotations::read(state, signed_in, &key, said).await) } else { None };
    let notes = match notes.transpose() {
        Ok(notes) => notes,
        Err(error) => return shell::failed(request, Some(signed_in), &error),
    };
    let read = run(state, move |services| {
        let address = Address { base: &base, here: &here, query: &shared.1 };
        read_page(services, &scope, &shared.0, &kind, &wanted, address)
    });
    match read.await {
        Ok(page) => answer(signed_in, (name, end, &query), &asked, (search, notes), page),
        Err(error) => shell::failed(request, Some(signed_in), &error),
    }
}

/// Whether there is a page about a survey behind the end of an address.
pub(super) fn is_page(end: &str) -> bool {
    kind(end, Wanted::default()).is_some()
}

/// The address of a page of a survey.
fn address(key: &str, end: &str) -> String {
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

fn answer(
    signed_in: &SignedIn,
    (name, end, query): (&'static str, &str, &str),
    asked: &Asked,
    (search, notes): (String, Option<NotesView>),
    page: DeskPage,
) -> HttpResponse {
    let base = base(&page.survey);
    let slash = if end.is_empty() { "" } else { "/" };
    let mut view = View {
        name: name.to_owned(),
        headline: String::new(),
        survey: page.survey.clone(),
        paused: page.state == SurveyState::Paused,
        draft: page.state == SurveyState::Draft,
        when: page.when,
        whose: page.whose,
        action: format!("{base}{slash}{end}"),
        own: asked.period.as_deref() == Some("own"),
        from: day(asked.from.as_ref()),
        until: day(asked.until.as_ref()),
        is_filtered: !query.is_empty(),
        fields: page.fields,
        problems: Vec::new(),
        html: String::new(),
        comments: None,
        search,
        rows: signed_in.known.scope.may_see_rows(),
        files: Vec::new(),
        page: end.to_owned(),
        query: query.to_owned(),
        sets_target: end == "trend" && shell::manages(signed_in),
        target: page.target.map(|target| target.to_string()),
        notes,
    };
    let is_wrong = view.notes.as_ref().is_some_and(NotesView::is_wrong);
    let mut status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match page.content {
        Content::Figures(part) => {
            view.headline = part.headline;
            view.html = part.html;
            view.files = files(&page.survey, end, query);
        }
        Content::Comments(comments) => {
            view.headline = comment_words(&comments);
            view.comments = Some(comments);
        }
        Content::Refused(problems) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            "This view cannot be shown".clone_into(&mut view.headline);
            view.problems = problems.into_iter().map(|one| one.message).collect();
        }
    }
    let links = links(&page.survey, end, query);
    let title = format!("{name}: {}", view.headline);
    shell::answer(
        status,
        Some(signed_in),
        &Page { title: &title, template: "survey", view: &view, links: &links },
    )
}

/// A day as an input for days takes it; empty for what is none.
fn day(text: Option<&String>) -> String {
    text.filter(|text| text.parse::<jiff::civil::Date>().is_ok()).cloned().unwrap_or_default()
}

fn comment_words(comments: &Comments) -> String {
    match comments.found {
        0 => "No comments to show".to_owned(),
        1 => "One comment".to_owned(),
        n => format!("{n} comments"),
    }
}
