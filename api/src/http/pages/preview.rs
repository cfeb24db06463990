//! Previews of a survey: its pages behind a signed address. GET shows them, POST leads on; neither stores anything.

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use survey_forms::language::Language;

use super::form::{answer, posted_fields, run};
use crate::http::State;
use crate::http::problem::Problem;
use crate::service::post_page::Fields;
use crate::service::preview::{Asked, post, show};
use crate::service::preview_place::Rows;

/// Shows a page or leads on from it.
pub async fn page(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let asked = asked(&request);
    let outcome = match *request.method() {
        Method::GET | Method::HEAD => run(&state, move |services| show(services, &asked)).await,
        Method::POST => {
            let fields = posted_fields(&request, &body)?;
            run(&state, move |services| post(services, &asked, &fields)).await
        }
        _ => return Err(Problem::method_not_allowed("GET, HEAD, POST")),
    };
    Ok(answer(&state, &request, "", outcome))
}

fn asked(request: &HttpRequest) -> Asked {
    let path = request.match_info().unprocessed();
    let path = path.strip_prefix('/').unwrap_or(path);
    let (token, place) = path.split_once('/').unwrap_or((path, ""));
    let fields: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let field =
        |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let accepted = request.headers().get("accept-language").and_then(|value| value.to_str().ok());
    Asked {
        token: token.to_owned(),
        place: place.to_owned(),
        language: field("language").and_then(Language::parse),
        accepted: accepted.unwrap_or_default().to_owned(),
        rows: if field("rows").is_some() { Rows::Unfolded } else { Rows::Folded },
    }
}
