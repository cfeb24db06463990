//! The pages with further kinds of questions, in each way of paging.

use survey_forms::answer::{Answer, FieldProblem, FieldProblemKind, PageAnswers, Words, read_page, typed};
use survey_forms::form::{Ask, Length, PagePlan, Paging};
use survey_forms::instrument::Instrument;
use survey_forms::language::Language;
use survey_forms::render::{FormPage, Notice, Renderer, Thanks};

use crate::{page, thanks, values};

fn sampler() -> Instrument {
    Instrument::parse(include_str!("../../../tests/fixtures/sampler.toml")).unwrap()
}

fn plans(instrument: &Instrument, paging: Paging) -> Vec<PagePlan> {
    instrument.pages_of(&Ask { paging, ..Ask::of(0, Length::Standard) })
}

/// Each page in each way of paging, as it is shown for the first time.
fn every_page(language: Language) -> Vec<(PagePlan, String)> {
    let (renderer, instrument) = (Renderer::new().unwrap(), sampler());
    let mut all = Vec::new();
    for paging in Paging::ALL {
        let plans = plans(&instrument, paging);
        for plan in &plans {
            let html = renderer.form_page(&FormPage { pages: &plans, ..page(&instrument, plan, language) });
            all.push((plan.clone(), html.unwrap()));
        }
    }
    all
}

/// The tags that begin so.
fn tags<'a>(html: &'a str, start: &str) -> Vec<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

/// Every field of a page with each of its values; what can be written into boxes is put in.
fn offered(html: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let one = |tag: &str, name: &str| values(tag, name).first().map(|value| (*value).to_owned());
    for tag in tags(html, "<input type=\"").into_iter().filter(|tag| !tag.starts_with("hidden")) {
        let value = if tag.starts_with("text") { Some("3".to_owned()) } else { one(tag, "value") };
        fields.push((one(tag, "name").unwrap(), value.unwrap()));
    }
    for list in html.split("<select").skip(1) {
        let name = one(list.split('>').next().unwrap(), "name").unwrap();
        let options = tags(list.split("</select>").next().unwrap(), "<option");
        fields.extend(options.into_iter().map(|option| (name.clone(), one(option, "value").unwrap())));
    }
    for tag in tags(html, "<textarea") {
        fields.push((one(tag, "name").unwrap(), "Words.".to_owned()));
    }
    fields
}

#[test]
fn every_answer_that_a_page_offers_is_taken() {
    let instrument = sampler();
    for (plan, html) in every_page(Language::FINNISH) {
        let fields = offered(&html);
        assert!(!fields.is_empty());
        for field in fields {
            let is_begun_ranking = field.0.starts_with("matters__") && field.1 != "1" && !field.1.is_empty();
            let read = read_page(&instrument, &plan, std::slice::from_ref(&field));
            assert_eq!(read.is_err(), is_begun_ranking, "{field:?}");
        }
    }
}

#[test]
fn ids_stand_once_and_descriptions_and_labels_lead_to_them() {
    for (_, html) in every_page(Language::ENGLISH) {
        let ids = values(&html, "id");
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{html}");
        for described in values(&html, "aria-describedby").into_iter().flat_map(str::split_whitespace) {
            assert!(ids.contains(&described), "{described}");
        }
        assert!(values(&html, "for").iter().all(|label| ids.contains(label)));
        assert_eq!(html.matches("<h1").count(), 1, "{html}");
    }
}

#[test]
fn every_page_of_every_kind_is_small_before_it_is_compressed() {
    for (_, html) in every_page(Language::FINNISH) {
        assert!(html.len() < 18 * 1024, "{} bytes", html.len());
    }
}

#[test]
fn how_many_parts_there_are_is_said_only_when_it_is_certain() {
    let (renderer, instrument) = (Renderer::new().unwrap(), sampler());
    let whole = plans(&instrument, Paging::Section);
    let says = |plans: &[PagePlan], number: usize| {
        let plan = plans.iter().find(|plan| plan.number == number).unwrap();
        let html =
            renderer.form_page(&FormPage { pages: plans, ..page(&instrument, plan, Language::ENGLISH) });
        let html = html.unwrap();
        let line = html.split("class=\"where\">").nth(1).unwrap();
        line.split(" · ").next().unwrap().to_owned()
    };
    assert_eq!(
        [1, 2, 3, 4, 5, 6].map(|number| says(&whole, number)),
        ["Part 1", "Part 2", "Part 3", "Part 4 of 6", "Part 5 of 6", "Part 6 of 6"]
    );
    let without: Vec<PagePlan> = whole.iter().filter(|plan| plan.condition.is_none()).cloned().collect();
    assert_eq!([1, 3, 6].map(|number| says(&without, number)), ["Part 1 of 4", "Part 2 of 4", "Part 4 of 4"]);
}

