//! What the binary refuses, in words that name the place, with the right exit code and nothing half-stored.

use std::net::TcpListener;

use laatu::store::Target;
use laatu_tests::postgres::Cluster;
use laatu_tests::program::{Desk, Output};
use laatu_tests::schema::Any;
use laatu_tests::web::Client;
use laatu_tests::{Database, Kind};

/// The shipped instrument with five different mistakes.
pub fn with_five_mistakes(source: &str) -> String {
    let replaced = [
        (
            "scale = \"how_well\"\nempty = \"cannot_say\"\nmarker",
            "scale = \"how_wel\"\nempty = \"cannot_say\"\nmarker",
        ),
        ("scale = \"how_fully\"\nempty = \"no_questions\"", "scale = \"how_fully\"\nempty = \"no_answers\""),
        ("facet = \"image\"", "facet = \"fame\""),
        ("role = \"effort\"", "colour = \"red\"\nrole = \"effort\""),
        ("min = 0\nmax = 10", "min = 0\nmax = 12"),
    ];
    replaced.iter().fold(source.to_owned(), |text, (right, wrong)| {
        assert!(text.contains(right), "{right}");
        text.replacen(right, wrong, 1)
    })
}

#[track_caller]
fn says(output: &Output, words: &[&str]) {
    for words in words {
        let all = format!("{}{}", output.out, output.talk);
        assert!(all.contains(words), "\"{words}\" is not said:\n{all}");
    }
    assert!(!output.talk.contains("panicked") && !output.talk.contains("RUST_BACKTRACE"), "{}", output.talk);
}

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

#[test]
fn a_second_service_on_the_same_file_is_refused_and_the_first_goes_on() {
    let desk = Desk::new();
    let first = desk.serve(&["--listen", ":0"]);
    let second = desk.run(&["serve", "--listen", ":0"]).expect(1);
    says(&second, &["laatu.db", "in use by another laatu", "one service per SQLite file"]);
    Client::of(first.url()).get("/readyz").expect(200);
    desk.run(&ORG).expect(0);
    assert_eq!(first.terminate(), Some(0), "a signal ends it in order");
    let third = desk.serve(&["--listen", ":0"]);
    Client::of(third.url()).get("/readyz").expect(200);
}

