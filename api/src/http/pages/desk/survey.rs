//! Pages about one survey: `/dashboard/surveys/{key}` and what lies below it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::annotations::{self, NotesView};
use super::door::{Inside, Visit};
use super::right::{Manage, Read};
use super::shell::Page;
use super::survey_address::{address, asked, base, kind, links, period, query};
use super::survey_filters::Filters;
use super::survey_words::asks;
use super::take::{FileLink, chart, files};
use super::{Fields, field};
use crate::domain::SurveyState;
use crate::service::desk::comments::{Comments, Wanted};
use crate::service::desk::scope::Asked;
use crate::service::desk::{Address, Content, DeskPage, Kind, read_page};
use crate::store::surveys::Survey;

#[derive(Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "switches of a template")]
struct View {
    name: String,
    headline: String,
    survey: String,
    paused: bool,
    when: String,
    whose: Vec<String>,
    action: String,
    #[serde(flatten)]
    filters: Filters,
    is_filtered: bool,
    /// After what the survey will ask, where it was never started.
    begins: String,
    manages: bool,
    html: String,
    comments: Option<Comments>,
    search: String,
    /// Whether comments are searched or chosen.
    searched: bool,
    rows: bool,
    files: Vec<FileLink>,
    page: String,
    query: String,
    /// What the survey is held against, where this reader may set it and the page is about time.
    target: Option<String>,
    target_typed: String,
    target_error: String,
    sets_target: bool,
    keeps: bool,
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
    pub day_error: String,
    pub words_error: String,
    pub target: String,
    pub target_error: String,
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
    let searched = wanted_comments != Wanted::default();
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
        Ok(page) => {
            let forms = Forms { search, searched, notes, said };
            answer(visit, (name, end, &query), &asked, forms, page)
        }
        Err(error) => visit.failed(&error),
    }
}

/// What stands in the forms of a page.
struct Forms<'a> {
    search: String,
    searched: bool,
    notes: Option<NotesView>,
    said: &'a Said,
}

fn answer(
    visit: &Visit,
    (name, end, query): (&'static str, &str, &str),
    asked: &Asked,
    forms: Forms<'_>,
    page: DeskPage,
) -> HttpResponse {
    let base = base(&page.survey);
    let slash = if end.is_empty() { "" } else { "/" };
    let mut view = View {
        name: name.to_owned(),
        headline: String::new(),
        survey: page.survey.clone(),
        paused: page.state == SurveyState::Paused,
        when: page.when,
        whose: page.whose,
        action: format!("{base}{slash}{end}"),
        filters: Filters::of(asked, page.fields),
        is_filtered: !query.is_empty(),
        begins: page.unbegun.as_ref().map(begins).unwrap_or_default(),
        manages: visit.may::<Manage>(),
        html: String::new(),
        comments: None,
        search: forms.search,
        searched: forms.searched,
        rows: visit.who.known.scope.may_see_rows(),
        files: Vec::new(),
        page: end.to_owned(),
        query: query.to_owned(),
        sets_target: end == "trend" && visit.may::<Manage>(),
        target: page.target.map(|target| target.to_string()),
        target_typed: forms.said.target.clone(),
        target_error: forms.said.target_error.clone(),
        keeps: page.unbegun.is_none(),
        notes: forms.notes,
    };
    if view.target_error.is_empty() {
        view.target_typed = view.target.clone().unwrap_or_default();
    }
    let of_notes = view.notes.as_ref().is_some_and(NotesView::is_wrong);
    let is_wrong = of_notes || !view.target_error.is_empty();
    let mut status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match page.content {
        Content::Figures(part) => {
            view.headline = part.headline;
            view.html = part.html;
            // A file without a figure would be worth nothing to whoever opens it.
            if !page.is_empty {
                view.files = files(&page.survey, end, query);
            }
        }
        Content::Comments(comments) => {
            view.headline = comment_words(&comments);
            view.comments = Some(comments);
        }
        Content::Refused(problems) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            "This view cannot be shown".clone_into(&mut view.headline);
            view.keeps = false;
            view.filters.tell(&problems);
        }
    }
    if page.unbegun.is_some() {
        "This survey has not begun".clone_into(&mut view.headline);
        view.html.clear();
        view.notes = None;
        if let Some(comments) = &mut view.comments {
            (comments.rows, comments.note) = (false, String::new());
        }
    }
    let links = links(&page.survey, end, query);
    let title = format!("{name}: {}", view.headline);
    visit.show(status, &Page { title: &title, template: "survey", view: &view, links: &links })
}

/// What a survey will do once it runs.
fn begins(survey: &Survey) -> String {
    let asks = asks(survey);
    asks.strip_prefix('A').map_or_else(String::new, |rest| format!("Once it runs, it a{rest}."))
}

fn comment_words(comments: &Comments) -> String {
    match comments.found {
        0 => "No comments to show".to_owned(),
        1 => "One comment".to_owned(),
        n => format!("{n} comments"),
    }
}
