//! One call of rustc: its flags, its bounds, and what came of it.

use super::dependencies::Dependencies;
use super::diagnostics::{self, Diagnostic};
use crate::error::{Error, Result};
use crate::toolchain::{Toolchain, build_env};
use process::{Ended, Job, Limits, run};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A compiler, with all that is the same for the programs of one submission.
pub struct Rustc<'a> {
    /// Which compiler.
    pub toolchain: &'a Toolchain,
    /// What programs may use besides the standard library.
    pub dependencies: &'a Dependencies,
    /// The folder that it works in; relative paths start here.
    pub cwd: &'a Path,
    /// `(from, to)`: sources below `from` are shown as if they lay in `to`.
    pub shown: Vec<(String, String)>,
    /// Keeps what it learns for the next call on the same crate. Only for a student's own edits: a grade never
    /// reuses anything that a submission could have written.
    pub incremental: bool,
}

/// What to make of a source file.
pub enum Target {
    /// A library with its code, to link.
    Library(PathBuf),
    /// A program.
    Program(PathBuf),
    /// A program, checked as far as the compiler finds errors, with no code made.
    Check(PathBuf),
}

/// What a call of rustc came to.
#[derive(Debug)]
pub enum Compiled {
    /// It compiled.
    Done,
    /// It did not, and this is why.
    Errors(Vec<Diagnostic>),
    /// The compiler ran out of its bounds on this source: a bomb, or endless constant evaluation.
    OutOfBounds(OutOfBounds),
}

/// What ended the compiler before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOfBounds {
    /// The clock.
    Time,
    /// The processor time that it may use.
    ProcessorTime,
    /// A signal, as when it was refused memory: its number.
    Signal(i32),
}

/// What the compiler may take on a lesson's crate: two orders of magnitude above what a lesson needs.
const BOUNDS: Limits =
    Limits { deadline: Duration::from_secs(60), cpu: Duration::from_secs(60), memory: 3 << 30, output: 4 << 20 };

impl Rustc<'_> {
    /// Compiles one crate. Fails only if the compiler could not be started, or broke.
    pub fn compile(
        &self,
        name: &str,
        source: &Path,
        target: &Target,
        externs: &[(&str, &Path)],
        more: &[&str],
    ) -> Result<Compiled> {
        let mut args: Vec<OsString> = Vec::new();
        let mut push = |arg: &str| args.push(arg.into());
        push("--edition=2024");
        push("--error-format=json");
        push("--json=diagnostic-rendered-ansi");
        push(&format!("--crate-name={name}"));
        // A submission's own `#![crate_type = …]` has no say: `proc-macro` would run inside of the compiler.
        push(match target {
            Target::Library(_) => "--crate-type=lib",
            Target::Program(_) | Target::Check(_) => "--crate-type=bin",
        });
        let (emit, out) = match target {
            Target::Library(path) | Target::Program(path) => ("link", path),
            Target::Check(path) => ("metadata", path),
        };
        push(&format!("--emit={emit}={}", out.display()));
        push("-Cdebuginfo=0");
        // Nobody is shown a warning, and ten thousand of them would fill the output. A lint that a source denies still speaks.
        push("-Awarnings");
        if cfg!(target_os = "linux") && matches!(target, Target::Program(_)) {
            // A link against the standard library's dynamic form takes half the time.
            push("-Cprefer-dynamic");
            push(&format!("-Clink-arg=-Wl,-rpath,{}", self.toolchain.libraries.display()));
        }
        match target {
            Target::Check(_) => {}
            _ if self.incremental => {
                push(&format!("-Cincremental={}", self.cwd.join("incremental").display()));
                // The default of an incremental build, 256, costs more in files than it saves in code on so small a crate.
                push("-Ccodegen-units=16");
            }
            // Several submissions are built at a time, so what counts is the work in all. Units would share it out, and
            // make a third more of it.
            _ => push("-Ccodegen-units=1"),
        }
        for (from, to) in &self.shown {
            push(&format!("--remap-path-prefix={from}={to}"));
        }
        for (name, path) in externs {
            push(&format!("--extern={name}={}", path.display()));
        }
        for (name, path) in &self.dependencies.externs {
            push(&format!("--extern={name}={}", path.display()));
        }
        if let Some(folder) = &self.dependencies.search {
            push(&format!("-Ldependency={}", folder.display()));
        }
        for arg in more {
            push(arg);
        }
        args.push(source.into());
        self.call(args, name)
    }

    fn call(&self, args: Vec<OsString>, name: &str) -> Result<Compiled> {
        let job = Job {
            program: self.toolchain.rustc.clone(),
            args,
            env: build_env(),
            cwd: self.cwd.to_owned(),
            stdin: Vec::new(),
            limits: BOUNDS,
        };
        let exit = run(&job).map_err(|error| Error::caused("failed to run the compiler", error))?;
        let out_of_bounds = match exit.ended {
            Ended::Code(0) => return Ok(Compiled::Done),
            // More errors than are read are still errors.
            Ended::Code(_) | Ended::OutputLimit => return errors_of(name, &exit.stderr),
            Ended::Signal(_) if exit.stderr.is_empty() => return Err(broke(name, "it was killed from outside")),
            Ended::Interrupted => return Err(broke(name, "it was interrupted")),
            Ended::Deadline => OutOfBounds::Time,
            Ended::CpuLimit => OutOfBounds::ProcessorTime,
            Ended::Signal(signal) => OutOfBounds::Signal(signal),
        };
        Ok(Compiled::OutOfBounds(out_of_bounds))
    }
}

fn errors_of(name: &str, stderr: &[u8]) -> Result<Compiled> {
    let errors = diagnostics::read(stderr);
    // A full disk and a missing linker are reported as errors without a place in any source.
    if let Some(error) = errors.iter().find(|error| error.place.is_none() && machine_is_to_blame(&error.headline)) {
        return Err(Error::machine(format!("the compiler could not build `{name}` here: {}", error.headline)));
    }
    if errors.is_empty() {
        let said = String::from_utf8_lossy(stderr);
        let lines: Vec<&str> = said.lines().collect();
        return Err(broke(name, &lines[lines.len().saturating_sub(6)..].join("\n")));
    }
    Ok(Compiled::Errors(errors))
}

fn machine_is_to_blame(headline: &str) -> bool {
    [
        "linker `",
        "could not exec the linker",
        "failed to write",
        "error writing",
        "couldn't create a temp dir",
        "No space left",
        "(os error ",
        "is not writeable",
        "failed to create",
        "could not create",
    ]
    .iter()
    .any(|start| headline.contains(start))
}

fn broke(name: &str, said: &str) -> Error {
    Error::machine(format!("the compiler itself failed on `{name}`:\n{said}"))
}
