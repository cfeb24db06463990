//! Brings a file of orders in, some hundred rows at a time: what is wrong spoils its own row, a repeat changes nothing,
//! and old orders are offered to no survey unless that is asked for.

use std::collections::HashMap;

use serde::Serialize;

use super::once::{in_read, in_transaction};
use super::order_rows::{OrderFile, OrderRow, RowProblem};
use super::plan_invitations::Planner;
use super::take_orders::{Arriving, Offer, plan, says_the_same, store_order};
use super::{Error, Result, Services};
use crate::store::{AnyConnection, OrgScope, orders, organisations};

/// How many orders go into one transaction.
const TOGETHER: usize = 250;

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Orders are stored.
    Write,
    /// It is only said what would be done.
    DryRun,
}

/// What is to be brought in.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The file: CSV in UTF-8 with a header row.
    pub data: &'a [u8],
    /// Whether anything is written.
    pub mode: Mode,
    /// Whether the orders are offered to surveys.
    pub offer: Offer,
}

/// What was done, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Data rows.
    pub rows: u64,
    /// Orders that were new.
    pub created: u64,
    /// Orders that were there and changed.
    pub updated: u64,
    /// Orders that were there just so.
    pub unchanged: u64,
    /// Rows that were not taken.
    pub rejected: u64,
    /// Why, each with row and column.
    pub problems: Vec<RowProblem>,
}

impl Outcome {
    fn count(&mut self, status: &str) {
        match status {
            "created" => self.created += 1,
            "updated" => self.updated += 1,
            _ => self.unchanged += 1,
        }
    }

    fn reject(&mut self, problems: Vec<RowProblem>) {
        self.rejected += 1;
        self.problems.extend(problems);
    }
}

/// Brings the orders in. `on_rows` hears how many lines are behind and how many there are.
///
/// `Invalid` when the header cannot be used; mistakes of single rows stand in the outcome, and the rest goes on.
pub fn import_orders(
    services: &Services,
    scope: &OrgScope,
    request: &Request<'_>,
    on_rows: &mut dyn FnMut(u64, u64),
) -> Result<Outcome> {
    let zone = in_read(services, |connection| Ok(organisations::get(connection, scope)?.zone()))?;
    let file = OrderFile::open(request.data, &zone, services.now()).map_err(of_header)?;
    let lines = file.lines();
    let mut outcome = Outcome::default();
    let mut waiting: Vec<OrderRow> = Vec::with_capacity(TOGETHER);
    // By number, the row in which it stands.
    let mut seen: HashMap<String, u64> = HashMap::new();
    for (row, line, read) in file.rows() {
        outcome.rows = row;
        match read {
            Err(problems) => outcome.reject(problems),
            Ok(read) => match seen.insert(read.order.order_number.clone(), row) {
                Some(first) => {
                    seen.insert(read.order.order_number, first);
                    outcome.reject(vec![twice(row, line, first)]);
                }
                None => waiting.push(read),
            },
        }
        if waiting.len() == TOGETHER {
            put(services, scope, request, &mut waiting, &mut outcome)?;
            on_rows(line, lines);
        }
    }
    put(services, scope, request, &mut waiting, &mut outcome)?;
    on_rows(lines, lines);
    Ok(outcome)
}

fn of_header(problems: Vec<String>) -> Error {
    super::invalid("", "header", problems.join("\n"))
}

fn twice(row: u64, line: u64, first: u64) -> RowProblem {
    let message = format!("stands in row {first}, too; that one counts");
    RowProblem { row, line, column: "order_number".to_owned(), code: "twice".to_owned(), message }
}

/// Stores the rows that wait, all in one transaction, or says what would become of them.
fn put(
    services: &Services,
    scope: &OrgScope,
    request: &Request<'_>,
    waiting: &mut Vec<OrderRow>,
    outcome: &mut Outcome,
) -> Result<()> {
    let rows = std::mem::take(waiting);
    let statuses: Vec<&str> = match request.mode {
        Mode::DryRun => in_read(services, |connection| {
            rows.iter().map(|row| would_be(connection, scope, &arriving(row, request))).collect()
        })?,
        Mode::Write => in_transaction(services, |connection| {
            let planner = match request.offer {
                Offer::ToNobody => None,
                Offer::AsBefore | Offer::ToSurveys => Some(Planner::new(services, connection, scope)?),
            };
            let one = |row: &OrderRow| {
                store(services, connection, scope, planner.as_ref(), &arriving(row, request))
            };
            rows.iter().map(one).collect()
        })?,
    };
    for status in statuses {
        outcome.count(status);
    }
    Ok(())
}

fn arriving<'a>(row: &'a OrderRow, request: &Request<'_>) -> Arriving<'a> {
    Arriving { order: &row.order, events: &row.events, offer: request.offer }
}

fn store(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    planner: Option<&Planner<'_>>,
    arriving: &Arriving<'_>,
) -> Result<&'static str> {
    let (status, stored) = store_order(services, connection, scope, arriving)?;
    if let Some(planner) = planner.filter(|_| status != "unchanged") {
        plan(connection, planner, &stored)?;
    }
    Ok(status)
}

fn would_be(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    arriving: &Arriving<'_>,
) -> Result<&'static str> {
    let number = &arriving.order.order_number;
    let Some(before) = orders::find(connection, scope, number)? else { return Ok("created") };
    let known = orders::events(connection, scope, number)?;
    let is_news = arriving.events.iter().any(|event| !known.contains(event));
    Ok(if is_news || !says_the_same(&before, arriving) { "updated" } else { "unchanged" })
}
