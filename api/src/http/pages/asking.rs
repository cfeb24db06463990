//! Links in mails that end mails: GET shows a page and changes nothing; POST does what its button says, or what a mail
//! program sends by itself (RFC 8058), without a login, a cookie or a question.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use survey_forms::language::Language;

use super::form::{failed, html};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::report_mails::stop_page;
use crate::service::unsubscribe::{Told, Wish};
use crate::service::{Error, Result as ServiceResult, Services, unsubscribe};

/// Largest body of a request: one button, or one field in either form.
pub const LARGEST_BODY: usize = 4096;

/// The field of a one-click request, and its value.
const ONE_CLICK: (&str, &str) = ("List-Unsubscribe", "One-Click");

type Fields = Vec<(String, String)>;

/// The use case behind a link: its token, what is wished, and the language that was chosen.
type UseCase = fn(&Services, &str, Wish, Option<Language>) -> ServiceResult<Told>;

/// The end of questions to a customer.
pub async fn questions(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    answer(&state, &request, &body, unsubscribe::unsubscribe).await
}

/// The end of a report to a colleague.
pub async fn report(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    answer(&state, &request, &body, stop_page).await
}

/// Shows how things stand, or changes it.
async fn answer(
    state: &State,
    request: &HttpRequest,
    body: &[u8],
    use_case: UseCase,
) -> Result<HttpResponse, Problem> {
    let wish = match *request.method() {
        Method::GET | Method::HEAD => Wish::Look,
        Method::POST => wish(request, body)?,
        _ => return Err(Problem::method_not_allowed("GET, HEAD, POST")),
    };
    let token = request.match_info().get("token").unwrap_or_default().to_owned();
    let asked: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let language = field(&asked, "language").and_then(Language::parse);
    // The outcome travels inside the result: people get a page for every error.
    let told = blocking(state, move |services| Ok(use_case(services, &token, wish, language))).await;
    Ok(match told.unwrap_or_else(|problem| Err(Error::Broken(problem.to_string()))) {
        Ok(Told::Page(page)) => html(StatusCode::OK, page),
        Ok(Told::Unknown(page)) => html(StatusCode::NOT_FOUND, page),
        Err(error) => failed(state, request, &error),
    })
}

/// What a POST wishes; one that is neither of our buttons nor one-click changes nothing.
fn wish(request: &HttpRequest, body: &[u8]) -> Result<Wish, Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let name = kind.split(';').next().unwrap_or_default().trim().to_lowercase();
    let fields: Fields = match name.as_str() {
        "application/x-www-form-urlencoded" => serde_urlencoded::from_bytes(body).unwrap_or_default(),
        "multipart/form-data" => of_parts(kind, body),
        _ => {
            let accepted = "application/x-www-form-urlencoded or multipart/form-data";
            return Err(Problem::unsupported_media_type(accepted));
        }
    };
    let one_click = |(name, value): &(String, String)| (name.as_str(), value.as_str()) == ONE_CLICK;
    Ok(match field(&fields, "go") {
        Some("unsubscribe") => Wish::End,
        Some("undo") => Wish::Undo,
        _ if fields.iter().any(one_click) => Wish::End,
        _ => Wish::Look,
    })
}

fn field<'a>(fields: &'a Fields, wanted: &str) -> Option<&'a str> {
    fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

/// The short fields of a form in parts: a body of a few lines, as mail programs send it.
fn of_parts(kind: &str, body: &[u8]) -> Fields {
    let body = String::from_utf8_lossy(body);
    let boundary = kind.split(';').find_map(|part| parameter(part, "boundary"));
    let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) else { return Vec::new() };
    body.split(&format!("--{boundary}")).filter_map(of_part).collect()
}

fn of_part(part: &str) -> Option<(String, String)> {
    let part = part.trim_start_matches("\r\n");
    let (head, value) = part.split_once("\r\n\r\n")?;
    let line = head.lines().find(|line| line.to_lowercase().starts_with("content-disposition:"))?;
    let name = line.split(';').find_map(|part| parameter(part, "name"))?;
    Some((name.to_owned(), value.strip_suffix("\r\n").unwrap_or(value).to_owned()))
}

/// The value of `name=value` or `name="value"`.
fn parameter<'a>(part: &'a str, wanted: &str) -> Option<&'a str> {
    let (name, value) = part.trim().split_once('=')?;
    name.eq_ignore_ascii_case(wanted).then(|| value.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_in_parts_is_read_as_mail_programs_send_it() {
        let body = "--x1\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x1--\r\n";
        let read = of_parts("multipart/form-data; boundary=x1", body.as_bytes());
        assert_eq!(read, [("List-Unsubscribe".to_owned(), "One-Click".to_owned())]);
        assert_eq!(of_parts("multipart/form-data; boundary=\"x1\"", body.as_bytes()), read);
        assert!(of_parts("multipart/form-data", body.as_bytes()).is_empty());
    }
}
