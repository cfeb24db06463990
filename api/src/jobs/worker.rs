//! A thread that works on due jobs until it is told to stop.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::run_due_while;
use crate::domain::Micros;
use crate::service::Services;

/// How long the thread rests when nothing is due: a due mail is written well within five seconds.
const REST: Duration = Duration::from_secs(1);

/// A running worker thread.
pub struct Worker {
    signal: Arc<Signal>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Signal {
    stop: AtomicBool,
    heartbeat: AtomicI64,
    gate: Mutex<()>,
    wake: Condvar,
}

impl Worker {
    /// Starts a worker.
    pub fn start(services: Arc<Services>) -> std::io::Result<Self> {
        let signal = Arc::new(Signal::default());
        let inside = Arc::clone(&signal);
        let thread = std::thread::Builder::new()
            .name("laatu-jobs".to_owned())
            .spawn(move || run(&services, &inside))?;
        Ok(Self { signal, thread: Some(thread) })
    }

    /// When the worker last looked for work; 0 before the first time.
    pub fn heartbeat(&self) -> Micros {
        Micros(self.signal.heartbeat.load(Ordering::Relaxed))
    }
}

fn run(services: &Services, signal: &Signal) {
    while !signal.stop.load(Ordering::SeqCst) {
        let go_on = || {
            signal.heartbeat.store(services.now().0, Ordering::Relaxed);
            !signal.stop.load(Ordering::SeqCst)
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
            let gate = signal.gate.lock().unwrap_or_else(PoisonError::into_inner);
            // Woken early only to stop; a spurious wake merely looks once more.
            drop(signal.wake.wait_timeout(gate, REST).unwrap_or_else(PoisonError::into_inner));
        }
    }
}

impl Drop for Worker {
    /// Waits until the job at hand is noted and the rest given back: no lease is left behind.
    fn drop(&mut self) {
        self.signal.stop.store(true, Ordering::SeqCst);
        self.signal.wake.notify_all();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the job thread had panicked");
        }
    }
}
