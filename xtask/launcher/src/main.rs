//! `cargo xtask` for the folders below the root: it starts the real one and passes on what that said.
//!
//! A cargo alias can't hold a path that is true in every folder, and `xtask/` is a workspace of its own.
//! So the alias of `lessons/`, `solutions/` and `grader/` runs this member of the course's workspace.

use std::path::Path;
use std::process::{Command, ExitCode};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo, in the student's own terminal, is not a submission to be bounded"
)]
fn main() -> ExitCode {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.toml");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--manifest-path"]).arg(manifest).arg("--").args(std::env::args_os().skip(1));
    match cargo.status() {
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(4)),
        Err(error) => {
            eprintln!("error: failed to start cargo: {error}");
            ExitCode::from(4)
        }
    }
}
