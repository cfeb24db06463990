//! Programs of others that read back what the service writes: Python with its packages, R and PSPP.
//!
//! `tests/run` installs them. Where one is missing the test fails with words; it is never skipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The Python that has the packages of `tests/readers/requirements.txt`.
#[allow(clippy::disallowed_methods, reason = "where the readers are, is a setting of the tests")]
pub fn python() -> PathBuf {
    let place = std::env::var_os("LAATU_READERS").map_or_else(beside_the_program, PathBuf::from);
    assert!(
        place.is_file(),
        "{} is not there: tests/run makes it; or make a venv, pip install -r tests/readers/requirements.txt, \
         and set LAATU_READERS to its python",
        place.display()
    );
    place
}

/// Where `tests/run` makes it: in the target folder.
fn beside_the_program() -> PathBuf {
    let binary = crate::program::binary();
    let target = binary.parent().and_then(Path::parent).expect("a target folder");
    target.join("readers/bin/python")
}

/// Reads a file by a script of `tests/readers` and gives what the script says of it.
pub fn read(script: &str, file: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("readers").join(script);
    let (code, said) = run(Command::new(python()).arg(&script).arg(file));
    assert_eq!(code, Some(0), "{}: {said}", script.display());
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{}: {error}: {said}", script.display()))
}

/// Debian's R.
pub fn rscript() -> Command {
    let is_there = Command::new("Rscript").arg("--version").output().is_ok();
    assert!(is_there, "Rscript is not here: tests/run installs it; as root: apt-get install r-base-core");
    let mut command = Command::new("Rscript");
    command.arg("--vanilla");
    command
}

/// Runs some syntax by PSPP in a folder.
pub fn pspp(folder: &Path, syntax: &str) {
    std::fs::write(folder.join("syntax.sps"), syntax).expect("the syntax is written");
    let is_there = Command::new("pspp").arg("--version").output().is_ok();
    assert!(is_there, "pspp is not here: tests/run installs it; as root: apt-get install pspp");
    let mut command = Command::new("pspp");
    command.args(["--batch", "--output=said.txt", "syntax.sps"]).current_dir(folder);
    let (code, said) = run(&mut command);
    let listing = std::fs::read_to_string(folder.join("said.txt")).unwrap_or_default();
    assert_eq!(code, Some(0), "{said}{listing}");
}

/// Runs a program to its end: its code, and its output, or what it complained of when it failed.
pub fn run(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout);
    let said = if output.status.success() { said } else { said + &text(&output.stderr) };
    (output.status.code(), said)
}
