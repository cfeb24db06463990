//! What Shopify sends: orders as they are now, refunds, and what its privacy rules ask for.

use serde_json::{Value, json};

use super::fields::{Fields, bare_id, cleaned, id, time};
use super::told::{Defaults, Person, Told, ToldOrder};
use crate::domain::{BasisKind, Channel, EventKind, Micros};

/// Reads a message; why it cannot be read, in words that name nobody.
pub fn read(topic: &str, body: &Value, defaults: &Defaults) -> Result<Told, &'static str> {
    match topic {
        "orders/delete" => {
            let shop_order_id =
                bare_id(body).ok_or("/id: nothing but an id is expected of a deleted order")?;
            Ok(Told::Deleted { shop_order_id })
        }
        "refunds/create" => refund(body),
        "customers/redact" => person(body, "orders_to_redact").map(Told::Forget),
        "customers/data_request" => person(body, "orders_requested").map(Told::Show),
        "shop/redact" => left(body),
        // Not all that begins with `orders/` holds an order: `orders/edited` and the judgements of risks do not.
        "orders/create"
        | "orders/updated"
        | "orders/cancelled"
        | "orders/fulfilled"
        | "orders/partially_fulfilled"
        | "orders/paid" => order(body, defaults).map(|order| Told::Order(Box::new(order))),
        _ => Ok(Told::Nothing("this topic is not used")),
    }
}

fn order(body: &Value, defaults: &Defaults) -> Result<ToldOrder, &'static str> {
    let shop_order_id = id(body.get("id")).ok_or("/id: the order has no id")?;
    let mut fields = Fields::of(body);
    // The name is the number that customers know, such as #1001.
    let name = fields.text(&["/name"]).map(|name| cleaned(name, 80)).filter(|name| !name.is_empty());
    let order_number = name.ok_or("/name: the order has no name")?;
    let placed_at = fields.time(&["/created_at"], "").ok_or("/created_at: the order has no time")?;
    let changed_at = fields.time(&["/updated_at"], "").unwrap_or(placed_at);
    let is_counter = fields.text(&["/source_name"]) == Some("pos");
    let channel = if is_counter { Channel::InPerson } else { defaults.channel };
    let names: &[&str] = match fields.text(&["/customer/first_name", "/customer/last_name"]) {
        Some(_) => &["/customer/first_name", "/customer/last_name"],
        None => &["/billing_address/name"],
    };
    let customer = fields.customer(
        &["/email", "/contact_email", "/customer/email"],
        &["/phone", "/customer/phone"],
        names,
        "/customer_locale",
    );
    let value = fields.value("/total_price", "/currency");
    let order = json!({
        "order_number": order_number, "customer": customer, "channel": channel.word(),
        "place": defaults.place, "placed_at": placed_at.rfc3339(), "value": value,
        "contact_basis": contact_basis(body, defaults, placed_at),
    });
    Ok(ToldOrder {
        shop_order_id,
        changed_at,
        order,
        events: events(body, changed_at, is_counter),
        test: body.get("test").and_then(Value::as_bool) == Some(true),
        left_out: fields.left_out(),
    })
}

/// Who declares consent as the basis means those who gave it: Shopify tells of each order whether its customer did.
fn contact_basis(body: &Value, defaults: &Defaults, placed_at: Micros) -> Value {
    let needs_consent = defaults.basis.as_ref().is_some_and(|(kind, _)| *kind == BasisKind::Consent);
    let has_consent = body.get("buyer_accepts_marketing").and_then(Value::as_bool) == Some(true);
    if needs_consent && !has_consent { Value::Null } else { defaults.contact_basis(placed_at) }
}

/// What has happened, as the order says it: cancelled, all of it sent off, all of it arrived, goods refunded.
fn events(body: &Value, changed_at: Micros, is_counter: bool) -> Vec<(EventKind, Micros)> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let mut events = Vec::new();
    events.extend(body.get("cancelled_at").and_then(|at| time(at, "")).map(|at| (EventKind::Cancelled, at)));
    let sent = sent_off(body);
    if text("fulfillment_status") == Some("fulfilled") && !sent.is_empty() {
        let last = |name: &str| sent.iter().filter_map(|one| time(one.get(name)?, "")).max();
        let shipped = last("created_at").unwrap_or(changed_at);
        events.push((EventKind::Shipped, shipped));
        let has_arrived =
            |one: &&Value| one.get("shipment_status").and_then(Value::as_str) == Some("delivered");
        if is_counter {
            // At the counter goods are handed over at once.
            events.push((EventKind::Delivered, shipped));
        } else if sent.iter().all(has_arrived) {
            events.push((EventKind::Delivered, last("updated_at").unwrap_or(changed_at)));
        }
    }
    let refunds = body.get("refunds").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let of_goods =
        refunds.iter().filter(|one| has_goods(one)).filter_map(|one| time(one.get("created_at")?, ""));
    let refunded = of_goods.max().or((text("financial_status") == Some("refunded")).then_some(changed_at));
    events.extend(refunded.map(|at| (EventKind::Refunded, at)));
    events
}

/// The fulfilments that came to something.
fn sent_off(body: &Value) -> Vec<&Value> {
    let all = body.get("fulfillments").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    all.iter().filter(|one| one.get("status").and_then(Value::as_str) == Some("success")).collect()
}

/// Whether goods are refunded, and not only money such as postage.
fn has_goods(refund: &Value) -> bool {
    refund.get("refund_line_items").and_then(Value::as_array).is_some_and(|lines| !lines.is_empty())
}

fn refund(body: &Value) -> Result<Told, &'static str> {
    let shop_order_id = id(body.get("order_id")).ok_or("/order_id: the refund names no order")?;
    let at =
        body.get("created_at").and_then(|at| time(at, "")).ok_or("/created_at: the refund has no time")?;
    if !has_goods(body) {
        return Ok(Told::Nothing("money without goods"));
    }
    Ok(Told::Refunded { shop_order_id, at })
}

fn person(body: &Value, orders: &str) -> Result<Person, &'static str> {
    // The list tells the two requests apart, so that neither can be passed off as the other.
    let orders = body.get(orders).and_then(Value::as_array).ok_or("the list of orders is missing")?;
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).unwrap_or_default().trim();
    // All of it may be empty: nothing can be kept here of somebody whom the shop names by its own id only.
    Ok(Person {
        email: text("/customer/email").to_owned(),
        phone: text("/customer/phone").to_owned(),
        shop_order_ids: orders.iter().filter_map(|one| id(Some(one))).collect(),
    })
}

/// Nothing but the shop is named when it leaves, so that no other message can be passed off as this.
fn left(body: &Value) -> Result<Told, &'static str> {
    let is_shop = |fields: &&serde_json::Map<String, Value>| {
        fields.contains_key("shop_domain") && fields.keys().all(|name| name.starts_with("shop_"))
    };
    body.as_object().filter(is_shop).ok_or("/shop_domain: nothing but the shop is expected")?;
    Ok(Told::Left)
}
