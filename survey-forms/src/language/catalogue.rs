//! The words of pages and mails, from the Fluent files in `languages/`.
//!
//! Question wordings are not here; they belong to the instrument files. Called by the renderers.

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

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<Bundle>> =
    LazyLock::new(|| Language::ALL.into_iter().map(|language| bundle(language, sources(language))).collect());

/// The Fluent sources of a language, by file name.
fn sources(language: Language) -> [(&'static str, &'static str); 2] {
    macro_rules! files {
        ($tag:literal) => {
            [
                ("pages.ftl", include_str!(concat!("../../languages/", $tag, "/pages.ftl"))),
                ("mail.ftl", include_str!(concat!("../../languages/", $tag, "/mail.ftl"))),
            ]
        };
    }
    match language.index() {
        1 => files!("fi"),
        2 => files!("hu"),
        3 => files!("pl"),
        _ => files!("en"),
    }
}

/// Builds one language's bundle; a file with a broken entry still gives its sound ones (tests refuse both).
fn bundle(language: Language, sources: [(&str, &str); 2]) -> Bundle {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // All shipped languages are written left to right, and direction marks around a variable would be
    // copied along with an order number or spoil a subject line.
    bundle.set_use_isolating(false);
    for (_, source) in sources {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn format(language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let bundle = BUNDLES.get(language.index())?;
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Message keys with the variables that stand in their texts.
    ///
    /// Fluent puts every message at the start of a line, its text may go on in indented lines, and a line
    /// that begins with `#` is a comment.
    fn entries(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
                line.split('=').next().unwrap().trim().clone_into(&mut current);
                assert!(found.insert(current.clone(), BTreeSet::new()).is_none(), "{current} stands twice");
            }
            for piece in line.split('$').skip(1) {
                let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(piece.len());
                found.get_mut(&current).unwrap().insert(piece[..end].to_owned());
            }
        }
        found
    }

    /// What a language lacks or has too much, against English.
    fn differences(language: Language) -> Vec<String> {
        let mut problems = Vec::new();
        for ((file, ours), (_, english)) in sources(language).into_iter().zip(sources(Language::ENGLISH)) {
            let (ours, english) = (entries(ours), entries(english));
            for (key, variables) in &english {
                match ours.get(key) {
                    None => problems.push(format!("{language}/{file}: {key} is missing")),
                    Some(found) if found != variables => {
                        problems
                            .push(format!("{language}/{file}: {key} has {found:?} instead of {variables:?}"));
                    }
                    Some(_) => {}
                }
            }
            let extra = ours.keys().filter(|key| !english.contains_key(*key));
            problems.extend(extra.map(|key| format!("{language}/{file}: {key} is not in English")));
        }
        problems
    }

    #[test]
    fn all_catalogues_have_the_same_keys_and_variables() {
        let problems: Vec<String> = Language::ALL.into_iter().flat_map(differences).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    /// Everything that may ask for a text: the renderers and the templates.
    fn askers() -> String {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let below = |name: &str| std::fs::read_dir(folder.join(name)).unwrap();
        ["src/render", "templates/page", "templates/mail"]
            .into_iter()
            .flat_map(below)
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
            .collect()
    }

    #[test]
    fn every_key_is_asked_for_somewhere() {
        let askers = askers();
        for (file, source) in sources(Language::ENGLISH) {
            for key in entries(source).keys() {
                assert!(askers.contains(&format!("\"{key}\"")), "{file}: nothing uses {key}");
            }
        }
    }

    #[test]
    fn variables_are_filled_in_and_counts_choose_their_words() {
        assert_eq!(text(Language::ENGLISH, "back", &[]), "Back");
        assert_eq!(text(Language::ENGLISH, "time-left", &[("minutes", 1_u32.into())]), "about a minute left");
    }

    #[test]
    fn every_catalogue_is_sound_fluent() {
        for language in Language::ALL {
            for (file, source) in sources(language) {
                if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
                    panic!("{language}/{file}: {errors:?}");
                }
            }
        }
    }

    #[test]
    fn every_message_can_be_formatted_with_any_count() {
        for language in Language::ALL {
            for (file, source) in sources(language) {
                for (key, variables) in entries(source) {
                    for count in [0_u32, 1, 2, 5, 22, 25] {
                        let args: Vec<(&str, Arg)> =
                            variables.iter().map(|v| (v.as_str(), count.into())).collect();
                        let text = format(language, &key, &args);
                        assert!(text.is_some_and(|text| !text.trim().is_empty()), "{language}/{file}: {key}");
                    }
                }
            }
        }
    }

    #[test]
    fn plural_rules_follow_the_language() {
        let source = "n = { $n ->\n    [one] one\n    [few] few\n    [many] many\n   *[other] other\n}\n";
        let forms = |language: Language| -> Vec<String> {
            let bundle = bundle(language, [("", source), ("", "")]);
            let pattern = bundle.get_message("n").unwrap().value().unwrap();
            [1_u32, 2, 5, 12, 22, 25]
                .into_iter()
                .map(|n| {
                    let args = FluentArgs::from_iter([("n", FluentValue::from(n))]);
                    bundle.format_pattern(pattern, Some(&args), &mut vec![]).into_owned()
                })
                .collect()
        };
        let two_forms = ["one", "other", "other", "other", "other", "other"];
        assert_eq!(forms(Language::FINNISH), two_forms);
        assert_eq!(forms(Language::HUNGARIAN), two_forms);
        assert_eq!(forms(Language::ENGLISH), two_forms);
        assert_eq!(forms(Language::POLISH), ["one", "few", "many", "many", "few", "many"]);
    }

    #[test]
    fn an_unknown_key_comes_back_as_it_is() {
        assert_eq!(text(Language::POLISH, "no-such-key", &[]), "no-such-key");
    }
}
