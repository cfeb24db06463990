//! The threads that work until they are told to stop: one on due jobs, one on logs and
//! changes of invitations that are far ahead of what is stored of them, some on events for endpoints.
//!
//! They are several so that no mail waits for a fold or for an endpoint.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::run_due_while;
use crate::domain::Micros;
use crate::service::Services;
use crate::service::cells::fold::fold_long_tails;
use crate::service::closed_months;
use crate::service::frames::fold::Looks;
use crate::service::webhooks::deliver::bring_due;
use crate::store::jobs;

/// How long a thread rests when nothing is due: a due mail is written well within five seconds.
const REST: Duration = Duration::from_secs(1);

/// How many endpoints are called at a time: some that hang leave room for the others.
const CALLERS: usize = 4;

/// Folding rests after working this long.
const BREATH: Duration = Duration::from_millis(5);
/// Longest rest of a fold: a stop waits for it.
const LONGEST_BREATH: Duration = Duration::from_millis(600);

/// The running threads.
pub struct Worker {
    signal: Arc<Signal>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Signal {
    stop: AtomicBool,
    heartbeat: AtomicI64,
    gate: Mutex<()>,
    wake: Condvar,
}

impl Worker {
    /// Starts the threads.
    pub fn start(services: Arc<Services>) -> std::io::Result<Self> {
        take_leases_back(&services);
        let mut worker = Self { signal: Arc::new(Signal::default()), threads: Vec::new() };
        worker.spawn("laatu-jobs", Arc::clone(&services), work_on_jobs)?;
        for number in 1..=CALLERS {
            worker.spawn(&format!("laatu-hooks-{number}"), Arc::clone(&services), call_endpoints)?;
        }
        worker.spawn("laatu-fold", services, fold)?;
        Ok(worker)
    }

    fn spawn(
        &mut self,
        name: &str,
        services: Arc<Services>,
        work: fn(&Services, &Signal),
    ) -> std::io::Result<()> {
        let signal = Arc::clone(&self.signal);
        let thread = std::thread::Builder::new().name(name.to_owned());
        self.threads.push(thread.spawn(move || work(&services, &signal))?);
        Ok(())
    }

    /// When the worker last looked for work; 0 before the first time.
    pub fn heartbeat(&self) -> Micros {
        Micros(self.signal.heartbeat.load(Ordering::Relaxed))
    }
}

/// What a process that is gone held is due again at once: with the file's lock nobody else can hold a lease.
fn take_leases_back(services: &Services) {
    if !services.store.is_alone() {
        return;
    }
    match services.store.write(jobs::give_all_back) {
        Ok(0) => {}
        Ok(count) => {
            tracing::info!(count, "jobs that were being worked on when the service ended are due again");
        }
        Err(error) => tracing::error!(%error, "leases could not be taken back; they will run out"),
    }
}

impl Signal {
    fn is_stop(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn rest(&self) {
        let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        // Woken early only to stop; a spurious wake merely looks once more.
        drop(self.wake.wait_timeout(gate, REST).unwrap_or_else(PoisonError::into_inner));
    }
}

/// Rests thrice as long as it worked, so that folding takes a quarter of one processor at most and answers do not wait
/// for it. While more come in than that folds, the tail grows, and more of it is folded together for the same price.
struct Pace {
    began: Cell<Instant>,
}

impl Pace {
    fn keep(&self) {
        let worked = self.began.get().elapsed();
        if worked >= BREATH {
            std::thread::sleep((worked * 3).min(LONGEST_BREATH));
            self.began.set(Instant::now());
        }
    }
}

fn fold(services: &Services, signal: &Signal) {
    let mut frames = Looks::default();
    let mut months = closed_months::Looks::default();
    while !signal.is_stop() {
        let pace = Pace { began: Cell::new(Instant::now()) };
        let go_on = || {
            pace.keep();
            !signal.is_stop()
        };
        match frames.look(services, &go_on) {
            Ok(0) => {}
            Ok(surveys) => tracing::debug!(surveys, "changes of invitations were folded into stored counts"),
            Err(error) => tracing::error!(%error, "looking for changes of invitations failed"),
        }
        match months.look(services, &go_on) {
            Ok(0) => {}
            Ok(closed) => tracing::info!(closed, "months were closed"),
            Err(error) => tracing::error!(%error, "looking for months to close failed"),
        }
        match fold_long_tails(services, &go_on) {
            Ok(0) => {}
            Ok(entries) => tracing::info!(entries, "answers were folded into stored cells"),
            Err(error) => tracing::error!(%error, "looking for answers to fold failed"),
        }
        signal.rest();
    }
}

fn work_on_jobs(services: &Services, signal: &Signal) {
    while !signal.is_stop() {
        let go_on = || {
            signal.heartbeat.store(services.now().0, Ordering::Relaxed);
            !signal.is_stop()
        };
        go_on();
        let rest = match run_due_while(services, &go_on) {
            Ok(0) => true,
            Ok(_) => false,
            Err(error) => {
                tracing::error!(%error, "looking for due jobs failed");
                true
            }
        };
        if rest {
            signal.rest();
        }
    }
}

/// Brings events to endpoints, on threads of their own: no mail waits for an endpoint.
fn call_endpoints(services: &Services, signal: &Signal) {
    while !signal.is_stop() {
        let is_idle = match bring_due(services, &|| !signal.is_stop()) {
            Ok(found) => !found,
            Err(error) => {
                tracing::error!(%error, "bringing events to an endpoint failed");
                true
            }
        };
        if is_idle {
            signal.rest();
        }
    }
}

impl Drop for Worker {
    /// Waits until the job at hand is noted and the rest given back: no lease is left behind.
    fn drop(&mut self) {
        self.signal.stop.store(true, Ordering::SeqCst);
        self.signal.wake.notify_all();
        for thread in self.threads.drain(..) {
            let name = thread.thread().name().unwrap_or_default().to_owned();
            if thread.join().is_err() {
                tracing::error!(name, "a thread had panicked");
            }
        }
    }
}
