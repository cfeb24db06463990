//! What a page about a survey gives along: the report of its period and filters as a file, with the same figures.

use actix_web::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use survey_forms::language::{Language, negotiate};

use super::door::{Inside, Visit};
use super::right::Read;
use super::survey_address::{asked, base, kind, period};
use super::{Fields, field};
use crate::service::desk::comments::Wanted;
use crate::service::desk::{ChartFormat, chart_file, take_report};
use crate::service::report_file::{Format, Wishes};

/// The ends of the addresses, with what they are called: what is asked of a CSV for a spreadsheet stands in the query.
const FILES: [(Format, &str, &str); 5] = [
    (Format::Pdf, "", "PDF"),
    (Format::Xlsx, "", "Excel workbook"),
    (Format::Csv, "preset=excel", "CSV for Excel"),
    (Format::Csv, "", "CSV for programs"),
    (Format::Html, "", "Page to keep or print"),
];

/// A file that can be taken along.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FileLink {
    name: &'static str,
    path: String,
}

/// The files of a page: its survey, the end of its address, and what leads to its period and filters.
pub(super) fn files(key: &str, end: &str, query: &str) -> Vec<FileLink> {
    // What the page splits, its file splits.
    let by = match end {
        "channels" => "by=contact_channel",
        "places" => "by=place",
        "trend" => "by=month",
        _ => "",
    };
    let link = |(format, wish, name): (Format, &str, &'static str)| {
        let parts = [query.trim_start_matches('?'), by, wish];
        let query = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        FileLink { name, path: format!("{}/report.{}{mark}{query}", base(key), format.name()) }
    };
    FILES.into_iter().filter(|(format, ..)| format.is_built()).map(link).collect()
}

/// Sends a file.
pub async fn report(visit: Inside<Read>, path: web::Path<(String, String)>) -> HttpResponse {
    let request = &visit.request;
    let (key, format) = path.into_inner();
    let format = Format::parse(&format).filter(|format| *format != Format::Json && format.is_built());
    let Some(format) = format else { return visit.nothing() };
    let fields: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let text = |name: &str| field(&fields, name).map(str::to_owned);
    let preset = text("preset");
    // A spreadsheet reads decimals as its owner's language writes them; the browser's is the best that is known of it.
    let of_browser = || preset.as_ref().and_then(|_| accepted(request));
    let locale = text("locale").or_else(|| of_browser().map(|language| language.tag().to_owned()));
    let wishes = Wishes { locale, labels: text("labels"), prefers: accepted(request), preset };
    let (asked, by) = (asked(&fields), text("by"));
    let file =
        visit.run(move |services, scope| take_report(services, scope, &key, &asked, by, &wishes, format));
    match file.await {
        Ok(file) => HttpResponse::Ok()
            .content_type(file.media_type)
            .insert_header((CACHE_CONTROL, "private, no-store"))
            .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)))
            .body(file.bytes),
        Err(error) => visit.failed(&error),
    }
}

/// Sends a chart of a page as a drawing that stands alone, or its values as CSV; `file` is `<name>.svg` or `<name>.csv`.
pub(super) async fn chart(visit: &Visit, key: String, (page, file): (&str, &str)) -> HttpResponse {
    let parts = file.rsplit_once('.').and_then(|(name, end)| match end {
        "svg" => Some((name, end, ChartFormat::Svg, "image/svg+xml")),
        "csv" => Some((name, end, ChartFormat::Csv, "text/csv; charset=utf-8; header=present")),
        _ => None,
    });
    let (Some((name, end, format, media_type)), Some((_, kind))) = (parts, kind(page, Wanted::default()))
    else {
        return visit.nothing();
    };
    let fields: Fields = serde_urlencoded::from_str(visit.request.query_string()).unwrap_or_default();
    let mut wanted = asked(&fields);
    wanted.period = period(&kind, wanted.period);
    let (survey, chart) = (key.clone(), name.to_owned());
    let made = visit
        .run(move |services, scope| chart_file(services, scope, &survey, &kind, &wanted, (&chart, format)));
    let bytes = match made.await {
        Ok(bytes) => bytes,
        Err(error) => return visit.failed(&error),
    };
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // A drawing that is opened by its address runs nothing and loads nothing.
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{key}_{name}.{end}\"")))
        .body(bytes)
}

/// The language that a browser wants most, of those whose numbers we know to write.
fn accepted(request: &HttpRequest) -> Option<Language> {
    let wanted = request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    negotiate(wanted, &Language::ALL)
}
