//! What the pages of the dashboard are shown with: one style sheet, named by its content, and their headers.

use std::sync::LazyLock;

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::http::problem::Problem;
use crate::report::render::STYLE;

/// The look of reports, and what only the dashboard has.
static SHEET: LazyLock<String> = LazyLock::new(|| format!("{STYLE}\n{}", include_str!("templates/desk.css")));

/// The sheet's name: it changes with its content, so that it can be kept for ever.
static NAME: LazyLock<String> = LazyLock::new(|| {
    let hash = HEXLOWER.encode(Sha256::digest(SHEET.as_bytes()).as_slice());
    format!("desk-{}.css", hash.get(..16).unwrap_or_default())
});

/// What a page may load and do: its own style sheet and its own forms.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// The path of the style sheet.
pub(super) fn style_path() -> String {
    format!("/dashboard/assets/{}", *NAME)
}

/// Headers of every page. Addresses of pages go to our own pages only: with none at all, browsers would hide where a
/// form comes from, and its posting could not be told from that of a stranger's page.
pub(super) fn headers(response: &mut HttpResponseBuilder) {
    response
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header((REFERRER_POLICY, "same-origin"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"));
}

/// The style sheet under its name of today.
pub async fn style(name: web::Path<String>) -> Result<HttpResponse, Problem> {
    if *name != *NAME {
        return Err(Problem::no_such_path());
    }
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(SHEET.as_str()))
}
