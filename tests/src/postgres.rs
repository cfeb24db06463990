//! A PostgreSQL cluster of a test's own, for settings that the shared one must not have.

use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use diesel::{Connection, PgConnection};
use tempfile::TempDir;

use crate::wait::wait_for;

/// A running cluster; it ends, and its folder goes, when this is dropped.
pub struct Cluster {
    server: Child,
    port: u16,
    url: String,
    settings: Vec<String>,
    folder: TempDir,
}

impl Cluster {
    /// Starts a cluster with settings such as `fsync=off`.
    pub fn with(settings: &[&str]) -> Self {
        let bin = bin_folder();
        let user = server_user();
        let folder = tempfile::tempdir().expect("a folder for a cluster");
        let data = folder.path().join("data");
        std::fs::create_dir(&data).expect("a folder for the data");
        if let Some((uid, gid)) = user {
            for path in [folder.path(), data.as_path()] {
                chown(path, Some(uid), Some(gid)).expect("the folder is given to the server's user");
            }
        }
        initialise(&bin, &data, user);
        let port = free_port();
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect::<Vec<_>>();
        let server = start(folder.path(), port, &settings);
        let url = format!("postgres://laatu@127.0.0.1:{port}/postgres");
        let cluster = Self { server, port, url, settings, folder };
        cluster.wait_until_it_answers();
        cluster
    }

    /// Stops it as a crash does, by `pg_ctl stop -m immediate`: nothing is flushed, every connection breaks.
    pub fn stop_immediately(&mut self) {
        let mut command = Command::new(bin_folder().join("pg_ctl"));
        command.arg("-D").arg(self.folder.path().join("data")).args(["stop", "-m", "immediate", "-W"]);
        let status = as_user(&mut command, server_user()).status().expect("pg_ctl runs");
        assert!(status.success(), "pg_ctl: {status}");
        self.server.wait().expect("the server ends");
    }

    /// Starts it again after that, with the same data on the same port, and waits until it answers.
    pub fn start_again(&mut self) {
        self.server = start(self.folder.path(), self.port, &self.settings);
        self.wait_until_it_answers();
    }

    /// Number of the port on which it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    fn wait_until_it_answers(&self) {
        wait_for("PostgreSQL to answer", || PgConnection::establish(&self.url).ok());
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    /// Asks this one server by its number for a fast shutdown, and waits for its end.
    fn drop(&mut self) {
        let asked = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        if asked.is_ok_and(|status| status.success()) {
            drop(self.server.wait());
        }
    }
}

fn start(folder: &Path, port: u16, settings: &[String]) -> Child {
    let mut command = Command::new(bin_folder().join("postgres"));
    command.arg("-D").arg(folder.join("data")).arg("-k").arg(folder);
    command.args(["-c", "listen_addresses=127.0.0.1", "-p", &port.to_string()]);
    for setting in settings {
        command.args(["-c", setting]);
    }
    as_user(&mut command, server_user()).spawn().expect("PostgreSQL starts")
}

fn initialise(bin: &Path, data: &Path, user: Option<(u32, u32)>) {
    let mut command = Command::new(bin.join("initdb"));
    command.arg("-D").arg(data).args([
        "-U",
        "laatu",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    let output = as_user(&mut command, user).output().expect("initdb can be run");
    assert!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));
}

/// The server refuses to run as root, so root hands it to another user.
fn as_user(command: &mut Command, user: Option<(u32, u32)>) -> &mut Command {
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

fn server_user() -> Option<(u32, u32)> {
    let am = number(&["-u"]).expect("id tells who runs the tests");
    if am != 0 {
        return None;
    }
    ["postgres", "nobody"].iter().find_map(|name| Some((number(&["-u", name])?, number(&["-g", name])?))).or_else(
        || panic!("tests run as root need a user postgres or nobody for PostgreSQL, which refuses to run as root"),
    )
}

fn number(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Debian keeps the server's programs outside of the path, one folder a version.
fn bin_folder() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    folders.sort();
    folders.pop().or_else(from_path).expect("PostgreSQL's server programs are installed: run tests/run")
}

fn from_path() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    folder.join("initdb").is_file().then_some(folder)
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}
