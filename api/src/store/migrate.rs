//! Brings the schema up to this binary, under a lock, and refuses what it must not touch.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Store;
use super::connection::{AnyConnection, ask};
use super::error::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// The oldest SQLite that does not damage a write-ahead log when two connections checkpoint.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Any number will do, as long as every laatu uses the same.
const POSTGRES_LOCK: i64 = 0x006c_6161_7475;

/// What `migrate` did.
#[derive(Debug, PartialEq, Eq)]
pub struct Migrated {
    /// Names of the migrations that ran now.
    pub applied: Vec<String>,
    /// How many there are in all.
    pub known: usize,
}

/// Checks the database and brings its schema to this binary's.
pub fn migrate(store: &Store) -> Result<Migrated> {
    let mut connection = store.writer()?;
    check_database(&mut connection)?;
    let outcome = locked(&mut connection, run_pending)?;
    Ok(outcome)
}

/// Names of migrations that this binary knows and the database lacks; an error when the database is newer.
pub fn pending(store: &Store) -> Result<Vec<String>> {
    let mut connection = store.writer()?;
    check_database(&mut connection)?;
    match &mut *connection {
        AnyConnection::Sqlite(inner) => pending_on::<diesel::sqlite::Sqlite, _>(inner, SQLITE),
        AnyConnection::Postgres(inner) => pending_on::<diesel::pg::Pg, _>(inner, POSTGRES),
    }
}

/// Versions of all migrations that this binary knows, oldest first.
pub fn known() -> Result<Vec<String>> {
    let all: Known<diesel::sqlite::Sqlite> = SQLITE.migrations().map_err(failed)?;
    Ok(all.iter().map(|one| one.name().version().to_string()).collect())
}

/// Versions of the migrations that a database has, oldest first; none when it has no schema yet.
pub fn applied(store: &Store) -> Result<Vec<String>> {
    let mut connection = store.writer()?;
    applied_on(&mut connection)
}

fn applied_on(connection: &mut AnyConnection) -> Result<Vec<String>> {
    let applied = match connection {
        AnyConnection::Sqlite(inner) => inner.applied_migrations(),
        AnyConnection::Postgres(inner) => inner.applied_migrations(),
    };
    let applied = applied.map_err(failed)?;
    let mut versions: Vec<String> = applied.iter().map(ToString::to_string).collect();
    versions.sort_unstable();
    Ok(versions)
}

/// Brings a database without rows to exactly this schema, which may be older than this binary's.
///
/// A conflict when this binary does not know it, or when the database is beyond it: nothing goes back.
pub fn bring_to(store: &Store, wanted: &[String]) -> Result<()> {
    if let Some(unknown) = unknown(wanted)? {
        return Err(Error::Conflict(format!(
            "the copy's schema is newer than this laatu (it has migration {unknown}, unknown here): use the newer laatu"
        )));
    }
    let mut connection = store.writer()?;
    check_database(&mut connection)?;
    locked(&mut connection, |connection| {
        let applied = applied_on(connection)?;
        if let Some(beyond) = applied.iter().find(|version| !wanted.contains(version)) {
            return Err(Error::Conflict(format!(
                "the copy has an older schema than the database, which has migration {beyond}: restore it into a new, empty database"
            )));
        }
        match connection {
            AnyConnection::Sqlite(inner) => run_some::<diesel::sqlite::Sqlite, _>(inner, SQLITE, wanted),
            AnyConnection::Postgres(inner) => run_some::<diesel::pg::Pg, _>(inner, POSTGRES, wanted),
        }
    })
}

/// The first of some versions that this binary does not know.
pub fn unknown(versions: &[String]) -> Result<Option<String>> {
    let known = known()?;
    Ok(versions.iter().find(|version| !known.contains(version)).cloned())
}

/// Runs those of the wanted migrations that are missing.
fn run_some<DB, C>(connection: &mut C, source: EmbeddedMigrations, wanted: &[String]) -> Result<()>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    for pending in connection.pending_migrations(source).map_err(failed)? {
        if wanted.contains(&pending.name().version().to_string()) {
            connection.run_migration(&pending).map_err(failed)?;
        }
    }
    Ok(())
}

