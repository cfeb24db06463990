//! Rules over the real schema of both databases: keys led by the organisation, nothing null in a key,
//! the same tables on both.

use std::path::{Path, PathBuf};

use laatu::store::{Store, migrate};
use laatu_tests::schema::{Any, Schema};
use laatu_tests::{Database, Kind};

/// Tables that belong to no organisation, each with its reason.
const GLOBAL: [&str; 1] = ["__diesel_schema_migrations"]; // names of migrations

/// Unique keys that are looked up before an organisation is known, and therefore stand alone.
const GLOBAL_KEYS: [(&str, &str); 2] = [("organisation", "slug"), ("organisation", "route")];

/// Every breach of the rules, in words.
fn breaches(schema: &Schema) -> Vec<String> {
    let mut found = Vec::new();
    for (name, table) in schema.iter().filter(|(name, _)| !GLOBAL.contains(&name.as_str())) {
        if table.primary_key.first().is_none_or(|column| column != "org_id") {
            found.push(format!("{name}: the primary key {:?} is not led by org_id", table.primary_key));
        }
        for columns in &table.uniques {
            let stands_alone = matches!(&columns[..], [only] if GLOBAL_KEYS.contains(&(name, only)));
            if columns[0] != "org_id" && !stands_alone {
                found.push(format!("{name}: the unique key {columns:?} is not led by org_id"));
            }
        }
        for (here, foreign, there) in &table.foreign_keys {
            if here[0] != "org_id" || there[0] != "org_id" {
                found.push(format!(
                    "{name}: the foreign key {here:?} to {foreign} {there:?} is not led by org_id"
                ));
            }
        }
        let keys = table.uniques.iter().chain([&table.primary_key]).flatten();
        for column in keys {
            if table.columns.iter().any(|(name, nullable)| name == column && *nullable) {
                found.push(format!("{name}: {column} stands in a key and may be null"));
            }
        }
    }
    found
}

fn migrated(kind: Kind) -> (Database, Schema) {
    let database = Database::fresh(kind);
    let store = Store::open(&database.target()).unwrap();
    migrate::migrate(&store).unwrap();
    let schema = Any::to(&database.target()).schema();
    (database, schema)
}

fn keys_are_led_by_the_organisation(kind: Kind) {
    let (_database, schema) = migrated(kind);
    assert!(schema.len() >= 15, "all tables are read: {:?}", schema.keys());
    assert!(schema.values().all(|table| !table.primary_key.is_empty()), "{schema:?}");
    assert!(schema.values().map(|table| table.foreign_keys.len()).sum::<usize>() >= 15, "{schema:?}");
    assert_eq!(breaches(&schema), [] as [&str; 0]);
}

#[test]
fn on_sqlite_every_key_is_led_by_the_organisation_and_holds_no_null() {
    keys_are_led_by_the_organisation(Kind::Sqlite);
}

#[test]
fn on_postgresql_every_key_is_led_by_the_organisation_and_holds_no_null() {
    keys_are_led_by_the_organisation(Kind::Postgres);
}

#[test]
fn both_databases_have_the_same_tables_columns_nulls_and_keys() {
    let (_sqlite, left) = migrated(Kind::Sqlite);
    let (_postgres, right) = migrated(Kind::Postgres);
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (name, table) in left.iter().filter(|(name, _)| !GLOBAL.contains(&name.as_str())) {
        assert_eq!(table, &right[name], "{name}");
    }
}

fn a_bad_schema_is_found(kind: Kind) {
    let database = Database::fresh(kind);
    let mut connection = Any::to(&database.target());
    connection.run(
        "CREATE TABLE organisation (org_id INTEGER NOT NULL PRIMARY KEY, slug VARCHAR(9) NOT NULL UNIQUE);
         CREATE TABLE loose (loose_id INTEGER NOT NULL PRIMARY KEY, org_id INTEGER NOT NULL);
         CREATE TABLE tight (org_id INTEGER NOT NULL, tight_id INTEGER NOT NULL, word VARCHAR(9),
           loose_id INTEGER NOT NULL REFERENCES loose (loose_id),
           PRIMARY KEY (org_id, tight_id), UNIQUE (org_id, word));
         CREATE UNIQUE INDEX tight_word ON tight (tight_id, org_id);",
    );
    let found = breaches(&connection.schema());
    for (table, words) in [
        ("loose", "the primary key [\"loose_id\"]"),
        ("tight", "the unique key [\"tight_id\", \"org_id\"]"),
        ("tight", "the foreign key [\"loose_id\"] to loose"),
        ("tight", "word stands in a key and may be null"),
    ] {
        let hits = found.iter().filter(|breach| breach.starts_with(table) && breach.contains(words)).count();
        assert_eq!(hits, 1, "{words} in {found:?}");
    }
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn a_bad_schema_is_found_on_sqlite() {
    a_bad_schema_is_found(Kind::Sqlite);
}

#[test]
fn a_bad_schema_is_found_on_postgresql() {
    a_bad_schema_is_found(Kind::Postgres);
}

fn migrations(kind: Kind) -> Vec<PathBuf> {
    let folder = match kind {
        Kind::Sqlite => "sqlite",
        Kind::Postgres => "postgres",
    };
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(folder);
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(all).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn names(paths: &[PathBuf]) -> Vec<&str> {
    paths.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect()
}

fn goes_up_down_and_up(kind: Kind) {
    let database = Database::fresh(kind);
    let mut connection = Any::to(&database.target());
    let steps = migrations(kind);
    let backwards: Vec<PathBuf> = steps.iter().rev().cloned().collect();
    let run = |connection: &mut Any, steps: &[PathBuf], file: &str| {
        for step in steps {
            connection.run(&std::fs::read_to_string(step.join(file)).unwrap());
        }
    };
    run(&mut connection, &steps, "up.sql");
    let first = connection.schema();
    run(&mut connection, &backwards, "down.sql");
    assert_eq!(connection.schema(), Schema::new(), "nothing stays behind");
    run(&mut connection, &steps, "up.sql");
    assert_eq!(connection.schema(), first);
    let (_database, mut shipped) = migrated(kind);
    shipped.retain(|name, _| !GLOBAL.contains(&name.as_str()));
    assert_eq!(first, shipped, "the service makes what the files say");
}

#[test]
fn migrations_have_the_same_names_on_both_databases() {
    let (sqlite, postgres) = (migrations(Kind::Sqlite), migrations(Kind::Postgres));
    assert!(!sqlite.is_empty());
    assert_eq!(names(&sqlite), names(&postgres));
}

#[test]
fn migrations_go_up_down_and_up_on_sqlite() {
    goes_up_down_and_up(Kind::Sqlite);
}

#[test]
fn migrations_go_up_down_and_up_on_postgresql() {
    goes_up_down_and_up(Kind::Postgres);
}
