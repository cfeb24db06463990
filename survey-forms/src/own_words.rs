//! The small closed language in which an organisation writes words of its own: plain text, names that are filled in,
//! and one level of conditions.
//!
//! ```text
//! Thank you for order {{order}}.{{#if place}} Greetings from {{place}}!{{else}} See you again!{{/if}}
//! ```
//!
//! Whoever can change an organisation is not trusted with a template engine: nothing here loops, calls, includes or
//! reaches anything but the [`Name`]s below, and what comes out is plain text that a page escapes. Reading goes once
//! through the text (`scan`), so it takes time in proportion to its length; `problem` says in words what was wrong
//! and where. Written by the service's settings, shown by `render`.

mod problem;
mod scan;
#[cfg(test)]
mod tests;

pub use problem::{Fault, OwnWordsProblem};

use crate::language::{Language, apart};

/// Most characters of words in this language.
pub const MOST_CHARS: usize = 4_000;
/// Most bytes that words come to with everything filled in; what is beyond is cut off.
pub const MOST_OUTPUT: usize = 256 * 1024;

/// What can be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Name {
    /// The organisation's name.
    Organisation,
    /// The address at which a person answers.
    Contact,
    /// The number of the order.
    Order,
    /// The shop, branch or desk where the order was placed or served.
    Place,
}

impl Name {
    /// Every name.
    pub const ALL: [Name; 4] = [Name::Organisation, Name::Contact, Name::Order, Name::Place];
    /// The names that mean the same on every form of an organisation.
    pub const OF_EVERY_FORM: [Name; 2] = [Name::Organisation, Name::Contact];

    /// The word between the braces.
    pub fn word(self) -> &'static str {
        match self {
            Name::Organisation => "organisation",
            Name::Contact => "contact",
            Name::Order => "order",
            Name::Place => "place",
        }
    }

    /// Whether there may be nothing to fill in, so that `#if` has something to decide.
    fn may_be_absent(self) -> bool {
        matches!(self, Name::Order | Name::Place)
    }
}

/// What is filled in for one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The organisation's name.
    pub organisation: &'a str,
    /// The address at which a person answers.
    pub contact: &'a str,
    /// The number of the order, where the form is about one.
    pub order: Option<&'a str>,
    /// The shop, branch or desk, where one is known.
    pub place: Option<&'a str>,
}

impl<'a> Facts<'a> {
    /// What a name stands for; `None` when there is nothing or it is empty.
    fn get(&self, name: Name) -> Option<&'a str> {
        let value = match name {
            Name::Organisation => Some(self.organisation),
            Name::Contact => Some(self.contact),
            Name::Order => self.order,
            Name::Place => self.place,
        };
        value.filter(|value| !value.trim().is_empty())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Name(Name),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Always(Piece),
    If { name: Name, then: Vec<Piece>, otherwise: Vec<Piece> },
}

/// An organisation's words, read and checked.
///
/// ```
/// use survey_forms::language::Language;
/// use survey_forms::own_words::{Facts, Name, OwnWords};
///
/// let words = OwnWords::read("Order {{order}}{{#if place}}, {{place}}{{/if}}.", &Name::ALL)?;
/// let facts = Facts { organisation: "Tuulia", contact: "care@example.org", order: Some("17"), place: None };
/// assert_eq!(words.text(Language::ENGLISH, &facts), "Order 17.");
/// let problem = OwnWords::read("Hello {{ordre}}", &Name::ALL).unwrap_err();
/// assert_eq!(
///     problem.to_string(),
///     "line 1, column 7: \"ordre\" is not known; did you mean \"order\"? Known are organisation, contact, order and place"
/// );
/// # Ok::<(), survey_forms::own_words::OwnWordsProblem>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWords {
    parts: Vec<Part>,
}

impl OwnWords {
    /// Reads words in which these names may be filled in.
    ///
    /// # Errors
    ///
    /// The first thing that is not of this language, with its line and column: see [`Fault`].
    pub fn read(source: &str, allowed: &[Name]) -> Result<OwnWords, OwnWordsProblem> {
        let chars = source.chars().take(MOST_CHARS + 1).count();
        if chars > MOST_CHARS {
            return Err(OwnWordsProblem { line: 1, column: 1, fault: Fault::TooLong });
        }
        scan::Scanner::new(source, allowed).read().map(|parts| OwnWords { parts })
    }

    /// Words of which nothing is filled in.
    fn verbatim(source: &str) -> OwnWords {
        OwnWords { parts: vec![Part::Always(Piece::Text(source.to_owned()))] }
    }

    /// Whether a name stands in the words.
    pub fn names(&self, wanted: Name) -> bool {
        let is_it = |piece: &Piece| *piece == Piece::Name(wanted);
        self.parts.iter().any(|part| match part {
            Part::Always(piece) => is_it(piece),
            Part::If { name, then, otherwise } => {
                *name == wanted || then.iter().any(is_it) || otherwise.iter().any(is_it)
            }
        })
    }

    /// The words with everything filled in: plain text, to be escaped where it is shown.
    ///
    /// What is filled in stands on one line and keeps its own writing direction.
    pub fn text(&self, language: Language, facts: &Facts<'_>) -> String {
        let mut page = Page { text: String::new(), language, facts };
        for part in &self.parts {
            match part {
                Part::Always(piece) => page.put(piece),
                Part::If { name, then, otherwise } => {
                    let chosen = if facts.get(*name).is_some() { then } else { otherwise };
                    for piece in chosen {
                        page.put(piece);
                    }
                }
            }
        }
        page.text
    }

    /// The same as paragraphs: each line that is not empty is one.
    pub fn paragraphs(&self, language: Language, facts: &Facts<'_>) -> Vec<String> {
        let text = self.text(language, facts);
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

/// Stored words as paragraphs. Words from before this language, which it cannot read, are shown as they are.
pub(crate) fn paragraphs(source: &str, language: Language, facts: &Facts<'_>) -> Vec<String> {
    let words = OwnWords::read(source, &Name::ALL).unwrap_or_else(|_| OwnWords::verbatim(source));
    words.paragraphs(language, facts)
}

/// A text under way that never grows beyond its limit.
struct Page<'a> {
    text: String,
    language: Language,
    facts: &'a Facts<'a>,
}

impl Page<'_> {
    fn put(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.append(text),
            Piece::Name(name) => {
                let value = self.facts.get(*name).unwrap_or_default();
                let one_line = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let shown: String = one_line.chars().filter(|c| !c.is_control()).collect();
                if !shown.is_empty() {
                    self.append(&apart(self.language, &shown));
                }
            }
        }
    }

    fn append(&mut self, words: &str) {
        let room = MOST_OUTPUT.saturating_sub(self.text.len());
        self.text.push_str(words.get(..words.floor_char_boundary(room)).unwrap_or_default());
    }
}
