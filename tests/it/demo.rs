//! `laatu demo`: the season ends by itself, shows what was planted, and leaves things that can be read.

use laatu_tests::Mailbox;
use laatu_tests::json::{at, number, text};
use laatu_tests::program::Desk;
use laatu_tests::recount::instrument;
use serde_json::Value;
use survey_forms::language::Language;

#[test]
fn a_season_ends_by_itself_and_leaves_a_report_and_readable_mails() {
    let desk = Desk::new();
    let output = desk.run(&["demo", "--orders", "150", "--data", "season"]).expect(0);
    for block in instrument().blocks() {
        let name = block.dimension_name(Language::ENGLISH);
        assert!(
            output.out.lines().any(|line| line.contains(name)),
            "{name} stands in the table:\n{}",
            output.out
        );
    }
    let folder = desk.folder().join("season");
    let report: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("report.json")).unwrap()).unwrap();
    let dimensions = at(&report, "/total/dimensions").as_object().unwrap();
    let looking_back = dimensions.keys().filter(|key| key.ends_with("_expected")).count();
    assert_eq!((dimensions.len() - looking_back, looking_back), (13, 12));
    // Some were asked what they had expected, so expectation and experience can be held against each other.
    let gaps = at(&report, "/total/quality/gap").as_object().unwrap();
    assert_eq!(gaps.len(), 12);
    assert!(gaps.values().any(|gap| gap["ci95"].is_array() && gap["n"].as_u64() > Some(1)), "{gaps:?}");
    let levels = at(&report, "/by/contact_channel").as_object().unwrap();
    let rude = text(&report, "/about/demo/rude_contact_channel");
    assert!(levels.contains_key(rude), "{rude} in {:?}", levels.keys());
    assert!(number(&report, "/response_rate/value") > 0.1);
    let weak = text(&report, "/about/demo/weak_dimension");
    let score = |key: &str| number(&report, &format!("/total/dimensions/{key}/score/value"));
    let others = instrument()
        .blocks()
        .iter()
        .filter(|block| block.key != weak)
        .map(|block| score(&block.key))
        .sum::<f64>()
        / 12.0;
    assert!(score(weak) < others - 5.0, "{weak} {} is weaker than {others}", score(weak));
    let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"));
    let mails = Mailbox::at(&folder.join("mail")).mails();
    assert!(mails.len() > 75, "{} mails", mails.len());
    assert!(mails.iter().all(|mail| mail.link().contains("/s/") && !mail.subject.is_empty()));
    assert!(output.out.contains("serve"), "it says how to look at it:\n{}", output.out);
}

#[test]
fn the_same_seed_gives_the_same_season() {
    let desk = Desk::new();
    let of = |folder: &str, seed: &str| {
        desk.run(&["demo", "--orders", "40", "--seed", seed, "--data", folder]).expect(0);
        let path = desk.folder().join(folder).join("report.json");
        let mut report: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        // The season ends now: the moment differs, the answers do not.
        report["about"].as_object_mut().unwrap().remove("as_of");
        report
    };
    let first = of("one", "7");
    assert_eq!(first, of("two", "7"));
    assert_ne!(first["total"], of("three", "8")["total"]);
}

#[test]
fn a_folder_that_a_demo_did_not_make_is_left_alone() {
    let desk = Desk::new();
    std::fs::create_dir(desk.folder().join("mine")).unwrap();
    desk.write("mine/precious.txt", "keep me");
    let refused = desk.run(&["demo", "--orders", "20", "--data", "mine"]).expect(1);
    assert!(refused.talk.contains("mine") && refused.talk.contains("--data"), "{}", refused.talk);
    let kept = std::fs::read_dir(desk.folder().join("mine")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(kept.collect::<Vec<_>>(), ["precious.txt"]);
}

#[test]
fn a_demo_replaces_what_an_earlier_demo_made() {
    let desk = Desk::new();
    for orders in ["20", "30"] {
        desk.run(&["demo", "--orders", orders, "--data", "season"]).expect(0);
    }
    desk.write("season/left-over.txt", "from before");
    desk.run(&["demo", "--orders", "20", "--data", "season"]).expect(0);
    assert!(!desk.folder().join("season/left-over.txt").exists());
}

#[test]
fn a_demo_without_orders_is_wrong_usage() {
    let desk = Desk::new();
    let refused = desk.run(&["demo", "--orders", "0"]).expect(2);
    assert!(refused.talk.contains("--orders"), "{}", refused.talk);
    assert!(!desk.folder().join("data").exists());
}
