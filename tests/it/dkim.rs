//! Mails that are signed in the name of the shop's domain, held against a checker of others (dkimpy).

use std::path::Path;
use std::process::Command;

use laatu::clock::{Clock, SystemClock};
use laatu_tests::program::Desk;
use laatu_tests::smtp_sink::SmtpSink;
use laatu_tests::wait::wait_for;
use laatu_tests::{Client, readers};
use serde_json::{Value, json};

use crate::doctor::{found, has, name_server_of, shop};

/// A private key of Debian's openssl.
fn key(desk: &Desk, name: &str, kind: &[&str]) {
    let path = desk.folder().join(name);
    let (code, said) = readers::run(Command::new("openssl").arg("genpkey").args(kind).arg("-out").arg(&path));
    assert_eq!(code, Some(0), "{said}");
}

const RSA: [&str; 4] = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
const ED25519: [&str; 2] = ["-algorithm", "ED25519"];
const BOTH: &str = "r1._domainkey.tuulia.example=rsa.pem, e1._domainkey.tuulia.example=ed.pem, x._domainkey.other.example=ed.pem";

/// What is to be published, by name, as the doctor says it.
fn records(desk: &Desk) -> Vec<(String, String)> {
    let said: Value = serde_json::from_str(&desk.run(&["doctor", "--json"]).expect(0).out).unwrap();
    let words =
        said.as_array().unwrap().iter().filter_map(|one| one["words"].as_str()?.split_once("signed; "));
    words
        .map(|(_, record)| {
            let (name, text) = record.split_once(" must hold: ").unwrap();
            (name.to_owned(), text.to_owned())
        })
        .collect()
}

/// What dkimpy says of a mail.
fn checked(folder: &Path, mail: &[u8], records: &[(String, String)]) -> Vec<Value> {
    std::fs::write(folder.join("mail.eml"), mail).unwrap();
    let map: serde_json::Map<_, _> = records.iter().map(|(name, text)| (name.clone(), json!(text))).collect();
    std::fs::write(folder.join("records.json"), Value::Object(map).to_string()).unwrap();
    readers::read("dkim_check.py", folder).as_array().unwrap().clone()
}

fn signed_shop() -> Desk {
    let desk = shop().with("LAATU_DKIM", BOTH);
    key(&desk, "rsa.pem", &RSA);
    key(&desk, "ed.pem", &ED25519);
    desk
}

/// A mail of each language of the survey, as a relay takes it.
fn mails(desk: &Desk) -> Vec<Vec<u8>> {
    let sink = SmtpSink::start(&[]);
    let owner =
        desk.run(&["key", "create", "--org", "tuulia", "--role", "owner"]).expect(0).out.trim().to_owned();
    let serving = desk.serve(&["--listen", "127.0.0.1:0", "--mail", &sink.setting()]);
    let client = Client::of(serving.url());
    let survey = json!({"key": "after", "instrument": "perceived-quality", "quiet": "none",
        "rule": {"event": "placed", "delay": "0d"}});
    let languages =
        client.post_json(&owner, "/api/v1/surveys", &survey).expect(201).json()["languages"].clone();
    client.post_json(&owner, "/api/v1/surveys/after/start", &json!({})).expect(200);
    let placed = SystemClock.now().plus_seconds(-60).rfc3339();
    let order = |language: &Value| {
        let language = language.as_str().unwrap();
        json!({"order_number": language, "channel": "web", "placed_at": placed,
            "customer": {"email": format!("{language}@example.org"), "language": language, "name": "Päivi  Őszi-Łącka"},
            "contact_basis": {"kind": "consent", "notice_at": placed}})
    };
    let orders: Vec<Value> = languages.as_array().unwrap().iter().map(order).collect();
    client.post_json(&owner, "/api/v1/orders", &json!({"orders": orders})).expect(200);
    wait_for("all mails", || (sink.raw().len() == orders.len()).then_some(()));
    sink.raw()
}

