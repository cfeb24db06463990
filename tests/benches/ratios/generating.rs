//! `--generate`: makes up years of answers in a new database, for whoever wants to try something at size.

use std::path::{Path, PathBuf};
use std::time::Instant;

use laatu::store::Target;
use laatu_tests::bench::framing;
use laatu_tests::bench::generate::{self, Answers, Plan};
use laatu_tests::bench::installation::{Installation, ORGANISATION, SURVEY, link_key_file};
use laatu_tests::bench::opinion::Opinions;

use super::options::Options;

/// Forms that are made up unless told otherwise.
const RESPONSES: u64 = 1_000_000;
/// After so many rows it says how far it is.
const TELL_AFTER: u64 = 500_000;

/// Makes a database with one organisation and its answers, and says how to read them.
pub fn generate(url: &str, options: &Options) {
    let target = Target::parse(url).unwrap_or_else(|words| panic!("{words}"));
    let folder = folder_of(&target);
    std::fs::create_dir_all(&folder).expect("the folder is made");
    let installation = Installation::make(&target, &folder);
    let opinions = Opinions::of(&installation.instrument);
    let plan = Plan::five_years(installation.survey.id, options.responses.unwrap_or(RESPONSES), options.seed);
    let zone = jiff::tz::TimeZone::get("Europe/Helsinki").expect("the organisation's zone");
    let (began, mut told) = (Instant::now(), 0);
    let answers = Answers::of(&opinions, plan, zone);
    let tell = |written| {
        if written / TELL_AFTER > told {
            told = written / TELL_AFTER;
            eprintln!("{written} rows, {:.0} s", began.elapsed().as_secs_f64());
        }
    };
    let Installation { services, scope, .. } = &installation;
    let rows = if options.framed {
        framing::write(services, scope, answers, 1, tell)
    } else {
        generate::write(&services.store, scope, answers, tell)
    };
    eprintln!("{rows} rows in {:.0} s", began.elapsed().as_secs_f64());
    println!("database      {url}");
    println!("link keys     {}", link_key_file(&folder).display());
    println!("organisation  {ORGANISATION}, survey {SURVEY}");
    println!("owner's key   {}", installation.owner);
}

/// The link keys stand beside the file, or in the present folder.
fn folder_of(target: &Target) -> PathBuf {
    match target {
        Target::Sqlite(path) => path.parent().map_or_else(PathBuf::new, Path::to_path_buf),
        Target::Postgres(_) => PathBuf::from("."),
    }
}
