//! The whole URL table, nothing else.

use actix_web::web::{self, PayloadConfig, ServiceConfig};
use actix_web::{Resource, Route};

use super::pages::{asking, desk, form, open, own_data, preview, score, slip};
use super::problem::Problem;
use super::rest::{
    annotations, bounces, hooks, instruments, invitations, keys, open_links, orders, organisation, reports,
    responses, sending, suppressions, surveys, webhooks,
};
use super::{assets, health};

/// Where the customer's pages begin.
pub const FORM_SCOPE: &str = "/s";

/// Where open links begin.
pub const OPEN_SCOPE: &str = "/o";

/// Where previews begin.
pub const PREVIEW_SCOPE: &str = "/v";

/// Largest body of an API request: a thousand orders.
const LARGEST_BODY: usize = 10 * 1024 * 1024;

/// Every path of the service.
pub fn routes(config: &mut ServiceConfig) {
    config
        .app_data(PayloadConfig::new(LARGEST_BODY))
        .configure(form_routes)
        .configure(own_data_routes)
        .configure(score_routes)
        .configure(desk_routes)
        .configure(key_routes)
        .configure(survey_routes)
        .configure(annotation_routes)
        .configure(sending_routes)
        .configure(webhook_routes)
        .configure(hook_routes)
        .configure(returned_routes)
        .configure(open_routes)
        .default_service(web::to(|| async { Err::<String, _>(Problem::no_such_path()) }));
}

/// The customer's pages; first, since paths are tried in this order and most requests are for them. What follows the
/// beginning is read by the handler: a pattern would be a regular expression, searched in each request.
fn form_routes(config: &mut ServiceConfig) {
    let pages = web::scope(FORM_SCOPE).app_data(PayloadConfig::new(form::LARGEST_PAGE));
    config.service(pages.default_service(web::to(form::page)));
    let pages = web::scope(OPEN_SCOPE).app_data(PayloadConfig::new(form::LARGEST_PAGE));
    config.service(pages.default_service(web::to(open::page)));
    let pages = web::scope(PREVIEW_SCOPE).app_data(PayloadConfig::new(form::LARGEST_PAGE));
    config.service(pages.default_service(web::to(preview::page)));
}

/// What is kept about a customer, and the end of mails to them; every spelling of such a link is answered by the one page.
fn own_data_routes(config: &mut ServiceConfig) {
    let pages = web::resource("/p/{token:.*}").app_data(PayloadConfig::new(own_data::LARGEST_BODY));
    config.service(pages.default_service(web::to(own_data::page)));
    config.service(web::resource("/c/{code:.*}").default_service(web::to(slip::page)));
    let pages = web::resource("/u/{token:.*}").app_data(PayloadConfig::new(asking::LARGEST_BODY));
    config.service(pages.default_service(web::to(asking::questions)));
    let pages = web::resource("/r/{token:.*}").app_data(PayloadConfig::new(asking::LARGEST_BODY));
    config.service(pages.default_service(web::to(asking::report)));
}

/// What everybody may see: a shop's score, and its badge.
fn score_routes(config: &mut ServiceConfig) {
    config
        .service(at("/score/{slug}", "GET, HEAD", [web::get().to(score::page), web::head().to(score::page)]))
        .service(at(
            "/score/{slug}/badge.svg",
            "GET, HEAD",
            [web::get().to(score::badge), web::head().to(score::badge)],
        ));
}

/// The pages of those who sign in, and their way in.
fn desk_routes(config: &mut ServiceConfig) {
    let posted = || PayloadConfig::new(desk::LARGEST_BODY);
    config
        .service(
            at(
                "/login",
                "GET, HEAD, POST",
                [
                    web::get().to(desk::sign_in::show),
                    web::head().to(desk::sign_in::show),
                    web::post().to(desk::sign_in::take),
                ],
            )
            .app_data(posted()),
        )
        .service(
            at(
                "/login/code",
                "GET, HEAD, POST",
                [
                    web::get().to(desk::sign_in::no_code_yet),
                    web::head().to(desk::sign_in::no_code_yet),
                    web::post().to(desk::sign_in::take_code),
                ],
            )
            .app_data(posted()),
        )
        .service(at("/logout", "POST", [web::post().to(desk::sign_in::leave)]).app_data(posted()))
        .service(
            at(
                "/setup/{token}",
                "GET, HEAD, POST",
                [
                    web::get().to(desk::set_password::show),
                    web::head().to(desk::set_password::show),
                    web::post().to(desk::set_password::take),
                ],
            )
            .app_data(posted()),
        )
        .service(at(
            "/dashboard/assets/{name}",
            "GET, HEAD",
            [web::get().to(desk::assets::style), web::head().to(desk::assets::style)],
        ))
        .service(web::scope("/dashboard").app_data(posted()).configure(dashboard_routes));
}

