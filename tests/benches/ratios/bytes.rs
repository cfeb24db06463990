//! What a stored answer weighs: table and indexes on either database, against one byte for each item.

use std::time::Instant;

use laatu::store::Target;
use laatu_tests::bench::generate::{self, Answers, Plan};
use laatu_tests::bench::installation::Installation;
use laatu_tests::bench::opinion::Opinions;
use laatu_tests::bench::rounds::Middle;
use laatu_tests::bench::table::{Better, Ratio, Table};
use laatu_tests::database::{Database, Kind};
use laatu_tests::schema::Any;

use super::options::Options;

/// Items of an answer that is weighed.
const ITEMS: usize = 24;
/// Answers that are weighed unless told otherwise.
const RESPONSES: u64 = 200_000;

const SQLITE: &str = "SELECT coalesce(sum(pgsize), 0) AS n FROM dbstat \
    WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = 'response')";
const POSTGRES: &str = "SELECT pg_total_relation_size('response')::bigint AS n";

/// Adds the rows of the weights; that on PostgreSQL only when there is one.
pub fn measure(options: &Options, table: &mut Table) {
    weigh(options, &Database::fresh(Kind::Sqlite), (6.0, 9.0), table);
    match cluster() {
        Some(url) => weigh(options, &Database::on_cluster(&url), (8.0, 12.0), table),
        None => eprintln!("  not measured on PostgreSQL: LAATU_TEST_POSTGRES is not set"),
    }
}

/// The cluster on which PostgreSQL is measured, when there is one.
#[allow(clippy::disallowed_methods, reason = "the address of the cluster is a setting of the tests")]
pub fn cluster() -> Option<String> {
    std::env::var("LAATU_TEST_POSTGRES").ok()
}

fn weigh(options: &Options, database: &Database, (goal, floor): (f64, f64), table: &mut Table) {
    let (name, question) = match database.kind() {
        Kind::Sqlite => ("SQLite", SQLITE),
        Kind::Postgres => ("PostgreSQL", POSTGRES),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let installation = Installation::make(&database.target(), folder.path());
    let before = size(&database.target(), question);
    let opinions = Opinions::of(&installation.instrument);
    let plan = Plan::five_years(installation.survey.id, options.responses.unwrap_or(RESPONSES), options.seed);
    let zone = jiff::tz::TimeZone::UTC;
    let answers = Answers::of(&opinions, plan, zone).map(|mut answer| {
        answer.answers.truncate(ITEMS);
        answer
    });
    let began = Instant::now();
    let rows = generate::write(&installation.services.store, &installation.scope, answers, |_| {});
    let seconds = began.elapsed().as_secs_f64();
    let bytes = size(&database.target(), question) - before;
    table.ratios.push(Ratio {
        key: if database.kind() == Kind::Sqlite { "bytes_sqlite" } else { "bytes_postgres" },
        numerator: format!("a response of {ITEMS} items with its indexes, {name}"),
        denominator: "one byte an item".to_owned(),
        unit: "B",
        measured: Middle::of(&[(bytes as f64 / rows as f64, ITEMS as f64)]),
        better: Better::Lower,
        goal,
        floor,
    });
    table.figure(format!("responses written in bulk, {name}"), rows as f64 / seconds, "1/s");
}

/// Bytes of the table of responses and of its indexes.
fn size(target: &Target, question: &str) -> i64 {
    Any::to(target).number(question)
}
