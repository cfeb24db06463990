//! What is done for one customer looks rows up by their keys: it costs the same whoever else was asked before.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use laatu::store::Target;
use laatu_tests::season::play;
use laatu_tests::{Kind, Server};
use serde_json::json;

/// Tables with a row or more for each customer.
const LARGE: [&str; 8] =
    ["customer", "purchase_order", "order_event", "invitation", "saved_page", "response", "comment", "job"];

static STATEMENTS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn statements() -> std::sync::MutexGuard<'static, BTreeSet<String>> {
    STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner)
}

#[allow(clippy::unnecessary_wraps, reason = "diesel asks whether there is a watcher at all")]
fn watch() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let statement = text.split(" -- binds").next().unwrap_or(&text);
            statements().insert(statement.to_owned());
        }
    }))
}

#[derive(QueryableByName)]
struct Plan {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// Whether a step of a plan goes through more rows of a large table than its key names.
fn looks_through(detail: &str) -> bool {
    let mut words = detail.split(' ');
    let (how, table) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    LARGE.contains(&table) && (how == "SCAN" || detail.ends_with("(org_id=?)"))
}

#[test]
fn no_statement_for_one_customer_looks_through_the_rows_of_others() {
    set_default_instrumentation(watch).unwrap();
    let server = Server::on(Kind::Sqlite);
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    // Starting a survey offers it the orders that are there: the only thing here that is about all of them.
    statements().clear();
    play(&server, &shop, 40);
    let customer = server.invite(&shop, "CORRECTED", &json!({}));
    customer.answer_all(customer.open(), |_, values| values.last().cloned(), "good");
    let page = customer.open_page(1);
    customer.post(&page, &page.fill(|_, values| values.first().cloned(), ""));
    let seen = statements().clone();
    for table in LARGE {
        assert!(seen.iter().any(|one| one.contains(&format!("`{table}`"))), "nothing touched {table}");
    }
    let Target::Sqlite(path) = server.services().store.target().clone() else { panic!("not SQLite") };
    let mut connection = SqliteConnection::establish(&path.to_string_lossy()).unwrap();
    let mut wide = Vec::new();
    for statement in
        seen.iter().filter(|one| ["SELECT", "UPDATE", "DELETE"].iter().any(|verb| one.starts_with(verb)))
    {
        let plan: Vec<Plan> =
            sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut connection).unwrap();
        wide.extend(
            plan.iter()
                .filter(|step| looks_through(&step.detail))
                .map(|step| format!("{}\n  {statement}", step.detail)),
        );
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}
