//! What every mailed report keeps to.

use std::collections::BTreeSet;

use survey_forms::language::Language;
use survey_forms::render::{
    Day, MailParts, Organisation, ReportChange, ReportContent, ReportFigures, ReportFilter, ReportMail,
    ReportRange, ReportRate, ReportRhythm, ReportStopPage, ReportStopState, ReportValue, Said,
};

use crate::{RENDERER, links, tables_for_looks, tags};

const LINK: &str =
    "https://ask.example.org/dashboard/surveys/field/trend?period=own&from=2026-11-16&until=2026-11-22";
const STOP_LINK: &str = "https://ask.example.org/r/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TF";

const RHYTHMS: [ReportRhythm; 2] = [ReportRhythm::Weekly, ReportRhythm::Monthly];

const FILTERS: [ReportFilter<'static>; 5] = [
    ReportFilter::Channel(Said::Web),
    ReportFilter::ContactChannel(None),
    ReportFilter::Place(Some("Kamppi & Oulu")),
    ReportFilter::Language(Language::ARABIC),
    ReportFilter::WithoutCareless,
];

fn range(value: f64, low: f64, high: f64, decimals: usize) -> ReportRange {
    ReportRange { value, low, high, decimals }
}

fn rate() -> ReportRate {
    ReportRate { answered: 1_183, asked: 12_345, share: Some(range(9.58, 9.07, 10.12, 0)) }
}

fn figures(change: Option<ReportChange>) -> ReportFigures {
    let lowest = |name: &str, value| {
        (name.to_owned(), ReportValue { score: range(value, value - 6.0, value + 6.0, 0), people: 90 })
    };
    ReportFigures {
        quality: Some(ReportValue { score: range(81.3, 78.2, 83.4, 0), people: 1_183 }),
        change,
        lowest: vec![lowest("Choice", 61.0), lowest("Access <b>", 66.0)],
        rate: Some(rate()),
    }
}

fn mail(language: Language, rhythm: ReportRhythm, content: &ReportContent) -> ReportMail<'_> {
    ReportMail {
        language,
        organisation: Organisation {
            name: "Müller & Söhne",
            contact_email: "care@example.org",
            privacy_text: None,
            privacy_url: "https://example.org/privacy",
            retention_months: 24,
            accent: None,
        },
        view: "Web & phone",
        survey: "after-delivery",
        rhythm,
        from: Day { year: 2026, month: 11, day: 16 },
        until: Day { year: 2026, month: 11, day: 22 },
        filters: &FILTERS,
        content,
        link: LINK,
        stop_link: STOP_LINK,
    }
}

fn contents() -> Vec<ReportContent> {
    let change = |value: f64, low, high| Some(ReportChange(range(value, low, high, 1)));
    let mut all: Vec<ReportContent> =
        [change(3.2, 1.1, 5.3), change(-3.2, -5.3, -1.1), change(1.0, -1.1, 3.1), None]
            .into_iter()
            .map(|change| ReportContent::Figures(figures(change)))
            .collect();
    let few =
        ReportFigures { quality: None, rate: Some(ReportRate { share: None, ..rate() }), ..figures(None) };
    all.extend([
        ReportContent::Figures(few),
        ReportContent::Nobody { rate: Some(rate()) },
        ReportContent::Nobody { rate: None },
        ReportContent::Withheld { least: 10 },
        ReportContent::Refused,
    ]);
    all
}

fn write(mail: &ReportMail<'_>) -> MailParts {
    RENDERER.report_mail(mail).unwrap()
}

/// Every mail there is: its language, its parts.
fn every_mail() -> Vec<(Language, MailParts)> {
    let contents = contents();
    let mut all = Vec::new();
    for language in Language::ALL {
        for rhythm in RHYTHMS {
            for content in &contents {
                all.push((language, write(&mail(language, rhythm, content))));
            }
        }
    }
    all
}

/// Without the marks that keep words of two directions apart.
fn unmarked(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "").replace("<bdi>", "").replace("</bdi>", "")
}

