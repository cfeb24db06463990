//! The binary `laatu`.

use std::process::ExitCode;

fn main() -> ExitCode {
    laatu::cli::run()
}
