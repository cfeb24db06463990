//! Mails go no faster than the operator lets them: so many a minute to a domain, few on a sender's first day.

use laatu::jobs::run_due;
use laatu::service::once::in_transaction;
use laatu::service::plan_invitations::replan_survey;
use laatu::service::sending::pace::Pace;
use laatu::service::take_orders::take_orders;
use laatu::store::Target;
use laatu_tests::Mailbox;
use laatu_tests::bench::installation::Installation;
use laatu_tests::schema::Any;
use serde_json::json;
use tempfile::TempDir;

/// An installation in a folder of its own, and the folder.
fn installation(pace: Pace) -> (Installation, Target, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("laatu.db").display());
    let target = Target::parse(&url).unwrap();
    let mut made = Installation::make(&target, folder.path());
    made.services.pace = pace;
    (made, target, folder)
}

/// Orders of customers at these addresses, whose mails are due now.
fn owe(made: &Installation, target: &Target, addresses: &[&str]) {
    let Installation { services, scope, survey, .. } = made;
    let at = services.now().plus_seconds(-4 * 86_400).rfc3339();
    let order = |address: &&str| {
        json!({
            "order_number": address, "channel": "web", "placed_at": at, "customer": {"email": address, "language": "en"},
            "contact_basis": {"kind": "consent", "notice_at": at}
        })
    };
    let body = json!({"orders": addresses.iter().map(order).collect::<Vec<_>>()});
    in_transaction(services, |connection| take_orders(services, connection, scope, &body)).unwrap();
    Any::to(target).run("PRAGMA busy_timeout = 5000; UPDATE purchase_order SET delivered_at = placed_at");
    replan_survey(services, scope, survey).unwrap();
}

fn run_all(made: &Installation) {
    for _ in 0..20 {
        if run_due(&made.services).unwrap() == 0 {
            return;
        }
    }
    panic!("what may not go yet must not stay due");
}

fn written(folder: &TempDir) -> usize {
    Mailbox::at(&folder.path().join("mail")).files().len()
}

#[test]
fn a_domain_gets_one_mail_at_a_time_and_others_do_not_wait() {
    let (made, target, folder) = installation(Pace::new(1, 0));
    owe(&made, &target, &["a@one.example", "b@one.example", "c@One.example", "d@two.example"]);
    run_all(&made);
    assert_eq!(written(&folder), 2, "one to each domain");
    let waits = "SELECT COUNT(*) AS n FROM job WHERE kind = 1 AND state = 1 AND attempts = 0";
    assert_eq!(Any::to(&target).number(waits), 2, "the others wait, and it was no try");
}

#[test]
fn a_sender_whom_nobody_knows_begins_with_few_mails() {
    let (made, target, folder) = installation(Pace::new(0, 3));
    owe(&made, &target, &["a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example"]);
    run_all(&made);
    assert_eq!(written(&folder), 3);
}
