//! The frame around every page: navigation, skip link, the way out; and the pages that only say something.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use handlebars::{Handlebars, TemplateError};
use serde::Serialize;

use super::{assets, sentence};
use crate::http::request_id::RequestId;
use crate::service::Error;
use crate::service::sign_in::session::SignedIn;

/// The templates by name.
const TEMPLATES: [(&str, &str); 15] = [
    ("frame", include_str!("templates/frame.hbs")),
    ("told", include_str!("templates/told.hbs")),
    ("login", include_str!("templates/login.hbs")),
    ("code", include_str!("templates/code.hbs")),
    ("setup", include_str!("templates/setup.hbs")),
    ("surveys", include_str!("templates/surveys.hbs")),
    ("new-survey", include_str!("templates/new-survey.hbs")),
    ("new-survey-field", include_str!("templates/new-survey-field.hbs")),
    ("open-links", include_str!("templates/open-links.hbs")),
    ("survey", include_str!("templates/survey.hbs")),
    ("invitations", include_str!("templates/invitations.hbs")),
    ("views", include_str!("templates/views.hbs")),
    ("settings", include_str!("templates/settings.hbs")),
    ("second-step", include_str!("templates/second-step.hbs")),
    ("how", include_str!("templates/how.hbs")),
];

/// Compiled once; what is wrong with one is kept and told to each caller.
static REGISTRY: LazyLock<Result<Handlebars<'static>, Box<TemplateError>>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    for (name, template) in TEMPLATES {
        registry.register_template_string(name, template)?;
    }
    Ok(registry)
});

/// One page.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The template of its main part.
    pub template: &'a str,
    /// What the template is filled with.
    pub view: &'a dyn erased::Serialize,
    /// The navigation of a survey, if the page is about one.
    pub links: &'a [NavLink],
}

impl Default for Page<'_> {
    fn default() -> Self {
        Self { title: "", template: "told", view: &(), links: &[] }
    }
}

/// One link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct NavLink {
    /// What it says.
    pub name: &'static str,
    /// Where it leads.
    pub path: String,
    /// Whether the reader is there: "page" on the page itself, "true" on one below it, empty elsewhere.
    pub mark: &'static str,
}

/// Values of any type that a template can be filled with.
pub(super) mod erased {
    /// What becomes a JSON tree.
    pub trait Serialize {
        /// The tree.
        fn tree(&self) -> serde_json::Value;
    }

    impl<T: serde::Serialize> Serialize for T {
        fn tree(&self) -> serde_json::Value {
            serde_json::to_value(self).unwrap_or_default()
        }
    }
}

#[derive(Serialize)]
struct Frame<'a> {
    title: &'a str,
    style: String,
    organisation: &'a str,
    name: &'a str,
    form_token: String,
    links: &'a [NavLink],
    /// What of a survey's pages is shown.
    current: &'a str,
    general: Vec<NavLink>,
    main: String,
}

/// A page as it is sent.
pub(super) fn answer(status: StatusCode, signed_in: Option<&SignedIn>, page: &Page<'_>) -> HttpResponse {
    match render(signed_in, page) {
        Ok(text) => {
            let mut response = HttpResponse::build(status);
            assets::headers(&mut response);
            response.content_type("text/html; charset=utf-8").body(text)
        }
        Err(words) => {
            tracing::error!(%words, "a page of the dashboard failed");
            HttpResponse::InternalServerError().content_type("text/html; charset=utf-8").finish()
        }
    }
}

fn render(signed_in: Option<&SignedIn>, page: &Page<'_>) -> Result<String, String> {
    let registry = REGISTRY.as_ref().map_err(ToString::to_string)?;
    let form_token = signed_in.map(SignedIn::form_token).unwrap_or_default();
    let mut view = page.view.tree();
    if let Some(fields) = view.as_object_mut() {
        fields.insert("form_token".to_owned(), form_token.clone().into());
    }
    let main = registry.render(page.template, &view).map_err(|error| error.to_string())?;
    let frame = Frame {
        title: page.title,
        style: assets::style_path(),
        organisation: signed_in.map_or("Laatu", |one| &one.known.organisation),
        name: signed_in.map_or("", |one| &one.known.member.name),
        form_token,
        links: page.links,
        current: page.links.iter().find(|link| !link.mark.is_empty()).map_or(page.title, |link| link.name),
        general: signed_in.map(|one| general(one, page.title)).unwrap_or_default(),
        main,
    };
    registry.render("frame", &frame).map_err(|error| error.to_string())
}

