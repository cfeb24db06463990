//! What the measurements stand on: a folder with a database and its invitations, and the machine's own figures.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use jiff::tz::TimeZone;
use laatu::service::cells::fold::fold_long_tails;
use laatu::store::Target;
use laatu_tests::bench::generate::{self, Answers, Plan};
use laatu_tests::bench::http::{Connection, Reply};
use laatu_tests::bench::installation::Installation;
use laatu_tests::bench::invite::{self, Link};
use laatu_tests::bench::opinion::Opinions;
use laatu_tests::bench::plain;
use laatu_tests::bench::process::Process;
use laatu_tests::bench::rounds::median;
use laatu_tests::database::Database;
use laatu_tests::program::Desk;

use super::options::Options;

/// A desk with a database of one organisation, SQLite unless said otherwise, whose customers got mails that nobody has opened.
pub struct Ground {
    /// The desk; its folder holds everything.
    pub desk: Desk,
    /// The mailed links.
    pub links: Vec<Link>,
    /// Posted bodies: by form, then a few variants, then by page.
    pub bodies: Vec<Vec<Vec<String>>>,
    target: Target,
    url: String,
    /// Dropped when all is over.
    _on_cluster: Option<Database>,
}

impl Ground {
    /// Makes it with so many invitations, beside the answers that `--stored` asks for.
    pub fn with_invitations(options: &Options, count: usize) -> Self {
        let desk = Desk::new();
        let target = Self::database(&desk);
        let url = url(&desk);
        Self::make(options, count, desk, (target, url, None))
    }

    /// The same in a database of its own on a PostgreSQL cluster.
    pub fn on_cluster(options: &Options, count: usize, cluster: &str) -> Self {
        let database = Database::on_cluster(cluster);
        let (target, url) = (database.target(), database.url().to_owned());
        Self::make(options, count, Desk::new(), (target, url, Some(database)))
    }

    fn make(
        options: &Options,
        count: usize,
        desk: Desk,
        (target, url, on_cluster): (Target, String, Option<Database>),
    ) -> Self {
        let began = Instant::now();
        let installation = Installation::make(&target, desk.folder());
        if options.stored > 0 {
            let opinions = Opinions::of(&installation.instrument);
            let plan = Plan::five_years(installation.survey.id, options.stored, options.seed);
            let answers = Answers::of(&opinions, plan, TimeZone::UTC);
            generate::write(&installation.services.store, &installation.scope, answers, |_| {});
            // What came before the measurement is folded before it; what comes meanwhile is folded meanwhile.
            fold_long_tails(&installation.services, &|| true).expect("stored answers are folded");
        }
        let links = invite::invite(&installation, 0, count);
        let bodies = invite::bodies(&installation, options.seed);
        let seconds = began.elapsed().as_secs_f64();
        eprintln!("  {} answers and {count} invitations written in {seconds:.1} s", options.stored);
        Self { desk, links, bodies, target, url, _on_cluster: on_cluster }
    }

    /// Its database.
    pub fn target(&self) -> Target {
        self.target.clone()
    }

    /// The SQLite database of a desk.
    pub fn database(desk: &Desk) -> Target {
        Target::Sqlite(desk.folder().join("laatu.db"))
    }

    /// Starts the real service on it.
    pub fn serve(&self) -> Process {
        Process::service(&self.desk, &self.url)
    }

    /// The same with further settings.
    pub fn serve_with(&self, settings: &[&str]) -> Process {
        Process::service_with(&self.desk, &self.url, settings)
    }

    /// Starts the plain server with these bytes as its page.
    pub fn serve_plain(&self, page: &[u8]) -> Process {
        let folder = self.desk.folder();
        std::fs::write(folder.join(plain::PAGE), page).expect("the page is written");
        let own = std::env::current_exe().expect("this program has a path");
        Process::of(Command::new(own).arg(plain::ARGUMENT).arg(folder))
    }
}

/// Starts the real service on the SQLite database of a desk.
pub fn serve(desk: &Desk) -> Process {
    Process::service(desk, &url(desk))
}

fn url(desk: &Desk) -> String {
    format!("sqlite://{}", desk.folder().join("laatu.db").display())
}

/// Asks one thing after the other; any reply but one with status 2xx stops the bench.
pub struct Caller {
    runtime: tokio::runtime::Runtime,
    address: String,
}

impl Caller {
    /// Who asks this server.
    pub fn to(server: &Process) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { runtime, address: server.address().to_owned() }
    }

    /// Sends a request; its reply, and how long it took in milliseconds. The connection is new, since one that rests
    /// for seconds is closed, and connecting is not counted.
    pub fn call(&mut self, request: &[u8]) -> (Reply, f64) {
        let connection = self.runtime.block_on(Connection::to(&self.address));
        let mut connection = connection.expect("the server takes a connection");
        let began = Instant::now();
        let reply = self.runtime.block_on(connection.send(request)).expect("the server answers");
        let ms = began.elapsed().as_secs_f64() * 1000.0;
        assert_eq!(reply.status / 100, 2, "{}\n{}", reply.head, String::from_utf8_lossy(&reply.body));
        (reply, ms)
    }
}

/// How long an appended block of 4 KiB takes until it is on the disk, in milliseconds: the middle of 300.
pub fn fsync_ms(folder: &Path) -> f64 {
    let mut file = File::create(folder.join("fsync")).expect("a file");
    let times = (0..300).map(|_| {
        let began = Instant::now();
        file.write_all(&[7; 4096]).expect("a block is written");
        file.sync_all().expect("and kept");
        began.elapsed().as_secs_f64() * 1000.0
    });
    median(&times.collect::<Vec<_>>())
}

/// The processor's name and how many cores are seen.
pub fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name =
        info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|(_, name)| name);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{} ({cores} cores)", name.unwrap_or("unknown processor"))
}

/// How many programs wanted the processor in the last 1, 5 and 15 minutes: above the number of cores, others worked.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}
