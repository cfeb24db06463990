//! Holds the database against the oracle's memory: nothing acknowledged is missing, nothing stands twice, nothing
//! is there that nobody sent.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Sown;
use super::plan::{Content, FormPlan};
use super::stored::{Revision, Stored};
use super::witness::{Event, Step, Told};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Acknowledged steps that are not stored.
    pub lost: Vec<String>,
    /// Steps or responses that are stored more than once.
    pub doubled: Vec<String>,
    /// What is stored though nobody sent it, or stands otherwise than it should.
    pub wrong: Vec<String>,
    /// Answers that no customer should get.
    pub improper: Vec<String>,
}

impl Verdict {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }

    /// The first findings in words.
    pub fn words(&self) -> String {
        let kinds = [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("wrong", &self.wrong),
            ("improper", &self.improper),
        ];
        let found = kinds.iter().flat_map(|(kind, all)| {
            let more = all.len().saturating_sub(5);
            let tail = (more > 0).then(|| format!("  {kind}: and {more} more"));
            all.iter().take(5).map(move |words| format!("  {kind}: {words}")).chain(tail)
        });
        found.collect::<Vec<_>>().join("\n")
    }
}

/// A step with whether any attempt of it was acknowledged.
struct Known {
    step: Step,
    acknowledged: bool,
}

/// Judges all links.
pub fn judge(sown: &Sown, events: &[Event], stored: &Stored) -> Verdict {
    let mut verdict = Verdict::default();
    let known = known(events, &mut verdict);
    for (link, steps) in &known {
        judge_link(sown, *link, steps, stored, &mut verdict);
    }
    let ids: BTreeMap<&str, usize> =
        sown.links.iter().enumerate().map(|(place, link)| (link.id.as_str(), place)).collect();
    let of_pages = stored.pages.keys().map(|(id, _)| id);
    let strangers: BTreeSet<&String> = of_pages
        .chain(stored.responses.keys())
        .filter(|id| ids.get(id.as_str()).is_none_or(|link| !known.contains_key(link)))
        .collect();
    verdict
        .wrong
        .extend(strangers.into_iter().map(|id| format!("invitation {id} holds answers that nobody sent")));
    judge_log(stored, &mut verdict);
    verdict
}

/// The steps of each link in their order.
fn known(events: &[Event], verdict: &mut Verdict) -> BTreeMap<usize, Vec<Known>> {
    let mut known: BTreeMap<usize, Vec<Known>> = BTreeMap::new();
    let mut attempts: BTreeMap<u64, (usize, u32)> = BTreeMap::new();
    for event in events {
        match event {
            Event::Attempt(number, step) => {
                attempts.insert(*number, (step.link, step.step));
                let steps = known.entry(step.link).or_default();
                if !steps.iter().any(|one| one.step.step == step.step) {
                    steps.push(Known { step: step.clone(), acknowledged: false });
                }
            }
            Event::Told(number, told) => {
                let (link, step) = attempts[number];
                match told {
                    Told::Acknowledged => {
                        let steps = known.get_mut(&link).expect("it was attempted");
                        let known = steps.iter_mut().find(|one| one.step.step == step);
                        known.expect("it was attempted").acknowledged = true;
                    }
                    Told::Improper(words) => {
                        verdict.improper.push(format!("link {link}, step {step}: {words}"));
                    }
                    Told::Refused | Told::Unanswered | Told::Unreached => {}
                }
            }
        }
    }
    known
}

fn judge_link(sown: &Sown, link: usize, steps: &[Known], stored: &Stored, verdict: &mut Verdict) {
    let id = &sown.links[link].id;
    let plan = sown.plan(link);
    let mut applied = BTreeSet::new();
    for page in 1..=plan.pages() {
        let number = i16::try_from(page).expect("few pages");
        let revisions = stored.pages.get(&(id.clone(), number)).map_or(&[] as &[Revision], Vec::as_slice);
        let of_page: Vec<&Known> = steps.iter().filter(|one| one.step.page == page).collect();
        let place = format!("link {link} ({id}), page {page}");
        judge_page(&place, &of_page, revisions, &mut applied, verdict);
    }
    let steps: Vec<&Step> =
        steps.iter().map(|one| &one.step).filter(|step| applied.contains(&step.step)).collect();
    let expected = responses(plan, &steps);
    let found = stored.responses.get(id).map_or(&[] as &[Revision], Vec::as_slice);
    judge_response(&format!("link {link} ({id}), response"), &expected, found, verdict);
}

