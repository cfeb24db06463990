//! Files that people take away: how figures and rows become CSV, XLSX and their kin.
//!
//! Everything here makes bytes from values that it is given. What may be seen, and which rows there are, is decided by
//! `service`, which calls this room; numbers come from `report` as they stand there.

pub mod bundle;
pub mod csv;
pub mod dictionary;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod report_csv;
#[cfg(feature = "pdf")]
pub mod report_pdf;
pub mod report_xlsx;
pub mod sav;
