//! Reading the fields of one question of a section.

use super::Answer;
use super::page::{
    CHOSEN_VALUE, FieldProblemKind, MOST_COMMENT_CHARS, MOST_LINE_CHARS, Reading, clean, read_code,
};
use crate::instrument::{Item, Question, QuestionKind};

impl<'a> Reading<'a> {
    /// Reads a question; an answer is put in for each of its items.
    pub(super) fn question(&mut self, question: &'a Question, items: &'a [Item]) {
        let places = question.items.clone();
        match question.kind {
            QuestionKind::YesNo | QuestionKind::Single => {
                places.zip(items).for_each(|(place, item)| self.code(place, item));
            }
            QuestionKind::Multiple => self.options(question, items),
            QuestionKind::Ranking => self.ranks(question, items),
            QuestionKind::Number { min, max } => self.number(&question.key, min, max),
            QuestionKind::ShortText => self.text(&question.key, MOST_LINE_CHARS, clean_line),
            QuestionKind::LongText => self.text(&question.key, MOST_COMMENT_CHARS, clean),
        }
    }

    /// Options that may be chosen together. An option that was shown and not chosen is an answer only beside one that
    /// was: nobody can tell "none of them" from "I did not look".
    fn options(&mut self, question: &'a Question, items: &'a [Item]) {
        let mut chosen = Vec::with_capacity(items.len());
        for item in items {
            let value = self.value(&item.key);
            if value.is_some_and(|value| value != CHOSEN_VALUE) {
                self.wrong(&item.key, FieldProblemKind::OutsideScale);
            }
            chosen.push(value == Some(CHOSEN_VALUE));
        }
        let none = question.none.filter(|none| chosen.get(*none) == Some(&true));
        let count = chosen.iter().filter(|chosen| **chosen).count();
        if let Some(item) = none.and_then(|none| items.get(none)).filter(|_| count > 1) {
            self.wrong(&item.key, FieldProblemKind::Contradiction);
        }
        for (place, chosen) in question.items.clone().zip(chosen) {
            self.put(place, if count == 0 { Answer::Skipped } else { Answer::Choice(u8::from(chosen)) });
        }
    }

    /// Ranks of all options; a ranking that is not complete is no answer.
    fn ranks(&mut self, question: &'a Question, items: &'a [Item]) {
        let mut ranks = Vec::with_capacity(items.len());
        for item in items {
            let value = self.value(&item.key);
            let rank = value.and_then(|value| read_code(item, value));
            if let Some(rank) = rank {
                self.typed.raw.put(&item.key, &rank.to_string());
            } else if value.is_some() {
                self.wrong(&item.key, FieldProblemKind::OutsideScale);
            }
            ranks.push(rank);
        }
        let mut given: Vec<u8> = ranks.iter().copied().flatten().collect();
        given.sort_unstable();
        let is_order = given.iter().zip(1..).all(|(rank, place)| *rank == place);
        if !is_order && let Some(item) = first_out_of_order(items, &ranks) {
            self.wrong(&item.key, FieldProblemKind::NoOrder);
        }
        let is_whole = is_order && given.len() == items.len();
        for (place, rank) in question.items.clone().zip(ranks) {
            self.put(place, rank.filter(|_| is_whole).map_or(Answer::Skipped, Answer::Choice));
        }
    }

    /// A whole number within its ends, kept in plain digits.
    fn number(&mut self, field: &'a str, min: u32, max: u32) {
        let Some(words) = self.value(field).and_then(clean_line) else { return };
        self.typed.raw.put(field, &words);
        match read_number(&words).filter(|number| (min..=max).contains(number)) {
            Some(number) => self.typed.answers.words.put(field, &number.to_string()),
            None => self.wrong(field, FieldProblemKind::NoNumber { min, max }),
        }
    }
}

/// The first item whose rank stands before, or else the first that has one.
fn first_out_of_order<'a>(items: &'a [Item], ranks: &[Option<u8>]) -> Option<&'a Item> {
    let is_tied = |(place, rank): (usize, &Option<u8>)| {
        rank.is_some() && ranks.iter().take(place).any(|one| one == rank)
    };
    let tied = ranks.iter().enumerate().position(is_tied);
    items.get(tied.or_else(|| ranks.iter().position(Option::is_some))?)
}

/// A number as people type it: blanks between thousands, and the digits of Arabic too.
fn read_number(words: &str) -> Option<u32> {
    let digit = |letter: char| match letter {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(letter) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(letter) - 0x6f0, 10),
        _ => letter.is_ascii_digit().then_some(letter),
    };
    let digits: Option<String> = words.chars().filter(|letter| !letter.is_whitespace()).map(digit).collect();
    digits?.parse().ok()
}

/// Words on one line, without control characters and outer blanks; `None` when nothing is left.
fn clean_line(text: &str) -> Option<String> {
    clean(&text.replace("\r\n", " ").replace(['\r', '\n'], " "))
}
