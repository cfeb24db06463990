//! Every page and mail in the pseudo language: whatever a customer can read came from a catalogue or an instrument.

use crate::answer::{Answer, AnswerSheet, FieldProblem, FieldProblemKind, PageAnswers, Words};
use crate::form::{Ask, Length};
use crate::instrument::fixture::SAMPLER;
use crate::instrument::{Instrument, shipped_source};
use crate::language::Language;
use crate::language::pseudo::{CLOSES, OPENS, instrument, speaking};

use super::{
    Action, AnsweredOf, AskedAfter, AskedHow, Choice, ChoiceOf, ChoiceOption, Day, Earlier, ErasePage, Fact,
    FormPage, InvitationMail, Label, Notice, NoticeKind, NoticePage, Occasion, Organisation, OwnAnswers,
    OwnData, OwnEnding, OwnQuestionnaire, OwnWays, Preview, Renderer, ReportChange, ReportContent,
    ReportFigures, ReportFilter, ReportMail, ReportRange, ReportRate, ReportRhythm, ReportStopPage,
    ReportStopState, ReportValue, Said, ScoreFigures, ScorePage, ShortMessage, Shows, SlipText, Thanks,
    ThanksStatus, UnsubscribePage, UnsubscribeState, Value, style,
};

const SHOP: Organisation<'static> = Organisation {
    name: "Tuulia",
    contact_email: "care@example.org",
    privacy_text: None,
    privacy_url: "https://example.org/privacy",
    retention_months: 24,
    accent: None,
};
const LINK: &str = "https://ask.example.org/s/7.MZXW";
/// What stands on pages and in mails without being a text: names, numbers, addresses, and what parts them.
const NO_TEXTS: [&str; 17] = [
    "Tuulia",
    "https://ask.example.org/p/7.MZXW",
    "August",
    "49.90",
    "EUR",
    "care@example.org",
    "https://ask.example.org/s/7.MZXW",
    "https://ask.example.org/u/7.MZXW",
    "a…@e….org",
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
                pages: &plans,
                plan,
                language: Language::ENGLISH,
                languages: &OFFERED,
                organisation: SHOP,
                order_number: "10482",
                given: None,
                notice: Notice::None,
                raw_words: None,
                resumed: false,
                suggested: plan.number == 1,
                correcting: false,
                back_page: plan.number > 1,
                action: Action::Own,
                preview: None,
            };
            let open = FormPage { resumed: true, notice: Notice::LeftOpen, ..plain.clone() };
            let key = plan.items.first().map_or("odd", |item| instrument.items()[*item].key.as_str());
            let notice = Notice::Problems(problems(key));
            let wrong = FormPage { correcting: true, notice, ..plain.clone() };
            let later = FormPage { order_number: "", notice: Notice::Later, ..plain.clone() };
            let banner = banner();
            let again = FormPage { notice: Notice::SendAgain, preview: Some(&banner), ..later.clone() };
            let all = [plain, open, wrong, later, again];
            pages.extend(all.map(|page| renderer.form_page(&page).unwrap()));
        }
    }
    pages
}

/// A banner with each of its rows.
fn banner() -> Preview {
    let of = [
        ChoiceOf::Language,
        ChoiceOf::Length,
        ChoiceOf::Paging,
        ChoiceOf::Form,
        ChoiceOf::Module,
        ChoiceOf::Page,
    ];
    let option = |shows| ChoiceOption { shows, href: Some("?".to_owned()) };
    let options = || [Shows::Name("7".to_owned()), Shows::Language(Language::FINNISH), Shows::Thanks];
    let choices = of.map(|of| Choice { of, options: options().map(option).into() });
    Preview { choices: choices.into(), unfolded: true }
}

fn problems(key: &str) -> Vec<FieldProblem> {
    let problem = |field: &str, kind| FieldProblem { field: field.to_owned(), kind };
    vec![
        problem("odd", FieldProblemKind::Unknown),
        problem(key, FieldProblemKind::Twice),
        problem(key, FieldProblemKind::OutsideScale),
        problem("times", FieldProblemKind::NoNumber { min: 1, max: 500 }),
        problem("matters__care", FieldProblemKind::NoOrder),
        problem("used__nothing", FieldProblemKind::Contradiction),
        problem("comment", FieldProblemKind::TooLong { chars: 2_222, limit: 2_000 }),
    ]
}

