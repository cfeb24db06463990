//! Tables of levels beside their total that move in steps.

use super::folder::Folder;
use super::log::{Cut, LogEntry, Walk};
use super::policy::Policy;
use super::stepper::Stepper;

/// How a table moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRule {
    /// The fewest people in a level that is shown.
    pub minimum: u64,
    /// The fewest new people between two states of the total, and of each level that moves.
    pub step: u64,
    /// New people after which the table moves without its slow levels.
    pub patience: u64,
    /// The same as per cent of the people at the last cut; the larger of the two counts.
    pub growth: u64,
    /// The most new people that are waited for by growth, however many there are.
    pub longest: u64,
}

impl StepRule {
    /// The rule of a policy: patience for three steps, or for half as many people again, but for three hundred steps at
    /// most: a large log shall not stand still for months.
    ///
    /// With half as many again, a level of about thirty people, the size for a comparison, usually moves with the
    /// total: of the next half it gets some fifteen.
    pub fn of(policy: Policy) -> StepRule {
        let step = policy.step();
        StepRule { minimum: policy.minimum(), step, patience: 3 * step, growth: 50, longest: 300 * step }
    }
}

/// One of several tables beside each other: the levels by which the same people are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// How many levels; those from here on count with the last.
    pub levels: usize,
    /// Whether people keep coming to its levels, as to a channel, and not to a week that is over. A split that does
    /// not last is waited for until a tenth of its largest level is new, however long the log, and what its levels can
    /// expect is told by their part of the new people, not of all.
    pub lasting: bool,
}

/// What a table shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SteppedTable {
    /// The cut of the total.
    pub total: Cut,
    /// Every cut at which the total stood, as entries of the log; the last is `total`'s.
    pub moves: Vec<usize>,
    /// The levels in order.
    pub levels: Vec<SteppedLevel>,
}

/// What a table shows of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SteppedLevel {
    /// The cut at which it stands, with its people; `None` when it is withheld. A slow level stands at an earlier
    /// cut than the total.
    pub shown: Option<Cut>,
    /// Every cut at which it was shown something new, as entries of the log; for [`step_table_at`].
    pub moves: Vec<usize>,
}

/// The cuts at which a total and its levels stand, so that nothing about fewer than `step` people follows from
/// all states that were ever shown.
///
/// The table moves when at least `step` new people are there and every level that changed has `step` of them; or,
/// without its slow levels, when patience is over. A level whose part of the people lets it expect fewer than
/// `step` within the patience is not waited for by itself, only together with others like it, and one that was only
/// corrected not at all. At each move three kinds of levels are told apart:
///
/// 1. withheld: those of [`crate::withhold_groups`], by their people now;
/// 2. moving: others with at least `step` new people, or unchanged and in step with the total;
/// 3. slow: the rest, which keep their earlier counts.
///
/// Total minus moving levels gives the withheld and slow ones together. That remainder must have `step` new people
/// itself, or be the same unchanged levels as at the last move, and must not be one level alone or a few people;
/// until it is so, another level keeps it company, not the same twice running where that can be helped. Hence whatever is new in a move, each moving level and the
/// remainder, has `step` people whom no earlier state holds, and any sum of shown counts with any factors either
/// vanishes or has at least `step` people in it. A slow level catches up at a move in which `step` of its people
/// are new.
///
/// The log alone decides, as for [`crate::steps`]. Levels from `levels` on count with the last. This is
/// [`step_tables`] with one lasting split.
///
/// ```
/// use scoring::{LogEntry, Policy, StepRule, step_table};
/// let arrival = |level| LogEntry::Arrival { level, person: true };
/// let mut log: Vec<LogEntry> = (0..40).map(|i| arrival(i % 2)).collect();
/// let rule = StepRule::of(Policy::default());
/// let table = step_table(&log, 2, &rule);
/// assert_eq!((table.total.people, table.levels[0].shown.unwrap().people), (40, 20));
/// log.push(arrival(1));
/// assert_eq!(step_table(&log, 2, &rule), table);
/// ```
pub fn step_table(log: &[LogEntry], levels: usize, rule: &StepRule) -> SteppedTable {
    let [table] = step_tables(&with_one_level(log), &[Split { levels, lasting: true }], rule);
    table
}

/// As [`step_table`] for several splits of the same people, shown beside each other and beside one total.
///
/// All tables share the cuts of the total, so that it is the same whichever split is asked for. It moves when at
/// least `step` new people are there and every split is ready: each of its levels that changed has `step` new people,
/// or its patience is over. It waits for no split once somebody whom the last cut holds is [`LogEntry::Gone`]. Then each
/// split closes with its own remainder.
///
/// # What is promised
///
/// For each split with its total by itself what [`step_table`] promises, since that does not depend on when the
/// total moves as long as `step` new people are there. *Not* promised is as much for two splits taken together,
/// crossed or not. Draw the levels of two splits that are shown at one cut as points, what is left of each split as
/// one point more, and each person as a line between the two levels that it belongs to. A sum of shown counts of the
/// two splits that rests on fewer than `step` people exists exactly when as few lines can be cut so that points
/// come apart that hung together. So it exists when a level of one split is, but for a few people, a level of
/// the other or several of them together (web orders and orders without a place, say), or when a week has only a few
/// people on its side of a month's end. It does not exist where any two levels have nobody or at least `step` people
/// in common. Several cuts together can only tell more.
///
/// ```
/// use scoring::{LogEntry, Policy, Split, StepRule, step_tables};
/// let arrival = |channel, week| LogEntry::Arrival { level: [channel, week], person: true };
/// let log: Vec<_> = (0..40).map(|i| arrival(i % 2, i / 20)).collect();
/// let splits = [Split { levels: 2, lasting: true }, Split { levels: 2, lasting: false }];
/// let [channels, weeks] = step_tables(&log, &splits, &StepRule::of(Policy::default()));
/// assert_eq!(channels.total, weeks.total);
/// assert_eq!(weeks.levels[1].shown.map(|cut| cut.people), Some(20));
/// ```
pub fn step_tables<const N: usize>(
    log: &[LogEntry<[u32; N]>],
    splits: &[Split; N],
    rule: &StepRule,
) -> [SteppedTable; N] {
    let mut walked = Walked::begin(*splits, rule);
    let mut walk = Walk::along(log);
    while walk.advance(walked.folder()) {
        walked.turn();
    }
    walked.tables()
}

