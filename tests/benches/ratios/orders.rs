//! Orders taken over HTTP, a thousand in a request, against the same rows inserted and nothing else.

use std::time::Instant;

use laatu::service::once::in_transaction;
use laatu::store::customers::{self, NewCustomer};
use laatu::store::{invitations, orders};
use laatu_tests::bench::http::call;
use laatu_tests::bench::installation::Installation;
use laatu_tests::bench::invite::rows;
use laatu_tests::bench::rounds::Middle;
use laatu_tests::bench::table::{Better, Ratio, Table};
use laatu_tests::program::Desk;
use laatu_tests::schema::Any;
use serde_json::{Value, json};

use super::ground::{Caller, Ground, serve};
use super::options::Options;

/// Orders of a request, and rows of a transaction.
const TOGETHER: usize = 1_000;
/// Requests on either side in a round.
const REQUESTS: usize = 5;

/// What the bare side leaves out: the counting of invitations.
const WITHOUT: &str = "DROP TRIGGER frame_invitation_insert; PRAGMA busy_timeout = 5000";

/// Adds the row of the intake of orders.
pub fn measure(options: &Options, table: &mut Table) {
    let (desk, bare) = (Desk::new(), Desk::new());
    let sender = Installation::make(&Ground::database(&desk), desk.folder()).sender;
    let service = serve(&desk);
    let mut caller = Caller::to(&service);
    let bare = (Installation::make(&Ground::database(&bare), bare.folder()), bare);
    Any::to(&Ground::database(&bare.1)).run(WITHOUT);
    let (mut next, mut rounds) = (0, Vec::new());
    for round in 0..=options.rounds {
        let requests: Vec<Vec<u8>> = (0..REQUESTS)
            .map(|request| {
                let all: Vec<Value> =
                    (0..TOGETHER).map(|index| order(next + request * TOGETHER + index)).collect();
                let body = json!({"orders": all}).to_string();
                call("POST", "/api/v1/orders", &sender, Some(&body))
            })
            .collect();
        let began = Instant::now();
        for request in &requests {
            caller.call(request);
        }
        let ours = began.elapsed().as_secs_f64();
        let theirs = insert(&bare.0, next);
        next += REQUESTS * TOGETHER;
        // The first one warms both sides up.
        if round > 0 {
            let all = (REQUESTS * TOGETHER) as f64;
            rounds.push((all / ours, all / theirs));
        }
    }
    let stored = Any::to(&Ground::database(&desk)).number("SELECT count(*) AS n FROM invitation");
    assert_eq!(usize::try_from(stored), Ok(next), "every order has its invitation");
    table.ratios.push(Ratio {
        key: "orders",
        numerator: format!("orders over HTTP, {TOGETHER} in a request"),
        denominator: format!("the same rows inserted, {TOGETHER} in a transaction"),
        unit: "1/s",
        measured: Middle::of(&rounds),
        better: Better::Higher,
        goal: 0.33,
        floor: 0.2,
    });
}

/// An order of a customer who never bought before.
fn order(number: usize) -> Value {
    let channels = ["web", "in_person", "phone", "email", "chat", "community"];
    json!({
        "order_number": format!("O{number:08}"),
        "channel": channels[number % channels.len()],
        "place": format!("place-{:02}", 1 + number % 20),
        "placed_at": "2026-05-04T09:00:00Z",
        "customer": {"email": format!("customer-{number}@example.org"), "name": "Aino", "language": "fi"},
        "contact_basis": {"kind": "existing_customer_notice", "notice_at": "2026-05-04T09:00:00Z"},
    })
}

/// Inserts customers, orders and invitations; seconds.
fn insert(installation: &Installation, first: usize) -> f64 {
    let Installation { services, scope, .. } = installation;
    let mut seconds = 0.0;
    for request in 0..REQUESTS {
        let begin = first + request * TOGETHER;
        let made: Vec<_> = (begin..begin + TOGETHER).map(|number| rows(installation, number)).collect();
        let began = Instant::now();
        in_transaction(services, |connection| {
            for (customer, order, invitation) in &made {
                let match_hash = customer.id.to_vec();
                let (id, group, data) = (customer.id, customer.group, &customer.data);
                let new = NewCustomer { id, group, data, match_hash: &match_hash };
                customers::find_or_insert(connection, scope, new, services.now())?;
                orders::insert(connection, scope, order, services.now())?;
                invitations::insert(connection, scope, invitation)?;
            }
            Ok(())
        })
        .expect("the rows are inserted");
        seconds += began.elapsed().as_secs_f64();
    }
    seconds
}
