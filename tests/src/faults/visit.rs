//! One customer at one link: page after page to the end, then corrections, each step again until it is answered.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::chance::Dice;
use super::crowd::Crowd;
use super::wire::Wire;
use super::witness::{Step, Told};
use crate::web::Answer;

/// Most corrections of one visit.
const MOST_CORRECTIONS: u64 = 3;
/// After so many answers that no customer should see, they leave.
const MOST_IMPROPER: u32 = 5;

/// Where a customer stands.
#[derive(Clone, Debug)]
pub struct Visit {
    link: usize,
    steps: u32,
    times: Vec<u32>,
    pending: Option<Step>,
}

impl Visit {
    /// A customer who has not opened their link yet.
    pub fn new(link: usize, pages: usize) -> Self {
        Self { link, steps: 0, times: vec![0; pages], pending: None }
    }

    /// Whether a page was sent of which nobody knows whether it is stored.
    pub const fn is_in_doubt(&self) -> bool {
        self.pending.is_some()
    }

    fn is_finished(&self) -> bool {
        usize::try_from(self.steps).is_ok_and(|steps| steps >= self.times.len())
    }

    /// Goes on with the form, then corrects it up to three times; ends early when the crowd is called home.
    pub fn go_on(&mut self, crowd: &Crowd<'_>, wire: &mut Option<Wire>, dice: &Dice) {
        while !self.is_finished() {
            if !self.take_step(crowd, wire, dice) {
                return;
            }
        }
        for _ in 0..dice.between(1, MOST_CORRECTIONS) {
            if !self.take_step(crowd, wire, dice) {
                return;
            }
        }
    }

    /// Sends the next page until it is acknowledged; whether it was.
    fn take_step(&mut self, crowd: &Crowd<'_>, wire: &mut Option<Wire>, dice: &Dice) -> bool {
        let step = self.next_step(crowd, dice);
        let mut improper = 0;
        for attempt in 0.. {
            if crowd.is_called_home() {
                return false;
            }
            let Some(door) = crowd.door(self.link + attempt) else {
                crowd.rest();
                continue;
            };
            match send(crowd, at(wire, door), &step) {
                Told::Acknowledged => {
                    self.pending = None;
                    self.times[step.page - 1] += 1;
                    self.steps += 1;
                    return true;
                }
                Told::Improper(_) if improper == MOST_IMPROPER => return false,
                Told::Improper(_) => improper += 1,
                Told::Refused | Told::Unanswered | Told::Unreached => {}
            }
            crowd.rest();
        }
        false
    }

    fn next_step(&mut self, crowd: &Crowd<'_>, dice: &Dice) -> Step {
        if let Some(step) = &self.pending {
            return step.clone();
        }
        let pages = u64::try_from(self.times.len()).expect("few pages");
        let page = if self.is_finished() { dice.between(1, pages) } else { u64::from(self.steps) + 1 };
        let page = usize::try_from(page).expect("few pages");
        let content = crowd.plan(self.link).content(self.link, page, self.times[page - 1]);
        let step = Step { link: self.link, step: self.steps, page, content };
        self.pending = Some(step.clone());
        step
    }
}

fn at(wire: &mut Option<Wire>, door: SocketAddr) -> &mut Wire {
    if wire.as_ref().is_none_or(|wire| wire.address() != door) {
        *wire = Some(Wire::to(door));
    }
    wire.as_mut().expect("it was made just now")
}

/// One attempt, noted before and after; where the service sends the customer on, they go.
fn send(crowd: &Crowd<'_>, wire: &mut Wire, step: &Step) -> Told {
    let path = crowd.path(step.link);
    let body = crowd.plan(step.link).body(step.page, &step.content);
    let number = crowd.witness.attempt(step);
    let began = Instant::now();
    let answer = wire.post(&format!("{path}/{}", step.page), &body);
    let took = began.elapsed();
    let told = told(&answer, step.page, took);
    crowd.witness.told(number, &told, took);
    if let (Told::Acknowledged, Ok(answer)) = (&told, &answer) {
        follow(crowd, wire, answer);
    }
    told
}

/// What an answer to a posted page says, and what silence says.
pub fn told(answer: &std::io::Result<Answer>, page: usize, took: Duration) -> Told {
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => return Told::Unreached,
        Err(_) => return Told::Unanswered,
    };
    match (answer.status, answer.header("retry-after")) {
        (303, _) => Told::Acknowledged,
        (429 | 503, Some(_)) => Told::Refused,
        (429 | 503, None) => Told::Improper(format!("{} without Retry-After", answer.status)),
        (status, _) => Told::Improper(format!("{status} to page {page} after {} ms", took.as_millis())),
    }
}

fn follow(crowd: &Crowd<'_>, wire: &mut Wire, answer: &Answer) {
    let Some(place) = answer.header("location") else {
        crowd.witness.strange("303 to nowhere");
        return;
    };
    // No answer to a look is no news: the page was stored, and the next step shows how things are.
    let Ok(shown) = wire.get(place) else { return };
    let is_proper = match shown.status {
        200 | 303 => true,
        429 | 503 => shown.header("retry-after").is_some(),
        _ => false,
    };
    if !is_proper {
        crowd.witness.strange(&format!("{} to a look at a page", shown.status));
    }
}
