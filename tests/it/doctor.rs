//! `laatu doctor` says what is wrong, in words, and ends with 1 when something is.

use std::net::UdpSocket;

use laatu_tests::program::Desk;
use serde_json::Value;
use simple_dns::rdata::{RData, TXT};
use simple_dns::{CLASS, Packet, PacketFlag, ResourceRecord};

/// A folder with one organisation.
pub fn shop() -> Desk {
    let desk = Desk::new();
    let org = "org create tuulia --name Tuulia --contact care@tuulia.example --privacy-url https://tuulia.example/p";
    desk.run(&org.split(' ').collect::<Vec<_>>()).expect(0);
    desk
}

/// What was found, as `gravity about: words`.
pub fn found(desk: &Desk, arguments: &[&str], code: i32) -> Vec<String> {
    let all = [&["doctor", "--json"], arguments].concat();
    let found: Value = serde_json::from_str(&desk.run(&all).expect(code).out).unwrap();
    let word = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let line =
        |one: &Value| format!("{} {}: {}", word(one, "gravity"), word(one, "about"), word(one, "words"));
    found.as_array().unwrap().iter().map(line).collect()
}

/// Whether a finding begins so and says this.
pub fn has(found: &[String], beginning: &str, words: &str) -> bool {
    found.iter().any(|line| line.starts_with(beginning) && line.contains(words))
}

/// A name server that knows one SPF record and nothing else; it answers `questions` times.
fn name_server(questions: usize) -> String {
    name_server_of(
        questions,
        vec![("tuulia.example".to_owned(), "v=spf1 include:relay.example -all".to_owned())],
    )
}

/// One that knows these texts, by name.
pub fn name_server_of(questions: usize, records: Vec<(String, String)>) -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for _ in 0..questions {
            let mut buffer = [0; 512];
            let (length, from) = socket.recv_from(&mut buffer).unwrap();
            let asked = Packet::parse(&buffer[..length]).unwrap();
            let name = asked.questions[0].qname.clone();
            let mut answer = Packet::new_reply(asked.id());
            answer.set_flags(PacketFlag::RECURSION_AVAILABLE);
            for (_, words) in records.iter().filter(|(known, _)| *known == name.to_string()) {
                let text: TXT<'_> = words.as_str().try_into().unwrap();
                answer.answers.push(ResourceRecord::new(name.clone(), CLASS::IN, 60, RData::TXT(text)));
            }
            socket.send_to(&answer.build_bytes_vec().unwrap(), from).unwrap();
        }
    });
    address
}

#[test]
fn a_fresh_installation_that_writes_files_is_well_and_gets_advice() {
    let found = found(&shop(), &[], 0);
    assert!(has(&found, "advice organisation tuulia", "no cap"), "{found:?}");
    assert!(has(&found, "advice organisation tuulia", "no survey is running"), "{found:?}");
    assert!(has(&found, "fine mail", "mails can leave"), "{found:?}");
    assert!(has(&found, "fine link-key-file", ""), "{found:?}");
}

#[test]
fn a_relay_that_does_not_answer_and_unsafe_links_are_wrong() {
    let found = found(&shop(), &["--mail", "smtp://127.0.0.1:9", "--public-url", "http://shop.example"], 1);
    assert!(has(&found, "wrong mail", "cannot be reached"), "{found:?}");
    assert!(has(&found, "wrong public-url", "not https"), "{found:?}");
}

#[test]
fn a_pause_is_named_with_its_reason_and_its_end() {
    let desk = shop();
    desk.run(&["pause", "--org", "tuulia", "--reason", "The warehouse moves"]).expect(0);
    let paused = found(&desk, &[], 1);
    assert!(has(&paused, "wrong organisation tuulia", "The warehouse moves"), "{paused:?}");
    desk.run(&["resume", "--org", "tuulia"]).expect(0);
    desk.run(&["pause", "--all"]).expect(0);
    desk.run(&["resume", "--org", "tuulia"]).expect(0);
    let held = found(&desk, &[], 1);
    assert!(has(&held, "wrong organisation tuulia", "held by the operator"), "{held:?}");
    desk.run(&["resume", "--all"]).expect(0);
    found(&desk, &[], 0);
}

#[test]
fn the_name_server_is_asked_for_the_senders_domain() {
    let server = name_server(3);
    let found = found(&shop(), &["--dns", &server, "--dkim-selector", "mail"], 1);
    assert!(has(&found, "fine domain tuulia.example of tuulia", "SPF"), "{found:?}");
    assert!(
        has(&found, "wrong domain tuulia.example of tuulia", "_dmarc.tuulia.example has no record"),
        "{found:?}"
    );
    assert!(
        has(&found, "wrong domain tuulia.example of tuulia", "mail._domainkey.tuulia.example"),
        "{found:?}"
    );
}

#[test]
fn no_database_is_said_in_words() {
    let found = found(&Desk::new(), &[], 1);
    assert!(has(&found, "wrong database", "does not exist yet"), "{found:?}");
}
