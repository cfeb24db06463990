//! Files that are there whole or not at all, and what they weigh in SHA-256.
//!
//! A file is written under another name, brought to the disk and only then given its own; what is there is never
//! overwritten. Used by `backup`, `portable`, `restore` and the export of responses.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Error, Result};
use crate::store;

/// A file that does not have its name yet; what was written is removed when it is not published.
#[derive(Debug)]
pub struct NewFile {
    place: PathBuf,
    part: PathBuf,
}

impl NewFile {
    /// Prepares a file; refuses a name that is taken.
    pub fn at(place: &Path) -> Result<Self> {
        refuse_taken(place)?;
        // Named by the process: two at once must not write into each other's.
        let part = beside(place, &format!(".{}.part", std::process::id()));
        drop(std::fs::remove_file(&part));
        Ok(Self { place: place.to_owned(), part })
    }

    /// The name under which it is written.
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// Makes it, readable by its owner only: it holds what customers said.
    pub fn create(&self) -> Result<File> {
        create_private(&self.part)
    }

    /// Brings it to the disk and gives it its name.
    pub fn publish(self) -> Result<()> {
        to_disk(&self.part)?;
        // A second name is refused where one is, which a renaming is not.
        match std::fs::hard_link(&self.part, &self.place) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(taken(&self.place));
            }
            // Not every file system has second names.
            Err(_) => {
                refuse_taken(&self.place)?;
                std::fs::rename(&self.part, &self.place)
                    .map_err(|error| failed("write", &self.place, &error))?;
            }
        }
        // Best effort: it has its name already, or was renamed away.
        drop(std::fs::remove_file(&self.part));
        folder_to_disk(&self.place)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Gone already when it was published; there is nobody to tell otherwise.
        drop(std::fs::remove_file(&self.part));
    }
}

/// Makes a file, readable by its owner only.
pub fn create_private(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| failed("write", path, &error))
}

/// Refuses a name at which something is.
pub fn refuse_taken(path: &Path) -> Result<()> {
    if path.symlink_metadata().is_ok() { Err(taken(path)) } else { Ok(()) }
}

fn taken(path: &Path) -> Error {
    Error::Conflict(format!("{} is there already; nothing is overwritten", path.display()))
}

/// Brings a file's content to the disk.
pub fn to_disk(path: &Path) -> Result<()> {
    // Opened for writing: some systems refuse to flush a file that is only read.
    let file = OpenOptions::new().write(true).open(path).map_err(|error| failed("write", path, &error))?;
    file.sync_all().map_err(|error| failed("write", path, &error))
}

/// Brings a new or changed name to the disk.
pub fn folder_to_disk(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| failed("write", folder, &error))
}

/// A name beside a file's: the same with something behind it.
pub fn beside(path: &Path, behind: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(behind);
    PathBuf::from(name)
}

/// Opens a file for reading in order.
pub fn open(path: &Path) -> Result<BufReader<File>> {
    let file = File::open(path).map_err(|error| failed("read", path, &error))?;
    Ok(BufReader::with_capacity(1 << 16, file))
}

/// SHA-256 of a file in hexadecimal digits, and what it has, copied to `copy`.
pub fn digest(path: &Path, copy: &mut dyn Write) -> Result<String> {
    let mut reader = open(path)?;
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        let read = reader.read(&mut block).map_err(|error| failed("read", path, &error))?;
        let Some(bytes) = block.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
        copy.write_all(bytes).map_err(|error| Error::Broken(format!("cannot write: {error}")))?;
    }
    Ok(HEXLOWER.encode(&hash.finalize()))
}

/// Where a file's digest stands: beside it, as `sha256sum` writes it.
pub fn digest_file(path: &Path) -> PathBuf {
    beside(path, ".sha256")
}

/// The line of a digest file.
pub fn digest_line(path: &Path, digest: &str) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("{digest}  {name}\n")
}

/// The digest that stands beside a file; none where there is no such file.
pub fn noted_digest(path: &Path) -> Result<Option<String>> {
    let noted = digest_file(path);
    match std::fs::read_to_string(&noted) {
        Ok(text) => Ok(Some(text.split_whitespace().next().unwrap_or_default().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", &noted, &error)),
    }
}

/// What went wrong with a database, in words for who runs a command: a full disk is no busy service.
pub fn told(error: store::Error) -> Error {
    match error {
        store::Error::Full(_) | store::Error::Busy(_) => Error::Broken(error.to_string()),
        other => other.into(),
    }
}

/// What went wrong with a file, in words.
pub fn failed(what: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::Broken(format!("cannot {what} {}: {error}", path.display()))
}
