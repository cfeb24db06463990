//! What the benches need: an installation with many invitations and answers, loads, and what they are held against.
//!
//! The rows of the table and their goals stand in `benches/ratios/`. Everything drives the real program; the bare
//! opponents ([`bare_loop`], [`plain`]) are the least that could do a part of the same work on the same machine.
//! Called by the benches, and by the tests of the generator.

pub mod bare_loop;
pub mod chance;
pub mod framing;
pub mod generate;
pub mod http;
pub mod installation;
pub mod invite;
pub mod load;
pub mod opinion;
pub mod plain;
pub mod process;
pub mod rounds;
pub mod single_rows;
pub mod table;
