//! Shops that tell of their orders by themselves: Shopify and WooCommerce.
//!
//! `register` makes, lists and ends hooks, `secret` keeps their secrets and checks signatures, `take` takes a delivery.
//! `shopify` and `woocommerce` read what these shops send, by `fields`, into what the intake of all orders takes; they
//! know no database. `privacy` does what a shop passes on from its customers. What happened is read from the signed
//! body alone: headers are not signed, so a topic only says how to read it.

mod fields;
mod privacy;
pub mod register;
pub mod secret;
mod shopify;
pub mod take;
mod told;
mod woocommerce;
