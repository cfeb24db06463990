//! The export of responses through HTTP against a bare loop that writes the same rows of the same file, and what the
//! service holds in memory meanwhile.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Instant;

use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;
use jiff::tz::TimeZone;
use laatu::service::cells::fold::fold_survey;
use laatu::store::Target;
use laatu::store::schema::response;
use laatu_tests::bench::generate::{self, Answers, Plan};
use laatu_tests::bench::installation::{Installation, SURVEY};
use laatu_tests::bench::opinion::Opinions;
use laatu_tests::bench::process::Process;
use laatu_tests::bench::rounds::Middle;
use laatu_tests::bench::table::{Better, Figure, Ratio, Table};
use laatu_tests::program::Desk;

use super::options::Options;

/// Responses of the small export, to which the memory of the large one is held.
const FEW: u64 = 10_000;
/// MiB by which the peak may grow.
const GROWTH_MIB: f64 = 8.0;

/// A database with answers, and the key of who may see them.
struct Filled {
    desk: Desk,
    file: PathBuf,
    owner: String,
}

impl Filled {
    fn with(options: &Options, responses: u64) -> Self {
        let desk = Desk::new();
        let file = desk.folder().join("laatu.db");
        let installation = Installation::make(&Target::Sqlite(file.clone()), desk.folder());
        let opinions = Opinions::of(&installation.instrument);
        let plan = Plan::five_years(installation.survey.id, responses, options.seed);
        let answers = Answers::of(&opinions, plan, TimeZone::UTC);
        generate::write(&installation.services.store, &installation.scope, answers, |_| {});
        // Else the service folds meanwhile, and its memory would be counted as that of the export.
        let (services, scope, survey) = (&installation.services, &installation.scope, &installation.survey);
        fold_survey(services, scope, survey, &|| true).expect("the answers are folded");
        Self { owner: installation.owner.clone(), desk, file }
    }

    fn serve(&self) -> Process {
        Process::service(&self.desk, &format!("sqlite://{}", self.file.display()))
    }
}

/// Downloads everything; rows of a second.
fn download(service: &Process, owner: &str, expected: u64) -> f64 {
    let began = Instant::now();
    let mut stream = TcpStream::connect(service.address()).expect("the service takes connections");
    let request = format!(
        "GET /api/v1/surveys/{SURVEY}/responses.csv HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {owner}\r\n\
         connection: close\r\n\r\n",
        service.address()
    );
    stream.write_all(request.as_bytes()).expect("the request goes out");
    let (mut block, mut rows, mut last) = (vec![0; 1 << 16], 0_u64, [0; 5]);
    let mut is_first = true;
    loop {
        let read = stream.read(&mut block).expect("the export comes");
        let bytes = &block[..read];
        if is_first {
            assert!(bytes.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(bytes));
            is_first = false;
        }
        // Each row has one column of an instant, and only there does this stand.
        rows += bytes.split(|byte| *byte == b'Z').count() as u64 - 1;
        for byte in bytes.iter().rev().take(5).rev() {
            last.rotate_left(1);
            last[4] = *byte;
        }
        if read == 0 {
            break;
        }
    }
    assert_eq!(&last, b"0\r\n\r\n", "the export came to its end");
    assert_eq!(rows, expected, "each response is a row");
    rows as f64 / began.elapsed().as_secs_f64()
}

/// What a bare loop reads of a row.
type Bare = (Vec<u8>, i16, i64, i32, i16, i16, i32, String, i16, bool, Vec<u8>, i64);

/// Reads every row once and writes it as CSV into memory that is used again; rows of a second.
fn bare_loop(file: &std::path::Path) -> f64 {
    let mut connection = SqliteConnection::establish(&file.to_string_lossy()).expect("the file opens");
    let began = Instant::now();
    let rows = response::table
        .select((
            response::response_id,
            response::revision,
            response::log_position,
            response::service_day,
            response::channel,
            response::contact_channel,
            response::place_id,
            response::language,
            response::form,
            response::finished,
            response::answers,
            response::answered_at,
        ))
        .order((response::org_id, response::survey_id, response::log_position))
        .load_iter::<Bare, DefaultLoadingMode>(&mut connection)
        .expect("the rows come");
    let codes: Vec<String> = (0..16).map(|code| format!(",{code}")).collect();
    let (mut out, mut written, mut count) = (Vec::with_capacity(1 << 17), 0, 0_u64);
    for row in rows {
        let (id, revision, position, day, channel, contact, place, language, form, finished, answers, at) =
            row.expect("a row");
        let id = uuid::Uuid::from_slice(&id).expect("16 bytes");
        write!(
            out,
            "{id},{revision},{position},{day},{channel},{contact},{place},{language},{form},{finished},{at}"
        )
        .expect("memory takes it");
        for answer in answers {
            out.extend_from_slice(codes[usize::from(answer)].as_bytes());
        }
        out.extend_from_slice(b"\r\n");
        count += 1;
        if out.len() > 1 << 16 {
            written += out.len();
            out.clear();
        }
    }
    assert!(written + out.len() > 0, "nothing was written");
    count as f64 / began.elapsed().as_secs_f64()
}

/// Adds the row of the export, and its memory.
pub fn measure(options: &Options, table: &mut Table) {
    let (few, many) = (Filled::with(options, FEW), Filled::with(options, options.exported));
    let peak_of_few = {
        let service = few.serve();
        download(&service, &few.owner, FEW);
        service.peak_mib()
    };
    let service = many.serve();
    let mut rounds = Vec::new();
    for _ in 0..options.rounds {
        rounds.push((download(&service, &many.owner, options.exported), bare_loop(&many.file)));
    }
    table.ratios.push(Ratio {
        key: "export",
        numerator: format!("{} responses as CSV through HTTP", options.exported),
        denominator: "a bare loop over the same rows".to_owned(),
        unit: "1/s",
        measured: Middle::of(&rounds),
        better: Better::Higher,
        goal: 0.5,
        floor: 0.3,
    });
    let peak = service.peak_mib();
    table.figure(format!("peak memory, export of {} responses", options.exported), peak, "MiB");
    table.figures.push(Figure {
        what: format!("the same above an export of {FEW} responses"),
        value: peak - peak_of_few,
        unit: "MiB",
        budget: Some(GROWTH_MIB),
    });
}
