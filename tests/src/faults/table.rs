//! What a run came to: one line a fault, and the table of all of them.

use std::time::Duration;

use super::judge::Verdict;
use super::witness::Witness;

/// What one fault came to.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// How often the fault was done, such as `300 kills`.
    pub times: String,
    /// Attempts of customers to send a page that found somebody listening.
    pub attempts: u64,
    /// Attempts acknowledged.
    pub acknowledged: u64,
    /// Attempts refused with 429 or 503 and `Retry-After`.
    pub refused: u64,
    /// Attempts without an answer.
    pub unanswered: u64,
    /// Acknowledged and not stored.
    pub lost: usize,
    /// Stored more than once.
    pub doubled: usize,
    /// Stored though not sent, or otherwise than sent.
    pub wrong: usize,
    /// Answers that no customer should get.
    pub improper: usize,
    /// The longest that an answer took.
    pub slowest: Duration,
    /// The longest from the end of a fault to the next acknowledgement.
    pub healed: Option<Duration>,
    /// What is to be said beside the numbers.
    pub notes: Vec<String>,
    /// Why it failed; none when it held.
    pub failures: Vec<String>,
}

impl Row {
    /// Adds what a crowd went through and what was judged of it.
    pub fn add(&mut self, witness: &Witness, verdict: &Verdict) {
        let number =
            |counter: &std::sync::atomic::AtomicU64| counter.load(std::sync::atomic::Ordering::SeqCst);
        self.attempts += witness.attempts() - number(&witness.unreached);
        self.acknowledged += number(&witness.acknowledged);
        self.refused += number(&witness.refused);
        self.unanswered += number(&witness.unanswered);
        self.slowest = self.slowest.max(Duration::from_micros(number(&witness.slowest_us)));
        self.lost += verdict.lost.len();
        self.doubled += verdict.doubled.len();
        self.wrong += verdict.wrong.len();
        let strange = witness.strange_words();
        self.improper += verdict.improper.len() + strange.len();
        if !verdict.is_clean() {
            self.failures.push(format!("the oracle found:\n{}", verdict.words()));
        }
        if let Some(first) = strange.first() {
            self.failures.push(format!("{} looks at pages went wrong, such as: {first}", strange.len()));
        }
    }

    /// Notes how long the service took to take answers again; more than `bound` is a failure.
    pub fn healed_after(&mut self, took: Duration, bound: Duration) {
        self.healed = Some(self.healed.map_or(took, |before| before.max(took)));
        if took > bound {
            self.failures.push(format!(
                "healed after {:.1} s, allowed are {:.0} s",
                took.as_secs_f64(),
                bound.as_secs_f64()
            ));
        }
    }

    /// Notes a failure unless `holds`.
    pub fn demand(&mut self, holds: bool, words: impl FnOnce() -> String) {
        if !holds {
            self.failures.push(words());
        }
    }
}

/// All rows as a table in Markdown.
pub fn table(rows: &[(&str, Row, Duration)]) -> String {
    let head = "| fault | times | attempts | acknowledged | refused | no answer | lost | doubled | wrong | improper | slowest | healed | took |\n\
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    let line = |(name, row, took): &(&str, Row, Duration)| {
        let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
        let healed = row.healed.map_or_else(|| "-".to_owned(), seconds);
        format!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {healed} | {:.0} s |\n",
            row.times,
            row.attempts,
            row.acknowledged,
            row.refused,
            row.unanswered,
            row.lost,
            row.doubled,
            row.wrong,
            row.improper,
            seconds(row.slowest),
            took.as_secs_f64()
        )
    };
    head.to_owned() + &rows.iter().map(line).collect::<String>()
}
