//! Words of two writing directions: the page takes its language's, and names keep their own.

use survey_forms::answer::{AnswerSheet, PageAnswers, Words};
use survey_forms::form::Length;
use survey_forms::language::Language;
use survey_forms::render::{
    FormPage, InvitationMail, NoticeKind, NoticePage, Occasion, Organisation, Renderer, Thanks, style,
};

use crate::{SHOP, instrument, page, thanks, title};

/// A number that would be shown in the wrong order between Arabic words.
const NUMBER: &str = "A-17/2";
const APART: &str = "\u{2068}A-17/2\u{2069}";
const ARABIC_SHOP: Organisation<'static> = Organisation { name: "متجر", ..SHOP };

#[test]
fn names_and_numbers_from_outside_stand_apart_on_every_page() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    for language in Language::ALL {
        for plan in instrument.pages(0, Length::Quick) {
            let form = FormPage { order_number: NUMBER, ..page(&instrument, &plan, language) };
            let html = renderer.form_page(&form).unwrap();
            assert!(html.contains("<bdi>A-17/2</bdi>"), "{html}");
            assert!(html.contains("<bdi class=\"shop\">Tuulia</bdi>"), "{html}");
            assert_eq!(html.contains("<bdi>Tuulia</bdi>"), plan.number == 1);
            assert_eq!(html.matches("href=\"mailto:").count(), html.matches(" dir=\"ltr\">care@").count());
            assert_eq!(html.contains("<textarea"), html.contains("rows=\"5\" dir=\"auto\""));
        }
        let broken = NoticePage { kind: NoticeKind::Broken("01JD-7F"), language, organisation: Some(SHOP) };
        assert!(renderer.notice(&broken).unwrap().contains("<bdi>01JD-7F</bdi>"));
    }
}

#[test]
fn own_words_take_the_direction_of_their_own_letters() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let sheet = AnswerSheet::not_shown(&instrument);
    let organisation = Organisation { privacy_text: Some("Our words."), ..SHOP };
    let end =
        Thanks { comment: Some("Fine."), organisation, ..thanks(&instrument, &sheet, Language::ARABIC) };
    let html = renderer.thanks(&end).unwrap();
    assert!(html.contains("<dd dir=\"auto\">Fine.</dd>"), "{html}");
    assert!(html.contains("<p dir=\"auto\">Our words.</p>"));
    let plans = instrument.pages(0, Length::Quick);
    let given = PageAnswers { answers: vec![], words: Words::comment("Fine.") };
    let last = FormPage { given: Some(&given), ..page(&instrument, plans.last().unwrap(), Language::ARABIC) };
    let html = renderer.form_page(&last).unwrap();
    let area = html.split("<textarea").nth(1).unwrap();
    assert!(area.split('>').next().unwrap().contains(" dir=\"auto\"") && area.contains("Fine.</textarea>"));
}

#[test]
fn each_language_is_offered_in_its_own_words_and_direction() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let (plans, sheet) = (instrument.pages(0, Length::Quick), AnswerSheet::not_shown(&instrument));
    for language in Language::ALL {
        let form = renderer.form_page(&page(&instrument, &plans[0], language)).unwrap();
        let end = renderer.thanks(&thanks(&instrument, &sheet, language)).unwrap();
        for html in [form, end] {
            let others: Vec<Language> =
                Language::ALL.into_iter().filter(|other| *other != language).collect();
            let mut from = 0;
            for other in others {
                let direction = if other == Language::ARABIC { "rtl" } else { "ltr" };
                let button = format!("value=\"{other}\" lang=\"{other}\" dir=\"{direction}\"");
                let at = html[from..].find(&button);
                assert!(at.is_some(), "{other} is missing or out of order in {language}: {html}");
                from += at.unwrap();
            }
        }
    }
}

#[test]
fn the_style_sheet_knows_no_left_and_no_right() {
    for side in ["left", "-right", "right:", ":right", "float"] {
        assert!(!style().contains(side), "{side}");
    }
}

#[test]
fn a_title_keeps_a_name_of_the_other_direction_apart() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let plan = &instrument.pages(0, Length::Quick)[0];
    let title_in = |language, organisation| {
        let form = FormPage { organisation, ..page(&instrument, plan, language) };
        title(&renderer.form_page(&form).unwrap()).to_owned()
    };
    assert!(title_in(Language::ENGLISH, SHOP).ends_with(" – Tuulia"));
    assert!(title_in(Language::ENGLISH, ARABIC_SHOP).ends_with(" – \u{2068}متجر\u{2069}"));
    assert!(title_in(Language::ARABIC, SHOP).ends_with(" – \u{2068}Tuulia\u{2069}"));
}

#[test]
fn mails_keep_numbers_and_links_apart_and_mark_only_what_needs_it() {
    let write = |language, order_number| {
        let mail = InvitationMail {
            language,
            occasion: Occasion::First,
            organisation: SHOP,
            order_number,
            link: "https://ask.example.org/s/7.MZXW",
            own_data_link: "https://ask.example.org/p/7.MZXW",
            unsubscribe_link: "https://ask.example.org/u/7.MZXW",
            minutes: 2,
            first: None,
            closing_words: "",
            place: None,
        };
        Renderer::new().unwrap().mail(&mail).unwrap()
    };
    let arabic = write(Language::ARABIC, NUMBER);
    assert!(arabic.subject.contains(APART) && arabic.text.contains(APART), "{}", arabic.text);
    assert!(arabic.html.contains("<bdi>A-17/2</bdi>") && arabic.html.contains("<bdi>Tuulia</bdi>"));
    // Mail programs drop the attributes of `html`; the outermost element says it again, and Outlook knows only sides.
    assert!(arabic.html.contains("class=\"paper\" role=\"article\" lang=\"ar\" dir=\"rtl\""));
    assert!(arabic.html.contains("align=\"right\"") && !arabic.html.contains("align=\"left\""));
    assert!(!arabic.html.contains("direction:ltr"), "{}", arabic.html);
    assert!(arabic.html.contains("dir=\"ltr\" style=\"color:#5b666d;word-break:break-all\">https://ask"));
    let plain = [write(Language::ARABIC, "10482"), write(Language::ENGLISH, NUMBER)];
    for parts in plain {
        assert!(!(parts.subject + &parts.text + &parts.html).contains(['\u{2068}', '\u{2069}']));
    }
}