/// What stands in the navigation of every page.
fn general(signed_in: &SignedIn, title: &str) -> Vec<NavLink> {
    if !signed_in.known.member.role.reads_reports() || signed_in.owes_second_step() {
        return Vec::new();
    }
    let title = title.trim_start_matches("Error: ");
    let above = match title {
        "Make a survey" | "Links and codes" => "Surveys",
        "Second step" => "Settings",
        _ => "",
    };
    let link = |name: &'static str, path: &str| {
        let mark = match name {
            _ if title == name => "page",
            _ if above == name => "true",
            _ => "",
        };
        NavLink { name, path: path.to_owned(), mark }
    };
    vec![
        link("Surveys", "/dashboard/surveys"),
        link("Views", "/dashboard/views"),
        link("Settings", "/dashboard/settings"),
    ]
}

/// A page that only says something.
#[derive(Serialize)]
pub struct Told {
    /// Its heading.
    pub heading: &'static str,
    /// What to know.
    pub words: &'static str,
    /// What to do now: words and where they lead.
    pub way: Option<(&'static str, &'static str)>,
}

pub(super) const NOT_HERE: Told = Told {
    heading: "There is nothing here",
    words: "The address may be mistyped, or what was here belongs to somebody else or is gone.",
    way: Some(("Go to the dashboard", "/dashboard/")),
};

pub(super) const STRANGE_FORM: Told = Told {
    heading: "Nothing was done",
    words: "This form was not sent from a page of ours, or its page is from an earlier sign-in. Open the page again and \
            send it from there.",
    way: Some(("Go to the dashboard", "/dashboard/")),
};

pub(super) const DEAD_LINK: Told = Told {
    heading: "This link opens nothing any more",
    words: "A link to set a password works once and for 48 hours. Ask whoever gave it to you for a new one.",
    way: Some(("Sign in", "/login")),
};

pub(super) const NOT_YOURS: Told = Told {
    heading: "Nothing was done",
    words: "Your role may look at this, but not change it. Ask an owner or an admin of your organisation.",
    way: Some(("Go to the dashboard", "/dashboard/")),
};

pub(super) const SECOND_STEP_FIRST: Told = Told {
    heading: "Nothing was done",
    words: "Your organisation asks everybody who signs in for a second step. Set yours up; every page opens after it.",
    way: Some(("Set it up", super::second_step::HERE)),
};

pub(super) const NO_PAGES: Told = Told {
    heading: "There is no page for your role here",
    words: "Reports are open to owners, admins, analysts and auditors. Ask an owner of your organisation if you need \
            them.",
    way: None,
};

/// Sends a page that only says something.
pub(super) fn told(status: StatusCode, signed_in: Option<&SignedIn>, told: &Told) -> HttpResponse {
    answer(status, signed_in, &Page { title: told.heading, template: "told", view: told, ..Page::default() })
}

/// The page of a use case that failed.
pub(super) fn failed(request: &HttpRequest, signed_in: Option<&SignedIn>, error: &Error) -> HttpResponse {
    match error {
        Error::NotFound(_) => told(StatusCode::NOT_FOUND, signed_in, &NOT_HERE),
        Error::Busy => {
            let busy = Told {
                heading: "The service is busy",
                words: "Nothing is lost. Try again in a moment.",
                way: None,
            };
            let mut response = told(StatusCode::SERVICE_UNAVAILABLE, signed_in, &busy);
            response.headers_mut().insert(RETRY_AFTER, 2.into());
            response
        }
        Error::Invalid(problems) => {
            let words: Vec<String> = problems.iter().map(|one| sentence(&one.message)).collect();
            let view = serde_json::json!({
                "heading": "This cannot be shown", "words": words.join(". "), "way": ["Go to the dashboard", "/dashboard/"],
            });
            let page =
                Page { title: "This cannot be shown", template: "told", view: &view, ..Page::default() };
            answer(StatusCode::UNPROCESSABLE_ENTITY, signed_in, &page)
        }
        error => {
            let id = request.extensions().get::<RequestId>().map(|id| id.0.to_string()).unwrap_or_default();
            tracing::error!(%error, "a page of the dashboard failed");
            let view = serde_json::json!({
                "heading": "Something went wrong here",
                "words": format!("Nothing was changed. Please quote this id to whoever runs the service: {id}"),
                "way": null,
            });
            let page =
                Page { title: "Something went wrong", template: "told", view: &view, ..Page::default() };
            answer(StatusCode::INTERNAL_SERVER_ERROR, signed_in, &page)
        }
    }
}
