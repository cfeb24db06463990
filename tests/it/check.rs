//! `laatu check` finds every planted difference, names it, and mends what is derived; answers are never changed.

use laatu::service::cells::fold::fold_survey;
use laatu::store::checks;
use laatu::store::responses::Response;
use laatu_tests::answered::Answered;
use laatu_tests::json::{at, text};
use laatu_tests::program::{Desk, Output};
use laatu_tests::schema::Any;
use laatu_tests::season::{choice, play};
use laatu_tests::{Kind, Respondent, Server};
use serde_json::{Value, json};

/// A survey with folded answers and a short tail.
fn folded(server: &Server) -> Answered<'_> {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let mut survey = Answered::new(server.services(), "tuulia", 21);
    survey.append(60);
    fold_survey(server.services(), &survey.scope, &survey.survey, &|| true).expect("it is folded");
    survey.append(5);
    survey
}

fn plant(server: &Server, statements: &str) {
    Any::to(&server.database().target()).run(statements);
}

fn number(server: &Server, query: &str) -> i64 {
    Any::to(&server.database().target()).number(query)
}

/// Runs the program beside the running service.
fn laatu(server: &Server, arguments: &[&str]) -> Output {
    Desk::new().with("LAATU_DATABASE_URL", server.database().url()).run(arguments)
}

/// What a check finds, as JSON.
fn found(server: &Server) -> Vec<Value> {
    let output = laatu(server, &["check", "--json"]);
    let shown: Value = serde_json::from_str(&output.out).expect("JSON on standard output");
    let differences = at(&shown, "/differences").as_array().expect("a list").clone();
    assert_eq!(output.code, Some(i32::from(!differences.is_empty())), "{}", output.talk);
    differences
}

/// All answers of a survey as they are stored.
fn answers(survey: &Answered<'_>, server: &Server) -> Vec<(i64, Response)> {
    let mut all = Vec::new();
    let (store, scope, id) = (&server.services().store, &survey.scope, survey.survey.id);
    store
        .read(|connection| {
            checks::log(connection, scope, id, |_, position, response| {
                all.push((position, response.clone()));
                Ok(())
            })
        })
        .expect("the log can be read");
    all
}

/// The one difference there is: its kind and its words.
#[track_caller]
fn only(server: &Server) -> (String, String) {
    let differences = found(server);
    assert_eq!(differences.len(), 1, "{differences:?}");
    (text(&differences[0], "/kind").to_owned(), text(&differences[0], "/what").to_owned())
}

/// Counts with the byte at a place, from 1, turned over.
fn turned_over(kind: Kind, place: usize) -> String {
    match kind {
        Kind::Sqlite => format!(
            "CAST(substr(counts, 1, {}) || CASE WHEN substr(counts, {place}, 1) = X'07' THEN X'08' ELSE X'07' END \
             || substr(counts, {}) AS BLOB)",
            place - 1,
            place + 1
        ),
        Kind::Postgres => format!("set_byte(counts, {}, get_byte(counts, {}) # 1)", place - 1, place - 1),
    }
}

