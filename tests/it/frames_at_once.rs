//! Orders change, customers answer and several nodes fold at the same time: each change is counted once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use laatu::service::check::check;
use laatu::service::frames::fold::{Folded, Looks, count_whole, fold_chunk};
use laatu::service::once::in_transaction;
use laatu::store::orders;
use laatu_tests::framed::{Framed, questions};
use laatu_tests::schema::Any;
use laatu_tests::season::choice;
use laatu_tests::wait::wait_for;
use laatu_tests::{Kind, Respondent, Server};
use serde_json::json;

use super::cells::beside;

#[track_caller]
fn agrees(one: &Framed<'_>) {
    for survey in &one.surveys {
        for asked in questions() {
            let (stored, live) = one.figures(survey, &asked);
            assert_eq!(stored.as_ref(), Some(&live), "{asked:?}");
        }
    }
}

on_both! {
    fn nodes_that_fold_at_once_fold_each_change_once(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut framed = Framed::new(server.services(), "tuulia", 8);
        let (scope, id) = (framed.scope.clone(), framed.surveys[0].id);
        let nodes = [beside(server), beside(server), beside(server)];
        let (done, folded) = (AtomicBool::new(false), AtomicUsize::new(0));
        std::thread::scope(|threads| {
            for node in &nodes {
                threads.spawn(|| {
                    loop {
                        let is_last = done.load(Ordering::SeqCst);
                        match fold_chunk(node, &scope, id, 7).unwrap() {
                            Folded::Some(changes) => drop(folded.fetch_add(changes, Ordering::SeqCst)),
                            Folded::Uncounted => drop(count_whole(node, &scope, id, &|| true).unwrap()),
                            Folded::Nothing if is_last => return,
                            _ => {}
                        }
                    }
                });
            }
            framed.live(150);
            // On a busy machine the first whole count may have taken all that time.
            for _ in 0..5_000 {
                if folded.load(Ordering::SeqCst) > 0 {
                    break;
                }
                framed.live(5);
            }
            done.store(true, Ordering::SeqCst);
        });
        assert!(folded.into_inner() > 0, "some were folded while others came");
        agrees(&framed);
        assert_eq!(Any::to(&server.database().target()).number("SELECT count(*) AS n FROM frame_change"), 0);
        assert_eq!(check(server.services(), None).unwrap().differences, []);
    }

    fn a_count_that_is_overtaken_throws_its_work_away(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut framed = Framed::new(server.services(), "tuulia", 9);
        framed.live(30);
        let (one, other) = (beside(server), beside(server));
        let (scope, id) = (framed.scope.clone(), framed.surveys[0].id);
        // The first asks the other to work while its own count is made and not yet written.
        let count_while = |work: &dyn Fn()| {
            let first = AtomicBool::new(true);
            let go_on = || {
                if first.swap(false, Ordering::SeqCst) {
                    work();
                }
                true
            };
            count_whole(&one, &scope, id, &go_on).unwrap()
        };
        assert_eq!(count_while(&|| assert_eq!(count_whole(&other, &scope, id, &|| true).unwrap(), Folded::Some(1))), Folded::Overtaken);
        framed.live(10);
        assert_eq!(count_while(&|| assert!(matches!(fold_chunk(&other, &scope, id, 3), Ok(Folded::Some(_))))), Folded::Overtaken);
        assert_eq!(count_whole(&other, &scope, id, &|| false).unwrap(), Folded::Stopped);
        agrees(&framed);
    }

    fn customers_answer_while_their_orders_change(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let framed = Framed::new(server.services(), "tuulia", 10);
        Looks::default().look(server.services(), &|| true).unwrap();
        let numbers: Vec<String> = (0..10).map(|number| format!("N{number}")).collect();
        for number in &numbers {
            let mut order = server.order(number);
            order["customer"]["email"] = json!(format!("{number}@example.org"));
            server.deliver(&shop, &order);
        }
        server.advance_days(3);
        server.run_jobs();
        let mails = server.mailbox().mails();
        assert_eq!(mails.len(), numbers.len());
        let (scope, id) = (&framed.scope, framed.surveys[0].id);
        let done = AtomicBool::new(false);
        std::thread::scope(|threads| {
            let answering = threads.spawn(|| {
                for (index, mail) in mails.iter().enumerate() {
                    let customer = Respondent::at(server.client().clone(), mail.link_path());
                    customer.answer_all(customer.open(), |key, values| choice(index, key, values), "");
                }
            });
            threads.spawn(|| {
                for (minute, number) in numbers.iter().cycle().take(60).enumerate() {
                    let channel = ["phone", "email", "chat"][minute % 3];
                    let at = format!("2026-05-04T10:{minute:02}:00Z");
                    server.post_event(&shop, number, &json!({"kind": "contacted", "channel": channel, "at": at})).expect(200);
                }
            });
            threads.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    fold_chunk(server.services(), scope, id, 5).unwrap();
                }
            });
            answering.join().unwrap();
            done.store(true, Ordering::SeqCst);
        });
        agrees(&framed);
        let (_, live) = framed.figures(&framed.surveys[0], &questions()[0]);
        assert_eq!((live.counts.sent, live.counts.answered), (10, 10));
        assert_eq!(check(server.services(), None).unwrap().differences, []);
    }
}

/// An invitation is answered in a group of pages, which sees what is committed at each statement, while its order is
/// corrected in a transaction that sees one moment.
#[test]
fn an_answer_and_a_correction_of_its_order_wait_for_each_other_on_postgresql() {
    let server = Server::on(Kind::Postgres);
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let framed = Framed::new(server.services(), "tuulia", 11);
    Looks::default().look(server.services(), &|| true).unwrap();
    server.deliver(&shop, &server.order("W1"));
    server.advance_days(3);
    server.run_jobs();
    let target = server.database().target();
    let (mut answers, mut looks) = (Any::to(&target), Any::to(&target));
    answers.run("BEGIN; UPDATE invitation SET state = 4");
    let (services, scope) = (server.services(), &framed.scope);
    std::thread::scope(|threads| {
        let corrects = threads.spawn(|| {
            in_transaction(services, |connection| {
                let found = orders::find(connection, scope, "W1")?;
                let mut order = found.ok_or(laatu::service::Error::NotFound("order"))?;
                order.place_id = 0;
                order.channel = laatu::domain::Channel::Chat;
                Ok(orders::update(connection, scope, &order, services.now())?)
            })
        });
        let waits = "SELECT count(*) AS n FROM pg_locks WHERE NOT granted";
        wait_for("the correction to wait for the answer", || (looks.number(waits) > 0).then_some(()));
        answers.run("COMMIT");
        corrects.join().unwrap().unwrap();
    });
    agrees(&framed);
    let (_, live) = framed.figures(&framed.surveys[0], &questions()[0]);
    assert_eq!((live.counts.answered, live.classes[0].channel), (1, laatu::domain::Channel::Chat.code()));
    assert_eq!(check(services, None).unwrap().differences, []);
}
