//! One service per SQLite file: a lock file beside the database.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::error::{Error, Result};
use super::local_disk::refuse_network;

/// The lock of a database file; given back when dropped, also by a crash.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock of the database at `database`, or says who holds it.
    pub fn take(database: &Path) -> Result<Self> {
        make_folder(database)?;
        let path = lock_path(database);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| Error::Broken(format!("cannot open {}: {error}", path.display())))?;
        match file.try_lock() {
            Ok(()) => {
                let noted = file
                    .set_len(0)
                    .and_then(|()| file.rewind())
                    .and_then(|()| writeln!(file, "{}", std::process::id()));
                noted.map_err(|error| Error::Broken(format!("cannot write {}: {error}", path.display())))?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(Error::Conflict(format!(
                "{} is in use by another laatu{}: one service per SQLite file; stop that one, or use PostgreSQL for several",
                database.display(),
                holder(&mut file)
            ))),
            Err(TryLockError::Error(error)) => {
                Err(Error::Broken(format!("cannot lock {}: {error}", path.display())))
            }
        }
    }
}

/// Makes the folder of a database file, and says in words when that does not work or the folder is on no local disk.
pub fn make_folder(database: &Path) -> Result<()> {
    let folder = match database.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder)
        .map_err(|error| Error::Broken(format!("cannot make the folder {}: {error}", folder.display())))?;
    // Named by the process: two commands at once must not take away each other's.
    let probe = folder.join(format!(".laatu-write-probe-{}", std::process::id()));
    let tried = File::create(&probe).and_then(|_| match std::fs::remove_file(&probe) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    });
    tried.map_err(|error| {
        Error::Broken(format!("cannot write in the folder {}: {error}", folder.display()))
    })?;
    refuse_network(folder)
}

fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    match file.read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => format!(" (process {})", text.trim()),
        _ => String::new(),
    }
}
