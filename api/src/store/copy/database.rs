//! What a database must be before a copy is brought in, and the copy of an SQLite file as it is.

use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use diesel::sql_query;
use diesel::sql_types;

use super::End;
use super::tables::TABLES;
use crate::store::connection::{AnyConnection, Manager, Target, Use, ask};
use crate::store::error::{Error, Result};

/// Whether none of the tables of a copy has a row. An older copy has fewer tables, and so has its schema.
pub fn is_empty(connection: &mut AnyConnection, copy: &End) -> Result<bool> {
    let is_in_copy = |name: &str| copy.rows.iter().any(|(table, _)| table == name);
    for table in TABLES.iter().filter(|table| is_in_copy(table.name)) {
        if table.has_rows(connection)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How often it is looked for company: a connection that was closed just now may still be seen.
const LOOKS: u32 = 20;

/// The time between two looks.
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Refuses a PostgreSQL database to which somebody else is connected: a service would not notice what is brought in.
pub fn refuse_company(target: &Target) -> Result<()> {
    let Target::Postgres(_) = target else { return Ok(()) };
    let mut connection = alone(target)?;
    let mut others = String::new();
    for _ in 0..LOOKS {
        others = ask(
            &mut connection,
            "SELECT count(*)::text AS value FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
        )?;
        if others == "0" {
            return Ok(());
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    Err(Error::Conflict(format!(
        "the database has other connections ({others}): stop every service and every other program on it first"
    )))
}

/// Copies an SQLite database as it stands at one moment into an empty file, beside whoever uses it.
pub fn copy_file(target: &Target, to: &Path) -> Result<()> {
    match &mut alone(target)? {
        AnyConnection::Sqlite(inner) => {
            sql_query("VACUUM INTO ?")
                .bind::<sql_types::Text, _>(to.to_string_lossy().into_owned())
                .execute(inner)?;
            Ok(())
        }
        AnyConnection::Postgres(_) => Err(Error::Broken("a server's database is no file".to_owned())),
    }
}

/// Makes one complete file of an SQLite database that nobody uses any more: no log stays beside it.
pub fn seal(file: &Path) -> Result<()> {
    let mut connection = alone(&Target::Sqlite(file.to_owned()))?;
    // Giving up the log needs the file alone and does not wait for it. A pool that was dropped just now may still have a
    // connection on its way, opened by a thread of its own.
    for _ in 1..LOOKS {
        match seal_alone(&mut connection) {
            Err(Error::Busy(_)) => std::thread::sleep(BETWEEN_LOOKS),
            sealed => return sealed,
        }
    }
    seal_alone(&mut connection)
}

fn seal_alone(connection: &mut AnyConnection) -> Result<()> {
    connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?;
    connection.batch_execute("PRAGMA journal_mode=DELETE")?;
    Ok(())
}

/// One connection that is closed when it is dropped.
fn alone(target: &Target) -> Result<AnyConnection> {
    let usage = match target {
        // Checkpoints are left to the service that may be running.
        Target::Sqlite(_) => Use::Guest,
        Target::Postgres(_) => Use::Read,
    };
    Manager::new(target.clone(), usage)
        .connect()
        .map_err(|error| Error::Broken(error.to_string().lines().next().unwrap_or_default().to_owned()))
}
