//! The end of a mailed report, by the link in it: GET shows a page and changes nothing; POST stops the report, whether its
//! button was pressed or a mail program says so by itself (RFC 8058).

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use survey_forms::language::Language;

use super::form::{failed, html};
use super::unsubscribe::{Fields, field, wish};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::Error;
use crate::service::report_mails::stop_page;
use crate::service::unsubscribe::{Told, Wish};

/// Shows how things stand, or stops the report.
pub async fn page(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let wish = match *request.method() {
        Method::GET | Method::HEAD => Wish::Look,
        Method::POST => wish(&request, &body)?,
        _ => return Err(Problem::method_not_allowed("GET, HEAD, POST")),
    };
    let token = request.match_info().get("token").unwrap_or_default().to_owned();
    let asked: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let language = field(&asked, "language").and_then(Language::parse);
    // The outcome travels inside the result: a reader gets a page for every error.
    let told = blocking(&state, move |services| Ok(stop_page(services, &token, wish, language))).await;
    Ok(match told.unwrap_or_else(|problem| Err(Error::Broken(problem.to_string()))) {
        Ok(Told::Page(page)) => html(StatusCode::OK, page),
        Ok(Told::Unknown(page)) => html(StatusCode::NOT_FOUND, page),
        Err(error) => failed(&state, &request, &error),
    })
}
