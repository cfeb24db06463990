//! `laatu export --all` and `laatu import --all`: a whole installation as one file, and back into either database.
//!
//! What the file holds is the business of `store::copy`. `backup` writes the same file of a PostgreSQL database,
//! `restore` brings it in where nothing is.

use std::io::BufWriter;
use std::path::Path;

use super::whole_file::{self, NewFile, told};
use super::{Error, Result};
use crate::domain::Micros;
use crate::store::copy::file::{Summary, walk};
use crate::store::copy::{self, End, FORMAT, Header, database};
use crate::store::{self, Store, Target, migrate};

/// Writes everything that a database holds at one moment into a new file; what its last line says.
pub fn export_all(store: &Store, now: Micros, file: &Path) -> Result<End> {
    let new = NewFile::at(file)?;
    let mut out = BufWriter::with_capacity(1 << 16, new.create()?);
    let header = header(store, now)?;
    let end = store.read(|connection| copy::write(connection, &header, &mut out)).map_err(told)?;
    drop(out);
    new.publish()?;
    Ok(end)
}

fn header(store: &Store, now: Micros) -> Result<Header> {
    let (schema, known) = (migrate::applied(store)?, migrate::known()?);
    if schema != known {
        return Err(Error::Conflict(
            "the database has another schema than this laatu: a copy is made by the laatu that serves it"
                .to_owned(),
        ));
    }
    let database = match store.target() {
        Target::Sqlite(_) => "sqlite",
        Target::Postgres(_) => "postgres",
    };
    Ok(Header {
        laatu_copy: FORMAT,
        schema,
        laatu: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: now.rfc3339(),
        database: database.to_owned(),
    })
}

/// Reads a whole copy and checks every line of it; what it says of itself.
pub fn verify(file: &Path) -> Result<Summary> {
    if let Some(noted) = whole_file::noted_digest(file)?
        && whole_file::digest(file, &mut std::io::sink())? != noted
    {
        return Err(differs(file));
    }
    Ok(walk(whole_file::open(file)?, |_| Ok(()))?)
}

/// The refusal of a file whose digest is not the one that stands beside it.
pub fn differs(file: &Path) -> Error {
    let noted = whole_file::digest_file(file);
    Error::Conflict(format!(
        "{} is damaged: its SHA-256 is another than that in {}",
        file.display(),
        noted.display()
    ))
}

/// Brings a copy of the same schema into an empty database, in one transaction.
pub fn import_all(target: &Target, file: &Path) -> Result<Summary> {
    let summary = verify(file)?;
    let known = migrate::known()?;
    if summary.header.schema != known {
        return Err(Error::Conflict(format!(
            "the copy was made with the schema {} (laatu {}), this laatu has {}: bring both to the same laatu first",
            newest(&summary.header.schema),
            summary.header.laatu,
            newest(&known)
        )));
    }
    database::refuse_company(target)?;
    let store = Store::open(target)?;
    migrate::migrate(&store)?;
    bring_in(&store, file, &summary)?;
    Ok(summary)
}

/// Inserts a verified copy into a database without rows, all of it or nothing.
pub fn bring_in(store: &Store, file: &Path, verified: &Summary) -> Result<()> {
    let outcome = store.write(|connection| {
        if !database::is_empty(connection, &verified.end)? {
            return Err(store::Error::Conflict(
                "the database is not empty: a copy is brought into an empty one only".to_owned(),
            ));
        }
        let lines = whole_file::open(file).map_err(|error| store::Error::Broken(error.to_string()))?;
        let read = copy::bring_in(connection, lines)?;
        if read == *verified {
            Ok(())
        } else {
            Err(store::Error::Conflict("the copy was changed while it was read".to_owned()))
        }
    });
    outcome.map_err(told)
}

fn newest(schema: &[String]) -> &str {
    schema.last().map_or("none", String::as_str)
}