#[test]
fn given_answers_are_shown_as_chosen() {
    let (renderer, instrument) = (Renderer::new().unwrap(), sampler());
    let plans = plans(&instrument, Paging::All);
    let fields = [
        ("recurred", "0"),
        ("way_here", "3"),
        ("used__shop", "1"),
        ("matters__speed", "3"),
        ("matters__price", "1"),
        ("matters__care", "2"),
        ("comment", "Own <words>"),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let given = read_page(&instrument, &plans[0], &fields).unwrap();
    let view =
        FormPage { given: Some(&given), pages: &plans, ..page(&instrument, &plans[0], Language::ENGLISH) };
    let html = renderer.form_page(&view).unwrap();
    for id in ["recurred-0", "way_here-3", "used__shop-1"] {
        assert!(html.contains(&format!("id=\"{id}\" checked")), "{id}");
    }
    assert_eq!((html.matches(" checked>").count(), html.matches(" selected>").count()), (3, 3));
    assert!(
        html.contains("<option value=\"3\" selected>3</option></select></label>\n<label><span>That it costs")
    );
    assert!(html.contains("Own &lt;words&gt;</textarea>"));
    let mut sheet = survey_forms::answer::AnswerSheet::not_shown(&instrument);
    sheet.put(&given);
    let stored = given.words.write();
    let page =
        Thanks { pages: &plans, comment: Some(&stored), ..thanks(&instrument, &sheet, Language::ENGLISH) };
    let html = renderer.thanks(&page).unwrap();
    assert!(html.contains("<dd>1. That it costs little\n2. That somebody cares\n3. That it is quick</dd>"));
    assert!(html.contains("<dd>A shop</dd>") && html.contains("<dd>No</dd>"));
}

#[test]
fn what_cannot_be_taken_is_said_at_its_question_and_kept() {
    let (renderer, instrument) = (Renderer::new().unwrap(), sampler());
    let plans = plans(&instrument, Paging::Section);
    let fields = [("times", "\"many\""), ("what_again", "Kept.")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let problems = read_page(&instrument, &plans[1], &fields).unwrap_err();
    let raw = typed(&instrument, &plans[1], &fields).raw;
    let again = |problems: Vec<FieldProblem>, raw: &Words, plan: &PagePlan| {
        let notice = Notice::Problems(problems);
        let view = FormPage { notice, raw_words: Some(raw), ..page(&instrument, plan, Language::ENGLISH) };
        renderer.form_page(&view).unwrap()
    };
    let html = again(problems, &raw, &plans[1]);
    assert!(html.contains("value=\"&quot;many&quot;\"") && html.contains("value=\"Kept.\""), "{html}");
    assert!(html.contains("aria-describedby=\"h-times m-times\""));
    assert!(html.contains("<a href=\"#times\">How many times did it happen? Please write a whole number"));
    let tie = FieldProblem { field: "matters__price".to_owned(), kind: FieldProblemKind::NoOrder };
    let html = again(vec![tie], &Words::default(), &plans[3]);
    assert!(html.contains("<a href=\"#matters__speed\">What matters most to you? Please give each line"));
    assert_eq!(html.matches("<fieldset class=\"bad\"").count(), 1);
}

#[test]
fn nothing_is_chosen_unless_it_was_given() {
    for (_, html) in every_page(Language::ENGLISH) {
        // Without a chosen place a list shows its first line, which stands for none.
        assert_eq!((html.matches(" checked>").count(), html.matches(" selected>").count()), (0, 0));
    }
}

#[test]
fn left_open_leads_to_the_first_field_of_each_question() {
    let (renderer, instrument) = (Renderer::new().unwrap(), sampler());
    let plans = plans(&instrument, Paging::Section);
    let given = PageAnswers { answers: vec![(0, Answer::Skipped)], ..PageAnswers::default() };
    for (number, hrefs) in [(1, vec!["#times", "#what_again"]), (3, vec!["#used__page-1", "#matters__speed"])]
    {
        let view = FormPage {
            notice: Notice::LeftOpen,
            given: Some(&given),
            ..page(&instrument, &plans[number], Language::ENGLISH)
        };
        let html = renderer.form_page(&view).unwrap();
        let links: Vec<&str> =
            values(&html, "href").into_iter().filter(|href| href.starts_with('#')).collect();
        assert_eq!(links, hrefs);
    }
}
