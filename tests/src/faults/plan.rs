//! What a customer fills in: the pages of a form, and answers that differ each time a page is sent.
//!
//! The bytes are packed here by the documented rule (ADR 8), not by the service's own code.

use survey_forms::form::Length;

use crate::recount::instrument;
use crate::web::quoted;

/// Byte of an item that was never shown (ADR 8).
const NOT_SHOWN: u8 = 15;

/// One question of a page.
#[derive(Clone, Debug)]
struct Question {
    place: usize,
    key: String,
    min: u8,
    points: u8,
}

/// One page of a form.
#[derive(Clone, Debug)]
struct Page {
    questions: Vec<Question>,
    comment: bool,
}

/// The pages of one form of the shipped instrument, in its standard length.
#[derive(Clone, Debug)]
pub struct FormPlan {
    pages: Vec<Page>,
    items: usize,
}

/// What is sent with one page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Content {
    /// One byte a question of the page.
    pub bytes: Vec<u8>,
    /// The comment; empty where the page has none.
    pub comment: String,
}

impl FormPlan {
    /// The plan of one form of the design.
    pub fn of(form: u8) -> Self {
        let instrument = instrument();
        let items = instrument.items();
        let question = |place: usize| {
            let item = &items[place];
            Question { place, key: item.key.clone(), min: item.scale.min, points: item.scale.points() }
        };
        let pages = instrument.pages(form, Length::Standard);
        let pages = pages.iter().map(|page| Page {
            questions: page.items.iter().map(|place| question(*place)).collect(),
            comment: page.comment,
        });
        Self { pages: pages.collect(), items: items.len() }
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// What customer `link` sends with page `page` (from 1) the `time`th time (from 0): each time something else.
    pub fn content(&self, link: usize, page: usize, time: u32) -> Content {
        let page = &self.pages[page - 1];
        let mut rest = usize::try_from(time).expect("a small number");
        let byte = |(place, question): (usize, &Question)| {
            let points = usize::from(question.points);
            let digit = rest % points;
            rest /= points;
            u8::try_from((digit + link * 7 + place * 3) % points + 1).expect("at most eleven points")
        };
        let bytes = page.questions.iter().enumerate().map(byte).collect();
        let comment = if page.comment { format!("Words of {link}, time {time}.") } else { String::new() };
        Content { bytes, comment }
    }

    /// The body of the request that sends a content with a page.
    pub fn body(&self, page: usize, content: &Content) -> String {
        let page = &self.pages[page - 1];
        let answers = page.questions.iter().zip(&content.bytes);
        let mut fields: Vec<String> = answers
            .map(|(question, byte)| format!("{}={}", quoted(&question.key), question.min + byte - 1))
            .collect();
        if page.comment {
            fields.push(format!("comment={}", quoted(&content.comment)));
        }
        fields.join("&")
    }

    /// The whole response when these pages (from 1) were sent: one byte an item of the instrument.
    pub fn response<'c>(&self, sent: impl IntoIterator<Item = (usize, &'c Content)>) -> Content {
        let mut whole = Content { bytes: vec![NOT_SHOWN; self.items], comment: String::new() };
        for (number, content) in sent {
            let page = &self.pages[number - 1];
            for (question, byte) in page.questions.iter().zip(&content.bytes) {
                whole.bytes[question.place] = *byte;
            }
            if page.comment {
                whole.comment.clone_from(&content.comment);
            }
        }
        whole
    }
}
