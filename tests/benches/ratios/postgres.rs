//! Pages posted and kept on PostgreSQL, against rows that sixteen connections write one by one to the same server.

use laatu_tests::bench::rounds::Middle;
use laatu_tests::bench::single_rows::SingleRows;
use laatu_tests::bench::table::{Better, Ratio, Table};

use super::bytes::cluster;
use super::ground::Ground;
use super::options::Options;
use super::submissions::{Side, WARM_UP};

/// Connections that write single rows.
const CONNECTIONS: u64 = 16;

/// Adds the row of the intake on PostgreSQL, when there is one.
pub fn measure(options: &Options, table: &mut Table) {
    let Some(cluster) = cluster() else {
        eprintln!("  not measured: LAATU_TEST_POSTGRES is not set");
        return;
    };
    let a_second = options.invitations.max(1);
    let seconds = options.rounds as usize * options.seconds as usize + 1;
    let ground = Ground::on_cluster(options, a_second * seconds, &cluster);
    let service = ground.serve();
    let kept = Side::keeping(&ground, &service);
    let mut single = SingleRows::on_cluster(&cluster, CONNECTIONS);
    kept.run(options.clients, a_second, WARM_UP);
    single.run(WARM_UP);
    let mut rounds = Vec::new();
    for _ in 0..options.rounds {
        let ours = kept.run(options.clients, a_second * options.seconds as usize, options.window());
        rounds.push((ours.rate(), single.run(options.window()).rate()));
    }
    assert_eq!(service.end(), Some(0), "the service ends well");
    let clients = options.clients;
    table.ratios.push(Ratio {
        key: "submissions_postgres",
        numerator: format!("pages posted and kept on PostgreSQL, {clients} clients"),
        denominator: format!("single rows of {CONNECTIONS} connections to the same server"),
        unit: "1/s",
        measured: Middle::of(&rounds),
        better: Better::Higher,
        goal: 3.0,
        floor: 2.0,
    });
}
