//! The past of a log summed up between the moves of its total: enough for tables inside the log's figures.

use std::collections::BTreeMap;

use super::folder::Folder;
use super::groups::Crowd;
use super::table::{Split, StepRule, SteppedTable, Walked};

/// Who came and went from one move of a total to the next, by group: a level together with a period, say.
///
/// What is counted grows with groups and not with people. Whoever came and went again between the two moves leaves no
/// trace; of whoever went later it is kept when they had come, since a table inside may have moved since or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage<G: Ord> {
    came: BTreeMap<G, Came>,
    went: Vec<Went<G>>,
}

/// Those who came to a group and are still there when the stage ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Came {
    /// Answers; those of people who are counted elsewhere are among them.
    pub answers: u64,
    /// New people.
    pub people: u64,
}

/// Somebody who had come in an earlier stage and went in this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Went<G> {
    /// The group in which they were counted.
    pub group: G,
    /// The entry of the log with which they had come.
    pub of: usize,
    /// Whether they were the first of their person.
    pub person: bool,
}

impl<G: Ord> Default for Stage<G> {
    fn default() -> Stage<G> {
        Stage { came: BTreeMap::new(), went: Vec::new() }
    }
}

impl<G: Ord> Stage<G> {
    /// From its parts; none when a group has nobody, or more people than answers.
    pub fn of(came: BTreeMap<G, Came>, went: Vec<Went<G>>) -> Option<Stage<G>> {
        let fits = |came: &Came| came.answers > 0 && came.people <= came.answers;
        came.values().all(fits).then_some(Stage { came, went })
    }

    /// A response came in.
    pub fn arrive(&mut self, group: G, person: bool) {
        let came = self.came.entry(group).or_default();
        came.answers += 1;
        came.people += u64::from(person);
    }

    /// A response is gone or replaced, with group and person as they were when it came; `begin` is the entry with which
    /// this stage began.
    pub fn erase(&mut self, went: Went<G>, begin: usize) {
        if went.of < begin {
            self.went.push(went);
            return;
        }
        if let Some(came) = self.came.get_mut(&went.group) {
            came.answers = came.answers.saturating_sub(1);
            came.people = came.people.saturating_sub(u64::from(went.person));
            if came.answers == 0 {
                self.came.remove(&went.group);
            }
        }
    }

    /// Who came, by group.
    pub fn came(&self) -> &BTreeMap<G, Came> {
        &self.came
    }

    /// Who went, in the order in which they did.
    pub fn went(&self) -> &[Went<G>] {
        &self.went
    }
}

/// As [`step_table_at`](super::step_table_at), of the stages of a log instead of its entries.
///
/// Each stage stands with the entry at which it ends, a move of the total around everything; what came after the last of
/// them shows nowhere. `level` says to which level of the table a group belongs, if any. `moves` are those of the figure
/// in which the table lies.
///
/// ```
/// use scoring::{LogEntry, Policy, Stage, StepRule, step_table, step_table_at, step_table_of};
/// let rule = StepRule::of(Policy::default());
/// // Every other order by phone; the first of them in week 0, the later ones in week 1.
/// let log: Vec<LogEntry> = (0..80).map(|i| LogEntry::Arrival { level: i % 2, person: true }).collect();
/// let [all, phone] = [step_table(&log, 1, &rule), step_table(&log, 2, &rule)];
/// let mut stages: Vec<(usize, Stage<(usize, bool)>)> = Vec::new();
/// let mut begin = 0;
/// for end in &phone.moves {
///     let mut stage = Stage::default();
///     (begin..*end).for_each(|i| stage.arrive((i % 2, i >= 40), true));
///     stages.push((*end, stage));
///     begin = *end;
/// }
/// let of_phone = |group: &(usize, bool)| (group.0 == 1).then_some(usize::from(group.1));
/// let weeks = step_table_of(&stages, 2, of_phone, &phone.levels[1].moves, &rule);
/// assert_eq!(weeks.levels[0].shown.map(|cut| cut.people), Some(20));
/// # let by_week = |i: usize| log[i].map(|level| (*level == 1).then_some(usize::from(i >= 40)));
/// # let phone_log: Vec<LogEntry> = (0..80).map(by_week).collect();
/// # assert_eq!(weeks, step_table_at(&phone_log, 2, &phone.levels[1].moves, &phone.moves, &rule));
/// ```
pub fn step_table_of<G: Ord>(
    stages: &[(usize, Stage<G>)],
    levels: usize,
    level: impl Fn(&G) -> Option<usize>,
    moves: &[usize],
    rule: &StepRule,
) -> SteppedTable {
    let last = levels.max(1) - 1;
    let level = |group: &G| Some([u32::try_from(level(group)?.min(last)).unwrap_or(u32::MAX)]);
    let mut walked = Walked::begin([Split { levels, lasting: true }], rule);
    for (end, stage) in stages {
        take(walked.folder(), *end, stage, &level);
        walked.turn_inside(moves, |_| true, rule);
    }
    let [table] = walked.tables();
    table
}

/// Walks all entries of a stage. Within it no table moves, so their order does not matter.
fn take<G: Ord>(
    folder: &mut Folder<1>,
    end: usize,
    stage: &Stage<G>,
    level: &impl Fn(&G) -> Option<[u32; 1]>,
) {
    for (group, came) in &stage.came {
        if let Some(level) = level(group) {
            folder.arrive_together(level, Crowd { people: came.people, answers: came.answers });
        }
    }
    let last = end.saturating_sub(1);
    for went in &stage.went {
        if let Some(level) = level(&went.group) {
            folder.erase(last, went.of, level, went.person);
        }
    }
    folder.pass(last);
}
