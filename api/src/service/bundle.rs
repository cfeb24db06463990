//! The bundle of a survey: its responses, the report made from exactly these, and what reads both without laatu.
//!
//! Report and responses are of one read transaction; the responses are then read piece by piece up to its last position
//! and go out as they come. Called by `http::rest::bundles` and `laatu export bundle`.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::export::{Export, Format, Pieces, Request, bundle_name};
use super::once::in_read;
use super::read_report::{Depth, read_within};
use super::report_file::content_sha256;
use super::{Error, Result, Services, invalid};
use crate::domain::Micros;
use crate::files::bundle::{Archive, README, SCORES_PY, SCORES_R, Written, csvw, datapackage};
use crate::files::csv::Dialect;
use crate::files::report_csv::report_csv;
use crate::report::{Report, render, table};
use crate::store::OrgScope;

/// The responses' name in the archive.
const RESPONSES: &str = "responses.csv";

/// A bundle under way.
pub struct Bundle {
    archive: Option<Archive>,
    ready: VecDeque<(&'static str, Vec<u8>)>,
    export: Export,
    responses_begun: bool,
    responses_done: bool,
    manifest: Value,
    created: Micros,
    file_name: String,
}

impl Bundle {
    /// Reads the report and prepares the responses of the same moment; refuses readers without the right to rows.
    pub fn begin(services: &Services, scope: &OrgScope, key: &str, request: &Request) -> Result<Self> {
        let set = [
            ("preset", &request.preset),
            ("locale", &request.locale),
            ("revisions", &request.revisions),
            ("after", &request.after),
        ];
        if let Some((name, _)) = set.into_iter().find(|(_, value)| value.is_some()) {
            let words = format!("a bundle is exact and holds what counts; leave `{name}` out");
            return Err(invalid(&format!("?{name}"), "not_here", words));
        }
        in_read(services, |connection| {
            let export = Export::within(services, connection, scope, key, request, Format::Csv)?;
            let read = read_within(services, connection, scope, key, &request.filter, Depth::Whole)?;
            let content = content_sha256(&read.report)?;
            let created = services.now();
            Ok(Self {
                archive: Some(Archive::new(created.timestamp().to_zoned(jiff::tz::TimeZone::UTC).datetime())),
                ready: ready(&export, &read.report)?,
                manifest: manifest(&export, &read.report, &content, created),
                file_name: bundle_name(&export, &content),
                export,
                responses_begun: false,
                responses_done: false,
                created,
            })
        })
    }

    /// Writes the next file, or the next piece of the responses, and at the end what describes them.
    fn step(&mut self, services: &Services) -> Result<Option<Vec<u8>>> {
        let Some(archive) = &mut self.archive else { return Ok(None) };
        if let Some((name, bytes)) = self.ready.pop_front() {
            archive.file(name, &bytes).map_err(broken)?;
        } else if !self.responses_done {
            if !self.responses_begun {
                archive.begin(RESPONSES).map_err(broken)?;
                self.responses_begun = true;
            }
            if let Some(piece) = self.export.next(services)? {
                archive.append(&piece).map_err(broken)?;
            } else {
                archive.end();
                self.responses_done = true;
            }
        } else {
            return self.close().map(Some);
        }
        Ok(Some(archive.take()))
    }

    fn close(&mut self) -> Result<Vec<u8>> {
        let Some(mut archive) = self.archive.take() else { return Ok(Vec::new()) };
        if let Some(responses) = archive.written().iter().find(|file| file.name == RESPONSES).cloned() {
            let package = datapackage(self.export.dictionary(), &responses, &self.created.rfc3339());
            archive.file("datapackage.json", &pretty(&package)?).map_err(broken)?;
        }
        let files: Vec<&Written> = archive.written().iter().collect();
        if let Some(fields) = self.manifest.as_object_mut() {
            fields.insert("responses".to_owned(), self.export.rows().into());
            fields.insert("files".to_owned(), serde_json::to_value(files).map_err(broken)?);
        }
        archive.file("manifest.json", &pretty(&self.manifest)?).map_err(broken)?;
        archive.finish().map_err(broken)
    }
}

impl Pieces for Bundle {
    fn piece(&mut self, services: &Services) -> Result<Option<Vec<u8>>> {
        self.step(services)
    }

    fn file_name(&self) -> &str {
        &self.file_name
    }

    fn media_type(&self) -> &'static str {
        "application/zip"
    }
}

/// The files that are known before the first row is read.
fn ready(export: &Export, report: &Report) -> Result<VecDeque<(&'static str, Vec<u8>)>> {
    let json = render::json_compact(report).map_err(broken)? + "\n";
    let rows = table::rows(report).map_err(broken)?;
    Ok(VecDeque::from([
        ("README.txt", README.as_bytes().to_vec()),
        ("report.json", json.into_bytes()),
        ("report.csv", report_csv(&rows, Dialect::EXACT)),
        ("dictionary.csv", export.dictionary().csv()),
        ("csv-metadata.json", pretty(&csvw(export.dictionary()))?),
        ("scores.py", SCORES_PY.as_bytes().to_vec()),
        ("scores.R", SCORES_R.as_bytes().to_vec()),
    ]))
}

fn manifest(export: &Export, report: &Report, content: &str, created: Micros) -> Value {
    let dictionary = export.dictionary();
    json!({
        "made_by": concat!("laatu ", env!("CARGO_PKG_VERSION")),
        "created": created.rfc3339(),
        "as_of": report.about.as_of,
        "survey": dictionary.survey,
        "instrument": dictionary.instrument,
        "instrument_version": dictionary.version,
        "labels": dictionary.language,
        "filters": report.about.filters,
        "last_position": export.up_to(),
        "report_sha256": content,
        "report_sha256_is": "of the report's figures and filters without as_of, as compact JSON",
    })
}

fn pretty(value: &Value) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(broken)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Broken(error.to_string())
}
