//! Copies of an installation: made beside a running service, moved between databases, refused when they are not whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use laatu::clock::{Clock, SystemClock};
use laatu::service::cells::fold::fold_survey;
use laatu::service::portable::{export_all, import_all};
use laatu::service::restore::restore;
use laatu::store::copy::tables::TABLES;
use laatu::store::lock::FileLock;
use laatu::store::{Store, Target, authority, migrate, responses};
use laatu_tests::answered::{Answered, Dice};
use laatu_tests::database::cluster_url;
use laatu_tests::json::text;
use laatu_tests::program::{Desk, Output};
use laatu_tests::schema::Any;
use laatu_tests::season::{choice, play};
use laatu_tests::wait::wait_for;
use laatu_tests::{Database, Kind, Respondent, Server};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Where a copy is brought in: a name for an SQLite file that is not there, or an empty PostgreSQL database.
struct Elsewhere {
    desk: Desk,
    database: Option<Database>,
    url: String,
}

impl Elsewhere {
    fn of(kind: Kind) -> Self {
        let desk = Desk::new();
        let database = (kind == Kind::Postgres).then(|| Database::fresh(kind));
        let file = || format!("sqlite://{}", desk.folder().join("new/laatu.db").display());
        let url = database.as_ref().map_or_else(file, |database| database.url().to_owned());
        Self { desk: desk.with("LAATU_DATABASE_URL", &url), database, url }
    }

    fn target(&self) -> Target {
        Target::parse(&self.url).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.desk.run(arguments)
    }

    /// Whether nothing is there: no file, or no row of any organisation.
    fn is_untouched(&self) -> bool {
        match &self.database {
            None => !self.desk.folder().join("new/laatu.db").exists(),
            Some(database) => {
                let mut any = Any::to(&database.target());
                !any.schema().contains_key("organisation")
                    || any.number("SELECT count(*) AS n FROM organisation") == 0
            }
        }
    }
}

/// A desk at the database of a running service.
fn at(server: &Server) -> Desk {
    Desk::new().with("LAATU_DATABASE_URL", server.database().url())
}

fn path_text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A survey with answers in cells and behind them, customers, mails, comments and keys that languages sort differently.
fn lived_in(server: &Server) -> Answered<'_> {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    play(server, &shop, 12);
    let mut survey = Answered::new(server.services(), "tuulia", 3);
    survey.append(300);
    fold_survey(server.services(), &survey.scope, &survey.survey, &|| true).expect("it is folded");
    survey.append(20);
    for key in ["a", "B", "_", "ä", "a b", "Zz", "z\u{1}\"\\"] {
        let order = server.order(&format!("K{}", key.len()));
        let body = json!({"orders": [order]}).to_string();
        let bearer = format!("Bearer {}", shop.sender);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let key = key.chars().filter(|c| c.is_ascii() && !c.is_ascii_control()).collect::<String>() + "x";
        let headers = [&headers[..], &[("idempotency-key", key.as_str())]].concat();
        server.client().send("POST", "/api/v1/orders", &headers, Some(body.as_bytes())).expect(200);
    }
    survey
}

fn digest(output: &Output) -> String {
    output.out.trim().strip_prefix("content ").expect("the digest of the content").to_owned()
}

/// SHA-256 in hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// Lines of a copy with the last line that belongs to them.
fn sealed(lines: &[String]) -> String {
    let mut rows: Vec<(String, u64)> = Vec::new();
    for line in &lines[1..] {
        let value: Value = serde_json::from_str(line).unwrap();
        match value.get("table") {
            Some(name) => rows.push((name.as_str().unwrap().to_owned(), 0)),
            None => rows.last_mut().unwrap().1 += 1,
        }
    }
    let text = |lines: &[String]| lines.join("\n") + "\n";
    let (whole, content) = (text(lines), text(&lines[1..]));
    let end =
        json!({"rows": rows, "content_sha256": hex(content.as_bytes()), "sha256": hex(whole.as_bytes())});
    format!("{whole}{end}\n")
}

