//! Requests that this service makes to addresses that others name: only to where it may go.
//!
//! `target` reads such an address, `address` knows which networks are public, `guard` looks a name up, once, and
//! refuses a connection to anything else, `post` sends. Nothing here knows what is sent, or why.

mod address;
mod guard;
mod post;
mod target;

pub use address::{Allowed, is_public};
pub use guard::{Names, SystemNames};
pub use post::{Answer, Failure, Poster, Sent};
pub use target::read_target;
