//! Views that are kept, and what a survey is held against: short forms of the pages about surveys.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::json;

use super::door::{Inside, OwnForm};
use super::right::{Manage, Read};
use super::shell::Page;
use super::survey::{Said, show_again};
use super::survey_address::{asked, base, is_page, query};
use super::{Fields, field, report_mails, sentence};
use crate::domain::Id;
use crate::service::target::{read_points, set_target as set};
use crate::service::views::{self, NewView};
use crate::service::{Error, invalid};
use crate::store::saved_views::SavedView;

/// Where the list of views is.
pub(super) const VIEWS: &str = "/dashboard/views";

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
pub async fn list(visit: Inside<Read>) -> HttpResponse {
    let found = visit.read(|_, connection, scope| views::list(connection, scope)).await;
    let found = match found {
        Ok(found) => report_mails::read(&visit).await.map(|mails| (found, mails)),
        Err(error) => Err(error),
    };
    match found {
        Ok((found, mails)) => {
            let mine = visit.who.known.scope.member_id();
            let shown: Vec<Shown> = found.into_iter().map(|one| shown(one, mine)).collect();
            let own = shown.iter().any(|one| one.delete.is_some());
            let view = json!({"views": shown, "own": own, "by_mail": mails});
            let page = Page { title: "Views", template: "views", view: &view, ..Page::default() };
            visit.show(StatusCode::OK, &page)
        }
        Err(error) => visit.failed(&error),
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
pub async fn keep(form: OwnForm<Read>) -> HttpResponse {
    let Some(new) = new_view(&form.fields) else { return form.nothing() };
    let kept = form
        .write(move |services, connection, scope| views::keep(services, connection, scope, new.clone()))
        .await;
    form.lead(kept, VIEWS)
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
pub async fn delete(form: OwnForm<Read>, id: web::Path<String>) -> HttpResponse {
    let Some(id) = Id::parse(&id) else { return form.nothing() };
    let done =
        form.write(move |services, connection, scope| views::delete(services, connection, scope, id)).await;
    form.lead(done, VIEWS)
}

/// Sets what a survey is held against.
pub async fn set_target(form: OwnForm<Manage>, key: web::Path<String>) -> HttpResponse {
    let typed = form.text("target");
    let survey = key.clone();
    let done = match read_points(&typed) {
        Ok(points) => form.write(move |_, connection, scope| set(connection, scope, &survey, points)).await,
        Err(words) => Err(invalid("target", "type", words)),
    };
    match done {
        Err(Error::Invalid(problems)) => {
            let words = problems.iter().map(|one| sentence(&one.message)).collect::<Vec<_>>().join(". ");
            let said = Said { target: typed, target_error: words, ..Said::default() };
            show_again(&form, key.into_inner(), said).await
        }
        done => form.lead(done, &format!("{}/trend", base(&key))),
    }
}
