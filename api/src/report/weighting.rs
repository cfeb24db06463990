//! The part `weights` of a report: weighted values beside the raw ones, and who answered of those who could.
//!
//! The estimates come from the crate `scoring`. Files bring a weight with each row; the service weights its
//! answers to the frame, the orders that the survey speaks about.

use std::collections::BTreeMap;

use scoring::{Cell, Layout, Margin, RakeClass, RakeRules, ResponseClass, WeightError, Weighted};
use serde_json::{Map, Value, json};

use super::assemble::tree;
use super::guard::Guard;

/// Fewest answers in a class of a margin; smaller ones are joined.
const LEAST_ANSWERS: u64 = 20;

/// One class of the frame: its level in each margin, and how many are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameClass {
    /// The level of each margin, such as channel and place.
    pub levels: Vec<String>,
    /// Orders that the survey speaks about.
    pub orders: u64,
    /// Delivered invitations.
    pub delivered: u64,
    /// Answered invitations.
    pub answered: u64,
}

/// The part for rows that bring their weights.
pub fn of_rows(layout: &Layout, raw: &Cell, weighted: &Weighted, guard: Guard) -> Value {
    // One huge weight makes a weighted value that of a few people.
    if guard.minimum.is_some_and(|minimum| weighted.sums().effective() < minimum as f64) {
        return guard.withheld();
    }
    let mut part = tree(&scoring::weights_report(layout, raw, weighted));
    guard.apply(&mut part);
    part
}

/// The part for answers that are weighted to a frame by its margins, `names` in the order of the classes' levels.
///
/// `cells` holds the answers by class. Classes of fewer than twenty answers in a margin are joined to one; a
/// margin of one class is left out; without any margin there is nothing to weight.
pub fn of_frame(
    layout: &Layout,
    raw: &Cell,
    names: &[&str],
    frame: &[FrameClass],
    cells: &BTreeMap<Vec<String>, Cell>,
    guard: Guard,
) -> Value {
    let margins: Vec<Joined> =
        names.iter().enumerate().filter_map(|(place, name)| join(place, name, frame, cells)).collect();
    let mut part = match raked(layout, frame, cells, &margins) {
        Ok(Some(weighted)) => of_rows(layout, raw, &weighted, guard),
        Ok(None) => {
            json!({"undefined": "one class only: nothing to weight by", "n": raw.people()})
        }
        Err(error) => json!({"undefined": error.to_string(), "n": raw.people()}),
    };
    guard.apply(&mut part);
    if let Some(fields) = part.as_object_mut() {
        let joined = margins.iter().map(|margin| (margin.name.clone(), json!(margin.thin)));
        fields.insert("margins".to_owned(), joined.collect::<Map<_, _>>().into());
        fields.insert("response".to_owned(), response(names, frame, guard));
    }
    part
}

/// The levels of one margin after the thin ones are joined.
struct Joined {
    name: String,
    place: usize,
    /// Index by level.
    index: BTreeMap<String, usize>,
    targets: Vec<f64>,
    /// Levels of too few answers, taken as one.
    thin: Vec<String>,
}

fn join(
    place: usize,
    name: &str,
    frame: &[FrameClass],
    cells: &BTreeMap<Vec<String>, Cell>,
) -> Option<Joined> {
    let mut levels: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for class in frame {
        levels.entry(class.levels.get(place)?).or_default().0 += class.orders;
    }
    for (class, cell) in cells {
        levels.entry(class.get(place)?).or_default().1 += cell.people();
    }
    let mut ascending: Vec<(&str, (u64, u64))> = levels.into_iter().collect();
    ascending.sort_by_key(|(level, (_, answers))| (*answers, *level));
    let mut pooled = ascending.iter().take_while(|(_, (_, answers))| *answers < LEAST_ANSWERS).count();
    let answers = |count: usize| ascending.iter().take(count).map(|(_, (_, n))| n).sum::<u64>();
    while pooled > 0 && pooled < ascending.len() && answers(pooled) < LEAST_ANSWERS {
        pooled += 1;
    }
    let rest = usize::from(pooled > 0);
    if rest + ascending.len() - pooled < 2 {
        return None;
    }
    let mut targets = vec![0.0; rest + ascending.len() - pooled];
    let mut index = BTreeMap::new();
    for (rank, (level, (orders, _))) in ascending.iter().enumerate() {
        let at = if rank < pooled { 0 } else { rest + rank - pooled };
        index.insert((*level).to_owned(), at);
        if let Some(target) = targets.get_mut(at) {
            *target += *orders as f64;
        }
    }
    let thin = ascending.iter().take(pooled).map(|(level, _)| (*level).to_owned()).collect();
    Some(Joined { name: name.to_owned(), place, index, targets, thin })
}

fn raked(
    layout: &Layout,
    frame: &[FrameClass],
    cells: &BTreeMap<Vec<String>, Cell>,
    margins: &[Joined],
) -> Result<Option<Weighted>, WeightError> {
    if margins.is_empty() || frame.is_empty() {
        return Ok(None);
    }
    let mut classes: BTreeMap<Vec<usize>, Cell> = BTreeMap::new();
    for (class, cell) in cells {
        let levels = margins.iter().map(|margin| margin.index.get(class.get(margin.place)?).copied());
        let Some(levels) = levels.collect::<Option<Vec<usize>>>() else { continue };
        match classes.get_mut(&levels) {
            Some(kept) => kept.add(cell)?,
            None => drop(classes.insert(levels, cell.clone())),
        }
    }
    let list: Vec<RakeClass> = classes
        .iter()
        .map(|(levels, cell)| RakeClass { levels: levels.clone(), answers: cell.people() })
        .collect();
    let targets: Vec<Margin> = margins
        .iter()
        .map(|margin| Margin { name: margin.name.clone(), targets: margin.targets.clone() })
        .collect();
    let raking = scoring::rake(&list, &targets, &RakeRules::default())?;
    let cells: Vec<&Cell> = classes.values().collect();
    Weighted::of_raking(layout, &raking, &cells).map(Some)
}

/// Who answered by class, and how far the answers stand for everybody asked (R-indicator).
fn response(names: &[&str], frame: &[FrameClass], guard: Guard) -> Value {
    let is_few = |n: u64| n > 0 && guard.hides(n);
    let hidden = |class: &FrameClass| {
        is_few(class.delivered)
            || is_few(class.answered)
            || is_few(class.delivered.saturating_sub(class.answered))
    };
    if guard.minimum.is_some() && frame.iter().any(hidden) {
        return guard.withheld();
    }
    let asked: Vec<ResponseClass> = frame
        .iter()
        .filter(|class| class.delivered > 0)
        .map(|class| ResponseClass { invited: class.delivered, responded: class.answered })
        .collect();
    let by_class: Vec<Value> = frame
        .iter()
        .filter(|class| class.delivered > 0)
        .map(|class| {
            let named = names.iter().zip(&class.levels);
            let mut entry: Map<String, Value> =
                named.map(|(name, level)| ((*name).to_owned(), json!(level))).collect();
            let rate = super::assemble::response_rate(class.answered, class.delivered, 0);
            entry.insert("orders".to_owned(), json!(class.orders));
            if let Value::Object(rate) = rate.rate {
                entry.extend(rate);
            }
            Value::Object(entry)
        })
        .collect();
    json!({"r_indicator": tree(&scoring::r_indicator(&asked)), "by_class": by_class})
}
