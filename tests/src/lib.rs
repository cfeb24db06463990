//! The vocabulary of the outer ring of tests: databases, servers, mailboxes, respondents, seasons.
//!
//! The sentences themselves stand in `it/`. Everything here drives the real service over HTTP, on a real
//! SQLite file or a real PostgreSQL database, with real mail; nothing of the service is replaced but its
//! clock and its source of chance. Called by the tests only.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up stops there and then, with its place"
)]

pub mod answered;
pub mod bench;
pub mod database;
pub mod desk_person;
pub mod faults;
pub mod framed;
pub mod importing;
pub mod json;
pub mod mailbox;
pub mod pages;
pub mod people;
pub mod postgres;
pub mod program;
pub mod readers;
pub mod receiver;
pub mod recount;
pub mod respondent;
pub mod returned;
pub mod schema;
pub mod season;
pub mod server;
pub mod shop;
pub mod smtp_sink;
pub mod sources;
pub mod under_way;
pub mod visitor;
pub mod wait;
pub mod web;

pub use database::{Database, Kind};
pub use mailbox::{Mail, Mailbox};
pub use respondent::{Page, Respondent};
pub use server::Server;
pub use web::{Answer, Client, mistyped};
