//! An organisation's own words and colour on pages and in mails: shown in their place, escaped, and nowhere else.

use survey_forms::accent::Accent;
use survey_forms::answer::AnswerSheet;
use survey_forms::form::Length;
use survey_forms::language::Language;
use survey_forms::render::{
    FormPage, InvitationMail, NoticeKind, NoticePage, Occasion, Organisation, OwnEnding, RecoveryOffer,
    Renderer, Thanks, style,
};

use crate::{SHOP, instrument, page, thanks};

const OFFER: RecoveryOffer<'static> =
    RecoveryOffer { words: "We refund order {{order}}.", link: Some("https://example.org/help?a=1") };
const OWN: OwnEnding<'static> = OwnEnding {
    closing_words: "See you{{#if place}} in {{place}}{{/if}}.\n{{organisation}}",
    you_said_we_did: "Parcels were wet. Boxes are <b>thicker</b> now.",
    offer: Some(OFFER),
    place: Some("Kamppi"),
};

fn crimson() -> Accent {
    Accent::read("#b3123e").unwrap()
}

fn coloured() -> Organisation<'static> {
    Organisation { accent: Some(crimson()), ..SHOP }
}

fn ending(own: OwnEnding<'static>, language: Language) -> String {
    let instrument = instrument();
    let sheet = AnswerSheet::not_shown(&instrument);
    Renderer::new().unwrap().thanks(&Thanks { own, ..thanks(&instrument, &sheet, language) }).unwrap()
}

#[test]
fn the_last_page_has_everything_in_a_calm_order() {
    let html = ending(OWN, Language::ENGLISH);
    let order = [
        "<h1>Thank you</h1>",
        "Your answers have arrived.",
        "<p dir=\"auto\">See you in Kamppi.</p>\n<p dir=\"auto\">Tuulia</p>",
        "look for what to do better",
        "<h2>We would like to put this right</h2>",
        "<p dir=\"auto\">We refund order NR-10482.</p>",
        "href=\"https://example.org/help?a&#x3D;1\"",
        "Write to us, and a person looks into it: <a href=\"mailto:care@example.org\"",
        "<h2 class=\"next\">You said, we did</h2>",
        "Parcels were wet. Boxes are &lt;b&gt;thicker&lt;/b&gt; now.",
        "<h2 class=\"next\">Your answers</h2>",
        "Change your answers",
        "You can print this page",
    ];
    let mut from = 0;
    for words in order {
        let found = html[from..].find(words);
        assert!(found.is_some(), "{words} is missing or out of order in {html}");
        from += found.unwrap();
    }
}

#[test]
fn without_words_of_its_own_the_page_has_no_empty_places() {
    for language in Language::ALL {
        let (plain, full) = (ending(OwnEnding::default(), language), ending(OWN, language));
        assert_eq!(plain.matches("<h2").count() + 2, full.matches("<h2").count(), "{full}");
        assert!(!plain.contains("class=\"summary\"") && !plain.contains("<p dir=\"auto\">"), "{plain}");
        // One way to a person stands above the answers either way.
        for html in [plain, full] {
            let main = html.split("</main>").next().unwrap();
            assert_eq!(main.matches("href=\"mailto:").count(), 1, "{html}");
        }
    }
}

#[test]
fn a_place_that_is_not_known_is_left_out() {
    let html = ending(OwnEnding { place: None, ..OWN }, Language::ENGLISH);
    assert!(html.contains("<p dir=\"auto\">See you.</p>"), "{html}");
}

#[test]
fn only_a_web_address_becomes_a_link() {
    for link in [None, Some("javascript:alert(1)"), Some("https://a b"), Some("")] {
        let offer = Some(RecoveryOffer { words: "https://example.org/free", link });
        let html = ending(OwnEnding { offer, ..OWN }, Language::ENGLISH);
        let main = html.split("<main>").nth(1).unwrap().split("</main>").next().unwrap();
        assert!(!main.contains("See how we can help") && !main.contains("href=\"https"), "{main}");
        assert!(main.contains("<p dir=\"auto\">https://example.org/free</p>"), "{main}");
    }
}

#[test]
fn every_page_of_an_organisation_has_its_colour_in_a_second_style() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let sheet = AnswerSheet::not_shown(&instrument);
    let language = Language::FINNISH;
    let plans = instrument.pages(0, Length::Quick);
    let pages = |organisation: Organisation<'static>| {
        let mut all: Vec<String> = plans
            .iter()
            .map(|plan| {
                renderer.form_page(&FormPage { organisation, ..page(&instrument, plan, language) }).unwrap()
            })
            .collect();
        all.push(renderer.thanks(&Thanks { organisation, ..thanks(&instrument, &sheet, language) }).unwrap());
        for kind in [NoticeKind::Expired, NoticeKind::Busy, NoticeKind::Broken("1")] {
            all.push(
                renderer.notice(&NoticePage { kind, language, organisation: Some(organisation) }).unwrap(),
            );
        }
        all
    };
    let own = format!("<style>{}</style><style>{}</style>\n", style(), crimson().style());
    for html in pages(coloured()) {
        assert!(html.contains(&own) && html.matches("<style>").count() == 2, "{html}");
    }
    for html in pages(SHOP) {
        assert_eq!(html.matches("<style>").count(), 1);
    }
    let unknown = NoticePage { kind: NoticeKind::Unknown, language, organisation: Some(coloured()) };
    assert!(!renderer.notice(&unknown).unwrap().contains("b3123e"), "a dead link does not tell whose it was");
}

#[test]
fn a_mail_closes_with_the_own_words_and_has_the_own_colour() {
    let renderer = Renderer::new().unwrap();
    let write = |closing_words, organisation| {
        let mail = InvitationMail {
            language: Language::ENGLISH,
            occasion: Occasion::First,
            organisation,
            order_number: "A&B-17",
            link: "https://ask.example.org/s/7.MZXW",
            own_data_link: "https://ask.example.org/p/7.MZXW",
            unsubscribe_link: "https://ask.example.org/u/7.MZXW",
            minutes: 2,
            first: None,
            closing_words,
            place: None,
        };
        renderer.mail(&mail).unwrap()
    };
    let own = write("Order <{{order}}>.\nFair winds!", coloured());
    assert!(
        own.text.contains("\n\nOrder <A&B-17>.\n\nFair winds!\n\nWith kind regards\nTuulia\n"),
        "{}",
        own.text
    );
    assert!(own.html.contains("Order &lt;A&amp;B-17&gt;.</p>"), "{}", own.html);
    let before = own.html.split("With kind regards").next().unwrap();
    assert!(before.contains("Fair winds!"), "{}", own.html);
    assert!(own.html.contains("background:#b3123e;") && !own.html.contains("#0e5f58"), "{}", own.html);
    let plain = write("", SHOP);
    assert!(
        plain.html.contains("background:#0e5f58;") && plain.html.contains("color:#ffffff"),
        "{}",
        plain.html
    );
    assert!(!plain.text.contains("\n\n\n") && !own.text.contains("\n\n\n"));
}
