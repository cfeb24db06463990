//! Who is at the door: the cookie of a session, and whether a posted form comes from one of our own pages.

use actix_web::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, REFERER, SET_COOKIE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};

use super::{Fields, assets, run, shell};
use crate::http::State;
use crate::service::sign_in::session::{self, LONGEST_S, SignedIn};

/// The name of the field that binds a form to its session.
pub(super) const FORM_TOKEN: &str = "form";

/// The cookie's name. Under https it has the prefix by which browsers refuse it from anybody but this host.
fn cookie_name(state: &State) -> &'static str {
    if is_https(state) { "__Host-laatu" } else { "laatu" }
}

fn is_https(state: &State) -> bool {
    state.services.public_url.starts_with("https://")
}

/// The header that gives a browser its session, or takes it back where the value is empty.
pub(super) fn cookie(state: &State, value: &str) -> String {
    let secure = if is_https(state) { "; Secure" } else { "" };
    let age = if value.is_empty() { 0 } else { LONGEST_S };
    format!("{}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}", cookie_name(state))
}

/// The session's cookie that came with a request.
fn shown(state: &State, request: &HttpRequest) -> Option<String> {
    let name = cookie_name(state);
    let all = request.headers().get_all(COOKIE).filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
}

/// Who is signed in; the answer for everybody else leads to the sign-in page and from there back.
pub(super) async fn signed_in(state: &State, request: &HttpRequest) -> Result<SignedIn, HttpResponse> {
    match find(state, request).await {
        Ok(Some(signed_in)) => Ok(signed_in),
        Ok(None) => Err(go_to(&way_in(request))),
        Err(response) => Err(response),
    }
}

/// Who is signed in, if anybody is.
pub(super) async fn find(state: &State, request: &HttpRequest) -> Result<Option<SignedIn>, HttpResponse> {
    let Some(token) = shown(state, request) else { return Ok(None) };
    let found = run(state, move |services| session::find(services, &token)).await;
    found.map_err(|error| shell::failed(request, None, &error))
}

/// The sign-in page, with the page that was asked for.
fn way_in(request: &HttpRequest) -> String {
    let asked = request.uri().path_and_query().map_or("/dashboard/", |asked| asked.as_str());
    let is_shown = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_shown || asked == "/dashboard/" || asked == "/dashboard" {
        return "/login".to_owned();
    }
    let next = serde_urlencoded::to_string([("next", asked)]).unwrap_or_default();
    format!("/login?{next}")
}

/// The page to go to after signing in: one of the dashboard, whatever was asked.
pub(super) fn after(next: Option<&str>) -> String {
    let is_ours = |next: &&str| {
        next.starts_with("/dashboard/") && !next.contains(['\\', '\r', '\n']) && !next.contains("//")
    };
    next.filter(is_ours).unwrap_or("/dashboard/").to_owned()
}

pub(super) fn go_to(place: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    assets::headers(&mut response);
    response.insert_header((LOCATION, place)).finish()
}

/// The same with a new cookie.
pub(super) fn go_to_with(state: &State, place: &str, value: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    assets::headers(&mut response);
    response.insert_header((SET_COOKIE, cookie(state, value))).insert_header((LOCATION, place)).finish()
}

/// The fields of a form that comes from one of our pages; else the answer.
#[allow(clippy::result_large_err, reason = "the answer goes out as it is")]
pub(super) fn own_form(state: &State, request: &HttpRequest, body: &[u8]) -> Result<Fields, HttpResponse> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_form = kind.starts_with("application/x-www-form-urlencoded");
    if !is_form || !is_from_us(state, request) {
        return Err(shell::told(StatusCode::FORBIDDEN, None, &shell::STRANGE_FORM));
    }
    Ok(serde_urlencoded::from_bytes(body).unwrap_or_default())
}

/// Whether a posting does not come from another site's page, as far as the browser says.
///
/// Browsers of today say it outright (`Sec-Fetch-Site`), older ones name the origin; what says neither is no browser and
/// holds nobody's cookie by accident.
fn is_from_us(state: &State, request: &HttpRequest) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = header(ORIGIN.as_str()) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && (host == header(HOST.as_str()) || origin == origin_of(&state.services.public_url))
}

/// The page of the dashboard from which a link led here, as the browser says; none where it was another one's page.
pub(super) fn came_from(state: &State, request: &HttpRequest) -> Option<String> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let from = url::Url::parse(header(REFERER)?).ok()?;
    let origin = from.origin().ascii_serialization();
    let host = origin.split_once("://").map(|(_, host)| host);
    if host != header(HOST) && origin != origin_of(&state.services.public_url) {
        return None;
    }
    let query = from.query().map_or_else(String::new, |query| format!("?{query}"));
    let place = format!("{}{query}", from.path());
    (after(Some(&place)) == place).then_some(place)
}

/// Scheme, host and port of an address.
fn origin_of(url: &str) -> String {
    url::Url::parse(url).map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_out_of_the_house_by_signing_in() {
        assert_eq!(
            after(Some("/dashboard/surveys/a/channels?period=4w")),
            "/dashboard/surveys/a/channels?period=4w"
        );
        for out in [
            "https://evil.example/",
            "//evil.example",
            "/dashboard//evil.example",
            "/logout",
            "/dashboard/\\x",
        ] {
            assert_eq!(after(Some(out)), "/dashboard/", "{out}");
        }
        assert_eq!(after(None), "/dashboard/");
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(origin_of("https://surveys.example/base"), "https://surveys.example");
        assert_eq!(origin_of("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(origin_of("not an address"), "");
    }
}
