//! The people of the organisation, as the page of settings lists them: owners invite colleagues there, and owners and admins
//! ask everybody for a second step.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::door::{OwnForm, Visit};
use super::right::{Invite, Manage};
use super::settings::page;
use super::{Fields, field, sentence};
use crate::domain::{Grant, Id, Role, SecondStepRule};
use crate::service::change_organisation::change_organisation;
use crate::service::sign_in::invite::{LINK_HOURS, NewUser, create_user};
use crate::service::{Error, Result};
use crate::store::members::{self, Member};
use crate::store::{AnyConnection, OrgScope, second_steps};

/// Who signs in, and who of them is asked for a code.
pub(super) struct People {
    members: Vec<Member>,
    asked: Vec<Id>,
}

/// Reads them.
pub(super) fn read(connection: &mut AnyConnection, scope: &OrgScope) -> Result<People> {
    let members = members::all(connection, scope)?;
    let members = members.into_iter().filter(|one| one.disabled_at.is_none()).collect();
    Ok(People { members, asked: second_steps::asked(connection, scope)? })
}

impl People {
    /// Whether somebody is asked for a code when they sign in.
    pub(super) fn is_asked(&self, id: Id) -> bool {
        self.asked.contains(&id)
    }

    /// The part of the page; `said` is what came of an invitation.
    pub(super) fn shown(&self, visit: &Visit, said: &Value) -> Value {
        let text = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default();
        let roles = Role::ALL.iter();
        let roles = roles.map(|role| json!({"word": role.word(), "name": sentence(role.word()), "usual": *role == Role::Analyst}));
        json!({
            "rows": self.members.iter().map(|one| self.row(one)).collect::<Vec<_>>(),
            "invites": visit.may::<Invite>(),
            "hours": LINK_HOURS,
            "roles": roles.collect::<Vec<_>>(),
            "link": text("link"), "whose": text("whose"), "error": text("error"),
            "email": text("email"), "name": text("name"),
            "rule": self.rule(visit, text("rule_refused")),
        })
    }

    /// Whom the organisation asks for a second step, and how many have one.
    fn rule(&self, visit: &Visit, refused: &str) -> Value {
        let with = self.members.iter().filter(|one| self.is_asked(one.id)).count();
        json!({
            "everybody": visit.who.rule == SecondStepRule::Everybody,
            "have": format!("{with} of {} have one", self.members.len()),
            "sets": visit.may::<Manage>(),
            "own": visit.who.has_second_step,
            "refused": refused,
        })
    }

    fn row(&self, one: &Member) -> Value {
        let rows = one.role == Role::Owner || one.grants.contains(&Grant::Rows);
        json!({"name": one.name, "email": one.email, "role": sentence(one.role.word()), "rows": rows,
            "waits": one.password.is_empty(), "second": self.is_asked(one.id)})
    }
}

/// Enters a colleague and shows their one-time link, once.
pub async fn invite(form: OwnForm<Invite>) -> HttpResponse {
    let made = match new_user(&form.fields) {
        Some(new) => {
            form.run(move |services, scope| create_user(services, services.chance.as_ref(), scope, &new))
                .await
        }
        None => Err(Error::Conflict("choose a role".to_owned())),
    };
    let words = match made {
        Ok(path) => {
            let link = format!("{}{path}", form.state.services.public_url);
            return page(&form, StatusCode::OK, &json!({"link": link, "whose": form.text("name")})).await;
        }
        Err(Error::Invalid(problems)) => {
            sentence(&problems.into_iter().map(|one| one.message).collect::<Vec<_>>().join("; "))
        }
        Err(error @ Error::Conflict(_)) => sentence(&error.to_string()),
        Err(error) => return form.failed(&error),
    };
    let said = json!({"error": words, "email": form.text("email"), "name": form.text("name")});
    page(&form, StatusCode::UNPROCESSABLE_ENTITY, &said).await
}

/// Asks everybody for a second step, or leaves it to each of them again.
pub async fn set_rule(form: OwnForm<Manage>) -> HttpResponse {
    let wanted = json!({"second_step": form.text("second_step")});
    let done = form
        .write(move |services, connection, scope| change_organisation(services, connection, scope, &wanted));
    match done.await {
        Err(Error::Invalid(problems)) => {
            let words = problems.into_iter().map(|one| one.message).collect::<Vec<_>>().join("; ");
            let said = json!({"rule_refused": sentence(&words)});
            page(&form, StatusCode::UNPROCESSABLE_ENTITY, &said).await
        }
        done => form.lead(done, "/dashboard/settings#h-rule"),
    }
}

fn new_user(fields: &Fields) -> Option<NewUser> {
    let text = |name: &str| field(fields, name).unwrap_or_default().to_owned();
    let role = Role::from_word(field(fields, "role")?)?;
    let grants = if field(fields, "rows").is_some() { vec![Grant::Rows] } else { Vec::new() };
    Some(NewUser { email: text("email"), name: text("name"), role, grants })
}
