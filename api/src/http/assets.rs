//! Headers of pages, the API's own documentation, and what it is shown with; nothing from outside.

use std::sync::{Arc, LazyLock};

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use utoipa_swagger_ui::Config;

use super::problem::Problem;
use crate::service::coloured_page::{StyleHash, hash};

fn policy(styles: &[&str]) -> String {
    let styles: Vec<String> = styles.iter().map(|hash| format!("'{hash}'")).collect();
    format!(
        "default-src 'none'; style-src {}; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        styles.join(" ")
    )
}

static FORM_STYLE: LazyLock<StyleHash> = LazyLock::new(|| hash(survey_forms::render::style()));
static FORM_POLICY: LazyLock<String> = LazyLock::new(|| policy(&[&FORM_STYLE]));

/// The same headers for a page with a second style element of this hash, as an organisation's colour needs it.
pub fn coloured_headers(response: &mut HttpResponseBuilder, own_style: Option<&StyleHash>) {
    match own_style {
        None => form_headers(response),
        Some(own) => private_headers(response, &policy(&[&FORM_STYLE, own])),
    }
}

/// The policy of an organisation's public page: the common style, and its colour's.
pub fn public_policy(own_style: Option<&StyleHash>) -> String {
    match own_style {
        None => FORM_POLICY.clone(),
        Some(own) => policy(&[&FORM_STYLE, own]),
    }
}

/// Headers of every page of the form: nothing from outside, kept nowhere, told to nobody.
pub fn form_headers(response: &mut HttpResponseBuilder) {
    private_headers(response, FORM_POLICY.as_str());
}

fn private_headers(response: &mut HttpResponseBuilder, policy: &str) {
    response
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"));
}

/// A page that carries its one style element with it.
pub fn html_page(page: String) -> HttpResponse {
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let policy = policy(&[&hash(style.map_or("", |(style, _)| style))]);
    let mut response = HttpResponse::Ok();
    private_headers(&mut response, &policy);
    response.content_type("text/html; charset=utf-8").body(page)
}

/// The API's description.
pub async fn openapi() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(crate::openapi::document())
}

/// What each kind of problem means.
pub async fn errors() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(include_str!("../../../docs/errors.md"))
}

static DOCS: LazyLock<Arc<Config<'static>>> =
    LazyLock::new(|| Arc::new(Config::from("/api/openapi.json").validator_url("none")));

/// The API's page, all of it from the binary.
pub async fn docs(path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let found = utoipa_swagger_ui::serve(&path, Arc::clone(&DOCS))
        .map_err(|error| Problem::broken(&error.to_string()))?
        .ok_or_else(Problem::no_such_path)?;
    Ok(HttpResponse::Ok()
        .content_type(found.content_type)
        .insert_header((
            CONTENT_SECURITY_POLICY,
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
        ))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(found.bytes.to_vec()))
}

/// The page's address without its slash: its files are named relative to it.
pub async fn docs_root() -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("Location", "/api/docs/")).finish()
}
