//! Files made from the reference folder's for cases whose coding no map can state.

use std::collections::BTreeMap;
use std::path::Path;

use csv::{Reader, StringRecord, Writer};

/// The airport's passengers with columns more: airlines of at least ten overall ratings, flights at home or
/// abroad, and for each interview day a week of its own.
pub(super) const AIRPORT: &str = "sfo2017_prepared";

/// The rows of the twenty-five items without an empty field, the reversed ones turned before they are counted.
pub(super) const COMPLETE: &str = "bfi_complete";

/// Writes both into `made`.
pub(super) fn write(folder: &Path, made: &Path) {
    let (header, rows) = read(folder, "sfo2017");
    airport(&header, &rows, &made.join(format!("{AIRPORT}.csv")));
    let (header, rows) = read(folder, "bfi");
    complete(&header, &rows, &made.join(format!("{COMPLETE}.csv")));
}

fn read(folder: &Path, name: &str) -> (StringRecord, Vec<StringRecord>) {
    let mut reader = Reader::from_path(folder.join(format!("data/{name}.csv"))).unwrap();
    let header = reader.headers().unwrap().clone();
    (header, reader.records().map(Result::unwrap).collect())
}

fn place(header: &StringRecord, column: &str) -> usize {
    header.iter().position(|name| name == column).unwrap()
}

fn airport(header: &StringRecord, rows: &[StringRecord], path: &Path) {
    let at = |column| place(header, column);
    let (rating, airline, peak, day) = (at("Q7ALL"), at("AIRLINE"), at("PEAK"), at("INTDATE"));
    let mut ratings: BTreeMap<&str, u64> = BTreeMap::new();
    let mut weeks: BTreeMap<u32, jiff::civil::Date> = BTreeMap::new();
    for row in rows {
        *ratings.entry(&row[airline]).or_default() += u64::from(row[rating].parse::<u8>().is_ok());
        weeks.insert(row[day].parse().unwrap(), jiff::civil::date(2017, 1, 2));
    }
    for (number, monday) in weeks.values_mut().enumerate() {
        *monday = monday.saturating_add(jiff::Span::new().weeks(i64::try_from(number).unwrap()));
    }
    let mut writer = Writer::from_path(path).unwrap();
    writer.write_record(header.iter().chain(["AIRLINE10", "FLIGHTS", "WEEK"])).unwrap();
    for row in rows {
        let often = if ratings[&row[airline]] >= 10 { &row[airline] } else { "" };
        let flights = if &row[peak] == "3" { "international" } else { "domestic" };
        let week = weeks[&row[day].parse().unwrap()].to_string();
        writer.write_record(row.iter().chain([often, flights, week.as_str()])).unwrap();
    }
    writer.flush().unwrap();
}

fn complete(header: &StringRecord, rows: &[StringRecord], path: &Path) {
    let reversed = ["A1", "C4", "C5", "E1", "E2", "O2", "O5"];
    let items: Vec<usize> = ["A", "C", "E", "N", "O"]
        .iter()
        .flat_map(|letter| (1..=5).map(move |number| place(header, &format!("{letter}{number}"))))
        .collect();
    let mut writer = Writer::from_path(path).unwrap();
    writer.write_record(items.iter().map(|&item| &header[item])).unwrap();
    for row in rows.iter().filter(|row| items.iter().all(|&item| !row[item].is_empty())) {
        let answers = items.iter().map(|&item| {
            let answer: u8 = row[item].parse().unwrap();
            let turned = reversed.contains(&&header[item]);
            (if turned { 7 - answer } else { answer }).to_string()
        });
        writer.write_record(answers).unwrap();
    }
    writer.flush().unwrap();
}
