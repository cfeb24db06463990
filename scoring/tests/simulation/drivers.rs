//! The jackknife intervals of the LMG shares, and what the probabilities of ranks are worth.

use scoring::{GroupedCell, Mode, driver_report};

use super::driver_world::World;
use super::model::{FIVE_POINTS, SATISFIED, Shape};
use super::random::Random;
use super::run::{Case, Coverage, assert_good_from, in_parts, print_table};

const SIZES: [u32; 4] = [200, 500, 1000, 2000];

/// Intervals of R² and of each driver at each n.
type Intervals = Vec<Vec<Option<[f64; 2]>>>;

/// One survey that grows, read at each size.
fn grow(world: &World, random: &mut Random) -> Intervals {
    let mut cell = GroupedCell::empty(&world.layout);
    let mut people = 0;
    let mut read = Vec::new();
    for n in SIZES {
        while people < n {
            let group = u8::try_from(random.below(32)).unwrap();
            cell.record(&world.layout, &world.respond(random), group).unwrap();
            people += 1;
        }
        let report = driver_report(&world.layout, &cell, Mode::Listwise);
        let r2 = report.r2.known().and_then(|r2| r2.ci95?.known());
        let shares = report.lmg.iter().map(|(_, driver)| driver.known().and_then(|d| d.ci95.known()));
        read.push(std::iter::once(r2).chain(shares).collect());
    }
    read
}

/// Coverage of R², of all shares together, of the strongest and the weakest driver, and of the worst share.
fn cases(name: &str, world: &World, seed: u64, runs: usize) -> Vec<Case> {
    let shares = world.shares();
    let by_truth = |a: &usize, b: &usize| shares[*a].total_cmp(&shares[*b]);
    let strongest = (0..shares.len()).max_by(by_truth).unwrap();
    let weakest = (0..shares.len()).min_by(by_truth).unwrap();
    let found = in_parts(seed, runs, |random| grow(world, random));
    let mut rows = ["R²", "all shares", "strongest driver", "weakest driver", "worst share"]
        .map(|row| Case::new(format!("{name}, {row}")));
    for (place, n) in SIZES.into_iter().enumerate() {
        let counted =
            |which: usize, truth: f64| Coverage::of(found.iter().map(|run| run[place][which]), truth);
        let r2 = counted(0, shares.iter().sum());
        let single: Vec<Coverage> =
            shares.iter().enumerate().map(|(which, share)| counted(which + 1, *share)).collect();
        let all = single.iter().copied().fold(Coverage::default(), Coverage::plus);
        let worst = single.iter().min_by(|a, b| a.share().total_cmp(&b.share())).unwrap();
        let cells = [r2, all, single[strongest], single[weakest], *worst];
        rows.iter_mut().zip(cells).for_each(|(row, coverage)| row.push(n, coverage));
    }
    rows.into()
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn the_intervals_of_five_drivers_are_good_from_some_n_on() {
    let weights = [0.40, 0.30, 0.20, 0.10, 0.0];
    let looks: [(&str, &[Shape]); 2] = [("5, satisfied", &[SATISFIED]), ("5, all shapes", &FIVE_POINTS)];
    let mut rows = Vec::new();
    for (name, shapes) in looks {
        rows.extend(cases(name, &World::new(shapes, &weights), 601 + rows.len() as u64, 2_000));
    }
    print_table("LMG of five drivers, delete-a-group jackknife", &rows);
    assert_good_from(&rows, &[200, 200, 200, 500, 500, 200, 500, 200, 2000, 2000].map(Some));
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn the_intervals_of_thirteen_drivers_are_good_from_some_n_on() {
    let weights = [0.35, 0.30, 0.25, 0.20, 0.15, 0.10, 0.10, 0.05, 0.05, 0.0, 0.0, 0.0, 0.25];
    let rows = cases("13, satisfied", &World::new(&[SATISFIED], &weights), 651, 1_000);
    print_table("LMG of thirteen drivers, delete-a-group jackknife", &rows);
    assert_good_from(&rows, &[500, 200, 200, 500, 1000].map(Some));
}

/// The probabilities that a report gives, in bins, with how often they were right.
#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn the_probabilities_of_ranks_are_right_about_as_often_as_they_say() {
    let choices: [f64; 5] = [0.40, 0.30, 0.20, 0.10, 0.0];
    let worlds: Vec<World> = (0..5)
        .flat_map(|turn| {
            // Small and large distances between the first two, at each place.
            [-0.05, 0.0, 0.15].map(|step: f64| {
                let mut weights: Vec<f64> = choices.iter().map(|w| (w - step).max(0.0)).collect();
                weights[0] = 0.40;
                weights.rotate_right(turn);
                World::new(&[SATISFIED], &weights)
            })
        })
        .collect();
    let best: Vec<usize> = worlds
        .iter()
        .map(|world| {
            let shares = world.shares();
            (0..shares.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b])).unwrap()
        })
        .collect();
    let said = in_parts(671, 2_000, |random| {
        let which = random.below(worlds.len());
        let world = &worlds[which];
        let mut cell = GroupedCell::empty(&world.layout);
        for _ in 0..[200, 500][random.below(2)] {
            let group = u8::try_from(random.below(32)).unwrap();
            cell.record(&world.layout, &world.respond(random), group).unwrap();
        }
        let report = driver_report(&world.layout, &cell, Mode::Listwise);
        let first = |(place, driver): (usize, &scoring::Figure<scoring::Driver>)| {
            let chance = driver.known()?.rank_probability.known()?[0];
            Some((chance, place == best[which]))
        };
        report.lmg.iter().map(|(_, driver)| driver).enumerate().filter_map(first).collect::<Vec<_>>()
    });
    let said: Vec<(f64, bool)> = said.into_iter().flatten().collect();
    println!("\n**Probability of being the strongest of five drivers**\n");
    println!("| said | mean of what was said | was right | statements |\n| --- | --- | --- | --- |");
    for (from, to) in
        [(0.0, 0.05), (0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)]
    {
        let bin: Vec<_> = said.iter().filter(|(chance, _)| (from..to).contains(chance)).collect();
        let mean = bin.iter().map(|(chance, _)| chance).sum::<f64>() / bin.len() as f64;
        let right = bin.iter().filter(|(_, right)| *right).count() as f64 / bin.len() as f64;
        assert!((mean - right).abs() < 0.08, "said {mean}, was right {right}");
        println!("| {from:.2} to {:.2} | {mean:.3} | {right:.3} | {} |", to.min(1.0), bin.len());
    }
}
