//! What handlers take: authority in a type, and JSON bodies with their mistakes in words.

mod authentication;
mod json;

pub use authentication::{Allowed, Annotate, ManageSurveys, ReadReports, Right, SendOrders};
pub use json::{AllowedBody, AllowedJson, media_type};
