//! How the numbers were made: sources, conventions and what is withheld.

use serde::Serialize;
use serde_json::Value;

use crate::report::Report;
use crate::report::render::wording::{capital, count, counted, spaced};

/// The notes at the end of the page.
#[derive(Debug, Serialize)]
pub(super) struct Method {
    facts: Vec<Fact>,
    conventions: Vec<Fact>,
    suppressed: Suppressed,
}

#[derive(Debug, Serialize)]
struct Fact {
    name: String,
    text: String,
}

#[derive(Debug, Default, Serialize)]
struct Suppressed {
    sentence: String,
    paths: Vec<String>,
}

/// Reads the notes out of a report.
pub(super) fn method(report: &Report) -> Method {
    let about = &report.about;
    let fact = |name: &str, text: Option<String>| text.map(|text| Fact { name: name.to_owned(), text });
    let facts = [
        fact("Computed by", Some(format!("Laatu {}", about.version)).filter(|_| !about.version.is_empty())),
        fact("Answers up to", about.as_of.clone()),
        fact("Collected by", about.collection_mode.as_deref().map(spaced)),
        fact("Filters", about.filters.as_ref().and_then(filters)),
        fact("Rows read", about.rows.map(count)),
        fact("Unfinished forms that count with their saved pages", about.unfinished.map(count)),
        fact("SHA-256 of the data", about.input_sha256.clone()),
        fact("SHA-256 of the map", about.map_sha256.clone()),
    ];
    let conventions = about.conventions.iter().map(|(name, text)| Fact {
        name: capital(&spaced(name)),
        text: text.as_str().map_or_else(|| text.to_string(), ToOwned::to_owned),
    });
    Method {
        facts: facts.into_iter().flatten().collect(),
        conventions: conventions.collect(),
        suppressed: suppressed(report),
    }
}

fn suppressed(report: &Report) -> Suppressed {
    let paths = &report.about.suppressed;
    let Some(minimum) = report.about.minimum_people.filter(|_| !paths.is_empty()) else {
        return Suppressed::default();
    };
    let parts = counted(paths.len() as u64, "part is", "parts are");
    let sentence = format!(
        "{parts} not shown because fewer than {minimum} people stand behind them, or because so few could be \
         told apart by comparing figures."
    );
    Suppressed { sentence, paths: paths.clone() }
}

/// The filters as "name value" pairs; nothing when none was set.
fn filters(filters: &Value) -> Option<String> {
    let set = filters.as_object()?.iter().filter(|(_, value)| !value.is_null());
    let words: Vec<String> = set
        .map(|(name, value)| match value.as_str() {
            Some(text) => format!("{} {text}", spaced(name)),
            None => format!("{} {value}", spaced(name)),
        })
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}
