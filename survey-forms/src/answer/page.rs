//! From the raw fields of one posted page to checked answers.
//!
//! Everything may come in here: fields are names and values that anybody can send.

use std::collections::HashMap;

use super::{Answer, Words};
use crate::form::PagePlan;
use crate::instrument::{EmptyKind, Instrument, Item};

/// The longest free words that are kept, in characters.
pub const MOST_COMMENT_CHARS: usize = 2_000;

/// The longest words on one line that are kept, in characters.
pub const MOST_LINE_CHARS: usize = 200;

/// Fields of a page that are no answers; their meaning is the service's.
const NO_ANSWERS: [&str; 3] = ["go", "language", "left_open"];

/// The field of the comment.
const COMMENT: &str = Words::COMMENT;

/// The value of an item's set-apart choice.
pub(crate) const EMPTY_VALUE: &str = "na";

/// The value of an option that is chosen.
pub(crate) const CHOSEN_VALUE: &str = "1";

/// A browser never sends more than a few unknown fields; what comes on top is not listed.
const MOST_PROBLEMS: usize = 50;

/// The answers of one page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageAnswers {
    /// Every item of the page by its place in packed order; left open is [`Answer::Skipped`].
    pub answers: Vec<(usize, Answer)>,
    /// The comment and every other answer in words.
    pub words: Words,
}

impl PageAnswers {
    /// Whether nothing on the page was answered.
    pub fn is_empty(&self) -> bool {
        let open = |answer: &Answer| matches!(answer, Answer::Skipped | Answer::NotShown);
        self.words.is_empty() && self.answers.iter().all(|(_, answer)| open(answer))
    }

    /// The answer to one item, if it stands on this page.
    pub fn get(&self, item: usize) -> Option<Answer> {
        self.answers.iter().find(|(place, _)| *place == item).map(|(_, answer)| *answer)
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldProblemKind {
    /// The page does not ask this.
    Unknown,
    /// The field came with two different values.
    Twice,
    /// The value is neither a code of the scale nor the set-apart choice.
    OutsideScale,
    /// The free words are longer than there is room for.
    TooLong {
        /// How long they are, in characters.
        chars: usize,
        /// How long they may be.
        limit: usize,
    },
    /// The value is no whole number within the ends.
    NoNumber {
        /// The smallest number that is taken.
        min: u32,
        /// The largest number that is taken.
        max: u32,
    },
    /// Ranks stand twice or leave one out.
    NoOrder,
    /// The option that none of the others fits was chosen together with others.
    Contradiction,
}

/// A field that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldProblem {
    /// Name of the field as it came.
    pub field: String,
    /// What is wrong with it.
    pub kind: FieldProblemKind,
}

/// What can be shown again of a page, whether or not it could be taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// The answers that could be read; words only when they fit.
    pub answers: PageAnswers,
    /// All words, numbers and ranks as typed, by the names of their fields.
    pub raw: Words,
}

/// Reads one posted page.
///
/// A field's name is the item's key, its value a code or `na` for the set-apart choice; an option that is chosen has the
/// value 1, a ranked one its rank. Words have the key of their question. A ranking that is not complete is left open.
///
/// Control characters in the free words are taken out (a customer can neither see nor correct them); line ends
/// become `\n`. The same value twice is one value.
///
/// ```
/// use survey_forms::answer::{Answer, read_page};
/// use survey_forms::form::Length;
/// use survey_forms::instrument::{Instrument, shipped_source};
///
/// let instrument = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
/// let page = &instrument.pages(0, Length::Quick)[0];
/// let key = instrument.items()[page.items[0]].key.clone();
/// let answers = read_page(&instrument, page, &[(key, "4".to_owned())]).map_err(|_| "refused")?;
/// assert_eq!(answers.answers, [(page.items[0], Answer::Choice(4))]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_page(
    instrument: &Instrument,
    page: &PagePlan,
    fields: &[(String, String)],
) -> Result<PageAnswers, Vec<FieldProblem>> {
    let (typed, problems) = read(instrument, page, fields);
    if problems.is_empty() { Ok(typed.answers) } else { Err(problems) }
}

/// What of a posted page can be shown again, so that nothing typed is lost when it is not taken.
pub fn typed(instrument: &Instrument, page: &PagePlan, fields: &[(String, String)]) -> Typed {
    read(instrument, page, fields).0
}

fn read(instrument: &Instrument, page: &PagePlan, fields: &[(String, String)]) -> (Typed, Vec<FieldProblem>) {
    let (values, problems) = gather(fields);
    let mut reading = Reading { values, problems, asked: Vec::new(), typed: Typed::default() };
    for group in &page.groups {
        if group.section.is_some() {
            let questions = group.questions.iter().filter_map(|place| instrument.questions().get(*place));
            questions.for_each(|question| reading.question(question, instrument.items_of(question)));
        } else {
            let items =
                group.items.iter().filter_map(|place| Some((*place, instrument.items().get(*place)?)));
            items.for_each(|(place, item)| reading.code(place, item));
        }
    }
    if page.comment {
        reading.text(COMMENT, MOST_COMMENT_CHARS, clean);
    }
    for (field, _) in fields {
        if !reading.asked.contains(&field.as_str()) && !NO_ANSWERS.contains(&field.as_str()) {
            add(&mut reading.problems, field, FieldProblemKind::Unknown);
        }
    }
    (reading.typed, reading.problems)
}

