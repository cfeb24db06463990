//! The first way in: requests over HTTP become calls of use cases, and their outcomes become answers.
//!
//! Nothing here names a table of the database.

pub mod assets;
pub mod extract;
pub mod health;
pub mod pages;
pub mod problem;
pub mod request_id;
pub mod rest;
pub mod routes;
mod signs;

use std::net::IpAddr;

use actix_web::{HttpRequest, web};

use crate::service::{Result, Services};

/// What every handler is given.
#[derive(Clone)]
pub struct State {
    /// The use cases' common parts.
    pub services: std::sync::Arc<Services>,
    /// Tells whether jobs are being worked on.
    pub readiness: std::sync::Arc<dyn Readiness>,
}

/// What `/readyz` asks of the rest of the process.
pub trait Readiness: Send + Sync {
    /// Words for each thing that keeps the service from being ready; none when it is ready.
    fn obstacles(&self) -> Vec<String>;
}

/// Runs a use case off the workers: it waits for the database.
pub async fn blocking<T: Send + 'static>(
    state: &State,
    work: impl FnOnce(&Services) -> Result<T> + Send + 'static,
) -> std::result::Result<T, problem::Problem> {
    let services = std::sync::Arc::clone(&state.services);
    let outcome = web::block(move || work(&services)).await;
    match outcome {
        Ok(outcome) => outcome.map_err(problem::Problem::from),
        Err(_) => Err(problem::Problem::broken("the work was broken off")),
    }
}

/// The network that a request came from: an address, or the half of a longer one that a household has.
fn network_of(request: &HttpRequest) -> String {
    match request.peer_addr().map(|peer| peer.ip()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        None => String::new(),
    }
}
