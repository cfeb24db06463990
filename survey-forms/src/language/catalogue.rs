//! The words of pages and mails, from the Fluent files in `languages/`.
//!
//! Question wordings are not here; they belong to the instrument files. Called by the renderers. The tests in
//! `lint` refuse a catalogue that is not complete, not translated or too long for its places.

#[cfg(test)]
mod lint;
#[cfg(test)]
mod message;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Language;

/// A value that is put into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arg<'a> {
    /// Words that stand as they are, such as a shop's name or an order number.
    Text(&'a str),
    /// A count, which also chooses the plural form.
    Number(u64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Arg::Number(u64::from(number))
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Arg::Number(number as u64)
    }
}

/// A text in a language, with its variables filled in.
///
/// A key that the language lacks is taken from English; a key that no catalogue has is given back as it is
/// (a test renders every page in every language and looks for that).
pub(crate) fn text(language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    format(language, key, args)
        .or_else(|| format(Language::ENGLISH, key, args))
        .unwrap_or_else(|| key.to_owned())
}

pub(super) type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<Bundle>> =
    LazyLock::new(|| Language::ALL.into_iter().map(|language| bundle(language, sources(language))).collect());

/// The Fluent sources of a language, by file name.
pub(super) fn sources(language: Language) -> [(&'static str, &'static str); 8] {
    macro_rules! files {
        ($tag:literal) => {
            [
                ("pages.ftl", include_str!(concat!("../../languages/", $tag, "/pages.ftl"))),
                ("mail.ftl", include_str!(concat!("../../languages/", $tag, "/mail.ftl"))),
                ("own_data.ftl", include_str!(concat!("../../languages/", $tag, "/own_data.ftl"))),
                ("unsubscribe.ftl", include_str!(concat!("../../languages/", $tag, "/unsubscribe.ftl"))),
                ("short.ftl", include_str!(concat!("../../languages/", $tag, "/short.ftl"))),
                ("score.ftl", include_str!(concat!("../../languages/", $tag, "/score.ftl"))),
                ("report.ftl", include_str!(concat!("../../languages/", $tag, "/report.ftl"))),
                ("report_mail.ftl", include_str!(concat!("../../languages/", $tag, "/report_mail.ftl"))),
            ]
        };
    }
    match language.tag() {
        "fi" => files!("fi"),
        "sv" => files!("sv"),
        "et" => files!("et"),
        "de" => files!("de"),
        "hu" => files!("hu"),
        "pl" => files!("pl"),
        "ar" => files!("ar"),
        _ => files!("en"),
    }
}

/// Builds one language's bundle; a file with a broken entry still gives its sound ones (tests refuse both).
pub(super) fn bundle<'a>(
    language: Language,
    sources: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Bundle {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Fluent would set every variable apart with invisible characters, numbers too. Who fills a variable does
    // it where it is needed: `<bdi>` in HTML, `bidi::apart` in plain text.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number_writer(language)));
    for (_, source) in sources {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// How Fluent writes the numbers of a language; it takes a function that carries nothing along.
fn number_writer<M>(language: Language) -> fn(&FluentValue<'_>, &M) -> Option<String> {
    match language.index() {
        1 => write_number::<1, M>,
        2 => write_number::<2, M>,
        3 => write_number::<3, M>,
        4 => write_number::<4, M>,
        5 => write_number::<5, M>,
        6 => write_number::<6, M>,
        7 => write_number::<7, M>,
        _ => write_number::<0, M>,
    }
}

/// Writes a count in the language at this place of [`Language::ALL`]; leaves everything else to Fluent.
fn write_number<const PLACE: usize, M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let count = number.as_string().parse().ok()?;
    Language::ALL.get(PLACE).map(|language| language.number(count))
}

fn format(language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    #[cfg(test)]
    if super::pseudo::is_on() {
        return super::pseudo::text(key, args);
    }
    format_in(BUNDLES.get(language.index())?, key, args)
}

/// A text of one bundle; `None` when it has no such key or lacks a variable.
pub(super) fn format_in(bundle: &Bundle, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        values.set(*name, FluentValue::from(*value));
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

impl<'a> From<Arg<'a>> for FluentValue<'a> {
    fn from(arg: Arg<'a>) -> Self {
        match arg {
            Arg::Text(text) => FluentValue::from(text),
            Arg::Number(number) => FluentValue::from(number),
        }
    }
}
