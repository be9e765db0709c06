//! `cargo xtask`, as the aliases start it: it runs the built program, and has cargo build it where the sources changed.
//!
//! For forty packages cargo needs some time to find that nothing changed, each time; a look at our own sources does not.
//! Sources are told apart by what is in them: a stamp beside the program holds the digest of what it was built from.

#![expect(
    clippy::disallowed_methods,
    reason = "cargo and the grader itself, in the student's own terminal, are no submissions to be bounded; the library is not at hand"
)]

mod commands;

use commands::{Program, SANDBOX, STUDENT};
use std::collections::hash_map::DefaultHasher;
use std::ffi::OsString;
use std::hash::{Hash, Hasher};
use std::io::{IsTerminal, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What the programs are made of, below the course's root.
const SOURCES: &[&str] = &[
    "Cargo.toml",
    "rust-toolchain.toml",
    "grader/Cargo.toml",
    "grader/src",
    "grader/author/Cargo.toml",
    "grader/author/src",
    "grader/batch/Cargo.toml",
    "grader/batch/src",
    "grader/interleave/Cargo.toml",
    "grader/interleave/src",
    "grader/probe/Cargo.toml",
    "grader/probe/macros",
    "grader/probe/src",
    "grader/process/Cargo.toml",
    "grader/process/confine/Cargo.toml",
    "grader/process/confine/src",
    "grader/process/src",
    "grader/report/Cargo.toml",
    "grader/report/src",
    "grader/student/Cargo.toml",
    "grader/student/src",
    "xtask/Cargo.toml",
    "xtask/Cargo.lock",
    "xtask/launcher/src",
    "xtask/sandbox",
    "xtask/src",
    "xtask/staff",
    "xtask/viewer",
];

/// The exit code of `cargo xtask` for this: see `cargo xtask check --help`.
const GRADER_FAILED: u8 = 4;

fn main() -> ExitCode {
    // As `cargo run` sets it: a clone that was moved is found where it is now.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or(PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let Some(xtask) = here.parent() else {
        eprintln!("error: `{}` is not below `xtask`", here.display());
        return ExitCode::from(GRADER_FAILED);
    };
    let package = package();
    let program = xtask.join(format!("target/debug/{package}{}", std::env::consts::EXE_SUFFIX));
    if needs_sandbox() {
        match build(xtask, SANDBOX, &program.with_file_name(format!("{SANDBOX}{}", std::env::consts::EXE_SUFFIX))) {
            Ok(0) => {}
            Ok(_) => return ExitCode::from(GRADER_FAILED),
            Err(error) => return fail(&error),
        }
    }
    match build(xtask, package, &program) {
        Ok(0) if program.is_file() => start(Command::new(program).env("CARGO_MANIFEST_DIR", xtask).args(given())),
        // Cargo was told, elsewhere, to put programs into other folders, and knows which.
        Ok(0) => start(cargo("run", xtask, package).arg("--").args(given())),
        // Cargo has said why. That the grader can't be built is the grader's failure, whatever cargo's code.
        Ok(_) => ExitCode::from(GRADER_FAILED),
        Err(error) => fail(&error),
    }
}

/// The package of the program that has the command that was given.
fn package() -> &'static str {
    let Some(word) = command() else { return STUDENT };
    let has = |program: &&Program| program.commands.iter().any(|(name, _)| *name == word);
    commands::OTHERS.iter().find(has).map_or(STUDENT, |program| program.package)
}

/// The command that was given: the first word that is no option, nor `--lang`'s value.
fn command() -> Option<String> {
    let mut words = given().filter_map(|word| word.into_string().ok());
    while let Some(word) = words.next() {
        if word == "--lang" {
            words.next();
        } else if !word.starts_with('-') {
            return Some(word);
        }
    }
    None
}

/// Whether somebody else's code is to be checked, or the sandbox to be tried, by these words: then its program is needed
/// beside ours.
fn needs_sandbox() -> bool {
    let asks = |word: OsString| {
        word == "--path" || word == "--sandbox" || word.to_str().is_some_and(|word| word.starts_with("--path="))
    };
    command().is_some_and(|word| commands::FOR_STRANGERS.contains(&word.as_str())) || given().any(asks)
}

/// Has cargo build the program, unless it was built from just these sources. Gives cargo's exit code.
fn build(xtask: &Path, package: &str, program: &Path) -> Result<u8> {
    let stamp = program.with_file_name(format!("{package}.stamp"));
    let digest = digest(xtask);
    if program.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|known| known == digest) {
        return Ok(0);
    }
    if std::io::stderr().is_terminal() {
        eprintln!("building the grader: half a minute the first time, seconds after an update …");
    }
    let code = code(cargo("build", xtask, package).status()?);
    // What was edited meanwhile may be in the program or not; then there is no telling what it was built from.
    if code == 0 && digest == self::digest(xtask) {
        // Without a stamp the next start asks cargo again, and that is all.
        let beside = stamp.with_extension(std::process::id().to_string());
        let _ = std::fs::write(&beside, digest).and_then(|()| std::fs::rename(&beside, &stamp));
    }
    Ok(code)
}

/// A digest of every source's path and contents.
fn digest(xtask: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        add(&xtask.with_file_name(source), &mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn add(path: &Path, hasher: &mut DefaultHasher) {
    if let Ok(entries) = std::fs::read_dir(path) {
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| add(path, hasher));
    } else {
        (path, std::fs::read(path).ok()).hash(hasher);
    }
}

/// A call of cargo in the workspace that `xtask` is, with the target folder where we look for the program.
fn cargo(command: &str, xtask: &Path, package: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([command, "--quiet", "--manifest-path"]).arg(xtask.join("Cargo.toml"));
    cargo.args(["--package", package]);
    // For the machine that it is to run on, whatever else is built here.
    cargo.env_remove("CARGO_BUILD_TARGET");
    cargo.arg("--target-dir").arg(xtask.join("target"));
    cargo
}

fn given() -> impl Iterator<Item = OsString> {
    std::env::args_os().skip(1)
}

/// Becomes this program, or runs it and passes on what it said.
fn start(command: &mut Command) -> ExitCode {
    #[cfg(unix)]
    return fail(&std::os::unix::process::CommandExt::exec(command));
    #[cfg(not(unix))]
    match command.status() {
        Ok(status) => ExitCode::from(code(status)),
        Err(error) => fail(&error),
    }
}

fn code(status: std::process::ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(GRADER_FAILED)
}

fn fail(error: &std::io::Error) -> ExitCode {
    eprintln!("error: failed to start the grader: {error}");
    ExitCode::from(GRADER_FAILED)
}