fn copy_of(server: &Server, desk: &Desk) -> PathBuf {
    let file = desk.folder().join("laatu.copy");
    export_all(&server.services().store, SystemClock.now(), &file).expect("a copy");
    file
}

fn lines_of(file: &Path) -> Vec<String> {
    let mut lines: Vec<String> = std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect();
    lines.pop();
    lines
}

/// What every database makes by itself: the list of its migrations, and counts that triggers keep.
const MADE_ANEW: [&str; 4] = ["__diesel_schema_migrations", "frame", "frame_change", "frame_mark"];

on_both_kinds! {
    fn a_backup_under_load_has_every_answer_that_was_acknowledged_before_it_began(kind) {
        let server = Server::on(kind);
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let numbers: Vec<String> = (0..24).map(|number| format!("L{number:03}")).collect();
        for number in &numbers {
            server.deliver(&shop, &server.order(number));
        }
        server.advance_days(3);
        server.run_jobs();
        let mails = server.mailbox().mails();
        let links: Vec<(String, String)> = numbers
            .iter()
            .map(|number| {
                let mail = mails.iter().find(|mail| mail.to == format!("customer-{number}@example.org")).unwrap();
                (text(&server.invitation(&shop, number), "/id").to_owned(), mail.link_path().to_owned())
            })
            .collect();
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let desk = at(&server);
        let file = desk.folder().join("monday");
        let client = server.client().clone();
        let before = std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while let Some((id, path)) = links.get(next.fetch_add(1, Ordering::SeqCst)) {
                        let customer = Respondent::at(client.clone(), path);
                        customer.answer_all(customer.open(), |key, values| choice(1, key, values), "Words.");
                        done.lock().unwrap().push(id.clone());
                    }
                });
            }
            wait_for("some answers", || (done.lock().unwrap().len() >= 6).then_some(()));
            let before = done.lock().unwrap().clone();
            let made = desk.run(&["backup", path_text(&file)]).expect(0);
            assert!(made.talk.contains("link-key.toml"), "{}", made.talk);
            assert!(made.out.ends_with("  monday\n"), "{}", made.out);
            before
        });
        assert_eq!(std::fs::read_to_string(desk.folder().join("monday.sha256")).unwrap().len(), 64 + 2 + 6 + 1);
        let new = Elsewhere::of(kind);
        let restored = new.run(&["restore", path_text(&file), "--verify"]).expect(0);
        assert!(restored.out.contains("everything fits"), "{}", restored.out);
        assert!(restored.talk.contains("link-key.toml"), "{}", restored.talk);
        let newest = |store: &Store, id: &str| {
            let id = laatu::domain::Id::from_bytes(uuid::Uuid::parse_str(id).unwrap().as_bytes()).unwrap();
            store.read(|connection| {
                let scope = authority::operator(connection, "tuulia")?;
                responses::newest(connection, &scope, id)
            }).unwrap()
        };
        let store = Store::visit(&new.target()).unwrap();
        for id in &before {
            let there = newest(&store, id);
            assert!(there.is_some(), "the answer {id} was acknowledged before the backup");
            assert_eq!(there, newest(&server.services().store, id));
        }
        drop(store);
        let serving = new.desk.serve(&["--listen", "127.0.0.1:0"]);
        let client = laatu_tests::Client::of(serving.url());
        let path = "/api/v1/surveys/field/report";
        let people = |client: &laatu_tests::Client| client.get_as(&shop.owner, path).expect(200).json();
        assert!(people(&client)["total"].is_object());
        drop(serving);
    }

    fn what_is_there_is_never_overwritten(kind) {
        let server = Server::on(kind);
        server.shop("tuulia");
        let desk = at(&server);
        desk.write("taken", "what was there");
        for command in [&["backup", "taken"][..], &["export", "--all", "taken"]] {
            let refused = desk.run(command).expect(1);
            assert!(refused.talk.contains("taken is there already"), "{}", refused.talk);
        }
        assert_eq!(std::fs::read_to_string(desk.folder().join("taken")).unwrap(), "what was there");
        desk.run(&["backup", "good"]).expect(0);
        let copy = copy_of(&server, &desk);
        for command in [&["restore", "good"][..], &["restore", path_text(&copy)], &["import", "--all", path_text(&copy)]] {
            let refused = desk.run(command).expect(1);
            let words = ["is there already", "in use by another laatu", "other connections"];
            assert!(words.iter().any(|words| refused.talk.contains(words)), "{command:?}: {}", refused.talk);
        }
        let files: BTreeSet<String> = std::fs::read_dir(desk.folder()).unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(files.iter().map(String::as_str).collect::<Vec<_>>(), ["good", "good.sha256", "laatu.copy", "taken"]);
        // Nobody is there any more, but the organisation still is.
        let new = Elsewhere::of(kind);
        new.run(&["import", "--all", path_text(&copy)]).expect(0);
        let refused = new.run(&["import", "--all", path_text(&copy)]).expect(1);
        assert!(refused.talk.contains("the database is not empty"), "{}", refused.talk);
        assert_eq!(Any::to(&new.target()).number("SELECT count(*) AS n FROM organisation"), 1);
    }

    fn a_copy_that_is_not_whole_is_refused_and_nothing_is_written(kind) {
        let server = Server::on(Kind::Sqlite);
        lived_in(&server);
        let desk = at(&server);
        let whole = std::fs::read(copy_of(&server, &desk)).unwrap();
        let new = Elsewhere::of(kind);
        let broken = desk.folder().join("broken.copy");
        let mut dice = Dice(77);
        let mut place = |below: usize| usize::try_from(dice.below(below as u64)).unwrap();
        let refused = |bytes: &[u8], what: &str| {
            std::fs::write(&broken, bytes).unwrap();
            for outcome in [import_all(&new.target(), &broken).map(drop), restore(&new.target(), &broken, &|_| Ok(())).map(drop)] {
                let words = outcome.expect_err(what).to_string();
                assert!(words.contains("cop"), "{what}: {words}");
            }
            assert!(new.is_untouched(), "{what}");
        };
        for _ in 0..24 {
            let mut bytes = whole.clone();
            let at = place(bytes.len());
            bytes[at] ^= 1 << place(8);
            refused(&bytes, &format!("a bit turned over at {at}"));
        }
        for _ in 0..8 {
            let end = place(whole.len());
            refused(&whole[..end], &format!("cut at {end}"));
        }
        refused(&[&whole[..], b"[1]\n"].concat(), "something behind the end");
        refused(b"PK\x03\x04 something else", "another file");
        refused(b"", "an empty file");
        let later = String::from_utf8(whole.clone()).unwrap().replacen("{\"laatu_copy\":1", "{\"laatu_copy\":2", 1);
        refused(later.as_bytes(), "another format");
        let told = new.run(&["import", "--all", path_text(&broken)]).expect(1);
        assert!(told.talk.contains("format 2"), "{}", told.talk);
        std::fs::write(&broken, &whole).unwrap();
        std::fs::write(desk.folder().join("broken.copy.sha256"), format!("{}  broken.copy\n", "0".repeat(64))).unwrap();
        assert!(new.run(&["restore", path_text(&broken)]).expect(1).talk.contains("SHA-256"));
        assert!(new.is_untouched());
        std::fs::remove_file(desk.folder().join("broken.copy.sha256")).unwrap();
        new.run(&["restore", path_text(&broken), "--verify"]).expect(0);
    }

    fn a_copy_of_another_schema_is_told_apart(kind) {
        let server = Server::on(Kind::Sqlite);
        lived_in(&server);
        let desk = at(&server);
        let lines = lines_of(&copy_of(&server, &desk));
        let file = desk.folder().join("other.copy");
        let with_schema = |versions: Vec<String>, lines: &[String]| {
            let mut header: Value = serde_json::from_str(&lines[0]).unwrap();
            header["schema"] = json!(versions);
            let lines: Vec<String> = [&[header.to_string()][..], &lines[1..]].concat();
            std::fs::write(&file, sealed(&lines)).unwrap();
        };
        let known = migrate::known().unwrap();
        with_schema([&known[..], &["29990101000001".to_owned()]].concat(), &lines);
        let new = Elsewhere::of(kind);
        let refused = new.run(&["restore", path_text(&file)]).expect(1);
        assert!(refused.talk.contains("29990101000001") && refused.talk.contains("newer"), "{}", refused.talk);
        let refused = new.run(&["import", "--all", path_text(&file)]).expect(1);
        assert!(refused.talk.contains("29990101000001"), "{}", refused.talk);
        assert!(new.is_untouched());
        // The first schema had these tables with the first so many of the columns that they have now.
        let of_then = [("organisation", 14), ("log_position", 2), ("place", 3)];
        let mut columns = None;
        let older: Vec<String> = lines[1..].iter().filter_map(|line| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            if let Some(table) = line.get("table") {
                columns = of_then.iter().find(|(name, _)| table == name).map(|(_, count)| *count);
            }
            let cells = if line.is_array() { Some(&mut line) } else { line.get_mut("columns") };
            if let (Some(Value::Array(cells)), Some(columns)) = (cells, columns) {
                cells.truncate(columns);
            }
            columns.map(|_| line.to_string())
        }).collect();
        with_schema(known[..1].to_vec(), &[&lines[..1], &older].concat());
        let refused = new.run(&["import", "--all", path_text(&file)]).expect(1);
        assert!(refused.talk.contains(&known[0]) && refused.talk.contains(known.last().unwrap()), "{}", refused.talk);
        let restored = new.run(&["restore", path_text(&file)]).expect(0);
        assert!(restored.talk.contains(&format!("{} migrations ran", known.len() - 1)), "{}", restored.talk);
        new.run(&["key", "create", "--org", "tuulia", "--role", "owner"]).expect(0);
        assert!(Any::to(&new.target()).number("SELECT last_position AS n FROM log_position") > 0);
    }

    fn who_was_erased_since_the_copy_is_not_in_what_is_restored(kind) {
        let server = Server::on(Kind::Sqlite);
        lived_in(&server);
        let desk = at(&server);
        let file = copy_of(&server, &desk);
        let number = "SELECT count(*) AS n FROM customer WHERE email <> ''";
        let people = Any::to(&server.database().target()).number(number);
        let list = desk.folder().join("list.txt");
        let of_list = ["--erasure-list", path_text(&list)];
        let named = ["erase", "--org", "tuulia", "--order", "K1", "--json"];
        desk.run(&[&of_list[..], &named].concat()).expect(0);
        let left = Any::to(&server.database().target()).number(number);
        assert_eq!(left, people - 1);
        let new = Elsewhere::of(kind);
        let restored =
            new.run(&["restore", path_text(&file), "--verify", "--erasures", path_text(&list)]).expect(0);
        assert!(restored.out.contains("1 erasures on the list; erased again: 1 customers"), "{}", restored.out);
        assert_eq!(Any::to(&new.target()).number(number), left);
    }

    fn a_restore_that_is_killed_leaves_nothing_and_can_be_repeated(kind) {
        let server = Server::on(Kind::Sqlite);
        let mut survey = lived_in(&server);
        survey.append(12_000);
        let desk = at(&server);
        let file = copy_of(&server, &desk);
        let new = Elsewhere::of(kind);
        let mut child = new.desk.start(&["restore", path_text(&file)]);
        wait_for("rows on their way", || {
            let under_way = match &new.database {
                None => new.desk.folder().join("new/laatu.db.restoring-wal").metadata().is_ok_and(|wal| wal.len() > 1 << 16),
                // Asked from beside: a connection to the database itself would be company.
                Some(database) => {
                    let name = database.url().rsplit_once('/').unwrap().1;
                    Any::to(&Target::parse(&cluster_url()).unwrap()).number(&format!(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = '{name}' AND query LIKE 'INSERT INTO%'"
                    )) > 0
                }
            };
            under_way.then_some(())
        });
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().code(), None, "it was killed in the middle");
        assert!(new.is_untouched());
        // The server may need a moment to notice that nobody is there any more.
        let done = wait_for("the restore", || {
            let output = new.run(&["restore", path_text(&file), "--verify"]);
            (!output.talk.contains("other connections")).then_some(output)
        });
        done.expect(0);
        if kind == Kind::Sqlite {
            let files: BTreeSet<String> = std::fs::read_dir(new.desk.folder().join("new")).unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            assert_eq!(files.iter().map(String::as_str).collect::<Vec<_>>(), ["laatu.db", "laatu.db.lock"]);
        }
    }

    fn no_table_and_no_column_is_forgotten(kind) {
        let server = Server::on(kind);
        let schema = Any::to(&server.database().target()).schema();
        let mut copied: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        for (name, table) in schema.iter().filter(|(name, _)| !MADE_ANEW.contains(&name.as_str())) {
            let place = copied.iter().position(|other| other == name);
            let place = place.unwrap_or_else(|| panic!("{name} is in no copy: add it to store/copy/tables.rs"));
            let definition = TABLES[place].definition();
            let columns: BTreeSet<(&str, bool)> =
                definition.columns.iter().map(|(name, kind)| (name.as_str(), format!("{kind:?}") == "MaybeBig")).collect();
            let real: BTreeSet<(&str, bool)> = table.columns.iter().map(|(name, null)| (name.as_str(), *null)).collect();
            assert_eq!(columns, real, "{name}");
            assert_eq!(definition.key, table.primary_key, "{name}");
            for (_, parent, _) in &table.foreign_keys {
                assert!(copied[..place].contains(&parent.as_str()), "{name} stands before {parent}");
            }
        }
        copied.retain(|name| !schema.contains_key(*name));
        assert_eq!(copied, [] as [&str; 0], "tables that are none");
    }
}

