//! The envelope of a stored row: the counts around the cells, and the two cells as `scoring` writes them.
//!
//! Three letters, a version, the numbers in seven bits a byte, each cell with its length before it (0 where it
//! counts nobody), a checksum (CRC-32). Equal counts give equal bytes: tables ascend, nothing is written that
//! counts nobody, and no number takes more bytes than it needs. What is read is held against all of that.

use scoring::{Cell, FlagCounts, Layout};

use super::Outcome;
use super::counts::Counts;

const FORM: Form = Form { kind: *b"LRo", version: 1, words: "counts" };

/// What stands around the bytes of a stored row: three letters and a version before them, a checksum (CRC-32) behind.
pub(super) struct Form {
    /// The letters.
    pub(super) kind: [u8; 3],
    /// The form that this code writes; a change of a single byte's meaning makes another.
    pub(super) version: u8,
    /// What stands in the row, for errors.
    pub(super) words: &'static str,
}

impl Form {
    /// The beginning of a row.
    pub(super) fn begin(&self) -> Vec<u8> {
        let mut out = self.kind.to_vec();
        out.push(self.version);
        out
    }

    /// A row that was begun, as a whole.
    pub(super) fn end(mut out: Vec<u8>) -> Vec<u8> {
        let checksum = crc32fast::hash(&out);
        out.extend(checksum.to_le_bytes());
        out
    }

    /// What stands inside a row.
    pub(super) fn open<'a>(&self, bytes: &'a [u8]) -> Outcome<Source<'a>> {
        let (body, checksum) = bytes.split_last_chunk::<4>().ok_or_else(ends)?;
        if crc32fast::hash(body).to_le_bytes() != *checksum {
            return Err(format!("the stored {} are damaged", self.words));
        }
        let rest = body
            .strip_prefix(&self.kind)
            .ok_or_else(|| format!("these bytes are no stored {}", self.words))?;
        let (version, rest) = rest.split_first().ok_or_else(ends)?;
        if *version == self.version {
            Ok(Source(rest))
        } else {
            Err(format!("version {version} of stored {} is not known", self.words))
        }
    }
}

/// Counts as bytes.
pub fn encode(layout: &Layout, counts: &Counts) -> Outcome<Vec<u8>> {
    let mut out = FORM.begin();
    put(&mut out, counts.unfinished);
    put(&mut out, counts.firsts.len() as u64);
    for (year, people) in &counts.firsts {
        put(&mut out, u64::from(year.cast_unsigned()));
        put(&mut out, *people);
    }
    put(&mut out, counts.flags.runs().count() as u64);
    for (run, people) in counts.flags.runs() {
        put(&mut out, u64::from(run));
        put(&mut out, people);
    }
    put(&mut out, counts.flags.by_bits().count() as u64);
    for (bits, people) in counts.flags.by_bits() {
        put(&mut out, u64::from(bits));
        put(&mut out, people);
    }
    for cell in [&counts.careful, &counts.flagged] {
        put_cell(&mut out, layout, cell)?;
    }
    Ok(Form::end(out))
}

/// Reads what [`encode`] wrote.
pub fn decode(layout: &Layout, bytes: &[u8]) -> Outcome<Counts> {
    let mut source = FORM.open(bytes)?;
    let unfinished = source.number()?;
    let firsts: Vec<(u16, u64)> = source.table()?;
    let runs: Vec<(u32, u64)> = source.table()?;
    let bits: Vec<(u8, u64)> = source.table()?;
    let flags = FlagCounts::from_parts(runs, bits).ok_or("flags and runs of different people")?;
    let (careful, flagged) = (source.cell(layout)?, source.cell(layout)?);
    let firsts = firsts.into_iter().map(|(year, people)| (year.cast_signed(), people)).collect();
    let counts = Counts { careful, flagged, firsts, unfinished, flags };
    let fits = source.is_empty()
        && counts.flags.people() == counts.people()
        && counts.flags.flagged() == counts.flagged.people()
        && counts.unfinished <= counts.people();
    if fits { Ok(counts) } else { Err("the parts of a stored row do not fit each other".to_owned()) }
}

/// Appends a number.
pub(super) fn put(out: &mut Vec<u8>, number: u64) {
    let mut rest = number;
    while rest > 127 {
        out.push((rest & 127) as u8 | 128);
        rest >>= 7;
    }
    out.push((rest & 127) as u8);
}

/// Appends a cell with its length before it; 0 where it counts nobody.
pub(super) fn put_cell(out: &mut Vec<u8>, layout: &Layout, cell: &Cell) -> Outcome<()> {
    if cell.people() == 0 {
        put(out, 0);
        return Ok(());
    }
    let bytes = cell.encode(layout).map_err(|error| error.to_string())?;
    put(out, bytes.len() as u64);
    out.extend(bytes);
    Ok(())
}

/// That bytes end before they should.
pub(super) fn ends() -> String {
    "the stored counts end early".to_owned()
}

/// What is left to read.
pub(super) struct Source<'a>(pub(super) &'a [u8]);

impl<'a> Source<'a> {
    pub(super) fn number(&mut self) -> Outcome<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or_else(ends)?;
            self.0 = rest;
            let low = u64::from(byte & 127);
            if low << shift >> shift != low || (*byte == 0 && shift > 0) {
                break;
            }
            number |= low << shift;
            if *byte < 128 {
                return Ok(number);
            }
        }
        Err("a stored number is longer than it may be".to_owned())
    }

    /// Ascending keys with counts above 0.
    fn table<K: TryFrom<u64> + Ord + Copy>(&mut self) -> Outcome<Vec<(K, u64)>> {
        let mut table: Vec<(K, u64)> = Vec::new();
        for _ in 0..self.number()? {
            let key =
                K::try_from(self.number()?).map_err(|_| "a stored key is beyond its range".to_owned())?;
            let people = self.number()?;
            if people == 0 || table.last().is_some_and(|(before, _)| *before >= key) {
                return Err("a stored table is not in order".to_owned());
            }
            table.push((key, people));
        }
        Ok(table)
    }

    pub(super) fn cell(&mut self, layout: &Layout) -> Outcome<Cell> {
        let bytes = self.block()?;
        if bytes.is_empty() {
            return Ok(Cell::empty(layout));
        }
        let cell = Cell::decode(layout, bytes).map_err(|error| error.to_string())?;
        if cell.people() == 0 { Err("a stored cell of nobody".to_owned()) } else { Ok(cell) }
    }

    /// Whether nothing is left.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number of a smaller kind.
    pub(super) fn small<N: TryFrom<u64>>(&mut self) -> Outcome<N> {
        N::try_from(self.number()?).map_err(|_| "a stored number is beyond its range".to_owned())
    }

    /// Bytes with their length before them.
    pub(super) fn block(&mut self) -> Outcome<&'a [u8]> {
        let length = usize::try_from(self.number()?).map_err(|_| ends())?;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or_else(ends)?;
        self.0 = rest;
        Ok(bytes)
    }
}
