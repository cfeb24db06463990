//! What can be wrong with an organisation's own words, said so that whoever wrote them can mend them.

use std::fmt;

use super::{MOST_CHARS, Name};

/// Most characters of what was written that a message repeats.
const MOST_REPEATED: usize = 40;

/// One mistake, with the place of what it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct OwnWordsProblem {
    /// Line, from 1.
    pub line: usize,
    /// Character of the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// More characters than fit.
    TooLong,
    /// `{{{`, which elsewhere leaves words unescaped.
    ThreeBraces,
    /// `{{` without `}}` on the same line.
    NotClosed,
    /// Nothing between the braces.
    Empty,
    /// A sign that means something in template languages, and nothing here.
    Sign(char),
    /// A block or a word of template languages that is not in this one.
    NoSuchBlock(String),
    /// A name that is not known, with the nearest one that is.
    Unknown {
        /// What was written.
        written: String,
        /// The nearest known name.
        near: Option<Name>,
        /// The names that may be filled in here.
        known: Vec<Name>,
    },
    /// A name that is known but means nothing in this text.
    NotHere(Name),
    /// `#if` about a name that is never missing.
    AlwaysThere(Name),
    /// `#if` inside of `#if`, or `else if`.
    Nested,
    /// `#if` without `/if`.
    IfNotClosed,
    /// `/if` or `else` without `#if`, or a second `else`.
    WithoutIf(&'static str),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::TooLong => write!(f, "the words are longer than {MOST_CHARS} characters"),
            Fault::ThreeBraces => f.write_str("write two braces, as in {{organisation}}, not three"),
            Fault::NotClosed => f.write_str("{{ is not closed by }} on the same line"),
            Fault::Empty => f.write_str("there is no name between the braces"),
            Fault::Sign(sign) => {
                write!(f, "\"{sign}\" has no meaning between the braces; write a name alone")
            }
            Fault::NoSuchBlock(word) => {
                write!(f, "\"{}\" is not known; the only block is {{{{#if …}}}}", shortened(word))
            }
            Fault::Unknown { written, near, known } => {
                let near = near.map_or(String::new(), |near| format!("; did you mean \"{}\"?", near.word()));
                let stop = if near.is_empty() { ";" } else { "" };
                let (written, known) = (shortened(written), listed(known));
                write!(f, "\"{written}\" is not known{near}{stop} Known are {known}")
            }
            Fault::NotHere(name) => {
                let word = name.word();
                write!(f, "{{{{{word}}}}} cannot stand here: these words are the same on every form")
            }
            Fault::AlwaysThere(name) => {
                write!(f, "\"{}\" is always there; #if takes order or place", name.word())
            }
            Fault::Nested => f.write_str("an #if cannot stand inside of another"),
            Fault::IfNotClosed => f.write_str("this #if is not closed by {{/if}}"),
            Fault::WithoutIf(word) => write!(f, "{{{{{word}}}}} stands without its #if"),
        }
    }
}

fn listed(names: &[Name]) -> String {
    let words: Vec<&str> = names.iter().map(|name| name.word()).collect();
    match words.as_slice() {
        [] => "none".to_owned(),
        [only] => (*only).to_owned(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

/// What was written, short and on one line.
fn shortened(written: &str) -> String {
    let visible = written.chars().map(|c| if c.is_control() { ' ' } else { c });
    let short: String = visible.clone().take(MOST_REPEATED).collect();
    if visible.count() > MOST_REPEATED { format!("{short}…") } else { short }
}
