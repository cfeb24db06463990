//! A writer of Parquet files: typed columns with their meaning beside them, row group by row group.
//!
//! Columns are Arrow's types, so readers get days as days and instants in UTC; words that repeat are dictionaries. Pages are
//! compressed by Snappy, which every reader knows. Bytes come out whenever a row group is full; the foot of the file, which
//! says where they are, comes last. What a row holds, and what the columns mean, is said by `service::export::parquet`.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Int8Builder, Int64Builder, StringBuilder, StringDictionaryBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

/// Rows of a group: what is held in memory at most.
const ROWS_A_GROUP: usize = 16_384;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Number,
    /// Codes of a scale.
    Code,
    /// Words out of a few.
    Word,
    /// Free text.
    Text,
    /// Days.
    Day,
    /// Instants, UTC, to the microsecond.
    Instant,
    /// Yes or no.
    Truth,
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What its metadata say, by name.
    pub notes: Vec<(&'static str, String)>,
}

/// One value of a row.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'v> {
    /// None.
    Missing,
    /// A whole number or a code.
    Number(i64),
    /// A word or a text.
    Text(&'v str),
    /// Days since 1970-01-01.
    Day(i32),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Instant(i64),
    /// Yes or no.
    Truth(bool),
}

/// The values of a column that wait for the next batch.
enum Waiting {
    Number(Int64Builder),
    Code(Int8Builder),
    Word(StringDictionaryBuilder<Int32Type>),
    Text(StringBuilder),
    Day(Date32Builder),
    Instant(TimestampMicrosecondBuilder),
    Truth(BooleanBuilder),
}

/// What was written and not yet taken. The writer keeps one end, we the other.
#[derive(Clone, Default)]
struct Out(Arc<Mutex<Vec<u8>>>);

impl Out {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A file under way.
pub struct File {
    schema: Arc<Schema>,
    waiting: Vec<Waiting>,
    writer: Option<ArrowWriter<Out>>,
    out: Out,
}

impl File {
    /// Begins a file of these columns; `notes` are about all of it.
    pub fn new(columns: &[Column], notes: Vec<(String, String)>) -> Result<Self, ParquetError> {
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let notes = notes.into_iter().map(|(name, value)| KeyValue::new(name, value)).collect();
        let properties = WriterProperties::builder()
            .set_created_by(concat!("laatu ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROWS_A_GROUP))
            .set_key_value_metadata(Some(notes))
            .build();
        let out = Out::default();
        let writer = ArrowWriter::try_new(out.clone(), Arc::clone(&schema), Some(properties))?;
        let waiting = columns.iter().map(|column| Waiting::of(column.kind)).collect();
        Ok(Self { schema, waiting, writer: Some(writer), out })
    }

    /// Appends a row: a cell for each column. A cell of another kind than its column is missing.
    pub fn row<'v>(&mut self, cells: impl IntoIterator<Item = Cell<'v>>) {
        for (waiting, cell) in self.waiting.iter_mut().zip(cells) {
            waiting.push(cell);
        }
    }

    /// Hands the rows so far to the writer and takes the bytes that are ready, which may be none.
    pub fn take(&mut self) -> Result<Vec<u8>, ParquetError> {
        let arrays: Vec<ArrayRef> = self.waiting.iter_mut().map(Waiting::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)?;
        if let Some(writer) = &mut self.writer {
            writer.write(&batch)?;
            writer.sync()?;
        }
        Ok(self.out.take())
    }

    /// The last group and the foot of the file; nothing the second time.
    pub fn end(&mut self) -> Result<Vec<u8>, ParquetError> {
        if let Some(writer) = self.writer.take() {
            writer.close()?;
        }
        Ok(self.out.take())
    }
}

impl Waiting {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Number => Self::Number(Int64Builder::new()),
            Kind::Code => Self::Code(Int8Builder::new()),
            Kind::Word => Self::Word(StringDictionaryBuilder::new()),
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Day => Self::Day(Date32Builder::new()),
            Kind::Instant => Self::Instant(TimestampMicrosecondBuilder::new().with_timezone(UTC)),
            Kind::Truth => Self::Truth(BooleanBuilder::new()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Number(values), Cell::Number(number)) => values.append_value(number),
            (Self::Code(values), Cell::Number(code)) => values.append_option(i8::try_from(code).ok()),
            (Self::Word(values), Cell::Text(text)) => values.append_value(text),
            (Self::Text(values), Cell::Text(text)) => values.append_value(text),
            (Self::Day(values), Cell::Day(day)) => values.append_value(day),
            (Self::Instant(values), Cell::Instant(at)) => values.append_value(at),
            (Self::Truth(values), Cell::Truth(is)) => values.append_value(is),
            (waiting, _) => waiting.push_none(),
        }
    }

    fn push_none(&mut self) {
        match self {
            Self::Number(values) => values.append_null(),
            Self::Code(values) => values.append_null(),
            Self::Word(values) => values.append_null(),
            Self::Text(values) => values.append_null(),
            Self::Day(values) => values.append_null(),
            Self::Instant(values) => values.append_null(),
            Self::Truth(values) => values.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Number(values) => Arc::new(values.finish()),
            Self::Code(values) => Arc::new(values.finish()),
            Self::Word(values) => Arc::new(values.finish()),
            Self::Text(values) => Arc::new(values.finish()),
            Self::Day(values) => Arc::new(values.finish()),
            Self::Instant(values) => Arc::new(values.finish()),
            Self::Truth(values) => Arc::new(values.finish()),
        }
    }
}

const UTC: &str = "UTC";

fn field(column: &Column) -> Field {
    let kind = match column.kind {
        Kind::Number => DataType::Int64,
        Kind::Code => DataType::Int8,
        Kind::Word => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Kind::Text => DataType::Utf8,
        Kind::Day => DataType::Date32,
        Kind::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into())),
        Kind::Truth => DataType::Boolean,
    };
    let notes: HashMap<String, String> =
        column.notes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Field::new(&column.name, kind, true).with_metadata(notes)
}

#[cfg(test)]
mod tests {
    use parquet::file::metadata::RowGroupMetaData;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    #[test]
    fn bytes_come_out_group_by_group_and_make_one_file() {
        let column = |name: &str, kind| Column { name: name.to_owned(), kind, notes: vec![] };
        let columns = [column("number", Kind::Number), column("words", Kind::Text)];
        let mut file = File::new(&columns, vec![("of".to_owned(), "this test".to_owned())]).unwrap();
        let mut bytes = Vec::new();
        let mut largest = 0;
        for piece in 0..20_i64 {
            for number in piece * 2_000..(piece + 1) * 2_000 {
                let words = format!("words {number}");
                file.row([
                    Cell::Number(number),
                    if number % 3 == 0 { Cell::Missing } else { Cell::Text(&words) },
                ]);
            }
            let ready = file.take().unwrap();
            largest = largest.max(ready.len());
            bytes.extend(ready);
        }
        bytes.extend(file.end().unwrap());
        assert!(file.end().unwrap().is_empty());
        assert!(largest < bytes.len() / 2, "{largest} of {} bytes at once", bytes.len());
        let reader = SerializedFileReader::new(actix_web::web::Bytes::from(bytes)).unwrap();
        let groups: Vec<i64> =
            reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
        assert_eq!(groups, [16_384, 16_384, 7_232]);
    }
}
