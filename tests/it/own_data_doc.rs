//! docs/own-data.md says of every column that is personal where the customer sees it, or why not.

use std::collections::BTreeSet;
use std::path::Path;

/// Table and column of the rows of a document's table whose third cell is wanted.
fn columns(document: &str, is_wanted: impl Fn(&str) -> bool) -> BTreeSet<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(document);
    let text = std::fs::read_to_string(path).unwrap();
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<String>>();
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        if cells.get(2).is_some_and(|cell| is_wanted(cell)) {
            found.extend(words(cells[1]).into_iter().map(|column| (words(cells[0])[0].clone(), column)));
        }
    }
    found
}

#[test]
fn every_personal_column_is_accounted_for() {
    let personal = columns("erasure.md", |personal| personal.starts_with("yes"));
    let told = columns("own-data.md", |_| true);
    assert!(personal.len() > 80, "the table of erasure.md is read: {}", personal.len());
    assert_eq!(
        personal.difference(&told).collect::<Vec<_>>(),
        [] as [&(String, String); 0],
        "not in own-data.md"
    );
    assert_eq!(told.difference(&personal).collect::<Vec<_>>(), [] as [&(String, String); 0], "not personal");
}
