//! Reads own words in one pass: text up to the next `{{`, the tag there, and on.
//!
//! No part of the text is looked at more than a fixed number of times, and nothing calls itself: neither long nor deep
//! input costs more than its length.

use super::problem::{Fault, OwnWordsProblem};
use super::{Name, Part, Piece};

/// Most bytes looked at for the end of a tag: the longest right one is `{{#if organisation}}` with blanks.
const LONGEST_TAG: usize = 120;
/// Signs with which template languages do more than fill in a name.
const SIGNS: [char; 15] = ['&', '>', '<', '*', '!', '^', '~', '@', '=', '%', '$', '(', '[', '"', '\''];

/// What stands between the braces.
enum Tag {
    Name(Name),
    If(Name),
    Else,
    EndIf,
}

/// An `#if` that is open.
struct Open {
    name: Name,
    then: Vec<Piece>,
    otherwise: Option<Vec<Piece>>,
    line: usize,
    column: usize,
}

/// A text under way.
pub(super) struct Scanner<'a> {
    rest: &'a str,
    allowed: &'a [Name],
    line: usize,
    column: usize,
    parts: Vec<Part>,
    open: Option<Open>,
    /// How many bytes were looked at; a test holds it against the length.
    pub(super) steps: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(source: &'a str, allowed: &'a [Name]) -> Self {
        Self { rest: source, allowed, line: 1, column: 1, parts: vec![], open: None, steps: 0 }
    }

    /// All parts of the text.
    pub(super) fn read(mut self) -> Result<Vec<Part>, OwnWordsProblem> {
        self.run()?;
        Ok(self.parts)
    }

    pub(super) fn run(&mut self) -> Result<(), OwnWordsProblem> {
        while let Some(begin) = self.rest.find("{{") {
            let text = self.take(begin);
            self.put(Piece::Text(text.to_owned()));
            self.tag()?;
        }
        let text = self.take(self.rest.len());
        self.put(Piece::Text(text.to_owned()));
        match &self.open {
            None => Ok(()),
            Some(Open { line, column, .. }) => {
                Err(OwnWordsProblem { line: *line, column: *column, fault: Fault::IfNotClosed })
            }
        }
    }

    /// One tag; the rest begins with its braces.
    fn tag(&mut self) -> Result<(), OwnWordsProblem> {
        if self.rest.starts_with("{{{") {
            return Err(self.problem(Fault::ThreeBraces));
        }
        let near = self.rest.get(..self.rest.floor_char_boundary(LONGEST_TAG)).unwrap_or_default();
        self.steps += near.len();
        let line = near.split('\n').next().unwrap_or_default();
        let inside = line.get(2..).and_then(|inside| inside.split_once("}}")).map(|(inside, _)| inside);
        let Some(inside) = inside else { return Err(self.problem(Fault::NotClosed)) };
        let tag = tag(inside.trim(), self.allowed).map_err(|fault| self.problem(fault))?;
        self.apply(tag)?;
        self.take(inside.len() + 4);
        Ok(())
    }

    fn apply(&mut self, tag: Tag) -> Result<(), OwnWordsProblem> {
        match (tag, self.open.take()) {
            (Tag::Name(name), open) => {
                self.open = open;
                self.put(Piece::Name(name));
            }
            (Tag::If(name), None) => {
                let (line, column) = (self.line, self.column);
                self.open = Some(Open { name, then: vec![], otherwise: None, line, column });
            }
            (Tag::If(_), Some(_)) => return Err(self.problem(Fault::Nested)),
            (Tag::Else, Some(open)) if open.otherwise.is_none() => {
                self.open = Some(Open { otherwise: Some(vec![]), ..open });
            }
            (Tag::Else, _) => return Err(self.problem(Fault::WithoutIf("else"))),
            (Tag::EndIf, Some(Open { name, then, otherwise, .. })) => {
                let otherwise = otherwise.unwrap_or_default();
                self.parts.push(Part::If { name, then, otherwise });
            }
            (Tag::EndIf, None) => return Err(self.problem(Fault::WithoutIf("/if"))),
        }
        Ok(())
    }

    fn put(&mut self, piece: Piece) {
        if piece == Piece::Text(String::new()) {
            return;
        }
        match &mut self.open {
            None => self.parts.push(Part::Always(piece)),
            Some(open) => open.otherwise.as_mut().unwrap_or(&mut open.then).push(piece),
        }
    }

    /// Goes on by some bytes.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.steps += taken.len();
        for c in taken.chars() {
            if c == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            } else {
                self.column += 1;
            }
        }
        self.rest = rest;
        taken
    }

    fn problem(&self, fault: Fault) -> OwnWordsProblem {
        OwnWordsProblem { line: self.line, column: self.column, fault }
    }
}

/// Reads what stands between the braces.
fn tag(inside: &str, allowed: &[Name]) -> Result<Tag, Fault> {
    let mut words = inside.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("#if"), Some(word), None) => match name(word, allowed)? {
            name if name.may_be_absent() => Ok(Tag::If(name)),
            name => Err(Fault::AlwaysThere(name)),
        },
        (None, ..) | (Some("#if"), None, _) => Err(Fault::Empty),
        (Some("else"), None, _) => Ok(Tag::Else),
        (Some("else"), Some("if"), _) => Err(Fault::Nested),
        (Some("/if"), None, _) => Ok(Tag::EndIf),
        (Some(word), None, _) => name(word, allowed).map(Tag::Name),
        _ => Err(refused(inside)),
    }
}

fn name(word: &str, allowed: &[Name]) -> Result<Name, Fault> {
    match Name::ALL.into_iter().find(|name| name.word() == word) {
        Some(name) if allowed.contains(&name) => Ok(name),
        Some(name) => Err(Fault::NotHere(name)),
        None if word.contains(SIGNS) || word.starts_with(['#', '/']) || word.contains("..") => {
            Err(refused(word))
        }
        None => Err(Fault::Unknown {
            written: word.to_owned(),
            near: nearest(word, allowed),
            known: allowed.to_vec(),
        }),
    }
}

/// What is said about a tag of another language.
fn refused(inside: &str) -> Fault {
    match inside.chars().next() {
        Some(sign) if SIGNS.contains(&sign) => Fault::Sign(sign),
        _ if inside.starts_with("..") => Fault::Sign('.'),
        _ => match inside.chars().find(|c| SIGNS.contains(c)) {
            Some(sign) => Fault::Sign(sign),
            None => Fault::NoSuchBlock(inside.to_owned()),
        },
    }
}

fn nearest(word: &str, allowed: &[Name]) -> Option<Name> {
    let lower = word.to_lowercase();
    let distance = |name: &Name| strsim::damerau_levenshtein(&lower, name.word());
    let near = allowed.iter().min_by_key(|name| distance(name))?;
    (distance(near) <= 1 + near.word().len() / 4).then_some(*near)
}
