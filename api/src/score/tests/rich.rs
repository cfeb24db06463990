//! A map that asks for every part of a report, and files for it.

use std::fmt::Write as _;

/// Two dimensions with expectations, importance and image, all outcomes, two comparisons, a weight and a date.
pub(super) const MAP: &str = r#"
[scale]
min = 1
max = 5

[[dimension]]
key = "speed"
items = ["S1", "S2", "S3"]

[[dimension]]
key = "care"
items = ["C1", "C2", "C3"]

[[dimension]]
key = "image"
facet = "image"
items = ["I1", "I2"]

[[dimension]]
key = "speed_expected"
facet = "expectation"
of = "speed"
items = ["X1"]

[[dimension]]
key = "care_expected"
facet = "expectation"
of = "care"
items = ["X2"]

[[dimension]]
key = "speed_matters"
facet = "importance"
of = "speed"
items = ["M1"]

[outcome]
overall = "O"
nps = "N"
csat = "V"
ces = { column = "E", min = 1, max = 7 }

[group]
shop = "SHOP"
way = "WAY"

[consistency]
margin = 3

[weight]
column = "W"

[row]
date = "DAY"
"#;

const COLUMNS: [&str; 19] = [
    "S1", "S2", "S3", "C1", "C2", "C3", "I1", "I2", "X1", "X2", "M1", "O", "N", "V", "E", "SHOP", "WAY", "W",
    "DAY",
];

/// One row by column; what is made up can be set.
pub(super) struct Row {
    fields: Vec<String>,
}

impl Row {
    /// Puts the same field in one or several columns, named with blanks between them.
    pub fn set(&mut self, columns: &str, field: impl ToString) {
        for column in columns.split_whitespace() {
            let place = COLUMNS.iter().position(|name| *name == column).unwrap();
            self.fields[place] = field.to_string();
        }
    }
}

/// A file of people who have a mood and draw their answers about it; `change` sets what a test is about.
pub(super) fn file(rows: usize, seed: u64, change: impl Fn(usize, &mut Row)) -> String {
    let mut state = seed;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut data = COLUMNS.join(",") + "\n";
    for number in 0..rows {
        let mood = draw(4);
        let mut answer = |max: u64| (1 + (mood * (max - 2)) / 3 + draw(3)).clamp(1, max).to_string();
        let mut fields: Vec<String> = (0..12).map(|_| answer(5)).collect();
        fields.extend([answer(10), answer(5), answer(7)]);
        fields.extend([
            ["north", "south"][number % 2].to_owned(),
            ["web", "phone", "shop"][number % 3].to_owned(),
        ]);
        fields.push(format!("{}.{}", 1 + draw(2), draw(10)));
        fields.push(format!("2026-{:02}-{:02}", 1 + number % 6, 1 + draw(28)));
        let mut row = Row { fields };
        change(number, &mut row);
        writeln!(data, "{}", row.fields.join(",")).unwrap();
    }
    data
}

/// The fields of one column.
pub(super) fn column<'d>(data: &'d str, name: &str) -> Vec<&'d str> {
    let place = COLUMNS.iter().position(|column| *column == name).unwrap();
    data.lines().skip(1).map(|row| row.split(',').nth(place).unwrap()).collect()
}
