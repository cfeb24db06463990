//! Pairs of numbers that should agree, and how many do.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// What a report says in one place.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reading {
    Number(f64),
    /// Words why there is no number.
    Undefined,
    /// Nothing at all, or something else.
    Missing,
}

impl Reading {
    fn of(value: &Value) -> Self {
        match value {
            Value::Bool(held) => Self::Number(f64::from(u8::from(*held))),
            Value::Object(figure) if figure.get("undefined").is_some_and(Value::is_string) => Self::Undefined,
            other => other.as_f64().map_or(Self::Missing, Self::Number),
        }
    }
}

/// One pair of numbers that should agree.
struct Pair {
    what: String,
    ours: Reading,
    /// `None` is undefined in the reference.
    theirs: Option<f64>,
    /// Where the reference states one for this number.
    tolerance: Option<f64>,
}

/// The pairs of one case; empty when no report says anything of it.
#[derive(Default)]
pub(super) struct Pairs {
    list: Vec<Pair>,
    tolerance: Option<f64>,
}

impl Pairs {
    /// Compares what `add` adds at another tolerance than that of the case.
    pub fn within(&mut self, tolerance: f64, add: impl FnOnce(&mut Self)) {
        let before = self.tolerance.replace(tolerance);
        add(self);
        self.tolerance = before;
    }

    /// Compares two trees, entry by entry; `null` there is an undefined figure here.
    pub fn add(&mut self, what: &str, ours: &Value, theirs: &Value) {
        match theirs {
            Value::Array(list) => {
                for (index, entry) in list.iter().enumerate() {
                    self.add(&format!("{what}[{index}]"), &ours[index], entry);
                }
            }
            Value::Object(fields) => {
                for (key, entry) in fields {
                    self.add(&format!("{what}.{key}"), &ours[key], entry);
                }
            }
            _ => {
                let theirs = match Reading::of(theirs) {
                    Reading::Number(number) => Some(number),
                    _ => None,
                };
                let (what, ours) = (what.to_owned(), Reading::of(ours));
                self.list.push(Pair { what, ours, theirs, tolerance: self.tolerance });
            }
        }
    }

    /// Compares the value of a figure.
    pub fn figure(&mut self, what: &str, ours: &Value, theirs: &Value) {
        self.add(what, if ours["undefined"].is_string() { ours } else { &ours["value"] }, theirs);
    }

    /// Compares a number that is worked out from figures of the report.
    pub fn worked_out(&mut self, what: &str, ours: Option<f64>, theirs: &Value) {
        self.add(what, &Value::from(ours), theirs);
    }
}

/// Agreement over all cases.
#[derive(Default)]
pub(super) struct Tally {
    /// Figures and those of them that agree, by statistic.
    lines: BTreeMap<String, (usize, usize)>,
    covered: usize,
    /// Cases of which no report says anything.
    pub silent: Vec<String>,
    /// Pairs that disagree, in words.
    pub wrong: Vec<String>,
}

impl Tally {
    pub fn take(&mut self, case: &Value, pairs: Pairs) {
        let id = case["id"].as_str().unwrap();
        if pairs.list.is_empty() {
            self.silent.push(id.to_owned());
            return;
        }
        self.covered += 1;
        let line = self.lines.entry(case["statistic"].as_str().unwrap().to_owned()).or_default();
        for Pair { what, ours, theirs, tolerance } in pairs.list {
            let tolerance = tolerance.unwrap_or_else(|| case["tolerance"]["abs"].as_f64().unwrap());
            let agrees = match (ours, theirs) {
                (Reading::Number(ours), Some(theirs)) => (ours - theirs).abs() <= tolerance,
                (ours, None) => ours == Reading::Undefined,
                _ => false,
            };
            line.0 += 1;
            line.1 += usize::from(agrees);
            if !agrees {
                self.wrong.push(format!("{id} {what}: {ours:?}, reference {theirs:?} within {tolerance:e}"));
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (figures, agreed) =
            self.lines.values().fold((0, 0), |sum, line| (sum.0 + line.0, sum.1 + line.1));
        let cases = self.covered + self.silent.len();
        for (statistic, (figures, agreed)) in &self.lines {
            writeln!(f, "{statistic}: {agreed} of {figures} figures")?;
        }
        writeln!(f, "{agreed} of {figures} figures agree, in {} of {cases} reference cases", self.covered)?;
        write!(f, "not in the report: {}", self.silent.join(", "))
    }
}

/// The standard error behind a t interval with these degrees of freedom.
pub(super) fn se_of(figure: &Value, degrees: u64) -> Option<f64> {
    let bound = |end: usize| figure["ci95"][end].as_f64();
    let t = scoring::probability::t_quantile(0.975, degrees as f64)?;
    Some((bound(1)? - bound(0)?) / 2.0 / t)
}
