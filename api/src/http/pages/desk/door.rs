//! The one door of the dashboard: who is signed in, have they the second step that is asked of them, may they, and did they
//! send the form from a page of ours.
//!
//! A handler takes [`Inside`] for a page, or [`OwnForm`] for a posted form. Without them it has nobody in whose name it
//! could ask or change anything, so that it cannot forget one of the questions.

use std::future::Future;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::{Method, StatusCode};
use actix_web::{Error as WebError, FromRequest, HttpRequest, HttpResponse, web};

use super::gate::{FORM_TOKEN, go_to, own_form, signed_in};
use super::right::Right;
use super::shell::{self, Page};
use super::{Fields, field, run, second_step};
use crate::http::State;
use crate::http::problem::Problem;
use crate::service::once::{in_read, in_transaction};
use crate::service::sign_in::session::SignedIn;
use crate::service::{Error, Result as ServiceResult, Services};
use crate::store::{AnyConnection, OrgScope};

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, WebError>>>>;

/// Somebody who came in, and the request with which they came.
pub struct Visit {
    /// Who, with what they may touch.
    pub who: SignedIn,
    /// What the service works with.
    pub state: web::Data<State>,
    /// What they asked.
    pub request: HttpRequest,
}

impl Visit {
    /// Lets in who is signed in and has the right; everybody else gets the answer.
    async fn admit<R: Right>(request: HttpRequest) -> Result<Self, HttpResponse> {
        let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
            return Err(HttpResponse::from_error(Problem::broken("the service has no state")));
        };
        let who = signed_in(&state, &request).await?;
        if who.owes_second_step() && !R::BEFORE_SECOND_STEP {
            return Err(second_step_first(&request, &who));
        }
        match R::refusal(who.known.member.role) {
            Some(told) => Err(shell::told(StatusCode::FORBIDDEN, Some(&who), told)),
            None => Ok(Self { who, state, request }),
        }
    }

    /// Whether they have a right beside the one that let them in.
    pub(super) fn may<R: Right>(&self) -> bool {
        R::refusal(self.who.known.member.role).is_none()
    }

    /// Runs a use case with their scope.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services, &OrgScope) -> ServiceResult<T> + Send + 'static,
    ) -> ServiceResult<T> {
        let scope = self.who.known.scope.clone();
        run(&self.state, move |services| work(services, &scope)).await
    }

    /// Reads in one transaction.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services, &mut AnyConnection, &OrgScope) -> ServiceResult<T> + Send + 'static,
    ) -> ServiceResult<T> {
        self.run(move |services, scope| in_read(services, |connection| work(services, connection, scope)))
            .await
    }

    /// Changes something in one transaction.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&Services, &mut AnyConnection, &OrgScope) -> ServiceResult<T> + Send + 'static,
    ) -> ServiceResult<T> {
        self.run(move |services, scope| {
            in_transaction(services, |connection| work(services, connection, scope))
        })
        .await
    }

    /// Shows them a page.
    pub(super) fn show(&self, status: StatusCode, page: &Page<'_>) -> HttpResponse {
        shell::answer(status, Some(&self.who), page)
    }

    /// Shows them the page of what is not there.
    pub(super) fn nothing(&self) -> HttpResponse {
        shell::told(StatusCode::NOT_FOUND, Some(&self.who), &shell::NOT_HERE)
    }

    /// Shows them the page of a use case that failed.
    pub(super) fn failed(&self, error: &Error) -> HttpResponse {
        shell::failed(&self.request, Some(&self.who), error)
    }

    /// Leads them on when something was done.
    pub(super) fn lead<T>(&self, done: ServiceResult<T>, place: &str) -> HttpResponse {
        match done {
            Ok(_) => go_to(place),
            Err(error) => self.failed(&error),
        }
    }
}

/// The only page of somebody who owes a second step; what they sent is not done.
fn second_step_first(request: &HttpRequest, who: &SignedIn) -> HttpResponse {
    match *request.method() {
        Method::GET | Method::HEAD => go_to(second_step::HERE),
        _ => shell::told(StatusCode::FORBIDDEN, Some(who), &shell::SECOND_STEP_FIRST),
    }
}

/// Somebody who is signed in and has the right `R`.
pub struct Inside<R: Right> {
    visit: Visit,
    right: PhantomData<R>,
}

impl<R: Right> Deref for Inside<R> {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<R: Right> FromRequest for Inside<R> {
    type Error = WebError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let visit = Visit::admit::<R>(request).await.map_err(as_it_is)?;
            Ok(Self { visit, right: PhantomData })
        })
    }
}

/// A form that somebody with the right `R` sent from a page of their own session.
pub struct OwnForm<R: Right> {
    visit: Visit,
    /// What they typed.
    pub fields: Fields,
    right: PhantomData<R>,
}

impl<R: Right> OwnForm<R> {
    /// The text of a field; empty where there is none.
    pub(super) fn text(&self, name: &str) -> String {
        field(&self.fields, name).unwrap_or_default().to_owned()
    }
}

impl<R: Right> Deref for OwnForm<R> {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<R: Right> FromRequest for OwnForm<R> {
    type Error = WebError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let visit = Visit::admit::<R>(request).await.map_err(as_it_is)?;
            let body = body.await?;
            let fields = fields_of(&visit, &body).map_err(as_it_is)?;
            Ok(Self { visit, fields, right: PhantomData })
        })
    }
}

/// The fields of a form that carries what binds it to the session; else the answer.
#[allow(clippy::result_large_err, reason = "the answer goes out as it is")]
fn fields_of(visit: &Visit, body: &[u8]) -> Result<Fields, HttpResponse> {
    let fields = own_form(&visit.state, &visit.request, body)?;
    if field(&fields, FORM_TOKEN).is_some_and(|token| visit.who.wrote(token)) {
        return Ok(fields);
    }
    Err(shell::told(StatusCode::FORBIDDEN, Some(&visit.who), &shell::STRANGE_FORM))
}

/// An answer on the way out of an extractor.
fn as_it_is(answer: HttpResponse) -> WebError {
    InternalError::from_response("stopped at the door", answer).into()
}
