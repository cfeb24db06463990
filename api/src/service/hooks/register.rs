//! Makes hooks, lists them with what came by them, and ends them.

use serde::Serialize;

use super::secret;
use crate::domain::reader::is_unsafe;
use crate::domain::{BasisKind, Channel, HookKind, Id};
use crate::service::{Error, Result, Services, invalid};
use crate::store::KeptSecret;
use crate::store::shop_hooks::{self, ShopHook};
use crate::store::{AnyConnection, OrgScope, authority, organisations, places};

/// Longest secret that a shop may give.
const LONGEST_SECRET: usize = 200;
/// Longest words of a basis, as of an order's.
const LONGEST_BASIS: usize = 500;

/// What is wanted of a new hook.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which shop system.
    pub kind: HookKind,
    /// The channel of its orders.
    pub channel: Channel,
    /// Their place; empty for none.
    pub place: String,
    /// What the shop declares to allow mails to its customers, with its words; without it nobody is asked.
    pub basis: Option<(BasisKind, String)>,
    /// The secret that the shop gave: needed of Shopify, made here for WooCommerce.
    pub secret: Option<String>,
    /// Whether its orders are only tried out.
    pub test: bool,
}

/// A hook with what the shop has to be told; the secret is shown only when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Its id.
    pub id: String,
    /// The address to which the shop sends.
    pub address: String,
    /// The secret with which the shop signs, where it is made here.
    pub secret: Option<String>,
}

/// A hook as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// `shopify` or `woocommerce`.
    pub kind: &'static str,
    /// The address to which the shop sends.
    pub address: String,
    /// The channel of its orders.
    pub channel: &'static str,
    /// Their place; empty for none.
    pub place: String,
    /// What allows mails; none when nobody is asked.
    pub contact_basis: Option<&'static str>,
    /// Whether its orders are only tried out.
    pub test: bool,
    /// When it was made, RFC 3339 UTC.
    pub created_at: String,
    /// Since when it takes nothing.
    pub disabled_at: Option<String>,
    /// When something rightly signed came last.
    pub seen_at: Option<String>,
    /// When something came last that could not be taken.
    pub problem_at: Option<String>,
    /// Why that could not be taken.
    pub problem: Option<String>,
    /// What somebody has to do, newest first.
    pub requests: Vec<ShownRequest>,
}

/// Something that a shop asks somebody to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownRequest {
    /// When it came, RFC 3339 UTC.
    pub received_at: String,
    /// The shop's word for it.
    pub topic: String,
    /// The shop's id of the delivery.
    pub delivery_id: String,
    /// What is asked.
    pub note: String,
}

/// Makes a hook.
pub fn create(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    request: &Request,
) -> Result<Told> {
    check_basis(request.basis.as_ref())?;
    if request.place.chars().count() > 80 || request.place.chars().any(is_unsafe) {
        return Err(invalid("/place", "too_long", "a place has at most 80 characters, none of them unseen"));
    }
    let id = services.new_id();
    let hook = ShopHook {
        id,
        kind: request.kind,
        test: request.test,
        channel: request.channel,
        place_id: places::number(connection, scope, &request.place)?,
        basis: request.basis.clone(),
        secret: new_secret(services, request.kind, id, request.secret.as_deref())?,
        created_at: services.now(),
        disabled_at: None,
        seen_at: None,
        problem: None,
    };
    shop_hooks::insert(connection, scope, &hook)?;
    told(services, connection, scope, &hook)
}

/// Gives a hook another secret; the former signs nothing any more.
pub fn change_secret(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    given: Option<&str>,
) -> Result<Told> {
    let mut hook = get(connection, scope, id)?;
    hook.secret = new_secret(services, hook.kind, id, given)?;
    shop_hooks::set_secret(connection, scope, id, &hook.secret)?;
    told(services, connection, scope, &hook)
}

