//! Pages that wait are committed together: each is judged by itself, and too many are told so at once.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use laatu::domain::marks::Marks;
use laatu::service::Services;
use laatu::service::post_page::{Posted, post_page};
use laatu::store::submissions::{Submission, Taken};
use laatu::store::{Error, Target};
use laatu_tests::schema::Any;
use laatu_tests::wait::wait_for;
use laatu_tests::{Page, Respondent, Server};
use serde_json::json;

type Waiting<'a> = Pin<Box<dyn Future<Output = Result<Taken, Error>> + 'a>>;

/// What the first page of a customer's form comes to, answered but not yet written.
fn submission(services: &Services, customer: &Respondent, choice: usize) -> Submission {
    submission_of(services, customer, 1, choice)
}

fn submission_of(services: &Services, customer: &Respondent, number: usize, choice: usize) -> Submission {
    let page: Page = customer.open_page(number);
    let fields = page.fill(|_, values| values.get(choice).cloned(), "");
    let token = customer.link().trim_start_matches("/s/");
    match post_page(services, token, number, &fields, Marks::NONE).unwrap() {
        Posted::Write(submission, _) => *submission,
        Posted::Answer(shown) => panic!("nothing to write: {shown:?}"),
    }
}

/// Puts submissions in the queue while somebody else keeps pages from being written; then lets the writer go on.
/// The outcomes in order; those that were told at once are among them.
fn queued(server: &Server, submissions: Vec<Submission>) -> Vec<Result<Taken, Error>> {
    let store = &server.services().store;
    let mut other = Any::to(store.target());
    other.run(match store.target() {
        Target::Sqlite(_) => "BEGIN IMMEDIATE",
        Target::Postgres(_) => "BEGIN; LOCK TABLE saved_page IN EXCLUSIVE MODE",
    });
    let mut waiting: Vec<Waiting<'_>> =
        submissions.into_iter().map(|one| Box::pin(store.submit(one)) as Waiting<'_>).collect();
    let mut outcomes: Vec<Option<Result<Taken, Error>>> = waiting.iter().map(|_| None).collect();
    let mut is_held = true;
    wait_for("an outcome of every submission", || {
        let mut context = Context::from_waker(Waker::noop());
        for (one, outcome) in waiting.iter_mut().zip(&mut outcomes).filter(|(_, outcome)| outcome.is_none()) {
            if let Poll::Ready(ready) = one.as_mut().poll(&mut context) {
                *outcome = Some(ready);
            }
        }
        // Everything is in the queue after the first look.
        if std::mem::take(&mut is_held) {
            other.run("COMMIT");
        }
        outcomes.iter().all(Option::is_some).then_some(())
    });
    outcomes.into_iter().map(Option::unwrap).collect()
}

on_both! {
    fn one_that_cannot_be_written_refuses_no_neighbour(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customers: Vec<Respondent> =
            (0..5).map(|number| server.invite(&shop, &format!("A{number}"), &json!({}))).collect();
        let services = server.services();
        let mut submissions: Vec<Submission> =
            customers.iter().map(|customer| submission(services, customer, 1)).collect();
        // A page of an invitation that is not there, as after an erasure: the database refuses the whole group.
        submissions[2].invitation_id = services.new_id();
        let outcomes = queued(server, submissions);
        for (place, outcome) in outcomes.iter().enumerate() {
            match outcome {
                Ok(taken) if place == 2 => assert_eq!(*taken, Taken::Overtaken),
                Ok(taken) => assert_eq!(*taken, Taken::Stored, "{place}"),
                Err(error) => panic!("{place}: {error}"),
            }
        }
        for (place, customer) in customers.iter().enumerate() {
            let page = customer.open_page(1);
            assert_eq!(!page.chosen().is_empty(), place != 2, "{place}");
        }
    }

    fn of_two_windows_one_is_overtaken_and_looks_again(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let services = server.services();
        let both = vec![submission(services, &customer, 1), submission(services, &customer, 2)];
        let outcomes: Vec<Taken> = queued(server, both).into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes, [Taken::Stored, Taken::Overtaken]);
        // Posted again it is a new revision: nothing that was acknowledged is lost, the last one counts.
        let again = queued(server, vec![submission(services, &customer, 2)]);
        assert_eq!(again.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [Taken::Stored]);
        let shown = customer.open_page(1);
        let last = shown.fill(|_, values| values.get(2).cloned(), "");
        let chosen = shown.chosen().into_iter().collect::<Vec<_>>();
        assert!(!chosen.is_empty() && chosen.iter().all(|one| last.contains(one)), "{chosen:?} {last:?}");
    }

    fn a_page_posted_while_the_form_is_finished_elsewhere_is_in_the_response(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let services = server.services();
        let stored = |one: Submission| queued(server, vec![one]).into_iter().next().unwrap().unwrap();
        let mut last = 1;
        let finishing = loop {
            let one = submission_of(services, &customer, last, 1);
            if one.response.is_some() {
                break one;
            }
            assert_eq!(stored(one), Taken::Stored);
            last += 1;
        };
        assert!(last > 1, "the form has several pages");
        // The other device: the first page once more, changed.
        let changed = submission(services, &customer, 3);
        let wanted = changed.page.clone().unwrap().answers;
        assert_eq!(stored(changed), Taken::Stored);
        assert_eq!(stored(finishing), Taken::Overtaken, "it was made without that page");
        let again = submission_of(services, &customer, last, 1);
        let answers = again.response.clone().unwrap().response.answers;
        assert_eq!(stored(again), Taken::Stored);
        assert!(wanted.iter().all(|one| answers.contains(one)), "{wanted:?} {answers:?}");
    }

    fn too_many_are_told_at_once_and_the_others_written(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let services = server.services();
        let one = submission(services, &customer, 1);
        let outcomes = queued(server, vec![one; 1400]);
        let busy = outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::Busy(_)))).count();
        let stored = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Taken::Stored))).count();
        let overtaken = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Taken::Overtaken))).count();
        assert_eq!(stored, 1, "the same page twice is one page");
        // 1,024 wait in the queue, besides those that the writer has in its hands already.
        assert!((120..=376).contains(&busy), "{busy} busy");
        assert_eq!(busy + stored + overtaken, 1400);
    }
}