fn endings(renderer: &Renderer, instrument: &Instrument) -> Vec<String> {
    let mut sheet = AnswerSheet::not_shown(instrument);
    let pages = instrument.pages(0, Length::Quick);
    let answers = pages[0].items.iter().map(|item| (*item, Answer::Choice(4))).collect();
    sheet.put(&PageAnswers { answers, ..PageAnswers::default() });
    let thanks = |status| Thanks {
        instrument,
        pages: &pages,
        language: Language::ENGLISH,
        languages: &OFFERED,
        organisation: SHOP,
        order_number: "10482",
        sheet: &sheet,
        comment: Some("Fine."),
        status,
        may_correct: true,
        correct_href: "?page=1",
        own: OwnEnding::default(),
        preview: None,
    };
    let statuses =
        [ThanksStatus::JustAnswered, ThanksStatus::AnsweredBefore, ThanksStatus::LaterAnswersNotTaken];
    let kinds = [
        NoticeKind::Expired,
        NoticeKind::Unknown,
        NoticeKind::Closed,
        NoticeKind::Resting,
        NoticeKind::Busy,
        NoticeKind::Broken("10482"),
    ];
    let notice = |kind| NoticePage { kind, language: Language::ENGLISH, organisation: Some(SHOP) };
    let thanks = statuses.map(|status| renderer.thanks(&thanks(status)).unwrap());
    let notices = kinds.map(|kind| renderer.notice(&notice(kind)).unwrap());
    thanks.into_iter().chain(notices).collect()
}

/// Every label and every value that the page of one's own data can have.
fn facts() -> Vec<Fact<'static>> {
    let day = Day { year: 2026, month: 8, day: 4 };
    let said = [
        Said::Web,
        Said::InPerson,
        Said::Phone,
        Said::Email,
        Said::Chat,
        Said::Community,
        Said::ComplaintOpen,
        Said::Consent,
        Said::ExistingCustomerNotice,
        Said::OtherBasis,
        Said::NoBasis,
    ];
    let labels = [
        Label::Order,
        Label::Channel,
        Label::Place,
        Label::Value,
        Label::Placed,
        Label::Expected,
        Label::Shipped,
        Label::Delivered,
        Label::Cancelled,
        Label::Returned,
        Label::Refunded,
        Label::Contacted,
        Label::Complaint,
        Label::ComplaintOpened,
        Label::ComplaintClosed,
        Label::Received,
        Label::Updated,
        Label::Name,
        Label::Email,
        Label::Phone,
        Label::CustomerNumber,
        Label::Language,
        Label::Since,
        Label::Basis,
        Label::BasisWords,
        Label::Told,
        Label::Questionnaire,
        Label::Planned,
        Label::Sent,
        Label::Begun,
        Label::Answered,
        Label::LinkEnds,
        Label::Own("Fine."),
    ];
    let others = [
        Value::Stored("10482"),
        Value::Stored(""),
        Value::On(day),
        Value::OnBy(day, Said::Phone),
        Value::Amount(4990, "EUR"),
        Value::Language(Language::FINNISH),
    ];
    let values = said.into_iter().map(Value::Said).chain(others).cycle();
    labels.into_iter().zip(values).map(|(label, value)| Fact::new(label, value)).collect()
}