#[test]
fn signed_mails_in_every_language_hold_and_cover_what_ends_them() {
    let desk = signed_shop();
    let records = records(&desk);
    assert_eq!(records.len(), 3, "{records:?}");
    for mail in mails(&desk) {
        let text = String::from_utf8_lossy(&mail);
        let found = checked(desk.folder(), &mail, &records);
        assert_eq!(found.len(), 2, "one by each key of the domain, none by that of another:\n{text}");
        for one in found {
            assert_eq!(one["holds"], true, "{text}");
            let covered = one["covered"].as_array().unwrap();
            let count = |name: &str| covered.iter().filter(|one| *one == name).count();
            let twice =
                ["from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post"];
            assert!(twice.iter().all(|name| count(name) == 2), "{covered:?}");
        }
        assert!(text.lines().all(|line| line.len() <= 200), "{text}");
    }
}

#[test]
fn who_changes_a_signed_mail_is_found_out() {
    let desk = signed_shop();
    let records = records(&desk);
    let mail = mails(&desk).remove(0);
    let text = String::from_utf8(mail).unwrap();
    let changed = [
        text.replacen("Subject: ", "Subject: Re: ", 1),
        text.replacen("\r\nTo: ", "\r\nSubject: another\r\nTo: ", 1),
        text.replacen("From: ", "From: other@example.net\r\nFrom: ", 1),
        text.replacen("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "", 1),
        text.replacen("/s/", "/t/", 1),
        format!("{text}one line more\r\n"),
    ];
    for (place, mail) in changed.iter().enumerate() {
        assert_ne!(*mail, text, "change {place} changes nothing");
        let found = checked(desk.folder(), mail.as_bytes(), &records);
        assert!(found.iter().all(|one| one["holds"] == false), "change {place}");
    }
    // Blanks and line ends that relays are known to change do no harm.
    let harmless = format!("{}\r\n\r\n", text.replacen("Subject: ", "subject:   ", 1));
    let found = checked(desk.folder(), harmless.as_bytes(), &records);
    assert!(found.iter().all(|one| one["holds"] == true), "{found:?}");
}

#[test]
fn the_doctor_holds_what_is_published_against_the_keys() {
    let desk = signed_shop();
    let records = records(&desk);
    let (mut right, spf) = (records.clone(), ("tuulia.example".to_owned(), "v=spf1 -all".to_owned()));
    right.extend([spf, ("_dmarc.tuulia.example".to_owned(), "v=DMARC1; p=none".to_owned())]);
    let mut swapped = right.clone();
    swapped[0].1.clone_from(&records[1].1);
    swapped.remove(2);
    let said = found(&desk, &["--dns", &name_server_of(5, right)], 0);
    assert!(
        has(&said, "fine dkim of tuulia.example", "r1._domainkey.tuulia.example has the public half"),
        "{said:?}"
    );
    let said = found(&desk, &["--dns", &name_server_of(5, swapped)], 1);
    assert!(has(&said, "wrong dkim of tuulia.example", "has another key than ours"), "{said:?}");
    assert!(has(&said, "wrong dkim of other.example", "has no record"), "{said:?}");
    assert!(has(&said, "wrong dkim of other.example", "publish as TXT: v=DKIM1; k=ed25519; p="), "{said:?}");
}

#[test]
fn an_organisation_for_which_no_key_signs_is_named() {
    let desk = shop().with("LAATU_DKIM", "x._domainkey.other.example=ed.pem");
    key(&desk, "ed.pem", &ED25519);
    let said = found(&desk, &[], 0);
    assert!(has(&said, "advice organisation tuulia", "no key signs mails from tuulia.example"), "{said:?}");
}

#[test]
fn a_key_that_is_missing_or_too_short_is_refused_at_the_start() {
    let desk = shop();
    key(&desk, "short.pem", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]);
    for (setting, words) in [
        ("s1._domainkey.tuulia.example=short.pem", "2048 bits or more"),
        ("s1._domainkey.tuulia.example=none.pem", "cannot be read from none.pem"),
        ("tuulia.example=short.pem", "is not the name of such a record"),
    ] {
        let refused = desk.run(&["serve", "--listen", "127.0.0.1:0", "--dkim", setting]).expect(2);
        assert!(refused.talk.contains(words), "{}", refused.talk);
    }
}
