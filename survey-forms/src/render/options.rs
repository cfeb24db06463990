//! The questions of sections that have options: two labels, a list, boxes to tick, places of a ranking.

use super::parts::Says;
use super::question::{Beside, Choice, Line, Question, Shape, Standing};
use crate::answer::{Answer, CHOSEN_VALUE, PageAnswers, Words};
use crate::instrument::{Instrument, Item, Question as AskedQuestion, QuestionKind};
use crate::language::Language;

impl Question {
    /// A question of a section that has options; `None` for one that is answered in words.
    pub(super) fn of_section(
        (instrument, question): (&Instrument, &AskedQuestion),
        language: Language,
        standing: Standing,
        (given, raw): (Option<&PageAnswers>, Option<&Words>),
        beside: Beside,
    ) -> Option<Self> {
        let answer = |place: usize| given.and_then(|given| given.get(place));
        let items = question.items.clone().zip(instrument.items_of(question));
        let options = question.options.iter().map(|option| option.label(language).to_owned());
        let bare = Question::bare(&question.key, question.text(language), standing);
        let says = Says(language);
        match question.kind {
            QuestionKind::YesNo | QuestionKind::Single => {
                let (place, item) = items.into_iter().next()?;
                Some(Question::new(item, language, standing, answer(place), beside))
            }
            QuestionKind::Multiple => {
                let none = question.none.map(|none| question.items.start + none);
                let option = |((place, item), words): ((usize, &Item), String)| Choice {
                    name: item.key.clone(),
                    is_box: true,
                    apart: none == Some(place),
                    value: CHOSEN_VALUE.to_owned(),
                    number: None,
                    words: Some(words),
                    checked: answer(place) == Some(Answer::Choice(1)),
                };
                let (shape, hint) = (Shape::List.class(), Some(says.plain("multiple-hint")));
                let options = items.zip(options).map(option).collect();
                Some(Question { shape, hint, options, ..bare }.saying(beside))
            }
            QuestionKind::Ranking => {
                let line = |((place, item), words): ((usize, &Item), String)| {
                    let stored = match answer(place) {
                        Some(Answer::Choice(rank)) => Some(rank.to_string()),
                        _ => None,
                    };
                    let typed = raw.and_then(|raw| raw.get(&item.key)).map(str::to_owned);
                    line(item, words, language, typed.or(stored).as_deref())
                };
                let ranks = items.zip(options).map(line).collect();
                Some(Question { hint: Some(says.plain("ranking-hint")), ranks, ..bare }.saying(beside))
            }
            QuestionKind::Number { .. } | QuestionKind::ShortText | QuestionKind::LongText => None,
        }
    }
}

/// A line of a ranking: nothing, then each place.
fn line(item: &Item, words: String, language: Language, given: Option<&str>) -> Line {
    let place = |(code, label): (u8, &String)| (code.to_string(), label.clone());
    let places = (item.scale.min..=item.scale.max).zip(item.labels(language)).map(place);
    let open = (String::new(), "–".to_owned());
    let choice = |(value, label): (String, String)| Choice {
        name: String::new(),
        is_box: false,
        apart: false,
        checked: given == Some(value.as_str()),
        value,
        number: None,
        words: Some(label),
    };
    Line { name: item.key.clone(), words, places: [open].into_iter().chain(places).map(choice).collect() }
}