/// The pages of one's own data: with answers, without, before the erasure, after it.
fn own_pages(renderer: &Renderer, instrument: &Instrument) -> Vec<String> {
    let answers = || OwnAnswers {
        instrument,
        ask: Ask::of(0, Length::Standard),
        sheet: AnswerSheet::not_shown(instrument),
        words: Words::comment("Fine."),
    };
    let on = Day { year: 2026, month: 8, day: 4 };
    let earlier = [None, Some(2)].map(|page| Earlier { on, page, answers: answers() });
    let answered = OwnQuestionnaire { facts: facts(), answers: Some(answers()), earlier: earlier.to_vec() };
    let silent = OwnQuestionnaire { facts: facts(), answers: None, earlier: Vec::new() };
    let full = OwnData {
        language: Language::ENGLISH,
        languages: &OFFERED,
        organisation: SHOP,
        order_number: "10482",
        order: facts(),
        person: facts(),
        basis: facts(),
        asked: vec![answered, silent],
        other_orders: 2,
        ways: OwnWays { download: "?download=json", change: Some("?change=1") },
    };
    let erase =
        ErasePage { language: Language::ENGLISH, organisation: SHOP, orders: 3, answered: 2, back: "?" };
    let one = ErasePage { orders: 1, answered: 1, ..erase };
    vec![
        renderer.own_data(&full).unwrap(),
        renderer.own_data(&OwnData { other_orders: 1, ..full }).unwrap(),
        renderer.erase_page(&erase).unwrap(),
        renderer.erase_page(&one).unwrap(),
        renderer.erased_page(Language::ENGLISH, &SHOP).unwrap(),
    ]
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
        let others = endings(&renderer, &instrument).into_iter().chain(own_pages(&renderer, &instrument));
        pages.into_iter().chain(others).collect::<Vec<String>>()
    });
    assert!(pages.len() > 30);
    for page in pages {
        assert_all_is_text(&page, &readable(&page));
    }
}

#[test]
fn every_readable_word_of_further_kinds_of_questions_is_from_a_catalogue_or_the_instrument() {
    let (renderer, sampler) = (Renderer::new().unwrap(), instrument(SAMPLER));
    let pages = speaking(|| {
        let pages = form_pages(&renderer, &sampler);
        pages.into_iter().chain(endings(&renderer, &sampler)).collect::<Vec<String>>()
    });
    for page in pages {
        assert_all_is_text(&page, &readable(&page));
    }
}

#[test]
fn every_word_of_a_public_score_is_from_a_catalogue() {
    let renderer = Renderer::new().unwrap();
    let day = |month| Day { year: 2026, month, day: 4 };
    let figures = ScoreFigures {
        value: 78.0,
        range: (76.0, 80.0),
        always: Some((75.0, 81.0)),
        decimals: 0,
        people: 204,
        from: day(8),
        until: day(8),
        rate: Some(AnsweredOf { answered: 204, asked: 300 }),
    };
    let page = |figures, after, share| ScorePage {
        language: Language::ENGLISH,
        languages: &OFFERED,
        organisation: SHOP,
        figures,
        least: 30,
        asked: AskedHow { after, share, places: &[] },
    };
    let pages = speaking(|| {
        [
            renderer.score(&page(Some(&figures), AskedAfter::Placed, 100)).unwrap(),
            renderer.score(&page(Some(&figures), AskedAfter::Shipped, 30)).unwrap(),
            renderer.score(&page(None, AskedAfter::Delivered, 100)).unwrap(),
            renderer.score(&page(None, AskedAfter::Complaint, 100)).unwrap(),
        ]
    });
    for page in pages {
        let read = page.split("<script").next().unwrap();
        assert_all_is_text(&page, &readable(read));
    }
}

#[test]
fn every_word_of_a_mail_is_from_a_catalogue() {
    for occasion in [Occasion::First, Occasion::Reminder, Occasion::LastReminder] {
        let mail = InvitationMail {
            language: Language::ENGLISH,
            occasion,
            organisation: SHOP,
            order_number: "10482",
            link: LINK,
            own_data_link: "https://ask.example.org/p/7.MZXW",
            unsubscribe_link: "https://ask.example.org/u/7.MZXW",
            minutes: 2,
            first: None,
            closing_words: "",
            place: None,
        };
        let parts = speaking(|| Renderer::new().unwrap().mail(&mail).unwrap());
        let body = parts.html.split("<body").nth(1).unwrap();
        for words in [parts.subject.clone(), parts.text.clone(), readable(&format!("<body{body}"))] {
            assert_all_is_text(&words, &words);
        }
    }
}

