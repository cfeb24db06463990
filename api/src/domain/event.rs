//! What happened to an order, parsed.

use serde_json::Value;

use super::coded::{Channel, EventKind};
use super::order::refuse_future;
use super::reader::{FieldProblem, ObjectReader};
use super::time::Micros;

/// One event of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderEvent {
    /// What happened.
    pub kind: EventKind,
    /// By which channel the customer was in touch; only for `contacted`.
    pub channel: Option<Channel>,
    /// When it happened.
    pub at: Micros,
}

impl OrderEvent {
    /// Parses one event; every problem comes back at once.
    pub fn parse(value: &Value, now: Micros) -> Result<Self, Vec<FieldProblem>> {
        Self::parse_at(value, "", now)
    }

    /// The same for an event at `path` of what was sent.
    pub fn parse_at(value: &Value, path: &str, now: Micros) -> Result<Self, Vec<FieldProblem>> {
        let mut reader = ObjectReader::open(value, path);
        let kind = reader.required_word("kind", EventKind::from_word, &EventKind::words());
        let at = reader.required_instant("at");
        refuse_future(&mut reader, "at", at, now);
        let channel = reader.word("channel", Channel::from_word, &Channel::words());
        if kind == Some(EventKind::Contacted) && reader.value("channel").is_none() {
            reader.complain("channel", "missing", format!("is missing; accepted are {}", Channel::words()));
        }
        if channel.is_some() && kind.is_some_and(|kind| kind != EventKind::Contacted) {
            reader.complain("channel", "not_here", "belongs to the event \"contacted\" only");
        }
        let problems = reader.finish();
        match (kind, at) {
            (Some(kind), Some(at)) if problems.is_empty() => Ok(Self { kind, channel, at }),
            _ => Err(problems),
        }
    }
}
