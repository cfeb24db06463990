//! Rows of many connections, each in a transaction of its own: how most services write answers to PostgreSQL.
//!
//! The rows are those of the bare loop. Called by the benches as a denominator of the intake.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::bare_loop::schema::bare;
use super::bare_loop::{ANSWERS, id};
use super::chance::Chance;
use super::load::{Outcome, micros};
use crate::database::Database;

/// A table on a cluster, and how many connections write to it.
pub struct SingleRows {
    database: Database,
    connections: u64,
    runs: u64,
}

impl SingleRows {
    /// Makes a database with the table on a cluster.
    pub fn on_cluster(cluster: &str, connections: u64) -> Self {
        let database = Database::on_cluster(cluster);
        PgConnection::establish(database.url())
            .expect("the server answers")
            .batch_execute(
                "CREATE TABLE bare (position BIGINT PRIMARY KEY, id BYTEA NOT NULL UNIQUE, answers BYTEA NOT NULL)",
            )
            .expect("a table for single rows");
        Self { database, connections, runs: 0 }
    }

    /// Writes for a time.
    pub fn run(&mut self, window: Duration) -> Outcome {
        self.runs += 1;
        let (run, url) = (self.runs, self.database.url());
        let mut open: Vec<PgConnection> = (0..self.connections)
            .map(|_| PgConnection::establish(url).expect("the server takes another connection"))
            .collect();
        let began = Instant::now();
        let latencies = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..)
                .zip(&mut open)
                .map(|(writer, connection)| {
                    scope.spawn(move || write(connection, (run, writer), began, window))
                })
                .collect();
            writers.into_iter().flat_map(|writer| writer.join().expect("a writer ends well")).collect()
        });
        Outcome::since(began, latencies)
    }
}

fn write(
    connection: &mut PgConnection,
    (run, writer): (u64, u64),
    began: Instant,
    window: Duration,
) -> Vec<u32> {
    let mut chance = Chance::new(run << 32 | writer);
    let mut latencies = Vec::new();
    while began.elapsed() < window {
        let sent = Instant::now();
        let count = latencies.len() as u64;
        let position = i64::try_from(run << 48 | writer << 40 | count).expect("a position");
        diesel::insert_into(bare::table)
            .values((
                bare::position.eq(position),
                bare::id.eq(id(&mut chance, run, sent.duration_since(began))),
                bare::answers.eq(vec![4; ANSWERS]),
            ))
            .execute(connection)
            .expect("a row is written");
        latencies.push(micros(sent.elapsed()));
    }
    latencies
}
