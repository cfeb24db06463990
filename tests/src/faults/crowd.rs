//! Many customers at once: they open fresh links, come back to what is in doubt, and correct what is finished.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::chance::Dice;
use super::field::Field;
use super::plan::FormPlan;
use super::visit::Visit;
use super::witness::Witness;

/// How long a customer waits before they try again: far less than they are asked to.
const REST: Duration = Duration::from_millis(20);

/// The customers of one database.
pub struct Crowd<'f> {
    /// What the oracle knows of them.
    pub witness: Witness,
    field: &'f Field,
    doors: Mutex<Vec<SocketAddr>>,
    waiting: Mutex<VecDeque<Visit>>,
    fresh: AtomicUsize,
    home: AtomicBool,
    dice: Dice,
}

impl<'f> Crowd<'f> {
    /// Customers who have not begun.
    pub fn new(field: &'f Field, dice: Dice) -> Self {
        Self {
            witness: Witness::new(),
            field,
            doors: Mutex::new(vec![]),
            waiting: Mutex::new(VecDeque::new()),
            fresh: AtomicUsize::new(0),
            home: AtomicBool::new(false),
            dice,
        }
    }

    /// Where the service can be reached from now on: one address a node.
    pub fn lead_to(&self, doors: &[SocketAddr]) {
        *self.doors.lock().expect("nobody panics here") = doors.to_vec();
    }

    /// So many customers at a time go about their business while `meanwhile` runs; then all are called home.
    pub fn go<T>(&self, customers: u64, meanwhile: impl FnOnce() -> T) -> T {
        self.home.store(false, Ordering::SeqCst);
        std::thread::scope(|scope| {
            let _home = Home(&self.home);
            for _ in 0..customers {
                let dice = Dice::new(self.dice.seed());
                scope.spawn(move || self.be_customers(&dice));
            }
            meanwhile()
        })
    }

    fn be_customers(&self, dice: &Dice) {
        let mut wire = None;
        while !self.is_called_home() {
            let Some(mut visit) = self.next_visit(dice) else {
                self.rest();
                continue;
            };
            visit.go_on(self, &mut wire, dice);
            // Of those who are in doubt, half try again later and half never come back.
            if !visit.is_in_doubt() || dice.below(2) == 0 {
                self.waiting.lock().expect("nobody panics here").push_back(visit);
            }
        }
    }

    fn next_visit(&self, dice: &Dice) -> Option<Visit> {
        let mut waiting = self.waiting.lock().expect("nobody panics here");
        let comes_back = waiting.front().is_some_and(Visit::is_in_doubt) || dice.below(3) == 0;
        if comes_back && let Some(visit) = waiting.pop_front() {
            return Some(visit);
        }
        let fresh = self.fresh.fetch_add(1, Ordering::SeqCst);
        match self.field.sown.links.get(fresh) {
            Some(_) => Some(Visit::new(fresh, self.plan(fresh).pages())),
            None => waiting.pop_front(),
        }
    }

    /// Takes a link that no customer has opened or will open.
    pub fn take_link(&self) -> usize {
        let link = self.fresh.fetch_add(1, Ordering::SeqCst);
        assert!(link < self.field.sown.links.len(), "the field has links left");
        link
    }

    /// The door to take, by turns; none while there is none.
    pub fn door(&self, turn: usize) -> Option<SocketAddr> {
        let doors = self.doors.lock().expect("nobody panics here");
        doors.get(turn % doors.len().max(1)).copied()
    }

    /// The plan of a link's form.
    pub fn plan(&self, link: usize) -> &FormPlan {
        self.field.sown.plan(link)
    }

    /// The path of a link.
    pub fn path(&self, link: usize) -> &str {
        &self.field.sown.links[link].path
    }

    /// The field that they answer about.
    pub const fn field(&self) -> &Field {
        self.field
    }

    /// Whether the customers are to stop.
    pub fn is_called_home(&self) -> bool {
        self.home.load(Ordering::SeqCst)
    }

    /// Waits a little, as before a second try.
    pub fn rest(&self) {
        std::thread::park_timeout(REST);
    }
}

/// Calls the customers home, also when a check beside them fails.
struct Home<'h>(&'h AtomicBool);

impl Drop for Home<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
