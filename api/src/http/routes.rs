//! The whole URL table, nothing else.

use actix_web::web::{self, PayloadConfig, ServiceConfig};
use actix_web::{Resource, Route};

use super::pages::form;
use super::problem::Problem;
use super::rest::{instruments, invitations, keys, orders, organisation, reports, responses, surveys};
use super::{assets, health};

/// Where the customer's pages begin.
pub const FORM_SCOPE: &str = "/s";

/// Largest body of an API request: a thousand orders.
const LARGEST_BODY: usize = 10 * 1024 * 1024;

/// Every path of the service.
pub fn routes(config: &mut ServiceConfig) {
    config
        .app_data(PayloadConfig::new(LARGEST_BODY))
        .configure(form_routes)
        .configure(key_routes)
        .configure(open_routes)
        .default_service(web::to(|| async { Err::<String, _>(Problem::no_such_path()) }));
}

/// The customer's pages; first, since paths are tried in this order and most requests are for them. What follows the
/// beginning is read by the handler: a pattern would be a regular expression, searched in each request.
fn form_routes(config: &mut ServiceConfig) {
    let pages = web::scope(FORM_SCOPE).app_data(PayloadConfig::new(form::LARGEST_PAGE));
    config.service(pages.default_service(web::to(form::page)));
}

/// What needs a key.
fn key_routes(config: &mut ServiceConfig) {
    config
        .service(at("/api/v1/orders", "POST", [web::post().to(orders::create)]))
        .service(at("/api/v1/orders/missing", "POST", [web::post().to(orders::missing)]))
        .service(at("/api/v1/orders/{order_number}/events", "POST", [web::post().to(orders::create_event)]))
        .service(at(
            "/api/v1/organisation",
            "GET, HEAD, PUT",
            [
                web::get().to(organisation::show),
                web::head().to(organisation::show),
                web::put().to(organisation::change),
            ],
        ))
        .service(at(
            "/api/v1/keys",
            "GET, HEAD, POST",
            [web::get().to(keys::list), web::head().to(keys::list), web::post().to(keys::create)],
        ))
        .service(at("/api/v1/keys/{id}", "DELETE", [web::delete().to(keys::revoke)]))
        .service(at("/api/v1/instruments", "POST", [web::post().to(instruments::publish)]))
        .service(at(
            "/api/v1/surveys",
            "GET, HEAD, POST",
            [web::get().to(surveys::list), web::head().to(surveys::list), web::post().to(surveys::create)],
        ))
        .service(at("/api/v1/surveys/{key}/start", "POST", [web::post().to(surveys::start)]))
        .service(at("/api/v1/surveys/{key}/pause", "POST", [web::post().to(surveys::pause)]))
        .service(at(
            "/api/v1/surveys/{key}/report",
            "GET, HEAD",
            [web::get().to(reports::as_json), web::head().to(reports::as_json)],
        ))
        .service(at(
            "/api/v1/surveys/{key}/report.html",
            "GET, HEAD",
            [web::get().to(reports::as_html), web::head().to(reports::as_html)],
        ))
        .service(at(
            "/api/v1/surveys/{key}/responses.{format}",
            "GET, HEAD",
            [web::get().to(responses::download), web::head().to(responses::download)],
        ))
        .service(at(
            "/api/v1/surveys/{key}/responses/codebook.json",
            "GET, HEAD",
            [web::get().to(responses::show_codebook), web::head().to(responses::show_codebook)],
        ))
        .service(at(
            "/api/v1/invitations",
            "GET, HEAD",
            [web::get().to(invitations::list), web::head().to(invitations::list)],
        ));
}

/// What describes the API, the pages, and the questions that need no key.
fn open_routes(config: &mut ServiceConfig) {
    config
        .service(at(
            "/api/openapi.json",
            "GET, HEAD",
            [web::get().to(assets::openapi), web::head().to(assets::openapi)],
        ))
        .service(at(
            "/api/docs/errors",
            "GET, HEAD",
            [web::get().to(assets::errors), web::head().to(assets::errors)],
        ))
        .service(at(
            "/api/docs",
            "GET, HEAD",
            [web::get().to(assets::docs_root), web::head().to(assets::docs_root)],
        ))
        .service(at(
            "/api/docs/{tail:.*}",
            "GET, HEAD",
            [web::get().to(assets::docs), web::head().to(assets::docs)],
        ))
        .service(at("/healthz", "GET, HEAD", [web::get().to(health::alive), web::head().to(health::alive)]))
        .service(at("/readyz", "GET, HEAD", [web::get().to(health::ready), web::head().to(health::ready)]));
}

/// A path with its methods; any other method gets 405 and the list.
fn at<const N: usize>(path: &str, allow: &'static str, methods: [Route; N]) -> Resource {
    let resource = methods.into_iter().fold(web::resource(path), Resource::route);
    resource
        .default_service(web::to(move || async move { Err::<String, _>(Problem::method_not_allowed(allow)) }))
}
