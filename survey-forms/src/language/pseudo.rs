//! A language for tests alone: English with accents, 40 % longer, in brackets, made when a test asks for it.
//!
//! In it a text that does not come from a catalogue or an instrument stands out, because it has no brackets. Not
//! a [`Language`]: a test switches it on for its own thread, and English is then shown in it.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::LazyLock;

use super::Language;
use super::catalogue::{Arg, Bundle, bundle, format_in, sources};
use crate::instrument::Instrument;

/// What every text begins with.
pub(crate) const OPENS: char = '⟦';
/// What every text ends with.
pub(crate) const CLOSES: char = '⟧';

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
}

static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let mut bundle = bundle(Language::ENGLISH, sources(Language::ENGLISH));
    bundle.set_transform(Some(|text| Cow::Owned(longer(text))));
    bundle
});

/// Whether texts of this thread come in the pseudo language.
pub(crate) fn is_on() -> bool {
    IS_ON.get()
}

/// Runs this with all texts in the pseudo language.
pub(crate) fn speaking<T>(work: impl FnOnce() -> T) -> T {
    IS_ON.set(true);
    let done = work();
    IS_ON.set(false);
    done
}

/// A text of the catalogue in the pseudo language.
pub(crate) fn text(key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    format_in(&BUNDLE, key, args).map(|text| format!("{OPENS}{text}{CLOSES}"))
}

/// An instrument file whose English words are in the pseudo language, and which has no other.
pub(crate) fn instrument(source: &str) -> Instrument {
    let mut file: toml::Table = source.parse().unwrap();
    for table in ["wording", "text"] {
        file[table].as_table_mut().unwrap().retain(|tag, _| tag == "en");
    }
    translate(&mut file["text"]);
    // The words yes and no come from the catalogue when the file is read.
    speaking(|| Instrument::parse(&file.to_string())).unwrap_or_else(|problems| panic!("{problems}"))
}

fn translate(value: &mut toml::Value) {
    match value {
        toml::Value::String(words) => *words = label(words),
        toml::Value::Array(values) => values.iter_mut().for_each(translate),
        toml::Value::Table(table) => table.iter_mut().for_each(|(_, value)| translate(value)),
        _ => {}
    }
}

/// Words of an instrument; the number that a label begins with stays as it is.
fn label(words: &str) -> String {
    let (number, rest) = words.split_at(words.find(char::is_alphabetic).unwrap_or(words.len()));
    if rest.is_empty() { number.to_owned() } else { format!("{number}{OPENS}{}{CLOSES}", longer(rest)) }
}

/// The same words with accents, and 40 % longer, rounded up.
fn longer(words: &str) -> String {
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    words.chars().map(accented).chain(std::iter::repeat_n('~', (letters * 2).div_ceil(5))).collect()
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "aceginorsuyACEGINORSUY";
    const ACCENTED: &str = "áçéğíñóŕšúýÁÇÉĞÍÑÓŔŠÚÝ";
    PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == letter).map_or(letter, |(_, other)| other)
}

#[test]
fn the_pseudo_language_is_accented_longer_and_in_brackets() {
    let said = |key| super::catalogue::text(Language::ENGLISH, key, &[]);
    assert_eq!(speaking(|| said("back")), "⟦Báçk~~⟧");
    assert_eq!(said("back"), "Back");
    assert_eq!(label("10 – extremely likely"), "10 – ⟦éxtŕémélý líkélý~~~~~~⟧");
    assert_eq!(label("7"), "7");
}
