//! What stands in the database, read through a connection of the oracle's own, all at one moment.

use std::collections::BTreeMap;

use diesel::sql_types::{BigInt, Binary, SmallInt, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use laatu::store::Target;

use super::plan::Content;
use crate::schema::Any;

/// One revision with what it holds.
pub type Revision = (i16, Content);

/// Pages, responses and the log.
#[derive(Debug, Default)]
pub struct Stored {
    /// The revisions of each posted page, by invitation (hexadecimal) and page.
    pub pages: BTreeMap<(String, i16), Vec<Revision>>,
    /// The revisions of each response, by invitation.
    pub responses: BTreeMap<String, Vec<Revision>>,
    /// All positions of the log, in order.
    pub positions: Vec<i64>,
    /// The last position that was given out.
    pub last_position: i64,
}

#[derive(QueryableByName)]
struct PageRow {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = SmallInt)]
    page: i16,
    #[diesel(sql_type = SmallInt)]
    revision: i16,
    #[diesel(sql_type = Binary)]
    answers: Vec<u8>,
    #[diesel(sql_type = Text)]
    words: String,
}

#[derive(QueryableByName)]
struct ResponseRow {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = SmallInt)]
    revision: i16,
    #[diesel(sql_type = Binary)]
    answers: Vec<u8>,
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = BigInt)]
    log_position: i64,
}

const PAGES: &str = "SELECT HEX(invitation_id) AS id, page, revision, answers, comment AS words \
    FROM saved_page ORDER BY 1, page, revision";

const RESPONSES: &str = "SELECT HEX(r.response_id) AS id, r.revision, r.answers, \
    COALESCE(c.words, '') AS words, r.log_position \
    FROM response r LEFT JOIN comment c ON c.org_id = r.org_id AND c.response_id = r.response_id \
    AND c.revision = r.revision ORDER BY 1, r.revision, r.log_position";

macro_rules! rows {
    ($connection:expr, $query:expr) => {
        match $connection {
            Any::Sqlite(inner) => {
                sql_query($query.replace("HEX(", "lower(hex(").replace("_id) AS", "_id)) AS")).load(inner)
            }
            Any::Postgres(inner) => {
                sql_query($query.replace("HEX(", "encode(").replace("_id) AS", "_id, 'hex') AS")).load(inner)
            }
        }
        .expect("what is stored can be read")
    };
}

impl Stored {
    /// Reads everything in one transaction.
    pub fn read(target: &Target) -> Self {
        let mut connection = Any::to(target);
        connection.run(match target {
            Target::Sqlite(_) => "PRAGMA busy_timeout = 20000; BEGIN",
            Target::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ",
        });
        let pages: Vec<PageRow> = rows!(&mut connection, PAGES);
        let responses: Vec<ResponseRow> = rows!(&mut connection, RESPONSES);
        let mut stored = Self {
            last_position: connection.number("SELECT last_position AS n FROM log_position"),
            ..Self::default()
        };
        connection.run("COMMIT");
        for row in pages {
            let content = Content { bytes: row.answers, comment: row.words };
            stored.pages.entry((row.id, row.page)).or_default().push((row.revision, content));
        }
        for row in responses {
            let content = Content { bytes: row.answers, comment: row.words };
            stored.responses.entry(row.id).or_default().push((row.revision, content));
            stored.positions.push(row.log_position);
        }
        stored.positions.sort_unstable();
        stored
    }
}
