//! How the numbers were made: in sentences, and the versions that others need to make them again.

use survey_forms::render::Put;

use super::{Sheet, cover};
use crate::files::report_pdf::blocks::{Block, Section};
use crate::files::report_pdf::plain::plain;

/// The sentences, in their order.
const SENTENCES: [&str; 8] = [
    "method-score",
    "method-quality",
    "method-range",
    "method-always",
    "method-change",
    "method-weak",
    "method-alpha",
    "method-careless",
];

/// The part.
pub fn section(sheet: &Sheet<'_>) -> Section {
    let says = sheet.says;
    let mut texts: Vec<String> = SENTENCES.iter().map(|key| says.text(key)).collect();
    texts.push(hidden(sheet));
    let blocks = vec![Block::List { texts }, Block::Facts { rows: facts(sheet) }];
    Section::on_new_page(says.text("method-heading"), blocks)
}

/// What is not shown, and how many parts that are.
fn hidden(sheet: &Sheet<'_>) -> String {
    let about = &sheet.work.report.about;
    let Some(least) = about.minimum_people else { return sheet.says.text("method-open") };
    let least = sheet.says.count(least);
    let parts = about.suppressed.len() as u64;
    sheet.says.with("method-hidden", &[("least", Put::Words(&least)), ("count", Put::Count(parts))])
}

fn facts(sheet: &Sheet<'_>) -> Vec<[String; 2]> {
    let (says, work) = (sheet.says, sheet.work);
    let dictionary = work.dictionary;
    let version = dictionary.version.to_string();
    let version = says.with(
        "version",
        &[("name", Put::Name(&plain(&dictionary.instrument))), ("version", Put::Words(&version))],
    );
    let about = &work.report.about;
    let mut rows = vec![
        [says.text("label-instrument"), version],
        [says.text("label-program"), says.name(&format!("Laatu {}", about.version))],
        [says.text("label-made"), cover::day(sheet, work.day)],
        [says.text("label-zone"), says.name(work.zone)],
        [says.text("label-period"), cover::period(sheet)],
    ];
    rows.extend(about.unfinished.map(|n| [says.text("label-unfinished"), says.count(n)]));
    rows.push([says.text("label-fingerprint"), work.fingerprint.to_owned()]);
    rows
}
