//! Runs one check once, in a process of its own, and gives back what was seen. It judges nothing.

use crate::error::{Error, Result};
use crate::transcript::Transcript;
use process::{Ended, Exit, Job, Limits, run};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::time::Duration;

/// What a run showed.
#[derive(Debug)]
pub struct Observation {
    /// What was printed to standard output.
    pub transcript: Transcript,
    /// How the process ended.
    pub exit: Exit,
}

/// Bytes of data that a check's process may have: far above what any lesson needs.
pub const MEMORY: u64 = 512 << 20;
/// Bytes that are read of standard output, and of standard error.
pub const OUTPUT: usize = 1 << 20;

/// Runs the check whose probe function is `function` with this seed.
///
/// Fails when the process can't be started or the probe does not know the check: the grader's fault, either.
pub fn observe(program: &Path, function: &str, seed: u64, deadline: Duration) -> Result<Observation> {
    let nonce = nonce();
    let folder = tempfile::tempdir()
        .map_err(|error| Error::io("make a folder for a check in", &std::env::temp_dir(), &error))?;
    let mut env = vec![("MALLOC_ARENA_MAX".into(), "2".into())];
    // Windows finds no system library without it.
    env.extend(std::env::var_os("SystemRoot").map(|value| ("SystemRoot".into(), value)));
    let job = Job {
        program: program.to_owned(),
        args: Vec::new(),
        env,
        cwd: folder.path().to_owned(),
        stdin: format!("{function}\n{seed}\n{nonce}\n").into_bytes(),
        limits: Limits { deadline, cpu: cpu_bound(deadline), memory: MEMORY, output: OUTPUT },
    };
    let exit = run(&job).map_err(|error| Error::Machine(error.to_string()))?;
    let transcript = Transcript::read(&exit.stdout, &nonce);
    if exit.ended == Ended::Code(UNKNOWN_CHECK) && transcript.parts.is_empty() {
        return Err(Error::Machine(String::from_utf8_lossy(&exit.stderr).trim().to_owned()));
    }
    Ok(Observation { transcript, exit })
}

/// The exit code by which a probe says that it has no such check; `probe::UNKNOWN_CHECK`.
const UNKNOWN_CHECK: i32 = 64;

/// Processor time that a run may take. Half of the deadline, so that an endless loop costs the student less waiting; a
/// right program needs a hundredth of it, and processor time does not run while others have the machine.
pub fn cpu_bound(deadline: Duration) -> Duration {
    Duration::from_secs((deadline.as_secs() / 2).max(1))
}

/// Sixteen digits that the next run can't foresee. It keeps a printed look-alike from being taken for a mark; no
/// verdict rests on its secrecy, since tested code shares a process with the probe.
fn nonce() -> String {
    format!("{:016x}", RandomState::new().hash_one(std::time::SystemTime::now()))
}
