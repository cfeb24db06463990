//! The outer ring: what the service promises, as sentences, each tried on SQLite and on PostgreSQL.
//!
//! The vocabulary is the crate's own library. `tests/run` starts what is needed and runs everything.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a sentence that does not hold stops there and then, with its place"
)]

/// Turns each sentence into two tests: one on a fresh SQLite file, one on a fresh PostgreSQL database.
macro_rules! on_both {
    ($(fn $name:ident($server:ident) $body:block)+) => {
        $(fn $name($server: &laatu_tests::Server) $body)+

        mod sqlite {
            $(#[test] fn $name() { super::$name(&laatu_tests::Server::on(laatu_tests::Kind::Sqlite)); })+
        }

        mod postgres {
            $(#[test] fn $name() { super::$name(&laatu_tests::Server::on(laatu_tests::Kind::Postgres)); })+
        }
    };
}

/// The same for sentences that make a server of their own.
macro_rules! on_both_kinds {
    ($(fn $name:ident($kind:ident) $body:block)+) => {
        $(fn $name($kind: laatu_tests::Kind) $body)+

        mod sqlite {
            $(#[test] fn $name() { super::$name(laatu_tests::Kind::Sqlite); })+
        }

        mod postgres {
            $(#[test] fn $name() { super::$name(laatu_tests::Kind::Postgres); })+
        }
    };
}

mod architecture;
mod attacker;
mod backup;
mod both_databases;
mod bounces;
mod broken_sending;
mod bundle;
mod carriers;
mod cells;
mod cells_in_steps;
mod check;
mod crowd;
mod dashboard;
mod demo;
mod desk_charts;
mod desk_forms;
mod dkim;
mod doctor;
mod erasure;
mod erasure_copy;
mod erasure_doc;
mod erasure_list;
mod erasure_steps;
mod first_in_mail;
mod form;
mod form_again;
mod form_correct;
mod form_kept;
mod form_links;
mod form_ways;
mod frames;
mod frames_at_once;
mod generator;
mod group_commit;
mod half_done;
mod hooks;
mod hooks_cli;
mod hooks_privacy;
mod hooks_published;
mod hooks_serve;
mod hooks_woocommerce;
mod http;
mod import;
mod import_numbers;
mod import_orders;
mod import_refusals;
mod isolation;
mod kept_views;
mod keys;
mod lookups;
mod odd_shapes;
mod open_abuse;
mod open_links;
mod open_made;
mod operator;
mod order_events;
mod orders;
mod own_data;
mod own_data_doc;
mod own_data_links;
mod own_words;
mod own_words_cli;
mod pace;
mod parquet;
mod preview;
mod public_score;
mod question_kinds;
mod refusals;
mod replan;
mod report;
mod report_files;
mod report_guard;
mod report_mails;
mod report_mails_smtp;
mod report_pdf;
mod report_people;
mod report_steps;
mod responses_export;
mod sav;
mod schema;
mod second_step;
mod second_step_rule;
mod sending;
mod sign_in;
mod smtp;
mod suppressions;
mod unsubscribe;
mod webhook_bounced;
mod webhook_cli;
mod webhook_guard;
mod webhook_tries;
mod webhooks;
mod welcome;
