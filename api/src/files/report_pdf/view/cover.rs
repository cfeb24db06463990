//! The first page: what the report covers, and what was found, in words.

use jiff::civil::Date;
use survey_forms::render::Put;

use super::splits::{clearest, verdict};
use super::{Sheet, expected, level_name};
use crate::files::report_pdf::plain::plain;
use crate::report::render::{Between, Entry, Unit, clearly_low, with_range};
use crate::report::{Difference, Reading, difference};

/// A day in the language's long form.
pub fn day(sheet: &Sheet<'_>, day: Date) -> String {
    let long = sheet.work.language.long_date(day.year(), day.month(), day.day());
    long.unwrap_or_else(|| day.to_string())
}

/// The period in words.
pub fn period(sheet: &Sheet<'_>) -> String {
    let scope = &sheet.work.scope;
    let from = scope.from.map(|from| day(sheet, from));
    let until = scope.to.map(|to| day(sheet, to.yesterday().unwrap_or(to)));
    match (&from, &until) {
        (None, None) => sheet.says.text("period-all"),
        (Some(from), None) => sheet.says.with("period-from", &[("from", Put::Words(from))]),
        (None, Some(until)) => sheet.says.with("period-until", &[("until", Put::Words(until))]),
        (Some(from), Some(until)) => {
            sheet.says.with("period-span", &[("from", Put::Words(from)), ("until", Put::Words(until))])
        }
    }
}

/// The filters but for the period: names and values.
pub fn filters(sheet: &Sheet<'_>) -> Vec<[String; 2]> {
    let says = sheet.says;
    let told = |(name, value): &(String, String)| {
        let label = match name.as_str() {
            "channel" => says.text("label-channel"),
            "contact_channel" => says.text("label-contact"),
            "place" => says.text("label-place"),
            "language" => says.text("label-language"),
            "careless" => says.text("label-careless"),
            segment => plain(segment),
        };
        let value = match (name.as_str(), value.as_str()) {
            ("careless", "out") => says.text("careless-out"),
            ("careless", _) => says.text("careless-in"),
            (split, level) => level_name(says, split, level),
        };
        [label, says.name(&value)]
    };
    sheet.work.scope.filters.iter().filter(|(name, _)| name != "by").map(told).collect()
}

/// The scope as it stands on every page: period, filters, day.
pub fn on_every_page(sheet: &Sheet<'_>) -> Vec<[String; 2]> {
    let mut rows = vec![[sheet.says.text("label-period"), period(sheet)]];
    rows.extend(filters(sheet));
    rows.push([sheet.says.text("label-made"), day(sheet, sheet.work.day)]);
    rows
}

/// What the report covers.
pub fn scope(sheet: &Sheet<'_>) -> Vec<[String; 2]> {
    let says = sheet.says;
    let dictionary = sheet.work.dictionary;
    let mut rows = vec![
        [says.text("label-survey"), says.name(&plain(&dictionary.survey))],
        [says.text("label-period"), period(sheet)],
    ];
    let filters = filters(sheet);
    if filters.is_empty() {
        rows.push([says.text("label-filters"), says.text("no-filter")]);
    }
    rows.extend(filters);
    if let Some(n) = sheet.total().quality_score().and_then(|one| one.n()) {
        rows.push([says.text("label-answers"), says.count(n)]);
    }
    rows.push([says.text("label-made"), day(sheet, sheet.work.day)]);
    rows
}

/// The findings, one sentence each.
pub fn found(sheet: &Sheet<'_>) -> Vec<String> {
    let mut found = vec![quality(sheet), change(sheet), dimensions(sheet)];
    let splits = ["contact_channel", "channel"].into_iter();
    found.extend(splits.filter_map(|split| {
        let between = Between::of(&sheet.by(split)?.total, &sheet.words, split, "quality")?;
        let verdict = verdict(sheet, split, &between);
        let clearest = clearest(sheet, &between).filter(|_| between.verdict() == Some("not_enough_data"));
        Some(clearest.map_or(verdict.clone(), |clearest| format!("{verdict} {clearest}")))
    }));
    found.extend(expected::finding(sheet));
    found.push(rate(sheet));
    found
}

fn quality(sheet: &Sheet<'_>) -> String {
    let said = sheet.says.score(sheet.total().quality_score().as_ref());
    if said.known {
        sheet.says.with("found-quality", &said.put(&sheet.says.answers(said.count())))
    } else {
        sheet.says.with("found-no-quality", &[("reason", Put::Words(&said.range))])
    }
}

/// How quality moved against the period before.
pub fn change(sheet: &Sheet<'_>) -> String {
    let says = sheet.says;
    let Some(before) = sheet.work.before else { return says.text("change-nothing") };
    let (now, was) = (sheet.total().quality_score(), before.total.quality_score());
    let Some(moved) = difference(now.as_ref(), was.as_ref()) else { return says.text("change-few") };
    change_sentence(sheet, &moved)
}

/// A change as a sentence.
pub fn change_sentence(sheet: &Sheet<'_>, moved: &Difference) -> String {
    let says = sheet.says;
    let (value, range) = says.moved(moved);
    let key = match () {
        () if moved.is_higher() => "change-higher",
        () if moved.is_lower() => "change-lower",
        () => "change-none",
    };
    says.with(key, &[("change", Put::Words(&value)), ("range", Put::Words(&says.likely(&range)))])
}

/// Which dimensions are clearly low.
pub fn dimensions(sheet: &Sheet<'_>) -> String {
    let (says, entries) = (sheet.says, sheet.entries());
    let one = |key: &str, name: &str, reading: Option<&Reading<'_>>| {
        let said = says.score(reading);
        let answers = says.answers(said.count());
        let mut put = vec![("name", Put::Name(name))];
        put.extend(said.put(&answers));
        says.with(key, &put)
    };
    match (clearly_low(&entries).as_slice(), with_range(&entries).as_slice()) {
        (_, [] | [_]) => says.text("found-no-dimensions"),
        ([low], _) => one("found-weakest", low.name, low.reading.as_ref()),
        ([low, next], _) => {
            let told = |entry: &Entry<'_>| {
                format!("{} ({})", says.name(entry.name), says.score(entry.reading.as_ref()).whole(says))
            };
            says.with("found-two", &[("first", Put::Words(&told(low))), ("second", Put::Words(&told(next)))])
        }
        (_, [low, ..]) => one("found-lowest", low.name, low.reading.as_ref()),
    }
}

/// The response rate.
pub fn rate(sheet: &Sheet<'_>) -> String {
    let says = sheet.says;
    let Some(rate) = &sheet.work.report.response_rate else {
        return says.text(if sheet.work.scope.is_open { "open-link" } else { "no-rate" });
    };
    let said = says.figure(Reading::of(&rate.rate).as_ref(), Unit::SHARE, 0);
    if !said.known {
        return says.with("found-no-rate", &[("reason", Put::Words(&said.range))]);
    }
    let (answered, asked) = (says.count(rate.answered), says.count(rate.sent.saturating_sub(rate.bounced)));
    says.with(
        "found-rate",
        &[
            ("answered", Put::Words(&answered)),
            ("asked", Put::Words(&asked)),
            ("share", Put::Words(&said.value)),
            ("range", Put::Words(&said.likely)),
        ],
    )
}
