//! Every page and mail in the pseudo language: whatever a customer can read came from a catalogue or an instrument.

use crate::answer::{Answer, AnswerSheet, FieldProblem, FieldProblemKind, PageAnswers};
use crate::form::Length;
use crate::instrument::{Instrument, shipped_source};
use crate::language::Language;
use crate::language::pseudo::{CLOSES, OPENS, instrument, speaking};

use super::{
    FormPage, InvitationMail, Notice, NoticeKind, NoticePage, Organisation, Renderer, Thanks, ThanksStatus,
    style,
};

const SHOP: Organisation<'static> = Organisation {
    name: "Tuulia",
    contact_email: "care@example.org",
    privacy_text: None,
    privacy_url: "https://example.org/privacy",
    retention_months: 24,
};
const LINK: &str = "https://ask.example.org/s/7.MZXW";
/// What stands on pages and in mails without being a text: names, numbers, addresses, and what parts them.
const NO_TEXTS: [&str; 11] = [
    "Tuulia",
    "care@example.org",
    "https://ask.example.org/s/7.MZXW",
    "https://example.org/privacy",
    "–",
    "·",
    ":",
    "Svenska",
    "Suomi",
    "العربية",
    "Fine.",
];
const OFFERED: [Language; 4] = [Language::ENGLISH, Language::FINNISH, Language::SWEDISH, Language::ARABIC];

fn form_pages(renderer: &Renderer, instrument: &Instrument) -> Vec<String> {
    let mut pages = Vec::new();
    for length in Length::ALL {
        let plans = instrument.pages(0, length);
        for plan in &plans {
            let plain = FormPage {
                instrument,
                form: 0,
                length,
                plan,
                page_count: plans.len(),
                language: Language::ENGLISH,
                languages: &OFFERED,
                organisation: SHOP,
                order_number: "10482",
                given: None,
                notice: Notice::None,
                raw_comment: None,
                resumed: false,
                correcting: false,
                back_page: plan.number > 1,
            };
            let open = FormPage { resumed: true, notice: Notice::LeftOpen, ..plain.clone() };
            let notice = Notice::Problems(problems(&instrument.items()[plan.items[0]].key));
            let wrong = FormPage { correcting: true, notice, ..plain.clone() };
            pages.extend([plain, open, wrong].map(|page| renderer.form_page(&page).unwrap()));
        }
    }
    pages
}

fn problems(key: &str) -> Vec<FieldProblem> {
    let problem = |field: &str, kind| FieldProblem { field: field.to_owned(), kind };
    vec![
        problem("odd", FieldProblemKind::Unknown),
        problem(key, FieldProblemKind::Twice),
        problem(key, FieldProblemKind::OutsideScale),
        problem("comment", FieldProblemKind::TooLong { chars: 2_222 }),
    ]
}

fn endings(renderer: &Renderer, instrument: &Instrument) -> Vec<String> {
    let mut sheet = AnswerSheet::not_shown(instrument);
    let items = &instrument.pages(0, Length::Quick)[0].items;
    let answers = items.iter().map(|item| (*item, Answer::Choice(4))).collect();
    sheet.put(&PageAnswers { answers, comment: None });
    let thanks = |status| Thanks {
        instrument,
        form: 0,
        length: Length::Quick,
        language: Language::ENGLISH,
        languages: &OFFERED,
        organisation: SHOP,
        order_number: "10482",
        sheet: &sheet,
        comment: Some("Fine."),
        status,
        may_correct: true,
        correct_href: "?page=1",
    };
    let statuses =
        [ThanksStatus::JustAnswered, ThanksStatus::AnsweredBefore, ThanksStatus::LaterAnswersNotTaken];
    let kinds = [NoticeKind::Expired, NoticeKind::Unknown, NoticeKind::Busy, NoticeKind::Broken("10482")];
    let notice = |kind| NoticePage { kind, language: Language::ENGLISH, organisation: Some(SHOP) };
    let thanks = statuses.map(|status| renderer.thanks(&thanks(status)).unwrap());
    let notices = kinds.map(|kind| renderer.notice(&notice(kind)).unwrap());
    thanks.into_iter().chain(notices).collect()
}

/// Words outside of tags, and in the attributes that are read aloud; each piece on a line of its own.
///
/// `<bdi>` and `<span>` stand inside of sentences, so they part nothing.
fn readable(html: &str) -> String {
    let mut words = html.replace(style(), "");
    for inline in ["<bdi>", "</bdi>", "<span>", "</span>"] {
        words = words.replace(inline, "");
    }
    let mut found = String::new();
    for (place, piece) in words.split('<').enumerate() {
        let (tag, text) = if place == 0 { ("", piece) } else { piece.split_once('>').unwrap() };
        for spoken in [" aria-label=\"", " title=\"", " alt=\"", " placeholder=\""] {
            found.extend(tag.split(spoken).nth(1).and_then(|rest| rest.split('"').next()));
            found.push('\n');
        }
        found.push_str(text);
        found.push('\n');
    }
    found.replace("&#x27;", "'").replace("&quot;", "\"").replace("&#x3D;", "=")
}

/// What stands outside of all brackets; they may stand inside of each other.
fn outside(words: &str) -> String {
    let mut depth = 0_u32;
    let mut rest = String::new();
    for letter in words.chars() {
        match letter {
            OPENS => depth += 1,
            CLOSES => depth = depth.checked_sub(1).unwrap(),
            _ if depth == 0 => rest.push(letter),
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{words}");
    rest
}

fn assert_all_is_text(page: &str, words: &str) {
    assert!(words.contains(OPENS), "{page}");
    for word in outside(words).split_whitespace() {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        assert!(
            is_number || NO_TEXTS.contains(&word.trim_end_matches(':')) || NO_TEXTS.contains(&word),
            "{word} is no text of a catalogue in {page}"
        );
    }
}

#[test]
fn every_readable_word_of_every_page_is_from_a_catalogue_or_an_instrument() {
    let (renderer, instrument) =
        (Renderer::new().unwrap(), instrument(shipped_source("perceived-quality").unwrap()));
    let pages = speaking(|| {
        let pages = form_pages(&renderer, &instrument);
        pages.into_iter().chain(endings(&renderer, &instrument)).collect::<Vec<String>>()
    });
    assert!(pages.len() > 30);
    for page in pages {
        assert_all_is_text(&page, &readable(&page));
    }
}

#[test]
fn every_word_of_a_mail_is_from_a_catalogue() {
    let mail = InvitationMail {
        language: Language::ENGLISH,
        organisation: SHOP,
        order_number: "10482",
        link: LINK,
        minutes: 2,
    };
    let parts = speaking(|| Renderer::new().unwrap().mail(&mail).unwrap());
    let body = parts.html.split("</style>").nth(1).unwrap();
    for words in [parts.subject.clone(), parts.text.clone(), readable(body)] {
        assert_all_is_text(&words, &words);
    }
}

#[test]
fn a_text_that_is_in_no_catalogue_would_be_found() {
    let page = "<p>⟦Háñđ⟧</p><p>Send it</p>";
    assert_eq!(outside(&readable(page)).split_whitespace().collect::<Vec<_>>(), ["Send", "it"]);
}
