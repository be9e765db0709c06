//! Runs one check once, in a process of its own, and gives back what was seen. It judges nothing.

use crate::error::{Error, Result};
use crate::files::{self, Temporary};
use crate::hold::{self, Access, Hold};
use crate::lesson::Bounds;
use crate::transcript::Transcript;
use probe::wire::UNKNOWN_CHECK;
use process::sandbox::Excess;
use process::{Ended, Exit, Job, Limits};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

/// What a run showed.
#[derive(Debug)]
pub struct Observation {
    /// What was printed to standard output.
    pub transcript: Transcript,
    /// How the process ended.
    pub exit: Exit,
    /// What it took too much of, all of its threads and files together.
    pub excess: Option<Excess>,
}

/// What to run.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The probe, linked with a submission.
    pub program: &'a Path,
    /// The name of the check's function in it.
    pub function: &'a str,
    /// Which inputs it draws.
    pub seed: u64,
    /// Numbers that the request ends with: an exploration's bounds.
    pub numbers: &'a [u64],
    /// How far it may go.
    pub bounds: &'a Bounds,
    /// Files that it finds in the folder that it starts in, which is its own.
    pub fixtures: &'a [PathBuf],
    /// Where the standard library's dynamic form lies, which the program is linked with.
    pub libraries: &'a Path,
    /// What holds it.
    pub hold: &'a Hold,
}

/// Runs a check once.
///
/// Fails when the process can't be started or the probe does not know the check: the grader's fault, either.
pub fn observe(run: &Run<'_>) -> Result<Observation> {
    let nonce = nonce();
    let folder = Temporary::new()?;
    for fixture in run.fixtures {
        files::copy(fixture, &folder.path().join(fixture.file_name().unwrap_or_default()))?;
    }
    let mut env = vec![("MALLOC_ARENA_MAX".into(), "2".into())];
    // Windows finds no system library without it.
    env.extend(std::env::var_os("SystemRoot").map(|value| ("SystemRoot".into(), value)));
    let Bounds { deadline, cpu, memory, output } = *run.bounds;
    let mut request = format!("{}\n{}\n{nonce}\n", run.function, run.seed);
    run.numbers.iter().for_each(|number| request.push_str(&format!("{number}\n")));
    let job = Job {
        program: run.program.to_owned(),
        args: Vec::new(),
        env,
        cwd: folder.path().to_owned(),
        stdin: request.into_bytes(),
        limits: Limits { deadline, cpu, memory, output },
    };
    let access = Access { read: vec![run.libraries.to_owned()], execute: Vec::new(), compiles: false };
    let confined = run.hold.run(&job, &access, folder.path())?;
    let excess = hold::went_too_far(&confined);
    let exit = confined.exit;
    let transcript = Transcript::read(&exit.stdout, &nonce);
    // Before its first word nothing of a submission's has run, so this can only be the probe's own.
    if exit.ended == Ended::Code(UNKNOWN_CHECK) && !transcript.began {
        return Err(Error::machine(String::from_utf8_lossy(&exit.stderr).trim()));
    }
    Ok(Observation { transcript, exit, excess })
}

/// Sixteen digits that the next run can't foresee. It keeps a printed look-alike from being taken for a mark; no
/// verdict rests on its secrecy, since tested code shares a process with the probe.
fn nonce() -> String {
    format!("{:016x}", RandomState::new().hash_one(std::time::SystemTime::now()))
}