#[test]
fn both_parts_say_whose_figures_of_which_time_with_range_and_people() {
    let content = ReportContent::Figures(figures(None));
    for language in Language::ALL {
        for rhythm in RHYTHMS {
            let parts = write(&mail(language, rhythm, &content));
            let days = [(16, 11), (22, 11)].map(|(day, month)| language.long_date(2026, month, day).unwrap());
            let said = ["Müller & Söhne", "Web & phone", "after-delivery", "Kamppi & Oulu", "Choice"];
            let people = language.number(1_183);
            let numbers = ["81", "78", "83", people.as_str(), "61", "55", "67", "90"];
            for said in said.into_iter().chain(numbers).chain(days.iter().map(String::as_str)) {
                assert!(unmarked(&parts.text).contains(said), "{said} in {language}:\n{}", parts.text);
                let said = said.replace('&', "&amp;");
                assert!(unmarked(&parts.html).contains(&said), "{said} in {language}:\n{}", parts.html);
            }
            assert!(
                parts.subject.contains("Web & phone") && parts.subject.contains(&days[1]),
                "{}",
                parts.subject
            );
            assert!(parts.html.contains(&format!("<html lang=\"{}\"", language.tag())));
        }
    }
}

#[test]
fn an_english_report_reads_as_sentences() {
    let content = ReportContent::Figures(figures(Some(ReportChange(range(-3.2, -5.3, -1.1, 0)))));
    let text =
        write(&ReportMail { filters: &[], ..mail(Language::ENGLISH, ReportRhythm::Weekly, &content) }).text;
    let expected = "\
Müller & Söhne

Web & phone
16 November 2026 to 22 November 2026
Survey: after-delivery

Perceived quality, of 100:
81 (78 to 83), 1,183 people

Against the week before:
Lower by 3 (1 to 5)

Lowest scores:
Choice: 61 (55 to 67), 90 people
Access <b>: 66 (60 to 72), 90 people

Answered of those asked:
1,183 of 12,345: 10 % (9 to 10)

In brackets: the range in which the true value probably lies (95 %).

Open the dashboard:
";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn numbers_have_the_form_of_the_language() {
    let value = ReportValue { score: range(81.25, 81.05, 81.45, 1), people: 12_345 };
    let content = ReportContent::Figures(ReportFigures { quality: Some(value), ..figures(None) });
    let text = |language| unmarked(&write(&mail(language, ReportRhythm::Weekly, &content)).text);
    assert!(
        text(Language::FINNISH).contains("81,2 (81,0–81,5), 12\u{a0}345 vastaajaa"),
        "{}",
        text(Language::FINNISH)
    );
    assert!(text(Language::GERMAN).contains("81,2 (81,0 bis 81,5), 12.345 Personen"));
    assert!(text(Language::POLISH).contains("81,2 (od 81,0 do 81,5), 12\u{a0}345 osób"));
    let people = |count| {
        let value = ReportValue { people: count, ..value };
        let content = ReportContent::Figures(ReportFigures { quality: Some(value), ..figures(None) });
        unmarked(&write(&mail(Language::POLISH, ReportRhythm::Weekly, &content)).text)
    };
    for (count, words) in
        [(1, "1 osoba"), (22, "22 osoby"), (25, "25 osób"), (112, "112 osób"), (104, "104 osoby")]
    {
        assert!(people(count).contains(words), "{}", people(count));
    }
    assert!(text(Language::ARABIC).contains("81.2 (من 81.0 إلى 81.5)، المجيبون: 12,345"));
}

#[test]
fn a_change_is_told_by_its_range_and_never_by_its_number_alone() {
    let said = |value, low, high| {
        let content = ReportContent::Figures(figures(Some(ReportChange(range(value, low, high, 0)))));
        let text = write(&mail(Language::ENGLISH, ReportRhythm::Monthly, &content)).text;
        let (_, rest) = text.split_once("Against the month before:\n").unwrap();
        rest.lines().next().unwrap().to_owned()
    };
    assert_eq!(said(3.2, 1.1, 5.3), "Higher by 3 (1 to 5)");
    assert_eq!(said(-3.2, -5.3, -1.1), "Lower by 3 (1 to 5)");
    assert_eq!(said(1.2, -1.1, 3.6), "No clear change (likely \u{2212}1 to +4)");
    assert_eq!(said(0.0, -0.3, 0.4), "No clear change (likely 0 to 0)");
}