#[test]
fn an_installation_moves_to_the_other_database_and_back_with_the_same_digest() {
    let server = Server::on(Kind::Sqlite);
    let survey = lived_in(&server);
    let desk = at(&server);
    let first = desk.run(&["export", "--all", "first.copy"]).expect(0);
    let postgres = Elsewhere::of(Kind::Postgres);
    let brought = postgres.run(&["import", "--all", path_text(&desk.folder().join("first.copy"))]).expect(0);
    let second = postgres.run(&["export", "--all", "second.copy"]).expect(0);
    let sqlite = Elsewhere::of(Kind::Sqlite);
    let file = postgres.desk.folder().join("second.copy");
    sqlite.run(&["import", "--all", path_text(&file)]).expect(0);
    let third = sqlite.run(&["export", "--all", "third.copy"]).expect(0);
    assert_eq!(digest(&first), digest(&brought));
    assert_eq!(digest(&first), digest(&second));
    assert_eq!(digest(&first), digest(&third));
    let header = |file: &Path| -> Value { serde_json::from_str(&lines_of(file)[0]).unwrap() };
    assert_eq!(header(&file)["database"], "postgres");
    for new in [&postgres, &sqlite] {
        new.run(&["check"]).expect(0);
        // Numbers go on where they were.
        new.run(&[
            "org",
            "create",
            "second",
            "--name",
            "Second",
            "--contact",
            "a@example.org",
            "--privacy-url",
            "https://example.org/p",
        ])
        .expect(0);
        assert_eq!(
            Any::to(&new.target()).number("SELECT count(*) AS n FROM organisation WHERE org_id IN (1, 2)"),
            2
        );
        let store = Store::visit(&new.target()).unwrap();
        let one = survey.newest[0].clone();
        let one = laatu::store::responses::Response { revision: one.revision + 1, ..one };
        store.write(|connection| responses::append(connection, &survey.scope, &one, "")).unwrap();
        drop(store);
        new.run(&["check"]).expect(0);
        new.run(&["export", "--all", "fourth.copy"]).expect(0);
    }
    let fourth = |new: &Elsewhere| lines_of(&new.desk.folder().join("fourth.copy")).len();
    assert_eq!(fourth(&postgres), fourth(&sqlite));
}

