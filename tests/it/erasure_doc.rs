//! docs/erasure.md says of every column of the schema what it holds of a person and what an erasure does.

use std::collections::BTreeSet;
use std::path::Path;

use laatu::store::{Store, migrate};
use laatu_tests::schema::Any;
use laatu_tests::{Database, Kind};

/// The words in back-ticks of a cell.
fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Table and column of each row of the document's table.
fn documented() -> BTreeSet<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/erasure.md");
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        assert_eq!(cells.len(), 4, "table, columns, personal or not, what becomes of it: {line}");
        for column in names(cells[1]) {
            let pair = (names(cells[0])[0].clone(), column);
            assert!(found.insert(pair.clone()), "{pair:?} stands twice");
        }
    }
    found
}

#[test]
fn every_column_of_the_schema_is_accounted_for() {
    let database = Database::fresh(Kind::Sqlite);
    migrate::migrate(&Store::open(&database.target()).unwrap()).unwrap();
    let mut schema = Any::to(&database.target()).schema();
    schema.remove("__diesel_schema_migrations");
    let columns = schema
        .into_iter()
        .flat_map(|(name, table)| table.columns.into_iter().map(move |(column, _)| (name.clone(), column)));
    let there: BTreeSet<(String, String)> = columns.collect();
    let documented = documented();
    assert_eq!(
        there.difference(&documented).collect::<Vec<_>>(),
        [] as [&(String, String); 0],
        "not in the document"
    );
    assert_eq!(
        documented.difference(&there).collect::<Vec<_>>(),
        [] as [&(String, String); 0],
        "not in the schema"
    );
}
