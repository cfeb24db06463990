//! Mails that are due, handed to a relay on this machine with a mark before and a note after each, against a bare loop
//! of lettre that hands over as many ready messages on as many connections.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use laatu::jobs::run_due;
use laatu::mail::Mailer;
use laatu::service::once::in_transaction;
use laatu::service::plan_invitations::replan_survey;
use laatu::service::take_orders::take_orders;
use laatu_tests::bench::installation::Installation;
use laatu_tests::bench::rounds::Middle;
use laatu_tests::bench::table::{Better, Ratio, Table};
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::moody_sink::MoodySink;
use laatu_tests::program::Desk;
use laatu_tests::schema::Any;
use lettre::Message;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use serde_json::json;

use super::ground::Ground;
use super::options::Options;

/// Mails of a round.
const MAILS: usize = 10_000;
/// Connections to the relay, as the service has them.
const CONNECTIONS: usize = 4;

/// Adds the row of the mails.
pub fn measure(options: &Options, table: &mut Table) {
    let sink = MoodySink::start(Dice::new(options.seed));
    sink.calm_down();
    let desk = Desk::new();
    let mut installation = Installation::make(&Ground::database(&desk), desk.folder());
    let test_folder = desk.folder().join("test-mail");
    installation.services.mailer = Mailer::from_setting(&sink.setting(), test_folder).expect("a relay");
    let (mut rounds, mut in_one_piece) = (Vec::new(), Vec::new());
    for round in 0..usize::try_from(options.rounds).expect("few") {
        owe(&installation, &desk, round * MAILS);
        let before = sink.taken().len();
        let began = Instant::now();
        while run_due(&installation.services).expect("jobs are worked on") > 0 {}
        let ours = began.elapsed().as_secs_f64();
        assert_eq!(sink.taken().len() - before, MAILS, "every mail was taken");
        rounds.push((MAILS as f64 / ours, MAILS as f64 / bare_loop(&sink, Piece::AsLettreDoes)));
        in_one_piece.push((MAILS as f64 / ours, MAILS as f64 / bare_loop(&sink, Piece::Whole)));
    }
    let numerator = "due mails asked about, marked, written, handed over and noted";
    table.ratios.push(Ratio {
        key: "mails_whole",
        numerator: numerator.to_owned(),
        denominator: "ready messages handed over by the same loop, each with its end in one piece".to_owned(),
        unit: "1/s",
        measured: Middle::of(&in_one_piece),
        better: Better::Higher,
        goal: 0.5,
        floor: 0.1,
    });
    table.ratios.push(Ratio {
        key: "mails",
        numerator: numerator.to_owned(),
        denominator: "ready messages handed over by a bare loop of lettre on as many connections".to_owned(),
        unit: "1/s",
        measured: Middle::of(&rounds),
        better: Better::Higher,
        goal: 0.5,
        floor: 0.1,
    });
}

/// Orders that were delivered four days ago, whose mails are due now.
fn owe(installation: &Installation, desk: &Desk, first: usize) {
    let Installation { services, scope, survey, .. } = installation;
    let at = services.now().plus_seconds(-4 * 86_400).rfc3339();
    let numbers: Vec<usize> = (first..first + MAILS).collect();
    for some in numbers.chunks(1_000) {
        let one = |number: &usize| {
            json!({
                "order_number": format!("M{number}"), "channel": "web", "placed_at": at,
                "customer": {"email": format!("m{number}@example.org"), "language": "en"},
                "contact_basis": {"kind": "consent", "notice_at": at}
            })
        };
        let body = json!({"orders": some.iter().map(one).collect::<Vec<_>>()});
        in_transaction(services, |connection| take_orders(services, connection, scope, &body))
            .expect("orders are taken");
    }
    Any::to(&Ground::database(desk))
        .run("PRAGMA busy_timeout = 5000; UPDATE purchase_order SET delivered_at = placed_at");
    replan_survey(services, scope, survey).expect("the mails are planned");
}

/// How the bare loop writes a message.
#[derive(Clone, Copy)]
enum Piece {
    /// First the message, then its end: the second waits for the relay's system to acknowledge the first.
    AsLettreDoes,
    /// Both at once, as the service does it.
    Whole,
}

/// A message with its end; nothing in it begins with a dot.
struct Whole(String);

impl std::fmt::Display for Whole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.\r\n", self.0)
    }
}

/// Seconds that the bare loop takes for as many messages of the same size.
fn bare_loop(sink: &MoodySink, piece: Piece) -> f64 {
    let address = sink.setting().trim_start_matches("smtp://").to_owned();
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let connected = SmtpConnection::connect(&*address, None, &ClientId::default(), None, None);
                let mut relay = connected.expect("a connection");
                while next.fetch_add(1, Ordering::Relaxed) < MAILS {
                    let message = message();
                    hand_over(&mut relay, &message, piece).expect("it is taken");
                }
            });
        }
    });
    began.elapsed().as_secs_f64()
}

fn hand_over(
    relay: &mut SmtpConnection,
    message: &Message,
    piece: Piece,
) -> Result<(), lettre::transport::smtp::Error> {
    let (route, text) = (message.envelope(), message.formatted());
    if let Piece::AsLettreDoes = piece {
        return relay.send(route, &text).map(drop);
    }
    relay.command(Mail::new(route.from().cloned(), vec![]))?;
    for recipient in route.to() {
        relay.command(Rcpt::new(recipient.clone(), vec![]))?;
    }
    relay.command(Data)?;
    relay.command(Whole(String::from_utf8(text).expect("it is text"))).map(drop)
}

fn message() -> Message {
    let address = || "care@bench.example".parse().expect("an address");
    let body = "A line of a mail as long as those that are written for customers.\r\n".repeat(150);
    Message::builder().from(address()).to(address()).subject("How was it?").body(body).expect("a message")
}