/// Ends a hook: its address is as unknown as one that never was.
pub fn disable(services: &Services, connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<()> {
    get(connection, scope, id)?;
    Ok(shop_hooks::disable(connection, scope, id, services.now())?)
}

/// All hooks of an organisation, oldest first.
pub fn list(services: &Services, connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<Shown>> {
    let route = organisations::get(connection, scope)?.route;
    let mut shown = Vec::new();
    for hook in shop_hooks::all(connection, scope)? {
        let requests = shop_hooks::requests(connection, scope, hook.id)?;
        let place = places::key(connection, scope, hook.place_id)?.unwrap_or_default();
        let (problem_at, problem) = hook.problem.clone().unzip();
        shown.push(Shown {
            id: hook.id.to_string(),
            kind: hook.kind.word(),
            address: address(services, &route, &hook),
            channel: hook.channel.word(),
            place,
            contact_basis: hook.basis.as_ref().map(|(kind, _)| kind.word()),
            test: hook.test,
            created_at: hook.created_at.rfc3339(),
            disabled_at: hook.disabled_at.map(crate::domain::Micros::rfc3339),
            seen_at: hook.seen_at.map(crate::domain::Micros::rfc3339),
            problem_at: problem_at.map(crate::domain::Micros::rfc3339),
            problem,
            requests: requests
                .into_iter()
                .map(|one| ShownRequest {
                    received_at: one.received_at.rfc3339(),
                    topic: one.topic,
                    delivery_id: one.id,
                    note: one.note,
                })
                .collect(),
        });
    }
    Ok(shown)
}

fn get(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<ShopHook> {
    shop_hooks::find(connection, scope, id)?.ok_or(Error::NotFound("hook"))
}

fn told(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: &ShopHook,
) -> Result<Told> {
    let route = organisations::get(connection, scope)?.route;
    let ours = if hook.kind == HookKind::Woocommerce {
        let secret = secret::opened(&services.links, &hook.secret, hook.id).ok_or_else(no_key)?;
        Some(String::from_utf8(secret).map_err(|error| Error::Broken(error.to_string()))?)
    } else {
        None
    };
    Ok(Told { id: hook.id.to_string(), address: address(services, &route, hook), secret: ours })
}

fn address(services: &Services, route: &str, hook: &ShopHook) -> String {
    let at = authority::hook_address(route, hook.id);
    format!("{}/api/v1/hooks/{}/{at}", services.public_url, hook.kind.word())
}

fn new_secret(services: &Services, kind: HookKind, id: Id, given: Option<&str>) -> Result<KeptSecret> {
    match (kind, given.map(str::trim)) {
        (HookKind::Woocommerce, None) => Ok(secret::made(&services.links, services.chance.as_ref())),
        (HookKind::Woocommerce, Some(_)) => {
            let words = "WooCommerce takes the secret that is made here; give none";
            Err(invalid("/secret", "not_here", words))
        }
        (HookKind::Shopify, Some(text))
            if (1..=LONGEST_SECRET).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) =>
        {
            secret::sealed(&services.links, services.chance.as_ref(), id, text).ok_or_else(no_key)
        }
        (HookKind::Shopify, Some(_)) => {
            let words = format!("a secret has 1 to {LONGEST_SECRET} characters, none of them blank");
            Err(invalid("/secret", "invalid", words))
        }
        (HookKind::Shopify, None) => {
            Err(invalid("/secret", "missing", "is missing: the client secret of the Shopify app is needed"))
        }
    }
}

fn no_key() -> Error {
    Error::Broken("the link key is missing".to_owned())
}

fn check_basis(basis: Option<&(BasisKind, String)>) -> Result<()> {
    let Some((kind, text)) = basis else { return Ok(()) };
    if text.chars().count() > LONGEST_BASIS || text.chars().any(is_unsafe) {
        let words = format!("has at most {LONGEST_BASIS} characters, none of them unseen");
        return Err(invalid("/contact_basis/text", "too_long", words));
    }
    if *kind == BasisKind::Other && text.trim().is_empty() {
        let words = "is missing: say in words what allows the mail";
        return Err(invalid("/contact_basis/text", "missing", words));
    }
    Ok(())
}
