//! The real binary, as an operator runs it: in a folder of its own, with an environment of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};

use tempfile::TempDir;

use crate::wait::BOUND;

/// What a command came to.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub talk: String,
}

impl Output {
    /// The same, when the command ended with this code; stops with its words when not.
    #[allow(clippy::return_self_not_must_use, reason = "often the check is all that is wanted")]
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\nstandard output:\n{}\nstandard error:\n{}", self.out, self.talk);
        self
    }
}

/// A folder in which an operator works.
pub struct Desk {
    folder: TempDir,
    environment: Vec<(String, String)>,
    words: Vec<String>,
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    /// An empty folder; nothing is set.
    pub fn new() -> Self {
        Self::running(vec![binary().to_string_lossy().into_owned()])
    }

    /// A desk at which the service is called by these words: another build of it, or a shell before it.
    pub fn running(words: Vec<String>) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder to work in"), environment: vec![], words }
    }

    /// The same with a variable of the environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the folder; its path.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::write(&path, text).expect("a file is written");
        path
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().expect("the binary runs");
        Output {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            talk: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Starts a command and does not wait for it.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs")
    }

    /// Starts `laatu serve` and waits until it says where it listens.
    pub fn serve(&self, arguments: &[&str]) -> Serving {
        self.serve_with(arguments, &[])
    }

    /// The same with variables of the environment for this one start.
    pub fn serve_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Serving {
        let mut all = vec!["serve"];
        all.extend(arguments);
        started(self.command(&all).envs(environment.iter().copied()))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let (first, others) = self.words.split_first().expect("a program");
        let mut command = Command::new(first);
        command.args(others).args(arguments).current_dir(self.folder()).stdin(Stdio::null()).env_clear();
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Starts a server and waits until it says where it listens.
pub fn started(command: &mut Command) -> Serving {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    let lines = lines_of(&mut child);
    let mut talk = String::new();
    loop {
        let line =
            lines.recv_timeout(BOUND).unwrap_or_else(|_| panic!("it does not say where it listens:\n{talk}"));
        talk.push_str(&line);
        talk.push('\n');
        if let Some((_, url)) = line.split_once("listens on ") {
            return Serving { child, url: url.trim().to_owned(), lines };
        }
    }
}

/// A service that runs until this is dropped.
pub struct Serving {
    child: Child,
    url: String,
    // Kept, so that the service never writes into a closed pipe.
    lines: Receiver<String>,
}

impl Serving {
    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it by a signal to end, and waits; its exit code.
    pub fn terminate(mut self) -> Option<i32> {
        self.signal("-TERM");
        self.child.wait().expect("it ends").code()
    }

    /// Ends it at once, as a crash does: nothing of it runs any more.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// How it ended; none while it runs.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("its end can be asked for")
    }

    /// What it has said since it was asked last.
    pub fn said(&self) -> Vec<String> {
        self.lines.try_iter().collect()
    }

    /// Sends it a signal by its name, such as `-TERM`.
    pub fn signal(&self, signal: &str) {
        drop(Command::new("kill").args([signal, &self.child.id().to_string()]).status());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // After `terminate` it has ended; then there is nothing left to kill.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn lines_of(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    let out: Box<dyn Read + Send> = Box::new(child.stdout.take().expect("standard output"));
    let talk: Box<dyn Read + Send> = Box::new(child.stderr.take().expect("standard error"));
    for stream in [out, talk] {
        let sender = sender.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                // Nobody may be listening any more; the stream is still read to its end.
                drop(sender.send(line));
            }
        });
    }
    receiver
}

/// The binary under test: what `LAATU_BIN` names.
#[allow(clippy::disallowed_methods, reason = "where the binary is, is a setting of the tests")]
pub fn binary() -> PathBuf {
    let path = std::env::var_os("LAATU_BIN").map(PathBuf::from);
    let path = path.expect("no binary to test: run tests/run, or build it and set LAATU_BIN to its path");
    assert!(path.is_file(), "LAATU_BIN names no file: {}", path.display());
    path
}
