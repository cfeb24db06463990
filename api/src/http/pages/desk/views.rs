//! Views that are kept, and what a survey is held against: short forms of the pages about surveys.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::json;

use super::gate::{go_to, own_form_of};
use super::home::reader;
use super::shell::{self, Page};
use super::survey::{asked, base, is_page, query};
use super::{Fields, field, report_mails, run};
use crate::domain::Id;
use crate::http::State;
use crate::service::invalid;
use crate::service::once::{in_read, in_transaction};
use crate::service::target::{read_points, set_target as set};
use crate::service::views::{self, NewView};
use crate::store::saved_views::SavedView;

/// The templates of these pages by name.
pub(super) const TEMPLATES: [(&str, &str); 1] = [("views", include_str!("templates/views.hbs"))];

#[derive(Serialize)]
struct Shown {
    name: String,
    path: String,
    survey: String,
    owner: String,
    shared: bool,
    delete: Option<String>,
    /// What chooses it to be mailed.
    id: String,
}

/// All views that this member sees.
pub async fn list(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let scope = signed_in.known.scope.clone();
    let found = run(&state, move |services| in_read(services, |connection| views::list(connection, &scope)));
    let found = match found.await {
        Ok(found) => report_mails::read(&state, &signed_in).await.map(|mails| (found, mails)),
        Err(error) => Err(error),
    };
    match found {
        Ok((found, mails)) => {
            let mine = signed_in.known.scope.member_id();
            let shown: Vec<Shown> = found.into_iter().map(|one| shown(one, mine)).collect();
            let view = json!({"views": shown, "by_mail": mails});
            let page = Page { title: "Views", template: "views", view: &view, ..Page::default() };
            shell::answer(StatusCode::OK, Some(&signed_in), &page)
        }
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

fn shown(one: SavedView, mine: Option<Id>) -> Shown {
    let slash = if one.page.is_empty() { "" } else { "/" };
    let is_mine = mine == Some(one.member_id);
    Shown {
        path: format!("{}{slash}{}{}", base(&one.survey), one.page, one.query),
        owner: if is_mine { "you".to_owned() } else { one.owner },
        delete: is_mine.then(|| format!("/dashboard/views/{}/delete", one.id)),
        id: one.id.to_string(),
        name: one.name,
        survey: one.survey,
        shared: one.shared,
    }
}

/// Keeps the view from whose page the form comes.
pub async fn keep(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let fields = match own_form_of(&state, &request, &signed_in, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    let Some(new) = new_view(&fields) else {
        return shell::told(StatusCode::NOT_FOUND, Some(&signed_in), &shell::NOT_HERE);
    };
    let scope = signed_in.known.scope.clone();
    let kept = run(&state, move |services| {
        in_transaction(services, |connection| views::keep(services, connection, &scope, new.clone()))
    });
    match kept.await {
        Ok(()) => go_to("/dashboard/views"),
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

/// What a form asks to keep, in the words of our own addresses; none where there is no such page.
fn new_view(fields: &Fields) -> Option<NewView> {
    let text = |name: &str| field(fields, name).unwrap_or_default();
    let page = text("page");
    if !is_page(page) {
        return None;
    }
    let given: Fields = serde_urlencoded::from_str(text("query").trim_start_matches('?')).unwrap_or_default();
    Some(NewView {
        survey: text("survey").to_owned(),
        name: text("name").to_owned(),
        page: page.to_owned(),
        query: query(&asked(&given)),
        shared: field(fields, "shared").is_some(),
    })
}

/// Forgets a view.
pub async fn delete(
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<String>,
    body: web::Bytes,
) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    if let Err(response) = own_form_of(&state, &request, &signed_in, &body) {
        return response;
    }
    let Some(id) = Id::parse(&id) else {
        return shell::told(StatusCode::NOT_FOUND, Some(&signed_in), &shell::NOT_HERE);
    };
    let scope = signed_in.known.scope.clone();
    let done = run(&state, move |services| {
        in_transaction(services, |connection| views::delete(services, connection, &scope, id))
    });
    match done.await {
        Ok(()) => go_to("/dashboard/views"),
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

/// Sets what a survey is held against.
pub async fn set_target(
    state: web::Data<State>,
    request: HttpRequest,
    key: web::Path<String>,
    body: web::Bytes,
) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let fields = match own_form_of(&state, &request, &signed_in, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    if !shell::manages(&signed_in) {
        return shell::told(StatusCode::FORBIDDEN, Some(&signed_in), &shell::NOT_YOURS);
    }
    let (scope, key) = (signed_in.known.scope.clone(), key.into_inner());
    let place = format!("{}/trend", base(&key));
    let wanted = read_points(field(&fields, "target").unwrap_or_default());
    let done = run(&state, move |services| {
        let points = wanted.map_err(|words| invalid("target", "type", words))?;
        in_transaction(services, |connection| set(connection, &scope, &key, points))
    });
    match done.await {
        Ok(_) => go_to(&place),
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}
