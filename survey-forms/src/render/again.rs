//! What a page with questions says when it is shown once more: the box at the top and the words beside questions.

use serde::Serialize;

use super::form_page::{FormPage, Notice};
use super::question::{Beside, Question};
use crate::answer::{FieldProblem, FieldProblemKind, MOST_COMMENT_CHARS};
use crate::instrument::Item;

#[derive(Serialize)]
pub(super) struct Summary {
    bad: bool,
    heading: String,
    text: Option<String>,
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Link {
    href: Option<String>,
    text: String,
}

impl FormPage<'_> {
    /// What is said beside one question.
    pub(super) fn beside(&self, item: &Item) -> Beside {
        match &self.notice {
            Notice::None => Beside::Nothing,
            Notice::LeftOpen => Beside::LeftOpen(self.says().plain("left-open-item")),
            Notice::Problems(problems) => problems
                .iter()
                .find(|problem| problem.field == item.key)
                .map_or(Beside::Nothing, |problem| Beside::Wrong(self.problem_words(problem.kind))),
        }
    }

    pub(super) fn problem_of(&self, field: &str) -> Option<&FieldProblem> {
        let Notice::Problems(problems) = &self.notice else { return None };
        problems.iter().find(|problem| problem.field == field)
    }

    pub(super) fn problem_words(&self, kind: FieldProblemKind) -> String {
        let says = self.says();
        match kind {
            FieldProblemKind::Unknown => says.plain("problem-unknown"),
            FieldProblemKind::Twice => says.plain("problem-twice"),
            FieldProblemKind::OutsideScale => says.plain("problem-outside"),
            FieldProblemKind::TooLong { chars } => {
                let args = [("count", chars.into()), ("limit", MOST_COMMENT_CHARS.into())];
                says.with("problem-comment-long", &args)
            }
        }
    }

    /// The box at the top of a page that is shown once more.
    pub(super) fn summary(&self, questions: &[Question]) -> Option<Summary> {
        let says = self.says();
        match &self.notice {
            Notice::None => None,
            Notice::LeftOpen => {
                let link =
                    |question: &Question| Link { href: Some(question.href()), text: question.text.clone() };
                let text = Some(says.plain("left-open-text"));
                let links = questions.iter().map(link).collect();
                Some(Summary { bad: false, heading: says.plain("left-open-heading"), text, links })
            }
            Notice::Problems(problems) => {
                let links = self.problem_links(problems, questions);
                Some(Summary { bad: true, heading: says.plain("problems-heading"), text: None, links })
            }
        }
    }

    /// One line for each problem with a field of the page, and one for all others together.
    fn problem_links(&self, problems: &[FieldProblem], questions: &[Question]) -> Vec<Link> {
        let mut links = Vec::new();
        let mut others = false;
        for problem in problems {
            let question = questions.iter().find(|question| question.key == problem.field);
            let comment = (self.plan.comment && problem.field == "comment").then(|| "#comment".to_owned());
            let href = question.map(Question::href).or(comment);
            if href.is_none() && std::mem::replace(&mut others, true) {
                continue;
            }
            let kind = if href.is_some() { problem.kind } else { FieldProblemKind::Unknown };
            let words = self.problem_words(kind);
            let text =
                question.map_or_else(|| words.clone(), |question| format!("{} {words}", question.text));
            links.push(Link { href, text });
        }
        links
    }
}
