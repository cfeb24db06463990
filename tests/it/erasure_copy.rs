//! A copy of the database from before an erasure is brought by the list to the state after it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use laatu::service::check::check;
use laatu::service::erase::{Erased, erase};
use laatu::service::erasure_list::replay;
use laatu::store::{Store, Target, authority};
use laatu_tests::Database;
use laatu_tests::bench::installation::{Installation, erasure_list, services};
use laatu_tests::database::cluster_url;
use laatu_tests::people::{Person, Town, marks};
use laatu_tests::schema::Any;

use super::erasure::named;

/// All values of all tables but those that say when something was erased.
fn dump(target: &Target) -> Vec<(String, Vec<Vec<u8>>)> {
    let mut any = Any::to(target);
    let tables: Vec<String> = any.schema().into_keys().filter(|table| table != "erasure").collect();
    let mut all: Vec<(String, Vec<Vec<u8>>)> =
        tables.into_iter().map(|table| (table.clone(), any.dump(&table))).collect();
    for (_, values) in &mut all {
        values.sort();
    }
    all
}

/// A copy of a database that nobody has open.
fn copy(of: &Database, folder: &Path) -> (Option<Database>, Target) {
    match of.target() {
        Target::Sqlite(path) => {
            let to = folder.join("copy.db");
            assert!(!path.with_file_name("laatu.db-wal").exists(), "everything is in the file");
            fs::copy(path, &to).unwrap();
            (None, Target::Sqlite(to))
        }
        Target::Postgres(_) => {
            let copy = Database::copied(&cluster_url(), of);
            let target = copy.target();
            (Some(copy), target)
        }
    }
}

on_both_kinds! {
    fn an_older_copy_is_brought_to_the_same_state(kind) {
        let (database, folder) = (Database::fresh(kind), tempfile::tempdir().unwrap());
        let installation = Installation::make(&database.target(), folder.path());
        let people = {
            let Installation { services, scope, survey, .. } = &installation;
            Town { services, scope, survey }.settle(0..60)
        };
        drop(installation);
        let (_kept, target) = copy(&database, folder.path());
        let gone: Vec<Person> = people.iter().step_by(2).cloned().collect();
        let original = services(Store::open(&database.target()).unwrap(), folder.path());
        let scope = original.store.read(|connection| authority::operator(connection, "bench")).unwrap();
        let erased = erase(&original, &scope, &named(&gone)).unwrap();
        let restored = services(Store::open(&target).unwrap(), folder.path());
        let replayed = replay(&restored, &erasure_list(folder.path())).unwrap();
        assert_eq!((replayed.lines, replayed.erased, replayed.elsewhere), (1, erased, 0));
        assert!(dump(&target) == dump(&database.target()), "the copy is what the original became");
        assert_eq!(check(&restored, None).unwrap().differences, []);
        let again = replay(&restored, &erasure_list(folder.path())).unwrap();
        assert_eq!(again.erased, Erased::default(), "twice is harmless");
        let text = fs::read(erasure_list(folder.path())).unwrap();
        assert_eq!(String::from_utf8_lossy(&text).lines().count(), 1, "a replay of the own list adds nothing to it");
        assert_eq!(marks(&text), BTreeSet::new(), "ids only");
    }
}