/// The dashboard.
fn dashboard_routes(config: &mut ServiceConfig) {
    config
        .service(at("", "GET, HEAD", [web::get().to(desk::home::first), web::head().to(desk::home::first)]))
        .service(at("/", "GET, HEAD", [web::get().to(desk::home::first), web::head().to(desk::home::first)]))
        .service(at("/how", "GET, HEAD", [web::get().to(desk::home::how), web::head().to(desk::home::how)]))
        .service(at(
            "/surveys",
            "GET, HEAD, POST",
            [
                web::get().to(desk::surveys::list),
                web::head().to(desk::surveys::list),
                web::post().to(desk::new_survey::create),
            ],
        ))
        .service(at(
            "/new-survey",
            "GET, HEAD",
            [web::get().to(desk::new_survey::show), web::head().to(desk::new_survey::show)],
        ))
        .service(at(
            "/settings",
            "GET, HEAD",
            [web::get().to(desk::settings::show), web::head().to(desk::settings::show)],
        ))
        .service(at("/settings/organisation", "POST", [web::post().to(desk::settings::change)]))
        .service(at("/settings/second-step-rule", "POST", [web::post().to(desk::people::set_rule)]))
        .service(at("/settings/users", "POST", [web::post().to(desk::people::invite)]))
        .service(at(
            "/settings/second-step",
            "GET, HEAD",
            [web::get().to(desk::second_step::show), web::head().to(desk::second_step::show)],
        ))
        .service(at("/settings/second-step/{go}", "POST", [web::post().to(desk::second_step::act)]))
        .service(at(
            "/views",
            "GET, HEAD, POST",
            [
                web::get().to(desk::views::list),
                web::head().to(desk::views::list),
                web::post().to(desk::views::keep),
            ],
        ))
        .service(at("/views/{id}/delete", "POST", [web::post().to(desk::views::delete)]))
        .service(at("/report-mails", "POST", [web::post().to(desk::report_mails::ask)]))
        .service(at("/report-mails/{id}/stop", "POST", [web::post().to(desk::report_mails::stop)]))
        .configure(survey_pages)
        .default_service(web::to(desk::nowhere));
}

/// The pages of one survey; the last place takes what no other has.
fn survey_pages(config: &mut ServiceConfig) {
    config
        .service(at(
            "/surveys/{key}",
            "GET, HEAD",
            [web::get().to(desk::survey::overview), web::head().to(desk::survey::overview)],
        ))
        .service(at("/surveys/{key}/annotations", "POST", [web::post().to(desk::annotations::create)]))
        .service(at("/surveys/{key}/annotations/{id}", "POST", [web::post().to(desk::annotations::delete)]))
        .service(at(
            "/surveys/{key}/links",
            "GET, HEAD, POST",
            [
                web::get().to(desk::open_links::list),
                web::head().to(desk::open_links::list),
                web::post().to(desk::open_links::create),
            ],
        ))
        .service(at("/surveys/{key}/links/{id}/close", "POST", [web::post().to(desk::open_links::close)]))
        .service(at(
            "/surveys/{key}/links/{id}/qr.svg",
            "GET, HEAD",
            [web::get().to(desk::open_links::code), web::head().to(desk::open_links::code)],
        ))
        .service(at("/surveys/{key}/state", "POST", [web::post().to(desk::surveys::set_state)]))
        .service(at("/surveys/{key}/target", "POST", [web::post().to(desk::views::set_target)]))
        .service(at(
            "/surveys/{key}/invitations",
            "GET, HEAD",
            [web::get().to(desk::invitations::show), web::head().to(desk::invitations::show)],
        ))
        .service(at(
            "/surveys/{key}/report.{format}",
            "GET, HEAD",
            [web::get().to(desk::take::report), web::head().to(desk::take::report)],
        ))
        .service(at(
            "/surveys/{key}/{page:.*}",
            "GET, HEAD",
            [web::get().to(desk::survey::page), web::head().to(desk::survey::page)],
        ));
}

