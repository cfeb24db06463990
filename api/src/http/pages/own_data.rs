//! What is kept about a customer: GET shows it and changes nothing, POST asks once more and then erases.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use survey_forms::language::Language;

use super::form::{failed, go_to, html};
use crate::http::assets::form_headers;
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::own_data::{Told, Wanted, ask, erase_all, open};
use crate::service::{Error, Result as ServiceResult, Services};

/// Largest body of a request: one button.
pub const LARGEST_BODY: usize = 1024;

type Fields = Vec<(String, String)>;

/// Shows what is kept, or does what a button says.
pub async fn page(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let token = request.match_info().get("token").unwrap_or_default().to_owned();
    let asked: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let language = field(&asked, "language").and_then(Language::parse);
    match *request.method() {
        Method::GET | Method::HEAD => {
            let wanted = Wanted {
                language,
                file: field(&asked, "download") == Some("json"),
                change: field(&asked, "change").is_some(),
            };
            Ok(answer(&state, &request, move |services| open(services, &token, wanted)).await)
        }
        Method::POST => post(&state, &request, token, language, &body).await,
        _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
    }
}

async fn post(
    state: &State,
    request: &HttpRequest,
    token: String,
    language: Option<Language>,
    body: &[u8],
) -> Result<HttpResponse, Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Problem::unsupported_media_type("application/x-www-form-urlencoded"));
    }
    let fields: Fields = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let go = field(&fields, "go").unwrap_or_default().to_owned();
    let work = move |services: &Services| match go.as_str() {
        "erase" => ask(services, &token, language),
        "erase-now" => erase_all(services, &token, language),
        // Whatever else comes is from no button of ours.
        _ => open(services, &token, Wanted { language, ..Wanted::default() }),
    };
    Ok(answer(state, request, work).await)
}

fn field<'a>(fields: &'a Fields, wanted: &str) -> Option<&'a str> {
    fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

async fn answer(
    state: &State,
    request: &HttpRequest,
    work: impl FnOnce(&Services) -> ServiceResult<Told> + Send + 'static,
) -> HttpResponse {
    // The outcome travels inside the result: a customer gets a page for every error.
    let outcome = blocking(state, move |services| Ok(work(services))).await;
    match outcome.unwrap_or_else(|problem| Err(Error::Broken(problem.to_string()))) {
        Ok(Told::Page(page)) => html(StatusCode::OK, page),
        Ok(Told::File(name, body)) => file(&name, body),
        Ok(Told::Form(token)) => go_to(&format!("/s/{token}?change=1")),
        Ok(Told::Unknown(page)) => html(StatusCode::NOT_FOUND, page),
        Err(error) => failed(state, request, &error),
    }
}

/// A file to be saved; the name is made of letters, digits and hyphens of the organisation's short name.
fn file(name: &str, body: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    form_headers(&mut response);
    response
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .content_type("application/json")
        .body(body)
}
