//! What the operator does by hand on a running installation: keys taken away, a look at what would be migrated.

use laatu_tests::program::{Desk, Output};
use laatu_tests::web::Client;

const ORG: [&str; 8] = [
    "org",
    "create",
    "tuulia",
    "--name=Tuulia",
    "--contact=care@example.org",
    "--privacy-url",
    "https://example.org/p",
    "--zone=Europe/Helsinki",
];

fn new_key(desk: &Desk) -> String {
    let made = desk.run(&["key", "create", "--org", "tuulia", "--role", "owner"]).expect(0);
    made.out.trim().to_owned()
}

fn revoke(desk: &Desk, org: &str, key: &str) -> Output {
    let id = key.split('_').nth(2).unwrap();
    desk.run(&["key", "revoke", "--org", org, "--id", id])
}

/// Everything that lies in the operator's folder, sorted.
fn files(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.folder()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_revoked_key_opens_nothing_at_once_and_others_go_on() {
    let desk = Desk::new();
    let serving = desk.serve(&["--listen", ":0"]);
    desk.run(&ORG).expect(0);
    let (lost, kept) = (new_key(&desk), new_key(&desk));
    let client = Client::of(serving.url());
    client.get_as(&lost, "/api/v1/surveys").expect(200);
    let done = revoke(&desk, "tuulia", &lost).expect(0);
    assert!(done.talk.contains("opens nothing any more") && !done.talk.contains(&lost), "{}", done.talk);
    client.get_as(&lost, "/api/v1/surveys").expect(401);
    client.get_as(&kept, "/api/v1/surveys").expect(200);
    assert_eq!(serving.terminate(), Some(0));
    let again = desk.serve(&["--listen", ":0"]);
    Client::of(again.url()).get_as(&lost, "/api/v1/surveys").expect(401);
    Client::of(again.url()).get_as(&kept, "/api/v1/surveys").expect(200);
}

#[test]
fn a_key_or_an_organisation_that_is_not_there_is_named() {
    let desk = Desk::new();
    desk.run(&ORG).expect(0);
    let key = new_key(&desk);
    let unknown = revoke(&desk, "tuulia", "laatu_a_nosuchid_b").expect(1);
    assert!(unknown.talk.contains("nosuchid"), "{}", unknown.talk);
    let nobody = revoke(&desk, "lempi", &key).expect(1);
    assert!(nobody.talk.contains("lempi"), "{}", nobody.talk);
    revoke(&desk, "tuulia", &key).expect(0);
}

#[test]
fn the_key_of_another_organisation_cannot_be_taken_away() {
    let desk = Desk::new();
    desk.run(&ORG).expect(0);
    let mut other = ORG;
    other[2] = "lempi";
    desk.run(&other).expect(0);
    let key = new_key(&desk);
    revoke(&desk, "lempi", &key).expect(1);
    let serving = desk.serve(&["--listen", ":0"]);
    Client::of(serving.url()).get_as(&key, "/api/v1/surveys").expect(200);
}

#[test]
fn looking_at_the_migrations_of_a_missing_file_makes_none() {
    let desk = Desk::new();
    let looked = desk.run(&["migrate", "--dry-run"]).expect(0);
    assert!(looked.talk.contains("does not exist yet"), "{}", looked.talk);
    assert_eq!(files(&desk), [] as [&str; 0]);
    let named = desk.run(&["migrate", "--dry-run", "--database-url", "sqlite://below/laatu.db"]).expect(0);
    assert!(named.talk.contains("below"), "{}", named.talk);
    assert_eq!(files(&desk), [] as [&str; 0], "no folder either");
    desk.run(&["migrate"]).expect(0);
    let after = desk.run(&["migrate", "--dry-run"]).expect(0);
    assert!(after.talk.contains("up to date") && after.out.is_empty(), "{}{}", after.out, after.talk);
}
