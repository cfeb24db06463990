//! The first page of an open survey: GET shows it to whoever opens the link, POST begins a form.

use std::sync::Arc;
use std::time::Instant;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use survey_forms::language::Language;

use super::form::{answer, posted_fields, run};
use crate::domain::marks::Marks;
use crate::http::problem::Problem;
use crate::http::{State, signs};
use crate::service::open_form::Shown;
use crate::service::open_start::{Asked, Visit, post, show};
use crate::service::post_page::{ANEW_FOR, Fields, Posted, write_page};
use crate::service::{Error, Result as ServiceResult};

/// Shows the first page or takes it.
pub async fn page(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let asked = asked(&request);
    let visit = match *request.method() {
        Method::GET | Method::HEAD => run(&state, move |services| show(services, &asked)).await,
        Method::POST => {
            take(&state, asked, posted_fields(&request, &body)?, signs::of_posting(&request)).await
        }
        _ => return Err(Problem::method_not_allowed("GET, HEAD, POST")),
    };
    let (token, outcome) = match visit {
        Ok(visit) => (visit.token, Ok(visit.outcome)),
        Err(error) => (String::new(), Err(error)),
    };
    Ok(answer(&state, &request, &token, outcome))
}

/// `<token>` or `<token>/<ticket>`, the language that was chosen, and those that the browser prefers.
fn asked(request: &HttpRequest) -> Asked {
    let path = request.match_info().unprocessed();
    let path = path.strip_prefix('/').unwrap_or(path);
    let (link, ticket) = match path.split_once('/') {
        Some((link, ticket)) => (link, Some(ticket.to_owned())),
        None => (path, None),
    };
    let fields: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let language = fields.iter().find(|(name, _)| name == "language");
    let accepted = request.headers().get("accept-language").and_then(|value| value.to_str().ok());
    Asked {
        link: link.to_owned(),
        ticket,
        language: language.and_then(|(_, tag)| Language::parse(tag)),
        accepted: accepted.unwrap_or_default().to_owned(),
    }
}

/// Works a posted page out and has it written; anew when another posting of the same ticket was quicker.
async fn take(state: &State, asked: Asked, fields: Fields, marks: Marks) -> ServiceResult<Visit<Shown>> {
    let given = Arc::new((asked, fields));
    let began = Instant::now();
    while began.elapsed() < ANEW_FOR {
        let given = Arc::clone(&given);
        let Visit { token, outcome } =
            run(state, move |services| post(services, &given.0, &given.1, marks)).await?;
        match outcome {
            Posted::Answer(shown) => return Ok(Visit { token, outcome: shown }),
            Posted::Write(submission, shown) => {
                if write_page(&state.services, *submission).await? {
                    return Ok(Visit { token, outcome: shown });
                }
            }
        }
    }
    Err(Error::Busy)
}
