//! SIGKILL while mails are handed over to a relay of moods: none is lost, each double is counted and has the same id.

use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::moody_sink::MoodySink;
use laatu_tests::faults::table::Row;
use laatu_tests::program::{Desk, Serving};
use laatu_tests::schema::Any;
use laatu_tests::wait::wait_for;
use laatu_tests::web::Client;
use laatu_tests::{Database, Kind};
use serde_json::{Value, json};

use crate::ground::Ground;

/// Orders that come in each life of the service: enough that it dies with mails in its hands.
const ORDERS: u64 = 20;
/// Mails that are still to be handed over, or are being handed over.
const UNDONE: &str = "SELECT COUNT(*) AS n FROM job WHERE kind = 1 AND state IN (1, 2)";

/// A shop whose orders are asked about at once.
struct Shop {
    // Dropped before its database.
    desk: Desk,
    database: Database,
    key: String,
    sink: MoodySink,
    orders: u64,
}

impl Shop {
    fn open(kind: Kind, dice: &Dice) -> Self {
        let database = Database::fresh(kind);
        let desk = Desk::new().with("LAATU_DATABASE_URL", database.url());
        let run = |line: &str| desk.run(&line.split(' ').collect::<Vec<_>>()).expect(0).out.trim().to_owned();
        run(
            "org create shop --name Shop --contact care@shop.example --privacy-url https://shop.example/privacy",
        );
        run("survey create --org shop --key field --instrument nps --after placed:0d --quiet none");
        run("survey start --org shop --key field");
        let key = run("key create --org shop --role sender");
        Self { key, sink: MoodySink::start(Dice::new(dice.seed())), orders: 0, desk, database }
    }

    fn serve(&self) -> Serving {
        self.desk.serve(&["--listen", "127.0.0.1:0", "--mail", &self.sink.setting(), "--log", "error"])
    }

    fn database(&self) -> Any {
        Any::to(&self.database.target())
    }

    /// Orders come in; each is acknowledged, so each mail is owed.
    fn order(&mut self, serving: &Serving) {
        let at = "2026-11-01T09:00:00Z";
        let one = |number: u64| {
            json!({
                "order_number": format!("N{number}"), "channel": "web", "placed_at": now(),
                "customer": {"email": format!("c{number}@example.org"), "language": "en"},
                "contact_basis": {"kind": "consent", "notice_at": at}
            })
        };
        let orders: Vec<Value> = (self.orders..self.orders + ORDERS).map(one).collect();
        let client = Client::of(serving.url());
        client.post_json(&self.key, "/api/v1/orders", &json!({"orders": orders})).expect(200);
        self.orders += ORDERS;
    }

    /// What waits for its next try is due at once: minutes pass. On PostgreSQL a lease holds until it has run out, since
    /// another node may hold it: half an hour passes.
    fn let_minutes_pass(&self) {
        self.database().run("UPDATE job SET due_at = 1 WHERE kind = 1 AND state = 1");
        if self.database.kind() == Kind::Postgres {
            self.database().run("UPDATE job SET lease_until = 1 WHERE kind = 1 AND state = 2");
        }
    }
}

/// The machine's own time: the service runs on it.
fn now() -> String {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("a time after 1970").as_micros();
    laatu::domain::Micros(i64::try_from(since).expect("a time of our days")).rfc3339()
}

/// Kills the service again and again while it hands mails over.
pub fn mail_kill(ground: &mut Ground, kind: Kind, kills: u32) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let mut shop = Shop::open(kind, &dice);
    for _ in 0..kills {
        shop.let_minutes_pass();
        let serving = shop.serve();
        let before = shop.sink.steps();
        shop.order(&serving);
        let after = before + dice.between(1, 45);
        wait_for("mails to be under way", || (shop.sink.steps() >= after).then_some(()));
        serving.kill();
    }
    finish_in_peace(&shop);
    let mut row = judged(&shop);
    row.times = format!("{kills} kills");
    row.acknowledged = shop.orders;
    row
}

fn finish_in_peace(shop: &Shop) {
    shop.sink.calm_down();
    for _ in 0..20 {
        shop.let_minutes_pass();
        if shop.database().number(UNDONE) == 0 {
            return;
        }
        let serving = shop.serve();
        let due = "SELECT COUNT(*) AS n FROM job WHERE kind = 1 AND (state = 2 OR state = 1 AND due_at = 1)";
        let mut left = shop.database().number(due);
        while left > 0 {
            let fewer = || Some(shop.database().number(due)).filter(|now| *now < left);
            left = wait_for("some of what is due to be handed over", fewer);
        }
        assert_eq!(serving.terminate(), Some(0));
    }
    panic!("mails are never done");
}

/// Holds what the relay took against what the service says of each mail.
fn judged(shop: &Shop) -> Row {
    let mut row = Row::default();
    let taken = shop.sink.taken();
    // Id, state and doubts of every mail, and whether anything went wrong with it on the way.
    let id = match shop.database.kind() {
        Kind::Sqlite => "lower(hex(invitation_id))",
        Kind::Postgres => "encode(invitation_id, 'hex')",
    };
    let mails =
        shop.database().texts(&format!("SELECT {id} || ' ' || state || ' ' || doubts AS value FROM outbox"));
    let (mut doubled, mut in_doubt, mut refused, mut refused_after) = (0u64, 0, 0, 0);
    for line in &mails {
        let mut words = line.split(' ');
        let id = words.next().unwrap_or_default();
        let number = |word: Option<&str>| word.and_then(|word| word.parse::<u32>().ok()).expect("a number");
        let (state, doubts) = (number(words.next()), number(words.next()));
        let times = taken.iter().find(|(name, _)| name.replace('-', "").contains(id)).map_or(0, |(_, n)| *n);
        match (state, times) {
            (3, 0) => row.lost += 1,
            (3 | 6, _) if times > 1 + doubts => row.doubled += 1,
            (3 | 6, _) => {
                doubled += u64::from(times.saturating_sub(1));
                in_doubt += u64::from(state == 6 && times == 0);
            }
            (5, 0) => refused += 1,
            // It came while it was in doubt, and a further try was refused for good.
            (5, _) if times <= doubts => refused_after += 1,
            _ => {
                row.wrong += 1;
                row.failures.push(format!("state {state} with {doubts} doubts, taken {times} times"));
            }
        }
    }
    let owed = usize::try_from(shop.orders).expect("a number of orders");
    if mails.len() != owed {
        row.failures.push(format!("{owed} orders, but {} mails in the outbox", mails.len()));
    }
    if row.lost + row.doubled + row.wrong > 0 {
        row.failures
            .push(format!("{} lost, {} doubled uncounted, {} wrong", row.lost, row.doubled, row.wrong));
    }
    row.notes.push(format!(
        "{owed} mails: {doubled} came twice, each counted as in doubt; {in_doubt} twice in doubt, left alone and told; \
         {refused} refused for good, {refused_after} more after one in doubt had come"
    ));
    row
}
