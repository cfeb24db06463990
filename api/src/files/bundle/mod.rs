//! A bundle: one ZIP archive that goes out while it is written, with the sum of each file in it.

mod describe;

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::HEXLOWER;
use jiff::civil::DateTime;
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::result::{ZipError, ZipResult};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

pub use describe::{csvw, datapackage};

/// Computes the headline figures again in Python, by its standard library alone.
pub const SCORES_PY: &str = include_str!("scores.py");
/// The same in base R.
pub const SCORES_R: &str = include_str!("scores.R");
/// What is in a bundle, in words.
pub const README: &str = include_str!("README.txt");

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Its name in the archive.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// An archive under way. Nothing is kept of it but what has not been taken yet.
pub struct Archive {
    zip: ZipWriter<StreamWriter<Shared>>,
    out: Shared,
    options: SimpleFileOptions,
    current: Option<(String, u64, Sha256)>,
    written: Vec<Written>,
}

impl Archive {
    /// Begins an archive; its files carry this date and time.
    pub fn new(at: DateTime) -> Self {
        let out = Shared::default();
        let part = |number: i8| u8::try_from(number).unwrap_or(0);
        let year = u16::try_from(at.year()).unwrap_or(1980);
        let (month, day) = (part(at.month()), part(at.day()));
        let (hour, minute, second) = (part(at.hour()), part(at.minute()), part(at.second()));
        let time = zip::DateTime::from_date_and_time(year, month, day, hour, minute, second);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(time.unwrap_or_default());
        Self { zip: ZipWriter::new_stream(out.clone()), out, options, current: None, written: Vec::new() }
    }

    /// Begins a file of any length.
    pub fn begin(&mut self, name: &str) -> ZipResult<()> {
        // How long it gets is not known yet: beyond 4 GiB only this form holds it.
        self.zip.start_file(name, self.options.large_file(true))?;
        self.current = Some((name.to_owned(), 0, Sha256::new()));
        Ok(())
    }

    /// Appends to the file that was begun.
    pub fn append(&mut self, bytes: &[u8]) -> ZipResult<()> {
        self.zip.write_all(bytes).map_err(ZipError::Io)?;
        if let Some((_, length, sum)) = &mut self.current {
            *length += bytes.len() as u64;
            sum.update(bytes);
        }
        Ok(())
    }

    /// Ends the file that was begun.
    pub fn end(&mut self) {
        if let Some((name, bytes, sum)) = self.current.take() {
            self.written.push(Written { name, bytes, sha256: HEXLOWER.encode(&sum.finalize()) });
        }
    }

    /// Writes a whole file.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> ZipResult<()> {
        self.begin(name)?;
        self.append(bytes)?;
        self.end();
        Ok(())
    }

    /// The files so far.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// What was written of the archive since this was last asked.
    pub fn take(&mut self) -> Vec<u8> {
        self.out.take()
    }

    /// Ends the archive and gives what is left of it.
    pub fn finish(self) -> ZipResult<Vec<u8>> {
        self.zip.finish()?;
        Ok(self.out.take())
    }
}

/// Bytes that one writes and the other takes.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
