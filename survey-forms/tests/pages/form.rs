//! The pages with questions.

use survey_forms::answer::{Answer, FieldProblem, FieldProblemKind, PageAnswers, Words, read_page};
use survey_forms::form::Length;
use survey_forms::language::Language;
use survey_forms::render::{
    Action, Choice, ChoiceOf, ChoiceOption, FormPage, Notice, Organisation, Preview, Renderer, Shows,
};

use crate::{SHOP, instrument, page, title, values};

#[test]
fn the_first_page_is_small_before_it_is_compressed() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    for language in Language::ALL {
        for form in 0..instrument.form_count() {
            for length in Length::ALL {
                let plans = instrument.pages(form, length);
                let first = FormPage { pages: &plans, ..page(&instrument, &plans[0], language) };
                let html = renderer.form_page(&first).unwrap();
                // Compressed, as it is sent, it is a third of that; the browser ring holds it to 14 kB. The first page of
                // a full form has five questions and two headings.
                let most = if length == Length::Full { 20 } else { 18 } * 1024;
                assert!(html.len() < most, "{} bytes in {language}, form {form}", html.len());
            }
        }
    }
}

#[test]
fn titles_differ_from_step_to_step() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    for language in Language::ALL {
        let plans = instrument.pages(3, Length::Standard);
        let pages = plans.iter().map(|plan| renderer.form_page(&page(&instrument, plan, language)).unwrap());
        let mut titles: Vec<String> = pages.map(|html| title(&html).to_owned()).collect();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), plans.len());
    }
}

#[test]
fn nothing_is_chosen_unless_it_was_given() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let plans = instrument.pages(0, Length::Standard);
    let plain = page(&instrument, &plans[1], Language::ENGLISH);
    assert!(!renderer.form_page(&plain).unwrap().contains(" checked"));
    let answers = plans[1].items.iter().copied().zip([Answer::Choice(2), Answer::DontKnow, Answer::Skipped]);
    let given = PageAnswers { answers: answers.collect(), ..PageAnswers::default() };
    let html = renderer.form_page(&FormPage { given: Some(&given), ..plain }).unwrap();
    assert_eq!(html.matches(" checked").count(), 2);
    let key = &instrument.items()[plans[1].items[0]].key;
    assert!(html.contains(&format!("name=\"{key}\" value=\"2\" id=\"{key}-2\" checked>")));
}

#[test]
fn every_answer_that_a_page_offers_is_taken() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    for form in 0..instrument.form_count() {
        for plan in instrument.pages(form, Length::Standard) {
            let html = renderer.form_page(&page(&instrument, &plan, Language::POLISH)).unwrap();
            assert_eq!(html.matches("<fieldset").count(), plan.items.len());
            assert_eq!(html.matches("<legend>").count(), plan.items.len());
            for &place in &plan.items {
                let item = &instrument.items()[place];
                let start = format!("type=\"radio\" name=\"{}\"", item.key);
                let offered: Vec<&str> =
                    html.split(&start).skip(1).map(|rest| values(rest, "value")[0]).collect();
                assert_eq!(offered.len(), usize::from(item.scale.points()) + 1);
                for value in offered {
                    let fields = [(item.key.clone(), value.to_owned())];
                    let read = read_page(&instrument, &plan, &fields).unwrap();
                    assert!(read.get(place).is_some_and(|answer| answer != Answer::Skipped), "{value}");
                }
            }
        }
    }
}

#[test]
fn enter_presses_continue_because_it_is_the_first_button() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    for plan in instrument.pages(0, Length::Quick) {
        let html = renderer.form_page(&page(&instrument, &plan, Language::ENGLISH)).unwrap();
        let first = html.split("<button").nth(1).unwrap().split('>').next().unwrap();
        assert!(!first.contains("name="), "{first}");
        assert!(first.contains("form=\"f\""));
        for button in html.split("<button").skip(1).filter(|button| button.contains("class=\"link\"")) {
            assert!(button.split('>').next().unwrap().contains("formnovalidate"), "{button}");
        }
        let switches = html.matches("name=\"language\"").count();
        assert_eq!(switches, Language::ALL.len() - 1);
        assert_eq!(html.contains("name=\"go\" value=\"back\""), plan.number > 1);
    }
}

#[test]
fn the_order_number_stands_once_so_that_it_can_be_put_in_later() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    for language in Language::ALL {
        for plan in instrument.pages(7, Length::Standard) {
            let html = renderer.form_page(&page(&instrument, &plan, language)).unwrap();
            assert_eq!(html.matches("NR-10482").count(), 1);
            assert!(!title(&html).contains("NR-10482"));
        }
    }
}