/// What needs a key.
fn key_routes(config: &mut ServiceConfig) {
    config
        .service(at("/api/v1/orders", "POST", [web::post().to(orders::create)]))
        .service(at("/api/v1/orders/missing", "POST", [web::post().to(orders::missing)]))
        .service(at("/api/v1/orders/{order_number}/events", "POST", [web::post().to(orders::create_event)]))
        .service(at("/api/v1/orders/{order_number}/slip", "POST", [web::post().to(orders::make_slip)]))
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
        .service(at("/api/v1/surveys/{key}/target", "PUT", [web::put().to(surveys::set_target)]))
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
            "/api/v1/surveys/{key}/report.{format}",
            "GET, HEAD",
            [web::get().to(reports::as_file), web::head().to(reports::as_file)],
        ))
        .service(at(
            "/api/v1/surveys/{key}/responses.{format}",
            "GET, HEAD",
            [web::get().to(responses::download), web::head().to(responses::download)],
        ))
        .service(at(
            "/api/v1/surveys/{key}/bundle.zip",
            "GET, HEAD",
            [web::get().to(responses::download_bundle), web::head().to(responses::download_bundle)],
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

/// And this: what is written on the trend of a survey.
fn annotation_routes(config: &mut ServiceConfig) {
    config
        .service(at(
            "/api/v1/surveys/{key}/annotations",
            "GET, HEAD, POST",
            [
                web::get().to(annotations::list),
                web::head().to(annotations::list),
                web::post().to(annotations::create),
            ],
        ))
        .service(at(
            "/api/v1/surveys/{key}/annotations/{id}",
            "DELETE",
            [web::delete().to(annotations::delete)],
        ));
}

/// What needs a key, too: surveys looked at before they are sent, and their open links.
fn survey_routes(config: &mut ServiceConfig) {
    config
        .service(at(
            "/api/v1/surveys/{key}/preview",
            "GET, HEAD",
            [web::get().to(surveys::preview), web::head().to(surveys::preview)],
        ))
        .service(at(
            "/api/v1/surveys/{key}/links",
            "GET, HEAD, POST",
            [
                web::get().to(open_links::list),
                web::head().to(open_links::list),
                web::post().to(open_links::create),
            ],
        ))
        .service(at(
            "/api/v1/surveys/{key}/links/{id}/qr.svg",
            "GET, HEAD",
            [web::get().to(open_links::draw), web::head().to(open_links::draw)],
        ))
        .service(at("/api/v1/surveys/{key}/links/{id}/close", "POST", [web::post().to(open_links::close)]));
}

/// What needs a key as well: mails, paused and explained.
fn sending_routes(config: &mut ServiceConfig) {
    config
        .service(at("/api/v1/sending/pause", "POST", [web::post().to(sending::stop)]))
        .service(at("/api/v1/sending/resume", "POST", [web::post().to(sending::go_on)]))
        .service(at("/api/v1/customers/why", "POST", [web::post().to(sending::tell_why)]))
        .service(at(
            "/api/v1/invitations/{id}/mail",
            "GET, HEAD",
            [web::get().to(sending::show_mail), web::head().to(sending::show_mail)],
        ))
        .service(at(
            "/api/v1/invitations/{id}/log",
            "GET, HEAD",
            [web::get().to(sending::log), web::head().to(sending::log)],
        ));
}

/// Endpoints to which events are brought; they need a key.
fn webhook_routes(config: &mut ServiceConfig) {
    config
        .service(at(
            "/api/v1/webhooks",
            "GET, HEAD, POST",
            [web::get().to(webhooks::list), web::head().to(webhooks::list), web::post().to(webhooks::create)],
        ))
        .service(at("/api/v1/webhooks/{id}", "DELETE", [web::delete().to(webhooks::delete)]))
        .service(at("/api/v1/webhooks/{id}/enable", "POST", [web::post().to(webhooks::enable)]))
        .service(at("/api/v1/webhooks/{id}/disable", "POST", [web::post().to(webhooks::disable)]))
        .service(at("/api/v1/webhooks/{id}/rotate", "POST", [web::post().to(webhooks::rotate)]))
        .service(at("/api/v1/webhooks/{id}/test", "POST", [web::post().to(webhooks::test)]))
        .service(at(
            "/api/v1/webhooks/{id}/deliveries",
            "GET, HEAD",
            [web::get().to(webhooks::deliveries), web::head().to(webhooks::deliveries)],
        ))
        .service(at(
            "/api/v1/webhooks/{id}/deliveries/{delivery}/replay",
            "POST",
            [web::post().to(webhooks::replay)],
        ));
}

/// What shops send by themselves: an unguessable address and a signature instead of a key.
fn hook_routes(config: &mut ServiceConfig) {
    config
        .service(at("/api/v1/hooks/shopify/{endpoint}", "POST", [web::post().to(hooks::shopify)]))
        .service(at("/api/v1/hooks/woocommerce/{endpoint}", "POST", [web::post().to(hooks::woocommerce)]));
}

/// And this: what comes back, and who is not mailed any more.
fn returned_routes(config: &mut ServiceConfig) {
    config
        .service(at("/api/v1/bounces", "POST", [web::post().to(bounces::take)]))
        .service(at(
            "/api/v1/suppressions",
            "GET, HEAD, POST",
            [
                web::get().to(suppressions::list),
                web::head().to(suppressions::list),
                web::post().to(suppressions::add),
            ],
        ))
        .service(at("/api/v1/suppressions/check", "POST", [web::post().to(suppressions::check)]))
        .service(at(
            "/api/v1/suppressions/{address_hash}",
            "DELETE",
            [web::delete().to(suppressions::remove)],
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
