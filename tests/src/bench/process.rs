//! A server in a process of its own, and what the operating system says it costs.
//!
//! Called by the benches. Linux only, as the figures come from `/proc`.

use std::process::Command;

use crate::program::{Desk, Serving, started};

/// Clock ticks in a second: Linux tells programs processor time in hundredths.
const TICKS: f64 = 100.0;

/// A server that runs until this is dropped.
pub struct Process {
    serving: Serving,
}

impl Process {
    /// The real service on a database, at a desk with its link keys.
    pub fn service(desk: &Desk, database_url: &str) -> Self {
        Self::service_with(desk, database_url, &[])
    }

    /// The same with further settings.
    pub fn service_with(desk: &Desk, database_url: &str, settings: &[&str]) -> Self {
        let listen = ["--listen", "127.0.0.1:0", "--database-url", database_url];
        let files = ["--link-key-file", "link-key.toml", "--mail", "file:mail"];
        Self { serving: desk.serve(&[&listen, &files, settings].concat()) }
    }

    /// Any other program that says where it listens.
    pub fn of(command: &mut Command) -> Self {
        Self { serving: started(command) }
    }

    /// Where it listens: host and port.
    pub fn address(&self) -> &str {
        self.serving.url().trim_start_matches("http://")
    }

    /// Processor time that it took so far, in seconds.
    pub fn processor_seconds(&self) -> f64 {
        let stat = self.file("stat");
        // The name in brackets may hold blanks; the fields are counted after it.
        let fields: Vec<&str> =
            stat.rsplit(')').next().expect("a line with a name").split_whitespace().collect();
        let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().expect("a number")).sum();
        ticks / TICKS
    }

    /// Memory that it holds now, in MiB.
    pub fn resident_mib(&self) -> f64 {
        self.memory_mib("VmRSS:")
    }

    /// The most memory that it held so far, in MiB.
    pub fn peak_mib(&self) -> f64 {
        self.memory_mib("VmHWM:")
    }

    fn memory_mib(&self, name: &str) -> f64 {
        let status = self.file("status");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("its memory");
        let kib: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        kib / 1024.0
    }

    /// Asks it to end and waits; its exit code.
    pub fn end(self) -> Option<i32> {
        self.serving.terminate()
    }

    fn file(&self, name: &str) -> String {
        let path = format!("/proc/{}/{name}", self.serving.id());
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}
