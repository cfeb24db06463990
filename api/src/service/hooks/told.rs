//! What a delivery of a shop tells, in our words.

use serde_json::{Value, json};

use crate::domain::{BasisKind, Channel, EventKind, Micros};

/// What one delivery tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// An order as it is now.
    Order(Box<ToldOrder>),
    /// Goods of an order were refunded.
    Refunded {
        /// The shop's id of the order.
        shop_order_id: String,
        /// When.
        at: Micros,
    },
    /// The shop has deleted an order.
    Deleted {
        /// The shop's id of the order.
        shop_order_id: String,
    },
    /// A customer wants to be forgotten.
    Forget(Person),
    /// A customer wants to see what is kept.
    Show(Person),
    /// The shop has left.
    Left,
    /// Nothing that is used here; why.
    Nothing(&'static str),
}

/// An order with what has happened to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldOrder {
    /// The shop's id of it.
    pub shop_order_id: String,
    /// When the shop changed it last.
    pub changed_at: Micros,
    /// The order as the orders API takes it.
    pub order: Value,
    /// What has happened.
    pub events: Vec<(EventKind, Micros)>,
    /// Whether the shop calls it a trial.
    pub test: bool,
    /// Names of what was left out because it cannot be used.
    pub left_out: Vec<&'static str>,
}

/// A customer as a shop names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Mail address, or empty.
    pub email: String,
    /// Telephone, or empty.
    pub phone: String,
    /// The shop's ids of their orders.
    pub shop_order_ids: Vec<String>,
}

/// What a hook says of all its orders.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// Where they were placed.
    pub channel: Channel,
    /// Their place; empty for none.
    pub place: String,
    /// What the shop has declared to allow mails.
    pub basis: Option<(BasisKind, String)>,
}

impl Defaults {
    /// The contact basis of an order placed at this time, as the orders API takes it: customers were told when they
    /// ordered.
    pub fn contact_basis(&self, placed_at: Micros) -> Value {
        match &self.basis {
            Some((kind, text)) => {
                json!({"kind": kind.word(), "text": text, "notice_at": placed_at.rfc3339()})
            }
            None => Value::Null,
        }
    }
}
