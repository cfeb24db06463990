//! `laatu webhook`: endpoints at the command line, in real time; the reference library verifies what comes.

use laatu_tests::program::Desk;
use laatu_tests::receiver::{Receiver, Reply};
use serde_json::Value;
use standardwebhooks::Webhook as Verifier;
use ureq::http::{HeaderMap, HeaderName, HeaderValue};

fn desk(allow: &str) -> Desk {
    let desk = Desk::new().with("LAATU_WEBHOOK_ALLOW", allow);
    let create = ["org", "create", "tuulia", "--name=Tuulia", "--contact=care@example.org"];
    desk.run(&[&create[..], &["--privacy-url=https://example.org/p"]].concat()).expect(0);
    desk
}

fn headers(posted: &laatu_tests::receiver::Posted) -> HeaderMap {
    let header = |(name, value): (&String, &String)| {
        (HeaderName::try_from(name.as_str()).unwrap(), HeaderValue::try_from(value.as_str()).unwrap())
    };
    posted.headers.iter().map(header).collect()
}

#[test]
fn an_endpoint_is_made_tried_out_and_its_key_rotated() {
    let receiver = Receiver::start();
    let desk = desk("127.0.0.0/8");
    let made =
        desk.run(&["webhook", "create", &receiver.url(), "--org=tuulia", "--event=score.low"]).expect(0).out;
    let (id, secret) = made.trim().split_once('\n').unwrap();
    let test = desk.run(&["webhook", "test", id, "--org=tuulia"]).expect(0);
    assert!(test.out.contains("webhook.test  delivered") && test.out.contains(" 204 "), "{}", test.out);
    let old = Verifier::new(secret).unwrap();
    let first = &receiver.posted()[0];
    old.verify(first.body.as_bytes(), &headers(first)).expect("the reference accepts it");
    let forged = first.body.replace("webhook.test", "survey.answered");
    assert!(old.verify(forged.as_bytes(), &headers(first)).is_err());
    let rotated = desk.run(&["webhook", "rotate", id, "--org=tuulia"]).expect(0).out;
    desk.run(&["webhook", "test", id, "--org=tuulia"]).expect(0);
    let second = &receiver.posted()[1];
    for key in [secret, rotated.trim()] {
        Verifier::new(key)
            .unwrap()
            .verify(second.body.as_bytes(), &headers(second))
            .expect("both keys count");
    }
    assert!(Verifier::new(rotated.trim()).unwrap().verify(first.body.as_bytes(), &headers(first)).is_err());
    let log: Value = serde_json::from_str(
        &desk.run(&["webhook", "deliveries", id, "--org=tuulia", "--json"]).expect(0).out,
    )
    .unwrap();
    assert_eq!(log["deliveries"].as_array().unwrap().len(), 2);
    let delivery = log["deliveries"][0]["id"].as_str().unwrap();
    desk.run(&["webhook", "replay", id, delivery, "--org=tuulia"]).expect(0);
    let lines = desk.run(&["webhook", "deliveries", id, "--org=tuulia"]).expect(0).out;
    assert!(lines.contains("waiting") && lines.lines().count() == 2, "{lines}");
    receiver.answer(&[Reply::Status(500, "")]);
    let refused = desk.run(&["webhook", "test", id, "--org=tuulia"]).expect(1);
    assert!(refused.talk.contains("did not take it") && refused.out.contains("failed"), "{}", refused.out);
    desk.run(&["webhook", "disable", id, "--org=tuulia"]).expect(0);
    let list = desk.run(&["webhook", "list", "--org=tuulia"]).expect(0).out;
    assert!(
        list.contains("disabled (by_hand)") && list.contains("score.low") && !list.contains("whsec"),
        "{list}"
    );
    desk.run(&["webhook", "delete", id, "--org=tuulia"]).expect(0);
    assert_eq!(desk.run(&["webhook", "list", "--org=tuulia"]).expect(0).out.trim(), "");
}

#[test]
fn a_service_brings_events_by_itself() {
    let receiver = Receiver::start();
    let desk = desk("127.0.0.1");
    let made = desk.run(&["webhook", "create", &receiver.url(), "--org=tuulia"]).expect(0).out;
    let (id, _) = made.trim().split_once('\n').unwrap();
    desk.run(&["webhook", "test", id, "--org=tuulia"]).expect(0);
    let log: Value = serde_json::from_str(
        &desk.run(&["webhook", "deliveries", id, "--org=tuulia", "--json"]).expect(0).out,
    )
    .unwrap();
    let delivery = log["deliveries"][0]["id"].as_str().unwrap();
    let serving = desk.serve(&["--listen", ":0"]);
    desk.run(&["webhook", "replay", id, delivery, "--org=tuulia"]).expect(0);
    laatu_tests::wait::wait_for("the event to come once more", || {
        (receiver.posted().len() == 2).then_some(())
    });
    assert_eq!(receiver.posted()[1].header("webhook-id"), delivery);
    assert_eq!(serving.terminate(), Some(0));
}

#[test]
fn without_the_setting_own_networks_are_out_of_reach() {
    let desk = desk("");
    for url in [
        "http://127.0.0.1:8080/",
        "https://127.0.0.1/",
        "https://shop.example:9999/",
        "https://localhost/",
        "https://user@shop.example/",
    ] {
        let refused = desk.run(&["webhook", "create", url, "--org=tuulia"]).expect(2);
        assert!(refused.talk.contains("/url"), "{url}: {}", refused.talk);
    }
    let wrong = Desk::new().with("LAATU_WEBHOOK_ALLOW", "localhost").run(&["migrate"]).expect(2);
    assert!(wrong.talk.contains("webhook-allow: \"localhost\" is neither"), "{}", wrong.talk);
}

#[test]
fn a_proxy_of_the_environment_is_not_asked() {
    let (receiver, proxy) = (Receiver::start(), Receiver::start());
    let mut desk = desk("127.0.0.0/8");
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        desk = desk.with(name, &format!("http://{}", proxy.address()));
    }
    let made = desk.run(&["webhook", "create", &receiver.url(), "--org=tuulia"]).expect(0).out;
    let (id, _) = made.trim().split_once('\n').unwrap();
    desk.run(&["webhook", "test", id, "--org=tuulia"]).expect(0);
    assert_eq!((receiver.connections(), proxy.connections()), (1, 0));
}