/// Steps that no attempt was answered of, though the newest revision of their page holds them: the service took them.
pub fn silently_stored(sown: &Sown, events: &[Event], stored: &Stored) -> Vec<String> {
    let known = known(events, &mut Verdict::default());
    let last = known.iter().filter_map(|(link, steps)| Some((link, steps.last()?)));
    let silent = last.filter(|(link, one)| {
        let page = i16::try_from(one.step.page).expect("few pages");
        let revisions = stored.pages.get(&(sown.links[**link].id.clone(), page));
        let newest = revisions.and_then(|all| all.last()).map(|(_, content)| content);
        !one.acknowledged && newest == Some(&one.step.content)
    });
    silent.map(|(link, one)| format!("link {link}, step {}", one.step.step)).collect()
}

/// The stored revisions of a page must be its steps in their order, each once; only one that was never acknowledged
/// may be missing.
fn judge_page(
    place: &str,
    steps: &[&Known],
    revisions: &[Revision],
    applied: &mut BTreeSet<u32>,
    verdict: &mut Verdict,
) {
    let mut open = steps.iter();
    let mut before: Option<&Content> = None;
    for (count, (revision, content)) in revisions.iter().enumerate() {
        if usize::try_from(*revision) != Ok(count + 1) {
            verdict.wrong.push(format!("{place}: revision {revision} stands at place {}", count + 1));
        }
        if before == Some(content) {
            verdict.doubled.push(format!("{place}: revision {revision} repeats the one before"));
            continue;
        }
        before = Some(content);
        let mut skipped = Vec::new();
        let found = open.by_ref().find(|one| {
            let fits = one.step.content == *content;
            if !fits && one.acknowledged {
                skipped.push(one.step.step);
            }
            fits
        });
        match found {
            Some(one) => {
                applied.insert(one.step.step);
                verdict.lost.extend(skipped.iter().map(|step| format!("{place}: step {step}")));
            }
            None if steps.iter().any(|one| one.step.content == *content) => {
                verdict.doubled.push(format!("{place}: revision {revision} came again, or out of order"));
            }
            None => verdict.wrong.push(format!("{place}: revision {revision} holds what nobody sent")),
        }
    }
    let missing = steps.iter().filter(|one| one.acknowledged && !applied.contains(&one.step.step));
    verdict.lost.extend(missing.map(|one| format!("{place}: step {} was acknowledged", one.step.step)));
}

/// What the revisions of the response must hold: one when the last page has come, one more for each correction.
fn responses(plan: &FormPlan, steps: &[&Step]) -> Vec<Content> {
    let mut newest: BTreeMap<usize, &Content> = BTreeMap::new();
    let mut expected = Vec::new();
    for step in steps {
        newest.insert(step.page, &step.content);
        if newest.len() == plan.pages() {
            expected.push(plan.response(newest.iter().map(|(page, content)| (*page, *content))));
        }
    }
    expected
}

fn judge_response(place: &str, expected: &[Content], found: &[Revision], verdict: &mut Verdict) {
    let mut seen = BTreeSet::new();
    for (revision, content) in found {
        let wanted = usize::try_from(*revision - 1).ok().and_then(|number| expected.get(number));
        if !seen.insert(*revision) {
            verdict.doubled.push(format!("{place}: revision {revision} stands twice"));
        } else if wanted.is_none() {
            verdict.doubled.push(format!("{place}: revision {revision} is one too many"));
        } else if wanted != Some(content) {
            verdict.wrong.push(format!("{place}: revision {revision} holds other answers than were stored"));
        }
    }
    let missing = (1..=expected.len())
        .filter(|revision| !seen.iter().any(|one| usize::try_from(*one) == Ok(*revision)));
    verdict.lost.extend(missing.map(|revision| format!("{place}: revision {revision} is missing")));
}

/// Each position of the log is given once, and none beyond the last.
fn judge_log(stored: &Stored, verdict: &mut Verdict) {
    let twice = stored.positions.windows(2).filter(|pair| pair[0] == pair[1]);
    verdict.doubled.extend(twice.map(|pair| format!("position {} of the log stands twice", pair[0])));
    if let Some(last) = stored.positions.last()
        && *last > stored.last_position
    {
        verdict
            .wrong
            .push(format!("position {last} was never given out; the last is {}", stored.last_position));
    }
}
