//! What WooCommerce sends: orders as they are now, whose status says what has happened.

use serde_json::{Value, json};

use super::fields::{Fields, bare_id, cleaned, id};
use super::told::{Defaults, Told, ToldOrder};
use crate::domain::{Channel, EventKind};

/// Times in GMT come without their zone.
const GMT: &str = "Z";

/// Reads a message; why it cannot be read, in words that name nobody.
pub fn read(topic: &str, body: &Value, defaults: &Defaults) -> Result<Told, &'static str> {
    match topic {
        "order.deleted" => {
            let shop_order_id =
                bare_id(body).ok_or("/id: nothing but an id is expected of a deleted order")?;
            Ok(Told::Deleted { shop_order_id })
        }
        "order.created" | "order.updated" | "order.restored" => order(body, defaults),
        _ => Ok(Told::Nothing("this topic is not used")),
    }
}

/// Whether the shop awaits the payment, or nobody will pay: then there is no purchase yet.
fn is_unpaid(status: &str) -> bool {
    matches!(status, "pending" | "failed" | "checkout-draft" | "auto-draft")
}

/// Whether a point of sale made the order, by what it writes into `created_via`.
fn is_counter(via: &str) -> bool {
    let via = via.to_ascii_lowercase();
    via.starts_with("pos") || matches!(via.as_str(), "woocommerce-pos" | "point-of-sale")
}

/// Where the language stands, which is not of WooCommerce itself: Polylang adds `lang`, WPML keeps it among the meta data.
fn language(body: &Value) -> String {
    let meta = body.get("meta_data").and_then(Value::as_array);
    let is_wpml = |one: &Value| one.get("key").and_then(Value::as_str) == Some("wpml_language");
    match meta.and_then(|meta| meta.iter().position(is_wpml)) {
        Some(index) if body.get("lang").is_none() => format!("/meta_data/{index}/value"),
        _ => "/lang".to_owned(),
    }
}

/// What the shop sends, signed, when it finds no order or its webhook has no owner who may see it.
fn refusal(body: &Value) -> Option<Result<Told, &'static str>> {
    let code =
        body.get("code").and_then(Value::as_str).filter(|code| code.starts_with("woocommerce_rest_"))?;
    Some(match code {
        "woocommerce_rest_shop_order_invalid_id" => {
            Ok(Told::Nothing("the order was gone before it was sent"))
        }
        _ => Err("the shop may not read its own order: its webhook needs an owner who may"),
    })
}

fn order(body: &Value, defaults: &Defaults) -> Result<Told, &'static str> {
    if let Some(refusal) = refusal(body) {
        return refusal;
    }
    let shop_order_id = id(body.get("id")).ok_or("/id: the order has no id")?;
    let mut fields = Fields::of(body);
    let status = fields.text(&["/status"]).ok_or("/status: the order has no status")?;
    if status == "trash" {
        return Ok(Told::Deleted { shop_order_id });
    }
    if is_unpaid(status) {
        return Ok(Told::Nothing("not paid"));
    }
    let order_number = number(body).ok_or("/number: the order has no number")?;
    let placed_at =
        fields.time(&["/date_created_gmt"], GMT).ok_or("/date_created_gmt: the order has no time")?;
    let changed_at = fields.time(&["/date_modified_gmt"], GMT).unwrap_or(placed_at);
    let event = match status {
        "completed" => {
            let at = fields.time(&["/date_completed_gmt"], GMT).unwrap_or(changed_at);
            Some((EventKind::Delivered, at))
        }
        "cancelled" => Some((EventKind::Cancelled, changed_at)),
        "refunded" => Some((EventKind::Refunded, changed_at)),
        _ => None,
    };
    let is_counter = fields.text(&["/created_via"]).is_some_and(is_counter);
    let channel = if is_counter { Channel::InPerson } else { defaults.channel };
    let customer = fields.customer(
        &["/billing/email"],
        &["/billing/phone"],
        &["/billing/first_name", "/billing/last_name"],
        &language(body),
    );
    let value = fields.value("/total", "/currency");
    let order = json!({
        "order_number": order_number, "customer": customer, "channel": channel.word(),
        "place": defaults.place, "placed_at": placed_at.rfc3339(), "value": value,
        "contact_basis": defaults.contact_basis(placed_at),
    });
    Ok(Told::Order(Box::new(ToldOrder {
        shop_order_id,
        changed_at,
        order,
        events: event.into_iter().collect(),
        test: false,
        left_out: fields.left_out(),
    })))
}

/// The number that customers know.
fn number(body: &Value) -> Option<String> {
    let text = match body.get("number")? {
        Value::String(text) => cleaned(text, 80),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
