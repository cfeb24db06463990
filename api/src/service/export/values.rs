//! One response as typed values, in the order of the columns: for formats that know numbers from words.

use std::borrow::Cow;

use survey_forms::answer::Words;

use super::columns::{Columns, EMPTY, channel, length, marks, mode, no_code, pace, paging};
use crate::files::dictionary::EMPTY_STATES;
use crate::service::Result;
use crate::store::exported::Exported;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'v> {
    /// Nothing was said, or it does not apply to this row.
    Missing,
    /// Words.
    Text(Cow<'v, str>),
    /// A whole number, the code of an answer or of a state that is none.
    Number(i64),
    /// Days since 1970-01-01.
    Day(i32),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Instant(i64),
    /// Yes or no.
    Truth(bool),
}

impl<'v> Value<'v> {
    fn text(text: impl Into<Cow<'v, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Missing } else { Self::Text(text) }
    }
}

/// The values of a response.
pub fn values<'v>(columns: &'v Columns, entry: &'v Exported) -> Result<Vec<Value<'v>>> {
    let one = &entry.response;
    let mut row = vec![
        Value::text(one.id.to_string()),
        Value::Number(one.revision.into()),
        Value::Number(entry.position),
        Value::Day(one.service_day),
        Value::text(channel(one.channel)),
        Value::text(channel(one.contact_channel)),
        Value::text(columns.place(one.place_id)),
        Value::text(one.language.as_str()),
        Value::text(mode(one.mode)),
        Value::text(length(one.length)),
        Value::Number(one.form.into()),
        Value::Truth(one.finished),
        Value::Truth(one.first_of_year),
        Value::Number(one.customer_group.into()),
        Value::text(columns.flags(one.quality_flag)),
        Value::Instant(one.answered_at),
    ];
    let levels = columns.segments.iter().zip(one.segments);
    row.extend(
        levels.map(|((_, segment), level)| Value::text(segment.level_name(level).unwrap_or_default())),
    );
    for (item, byte) in columns.items.iter().zip(&one.answers) {
        let text = item.text(*byte).ok_or_else(|| no_code(item, *byte))?;
        row.push(Value::Number(code(*byte, text)));
    }
    let (language, stored) = entry.comment.as_ref().map_or(("", ""), |(language, words)| (language, words));
    let words = columns.words(stored);
    let owned = |key: &str| words.get(key).unwrap_or_default().to_owned();
    for question in &columns.texts {
        let written = owned(&question.key);
        row.push(match written.parse::<i64>() {
            Ok(number) if question.is_number => Value::Number(number),
            _ => Value::text(written),
        });
    }
    row.push(Value::text(owned(Words::COMMENT)));
    row.push(Value::text(language));
    row.push(Value::text(paging(&one.way)));
    row.push(Value::Number(one.way.item_order.into()));
    row.push(Value::text(marks(&one.way)));
    row.push(Value::text(pace(&one.way)));
    Ok(row)
}

/// The code on the item's scale, or the negative code of an empty state.
fn code(byte: u8, text: &str) -> i64 {
    let word = EMPTY.iter().find(|(code, _)| code.byte() == byte).map(|(_, word)| *word);
    let state = word.and_then(|word| EMPTY_STATES.iter().find(|state| state.word == word));
    state.map_or_else(|| text.parse().unwrap_or_default(), |state| state.code.into())
}