#[test]
fn what_cannot_be_told_is_said_and_shows_no_number() {
    for language in Language::ALL {
        let mut said = BTreeSet::new();
        for content in [
            ReportContent::Nobody { rate: None },
            ReportContent::Withheld { least: 10 },
            ReportContent::Refused,
        ] {
            let mail = ReportMail { filters: &[], ..mail(language, ReportRhythm::Weekly, &content) };
            let text = unmarked(&write(&mail).text);
            let paragraphs: Vec<&str> = text.split("\n\n").collect();
            said.insert(paragraphs[2].to_owned());
            assert!(!text.contains("81") && !text.contains('%'), "{language}: {text}");
        }
        assert_eq!(said.len(), 3, "{language}: {said:?}");
    }
}

#[test]
fn the_plain_part_is_plain_and_the_html_part_asks_for_nothing() {
    for (language, parts) in every_mail() {
        for banned in ["&amp;", "&#", "<bdi", "{", "\n\n\n", "---", "***"] {
            assert!(!parts.text.contains(banned), "{banned:?} in {language}:\n{}", parts.text);
        }
        assert!(parts.text.lines().all(|line| line.trim_end() == line), "{}", parts.text);
        assert!(!parts.html.contains("<b>"), "{}", parts.html);
        for banned in
            ["url(", "@import", "src=", "srcset", "background=", "v:image", "report-mail", "score-", "own-"]
        {
            assert!(
                !parts.html.contains(banned) && !parts.text.contains(banned),
                "{banned} in {}",
                parts.html
            );
        }
        for tag in tags(&parts.html) {
            let name = tag.split_whitespace().next().unwrap_or_default();
            assert!(!["img", "script", "link", "iframe", "object"].contains(&name), "{tag}");
        }
        assert_eq!(parts.html.matches("<table").count(), tables_for_looks(&parts.html));
        assert!(parts.html.len() < 16 * 1024, "{} bytes in {language}", parts.html.len());
        assert!(!parts.subject.contains(['\r', '\n', '!']));
    }
}

#[test]
fn both_parts_lead_to_the_dashboard_and_out() {
    for (language, parts) in every_mail() {
        let in_text: Vec<&str> = parts.text.lines().filter(|line| line.starts_with("https://")).collect();
        assert_eq!(in_text, [LINK, STOP_LINK], "{language}");
        assert_eq!(links(&parts.html, "href=\""), in_text, "{language}");
    }
}

#[test]
fn hostile_names_stay_words_on_their_lines() {
    let content = ReportContent::Figures(figures(None));
    let calm = mail(Language::ENGLISH, ReportRhythm::Weekly, &content);
    let hostile = "\r\nBcc: x\u{2028}<script>{{order}}</td>\u{202e}\"><img src=x>";
    let places = [ReportFilter::Place(Some(hostile))];
    let filters = [ReportFilter::Place(Some("Oulu"))];
    let wild = ReportMail {
        view: hostile,
        survey: hostile,
        filters: &places,
        organisation: Organisation { name: hostile, ..calm.organisation },
        ..calm
    };
    let (wild, calm) = (write(&wild), write(&ReportMail { filters: &filters, ..calm }));
    assert_eq!(tags(&wild.html).count(), tags(&calm.html).count(), "{}", wild.html);
    assert_eq!(wild.text.lines().count(), calm.text.lines().count(), "{:?}", wild.text);
    assert!(!wild.subject.contains(['\r', '\n', '\u{2028}', '\u{202e}']), "{:?}", wild.subject);
}

#[test]
fn the_page_asks_with_one_button_and_is_done_without() {
    for language in Language::ALL {
        let calm = mail(language, ReportRhythm::Weekly, &ReportContent::Refused).organisation;
        let page = |state| ReportStopPage {
            language,
            languages: &Language::ALL,
            organisation: calm,
            view: "Web & phone",
            address: "a…@e….org",
            state,
        };
        let [ask, done] = [ReportStopState::Ask, ReportStopState::Done]
            .map(|state| RENDERER.report_stop(&page(state)).unwrap());
        for shown in [&ask, &done] {
            assert!(shown.contains("Web &amp; phone") && shown.contains("a…@e….org"), "{shown}");
            assert!(!shown.contains("report-stop") && !shown.contains("unsubscribe-"), "{shown}");
        }
        assert!(ask.contains("name=\"go\" value=\"unsubscribe\"") && !done.contains("<form method=\"post\""));
    }
}
