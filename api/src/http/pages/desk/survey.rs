//! Pages about one survey: `/dashboard/surveys/{key}` and what lies below it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::annotations::{self, NotesView};
use super::door::{Inside, Visit};
use super::right::{Manage, Read};
use super::shell::Page;
use super::survey_address::{address, asked, base, kind, links, period, query};
use super::take::{FileLink, chart, files};
use super::{Fields, field};
use crate::domain::SurveyState;
use crate::service::desk::comments::{Comments, Wanted};
use crate::service::desk::scope::Asked;
use crate::service::desk::{Address, Content, DeskPage, FilterField, Kind, read_page};

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

/// Shows a page.
pub async fn page(visit: Inside<Read>, path: web::Path<(String, String)>) -> HttpResponse {
    let (key, end) = path.into_inner();
    match end.rsplit_once("charts/") {
        Some((page, file)) if page.is_empty() || page.ends_with('/') => {
            chart(&visit, key, (page.trim_end_matches('/'), file)).await
        }
        _ => show(&visit, (key, &end), &Said::default()).await,
    }
}

/// Shows the first page of a survey.
pub async fn overview(visit: Inside<Read>, key: web::Path<String>) -> HttpResponse {
    show(&visit, (key.into_inner(), ""), &Said::default()).await
}

/// What came of a form on the trend's page that could not be taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub day: String,
    pub words: String,
    pub error: String,
}

/// The trend's page once more, with what was typed and what is wrong with it.
pub(super) async fn show_again(visit: &Visit, key: String, said: Said) -> HttpResponse {
    show(visit, (key, "trend"), &said).await
}

async fn show(visit: &Visit, (key, end): (String, &str), said: &Said) -> HttpResponse {
    let fields: Fields = serde_urlencoded::from_str(visit.request.query_string()).unwrap_or_default();
    let search = field(&fields, "search").unwrap_or_default().to_owned();
    let mut asked = asked(&fields);
    let query = query(&asked);
    let text = |name: &str| field(&fields, name).unwrap_or_default().to_owned();
    let wanted_comments =
        Wanted { search: search.clone(), dimension: text("dimension"), score: text("score") };
    let Some((name, kind)) = kind(end, wanted_comments) else { return visit.nothing() };
    asked.period = period(&kind, asked.period);
    let (wanted, base) = (asked.clone(), base(&key));
    let here = address(&key, end);
    let shared = (key.clone(), query.clone());
    let notes = if kind == Kind::Trend { Some(annotations::read(visit, &key, said).await) } else { None };
    let notes = match notes.transpose() {
        Ok(notes) => notes,
        Err(error) => return visit.failed(&error),
    };
    let read = visit.run(move |services, scope| {
        let address = Address { base: &base, here: &here, query: &shared.1 };
        read_page(services, scope, &shared.0, &kind, &wanted, address)
    });
    match read.await {
        Ok(page) => answer(visit, (name, end, &query), &asked, (search, notes), page),
        Err(error) => visit.failed(&error),
    }
}

fn answer(
    visit: &Visit,
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
        rows: visit.who.known.scope.may_see_rows(),
        files: Vec::new(),
        page: end.to_owned(),
        query: query.to_owned(),
        sets_target: end == "trend" && visit.may::<Manage>(),
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
    visit.show(status, &Page { title: &title, template: "survey", view: &view, links: &links })
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
