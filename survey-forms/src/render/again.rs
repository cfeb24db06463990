//! What a page with questions says when it is shown once more: the box at the top and the words beside questions.

use serde::Serialize;

use super::form_page::{FormPage, Notice, Shown};
use super::question::Beside;
use crate::answer::{FieldProblem, FieldProblemKind};

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
    /// What is said beside the question with these fields.
    pub(super) fn beside(&self, fields: &[String]) -> Beside {
        match &self.notice {
            Notice::None | Notice::Later | Notice::SendAgain => Beside::Nothing,
            Notice::LeftOpen => Beside::LeftOpen(self.says().plain("left-open-item")),
            Notice::Problems(problems) => problems
                .iter()
                .find(|problem| fields.contains(&problem.field))
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
            FieldProblemKind::TooLong { chars, limit } => {
                let args = [("count", chars.into()), ("limit", limit.into())];
                says.with("problem-comment-long", &args)
            }
            FieldProblemKind::NoNumber { min, max } => {
                says.with("problem-number", &[("min", min.into()), ("max", max.into())])
            }
            FieldProblemKind::NoOrder => says.plain("problem-ranking"),
            FieldProblemKind::Contradiction => says.plain("problem-contradiction"),
        }
    }

    /// The box at the top of a page that is shown once more.
    pub(super) fn summary(&self, questions: &[&Shown]) -> Option<Summary> {
        let says = self.says();
        match &self.notice {
            Notice::None => None,
            Notice::LeftOpen => {
                let link = |question: &&Shown| Link {
                    href: Some(question.href()),
                    text: question.text().to_owned(),
                };
                let text = Some(says.plain("left-open-text"));
                let links = questions.iter().map(link).collect();
                Some(Summary { bad: false, heading: says.plain("left-open-heading"), text, links })
            }
            Notice::Later => Some(self.plain_summary("later-heading", "later-text")),
            Notice::SendAgain => Some(self.plain_summary("send-again-heading", "send-again-text")),
            Notice::Problems(problems) => {
                let links = self.problem_links(problems, questions);
                Some(Summary { bad: true, heading: says.plain("problems-heading"), text: None, links })
            }
        }
    }

    /// A box of words only.
    fn plain_summary(&self, heading: &str, text: &str) -> Summary {
        let says = self.says();
        Summary { bad: false, heading: says.plain(heading), text: Some(says.plain(text)), links: Vec::new() }
    }

    /// One line for each problem with a field of the page, and one for all others together.
    fn problem_links(&self, problems: &[FieldProblem], questions: &[&Shown]) -> Vec<Link> {
        let mut links = Vec::new();
        let mut others = false;
        for problem in problems {
            let question = questions.iter().find(|question| question.fields.contains(&problem.field));
            let comment = (self.plan.comment && problem.field == "comment").then(|| "#comment".to_owned());
            let href = question.map(|question| question.href()).or(comment);
            if href.is_none() && std::mem::replace(&mut others, true) {
                continue;
            }
            let kind = if href.is_some() { problem.kind } else { FieldProblemKind::Unknown };
            let words = self.problem_words(kind);
            let text =
                question.map_or_else(|| words.clone(), |question| format!("{} {words}", question.text()));
            links.push(Link { href, text });
        }
        links
    }
}