/// A page while it is read.
pub(super) struct Reading<'a> {
    pub(super) values: HashMap<&'a str, &'a str>,
    pub(super) problems: Vec<FieldProblem>,
    /// Names of the fields that the page has.
    pub(super) asked: Vec<&'a str>,
    pub(super) typed: Typed,
}

impl<'a> Reading<'a> {
    /// What came for a field of the page; nothing, when it was left open.
    pub(super) fn value(&mut self, field: &'a str) -> Option<&'a str> {
        self.asked.push(field);
        self.values.get(field).copied().filter(|value| !value.is_empty())
    }

    pub(super) fn wrong(&mut self, field: &str, kind: FieldProblemKind) {
        add(&mut self.problems, field, kind);
    }

    pub(super) fn put(&mut self, place: usize, answer: Answer) {
        self.typed.answers.answers.push((place, answer));
    }

    /// One code of a scale, or the set-apart choice.
    pub(super) fn code(&mut self, place: usize, item: &'a Item) {
        let answer = match self.value(&item.key) {
            None => Answer::Skipped,
            Some(value) => read_answer(item, value).unwrap_or_else(|| {
                self.wrong(&item.key, FieldProblemKind::OutsideScale);
                Answer::Skipped
            }),
        };
        self.put(place, answer);
    }

    /// Free words of at most so many characters.
    pub(super) fn text(&mut self, field: &'a str, limit: usize, clean: impl Fn(&str) -> Option<String>) {
        let Some(words) = self.value(field).and_then(clean) else { return };
        self.typed.raw.put(field, &words);
        let chars = words.chars().count();
        if chars > limit {
            self.wrong(field, FieldProblemKind::TooLong { chars, limit });
        } else {
            self.typed.answers.words.put(field, &words);
        }
    }
}

/// The fields by name; of two different values neither is taken.
fn gather(fields: &[(String, String)]) -> (HashMap<&str, &str>, Vec<FieldProblem>) {
    let mut values: HashMap<&str, &str> = HashMap::with_capacity(fields.len());
    let mut problems = Vec::new();
    for (field, value) in fields.iter().filter(|(field, _)| !NO_ANSWERS.contains(&field.as_str())) {
        if values.insert(field, value).is_some_and(|earlier| earlier != value) {
            add(&mut problems, field, FieldProblemKind::Twice);
        }
    }
    for problem in &problems {
        values.remove(problem.field.as_str());
    }
    (values, problems)
}

/// Adds a problem once, and only so many.
fn add(problems: &mut Vec<FieldProblem>, field: &str, kind: FieldProblemKind) {
    let same = |problem: &FieldProblem| problem.field == field;
    if problems.len() < MOST_PROBLEMS && !problems.iter().any(same) {
        problems.push(FieldProblem { field: field.to_owned(), kind });
    }
}

fn read_answer(item: &Item, value: &str) -> Option<Answer> {
    if value == EMPTY_VALUE {
        return item.empty.map(|kind| match kind {
            EmptyKind::NotApplicable => Answer::NotApplicable,
            EmptyKind::DontKnow => Answer::DontKnow,
        });
    }
    read_code(item, value).map(Answer::Choice)
}

/// A code of an item's scale, in plain digits.
pub(super) fn read_code(item: &Item, value: &str) -> Option<u8> {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit()) && (value == "0" || !value.starts_with('0'));
    let code: u8 = value.parse().ok().filter(|_| digits)?;
    (item.scale.min..=item.scale.max).contains(&code).then_some(code)
}

