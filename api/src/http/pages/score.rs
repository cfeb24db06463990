//! What everybody may see: a shop's score, and the badge that other pages show.
//!
//! Answers are the same for all visitors and may be kept for five minutes on the way. Only the language can be chosen. A
//! network that asks again and again is told to wait.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETag, EntityTag, Header, IfNoneMatch,
    REFERRER_POLICY, RETRY_AFTER, VARY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpRequest, HttpResponse, web};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use survey_forms::language::{Language, negotiate};
use survey_forms::render::{NoticeKind, badge_style};

use super::form::{failed, html, notice};
use crate::http::assets::public_policy;
use crate::http::{State, blocking, network_of};
use crate::service::Error;
use crate::service::coloured_page::{Html, hash};
use crate::service::public_score::{Form, KEPT_S, Told, show};

/// The page.
pub async fn page(state: web::Data<State>, request: HttpRequest, slug: web::Path<String>) -> HttpResponse {
    answer(&state, &request, slug.into_inner(), Form::Page).await
}

/// The badge.
pub async fn badge(state: web::Data<State>, request: HttpRequest, slug: web::Path<String>) -> HttpResponse {
    answer(&state, &request, slug.into_inner(), Form::Badge).await
}

async fn answer(state: &State, request: &HttpRequest, slug: String, form: Form) -> HttpResponse {
    if let Err(seconds) = state.services.looks.admit(&network_of(request), state.services.now()) {
        let page = notice(state, request, NoticeKind::Busy).into();
        let mut response = html(StatusCode::TOO_MANY_REQUESTS, page);
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
        return response;
    }
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let chosen = asked.iter().find(|(name, _)| name == "language").and_then(|(_, tag)| Language::parse(tag));
    // A badge stands on somebody's page, whose language its address names.
    let browser = request.headers().get(ACCEPT_LANGUAGE).filter(|_| form == Form::Page);
    let browser = browser.and_then(|value| value.to_str().ok()).map(str::to_owned);
    let wanted = move |offered: &[Language]| {
        let chosen = chosen.filter(|language| offered.contains(language));
        chosen.or_else(|| negotiate(browser.as_deref()?, offered))
    };
    // The outcome travels inside the result: people get a page for every error. A score that is not kept takes a report.
    let told = blocking(state, move |services| Ok(show(services, &slug, form, wanted))).await;
    match told.unwrap_or_else(|problem| Err(Error::Broken(problem.to_string()))) {
        Ok(Told::Score(shown)) => public(request, StatusCode::OK, form, shown),
        Ok(Told::TooFew(shown)) => public(request, StatusCode::NOT_FOUND, form, shown),
        Ok(Told::Nothing(page)) => html(StatusCode::NOT_FOUND, page),
        Err(error) => failed(state, request, &error),
    }
}

fn public(request: &HttpRequest, status: StatusCode, form: Form, shown: Html) -> HttpResponse {
    let tag = EntityTag::new_strong(HEXLOWER.encode(&Sha256::digest(shown.text.as_bytes())));
    let is_known = status == StatusCode::OK
        && match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|one| one.weak_eq(&tag)),
            Err(_) => false,
        };
    let mut response = HttpResponse::build(if is_known { StatusCode::NOT_MODIFIED } else { status });
    response
        .insert_header(ETag(tag))
        .insert_header((CACHE_CONTROL, format!("public, max-age={KEPT_S}")))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if form == Form::Page {
        response
            .insert_header((VARY, "accept-language"))
            .insert_header((REFERRER_POLICY, "no-referrer"))
            .insert_header((CONTENT_SECURITY_POLICY, public_policy(shown.own_style.as_ref())))
            .content_type("text/html; charset=utf-8");
    } else {
        let policy = format!("default-src 'none'; style-src '{}'", hash(badge_style()));
        response
            .insert_header((CONTENT_SECURITY_POLICY, policy))
            .insert_header(("cross-origin-resource-policy", "cross-origin"))
            .content_type("image/svg+xml");
    }
    if is_known { response.finish() } else { response.body(shown.text) }
}
