//! The public data files, read with the coding that the reference describes.

use std::path::Path;

use scoring::{Cell, Code, Layout, Scale};

use crate::answers::{Plan, count, on_scale};

/// Items of the bfi data that are keyed the other way round.
const REVERSED: [&str; 7] = ["A1", "C4", "C5", "E1", "E2", "O2", "O5"];

/// One data file in memory.
pub struct Table {
    name: String,
    pub header: Vec<String>,
    pub rows: Vec<csv::StringRecord>,
}

impl Table {
    pub fn read(folder: &Path, file: &str) -> Table {
        let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(Result::unwrap).collect();
        Table { name: file.into(), header, rows }
    }

    pub fn rows(&self) -> &[csv::StringRecord] {
        &self.rows
    }

    pub fn column(&self, key: &str) -> usize {
        self.header.iter().position(|name| name == key).unwrap_or_else(|| panic!("no column {key}"))
    }

    /// The range of codes of a column, as the reference's coding describes it.
    fn scale(&self, key: &str) -> (u64, u64) {
        match self.name.as_str() {
            "data/mobi.csv" => (1, 10),
            "data/bfi.csv" => (1, 6),
            "data/kiosk_servqual.csv" if !key.starts_with("out") => (1, 7),
            "data/sfo2017.csv" if key == "NETPRO" => (0, 10),
            _ => (1, 5),
        }
    }

    pub fn plan(&self, keys: &[String]) -> Plan {
        let mut plan = Plan::default();
        for key in keys {
            let (min, max) = self.scale(key);
            plan.item(key, min, max).reversed =
                self.name == "data/bfi.csv" && REVERSED.contains(&key.as_str());
        }
        plan
    }

    /// Counts the rows that `keep` lets through.
    pub fn cell(&self, plan: &Plan, layout: &Layout, keep: impl Fn(&csv::StringRecord) -> bool) -> Cell {
        let columns: Vec<_> = plan.keys().iter().map(|key| self.column(key)).collect();
        let kept = self.rows.iter().filter(|row| keep(row));
        count(layout, kept.map(|row| columns.iter().map(|&column| &row[column]).collect()), code)
    }

    /// The codes of every row, in file order.
    pub fn codes(&self, layout: &Layout) -> Vec<Vec<Code>> {
        let items = layout.items();
        let columns: Vec<_> = items.iter().map(|item| (self.column(&item.key), item.scale)).collect();
        let row =
            |row: &csv::StringRecord| columns.iter().map(|&(at, scale)| code(&row[at], scale)).collect();
        self.rows.iter().map(row).collect()
    }
}

fn code(text: &str, scale: Scale) -> Code {
    let empty = if text == "6" { Code::NOT_APPLICABLE } else { Code::SKIPPED };
    on_scale(text, scale).unwrap_or(empty)
}
