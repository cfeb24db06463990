//! Every kind of page in every language.

use survey_forms::answer::{AnswerSheet, FieldProblem, FieldProblemKind, Words};
use survey_forms::form::Length;
use survey_forms::language::Language;
use survey_forms::render::{
    FormPage, Notice, NoticeKind, NoticePage, Organisation, Renderer, Thanks, ThanksStatus, style,
};

use crate::{SHOP, instrument, page, thanks, values};

/// Every kind of page in one language, the plain form pages first.
fn every_page(language: Language) -> Vec<String> {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let mut pages = Vec::new();
    for length in Length::ALL {
        let plans = instrument.pages(0, length);
        for plan in &plans {
            let plain = FormPage { pages: &plans, ..page(&instrument, plan, language) };
            let resumed = FormPage { resumed: true, notice: Notice::LeftOpen, ..plain.clone() };
            let kinds = [
                FieldProblemKind::Unknown,
                FieldProblemKind::Twice,
                FieldProblemKind::OutsideScale,
                FieldProblemKind::TooLong { chars: 2_222, limit: 2_000 },
            ];
            let key = &instrument.items()[plan.items[0]].key;
            let fields = ["odd", key.as_str(), key.as_str(), "comment"];
            let problems = fields
                .into_iter()
                .zip(kinds)
                .map(|(field, kind)| FieldProblem { field: field.to_owned(), kind });
            let notice = Notice::Problems(problems.collect());
            let correcting = FormPage { correcting: true, notice, ..plain.clone() };
            pages.extend([&plain, &resumed, &correcting].map(|page| renderer.form_page(page).unwrap()));
        }
    }
    let sheet = AnswerSheet::not_shown(&instrument);
    for status in
        [ThanksStatus::JustAnswered, ThanksStatus::AnsweredBefore, ThanksStatus::LaterAnswersNotTaken]
    {
        let page = Thanks { status, ..thanks(&instrument, &sheet, language) };
        pages.push(renderer.thanks(&page).unwrap());
    }
    for kind in [NoticeKind::Expired, NoticeKind::Unknown, NoticeKind::Busy, NoticeKind::Broken("01JD")] {
        for organisation in [Some(SHOP), None] {
            pages.push(renderer.notice(&NoticePage { kind, language, organisation }).unwrap());
        }
    }
    pages.extend(crate::own_data::pages(language));
    pages.extend(crate::unsubscribe::pages(language));
    pages
}

#[test]
fn every_page_stands_alone_without_script_or_outside_request() {
    for language in Language::ALL {
        for html in every_page(language) {
            for banned in ["<script", " style=", " src=", " action=", "@import", "url(", " on", "<img"] {
                let body = html.replace(style(), "");
                let found = if banned == " on" { body.contains(" onclick=") } else { body.contains(banned) };
                assert!(!found, "{banned} in {html}");
            }
            assert_eq!(html.matches(&format!("<style>{}</style>", style())).count(), 1);
            let direction = if language == Language::ARABIC { "rtl" } else { "ltr" };
            assert!(html.contains(&format!("<html lang=\"{}\" dir=\"{direction}\">", language.tag())));
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
            assert!(html.contains("<link rel=\"icon\" href=\"data:,\">"));
            assert!(html.contains("name=\"viewport\" content=\"width=device-width, initial-scale=1\""));
        }
    }
    assert!(!style().contains("url(") && !style().contains("@import"));
}

#[test]
fn every_page_has_one_first_heading_and_ids_that_are_used_once() {
    for html in Language::ALL.into_iter().flat_map(every_page) {
        assert_eq!(html.matches("<h1>").count(), 1, "{html}");
        let ids = values(&html, "id");
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len());
        let described = values(&html, "aria-describedby").into_iter().flat_map(str::split_whitespace);
        let linked = values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
        for id in described.chain(linked).chain(values(&html, "for")).chain(values(&html, "form")) {
            assert!(ids.contains(&id), "{id} in {html}");
        }
    }
}

#[test]
fn no_text_is_missing_in_any_language() {
    let catalogues = [
        include_str!("../../languages/en/pages.ftl"),
        include_str!("../../languages/en/mail.ftl"),
        include_str!("../../languages/en/own_data.ftl"),
        include_str!("../../languages/en/unsubscribe.ftl"),
        include_str!("../../languages/en/short.ftl"),
    ];
    let keys: Vec<&str> = catalogues
        .into_iter()
        .flat_map(str::lines)
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| key)
        .filter(|key| key.contains('-') && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
        .collect();
    assert!(keys.len() > 50);
    for html in Language::ALL.into_iter().flat_map(every_page) {
        let body = html.replace(style(), "");
        for key in &keys {
            assert!(
                !body.contains(&format!(">{key}<")) && !body.contains(&format!(" {key} ")),
                "{key}: {body}"
            );
        }
        assert!(!body.contains("{ $") && !body.contains("{{"), "{body}");
    }
}

#[test]
fn hostile_words_stay_words() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let evil = "\"><script>alert(1)</script>";
    let shop = Organisation {
        name: evil,
        contact_email: "a@b?cc=\"><script>",
        privacy_text: Some(evil),
        privacy_url: "javascript:alert(1)",
        ..SHOP
    };
    let plans = instrument.pages(0, Length::Quick);
    let form = FormPage {
        organisation: shop,
        order_number: evil,
        raw_words: Some(&Words::comment("</textarea><script>")),
        ..page(&instrument, plans.last().unwrap(), Language::ENGLISH)
    };
    let sheet = AnswerSheet::not_shown(&instrument);
    let end = Thanks {
        organisation: shop,
        order_number: evil,
        comment: Some(evil),
        ..thanks(&instrument, &sheet, Language::ENGLISH)
    };
    let notice =
        NoticePage { kind: NoticeKind::Broken(evil), language: Language::ENGLISH, organisation: Some(shop) };
    let pages = [renderer.form_page(&form), renderer.thanks(&end), renderer.notice(&notice)];
    for html in pages.map(Result::unwrap) {
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("href=\"javascript"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), html.matches("<textarea").count());
    }
}
