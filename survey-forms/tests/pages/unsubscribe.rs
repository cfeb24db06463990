//! The page that ends mails: before, done, and taken back.

use survey_forms::language::Language;
use survey_forms::render::{Organisation, Renderer, UnsubscribePage, UnsubscribeState};

use crate::{SHOP, values};

const ADDRESS: &str = "a…@e….org";

fn page(language: Language, state: UnsubscribeState) -> UnsubscribePage<'static> {
    UnsubscribePage { language, languages: &Language::ALL, organisation: SHOP, address: ADDRESS, state }
}

/// The pages of one language, in the order in which a customer meets them.
pub fn pages(language: Language) -> [String; 3] {
    let renderer = Renderer::new().unwrap();
    [UnsubscribeState::Ask, UnsubscribeState::Done, UnsubscribeState::Undone]
        .map(|state| renderer.unsubscribe(&page(language, state)).unwrap())
}

/// What the buttons that post would post; the language switch is a GET.
fn posted(html: &str) -> Vec<&str> {
    html.split("<form method=\"post\"").skip(1).flat_map(|form| values(form, "value")).collect()
}

#[test]
fn every_page_says_who_asks_which_address_is_meant_and_whom_to_write_to() {
    for language in Language::ALL {
        for html in pages(language) {
            let main = html.split("<main>").nth(1).unwrap().split("</main>").next().unwrap();
            assert!(html.contains("<bdi class=\"shop\">Tuulia</bdi>"), "{html}");
            assert!(main.contains("<bdi>Tuulia</bdi>"), "{language} names nobody: {main}");
            assert!(main.contains(&format!("<bdi dir=\"ltr\">{ADDRESS}</bdi>")), "{main}");
            assert!(html.contains("href=\"mailto:care@example.org\""));
            assert!(!html.contains("?data"), "there is no order behind this page: {html}");
        }
    }
}

#[test]
fn one_press_ends_it_and_one_takes_it_back() {
    for language in Language::ALL {
        let [ask, done, undone] = pages(language);
        assert_eq!(posted(&ask), ["unsubscribe"]);
        assert_eq!(posted(&done), ["undo"]);
        assert_eq!(posted(&undone), Vec::<&str>::new());
        let titles: std::collections::BTreeSet<_> =
            [&ask, &done, &undone].map(|html| crate::title(html).to_owned()).into();
        assert_eq!(titles.len(), 3, "each state has a title of its own in {language}");
    }
}

#[test]
fn the_language_can_be_changed_before_anything_is_pressed() {
    let [ask, ..] = pages(Language::FINNISH);
    for other in Language::ALL.into_iter().filter(|other| *other != Language::FINNISH) {
        assert!(ask.contains(&format!("name=\"language\" value=\"{other}\"")), "{other}");
    }
}

#[test]
fn hostile_words_stay_words_on_these_pages_too() {
    let evil = "\"><script>alert(1)</script>";
    let organisation = Organisation { name: evil, contact_email: "a@b?cc=\"><script>", ..SHOP };
    for state in [UnsubscribeState::Ask, UnsubscribeState::Done, UnsubscribeState::Undone] {
        let page = UnsubscribePage { organisation, address: evil, ..page(Language::ENGLISH, state) };
        let html = Renderer::new().unwrap().unsubscribe(&page).unwrap();
        assert!(!html.contains("<script"), "{html}");
    }
}
