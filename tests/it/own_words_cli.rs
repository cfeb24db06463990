//! `laatu org set` and `org show`: an organisation's words and colour at the command line.

use laatu_tests::json::{at, text};
use laatu_tests::program::Desk;
use serde_json::{Value, json};

fn desk() -> Desk {
    let desk = Desk::new();
    let create = ["org", "create", "tuulia", "--name=Tuulia", "--contact=care@example.org"];
    desk.run(&[&create[..], &["--privacy-url=https://example.org/p"]].concat()).expect(0);
    desk
}

fn shown(desk: &Desk) -> Value {
    serde_json::from_str(&desk.run(&["org", "show", "tuulia"]).expect(0).out).unwrap()
}

#[test]
fn words_come_as_texts_as_files_and_by_language() {
    let desk = desk();
    desk.write("fi.txt", "Hei hei,\n{{organisation}}\n");
    let words =
        ["--closing-words", "en=Bye {{order}}", "--closing-words", "fi=@fi.txt", "--accent", "#1D4ED8"];
    desk.run(&[&["org", "set", "tuulia"], &words[..]].concat()).expect(0);
    let offer =
        ["--recovery-offer", "a=b: we help", "--recovery-below=30", "--recovery-link=https://example.org/h"];
    desk.run(&[&["org", "set", "tuulia"], &offer[..]].concat()).expect(0);
    let shown = shown(&desk);
    assert_eq!(
        at(&shown, "/closing_words"),
        &json!({"en": "Bye {{order}}", "fi": "Hei hei,\n{{organisation}}"})
    );
    assert_eq!((text(&shown, "/accent"), text(&shown, "/name")), ("#1d4ed8", "Tuulia"));
    let expected = json!({"words": "a=b: we help", "below": 30, "link": "https://example.org/h"});
    assert_eq!(at(&shown, "/recovery_offer"), &expected);
}

#[test]
fn what_is_shown_is_taken_back_as_a_file() {
    let desk = desk();
    desk.run(&["org", "set", "tuulia", "--you-said-we-did=A second van.", "--retention-months=6"]).expect(0);
    let before = shown(&desk);
    let file = desk.write("tuulia.json", &before.to_string());
    desk.run(&["org", "set", "tuulia", "--you-said-we-did=", "--retention-months=7"]).expect(0);
    assert_ne!(shown(&desk), before);
    desk.run(&["org", "set", "tuulia", &file.to_string_lossy()]).expect(0);
    assert_eq!(shown(&desk), before);
}

#[test]
fn a_second_step_is_asked_of_everybody_at_the_command_line() {
    let desk = desk();
    assert_eq!(text(&shown(&desk), "/second_step"), "own_choice");
    desk.run(&["org", "set", "tuulia", "--second-step", "everybody"]).expect(0);
    assert_eq!(text(&shown(&desk), "/second_step"), "everybody");
    let wrong = desk.run(&["org", "set", "tuulia", "--second-step=all"]).expect(2);
    assert!(wrong.talk.contains("own_choice or everybody"), "{}", wrong.talk);
    desk.run(&["org", "set", "tuulia", "--second-step", "own_choice"]).expect(0);
}

#[test]
fn what_is_wrong_is_said_and_changes_nothing() {
    let desk = desk();
    let before = shown(&desk);
    let wrong =
        desk.run(&["org", "set", "tuulia", "--accent=#ffff00", "--closing-words=Bye {{{order}}}"]).expect(2);
    assert!(wrong.talk.contains("/accent") && wrong.talk.contains("would do"), "{}", wrong.talk);
    assert!(wrong.talk.contains("line 1, column 5: write two braces"), "{}", wrong.talk);
    desk.write("odd.json", "{");
    let odd = desk.run(&["org", "set", "tuulia", "odd.json"]).expect(1);
    assert!(odd.talk.contains("odd.json is no JSON"), "{}", odd.talk);
    let missing = desk.run(&["org", "set", "tuulia", "--closing-words=@gone.txt"]).expect(1);
    assert!(missing.talk.contains("gone.txt cannot be read"), "{}", missing.talk);
    let nobody = desk.run(&["org", "set", "lempi", "--accent="]).expect(1);
    assert!(nobody.talk.contains("lempi"), "{}", nobody.talk);
    desk.run(&["org", "set", "tuulia"]).expect(2);
    desk.run(&["org", "set", "tuulia", "--recovery-below=30"]).expect(2);
    let twice = ["org", "set", "tuulia", "--closing-words=One", "--closing-words=Two"];
    assert!(desk.run(&twice).expect(1).talk.contains("need their languages"));
    assert_eq!(shown(&desk), before);
}
