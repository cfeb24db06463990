//! Comparisons of levels: tests, verdicts, and the levels as places.

use serde_json::{Value, json};

use super::Compare;
use super::compare::Pairs;
use super::dimensions::key_of;

pub(super) fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "group_comparison" => levels,
        "tost_welch" => equivalence,
        "empirical_bayes_normal_normal" => places,
        _ => return None,
    })
}

/// Columns of levels with the names that the maps give them.
const NAMES: [(&str, &str); 5] = [
    ("BAREA", "area"),
    ("LANG", "language"),
    ("PEAK", "peak"),
    ("education", "education"),
    ("gender", "gender"),
];

/// Cases of which R's studentised range is coarser than their tolerance of 1e-9, with how far its intervals and
/// p-values are off: `qtukey` stops its secant steps at a change of 1e-4, `ptukey` loses digits at three and four
/// degrees of freedom. The crate `scoring` has the same list and says there what it was held against instead.
const COARSE_RANGE: [(&str, f64, f64); 2] =
    [("sfo2017.groups.Q7ALL.by_barea", 1.5e-9, 1e-9), ("sfo2017.groups.Q7ALL.by_lang", 9e-7, 3.8e-9)];

fn levels(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (value, columns) = (&case["value"], case["columns"].as_array().unwrap());
    let (group, items) = columns.split_last().unwrap();
    let (_, name) = NAMES.iter().find(|(column, _)| group == column).unwrap();
    let ours = &report["groups"][name][key_of(report, items).unwrap_or("overall")];
    let counted = ours["levels"].as_object().map(|levels| levels.len() as f64);
    pairs.worked_out("levels", counted, &json!(value["levels"].as_array().unwrap().len()));
    for level in value["levels"].as_array().unwrap().iter().map(|level| level.as_str().unwrap()) {
        let figures = &ours["levels"][level];
        pairs.add(&format!("{level} n"), &figures["n"], &value["n"][level]);
        pairs.add(&format!("{level} mean"), &figures["mean"], &value["mean"][level]);
        let variance = figures["sd"].as_f64().map(|sd| sd * sd);
        pairs.worked_out(&format!("{level} var"), variance, &value["var"][level]);
    }
    f_test(pairs, "welch", &ours["welch"], &value["welch"]);
    f_test(pairs, "brown_forsythe", &ours["brown_forsythe"], &value["levene_median_brown_forsythe"]);
    for (name, other) in [("h", "H"), ("df", "df"), ("p", "p")] {
        pairs.add(name, &ours["kruskal_wallis"][name], &value["kruskal"][other]);
    }
    pairs.figure("omega_squared", &ours["effect"]["omega_squared"], &value["omega_squared"]);
    pairs.figure("epsilon_squared", &ours["effect"]["epsilon_squared"], &value["kruskal"]["epsilon_sq"]);
    for (name, theirs) in value["pairwise"].as_object().unwrap() {
        let coarse = COARSE_RANGE.iter().find(|(id, ..)| case["id"] == *id);
        two_levels(pairs, name, ours, theirs, coarse.map_or((1e-9, 1e-9), |(_, ends, p)| (*ends, *p)));
    }
}

fn f_test(pairs: &mut Pairs, what: &str, ours: &Value, theirs: &Value) {
    for (name, other) in [("f", "F"), ("df1", "df1"), ("df2", "df2"), ("p", "p")] {
        pairs.add(&format!("{what} {name}"), &ours[name], &theirs[other]);
    }
}

/// The difference of the reference is mean(a) - mean(b), ours the other way round.
fn two_levels(pairs: &mut Pairs, name: &str, ours: &Value, theirs: &Value, (ends, p): (f64, f64)) {
    let (a, b) = name.split_once('|').unwrap();
    let of = |list: &str| {
        let entries = ours[list].as_array().into_iter().flatten();
        entries.into_iter().find(|entry| entry["a"] == a && entry["b"] == b).cloned().unwrap_or_default()
    };
    let turned = |number: &Value| number.as_f64().map(|number| -number);
    let (one, all) = (of("pairwise"), of("games_howell"));
    pairs.worked_out(&format!("{name} diff"), turned(&one["diff"]), &theirs["diff"]);
    pairs.worked_out(&format!("{name} hedges_g"), turned(&one["hedges_g"]), &theirs["hedges_g"]);
    for (name, other) in [("p", "p_welch"), ("p_holm", "p_holm"), ("p_bh", "p_bh")] {
        pairs.add(name, &one[name], &theirs[other]);
    }
    pairs.worked_out(&format!("{name} games_howell"), turned(&all["diff"]), &theirs["diff"]);
    pairs.within(p, |pairs| pairs.add(&format!("{name} gh p"), &all["p"], &theirs["p_games_howell"]));
    pairs.within(ends, |pairs| {
        for end in [0, 1] {
            let bound = turned(&all["ci95"][1 - end]);
            pairs.worked_out(&format!("{name} gh ci95[{end}]"), bound, &theirs["gh_ci"][end]);
        }
    });
}

/// The margin of the map, 2.5 points of 100 on a scale 1 to 5, is that of the case.
fn equivalence(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["groups"]["flights"]["overall"], &case["value"]);
    pairs.add("margin", &ours["consistency"]["margin"], &case["params"]["margin"]);
    for (place, level) in ["international", "domestic"].iter().enumerate() {
        pairs.add(level, &ours["levels"][level]["n"], &value["n"][place]);
    }
    let pair = &ours["consistency"]["pairs"][0];
    for name in ["diff", "ci90", "p", "equivalent"] {
        pairs.add(name, &pair[name], &value[name]);
    }
}

/// Paule and Mandel's tau², and what follows from it, are iterated there: the note of the case says 1e-7.
fn places(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["groups"]["airline"]["overall"]["shrinkage"], &case["value"]);
    let single =
        [("q", "Q"), ("p", "p_heterogeneity"), ("i2", "I2"), ("pooled_variance", "pooled_within_variance")];
    for (name, other) in single {
        pairs.add(name, &ours[name], &value[other]);
    }
    let counted = ours["places"].as_object().map(|places| places.len() as f64);
    pairs.worked_out("places", counted, &value["k"]);
    pairs.add("target", &ours["funnel"]["target"], &value["funnel"]["overall"]);
    pairs.add("phi", &ours["funnel"]["phi_plain"], &value["funnel"]["phi"]);
    let (moments, iterated) = (&value["dersimonian_laird"], &value["paule_mandel"]);
    pairs.add("tau2_dersimonian_laird", &ours["tau2_dersimonian_laird"], &moments["tau2"]);
    pairs.within(1e-7, |pairs| {
        pairs.figure("tau2", &ours["tau2"], &iterated["tau2"]);
        pairs.figure("mu", &ours["mu"], &iterated["mu"]);
    });
    for (name, people) in value["n"].as_object().unwrap() {
        let place = &ours["places"][name];
        pairs.add(&format!("{name} n"), &place["n"], people);
        pairs.add(&format!("{name} mean"), &place["mean"], &value["raw"][name]);
        pairs.add(&format!("{name} z"), &place["z"], &value["funnel"]["z"][name]);
        pairs.within(1e-7, |pairs| {
            pairs.add(&format!("{name} shrunk"), &place["shrunk"], &iterated["shrunk"][name]);
            pairs.add(&format!("{name} shrinkage"), &place["shrinkage"], &iterated["shrink_B"][name]);
        });
    }
}
