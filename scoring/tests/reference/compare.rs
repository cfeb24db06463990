//! Comparing figures with expected values, and keeping count.

use std::collections::BTreeMap;

use serde_json::Value;

/// What was compared in one statistic.
#[derive(Default)]
struct Line {
    agreed: usize,
    cases: usize,
    values: usize,
    tolerance: f64,
    worst: f64,
    stated: BTreeMap<String, f64>,
}

/// Results by statistic.
#[derive(Default)]
pub struct Tally {
    lines: BTreeMap<String, Line>,
    failures: Vec<String>,
    uncovered: BTreeMap<String, Vec<String>>,
}

/// The comparisons of one case.
pub struct Check {
    id: String,
    tolerance: f64,
    values: usize,
    worst: f64,
    /// The largest difference at each tolerance that a case states for single values.
    stated: BTreeMap<String, f64>,
    problems: Vec<String>,
}

impl Check {
    pub fn new(id: &str, tolerance: f64) -> Check {
        Check {
            id: id.into(),
            tolerance,
            values: 0,
            worst: 0.0,
            stated: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    /// Compares two trees: same keys, same words, numbers within the tolerance.
    pub fn equal(&mut self, path: &str, found: &Value, expected: &Value) {
        match (found, expected) {
            (Value::Number(a), Value::Number(b)) => {
                self.number(path, a.as_f64().unwrap(), b.as_f64().unwrap());
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (index, (a, b)) in a.iter().zip(b).enumerate() {
                    self.equal(&format!("{path}[{index}]"), a, b);
                }
            }
            (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
                for (key, b) in b {
                    self.equal(&format!("{path}.{key}"), a.get(key).unwrap_or(&Value::Null), b);
                }
            }
            _ if found == expected && !found.is_null() => self.values += 1,
            _ => self.problems.push(format!("{} {path}: found {found}, expected {expected}", self.id)),
        }
    }

    /// Compares as [`Check::equal`] with another tolerance for this value, where the case states one.
    pub fn equal_within(&mut self, tolerance: f64, path: &str, found: &Value, expected: &Value) {
        let whole = std::mem::replace(&mut self.tolerance, tolerance);
        let worst = std::mem::take(&mut self.worst);
        self.equal(path, found, expected);
        self.tolerance = whole;
        let here = std::mem::replace(&mut self.worst, worst);
        let kept = self.stated.entry(format!("{tolerance:e}")).or_default();
        *kept = kept.max(here);
    }

    /// Compares where the reference marks an undefined value by null and a report by words.
    pub fn equal_or_undefined(&mut self, path: &str, found: &Value, expected: &Value) {
        if expected.is_null() {
            self.equal(path, &Value::Bool(found.get("undefined").is_some()), &Value::Bool(true));
        } else {
            self.equal(path, &found["value"], expected);
        }
    }

    /// What did not agree so far.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    pub fn number(&mut self, path: &str, found: f64, expected: f64) {
        let distance = (found - expected).abs();
        self.values += 1;
        self.worst = self.worst.max(distance);
        if distance.is_nan() || distance > self.tolerance {
            let tolerance = self.tolerance;
            self.problems.push(format!(
                "{} {path}: found {found}, expected {expected}, tolerance {tolerance}",
                self.id
            ));
        }
    }
}

impl Tally {
    /// Adds a finished case to its statistic.
    pub fn take(&mut self, statistic: &str, check: Check) {
        let line = self.lines.entry(statistic.into()).or_default();
        line.cases += 1;
        line.values += check.values;
        line.agreed += usize::from(check.problems.is_empty() && check.values > 0);
        line.tolerance = line.tolerance.max(check.tolerance);
        line.worst = line.worst.max(check.worst);
        for (tolerance, worst) in check.stated {
            let kept = line.stated.entry(tolerance).or_default();
            *kept = kept.max(worst);
        }
        self.failures.extend(check.problems);
    }

    /// Notes a case that nothing here computes yet.
    pub fn leave_out(&mut self, statistic: &str, id: &str) {
        self.uncovered.entry(statistic.into()).or_default().push(id.into());
    }

    pub fn failures(&self) -> Vec<String> {
        self.failures.clone()
    }

    pub fn cases(&self) -> usize {
        self.lines.values().map(|line| line.cases).sum()
    }

    pub fn print(&self, name: &str) {
        for (statistic, line) in &self.lines {
            println!(
                "{name}: {statistic}: {} of {} cases, {} values, tolerance {:e}, largest difference {:.1e}",
                line.agreed, line.cases, line.values, line.tolerance, line.worst
            );
            for (tolerance, worst) in &line.stated {
                println!("  where the case states {tolerance}: largest difference {worst:.1e}");
            }
        }
        let agreed: usize = self.lines.values().map(|line| line.agreed).sum();
        println!("{agreed} of {} {name} cases agree", self.cases());
        let left: usize = self.uncovered.values().map(Vec::len).sum();
        if left > 0 {
            println!("{left} {name} cases are not covered yet:");
        }
        for (statistic, ids) in &self.uncovered {
            println!("  {statistic}: {}", ids.join(", "));
        }
    }
}
