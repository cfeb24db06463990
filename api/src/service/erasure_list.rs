//! The list of erasures, a file outside the database: whoever restores an older copy erases by it once more.
//!
//! A line is written and is on the disk before the erasure is committed. A line too many does no harm, since who is gone
//! is passed over; one too few would be a broken promise. It holds ids and times, never a name or an address. Written by
//! `erase`; read when a copy is restored and by `laatu erase --replay`.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::erase::{Erased, erase_listed, put_on_list};
use super::once::in_read;
use super::{Error, Result, Services};
use crate::domain::{Id, Micros};
use crate::store::authority;
use crate::store::holdings::Named;

/// The version of the lines.
const VERSION: u32 = 1;
/// How many lines are worked on in one transaction.
const TOGETHER: usize = 100;

/// Where the list is.
#[derive(Clone, Debug)]
pub struct ErasureList {
    path: PathBuf,
}

/// One erasure on the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// When it was asked for.
    pub at: Micros,
    /// The public route of the organisation, which never changes.
    pub route: String,
    /// Its short name, for people who read the list.
    pub slug: String,
    /// What was erased.
    pub named: Named,
}

/// A line as it is written, before its check sum.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    at: String,
    route: String,
    organisation: String,
    customers: Vec<String>,
    orders: Vec<String>,
    invitations: Vec<String>,
    events: Vec<String>,
}

impl Line {
    fn write(&self) -> Result<String> {
        let texts = |ids: &[Id]| ids.iter().map(Id::to_string).collect();
        let written = Written {
            version: VERSION,
            at: self.at.rfc3339(),
            route: self.route.clone(),
            organisation: self.slug.clone(),
            customers: texts(&self.named.customers),
            orders: texts(&self.named.orders),
            invitations: texts(&self.named.invitations),
            events: texts(&self.named.events),
        };
        let text = serde_json::to_string(&written).map_err(|error| Error::Broken(error.to_string()))?;
        Ok(format!("{text} {:08x}\n", crc32fast::hash(text.as_bytes())))
    }

    /// None when the line is not whole.
    fn read(line: &str) -> Option<Self> {
        let (text, sum) = line.rsplit_once(' ')?;
        if format!("{:08x}", crc32fast::hash(text.as_bytes())) != sum {
            return None;
        }
        let written: Written =
            serde_json::from_str(text).ok().filter(|one: &Written| one.version == VERSION)?;
        let ids = |texts: &[String]| texts.iter().map(|text| Id::parse(text)).collect::<Option<Vec<Id>>>();
        let named = Named {
            customers: ids(&written.customers)?,
            orders: ids(&written.orders)?,
            invitations: ids(&written.invitations)?,
            events: ids(&written.events)?,
        };
        Some(Self {
            at: Micros::parse(&written.at)?,
            route: written.route,
            slug: written.organisation,
            named,
        })
    }
}

impl ErasureList {
    /// The list in this file, which is made with the first erasure.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a line and waits until it is on the disk.
    pub fn append(&self, line: &Line) -> Result<()> {
        let text = line.write()?;
        self.append_text(&text).map_err(|error| {
            Error::Broken(format!(
                "nothing was erased: the erasure list {} cannot be written: {error}",
                self.path.display()
            ))
        })
    }

    fn append_text(&self, text: &str) -> std::io::Result<()> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder {
            fs::create_dir_all(folder)?;
        }
        let is_new = !self.path.exists();
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        // A line that a crash has cut off stays a line of its own.
        let begin = if ends_in_line(&mut file)? { "" } else { "\n" };
        file.write_all(format!("{begin}{text}").as_bytes())?;
        file.sync_all()?;
        if is_new {
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        }
        Ok(())
    }
}

fn ends_in_line(file: &mut File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0u8; 1];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// What replaying a list came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// Lines that could be read.
    pub lines: usize,
    /// What was there again, and is erased.
    pub erased: Erased,
    /// Lines of organisations that are not in this database.
    pub elsewhere: usize,
    /// Numbers of lines that cannot be read, from 1.
    pub broken: Vec<usize>,
    /// The number of the last line, when it ends in the middle: its erasure was never committed.
    pub cut: Option<usize>,
}

/// The lines of a file with what cannot be read of it.
fn read(path: &Path) -> Result<(Vec<Line>, Replayed)> {
    let text = fs::read(path).map_err(|error| {
        let words = format!("the erasure list {} cannot be read: {error}", path.display());
        if error.kind() == ErrorKind::NotFound { Error::Conflict(words) } else { Error::Broken(words) }
    })?;
    let text = String::from_utf8_lossy(&text);
    let is_whole = text.is_empty() || text.ends_with('\n');
    let (mut lines, mut replayed) = (Vec::new(), Replayed::default());
    let last = text.lines().count();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match Line::read(line) {
            Some(line) => lines.push(line),
            None if number == last && !is_whole => replayed.cut = Some(number),
            None => replayed.broken.push(number),
        }
    }
    replayed.lines = lines.len();
    Ok((lines, replayed))
}

/// Erases everything on a list that is there, again or still. `Conflict` when there is no such file.
///
/// What a list from elsewhere erases is put on this service's own list first. The files of the database are cleared by
/// `erase::tidy`.
pub fn replay(services: &Services, path: &Path) -> Result<Replayed> {
    let (lines, mut replayed) = read(path)?;
    let known = own_customers(services, path)?;
    for lines in lines.chunks(TOGETHER) {
        for run in lines.chunk_by(|one, next| one.route == next.route) {
            let Some(first) = run.first() else { continue };
            let scope =
                in_read(services, |connection| Ok(authority::operator_of_route(connection, &first.route)?))?;
            let Some(scope) = scope else {
                replayed.elsewhere += run.len();
                continue;
            };
            let mut named = Named::default();
            for line in run {
                named.take_in(line.named.clone());
            }
            let is_listed =
                !named.customers.is_empty() && named.customers.iter().all(|id| known.contains(id));
            if !is_listed && !is_own(services, path) {
                put_on_list(services, &scope, &named)?;
            }
            replayed.erased.add(erase_listed(services, &scope, &named)?);
        }
    }
    Ok(replayed)
}

/// Whether a path is that of this service's own list.
fn is_own(services: &Services, path: &Path) -> bool {
    let own = services.erasure_list.as_ref().map(ErasureList::path);
    let same = |own: &Path| {
        own == path
            || fs::canonicalize(own)
                .ok()
                .is_some_and(|own| fs::canonicalize(path).is_ok_and(|path| own == path))
    };
    own.is_some_and(same)
}

/// The customers on this service's own list.
fn own_customers(services: &Services, path: &Path) -> Result<BTreeSet<Id>> {
    let own = services.erasure_list.as_ref().map(ErasureList::path).filter(|own| own.exists());
    let Some(own) = own.filter(|_| !is_own(services, path)) else { return Ok(BTreeSet::new()) };
    let (lines, _) = read(own)?;
    Ok(lines.into_iter().flat_map(|line| line.named.customers).collect())
}
