//! `laatu restore`: a backup or a portable copy becomes an installation again, where there is none.
//!
//! The copy is checked before anything is written. An SQLite database is made under another name, finished, brought
//! to the disk, and gets its name last; into PostgreSQL all rows go in one transaction. Checking what came of it is
//! `check`, which the command calls afterwards.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::portable::{bring_in, differs, verify};
use super::whole_file;
use super::{Error, Result};
use crate::store::copy::database;
use crate::store::lock::FileLock;
use crate::store::{Store, Target, migrate};

/// How the file of an SQLite database begins.
const SQLITE_MARK: &[u8] = b"SQLite format 3\0";

/// Makes an installation of a copy; names of the migrations that ran afterwards.
///
/// A conflict when the copy is damaged, foreign or newer, or when a database or a running service is there already.
///
/// `ready` is called with the restored database before anybody else can have it, the last thing before it gets its name
/// in the case of a file: who was erased since the copy was made is erased from it there.
pub fn restore(target: &Target, file: &Path, ready: &dyn Fn(&Store) -> Result<()>) -> Result<Vec<String>> {
    let of_sqlite = begins_with(file, SQLITE_MARK)?;
    match target {
        Target::Sqlite(path) => into_file(path, file, of_sqlite, ready),
        Target::Postgres(_) if of_sqlite => Err(Error::Conflict(format!(
            "{} is an SQLite database: restore it as one, then move it with `laatu export --all` and `laatu import --all`",
            file.display()
        ))),
        Target::Postgres(_) => {
            let summary = verify(file)?;
            database::refuse_company(target)?;
            let store = Store::open(target)?;
            migrate::bring_to(&store, &summary.header.schema)?;
            bring_in(&store, file, &summary)?;
            finish(&store, ready)
        }
    }
}

/// What must hold of a restored database before anybody uses it: this laatu's schema, and nobody who was erased.
fn finish(store: &Store, ready: &dyn Fn(&Store) -> Result<()>) -> Result<Vec<String>> {
    let applied = migrate::migrate(store)?.applied;
    ready(store)?;
    Ok(applied)
}

fn into_file(
    path: &Path,
    file: &Path,
    of_sqlite: bool,
    ready: &dyn Fn(&Store) -> Result<()>,
) -> Result<Vec<String>> {
    refuse_existing(path)?;
    let portable = if of_sqlite {
        check_digest(file, &mut std::io::sink())?;
        None
    } else {
        Some(verify(file)?)
    };
    let _lock = FileLock::take(path)?;
    // Once more: a service may have made one before the lock was ours.
    refuse_existing(path)?;
    let making = Making::at(path);
    // An empty file is an empty database, and this one nobody else can read.
    let mut new = whole_file::create_private(&making.place)?;
    if of_sqlite {
        check_digest(file, &mut new)?;
    }
    drop(new);
    let ran = {
        let store = Store::visit(&Target::Sqlite(making.place.clone()))?;
        match &portable {
            None => refuse_foreign(&store, file)?,
            Some(summary) => {
                migrate::bring_to(&store, &summary.header.schema)?;
                bring_in(&store, file, summary)?;
            }
        }
        finish(&store, ready)?
    };
    database::seal(&making.place).map_err(whole_file::told)?;
    making.publish(path)?;
    Ok(ran)
}

/// Refuses a place where a database is, or what belongs to one: a log that stayed behind would be taken for its own.
fn refuse_existing(path: &Path) -> Result<()> {
    ["", "-wal", "-shm", "-journal"]
        .iter()
        .try_for_each(|behind| whole_file::refuse_taken(&whole_file::beside(path, behind)))
}

/// A database under way: all its files are gone when it does not come about.
struct Making {
    place: PathBuf,
}

impl Making {
    /// A name that only the holder of the lock uses; what a restore that was broken off has left goes away.
    fn at(path: &Path) -> Self {
        let making = Self { place: whole_file::beside(path, ".restoring") };
        making.clear();
        making
    }

    fn clear(&self) {
        for place in ["", "-wal", "-shm", "-journal"] {
            // Most of them are not there; what cannot be removed is told by whoever writes it next.
            drop(std::fs::remove_file(whole_file::beside(&self.place, place)));
        }
    }

    fn publish(self, path: &Path) -> Result<()> {
        if whole_file::beside(&self.place, "-wal").exists() {
            return Err(Error::Broken("the restored database is still open somewhere".to_owned()));
        }
        whole_file::to_disk(&self.place)?;
        std::fs::rename(&self.place, path).map_err(|error| whole_file::failed("write", path, &error))?;
        whole_file::folder_to_disk(path)
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Copies a database file, and refuses it when its digest is not the one beside it.
fn check_digest(file: &Path, copy: &mut dyn Write) -> Result<()> {
    let Some(noted) = whole_file::noted_digest(file)? else {
        return Err(Error::Conflict(format!(
            "there is no {}: without it nobody can tell whether the copy is whole",
            whole_file::digest_file(file).display()
        )));
    };
    if whole_file::digest(file, copy)? == noted { Ok(()) } else { Err(differs(file)) }
}

/// Refuses a database that no laatu has made, or a newer one.
fn refuse_foreign(store: &Store, file: &Path) -> Result<()> {
    let schema = migrate::applied(store)?;
    if schema.is_empty() {
        return Err(Error::Conflict(format!("{} is no database of laatu", file.display())));
    }
    match migrate::unknown(&schema)? {
        Some(version) => Err(Error::Conflict(format!(
            "the copy's schema is newer than this laatu (it has migration {version}, unknown here): use the newer laatu"
        ))),
        None => Ok(()),
    }
}

fn begins_with(file: &Path, mark: &[u8]) -> Result<bool> {
    let mut begin = Vec::with_capacity(mark.len());
    let read = whole_file::open(file)?.take(mark.len() as u64).read_to_end(&mut begin);
    read.map_err(|error| whole_file::failed("read", file, &error))?;
    Ok(begin == mark)
}