#[test]
fn a_backup_of_a_file_is_refused_when_a_bit_of_it_is_turned_over_or_its_digest_is_gone() {
    let server = Server::on(Kind::Sqlite);
    lived_in(&server);
    let desk = at(&server);
    let file = desk.folder().join("good");
    desk.run(&["backup", "good"]).expect(0);
    let whole = std::fs::read(&file).unwrap();
    let new = Elsewhere::of(Kind::Sqlite);
    let mut dice = Dice(8);
    for _ in 0..12 {
        let mut bytes = whole.clone();
        let at = usize::try_from(dice.below(bytes.len() as u64)).unwrap();
        bytes[at] ^= 1 << dice.below(8);
        std::fs::write(&file, &bytes).unwrap();
        restore(&new.target(), &file, &|_| Ok(())).map(drop).expect_err("a damaged file");
        assert!(new.is_untouched());
    }
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    assert!(new.run(&["restore", path_text(&file)]).expect(1).talk.contains("is damaged"));
    std::fs::write(&file, &whole).unwrap();
    std::fs::rename(desk.folder().join("good.sha256"), desk.folder().join("away")).unwrap();
    assert!(new.run(&["restore", path_text(&file)]).expect(1).talk.contains("there is no"));
    std::fs::rename(desk.folder().join("away"), desk.folder().join("good.sha256")).unwrap();
    let postgres = Elsewhere::of(Kind::Postgres);
    assert!(postgres.run(&["restore", path_text(&file)]).expect(1).talk.contains("is an SQLite database"));
    // A service that has the name, though not yet the file.
    let Target::Sqlite(place) = new.target() else { panic!("a file") };
    let lock = FileLock::take(&place).unwrap();
    assert!(new.run(&["restore", path_text(&file)]).expect(1).talk.contains("in use by another laatu"));
    drop(lock);
    new.run(&["restore", path_text(&file), "--verify"]).expect(0);
}

