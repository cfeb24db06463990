//! Reads the real schema of either database into one shape, so that rules can be checked on both.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Bool, Integer, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use laatu::store::Target;

/// A table as the database describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Columns in their order; true where null may stand.
    pub columns: Vec<(String, bool)>,
    /// Columns of the primary key.
    pub primary_key: Vec<String>,
    /// Columns of every other unique index, sorted.
    pub uniques: Vec<Vec<String>>,
    /// Columns, table and columns there of every foreign key, sorted.
    pub foreign_keys: Vec<ForeignKey>,
}

/// Columns of a foreign key, the table that they point to, and the columns there.
pub type ForeignKey = (Vec<String>, String, Vec<String>);

/// All tables by name.
pub type Schema = BTreeMap<String, Table>;

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    index_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Bool)]
    is_primary: bool,
}

#[derive(QueryableByName)]
struct ForeignRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    key_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    foreign_table: String,
    #[diesel(sql_type = Text)]
    foreign_column: String,
    #[diesel(sql_type = Integer)]
    #[allow(dead_code, reason = "orders the rows")]
    place: i32,
}

#[derive(QueryableByName)]
struct NumberRow {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    value: String,
}

/// A connection of the tests' own to either database.
pub enum Any {
    /// To the file.
    Sqlite(SqliteConnection),
    /// To the server.
    Postgres(PgConnection),
}

macro_rules! load {
    ($connection:expr, $sqlite:expr, $postgres:expr) => {
        match $connection {
            Any::Sqlite(inner) => sql_query($sqlite).load(inner),
            Any::Postgres(inner) => sql_query($postgres).load(inner),
        }
        .expect("the schema can be read")
    };
}

impl Any {
    /// Connects.
    pub fn to(target: &Target) -> Self {
        match target {
            Target::Sqlite(path) => {
                Self::Sqlite(SqliteConnection::establish(&path.to_string_lossy()).expect("the file opens"))
            }
            Target::Postgres(url) => {
                Self::Postgres(PgConnection::establish(url).expect("the server answers"))
            }
        }
    }

    /// Runs statements.
    pub fn run(&mut self, statements: &str) {
        let outcome = match self {
            Self::Sqlite(inner) => inner.batch_execute(statements),
            Self::Postgres(inner) => inner.batch_execute(statements),
        };
        outcome.unwrap_or_else(|error| panic!("{error} in {statements}"));
    }

    /// The one number that a query gives in its column `n`.
    pub fn number(&mut self, query: &str) -> i64 {
        let rows: Vec<NumberRow> = load!(self, query, query);
        rows[0].n
    }

    /// All that a table holds: each value as its bytes, and as text where it is none.
    pub fn dump(&mut self, table: &str) -> Vec<Vec<u8>> {
        let columns = self.schema().remove(table).expect("a table").columns;
        let mut rows = Vec::new();
        for (column, _) in columns {
            let query = match self {
                Self::Sqlite(_) => format!("SELECT hex(\"{column}\") AS value FROM {table}"),
                Self::Postgres(_) => format!(
                    "SELECT CASE WHEN {column} IS NULL THEN '' WHEN pg_typeof({column}) = 'bytea'::regtype \
                     THEN substr({column}::text, 3) ELSE encode(convert_to({column}::text, 'UTF8'), 'hex') END \
                     AS value FROM {table}"
                ),
            };
            let values: Vec<TextRow> = load!(self, &query, &query);
            rows.extend(values.iter().map(|row| bytes_of(&row.value)));
        }
        rows
    }

    /// The texts that a query gives in its column `value`.
    pub fn texts(&mut self, query: &str) -> Vec<String> {
        let rows: Vec<TextRow> = load!(self, query, query);
        rows.into_iter().map(|row| row.value).collect()
    }

    /// Reads the whole schema.
    pub fn schema(&mut self) -> Schema {
        let mut schema = Schema::new();
        let columns: Vec<ColumnRow> = load!(self, SQLITE_COLUMNS, POSTGRES_COLUMNS);
        for row in columns {
            schema.entry(row.table_name).or_default().columns.push((row.column_name, row.nullable));
        }
        let indexes: Vec<IndexRow> = load!(self, SQLITE_INDEXES, POSTGRES_INDEXES);
        let mut uniques: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for row in indexes {
            if row.is_primary {
                schema.entry(row.table_name).or_default().primary_key.push(row.column_name);
            } else {
                uniques.entry((row.table_name, row.index_name)).or_default().push(row.column_name);
            }
        }
        for ((table, _), columns) in uniques {
            schema.entry(table).or_default().uniques.push(columns);
        }
        self.read_foreign_keys(&mut schema);
        for table in schema.values_mut() {
            table.uniques.sort();
            table.foreign_keys.sort();
        }
        schema
    }

    fn read_foreign_keys(&mut self, schema: &mut Schema) {
        let rows: Vec<ForeignRow> = load!(self, SQLITE_FOREIGN, POSTGRES_FOREIGN);
        let mut keys: BTreeMap<(String, String), ForeignKey> = BTreeMap::new();
        for row in rows {
            let key = keys.entry((row.table_name, row.key_name)).or_default();
            key.0.push(row.column_name);
            key.1 = row.foreign_table;
            key.2.push(row.foreign_column);
        }
        for ((table, _), key) in keys {
            schema.entry(table).or_default().foreign_keys.push(key);
        }
    }
}

/// Bytes from pairs of digits.
fn bytes_of(digits: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("two digits");
    (0..digits.len()).step_by(2).map(pair).collect()
}

const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, c.name AS column_name, c.\"notnull\" = 0 AS nullable \
    FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid";

/// The primary key comes from the table itself: a key of one whole number has no index of its own.
const SQLITE_INDEXES: &str = "SELECT * FROM ( \
    SELECT m.name AS table_name, 'primary' AS index_name, c.name AS column_name, 1 AS is_primary, c.pk AS place \
    FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.pk > 0 \
    UNION ALL \
    SELECT m.name, l.name, i.name, 0, i.seqno \
    FROM sqlite_schema m JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i \
    WHERE m.type = 'table' AND l.\"unique\" = 1 AND l.origin <> 'pk') ORDER BY table_name, index_name, place";

const SQLITE_FOREIGN: &str = "SELECT m.name AS table_name, CAST(f.id AS TEXT) AS key_name, f.\"from\" AS column_name, \
    f.\"table\" AS foreign_table, f.\"to\" AS foreign_column, CAST(f.seq AS INTEGER) AS place \
    FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq";

const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, is_nullable = 'YES' AS nullable \
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position";

const POSTGRES_INDEXES: &str = "SELECT t.relname::text AS table_name, i.relname::text AS index_name, \
    a.attname::text AS column_name, x.indisprimary AS is_primary \
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
    JOIN pg_namespace n ON n.oid = t.relnamespace \
    CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, place) \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number \
    WHERE n.nspname = 'public' AND x.indisunique ORDER BY 1, 2, k.place";

const POSTGRES_FOREIGN: &str = "SELECT t.relname::text AS table_name, c.conname::text AS key_name, \
    a.attname::text AS column_name, f.relname::text AS foreign_table, b.attname::text AS foreign_column, \
    k.place::int4 AS place \
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid \
    JOIN pg_namespace n ON n.oid = t.relnamespace \
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(here, there, place) \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.here \
    JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = k.there \
    WHERE n.nspname = 'public' AND c.contype = 'f' ORDER BY 1, 2, k.place";
