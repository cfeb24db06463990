//! The list of erasures outside the database: it comes before the erasure, and says what of it cannot be read.

use std::fs;
use std::io::Write;
use std::process::Command;

use laatu_tests::schema::Any;
use laatu_tests::wait::wait_for;
use laatu_tests::{Kind, Server};
use serde_json::Value;

use super::erasure::{Field, laatu};

fn people_in(server: &Server) -> i64 {
    Any::to(&server.database().target()).number("SELECT count(*) AS n FROM customer")
}

on_both! {
    fn a_crash_after_the_list_was_written_is_made_good_by_a_replay(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..8);
        let list = server.erasure_list();
        // Somebody else holds the database, so the command is killed between its line on the list and its commit.
        let mut holder = Any::to(&server.database().target());
        holder.run(match server.database().kind() {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => "BEGIN; LOCK TABLE customer IN EXCLUSIVE MODE",
        });
        let id = people[3].id.to_string();
        let mut command = Command::new(laatu_tests::program::binary())
            .args(["erase", "--org", "tuulia", "--customer", &id])
            .env_clear()
            .env("LAATU_DATABASE_URL", server.database().url())
            .env("LAATU_ERASURE_LIST", &list)
            .current_dir(list.parent().unwrap())
            .spawn()
            .unwrap();
        let whole = || fs::read_to_string(&list).ok().filter(|text| text.contains(&id) && text.ends_with('\n'));
        wait_for("the line on the list", whole);
        command.kill().unwrap();
        command.wait().unwrap();
        holder.run("ROLLBACK");
        assert_eq!(people_in(server), 8, "nothing was committed");
        let output = laatu(server, &["erase", "--replay", "--json"]).expect(0);
        let replayed: Value = serde_json::from_str(&output.out).unwrap();
        assert_eq!((&replayed["lines"], &replayed["erased"]["customers"]), (&1.into(), &1.into()));
        assert_eq!(people_in(server), 7);
        laatu(server, &["check"]).expect(0);
    }

    fn cut_and_broken_lines_are_named_and_the_others_are_worked_on(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..4);
        field.erase(&people[..1]);
        let list = server.erasure_list();
        let append = |bytes: &[u8]| fs::OpenOptions::new().append(true).open(&list).unwrap().write_all(bytes).unwrap();
        let line = fs::read_to_string(&list).unwrap();
        append(&line.as_bytes()[..40]);
        let cut = laatu(server, &["erase", "--replay"]).expect(0);
        assert!(cut.talk.contains("Line 2, the last, is cut off"), "{}", cut.talk);
        // The next erasure begins a line of its own.
        field.erase(&people[1..2]);
        let broken = laatu(server, &["erase", "--replay", "--json"]).expect(1);
        assert!(broken.talk.contains("cannot be read: 2;"), "{}", broken.talk);
        assert_eq!(serde_json::from_str::<Value>(&broken.out).unwrap()["lines"], 2);
        let changed = line.replacen(&people[0].id.to_string(), &people[2].id.to_string(), 1);
        fs::write(&list, changed).unwrap();
        let forged = laatu(server, &["erase", "--replay"]).expect(1);
        assert!(forged.talk.contains("cannot be read: 1;"), "{}", forged.talk);
        assert_eq!(people_in(server), 2, "a line with another check sum erases nobody");
        fs::remove_file(&list).unwrap();
        laatu(server, &["erase", "--replay"]).expect(1);
    }

    fn what_cannot_be_listed_is_not_erased(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..2);
        fs::create_dir(server.erasure_list()).unwrap();
        let id = people[0].id.to_string();
        let refused = laatu(server, &["erase", "--org", "tuulia", "--customer", &id]).expect(1);
        assert!(refused.talk.contains("nothing was erased: the erasure list"), "{}", refused.talk);
        assert_eq!(people_in(server), 2);
    }

    fn a_list_from_elsewhere_is_taken_over_and_lines_of_others_are_told(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..3);
        field.erase(&people[..1]);
        let list = server.erasure_list();
        let other = list.with_file_name("other.txt");
        fs::rename(&list, &other).unwrap();
        let before = fs::read_to_string(&other).unwrap();
        let output = laatu(server, &["erase", "--replay", other.to_str().unwrap()]).expect(0);
        assert!(output.out.starts_with("1 erasures on the list"), "{}", output.out);
        assert!(fs::read_to_string(&list).unwrap().contains(&people[0].id.to_string()), "it is on the own list now");
        assert_eq!(fs::read_to_string(&other).unwrap(), before);
        let elsewhere = Server::on(server.database().kind());
        let told = laatu(&elsewhere, &["erase", "--replay", other.to_str().unwrap()]).expect(0);
        assert!(told.talk.contains("1 lines are of organisations that are not here"), "{}", told.talk);
    }
}