/// A table inside one figure of another: its total stands where that figure stood, at these of its `moves`.
///
/// For a split of one level (the weeks of a channel), or of the total, that is not among the splits of the outer
/// tables: `log` is the same log, with [`LogEntry::Other`] for all who are not in the level, so that entries have the
/// same numbers. `outer` are the moves of the total around everything: whom it holds, though the level waited, is no
/// new person of the level either. The table keeps what [`step_table`] promises, together with the outer table of
/// which its total is a level. Together with other outer splits it is crossed: nothing is promised there.
///
/// ```
/// use scoring::{LogEntry, Policy, StepRule, step_table, step_table_at};
/// let rule = StepRule::of(Policy::default());
/// // Every other order by phone; the first of them in week 0, the later ones in week 1.
/// let log: Vec<LogEntry> = (0..80).map(|i| LogEntry::Arrival { level: i % 2, person: true }).collect();
/// let channels = step_table(&log, 2, &rule);
/// let phone = &channels.levels[1];
/// let by_week = |i: usize| log[i].map(|level| (*level == 1).then_some(usize::from(i >= 40)));
/// let phone_log: Vec<LogEntry> = (0..80).map(by_week).collect();
/// let weeks = step_table_at(&phone_log, 2, &phone.moves, &channels.moves, &rule);
/// assert_eq!(Some(weeks.total.people), phone.shown.map(|cut| cut.people));
/// assert_eq!(weeks.levels[0].shown.map(|cut| cut.people), Some(20));
/// ```
pub fn step_table_at(
    log: &[LogEntry],
    levels: usize,
    moves: &[usize],
    outer: &[usize],
    rule: &StepRule,
) -> SteppedTable {
    let log = with_one_level(log);
    let mut walked = Walked::begin([Split { levels, lasting: true }], rule);
    let mut walk = Walk::along(&log);
    while walk.advance(walked.folder()) {
        walked.turn_inside(moves, |at| outer.binary_search(&at).is_ok(), rule);
    }
    let [table] = walked.tables();
    table
}

/// Tables on their way along a log, with every cut at which one of their figures moved.
pub(super) struct Walked<const N: usize> {
    stepper: Stepper<N>,
    moves: Vec<usize>,
    of_levels: [Vec<Vec<usize>>; N],
}

impl<const N: usize> Walked<N> {
    /// Before the first entry.
    pub(super) fn begin(splits: [Split; N], rule: &StepRule) -> Walked<N> {
        Walked {
            stepper: Stepper::with_levels(&splits, rule),
            moves: Vec::new(),
            of_levels: splits.map(|split| vec![Vec::new(); split.levels.max(1)]),
        }
    }

    /// What is to be told of the next entries.
    pub(super) fn folder(&mut self) -> &mut Folder<N> {
        self.stepper.folder()
    }

    /// After an entry: moves the tables when they are ready.
    fn turn(&mut self) {
        if self.stepper.is_ready() {
            self.move_on();
        }
    }

    /// After an entry: moves the tables at the `moves` of the figure in which they lie, and lets them see whom the total
    /// holds where that moves.
    pub(super) fn turn_inside(&mut self, moves: &[usize], is_outer: impl Fn(usize) -> bool, rule: &StepRule) {
        let folder = self.stepper.folder();
        let at = folder.cut().entries;
        if moves.binary_search(&at).is_ok() && folder.new_people() >= rule.step.max(1) {
            self.move_on();
        } else if is_outer(at) {
            folder.see();
        }
    }

    fn move_on(&mut self) {
        let moved = self.stepper.move_on();
        let at = self.stepper.total().entries;
        self.moves.push(at);
        for (of_levels, moved) in self.of_levels.iter_mut().zip(moved) {
            for level in moved {
                of_levels.get_mut(level).into_iter().for_each(|moves| moves.push(at));
            }
        }
    }

    /// What the tables show.
    pub(super) fn tables(self) -> [SteppedTable; N] {
        let Walked { stepper, moves, of_levels } = self;
        let mut table = 0..;
        of_levels.map(|of_levels| {
            let table = table.next().unwrap_or_default();
            let shown = |level| stepper.level(table, level);
            let levels = of_levels.into_iter().enumerate();
            let levels = levels.map(|(level, moves)| SteppedLevel { shown: shown(level), moves }).collect();
            SteppedTable { total: stepper.total(), moves: moves.clone(), levels }
        })
    }
}

/// The log of one table as that of one table among one.
fn with_one_level(log: &[LogEntry]) -> Vec<LogEntry<[u32; 1]>> {
    log.iter().map(|entry| entry.map(|level| Some([u32::try_from(*level).unwrap_or(u32::MAX)]))).collect()
}