/// Free words without control characters and outer blanks; `None` when nothing is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let text: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::form::Length;
    use crate::instrument::fixture;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
    }

    /// The first page of the small instrument: `greeting_heard` (0) and `greeting_late` (1).
    fn first(pairs: &[(&str, &str)]) -> Result<PageAnswers, Vec<FieldProblem>> {
        let instrument = fixture::small();
        read_page(&instrument, &instrument.pages(0, Length::Standard)[0], &fields(pairs))
    }

    /// Its last page: `recommendation` (3) and free words.
    fn last(pairs: &[(&str, &str)]) -> Result<PageAnswers, Vec<FieldProblem>> {
        let instrument = fixture::small();
        read_page(&instrument, &instrument.pages(0, Length::Standard)[2], &fields(pairs))
    }

    fn kinds(result: Result<PageAnswers, Vec<FieldProblem>>) -> Vec<FieldProblemKind> {
        result.unwrap_err().into_iter().map(|problem| problem.kind).collect()
    }

    #[test]
    fn codes_and_set_apart_choices_are_read_and_the_rest_is_skipped() {
        let page = first(&[("greeting_heard", "5"), ("greeting_late", "na")]).unwrap();
        assert_eq!(page.answers, [(0, Answer::Choice(5)), (1, Answer::NotApplicable)]);
        let page = first(&[("greeting_heard", "na"), ("go", "back"), ("language", "fi")]).unwrap();
        assert_eq!(page.answers, [(0, Answer::DontKnow), (1, Answer::Skipped)]);
        assert!(first(&[("left_open", "1"), ("greeting_late", "")]).unwrap().is_empty());
    }

    #[test]
    fn zero_is_an_answer_where_the_scale_has_it() {
        assert_eq!(last(&[("recommendation", "0")]).unwrap().get(3), Some(Answer::Choice(0)));
        assert_eq!(kinds(first(&[("greeting_heard", "0")])), [FieldProblemKind::OutsideScale]);
    }

    #[test]
    fn only_plain_codes_of_the_scale_are_taken() {
        for value in ["6", "05", "+5", " 5", "5.0", "NA", "\u{665}", "256", "-1"] {
            assert_eq!(
                kinds(first(&[("greeting_heard", value)])),
                [FieldProblemKind::OutsideScale],
                "{value}"
            );
        }
    }

    #[test]
    fn unknown_fields_are_refused_also_items_of_other_pages() {
        for field in ["fame_known", "comment", "", "greeting_heard "] {
            assert_eq!(kinds(first(&[(field, "1")])), [FieldProblemKind::Unknown], "{field}");
        }
    }

    #[test]
    fn two_different_values_are_refused_and_the_same_twice_is_one() {
        let twice = [("greeting_heard", "4"), ("greeting_heard", "5")];
        assert_eq!(kinds(first(&twice)), [FieldProblemKind::Twice]);
        let same = [("greeting_heard", "4"), ("greeting_heard", "4")];
        assert_eq!(first(&same).unwrap().get(0), Some(Answer::Choice(4)));
    }

    #[test]
    fn free_words_lose_control_characters_and_outer_blanks() {
        let page = last(&[("comment", "  one\r\ntwo\0\u{7}\tthree \n")]).unwrap();
        assert_eq!(page.words.get(COMMENT), Some("one\ntwo three"));
        assert_eq!(last(&[("comment", " \r\n\0")]).unwrap().words, Words::default());
    }

    #[test]
    fn free_words_are_counted_in_characters() {
        let fits = "ä".repeat(MOST_COMMENT_CHARS);
        assert_eq!(last(&[("comment", &fits)]).unwrap().words.get(COMMENT), Some(fits.as_str()));
        let long = "ä".repeat(MOST_COMMENT_CHARS + 1);
        assert_eq!(
            kinds(last(&[("comment", &long)])),
            [FieldProblemKind::TooLong { chars: 2_001, limit: 2_000 }]
        );
    }

    #[test]
    fn what_could_not_be_taken_can_be_shown_again() {
        let instrument = fixture::small();
        let page = &instrument.pages(0, Length::Standard)[2];
        let long = "x".repeat(3_000);
        let again =
            typed(&instrument, page, &fields(&[("recommendation", "7"), ("comment", &long), ("odd", "1")]));
        assert_eq!(again.answers.get(3), Some(Answer::Choice(7)));
        assert_eq!((again.answers.words, again.raw.get(COMMENT)), (Words::default(), Some(long.as_str())));
    }

    #[test]
    fn a_flood_of_unknown_fields_gives_few_problems() {
        let flood: Vec<(String, String)> = (0..5_000).map(|n| (format!("f{n}"), String::new())).collect();
        let instrument = fixture::small();
        let problems = read_page(&instrument, &instrument.pages(0, Length::Quick)[0], &flood).unwrap_err();
        assert_eq!(problems.len(), MOST_PROBLEMS);
    }

    proptest! {
        #[test]
        fn no_fields_bring_it_down(
            page in 0_usize..3,
            fields in proptest::collection::vec(
                (prop_oneof![any::<String>(), "greeting_heard|recommendation|comment|go"],
                 prop_oneof![any::<String>(), "[0-9]{1,3}|na"]),
                0..12,
            ),
        ) {
            let instrument = fixture::small();
            let plan = &instrument.pages(0, Length::Standard)[page];
            match read_page(&instrument, plan, &fields) {
                Ok(answers) => {
                    let places: Vec<usize> = answers.answers.iter().map(|(place, _)| *place).collect();
                    prop_assert_eq!(&places, &plan.items);
                    prop_assert!(answers.words.get(COMMENT).is_none_or(|text| text.chars().count() <= MOST_COMMENT_CHARS));
                }
                Err(problems) => prop_assert!(!problems.is_empty()),
            }
        }
    }
}
