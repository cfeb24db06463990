//! API keys: made, listed, revoked. A key's text is in the answer to its making and nowhere else.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use crate::domain::reader::ObjectReader;
use crate::domain::{Grant, Micros, Role};
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::create_key::create_key;
use crate::service::once::{in_read, in_transaction};
use crate::service::{Error, Result as ServiceResult};
use crate::store::OrgScope;
use crate::store::api_keys::{self, KeyRights, StoredKey};

/// A new key.
#[derive(Serialize, utoipa::ToSchema)]
pub struct NewKey {
    /// The key itself: shown this once.
    key: String,
}

/// A key as lists show it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShownKey {
    /// Its id: the third part of its text.
    id: String,
    /// Its role.
    role: &'static str,
    /// Rights beside the role.
    grants: Vec<&'static str>,
    /// Whether its orders are only tried out.
    test: bool,
    /// When it was made.
    created_at: String,
    /// When it was revoked.
    revoked_at: Option<String>,
}

/// A list of keys.
#[derive(Serialize, utoipa::ToSchema)]
pub struct KeyList {
    /// All keys, oldest first.
    keys: Vec<ShownKey>,
}

impl From<StoredKey> for ShownKey {
    fn from(key: StoredKey) -> Self {
        Self {
            id: key.id,
            role: key.rights.role.word(),
            grants: key.rights.grants.iter().map(|grant| grant.word()).collect(),
            test: key.rights.test,
            created_at: key.created_at.rfc3339(),
            revoked_at: key.revoked_at.map(Micros::rfc3339),
        }
    }
}

/// Makes a key. Takes no Idempotency-Key: the answer is not kept, since it holds the secret.
#[utoipa::path(
    post, path = "/api/v1/keys", operation_id = "create_key", tag = "organisation",
    request_body(content = crate::openapi::KeyInput, example = json!({"role": "sender", "test": true})),
    responses((status = 201, body = NewKey)), security(("key" = [])))]
pub async fn create(
    state: web::Data<State>,
    body: AllowedJson<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    let rights = parse(&body.value, &body.allowed.scope)?;
    let key = blocking(&state, move |services| create_key(services, &body.allowed.scope, &rights)).await?;
    Ok(HttpResponse::Created().insert_header(("Cache-Control", "private, no-store")).json(NewKey { key }))
}

fn parse(value: &Value, scope: &OrgScope) -> ServiceResult<KeyRights> {
    let mut reader = ObjectReader::open(value, "");
    let role = reader.required_word("role", Role::from_word, &Role::words());
    if role == Some(Role::Owner) && scope.role() != Some(Role::Owner) {
        reader.complain("role", "not_allowed", "only an owner makes a key for an owner");
    }
    let grants = grants(&mut reader);
    if grants.contains(&Grant::Rows) && !scope.may_see_rows() {
        reader.complain("grants", "not_allowed", "only who may see rows gives that right");
    }
    let test = match reader.value("test") {
        None => false,
        Some(Value::Bool(test)) => *test,
        Some(_) => {
            reader.complain("test", "type", "true or false is needed");
            false
        }
    };
    let problems = reader.finish();
    match role {
        Some(role) if problems.is_empty() => Ok(KeyRights { role, grants, test }),
        _ => Err(Error::Invalid(problems)),
    }
}

fn grants(reader: &mut ObjectReader<'_>) -> Vec<Grant> {
    let Some(value) = reader.value("grants") else { return vec![] };
    let known: Option<Vec<Grant>> =
        value.as_array().and_then(|list| list.iter().map(|one| Grant::from_word(one.as_str()?)).collect());
    if known.is_none() {
        reader.complain(
            "grants",
            "unknown_value",
            format!("a list is needed; accepted is {}", Grant::words()),
        );
    }
    known.unwrap_or_default()
}

/// Lists the keys, without their secrets: nobody has those.
#[utoipa::path(
    get, path = "/api/v1/keys", operation_id = "list_keys", tag = "organisation",
    responses((status = 200, body = KeyList)), security(("key" = [])))]
pub async fn list(state: web::Data<State>, allowed: Allowed<ManageSurveys>) -> Result<HttpResponse, Problem> {
    let keys = blocking(&state, move |services| {
        in_read(services, |connection| Ok(api_keys::all_keys(connection, &allowed.scope)?))
    })
    .await?;
    let keys = keys.into_iter().map(ShownKey::from).collect();
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(KeyList { keys }))
}

/// Revokes a key at once.
#[utoipa::path(
    delete, path = "/api/v1/keys/{id}", operation_id = "revoke_key", tag = "organisation",
    params(("id" = String, Path, example = "k3x9qa")),
    responses((status = 204, description = "It opens nothing any more")), security(("key" = [])))]
pub async fn revoke(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    blocking(&state, move |services| {
        in_transaction(services, |connection| {
            let scope = &allowed.scope;
            let key = api_keys::all_keys(connection, scope)?.into_iter().find(|key| key.id == *id);
            let key = key.ok_or(Error::NotFound("key"))?;
            if key.rights.role == Role::Owner && scope.role() != Some(Role::Owner) {
                return Err(Error::Conflict("only an owner revokes a key of an owner".to_owned()));
            }
            Ok(api_keys::revoke_key(connection, scope, &key.id, services.now())?)
        })
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
