//! A disk that can be full: a small file system of its own, or, where nothing may be mounted, a limit on files.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Which of the two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A tmpfs of a few MiB, filled by a ballast file.
    Mounted,
    /// A limit on the size of the victim's files, at the present size of its write-ahead log.
    Limited,
}

/// A disk for one SQLite file.
pub struct SmallDisk {
    folder: TempDir,
    way: Way,
}

impl SmallDisk {
    /// A disk of so many MiB; where mounting is not allowed, one that is limited file by file.
    pub fn of(mib: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a disk");
        let size = format!("size={mib}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "laatu-faults"])
            .arg(folder.path())
            .output();
        let way =
            if mounted.is_ok_and(|output| output.status.success()) { Way::Mounted } else { Way::Limited };
        Self { folder, way }
    }

    /// Which way it is made full.
    pub const fn way(&self) -> Way {
        self.way
    }

    /// The database file on it.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("laatu.db")
    }

    /// Makes it full for the process `id`.
    pub fn fill(&self, id: u32) {
        match self.way {
            Way::Mounted => fill(&self.ballast()),
            Way::Limited => {
                let log = self.folder.path().join("laatu.db-wal");
                let length = std::fs::metadata(log).map_or(0, |metadata| metadata.len());
                limit(id, &length.to_string());
            }
        }
    }

    /// Frees what was taken.
    pub fn free(&self, id: u32) {
        match self.way {
            Way::Mounted => std::fs::remove_file(self.ballast()).expect("the ballast is thrown off"),
            Way::Limited => limit(id, "unlimited"),
        }
    }

    fn ballast(&self) -> PathBuf {
        self.folder.path().join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if self.way == Way::Mounted {
            // Lazily: a process that still has a file open there keeps nothing else from going on.
            let unmounted = Command::new("umount").arg("-l").arg(self.folder.path()).status();
            if !unmounted.is_ok_and(|status| status.success()) {
                eprintln!("{} stays mounted", self.folder.path().display());
            }
        }
    }
}

/// Writes until nothing more goes in, in pieces that get smaller.
fn fill(ballast: &Path) {
    let mut file = File::create(ballast).expect("a ballast file");
    for piece in [64 * 1024, 4096, 512] {
        while file.write_all(&vec![0x55; piece]).is_ok() {}
    }
}

fn limit(id: u32, soft: &str) {
    let limits = format!("--fsize={soft}:unlimited");
    let status = Command::new("prlimit").args(["--pid", &id.to_string(), &limits]).status();
    assert!(status.is_ok_and(|status| status.success()), "prlimit sets the limit of process {id}");
}
