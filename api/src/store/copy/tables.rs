//! What a copy holds: every table of the schema with its columns, parents before their children. Only the counts of
//! invitations are left out: triggers make them again while the rows come in.
//!
//! A test of the outer ring holds this list against the real schema, so that no table and no column is forgotten. A
//! new table goes behind those that it points to.

use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;

use super::Definition;
use super::held::{Held, Kind};
use crate::store::connection::AnyConnection;
use crate::store::error::Result;
use crate::store::schema;

diesel::postfix_operator!(InBytes, " COLLATE \"C\"", diesel::sql_types::Text, backend: diesel::pg::Pg);

type Small = i16;
type Int = i32;
type Big = i64;
type MaybeBig = Option<i64>;
type Flag = bool;
type Text = String;
type Bytes = Vec<u8>;

/// One table of a copy.
pub struct Table {
    /// Its name.
    pub name: &'static str,
    columns: &'static [(&'static str, Kind)],
    key: &'static [&'static str],
    read: Read,
    has_rows: fn(&mut AnyConnection) -> Result<bool>,
}

/// Reads the rows of a table, each as a line of JSON.
type Read = fn(&mut AnyConnection, &mut dyn FnMut(&str) -> Result<()>) -> Result<()>;

impl Table {
    /// Its line in a copy.
    pub fn definition(&self) -> Definition {
        Definition {
            table: self.name.to_owned(),
            columns: self.columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect(),
            key: self.key.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// Goes through its rows by key, one in memory at a time.
    pub(super) fn read(
        &self,
        connection: &mut AnyConnection,
        visit: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        (self.read)(connection, visit)
    }

    /// Whether it has any.
    pub(super) fn has_rows(&self, connection: &mut AnyConnection) -> Result<bool> {
        (self.has_rows)(connection)
    }
}

/// A column of a key. PostgreSQL sorts text by the rules of a language; both databases sort alike by bytes only.
macro_rules! in_order {
    (sqlite, $table:ident, text $column:ident) => {
        schema::$table::$column
    };
    (postgres, $table:ident, text $column:ident) => {
        InBytes::new(schema::$table::$column)
    };
    ($database:ident, $table:ident, $column:ident) => {
        schema::$table::$column
    };
}

macro_rules! key_name {
    (text $column:ident) => {
        stringify!($column)
    };
    ($column:ident) => {
        stringify!($column)
    };
}

macro_rules! copied {
    ($($table:ident by $(($($key:tt)+))+ { $($column:ident: $kind:ident,)+ })+) => {
        $(mod $table {
            use super::*;

            type Row = ($($kind,)+);

            pub(super) fn read(
                connection: &mut AnyConnection,
                visit: &mut dyn FnMut(&str) -> Result<()>,
            ) -> Result<()> {
                let rows = schema::$table::table.select(($(schema::$table::$column,)+));
                let mut text = String::new();
                match connection {
                    AnyConnection::Sqlite(inner) => {
                        let rows = rows.order(($(in_order!(sqlite, $table, $($key)+),)+));
                        for row in rows.load_iter::<Row, DefaultLoadingMode>(inner)? {
                            visit(line(row?, &mut text))?;
                        }
                    }
                    AnyConnection::Postgres(inner) => {
                        let rows = rows.order(($(in_order!(postgres, $table, $($key)+),)+));
                        for row in rows.load_iter::<Row, PgRowByRowLoadingMode>(inner)? {
                            visit(line(row?, &mut text))?;
                        }
                    }
                }
                Ok(())
            }

            fn line(row: Row, text: &mut String) -> &str {
                let ($($column,)+) = row;
                text.clear();
                $(text.push(if text.is_empty() { '[' } else { ',' }); $column.put(text);)+
                text.push(']');
                text
            }

            pub(super) fn has_rows(connection: &mut AnyConnection) -> Result<bool> {
                let first: Option<Int> =
                    schema::$table::table.select(schema::$table::org_id).first(connection).optional()?;
                Ok(first.is_some())
            }
        })+

        /// All tables, parents first.
        pub const TABLES: &[Table] = &[$(Table {
            name: stringify!($table),
            columns: &[$((stringify!($column), <$kind as Held>::KIND),)+],
            key: &[$(key_name!($($key)+),)+],
            read: $table::read,
            has_rows: $table::has_rows,
        },)+];
    };
}

copied! {
    organisation by (org_id) {
        org_id: Int, slug: Text, route: Text, name: Text, contact_email: Text, reply_to: Text,
        privacy_text: Text, privacy_url: Text, retention_months: Int, accent: Text, zone: Text,
        correction_hours: Int, revision: Int, created_at: Big, recovery_below: Small, recovery_link: Text, cap_mails: Small,
        cap_days: Small, resend: Small, paused_at: MaybeBig, pause_reason: Text, held_at: MaybeBig,
        gateway_url: Text, gateway_rotation: Int, gateway_link_key_id: Text, counted_since: MaybeBig,
        public_survey_id: Int, second_step_rule: Small,
    }
    organisation_words by (org_id) (kind) (text language) {
        org_id: Int, kind: Small, language: Text, words: Text,
    }
    log_position by (org_id) {
        org_id: Int, last_position: Big,
    }
    api_key by (org_id) (text key_id) {
        org_id: Int, key_id: Text, role: Small, grants: Text, test: Flag, secret_hash: Bytes,
        created_at: Big, revoked_at: MaybeBig,
    }
    idempotency by (org_id) (text key_id) (text idempotency_key) {
        org_id: Int, key_id: Text, idempotency_key: Text, fingerprint: Bytes, status: Small, body: Text,
        created_at: Big,
    }
    place by (org_id) (place_id) {
        org_id: Int, place_id: Int, place_key: Text,
    }
    customer by (org_id) (customer_id) {
        org_id: Int, customer_id: Bytes, match_hash: Bytes, email: Text, phone: Text, name: Text,
        external_id: Text, language: Text, customer_group: Small, created_at: Big, zone: Text,
    }
    purchase_order by (org_id) (order_id) {
        org_id: Int, order_id: Bytes, test: Flag, order_number: Text, customer_id: Bytes, channel: Small,
        contact_channel: Small, place_id: Int, language: Text, placed_at: Big,
        expected_delivery_at: MaybeBig, value_minor: MaybeBig, currency: Text, attributes: Text,
        basis_kind: Small, basis_text: Text, notice_at: MaybeBig, shipped_at: MaybeBig,
        delivered_at: MaybeBig, cancelled_at: MaybeBig, returned_at: MaybeBig, complaint_open: Flag,
        fingerprint: Bytes, created_at: Big, updated_at: Big, complaint_closed_at: MaybeBig, quiet: Flag,
    }
    order_event by (org_id) (event_id) {
        org_id: Int, event_id: Bytes, test: Flag, order_number: Text, kind: Small, channel: Small,
        happened_at: Big, received_at: Big,
    }
    instrument_version by (org_id) (text instrument_key) (version) {
        org_id: Int, instrument_key: Text, version: Int, source: Text, source_hash: Bytes,
        published_at: Big,
    }
    survey by (org_id) (survey_id) {
        org_id: Int, survey_id: Int, survey_key: Text, instrument_key: Text, instrument_version: Int,
        length: Small, event: Small, delay_s: Big, quiet: Text, languages: Text, valid_days: Int,
        state: Small, created_at: Big, paging: Small, full_share: Small, expectation_id: Int, modules: Text,
        first_in_mail: Flag, collection: Small, sample_share: Small, active_from: MaybeBig, places: Text,
        priority: Small, reminders: Small, reminder_after_s: Big, carriers: Text,
        target_tenths: Int,
    }
    suppression by (org_id) (address_hash) {
        org_id: Int, address_hash: Bytes, cause: Small, suppressed_at: Big,
    }
    open_link by (org_id) (link_id) {
        org_id: Int, link_id: Bytes, survey_id: Int, place_id: Int, channel: Small, label: Text,
        token_hash: Bytes, link_key_id: Text, created_at: Big, closed_at: MaybeBig,
    }
    shop_hook by (org_id) (hook_id) {
        org_id: Int, hook_id: Bytes, kind: Small, test: Flag, channel: Small, place_id: Int,
        basis_kind: Small, basis_text: Text, link_key_id: Text, salt: Bytes, sealed: Bytes,
        created_at: Big, disabled_at: MaybeBig, seen_at: MaybeBig, problem_at: MaybeBig, problem: Text,
    }
    hook_delivery by (org_id) (hook_id) (text delivery_id) {
        org_id: Int, hook_id: Bytes, delivery_id: Text, topic: Text, received_at: Big, outcome: Small,
        note: Text,
    }
    shop_order by (org_id) (hook_id) (text shop_order_id) {
        org_id: Int, hook_id: Bytes, shop_order_id: Text, test: Flag, order_number: Text,
        changed_at: Big, refunded_at: MaybeBig,
    }
    form_balance by (org_id) (survey_id) (channel) (place_id) (form) {
        org_id: Int, survey_id: Int, channel: Small, place_id: Int, form: Small, invited: Big,
    }
    invitation by (org_id) (invitation_id) {
        org_id: Int, invitation_id: Bytes, survey_id: Int, order_id: Bytes, customer_id: Bytes,
        form: Small, length: Small, language: Text, state: Small, reason: Small, send_at: MaybeBig,
        sent_at: MaybeBig, started_at: MaybeBig, answered_at: MaybeBig, expires_at: MaybeBig,
        token_hash: Bytes, link_key_id: Text, test: Flag, created_at: Big, module: Small, looks_back: Flag,
        carrier: Small,
    }
    outbox by (org_id) (invitation_id) (occasion) {
        org_id: Int, invitation_id: Bytes, occasion: Small, customer_id: Bytes, state: Small, attempts: Int,
        doubts: Small, began_at: MaybeBig, sent_at: MaybeBig, last_error: Text, created_at: Big,
    }
    delivery_note by (org_id) (invitation_id) (note_id) {
        org_id: Int, invitation_id: Bytes, note_id: Bytes, event: Small, reason: Small, occasion: Small,
        send_at: MaybeBig, words: Text, noted_at: Big,
    }
    slip by (org_id) (code_hash) {
        org_id: Int, code_hash: Bytes, invitation_id: Bytes,
    }
    saved_page by (org_id) (invitation_id) (page) (revision) {
        org_id: Int, invitation_id: Bytes, page: Small, revision: Small, passed: Flag, language: Text,
        answers: Bytes, comment: Text, saved_at: Big, marks: Small,
    }
    response by (org_id) (survey_id) (log_position) {
        org_id: Int, survey_id: Int, log_position: Big, response_id: Bytes, revision: Small, form: Small,
        length: Small, language: Text, channel: Small, contact_channel: Small, place_id: Int,
        segment_1: Small, segment_2: Small, service_day: Int, collection_mode: Small,
        customer_group: Small, first_of_year: Flag, finished: Flag, test: Flag, quality_flag: Small,
        answers: Bytes, answered_at: Big, paging: Small, item_order: Small, marks: Small, pace: Bytes,
    }
    comment by (org_id) (response_id) (revision) {
        org_id: Int, response_id: Bytes, revision: Small, language: Text, words: Text,
    }
    segment by (org_id) (survey_id) (number) {
        org_id: Int, survey_id: Int, number: Small, name: Text,
    }
    segment_level by (org_id) (survey_id) (number) (level) {
        org_id: Int, survey_id: Int, number: Small, level: Small, name: Text,
    }
    erasure by (org_id) (log_position) {
        org_id: Int, log_position: Big, erased_at: Big, customers: Int, orders: Int, invitations: Int,
        responses: Int,
    }
    erased_entry by (org_id) (survey_id) (log_position) {
        org_id: Int, survey_id: Int, log_position: Big, corrects_position: Big, erased_position: Big,
        language: Text, channel: Small, contact_channel: Small, place_id: Int, segment_1: Small,
        segment_2: Small, starts_on: Int, first_of_year: Flag, test: Flag,
    }
    fold_mark by (org_id) (survey_id) {
        org_id: Int, survey_id: Int, folded_to: Big, revision: Big,
    }
    cell by (org_id) (survey_id) (part) (split) (period) (starts_on) (text level) {
        org_id: Int, survey_id: Int, part: Small, split: Small, level: Text, period: Small, starts_on: Int,
        counts: Bytes,
    }
    job by (org_id) (job_id) {
        org_id: Int, job_id: Bytes, kind: Small, subject_id: Bytes, state: Small, due_at: Big,
        lease_until: Big, attempts: Int, last_error: Text, created_at: Big,
    }
    webhook by (org_id) (webhook_id) {
        org_id: Int, webhook_id: Bytes, url: Text, events: Text, test: Flag, state: Small, reason: Small,
        created_at: Big,
    }
    webhook_secret by (org_id) (webhook_id) (rotation) {
        org_id: Int, webhook_id: Bytes, rotation: Int, link_key_id: Text, created_at: Big, retires_at: MaybeBig,
    }
    webhook_turn by (org_id) (webhook_id) {
        org_id: Int, webhook_id: Bytes, held_until: Big, failures: Int,
    }
    webhook_message by (org_id) (message_id) {
        org_id: Int, message_id: Bytes, kind: Small, subject_id: Bytes, body: Text, created_at: Big,
    }
    webhook_delivery by (org_id) (webhook_id) (message_id) {
        org_id: Int, webhook_id: Bytes, message_id: Bytes, state: Small, attempts: Int, tries: Int, next_at: Big,
    }
    webhook_attempt by (org_id) (webhook_id) (message_id) (number) {
        org_id: Int, webhook_id: Bytes, message_id: Bytes, number: Int, tried_at: Big, status: Small,
        error: Text, took_ms: Int,
    }
    member by (org_id) (member_id) {
        org_id: Int, member_id: Bytes, email: Text, name: Text, role: Small, grants: Text, password: Text,
        created_at: Big, disabled_at: MaybeBig,
    }
    setup_link by (org_id) (token_hash) {
        org_id: Int, token_hash: Bytes, member_id: Bytes, created_at: Big, expires_at: Big,
    }
    member_session by (org_id) (token_hash) {
        org_id: Int, token_hash: Bytes, member_id: Bytes, created_at: Big, seen_at: Big,
    }
    saved_view by (org_id) (view_id) {
        org_id: Int, view_id: Bytes, member_id: Bytes, survey_id: Int, name: Text, page: Text, query: Text,
        shared: Flag, created_at: Big,
    }
    closed_month by (org_id) (survey_id) (month) {
        org_id: Int, survey_id: Int, month: Int, closed_at: Big, version: Text, content_sha256: Text, report: Text,
    }
    second_step by (org_id) (member_id) {
        org_id: Int, member_id: Bytes, link_key_id: Text, salt: Bytes, sealed: Bytes, created_at: Big,
        confirmed_at: MaybeBig, last_step: Big,
    }
    recovery_code by (org_id) (member_id) (code_hash) {
        org_id: Int, member_id: Bytes, code_hash: Bytes,
    }
    annotation by (org_id) (annotation_id) {
        org_id: Int, annotation_id: Bytes, survey_id: Int, day: Int, words: Text, created_at: Big,
    }
    report_mail by (org_id) (report_mail_id) {
        org_id: Int, report_mail_id: Bytes, member_id: Bytes, view_id: Bytes, rhythm: Small, language: Text,
        token_hash: Bytes, link_key_id: Text, created_at: Big, stopped_at: MaybeBig,
    }
    report_mail_run by (org_id) (report_mail_id) (starts_on) {
        org_id: Int, report_mail_id: Bytes, starts_on: Int, state: Small, attempts: Int, doubts: Small,
        began_at: MaybeBig, sent_at: MaybeBig, last_error: Text, created_at: Big,
    }
}
