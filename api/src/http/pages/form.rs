//! The customer's form: GET shows and changes nothing, POST saves and goes on.

use std::sync::Arc;
use std::time::Instant;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, LOCATION, RETRY_AFTER, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use survey_forms::language::{Language, negotiate};
use survey_forms::render::{NoticeKind, NoticePage};

use crate::domain::marks::Marks;
use crate::http::assets::{coloured_headers, form_headers};
use crate::http::problem::Problem;
use crate::http::request_id::RequestId;
use crate::http::{State, blocking, signs};
use crate::service::coloured_page::Html;
use crate::service::kept_pages::KeptPage;
use crate::service::open_form::{Asked, Shown, open_form};
use crate::service::post_page::{ANEW_FOR, Fields, Posted, post_page, write_page};
use crate::service::visits::Look;
use crate::service::{Error, Result as ServiceResult};

/// Largest body of a page: its answers and up to ten long texts, each letter in up to twelve bytes.
pub const LARGEST_PAGE: usize = 256 * 1024;

/// `<token>` or `<token>/<page>`.
struct Place {
    token: String,
    page: Option<usize>,
}

impl Place {
    fn of(path: &str) -> Option<Self> {
        match path.split_once('/') {
            None => Some(Self { token: path.to_owned(), page: None }),
            Some((token, page)) => {
                let page: usize = page.parse().ok().filter(|page| (1..=99).contains(page))?;
                Some(Self { token: token.to_owned(), page: Some(page) })
            }
        }
    }
}

/// Shows a page or takes one.
pub async fn page(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let path = request.match_info().unprocessed();
    let place = Place::of(path.strip_prefix('/').unwrap_or(path));
    match *request.method() {
        Method::GET | Method::HEAD => Ok(show(&state, &request, place).await),
        Method::POST => post(&state, &request, place, &body).await,
        _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
    }
}

async fn show(state: &State, request: &HttpRequest, place: Option<Place>) -> HttpResponse {
    let token = place.as_ref().map(|place| place.token.clone()).unwrap_or_default();
    let fields: Vec<(String, String)> =
        serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let asked = place.as_ref().map(|place| asked(place.page, &fields)).unwrap_or_default();
    let outcome = run(state, move |services| match place {
        Some(place) => open_form(services, &place.token, asked),
        None => crate::service::open_form::unknown(services),
    });
    let outcome = outcome.await;
    if matches!(outcome, Ok(Shown::Page(_) | Shown::Kept(_))) {
        let head = *request.method() == Method::HEAD;
        let look = Look { head, suggested: asked.suggested, at: state.services.now() };
        state.services.visits.look(&token, look);
    }
    answer(state, request, &token, outcome)
}

async fn post(
    state: &State,
    request: &HttpRequest,
    place: Option<Place>,
    body: &[u8],
) -> Result<HttpResponse, Problem> {
    let token = place.as_ref().map(|place| place.token.clone()).unwrap_or_default();
    let fields = posted_fields(request, body)?;
    let outcome = take(state, place, fields, signs::of_posting(request)).await;
    end_here!("before-reply");
    Ok(answer(state, request, &token, outcome))
}

/// The fields of a posted form; what is no form is refused.
pub(super) fn posted_fields(request: &HttpRequest, body: &[u8]) -> Result<Fields, Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Problem::unsupported_media_type("application/x-www-form-urlencoded"));
    }
    Ok(serde_urlencoded::from_bytes(body).unwrap_or_default())
}

/// Works a posted page out, has it written and says what is shown; anew when another posting was quicker.
async fn take(state: &State, place: Option<Place>, fields: Fields, signs: Marks) -> ServiceResult<Shown> {
    let Some(place) = place else { return crate::service::open_form::unknown(&state.services) };
    let page = place.page.unwrap_or(1);
    let marks = signs.and(state.services.visits.marks(&place.token, state.services.now()));
    let given = Arc::new((place.token, fields));
    let began = Instant::now();
    while began.elapsed() < ANEW_FOR {
        let given = Arc::clone(&given);
        let posted = run(state, move |services| post_page(services, &given.0, page, &given.1, marks)).await?;
        match posted {
            Posted::Answer(shown) => return Ok(shown),
            Posted::Write(submission, shown) => {
                if write_page(&state.services, *submission).await? {
                    return Ok(shown);
                }
            }
        }
    }
    Err(Error::Busy)
}

pub(super) async fn run<T: Send + 'static>(
    state: &State,
    work: impl FnOnce(&crate::service::Services) -> ServiceResult<T> + Send + 'static,
) -> ServiceResult<T> {
    // A hand-over to another thread costs more than reading a page's rows from a file in memory.
    if state.services.store.reads_at_once() {
        return work(&state.services);
    }
    // The outcome travels inside the result: a customer gets a page for every error.
    let outcome = blocking(state, move |services| Ok(work(services))).await;
    outcome.unwrap_or_else(|problem| Err(Error::Broken(problem.to_string())))
}

