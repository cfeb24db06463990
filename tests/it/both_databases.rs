//! The same season with the same clock, chance and keys gives the same bytes on SQLite and on PostgreSQL.

use laatu_tests::season::{Told, play};
use laatu_tests::{Kind, Server};
use serde_json::json;

/// What one database made of the season.
struct Outcome {
    season: Vec<Told>,
    mails: Vec<(String, Vec<u8>)>,
    answers: Vec<(String, u16, Vec<u8>)>,
}

const ASKED: [&str; 8] = [
    "report",
    "report?by=channel",
    "report?by=contact_channel",
    "report?by=place&from=2026-04-20",
    "report?by=week&language=fi",
    "report.html",
    "report.html?by=contact_channel",
    "report?by=month&channel=phone",
];

fn play_on(kind: Kind) -> Outcome {
    let server = Server::on(kind);
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let season = play(&server, &shop, 60);
    server.advance_days(61);
    server.run_jobs();
    let mut answers = Vec::new();
    for key in [&shop.owner, &shop.analyst] {
        for asked in ASKED {
            let answer = server.client().get_as(key, &format!("/api/v1/surveys/field/{asked}"));
            answers.push((asked.to_owned(), answer.status, answer.body));
        }
        let list = server.client().get_as(key, "/api/v1/invitations?limit=200");
        answers.push(("invitations".to_owned(), list.status, list.body));
    }
    let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mails =
        server.mailbox().files().iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect();
    Outcome { season, mails, answers }
}

/// The boundary between a mail's parts is made by chance of its own; all else must be the same.
fn without_boundary(mail: &[u8]) -> String {
    let text = String::from_utf8(mail.to_vec()).unwrap();
    let boundary =
        text.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    text.replace(&boundary, "BOUNDARY")
}

#[test]
fn a_season_is_byte_equal_on_both_databases() {
    let (sqlite, postgres) = (play_on(Kind::Sqlite), play_on(Kind::Postgres));
    let told = |outcome: &Outcome| {
        outcome.season.iter().map(|told| (told.number.clone(), told.answers.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told(&sqlite), told(&postgres), "the customers were asked the same");
    assert_eq!(sqlite.mails.len(), 60);
    for (left, right) in sqlite.mails.iter().zip(&postgres.mails) {
        assert_eq!((&left.0, without_boundary(&left.1)), (&right.0, without_boundary(&right.1)));
    }
    assert_eq!(sqlite.answers.len(), postgres.answers.len());
    for (left, right) in sqlite.answers.iter().zip(&postgres.answers) {
        assert_eq!((left.1, right.1), (200, 200), "{}", left.0);
        assert!(left.2.len() > 200, "{}", left.0);
        assert!(left.2 == right.2, "{} differs:\n{}\n{}", left.0, shown(&left.2), shown(&right.2));
    }
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(4000).collect()
}