#[test]
fn every_word_of_a_mailed_report_and_of_the_page_that_stops_it_is_from_a_catalogue() {
    let range = ReportRange { value: 81.0, low: 78.0, high: 83.0, decimals: 0 };
    let value = ReportValue { score: range, people: 183 };
    let rate = Some(ReportRate { answered: 183, asked: 300, share: Some(range) });
    let figures = |change, quality| {
        let lowest = vec![("Tuulia".to_owned(), value)];
        ReportContent::Figures(ReportFigures { quality, change, lowest, rate })
    };
    let change = |low, high| Some(ReportChange(ReportRange { value: 2.0, low, high, decimals: 0 }));
    let contents = [
        figures(change(1.0, 3.0), Some(value)),
        figures(change(-3.0, -1.0), Some(value)),
        figures(change(-1.0, 3.0), Some(value)),
        figures(None, None),
        ReportContent::Nobody { rate: Some(ReportRate { answered: 0, asked: 0, share: None }) },
        ReportContent::Withheld { least: 10 },
        ReportContent::Refused,
    ];
    let filters = [
        ReportFilter::Channel(Said::Web),
        ReportFilter::ContactChannel(None),
        ReportFilter::Place(None),
        ReportFilter::Language(Language::FINNISH),
        ReportFilter::WithoutCareless,
    ];
    for (content, rhythm) in
        contents.iter().zip([ReportRhythm::Weekly, ReportRhythm::Monthly].into_iter().cycle())
    {
        let mail = ReportMail {
            language: Language::ENGLISH,
            organisation: SHOP,
            view: "Tuulia",
            survey: "Fine.",
            rhythm,
            from: Day { year: 2026, month: 8, day: 1 },
            until: Day { year: 2026, month: 8, day: 31 },
            filters: &filters,
            content,
            link: LINK,
            stop_link: "https://ask.example.org/u/7.MZXW",
        };
        let parts = speaking(|| Renderer::new().unwrap().report_mail(&mail).unwrap());
        let body = parts.html.split("<body").nth(1).unwrap();
        for words in [parts.subject.clone(), parts.text.clone(), readable(&format!("<body{body}"))] {
            assert_all_is_text(&words, &words);
        }
    }
    for state in [ReportStopState::Ask, ReportStopState::Done] {
        let page = ReportStopPage {
            language: Language::ENGLISH,
            languages: &OFFERED,
            organisation: SHOP,
            view: "Tuulia",
            address: "a…@e….org",
            state,
        };
        let page = speaking(|| Renderer::new().unwrap().report_stop(&page).unwrap());
        assert_all_is_text(&page, &readable(&page));
    }
}

#[test]
fn every_word_of_a_page_that_ends_mails_is_from_a_catalogue() {
    for state in [UnsubscribeState::Ask, UnsubscribeState::Done, UnsubscribeState::Undone] {
        let page = UnsubscribePage {
            language: Language::ENGLISH,
            languages: &OFFERED,
            organisation: SHOP,
            address: "a…@e….org",
            state,
        };
        let page = speaking(|| Renderer::new().unwrap().unsubscribe(&page).unwrap());
        assert_all_is_text(&page, &readable(&page));
    }
}

#[test]
fn every_word_of_a_short_message_and_of_a_slip_is_from_a_catalogue() {
    let renderer = Renderer::new().unwrap();
    let message = ShortMessage { language: Language::ENGLISH, organisation: SHOP, link: LINK };
    let words = speaking(|| renderer.short_message(&message));
    assert_all_is_text(&words, &words);
    let slip = SlipText { language: Language::ENGLISH, organisation: SHOP, link: LINK };
    let slip = speaking(|| renderer.slip_text(&slip));
    for words in [slip.heading, slip.line] {
        assert_all_is_text(&words, &words);
    }
}

#[test]
fn a_text_that_is_in_no_catalogue_would_be_found() {
    let page = "<p>⟦Háñđ⟧</p><p>Send it</p>";
    assert_eq!(outside(&readable(page)).split_whitespace().collect::<Vec<_>>(), ["Send", "it"]);
}
