//! `laatu backup`: a safe copy beside a running service.
//!
//! Of SQLite the copy is a database file; of PostgreSQL it is the portable file of `portable`. Either way it shows one
//! moment, gets its name only when it is whole and on the disk, and has its SHA-256 beside it. The link keys are not
//! in it.

use std::io::Write;
use std::path::Path;

use super::whole_file::{self, NewFile, told};
use super::{Error, Result};
use crate::domain::Micros;
use crate::service::portable::export_all;
use crate::store::copy::database;
use crate::store::{Store, Target};

/// Copies a database to a new file; the SHA-256 of the file.
pub fn backup(target: &Target, now: Micros, file: &Path) -> Result<String> {
    whole_file::refuse_taken(file)?;
    match target {
        Target::Sqlite(path) if !path.exists() => {
            Err(Error::Conflict(format!("{} does not exist yet", path.display())))
        }
        Target::Sqlite(_) => of_file(target, file),
        Target::Postgres(_) => {
            let new = NewFile::at(file)?;
            export_all(&Store::visit(target)?, now, new.part())?;
            publish(new, file)
        }
    }
}

fn of_file(target: &Target, file: &Path) -> Result<String> {
    let new = NewFile::at(file)?;
    // Made before, so that nobody else can read it; the database writes into an empty file.
    drop(new.create()?);
    database::copy_file(target, new.part()).map_err(told)?;
    publish(new, file)
}

/// Notes the digest, then gives the copy its name: whoever sees the copy can check it.
fn publish(new: NewFile, file: &Path) -> Result<String> {
    let digest = whole_file::digest(new.part(), &mut std::io::sink())?;
    let noted = whole_file::digest_file(file);
    // Left by a backup that was broken off: there is no copy of this name.
    drop(std::fs::remove_file(&noted));
    let of_digest = NewFile::at(&noted)?;
    let written = of_digest.create()?.write_all(whole_file::digest_line(file, &digest).as_bytes());
    written.map_err(|error| whole_file::failed("write", &noted, &error))?;
    of_digest.publish()?;
    new.publish()?;
    Ok(digest)
}