on_both! {
    fn an_untouched_installation_fits(server) {
        let survey = folded(server);
        let output = laatu(server, &["check"]).expect(0);
        assert!(output.out.contains("1 surveys, 65 entries") && output.out.contains("everything fits"), "{}", output.out);
        assert!(found(server).is_empty());
        assert_eq!(answers(&survey, server).len(), 65);
        let unknown = laatu(server, &["check", "--org", "nobody"]).expect(1);
        assert!(unknown.talk.contains("nobody"), "{}", unknown.talk);
    }

    fn what_customers_did_fits(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let season = play(server, &shop, 12);
        let number = &season[0].number;
        let mail = server.mailbox().to(&format!("customer-{number}@example.org"));
        let customer = Respondent::at(server.client().clone(), mail.link_path());
        customer.answer(&customer.show(&format!("{}/1", mail.link_path())), |key, values| choice(99, key, values), "");
        server.advance_days(61);
        server.run_jobs();
        assert_eq!(found(server), [] as [Value; 0]);
    }

    fn one_byte_of_one_cell_is_found_and_mended(server) {
        let survey = folded(server);
        let before = answers(&survey, server);
        let row = "part = 1 AND split = 1 AND period = 1 AND level = '3' AND starts_on = 20513";
        plant(server, &format!("UPDATE cell SET counts = {} WHERE {row}", turned_over(server.database().kind(), 40)));
        let (kind, what) = only(server);
        assert_eq!(kind, "cells");
        assert_eq!(what, "channel \"3\", month from 2026-03-01: other counts than the answers give");
        let told = laatu(server, &["check"]).expect(1);
        assert!(told.out.contains("survey field") && told.out.contains(&what) && told.talk.contains("one thing"), "{told:?}");
        let mended = laatu(server, &["check", "--repair"]).expect(0);
        assert!(mended.out.contains("tuulia, survey field: the cells were made anew"), "{}", mended.out);
        assert!(found(server).is_empty());
        assert_eq!(answers(&survey, server), before);
    }

    fn a_row_that_is_gone_and_one_too_many_are_found_and_mended(server) {
        let survey = folded(server);
        let before = answers(&survey, server);
        plant(server, "DELETE FROM cell WHERE part = 2 AND split = 4 AND level = 'hu' AND period = 0");
        assert_eq!(only(server).1, "language \"hu\", all time, joint counts: not stored");
        plant(server, "INSERT INTO cell SELECT org_id, survey_id, part, split, 'xx', period, starts_on, counts FROM cell \
            WHERE part = 1 AND split = 4 AND level = 'fi' AND period = 0");
        let differences = found(server);
        let what: Vec<&str> = differences.iter().map(|one| text(one, "/what")).collect();
        assert!(what.contains(&"language \"xx\", all time: stored, though no answer gives it"), "{what:?}");
        assert_eq!(what.len(), 2);
        laatu(server, &["check", "--org", "tuulia", "--repair", "--json"]).expect(0);
        assert!(found(server).is_empty());
        assert_eq!(answers(&survey, server), before);
    }

    fn counts_of_other_answers_are_found_though_they_can_be_read(server) {
        folded(server);
        let of = |level: &str| format!("part = 1 AND split = 3 AND period = 0 AND level = '{level}'");
        plant(server, &format!("UPDATE cell SET counts = (SELECT counts FROM cell WHERE {}) WHERE {}", of("1"), of("2")));
        assert_eq!(only(server), ("cells".to_owned(), "place \"2\", all time: other counts than the answers give".to_owned()));
        plant(server, "UPDATE fold_mark SET folded_to = folded_to + 1");
        assert!(found(server).len() > 1, "the mark is beyond what is in the cells");
        laatu(server, &["check", "--repair"]).expect(0);
        assert!(found(server).is_empty());
    }

    fn a_changed_answer_is_found_in_the_cells_and_never_changed_back(server) {
        let survey = folded(server);
        // Its newest revision is folded, and it is no trial.
        let newest = |one: &Response| survey.newest.iter().any(|newest| newest == one && !one.test && one.answers[0] != 1);
        let all = answers(&survey, server);
        let (position, _) = all.iter().find(|(position, one)| *position <= 60 && newest(one)).expect("one of sixty");
        let changed = match server.database().kind() {
            Kind::Sqlite => "CAST(X'01' || substr(answers, 2) AS BLOB)",
            Kind::Postgres => "set_byte(answers, 0, 1)",
        };
        plant(server, &format!("UPDATE response SET answers = {changed} WHERE log_position = {position}"));
        let after = answers(&survey, server);
        assert_ne!(after, all);
        let differences = found(server);
        assert!(differences.iter().all(|one| text(one, "/kind") == "cells") && differences.len() > 10, "{differences:?}");
        laatu(server, &["check", "--repair"]).expect(0);
        assert_eq!(answers(&survey, server), after);
    }

    fn a_log_with_gaps_and_strangers_is_told_and_not_mended(server) {
        folded(server);
        plant(server, "UPDATE log_position SET last_position = last_position + 2");
        let differences = found(server);
        assert_eq!(text(&differences[0], "/what"), "positions 66 to 67 have no entries");
        plant(server, "UPDATE log_position SET last_position = last_position - 3");
        assert_eq!(only(server), ("log".to_owned(), "position 65 is beyond the last one, 64".to_owned()));
        laatu(server, &["check", "--repair"]).expect(1);
        assert_eq!(only(server).0, "log");
    }

    fn broken_chains_and_codes_that_are_none_are_told(server) {
        folded(server);
        let corrected = number(server, "SELECT max(log_position) AS n FROM response WHERE revision = 2");
        plant(server, &format!("UPDATE response SET revision = 9 WHERE log_position = {corrected}"));
        let differences = found(server);
        let what: Vec<&str> = differences.iter().map(|one| text(one, "/what")).collect();
        assert!(what.iter().any(|what| what.contains("revision 9: the revision before it is not before it")), "{what:?}");
        assert!(what.iter().any(|what| what.contains("not recounted")), "{what:?}");
        plant(server, &format!("UPDATE response SET revision = 2 WHERE log_position = {corrected}"));
        assert!(found(server).is_empty());
        let byte = match server.database().kind() {
            Kind::Sqlite => "X'00'",
            Kind::Postgres => "'\\x00'::bytea",
        };
        plant(server, &format!("UPDATE response SET answers = {byte} WHERE log_position = 65"));
        let differences = found(server);
        assert!(text(&differences[0], "/what").contains("1 answers for"), "{differences:?}");
    }

    fn invitations_and_responses_that_miss_each_other_are_told(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        play(server, &shop, 4);
        assert_eq!(found(server), [] as [Value; 0]);
        plant(server, "UPDATE invitation SET answered_at = NULL WHERE invitation_id = \
            (SELECT response_id FROM response ORDER BY log_position LIMIT 1)");
        assert!(only(server).1.contains("has no invitation that is answered"));
        plant(server, "UPDATE invitation SET answered_at = sent_at");
        let differences = found(server);
        assert!(differences.iter().all(|one| text(one, "/what").contains("is answered and has no response")), "{differences:?}");
        assert!(!differences.is_empty());
        plant(server, "UPDATE form_balance SET invited = invited + 1 WHERE form = 0");
        assert!(found(server).iter().any(|one| text(one, "/what").starts_with("form 0 was counted for")));
    }

    fn a_customer_who_is_the_first_of_a_year_twice_is_told(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mails = |server: &Server| server.mailbox().mails();
        for number in ["A", "B"] {
            let mut order = server.order(number);
            order["customer"]["email"] = json!("one@example.org");
            server.deliver(&shop, &order);
            server.advance_days(3);
            server.run_jobs();
            let mail = mails(server).pop().expect("a mail");
            let customer = Respondent::at(server.client().clone(), mail.link_path());
            customer.answer_all(customer.open(), |key, values| choice(1, key, values), "");
            server.advance_days(120);
        }
        assert_eq!(number(server, "SELECT count(*) AS n FROM response WHERE first_of_year"), 1);
        assert_eq!(found(server), [] as [Value; 0]);
        plant(server, "UPDATE response SET first_of_year = true");
        assert!(only(server).1.ends_with("is the first of a year twice"));
    }
}

#[test]
fn a_damaged_file_and_strays_are_told_on_sqlite() {
    let server = Server::on(Kind::Sqlite);
    folded(&server);
    plant(
        &server,
        "PRAGMA foreign_keys = OFF; INSERT INTO comment SELECT org_id, response_id, 99, 'en', 'Words' FROM response LIMIT 1",
    );
    let differences = found(&server);
    let what: Vec<&str> = differences.iter().map(|one| text(one, "/what")).collect();
    assert!(what.contains(&"comment points to no response: 1 rows"), "{what:?}");
    assert!(what.contains(&"1 comments belong to no response"), "{what:?}");
}
