//! The page after the last one, and pages that stand alone.

use survey_forms::answer::{Answer, AnswerSheet, PageAnswers};
use survey_forms::form::Length;
use survey_forms::language::Language;
use survey_forms::render::{NoticeKind, NoticePage, Renderer, Thanks};

use crate::{SHOP, instrument, thanks};

#[test]
fn the_last_page_shows_the_answers_in_the_words_of_their_scales() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let mut sheet = AnswerSheet::not_shown(&instrument);
    let place = instrument.pages(0, Length::Quick)[0].items[0];
    sheet.put(&PageAnswers { answers: vec![(place, Answer::Choice(5))], ..PageAnswers::default() });
    let page = Thanks { comment: Some("Fine <3"), ..thanks(&instrument, &sheet, Language::FINNISH) };
    let html = renderer.thanks(&page).unwrap();
    let item = &instrument.items()[place];
    assert!(html.contains(item.text(Language::FINNISH)));
    assert!(html.contains(&format!("<dd>{}</dd>", item.labels(Language::FINNISH)[4])));
    assert!(html.contains("Fine &lt;3"));
    assert!(html.contains("href=\"?page&#x3D;1\"") || html.contains("href=\"?page=1\""));
    assert!(html.contains("mailto:care@example.org"));
    let closed = renderer.thanks(&Thanks { may_correct: false, ..page }).unwrap();
    assert!(!closed.contains("?page"));
    assert_eq!(html.matches("<dt>").count(), 6);
}

#[test]
fn all_dead_links_look_the_same() {
    let renderer = Renderer::new().unwrap();
    let dead = |organisation| {
        let page = NoticePage { kind: NoticeKind::Unknown, language: Language::ENGLISH, organisation };
        renderer.notice(&page).unwrap()
    };
    assert_eq!(dead(None), dead(Some(SHOP)));
    assert!(!dead(Some(SHOP)).contains("Tuulia"));
}