fn asked(page: Option<usize>, fields: &[(String, String)]) -> Asked {
    let field =
        |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    Asked {
        page,
        language: field("language").and_then(Language::parse),
        resumed: field("resumed").is_some(),
        change: field("change").is_some(),
        suggested: field("q1").and_then(|code| code.parse().ok()),
        own_data: field("data").is_some(),
    }
}

pub(super) fn answer(
    state: &State,
    request: &HttpRequest,
    token: &str,
    outcome: ServiceResult<Shown>,
) -> HttpResponse {
    match outcome {
        Ok(Shown::Page(page)) => html(StatusCode::OK, page),
        Ok(Shown::Kept(page)) => kept(request, &page),
        Ok(Shown::Refused(page)) => html(StatusCode::UNPROCESSABLE_ENTITY, page),
        Ok(Shown::Expired(page)) => html(StatusCode::GONE, page),
        Ok(Shown::Unknown(page)) => html(StatusCode::NOT_FOUND, page),
        Ok(Shown::First(page)) => first(page),
        Ok(Shown::Later(page, seconds)) => later(page, seconds),
        Ok(Shown::At(path)) => go_to(&path),
        Ok(Shown::GoTo(None)) => go_to(&format!("/s/{token}")),
        Ok(Shown::GoTo(Some(page))) => go_to(&format!("/s/{token}/{page}")),
        Ok(Shown::Resume(page)) => go_to(&format!("/s/{token}/{page}?resumed=1")),
        Ok(Shown::OwnData(token, None)) => go_to(&format!("/p/{token}")),
        Ok(Shown::OwnData(token, Some(language))) => go_to(&format!("/p/{token}?language={language}")),
        Err(error) => failed(state, request, &error),
    }
}

/// The page of a use case that failed.
pub(super) fn failed(state: &State, request: &HttpRequest, error: &Error) -> HttpResponse {
    match error {
        Error::Busy => later(notice(state, request, NoticeKind::Busy).into(), 2),
        error => {
            tracing::error!(%error, "a form page failed");
            let id = request.extensions().get::<RequestId>().map(|id| id.0.to_string()).unwrap_or_default();
            html(StatusCode::INTERNAL_SERVER_ERROR, notice(state, request, NoticeKind::Broken(&id)).into())
        }
    }
}

/// A kept page: its compressed bytes as they are, or as text for who does not take them.
fn kept(request: &HttpRequest, page: &KeptPage) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    coloured_headers(&mut response, page.own_style());
    response.content_type("text/html; charset=utf-8").insert_header((VARY, "accept-encoding"));
    if takes_gzip(request) {
        return response.insert_header((CONTENT_ENCODING, "gzip")).body(page.gzip());
    }
    match page.plain() {
        Ok(text) => response.body(text),
        Err(error) => {
            tracing::error!(%error, "a kept page failed");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Whether an `Accept-Encoding` names gzip without forbidding it.
fn takes_gzip(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let names = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        names && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

pub(super) fn go_to(place: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    form_headers(&mut response);
    response.insert_header((LOCATION, place)).finish()
}

pub(super) fn notice(state: &State, request: &HttpRequest, kind: NoticeKind<'_>) -> String {
    let accepted =
        request.headers().get("accept-language").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language = negotiate(accepted, &Language::ALL).unwrap_or(Language::ENGLISH);
    let view = NoticePage { kind, language, organisation: None };
    state.services.renderer.notice(&view).unwrap_or_default()
}

/// The first page of an open link. A browser that goes back shows it as it was, with its ticket, so that sending it
/// again is no second visit; whoever opens the address anew gets a page of their own.
fn first(page: Html) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    coloured_headers(&mut response, page.own_style.as_ref());
    response.insert_header((CACHE_CONTROL, "private, no-cache"));
    response.insert_header((VARY, "accept-language")).content_type("text/html; charset=utf-8").body(page.text)
}

fn later(page: Html, seconds: u32) -> HttpResponse {
    let mut response = HttpResponse::ServiceUnavailable();
    coloured_headers(&mut response, page.own_style.as_ref());
    response.insert_header((RETRY_AFTER, seconds.to_string()));
    response.content_type("text/html; charset=utf-8").body(page.text)
}

pub(super) fn html(status: StatusCode, page: Html) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    coloured_headers(&mut response, page.own_style.as_ref());
    response.content_type("text/html; charset=utf-8").body(page.text)
}