#[test]
fn a_page_about_no_order_speaks_of_none_and_is_posted_where_it_is_told() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    for language in Language::ALL {
        let pages = instrument.pages(7, Length::Standard);
        let (mut words, mut without) = (Vec::new(), Vec::new());
        for plan in &pages {
            let about = FormPage { pages: &pages, ..page(&instrument, plan, language) };
            let open = FormPage { order_number: "", action: Action::Post("/o/a.b/c?x=1"), ..about.clone() };
            words.push(renderer.form_page(&about).unwrap());
            without.push(renderer.form_page(&open).unwrap());
        }
        for (html, open) in words.iter().zip(&without) {
            assert!(!open.contains("NR-10482") && open.contains("action=\"/o/a.b/c?x&#x3D;1\""), "{open}");
            assert_ne!(title(html), "");
        }
        let lead = |html: &str| html.contains("<p class=\"lead\">");
        assert!(words[1..].iter().all(|html| lead(html)) && !without.iter().any(|html| lead(html)));
        let last = |pages: &[String]| title(&pages[pages.len() - 1]).to_owned();
        assert_ne!(last(&words), last(&without), "{language}: the last page is not about the order");
    }
}

#[test]
fn a_page_that_is_only_looked_at_says_so_first_and_a_file_leads_to_files() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let pages = instrument.pages(0, Length::Quick);
    let plain = FormPage { pages: &pages, ..page(&instrument, &pages[1], Language::ENGLISH) };
    assert!(!renderer.form_page(&plain).unwrap().contains("class=\"preview"));
    let option = |name: &str, href: Option<&str>| ChoiceOption {
        shows: Shows::Name(name.to_owned()),
        href: href.map(str::to_owned),
    };
    let options = vec![option("1", Some("1.html")), option("2", None)];
    let banner = Preview { choices: vec![Choice { of: ChoiceOf::Page, options }], unfolded: false };
    let action = Action::Files("3.html", "1.html");
    let html = renderer.form_page(&FormPage { action, preview: Some(&banner), ..plain }).unwrap();
    let body = html.split("</style>").nth(1).unwrap();
    assert!(body.find("Preview: nothing is kept.").unwrap() < body.find("<main>").unwrap());
    assert!(body.contains("<form method=\"get\" id=\"f\" action=\"3.html\" novalidate>"), "{body}");
    assert!(body.contains("value=\"back\" formaction=\"1.html\""), "{body}");
    assert!(body.contains("<a href=\"1.html\">1</a><b aria-current=\"true\">2</b>"), "{body}");
}

#[test]
fn a_page_left_open_says_so_before_its_questions() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let plan = &instrument.pages(0, Length::Standard)[0];
    let plain = page(&instrument, plan, Language::ENGLISH);
    assert!(!renderer.form_page(&plain).unwrap().contains("left_open"));
    let html = renderer.form_page(&FormPage { notice: Notice::LeftOpen, ..plain }).unwrap();
    assert!(title(&html).starts_with("Error: "));
    assert!(html.contains("<input type=\"hidden\" name=\"left_open\" value=\"1\">"));
    let (main, summary) = (html.find("<main>").unwrap(), html.find("role=\"alert\"").unwrap());
    assert!(main < summary && summary < html.find("<h1>").unwrap());
    for &item in &plan.items {
        let key = &instrument.items()[item].key;
        assert!(html.contains(&format!("href=\"#{key}-1\"")) && html.contains(&format!("id=\"{key}-1\"")));
        assert!(html.contains(&format!("aria-describedby=\"m-{key}\"")));
    }
}

#[test]
fn problems_stand_at_the_top_and_beside_their_question() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let plans = instrument.pages(0, Length::Quick);
    let plan = plans.last().unwrap();
    let problems = vec![
        FieldProblem { field: "overall".into(), kind: FieldProblemKind::OutsideScale },
        FieldProblem {
            field: "comment".into(),
            kind: FieldProblemKind::TooLong { chars: 2_001, limit: 2_000 },
        },
        FieldProblem { field: "<odd>".into(), kind: FieldProblemKind::Unknown },
        FieldProblem { field: "odder".into(), kind: FieldProblemKind::Unknown },
    ];
    let wrong = FormPage {
        notice: Notice::Problems(problems),
        raw_words: Some(&Words::comment("typed words")),
        ..page(&instrument, plan, Language::ENGLISH)
    };
    let html = renderer.form_page(&wrong).unwrap();
    assert!(title(&html).starts_with("Error: "));
    assert!(html.contains("href=\"#overall-1\"") && html.contains("href=\"#comment\""));
    assert_eq!(html.matches("This answer could not be read.").count(), 2);
    assert_eq!(html.matches("The text is 2,001 characters long").count(), 2);
    assert_eq!(html.matches("Something came along").count(), 1);
    assert!(html.contains("\ntyped words</textarea>") && !html.contains("odd"));
    assert!(!html.contains("left_open"));
}

#[test]
fn the_organisations_own_words_stand_at_the_foot() {
    let (renderer, instrument) = (Renderer::new().unwrap(), instrument());
    let plan = &instrument.pages(0, Length::Quick)[1];
    let shop = Organisation { privacy_text: Some("We & you\nand nobody else."), ..SHOP };
    let html = renderer
        .form_page(&FormPage { organisation: shop, ..page(&instrument, plan, Language::ENGLISH) })
        .unwrap();
    assert!(html.contains("<p dir=\"auto\">We &amp; you</p>\n<p dir=\"auto\">and nobody else.</p>"));
    assert!(html.contains("href=\"mailto:care@example.org\""));
    assert!(html.contains("href=\"https://example.org/privacy\""));
}
