//! The victim: the real binary, started, killed and started again on one database.

use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::time::Instant;

use crate::program::{Desk, Serving, binary};
use crate::wait::wait_for;

/// Number of SIGABRT: how a process ends at a fail point.
const ABORTED: i32 = 6;

/// A service that can be tortured.
pub struct Victim {
    desk: Desk,
    database_url: String,
    serving: Option<Serving>,
}

impl Victim {
    /// The binary under test, on a database; not yet started.
    pub fn on(database_url: &str) -> Self {
        Self::at(Desk::new(), database_url)
    }

    /// The build with fail points, on a database; not yet started.
    pub fn with_fail_points(database_url: &str) -> Self {
        Self::at(Desk::running(vec![fail_point_binary().to_string_lossy().into_owned()]), database_url)
    }

    /// The binary under test with limits on files ignored until they are hit: a write then fails, and kills nobody.
    pub fn that_survives_limits(database_url: &str) -> Self {
        let shell = "trap '' XFSZ; exec \"$0\" \"$@\"";
        let words = ["sh", "-c", shell, &binary().to_string_lossy()].map(str::to_owned);
        Self::at(Desk::running(words.to_vec()), database_url)
    }

    fn at(desk: Desk, database_url: &str) -> Self {
        Self { desk, database_url: database_url.to_owned(), serving: None }
    }

    /// Starts it; `fail_points` as in `FAILPOINTS`, empty for none. Gives its address.
    pub fn start(&mut self, fail_points: &str) -> SocketAddr {
        // Counts are folded often, so that kills meet folding, too.
        let arguments = [
            "--listen",
            "127.0.0.1:0",
            "--database-url",
            &self.database_url,
            "--log",
            "warn",
            "--fold-after",
            "20",
        ];
        let serving = self.desk.serve_with(&arguments, &[("FAILPOINTS", fail_points)]);
        let address = serving.url().trim_start_matches("http://").parse().expect("an address");
        self.serving = Some(serving);
        address
    }

    /// Ends it by SIGKILL.
    pub fn kill(&mut self) {
        self.serving.take().expect("it runs").kill();
    }

    /// Waits until it has ended at a fail point, and at nothing else.
    pub fn wait_for_its_end(&mut self) {
        let mut serving = self.serving.take().expect("it runs");
        let status = wait_for("the fail point to be reached", || serving.ended());
        assert_eq!(
            status.signal(),
            Some(ABORTED),
            "it ended otherwise: {status}\n{}",
            serving.said().join("\n")
        );
    }

    /// Asks it by SIGTERM to end.
    pub fn ask_to_end(&self) {
        self.running().signal("-TERM");
    }

    /// Waits until it has ended by itself; its exit code and how long that took.
    pub fn wait_for_its_exit(&mut self) -> (Option<i32>, f64) {
        let began = Instant::now();
        let mut serving = self.serving.take().expect("it runs");
        let status = wait_for("the service to end", || serving.ended());
        (status.code(), began.elapsed().as_secs_f64())
    }

    /// Number of its process.
    pub fn id(&self) -> u32 {
        self.running().id()
    }

    /// What it has said since it was asked last.
    pub fn said(&self) -> Vec<String> {
        self.serving.as_ref().map_or_else(Vec::new, Serving::said)
    }

    /// Its resident memory in KiB.
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// The desk at which it is run, for short commands beside it.
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The URL of its database.
    pub fn database_url(&self) -> &str {
        &self.database_url
    }

    fn running(&self) -> &Serving {
        self.serving.as_ref().expect("it runs")
    }
}

/// The build with fail points: what `LAATU_FAILPOINTS_BIN` names.
#[allow(clippy::disallowed_methods, reason = "where the binary is, is a setting of the tests")]
fn fail_point_binary() -> PathBuf {
    let path = std::env::var_os("LAATU_FAILPOINTS_BIN").map(PathBuf::from);
    let path = path.expect("no binary with fail points: run tests/faults, or set LAATU_FAILPOINTS_BIN");
    assert!(path.is_file(), "LAATU_FAILPOINTS_BIN names no file: {}", path.display());
    path
}
