//! The quality score and total perceived quality over twelve dimensions, in full forms and in the thirteen.

use scoring::{Cell, Facet, Figure, Layout, equal_weights, quality_report, total_perceived_quality};

use super::model::{EXTREME, FIVE_POINTS, SATISFIED, Shape, TOP_HEAVY};
use super::run::{Case, Study, assert_good_from, print_table};
use super::survey::{Form, Survey};

/// What the twelve dimensions and image look like.
const LOOKS: [(&str, &[Shape]); 3] =
    [("satisfied", &[SATISFIED]), ("top-heavy", &[TOP_HEAVY]), ("all five shapes", &FIVE_POINTS)];

const FORMS: [(Form, &str); 2] = [(Form::Thirteen, "thirteen forms"), (Form::Full, "full form")];

/// Replications of each case; a full form costs more to count.
const fn runs(form: Form) -> usize {
    match form {
        Form::Thirteen => 4_000,
        Form::Full => 2_000,
    }
}

fn case(
    survey: &Survey,
    (form, name): (Form, String),
    seed: u64,
    truth: f64,
    figure: impl Fn(&Layout, &Cell) -> Figure + Sync,
) -> Case {
    let study = Study {
        layout: &survey.layout,
        respond: &|random| survey.respond(random, form),
        figure: &|cell| figure(&survey.layout, cell),
        truth,
    };
    study.case(name, seed, runs(form))
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn the_interval_of_the_quality_score_is_good_from_some_n_on() {
    let mut cases = Vec::new();
    for (look, shapes) in LOOKS {
        let survey = Survey::new(shapes, None);
        for (form, name) in FORMS {
            let score = |layout: &Layout, cell: &Cell| quality_report(layout, cell).score;
            let seed = 401 + cases.len() as u64;
            let truth = survey.truth(Facet::Experience);
            cases.push(case(&survey, (form, format!("{look}, {name}")), seed, truth, score));
        }
    }
    print_table("Quality score, normal interval (n people in all)", &cases);
    assert_good_from(&cases, &[50, 20, 100, 100, 30, 30].map(Some));
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn the_interval_of_total_perceived_quality_is_good_from_some_n_on() {
    let mut cases = Vec::new();
    for (look, shapes) in LOOKS {
        let survey = Survey::new(shapes, Some(EXTREME));
        let weights = equal_weights(&survey.layout);
        let truth = 0.5 * survey.truth(Facet::Experience) + 0.5 * survey.truth(Facet::Image)
            - 0.5 * survey.truth(Facet::Expectation);
        for (form, name) in FORMS {
            let index = |layout: &Layout, cell: &Cell| {
                total_perceived_quality(layout, cell, 0.5, 0.5, &weights).figure
            };
            let seed = 501 + cases.len() as u64;
            cases.push(case(&survey, (form, format!("{look}, {name}")), seed, truth, index));
        }
    }
    print_table("TPQ(0.5, 0.5), normal interval (n people in all)", &cases);
    assert_good_from(&cases, &[50, 20, 200, 100, 200, 30].map(Some));
}
