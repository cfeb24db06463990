//! Holds the rooms together: a bound port, the HTTP server on a thread of its own, and the job worker.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};

use crate::http::request_id::with_request_id;
use crate::http::routes::routes;
use crate::http::{Readiness, State};
use crate::jobs::Worker;
use crate::service::Services;

/// Seconds that open requests get when the service is told to stop.
const DRAIN_S: u64 = 20;
/// A worker that has not looked for work for so long keeps the service from being ready.
const HEARTBEAT_S: i64 = 60;

/// Who works on due jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jobs {
    /// The caller, by `jobs::run_due`: for clocks that are moved by hand.
    ByHand,
    /// A thread of this service.
    Worker,
}

/// Whether the signals of the operating system stop the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signals {
    /// SIGTERM and SIGINT stop it.
    Obey,
    /// Only the caller does.
    Ignore,
}

/// A running service; ends when dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    handle: ServerHandle,
    thread: Option<JoinHandle<std::io::Result<()>>>,
    _worker: Option<Arc<Worker>>,
}

/// Binds an address such as `127.0.0.1:8080`, `:8080` or `:0`.
pub fn bind(listen: &str) -> Result<TcpListener, String> {
    let address = if listen.starts_with(':') { format!("127.0.0.1{listen}") } else { listen.to_owned() };
    TcpListener::bind(&address).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("cannot listen on {address}: another program listens there; choose another with --listen")
        }
        _ => format!("cannot listen on {address}: {error}"),
    })
}

/// Starts the service on an address.
pub fn start(services: Arc<Services>, listen: &str, jobs: Jobs) -> Result<Running, String> {
    start_on(services, bind(listen)?, jobs, Signals::Ignore)
}

/// Starts the service on a bound port.
pub fn start_on(
    services: Arc<Services>,
    listener: TcpListener,
    jobs: Jobs,
    signals: Signals,
) -> Result<Running, String> {
    let address = listener.local_addr().map_err(|error| format!("the port cannot be told: {error}"))?;
    let worker = match jobs {
        Jobs::ByHand => None,
        Jobs::Worker => {
            let started = Worker::start(Arc::clone(&services)).map(Arc::new);
            Some(started.map_err(|error| format!("the job thread does not start: {error}"))?)
        }
    };
    let readiness = Arc::new(Heartbeat { services: Arc::clone(&services), worker: worker.clone() });
    let state = State { services, readiness };
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::Builder::new()
        .name("laatu-http".to_owned())
        .spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = server(state, listener, signals)?;
                // The receiver waits for exactly this; it cannot be gone.
                let _ = sender.send(server.handle());
                server.await
            })
        })
        .map_err(|error| format!("the server thread does not start: {error}"))?;
    let handle = receiver.recv().map_err(|_| "the server did not start".to_owned())?;
    Ok(Running { address, handle, thread: Some(thread), _worker: worker })
}

fn server(state: State, listener: TcpListener, signals: Signals) -> std::io::Result<Server> {
    let factory = move || {
        App::new()
            .app_data(web::Data::new(state.clone()))
            .configure(routes)
            .wrap(Compress::default())
            .wrap(from_fn(with_request_id))
    };
    let workers = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let server = HttpServer::new(factory).workers(workers).shutdown_timeout(DRAIN_S);
    let server = if signals == Signals::Ignore { server.disable_signals() } else { server };
    Ok(server.listen(listener)?.run())
}

impl Running {
    /// The address as a URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until a signal has stopped the service and its requests are answered.
    pub fn wait(mut self) -> Result<(), String> {
        self.join()
    }

    fn join(&mut self) -> Result<(), String> {
        let Some(thread) = self.thread.take() else { return Ok(()) };
        match thread.join() {
            Ok(outcome) => outcome.map_err(|error| format!("the server failed: {error}")),
            Err(_) => Err("the server thread panicked".to_owned()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.thread.is_some() {
            // Sending the command is all that is needed; the thread is waited for below.
            drop(self.handle.stop(true));
            if let Err(words) = self.join() {
                tracing::error!(%words, "the server did not end well");
            }
        }
    }
}

/// Tells whether the job worker is alive.
struct Heartbeat {
    services: Arc<Services>,
    worker: Option<Arc<Worker>>,
}

impl Readiness for Heartbeat {
    fn obstacles(&self) -> Vec<String> {
        let Some(worker) = &self.worker else { return vec![] };
        let limit = self.services.now().plus_seconds(-HEARTBEAT_S);
        if worker.heartbeat() < limit {
            return vec!["jobs have not been worked on for a minute".to_owned()];
        }
        vec![]
    }
}