fn check_database(connection: &mut AnyConnection) -> Result<()> {
    match connection {
        AnyConnection::Sqlite(_) => {
            let version = ask(connection, "SELECT sqlite_version() AS value")?;
            refuse_old_sqlite(&version)
        }
        AnyConnection::Postgres(_) => {
            for setting in ["fsync", "full_page_writes"] {
                if ask(connection, &format!("SELECT current_setting('{setting}') AS value"))? == "off" {
                    return Err(Error::Conflict(format!(
                        "PostgreSQL runs with {setting}=off: an acknowledged answer could be lost; set it to on"
                    )));
                }
            }
            if ask(connection, "SELECT current_setting('synchronous_commit') AS value")? == "off" {
                return Err(Error::Conflict(
                    "PostgreSQL runs with synchronous_commit=off: an acknowledged answer could be lost; set it to on"
                        .to_owned(),
                ));
            }
            Ok(())
        }
    }
}

/// Refuses an SQLite library older than the one that mended its write-ahead log.
pub fn refuse_old_sqlite(version: &str) -> Result<()> {
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < OLDEST_SQLITE {
        let (major, minor, patch) = OLDEST_SQLITE;
        return Err(Error::Conflict(format!(
            "SQLite {version} is too old: before {major}.{minor}.{patch} it can damage its write-ahead log"
        )));
    }
    Ok(())
}

/// Runs `work` so that no second process migrates at the same time.
fn locked<T>(connection: &mut AnyConnection, work: impl Fn(&mut AnyConnection) -> Result<T>) -> Result<T> {
    // On SQLite the service holds the file's lock, or a guest's BEGIN EXCLUSIVE inside each migration waits.
    let is_postgres = matches!(connection, AnyConnection::Postgres(_));
    if is_postgres {
        connection.batch_execute(&format!("SELECT pg_advisory_lock({POSTGRES_LOCK})"))?;
    }
    let outcome = work(connection);
    if is_postgres {
        connection.batch_execute(&format!("SELECT pg_advisory_unlock({POSTGRES_LOCK})"))?;
    }
    outcome
}

fn run_pending(connection: &mut AnyConnection) -> Result<Migrated> {
    match connection {
        AnyConnection::Sqlite(inner) => run_on::<diesel::sqlite::Sqlite, _>(inner, SQLITE),
        AnyConnection::Postgres(inner) => run_on::<diesel::pg::Pg, _>(inner, POSTGRES),
    }
}

fn run_on<DB, C>(connection: &mut C, source: EmbeddedMigrations) -> Result<Migrated>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let (known, _) = known_and_applied::<DB, C>(connection, &source)?;
    let ran = connection.run_pending_migrations(source).map_err(failed)?;
    let names =
        known.iter().filter(|one| ran.contains(&one.name().version())).map(|one| one.name().to_string());
    Ok(Migrated { applied: names.collect(), known: known.len() })
}

type Known<DB> = Vec<Box<dyn Migration<DB>>>;

/// What this binary knows and what the database has; an error when the database has more.
fn known_and_applied<DB, C>(
    connection: &mut C,
    source: &EmbeddedMigrations,
) -> Result<(Known<DB>, Vec<MigrationVersion<'static>>)>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known: Known<DB> = source.migrations().map_err(failed)?;
    let applied = connection.applied_migrations().map_err(failed)?;
    refuse_newer(&known, &applied)?;
    Ok((known, applied))
}

fn refuse_newer<DB: diesel::backend::Backend>(
    known: &[Box<dyn Migration<DB>>],
    applied: &[MigrationVersion<'static>],
) -> Result<()> {
    let unknown = applied.iter().find(|version| known.iter().all(|one| one.name().version() != **version));
    match unknown {
        Some(version) => Err(Error::Conflict(format!(
            "the database's schema is newer than this laatu (it has migration {version}, unknown here): use the newer laatu"
        ))),
        None => Ok(()),
    }
}

fn pending_on<DB, C>(connection: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let (known, applied) = known_and_applied::<DB, C>(connection, &source)?;
    let pending = known.iter().filter(|one| !applied.contains(&one.name().version()));
    Ok(pending.map(|one| one.name().to_string()).collect())
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::Broken(format!("migration failed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_damages_its_log_is_refused_with_words() {
        assert!(refuse_old_sqlite("3.53.2").is_ok());
        assert!(refuse_old_sqlite("3.51.3").is_ok());
        let refused = refuse_old_sqlite("3.40.1").unwrap_err().to_string();
        assert!(refused.contains("3.40.1 is too old") && refused.contains("3.51.3"), "{refused}");
    }
}
