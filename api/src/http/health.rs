//! Alive and ready are two questions.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::{State, blocking};
use crate::store::organisations;

/// Whether the process can answer at all; asks nothing of the database.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

#[derive(Serialize)]
struct Ready {
    ready: bool,
    obstacles: Vec<String>,
}

/// Whether the service can do its work: the database answers, jobs are worked on.
pub async fn ready(state: web::Data<State>) -> HttpResponse {
    let mut obstacles = state.readiness.obstacles();
    let database = blocking(&state, |services| Ok(services.store.read(organisations::count)?)).await;
    if database.is_err() {
        obstacles.push("the database does not answer".to_owned());
    }
    let body = Ready { ready: obstacles.is_empty(), obstacles };
    if body.ready { HttpResponse::Ok().json(body) } else { HttpResponse::ServiceUnavailable().json(body) }
}