#[test]
fn databases_of_others_and_of_older_times_are_told_apart() {
    let desk = Desk::new();
    let foreign = desk.folder().join("foreign");
    Any::to(&Target::Sqlite(foreign.clone()))
        .run("CREATE TABLE music (song TEXT); INSERT INTO music VALUES ('la')");
    let noted = |file: &Path| {
        let hex = hex(&std::fs::read(file).unwrap());
        std::fs::write(file.with_extension("sha256"), format!("{hex}  x\n")).unwrap();
    };
    noted(&foreign);
    let new = Elsewhere::of(Kind::Sqlite);
    assert!(new.run(&["restore", path_text(&foreign)]).expect(1).talk.contains("no database of laatu"));
    assert!(new.is_untouched());
    let old = desk.folder().join("old.db");
    let first = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../migrations/sqlite/2026-11-22-000001_first_tables/up.sql");
    let mut database = Any::to(&Target::Sqlite(old.clone()));
    database.run(&std::fs::read_to_string(first).unwrap());
    database.run(
        "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
         INSERT INTO __diesel_schema_migrations (version) VALUES ('20261122000001');
         INSERT INTO organisation VALUES (1, 'old', 'aaaaaaaaaa', 'Old', 'a@example.org', '', '', 'https://example.org', 24, '', 'UTC', 24, 1, 1);
         INSERT INTO log_position VALUES (1, 0); INSERT INTO place VALUES (1, 0, '');",
    );
    drop(database);
    let before_update = Desk::new().with("LAATU_DATABASE_URL", &format!("sqlite://{}", old.display()));
    before_update.run(&["backup", "old"]).expect(0);
    let restored =
        new.run(&["restore", path_text(&before_update.folder().join("old")), "--verify"]).expect(0);
    assert!(restored.talk.contains("migrations ran"), "{}", restored.talk);
    new.run(&["key", "create", "--org", "old", "--role", "owner"]).expect(0);
}
