//! Who may do what: a handler takes `Allowed<Right>`, so one that forgets to ask has no scope to work with.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};

use crate::domain::Role;
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::store::{OrgScope, authority};

/// A right that some roles have.
pub trait Right: 'static {
    /// The roles.
    const ROLES: &'static [Role];
}

/// To bring orders and events.
pub struct SendOrders;
impl Right for SendOrders {
    const ROLES: &'static [Role] = &[Role::Owner, Role::Admin, Role::Sender];
}

/// To read reports and lists.
pub struct ReadReports;
impl Right for ReadReports {
    const ROLES: &'static [Role] = &[Role::Owner, Role::Admin, Role::Analyst, Role::Auditor];
}

/// To write on the trend of a survey what happened on a day.
pub struct Annotate;
impl Right for Annotate {
    const ROLES: &'static [Role] = &[Role::Owner, Role::Admin, Role::Analyst];
}

/// To publish instruments, to run surveys, to change the organisation.
pub struct ManageSurveys;
impl Right for ManageSurveys {
    const ROLES: &'static [Role] = &[Role::Owner, Role::Admin];
}

/// A request that showed a key with the right `R`.
pub struct Allowed<R: Right> {
    /// The organisation that the key opens.
    pub scope: OrgScope,
    right: PhantomData<R>,
}

impl<R: Right> FromRequest for Allowed<R> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<web::Data<State>>().cloned();
        let shown = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = shown.and_then(bearer).map(str::to_owned);
        Box::pin(async move {
            let (Some(state), Some(key)) = (state, key) else { return Err(Problem::unauthorised()) };
            let scope = blocking(&state, move |services| {
                Ok(services.store.read(|connection| authority::by_key(connection, &key))?)
            })
            .await?
            .ok_or_else(Problem::unauthorised)?;
            if scope.role().is_some_and(|role| R::ROLES.contains(&role)) {
                return Ok(Self { scope, right: PhantomData });
            }
            let roles: Vec<&str> = R::ROLES.iter().map(|role| role.word()).collect();
            Err(Problem::forbidden(&crate::domain::coded::one_of(&roles)))
        })
    }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
