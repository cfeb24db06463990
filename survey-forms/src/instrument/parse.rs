//! From an instrument file to an [`Instrument`], or to everything that is wrong with it.
//!
//! `structure` and `words` read the two halves of the file; here they are joined.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::DeTable;

use super::kinds::{EmptyKind, ItemKind};
use super::model::{Block, Comment, EmptyChoice, Instrument, Item, PerLanguage, Scale};
use super::problem::{Problem, Problems, Severity};
use super::reader::{Reader, Table};
use super::section_join;
use super::structure::{self, ItemShape, Structure};
use super::words::{self, Words};
use crate::language::Language;

/// The file format that this version reads.
const FORMAT: u32 = 1;

/// No questionnaire is longer; a larger file is refused before it is read.
const MOST_BYTES: usize = 512 * 1024;

const FIELDS: [&str; 12] = [
    "format", "key", "version", "wording", "design", "scale", "empty", "block", "outcome", "order",
    "section", "text",
];

impl Instrument {
    /// Reads an instrument file, or lists all of its problems.
    ///
    /// ```
    /// use survey_forms::instrument::Instrument;
    ///
    /// let problems = Instrument::parse("format = 1\nkeey = \"x\"").unwrap_err();
    /// assert!(problems.to_string().contains("line 2: keey: unknown field, did you mean \"key\"?"));
    /// ```
    pub fn parse(source: &str) -> Result<Instrument, Problems> {
        if source.len() > MOST_BYTES {
            let message = format!("the file has more than {MOST_BYTES} bytes");
            return Err(single(1, message));
        }
        let document = DeTable::parse(source).map_err(|error| syntax_problem(source, &error))?;
        let root = Table::root(document.get_ref());
        let mut reader = Reader::new(source);
        let instrument = read_file(&mut reader, &root);
        let problems = reader.finish();
        match instrument {
            Some(instrument) if problems.is_empty() => Ok(instrument),
            _ => Err(Problems(problems)),
        }
    }
}

fn syntax_problem(source: &str, error: &toml::de::Error) -> Problems {
    let at = error.span().map_or(0, |span| span.start);
    let line = 1 + source.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
    single(line, format!("this is not TOML: {}", error.message().replace('\n', ", ")))
}

fn single(line: usize, message: String) -> Problems {
    Problems(vec![Problem { line, key: String::new(), message, severity: Severity::Error }])
}

/// Reads the whole file; `None` only together with problems in the reader.
fn read_file(reader: &mut Reader, root: &Table) -> Option<Instrument> {
    reader.only(root, &FIELDS);
    let format = reader.number(root, "format", 1..=u32::MAX);
    if let Some(format) = format.filter(|format| format.value != FORMAT) {
        reader.wrong(&format, format!("this version of Laatu reads format {FORMAT} only"));
    }
    let key = reader.name(root, "key", '-');
    let version = reader.number(root, "version", 1..=999_999);
    let wording = words::read_wording(reader, root);
    let structure = structure::read(reader, root);
    let words = words::read(reader, root, &structure, &wording);
    let (key, version) = (key?.value, version?.value);
    let languages = wording.iter().map(|(language, _)| *language).collect();
    let names = per_language(&words, |words| words.name.clone());
    let scales = join_scales(&structure, &words);
    let empties = join_empties(&structure, &words);
    let mut items = join_items(&structure, &words, &scales, &empties)?;
    let blocks = join_blocks(&structure, &words, &items);
    let (sections, questions) = section_join::join(&structure, &words, &empties, &mut items)?;
    let comment = structure.comment.map(|comment| Comment {
        texts: looked_up(&words, |words| &words.items, &comment.key),
        key: comment.key,
        lengths: comment.lengths,
    });
    Some(Instrument {
        key,
        version,
        design: structure.design,
        wording,
        languages,
        names,
        scales,
        empties,
        blocks,
        items,
        comment,
        orders: structure.orders,
        modules: Vec::new(),
        sections,
        questions,
    })
}

/// The items in packed order; `None` when one names a scale or choice that is not there.
fn join_items(
    structure: &Structure,
    words: &[(Language, Words)],
    scales: &[Arc<Scale>],
    empties: &[Arc<EmptyChoice>],
) -> Option<Vec<Item>> {
    let join = |shape: &ItemShape| {
        let scale = scales.iter().find(|scale| scale.key == shape.scale)?;
        let empty = empties.iter().find(|empty| empty.key == shape.empty)?;
        Some(join_item(shape, scale, empty, words))
    };
    structure.items.iter().map(join).collect()
}

/// The blocks, each with the places of its items; items stand in the order of their blocks.
fn join_blocks(structure: &Structure, words: &[(Language, Words)], items: &[Item]) -> Vec<Block> {
    let mut start = 0;
    let mut blocks = Vec::with_capacity(structure.blocks.len());
    for (place, shape) in structure.blocks.iter().enumerate() {
        let end = start + items.iter().filter(|item| item.block == Some(place)).count();
        blocks.push(Block {
            key: shape.key.clone(),
            facet: shape.facet,
            of: shape.of.clone(),
            items: start..end,
            names: looked_up(words, |words| &words.blocks, &shape.key),
            dimensions: looked_up(words, |words| &words.dimensions, &shape.key),
        });
        start = end;
    }
    blocks
}

fn join_item(
    shape: &ItemShape,
    scale: &Arc<Scale>,
    empty: &Arc<EmptyChoice>,
    words: &[(Language, Words)],
) -> Item {
    Item {
        key: shape.key.clone(),
        kind: ItemKind::Rating,
        block: shape.block,
        question: None,
        role: shape.role,
        scale: Arc::clone(scale),
        marker: shape.marker,
        reversed: shape.reversed,
        empty: Some(empty.kind),
        lengths: shape.lengths.clone(),
        empty_choice: Some(Arc::clone(empty)),
        texts: looked_up(words, |words| &words.items, &shape.key),
    }
}

fn join_scales(structure: &Structure, words: &[(Language, Words)]) -> Vec<Arc<Scale>> {
    let join = |shape: &structure::ScaleShape| Scale {
        key: shape.key.clone(),
        min: shape.min,
        max: shape.max,
        labels: per_language(words, |words| words.scales.get(&shape.key).cloned().unwrap_or_default()),
    };
    structure.scales.iter().map(join).map(Arc::new).collect()
}

fn join_empties(structure: &Structure, words: &[(Language, Words)]) -> Vec<Arc<EmptyChoice>> {
    let join = |(key, kind): &(String, EmptyKind)| EmptyChoice {
        key: key.clone(),
        kind: *kind,
        labels: looked_up(words, |words| &words.empties, key),
    };
    structure.empties.iter().map(join).map(Arc::new).collect()
}

pub(super) fn looked_up(
    words: &[(Language, Words)],
    group: impl Fn(&Words) -> &BTreeMap<String, String>,
    key: &str,
) -> PerLanguage<String> {
    per_language(words, |words| group(words).get(key).cloned().unwrap_or_default())
}

pub(super) fn per_language<T>(words: &[(Language, Words)], text: impl Fn(&Words) -> T) -> PerLanguage<T> {
    PerLanguage(words.iter().map(|(language, words)| (*language, text(words))).collect())
}
