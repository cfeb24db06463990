//! The page of one's own data, and the two by which it is deleted.

use survey_forms::answer::{Answer, AnswerSheet, PageAnswers, Words};
use survey_forms::form::{Ask, Length};
use survey_forms::instrument::Instrument;
use survey_forms::language::Language;
use survey_forms::render::{
    Day, Earlier, ErasePage, Fact, Label, Organisation, OwnAnswers, OwnData, OwnQuestionnaire, OwnWays,
    Renderer, Said, Value,
};

use crate::{SHOP, instrument, values};

const ON: Day = Day { year: 2026, month: 8, day: 4 };

/// Answers to the first question only, with words.
pub fn answers(instrument: &Instrument) -> OwnAnswers<'_> {
    let mut sheet = AnswerSheet::not_shown(instrument);
    let place = instrument.pages(0, Length::Quick)[0].items[0];
    sheet.put(&PageAnswers { answers: vec![(place, Answer::Choice(5))], ..PageAnswers::default() });
    OwnAnswers { instrument, ask: Ask::of(0, Length::Quick), sheet, words: Words::comment("Fine <3") }
}

/// A page with something of everything.
pub fn own_data(instrument: &Instrument, language: Language) -> OwnData<'_> {
    let asked = OwnQuestionnaire {
        facts: vec![Fact::new(Label::Sent, Value::On(ON))],
        answers: Some(answers(instrument)),
        earlier: [None, Some(2)].map(|page| Earlier { on: ON, page, answers: answers(instrument) }).into(),
    };
    OwnData {
        language,
        languages: &Language::ALL,
        organisation: SHOP,
        order_number: "NR-10482",
        order: vec![
            Fact::new(Label::Order, Value::Stored("NR-10482")),
            Fact::new(Label::Channel, Value::Said(Said::Web)),
            Fact::new(Label::Own("gift <b>"), Value::Stored("yes & no")),
            Fact::new(Label::Value, Value::Amount(4990, "EUR")),
        ],
        person: vec![
            Fact::new(Label::Name, Value::Stored("Aino")),
            Fact::new(Label::Phone, Value::Stored("")),
            Fact::new(Label::Language, Value::Language(Language::FINNISH)),
        ],
        basis: vec![Fact::new(Label::Basis, Value::Said(Said::Consent))],
        asked: vec![asked],
        other_orders: 2,
        ways: OwnWays { download: "?download=json", change: Some("?change=1") },
    }
}

/// The pages of one language, in the order in which a customer meets them.
pub fn pages(language: Language) -> [String; 3] {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let erase = ErasePage { language, organisation: SHOP, orders: 2, answered: 1, back: "?language=fi" };
    [
        renderer.own_data(&own_data(&instrument, language)).unwrap(),
        renderer.erase_page(&erase).unwrap(),
        renderer.erased_page(language, &SHOP).unwrap(),
    ]
}

#[test]
fn the_page_lists_what_is_kept_in_the_words_of_the_language() {
    let instrument = instrument();
    let [html, ..] = pages(Language::FINNISH);
    for said in [
        "<bdi>NR-10482</bdi>",
        "<dd><bdi>Aino</bdi></dd>",
        "gift &lt;b&gt;",
        "yes &amp; no",
        "4. elokuuta 2026",
        "49,90\u{a0}EUR",
        "verkkokaupassa",
        "ei säilytetä",
        "Fine &lt;3",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    let question = &instrument.items()[instrument.pages(0, Length::Quick)[0].items[0]];
    assert_eq!(html.matches(question.text(Language::FINNISH)).count(), 3, "now, before, and on its page");
    assert_eq!(html.matches("\n<details>").count(), 2);
}

#[test]
fn only_the_second_page_has_the_button_that_deletes() {
    let [first, second, third] = pages(Language::ENGLISH);
    assert_eq!(values(&first, "value").into_iter().filter(|value| value.starts_with("erase")).count(), 1);
    assert!(
        first.contains("name=\"go\" value=\"erase\"") && second.contains("name=\"go\" value=\"erase-now\"")
    );
    assert!(!third.contains("<form") && !third.contains("<button"));
    for html in [first, second, third] {
        assert!(!html.contains("?data"), "none leads to itself: {html}");
    }
}

#[test]
fn nothing_is_offered_that_is_not_there() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let full = own_data(&instrument, Language::ENGLISH);
    let silent = OwnQuestionnaire { facts: vec![], answers: None, earlier: vec![] };
    let ways = OwnWays { change: None, ..full.ways };
    let bare = OwnData { asked: vec![silent], basis: vec![], other_orders: 0, ways, ..full };
    let html = renderer.own_data(&bare).unwrap();
    for absent in ["Change your answers", "Your other orders", "Why we may write", "\n<details"] {
        assert!(!html.contains(absent), "{absent}: {html}");
    }
    assert!(html.contains("You have not answered anything yet."));
}

#[test]
fn hostile_words_stay_words_here_too() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let evil = "\"><script>alert(1)</script>";
    let shop = Organisation { name: evil, contact_email: "a@b?cc=\"><script>", ..SHOP };
    let plain = own_data(&instrument, Language::ENGLISH);
    let facts = vec![
        Fact::new(Label::Own(evil), Value::Stored(evil)),
        Fact::new(Label::Value, Value::Amount(1, evil)),
    ];
    let page =
        OwnData { organisation: shop, order_number: evil, order: facts.clone(), person: facts, ..plain };
    let erase =
        ErasePage { language: Language::ENGLISH, organisation: shop, orders: 1, answered: 0, back: evil };
    let pages = [
        renderer.own_data(&page),
        renderer.erase_page(&erase),
        renderer.erased_page(Language::ENGLISH, &shop),
    ];
    for html in pages.map(Result::unwrap) {
        assert!(!html.contains("<script"), "{html}");
    }
}
