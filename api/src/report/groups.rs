//! What the groups of a comparison would give away: by subtraction from their total, or from each other.
//!
//! The rules on counts of people are those of `scoring`; here they are used on the figures of a report. Called when a
//! comparison is assembled; what single figures need is in `guard`.

use std::collections::BTreeSet;

use scoring::withhold_more;
use serde_json::Value;

use super::guard::{Guard, is_figure};

/// Withholds in the levels of a comparison each figure that could be had from the total and the other levels.
///
/// `total` and `levels` are the same part of the report, not yet guarded; of the levels named in `hidden` nothing
/// will be shown.
pub(super) fn conceal(total: &Value, levels: Levels<'_, '_>, hidden: &BTreeSet<String>, guard: Guard) {
    match total {
        Value::Object(fields) => {
            if is_figure(fields) {
                conceal_figure(total, levels, hidden, guard);
            }
            for (key, part) in fields {
                conceal(part, &mut below(levels, |tree| tree.get_mut(key)), hidden, guard);
            }
        }
        Value::Array(parts) => {
            for (index, part) in parts.iter().enumerate() {
                conceal(part, &mut below(levels, |tree| tree.get_mut(index)), hidden, guard);
            }
        }
        _ => {}
    }
}

/// The same part of the report in each level, by the level's name.
type Levels<'a, 'b> = &'a mut [(&'b str, &'b mut Value)];

fn conceal_figure(total: &Value, levels: Levels<'_, '_>, hidden: &BTreeSet<String>, guard: Guard) {
    let people = |tree: &Value| tree.get("n").and_then(Value::as_u64);
    let (Some(all), Some(minimum)) = (people(total), guard.minimum) else { return };
    let counts: Vec<(String, u64)> =
        levels.iter().map(|(name, tree)| ((*name).to_owned(), people(tree).unwrap_or(0))).collect();
    let more = withhold_more(all, &counts, minimum, hidden.clone());
    for (_, tree) in levels.iter_mut().filter(|(name, _)| more.contains(*name)) {
        // An empty figure stays empty until the guard comes: an item without answers spoils no mean.
        if people(tree) != Some(0) {
            guard.withhold(tree);
        }
    }
}

fn below<'a>(
    levels: &'a mut [(&str, &mut Value)],
    step: impl Fn(&'a mut Value) -> Option<&'a mut Value>,
) -> Vec<(&'a str, &'a mut Value)> {
    levels.iter_mut().filter_map(|(name, tree)| Some((&**name, step(tree)?))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_figure_of_a_few_takes_the_next_smallest_with_it_and_others_stand() {
        let figure = |n: u64| json!({"a": {"value": 1.0, "n": n}, "b": {"value": 2.0, "n": 40}});
        let total = json!({"a": {"value": 1.0, "n": 100}, "b": {"value": 2.0, "n": 160}});
        let mut levels =
            [("web", figure(60)), ("phone", figure(4)), ("chat", figure(12)), ("email", figure(24))];
        let mut trees: Vec<(&str, &mut Value)> =
            levels.iter_mut().map(|(name, tree)| (*name, tree)).collect();
        conceal(&total, &mut trees, &BTreeSet::new(), Guard::at_least(10));
        let shown = |part: &str| -> Vec<&str> {
            levels
                .iter()
                .filter(|(_, tree)| tree[part].get("value").is_some())
                .map(|(name, _)| *name)
                .collect()
        };
        assert_eq!((shown("a"), shown("b")), (vec!["web", "email"], vec!["web", "phone", "chat", "email"]));
    }

    #[test]
    fn a_level_hidden_already_counts_as_hidden() {
        let mut levels = [("web", json!({"value": 1.0, "n": 40})), ("phone", json!({"value": 2.0, "n": 30}))];
        let total = json!({"value": 1.5, "n": 70});
        let mut trees: Vec<(&str, &mut Value)> =
            levels.iter_mut().map(|(name, tree)| (*name, tree)).collect();
        let hidden = BTreeSet::from(["phone".to_owned()]);
        conceal(&total, &mut trees, &hidden, Guard::at_least(10));
        assert!(levels[0].1["n"].is_null(), "else 70 less 40 would be phone");
    }
}