#[test]
fn a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = Desk::new().run(&["serve", "--listen", &address]).expect(1);
    says(&refused, &[&address, "another program listens there", "--listen"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let desk = Desk::new();
    desk.write("file", "not a folder");
    let refused =
        desk.run(&["serve", "--listen", ":0", "--database-url", "sqlite://file/below/laatu.db"]).expect(1);
    says(&refused, &["file/below"]);
    let keys = desk.run(&["serve", "--listen", ":0", "--link-key-file", "file/below/key.toml"]).expect(1);
    says(&keys, &["file/below/key.toml"]);
    assert_eq!(std::fs::read_to_string(desk.folder().join("file")).unwrap(), "not a folder");
}

#[test]
fn an_unknown_setting_is_refused_with_the_one_that_was_meant() {
    let variable = Desk::new().with("LAATU_LISTN", ":0").run(&["config", "show"]).expect(2);
    says(&variable, &["LAATU_LISTN", "did you mean LAATU_LISTEN?"]);
    let desk = Desk::new();
    desk.write("laatu.toml", "listn = \":0\"\nmial = \"file:x\"\nlog = 7\n");
    let file = desk.run(&["config", "show", "--config", "laatu.toml"]).expect(2);
    says(&file, &["laatu.toml", "listn", "did you mean listen?", "mial", "did you mean mail?", "log"]);
    let url = Desk::new().run(&["migrate", "--database-url", "mysql://root:secret@db/laatu"]).expect(2);
    says(&url, &["database-url", "sqlite://", "postgres://"]);
    assert!(!url.talk.contains("secret"), "no password is told: {}", url.talk);
    let mail = Desk::new().run(&["serve", "--listen", ":0", "--mail", "pigeon:coop"]).expect(2);
    says(&mail, &["file:DIR", "smtp://"]);
}

#[test]
fn an_instrument_with_five_mistakes_is_listed_with_five_lines() {
    let desk = Desk::new();
    let source = survey_forms::instrument::shipped_source("perceived-quality").unwrap();
    desk.write("good.toml", source);
    desk.run(&["instrument", "lint", "good.toml"]).expect(0);
    desk.write("bad.toml", &with_five_mistakes(source));
    let refused = desk.run(&["instrument", "lint", "bad.toml"]).expect(1);
    says(&refused, &["how_wel", "no_answers", "fame", "colour", "from 1 to 10"]);
    let lines: Vec<&str> = refused.out.lines().filter(|line| line.starts_with("bad.toml: line ")).collect();
    assert_eq!(lines.len(), 5, "{}", refused.out);
    let missing = desk.run(&["instrument", "lint", "nowhere.toml"]).expect(1);
    says(&missing, &["nowhere.toml"]);
}

#[test]
fn a_code_outside_of_the_scale_is_told_by_row_and_column() {
    let desk = Desk::new();
    desk.write(
        "map.toml",
        "[scale]\nmin = 1\nmax = 5\n\n[[dimension]]\nkey = \"speed\"\nitems = [\"A\", \"B\"]\n",
    );
    desk.write("data.csv", "A,B\n1,2\n3,9\n5,5\nx,1\n");
    let refused = desk.run(&["score", "data.csv", "--map", "map.toml"]).expect(1);
    says(&refused, &["data.csv", "row 2", "column B", "\"9\"", "row 4", "column A"]);
    assert_eq!(refused.out, "", "no figures of half a file");
    desk.write("data.csv", "A,B\n1,2\n3,4\n5,5\n");
    desk.run(&["score", "data.csv", "--map", "map.toml", "--format", "json"]).expect(0);
    let missing = desk.run(&["score", "nowhere.csv", "--map", "map.toml"]).expect(1);
    says(&missing, &["nowhere.csv"]);
    let map = desk
        .write("map.toml", "[scale]\nmin = 1\nmax = 5\n\n[[dimension]]\nkey = \"speed\"\nitms = [\"A\"]\n");
    let wrong = desk.run(&["score", "data.csv", "--map", map.to_str().unwrap()]).expect(1);
    says(&wrong, &["map.toml", "line 7", "itms", "items"]);
}

fn a_newer_schema_is_left_alone(kind: Kind) {
    let database = Database::fresh(kind);
    let desk = Desk::new();
    desk.run(&["migrate", "--database-url", database.url()]).expect(0);
    let before = Any::to(&database.target()).schema();
    Any::to(&database.target())
        .run("INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('29991231000001', CURRENT_TIMESTAMP)");
    let key = ["key", "create", "--org", "tuulia", "--role", "owner"];
    for command in [&["migrate"][..], &["migrate", "--dry-run"], &["serve", "--listen", ":0"], &ORG, &key] {
        let mut all = command.to_vec();
        all.extend(["--database-url", database.url()]);
        let refused = desk.run(&all).expect(1);
        says(&refused, &["newer", "29991231000001"]);
    }
    assert_eq!(Any::to(&database.target()).schema(), before);
    assert_eq!(Any::to(&database.target()).number("SELECT COUNT(*) AS n FROM organisation"), 0);
}

#[test]
fn a_schema_that_is_newer_than_the_binary_is_left_alone_on_sqlite() {
    a_newer_schema_is_left_alone(Kind::Sqlite);
}

#[test]
fn a_schema_that_is_newer_than_the_binary_is_left_alone_on_postgresql() {
    a_newer_schema_is_left_alone(Kind::Postgres);
}

#[test]
fn a_postgresql_that_could_lose_answers_is_refused() {
    let cluster = Cluster::with(&["fsync=off"]);
    let database = Database::on_cluster(cluster.url());
    let desk = Desk::new();
    for command in [&["migrate"][..], &["serve", "--listen", ":0"]] {
        let mut all = command.to_vec();
        all.extend(["--database-url", database.url()]);
        let refused = desk.run(&all).expect(1);
        says(&refused, &["fsync=off", "could be lost"]);
    }
    let Target::Postgres(_) = database.target() else { panic!("a server's database") };
    assert!(Any::to(&database.target()).schema().is_empty(), "nothing is made there");
}

#[test]
fn a_postgresql_that_is_away_is_said_at_once() {
    let refused = Desk::new()
        .run(&["serve", "--listen", ":0", "--database-url", "postgres://laatu:secret@127.0.0.1:1/x"])
        .expect(1);
    says(&refused, &["127.0.0.1"]);
    assert!(!refused.talk.contains("secret"), "{}", refused.talk);
}

#[test]
fn wrong_usage_ends_with_two() {
    let desk = Desk::new();
    for arguments in [
        &["no-such-command"][..],
        &["serve", "--no-such-flag"],
        &["key", "create", "--org", "x", "--role", "king"],
        &["key", "create", "--role", "owner"],
        &["score", "data.csv"],
        &["score", "data.csv", "--map", "m.toml", "--format", "xml"],
        &["org"],
        &[],
    ] {
        let refused = desk.run(arguments).expect(2);
        assert!(
            !refused.talk.is_empty() && refused.out.is_empty(),
            "{arguments:?}: {}{}",
            refused.out,
            refused.talk
        );
    }
    assert_eq!(std::fs::read_dir(desk.folder()).unwrap().count(), 0, "nothing is written");
}

#[test]
fn what_an_operator_gets_wrong_is_told_in_words_and_changes_nothing() {
    let desk = Desk::new();
    let bad = [
        "org",
        "create",
        "Bad Slug",
        "--name",
        " ",
        "--contact",
        "nobody",
        "--privacy-url",
        "ftp://x",
        "--zone",
        "Mars/Base",
    ];
    let refused = desk.run(&bad).expect(2);
    says(&refused, &["slug", "name", "contact", "privacy-url", "zone"]);
    desk.run(&ORG).expect(0);
    says(&desk.run(&ORG).expect(1), &["tuulia", "already"]);
    says(
        &desk.run(&["key", "create", "--org", "nobody", "--role", "owner"]).expect(1),
        &["no organisation \"nobody\""],
    );
    let survey = ["survey", "create", "--org", "tuulia", "--key", "one", "--instrument", "perceived-quality"];
    let mut wrong = survey.to_vec();
    wrong.extend(["--after", "delivered:soon", "--quiet", "always", "--length", "long"]);
    says(&desk.run(&wrong).expect(2), &["soon", "always", "long"]);
    desk.run(&survey).expect(0);
    says(&desk.run(&["survey", "start", "--org", "tuulia", "--key", "two"]).expect(1), &["survey"]);
    desk.run(&["survey", "start", "--org", "tuulia", "--key", "one"]).expect(0);
}

#[test]
fn a_key_is_printed_alone_and_works_beside_a_running_service() {
    let desk = Desk::new();
    let serving = desk.serve(&["--listen", ":0"]);
    desk.run(&ORG).expect(0);
    let made = desk.run(&["key", "create", "--org", "tuulia", "--role", "owner"]).expect(0);
    assert_eq!(made.out.lines().count(), 1, "{}", made.out);
    let key = made.out.trim();
    assert!(key.starts_with("laatu_"), "{key}");
    Client::of(serving.url()).get_as(key, "/api/v1/surveys").expect(200);
}
