//! One call of rustc: its flags, its bounds, and what came of it.

use super::dependencies::Dependencies;
use super::diagnostics::{self, Diagnostic};
use crate::error::{Error, Result};
use crate::hold::{self, Access, Hold};
use crate::parallel;
use crate::toolchain::{Toolchain, build_env};
use process::sandbox::Excess;
use process::{Ended, Job, Limits};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
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
    /// What holds it: compiling somebody's code is running it, too.
    pub hold: &'a Hold,
    /// The time that is left for all calls on this submission.
    pub budget: &'a Budget,
}

/// What to compile.
pub struct Unit<'a> {
    /// The crate's name.
    pub name: &'a str,
    /// Its root.
    pub source: &'a Path,
    /// What to make of it.
    pub target: Target,
    /// `(name, library)` of crates that it uses besides the dependencies.
    pub externs: Vec<(&'a str, &'a Path)>,
    /// More arguments.
    pub more: Vec<String>,
    /// Files and folders that it is made of, besides its root: nothing else can be read in a sandbox.
    pub reads: Vec<PathBuf>,
}

/// What to make of a source file.
#[derive(Debug, Clone)]
pub enum Target {
    /// A library with its code, to link; beside it, under the ending `d`, the list of the files that it was made of.
    Library(PathBuf),
    /// A program.
    Program(PathBuf),
    /// A program of the tests in a crate; beside it a list, as for a library.
    Tests(PathBuf),
    /// A program, checked as far as the compiler finds errors, with no code made.
    Check(PathBuf),
}

impl Target {
    fn path(&self) -> &Path {
        let (Target::Library(path) | Target::Program(path) | Target::Tests(path) | Target::Check(path)) = self;
        path
    }
}

/// Time that several calls share. Each call takes what it used.
#[derive(Debug)]
pub struct Budget(Mutex<Duration>);

impl Budget {
    /// So much for all calls together.
    pub fn of(all: Duration) -> Budget {
        Budget(Mutex::new(all))
    }

    fn left(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spend(&self, used: Duration) {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.saturating_sub(used);
    }
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
    /// What its folder may hold.
    Disk,
    /// What is read of its output, of which not one error was whole.
    Output,
    /// A mistake of its own, which this source brings about.
    Crash,
}

/// What the compiler may take on a lesson's crate: two orders of magnitude above what a lesson needs.
const BOUNDS: Limits =
    Limits { deadline: Duration::from_secs(60), cpu: Duration::from_secs(60), memory: 3 << 30, output: 4 << 20 };

/// Exit code of a compiler that panicked.
const CRASHED: i32 = 101;

impl Rustc<'_> {
    /// Compiles one crate. Fails only if the compiler could not be started, or broke.
    pub fn compile(&self, unit: &Unit<'_>) -> Result<Compiled> {
        if !self.hold.is_sandbox() {
            return self.call(unit, &unit.target, self.cwd);
        }
        // It writes into a folder of its own; what it made is then taken out of its reach.
        let scratch = hold::scratch(self.cwd)?;
        let place = |path: &Path| scratch.path().join(path.file_name().unwrap_or_default());
        let inside = match &unit.target {
            Target::Library(path) => Target::Library(place(path)),
            Target::Program(path) => Target::Program(place(path)),
            Target::Tests(path) => Target::Tests(place(path)),
            Target::Check(path) => Target::Check(place(path)),
        };
        let compiled = self.call(unit, &inside, scratch.path())?;
        if matches!(compiled, Compiled::Done) {
            let (from, to) = (inside.path(), unit.target.path());
            if matches!(inside, Target::Library(_) | Target::Tests(_)) {
                hold::take(&from.with_extension("d"), &to.with_extension("d"))?;
            }
            if !hold::take(from, to)? {
                return Err(broke(unit.name, "it made nothing"));
            }
        }
        Ok(compiled)
    }

    fn args(&self, unit: &Unit<'_>, target: &Target) -> Vec<OsString> {
        let mut args: Vec<OsString> = Vec::new();
        let mut push = |arg: &str| args.push(arg.into());
        push("--edition=2024");
        push("--error-format=json");
        push("--json=diagnostic-rendered-ansi");
        push(&format!("--crate-name={}", unit.name));
        // A submission's own `#![crate_type = …]` has no say: `proc-macro` would run inside of the compiler.
        push(match target {
            Target::Library(_) => "--crate-type=lib",
            Target::Program(_) | Target::Check(_) => "--crate-type=bin",
            Target::Tests(_) => "--test",
        });
        push(&match target {
            Target::Library(path) | Target::Tests(path) => {
                format!("--emit=link={},dep-info={}", path.display(), path.with_extension("d").display())
            }
            Target::Program(path) => format!("--emit=link={}", path.display()),
            Target::Check(path) => format!("--emit=metadata={}", path.display()),
        });
        push("-Cdebuginfo=0");
        // Nobody is shown a warning, and ten thousand of them would fill the output. A lint that a source denies still speaks.
        push("-Awarnings");
        if cfg!(target_os = "linux") && matches!(target, Target::Program(_) | Target::Tests(_)) {
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
        for (name, path) in &unit.externs {
            push(&format!("--extern={name}={}", path.display()));
        }
        for (name, path) in &self.dependencies.externs {
            push(&format!("--extern={name}={}", path.display()));
        }
        if let Some(folder) = &self.dependencies.search {
            push(&format!("-Ldependency={}", folder.display()));
        }
        unit.more.iter().for_each(|arg| push(arg));
        args.push(unit.source.into());
        args
    }

    /// Calls the compiler, which writes into this folder.
    fn call(&self, unit: &Unit<'_>, target: &Target, folder: &Path) -> Result<Compiled> {
        let mut env = build_env();
        if self.hold.is_sandbox() {
            env = ["HOME", "TMPDIR"].map(|name| (name.into(), folder.into())).to_vec();
            // The system's own linker: no other folder can be looked into there.
            env.push(("PATH".into(), "/usr/bin:/bin".into()));
        }
        // Before it is looked at what time is left: the wait for others is not this submission's.
        let _turn = parallel::turn();
        let job = Job {
            program: self.toolchain.rustc.clone(),
            args: self.args(unit, target),
            env,
            cwd: folder.to_owned(),
            stdin: Vec::new(),
            limits: Limits { deadline: BOUNDS.deadline.min(self.budget.left()), ..BOUNDS },
        };
        let dependencies = self.dependencies.externs.iter().map(|(_, path)| path).chain(&self.dependencies.search);
        let mut read: Vec<PathBuf> = vec![unit.source.to_owned()];
        read.extend(unit.externs.iter().map(|(_, path)| (*path).to_owned()));
        read.extend(unit.reads.iter().chain(dependencies).cloned());
        let access = Access { read, execute: vec![self.toolchain.sysroot()], compiles: true };
        let confined = self.hold.run(&job, &access, folder)?;
        self.budget.spend(confined.exit.wall);
        if let Some(excess) = hold::went_too_far(&confined) {
            return Ok(Compiled::OutOfBounds(match excess {
                Excess::Disk => OutOfBounds::Disk,
                Excess::Memory | Excess::Tasks => OutOfBounds::Signal(9),
            }));
        }
        let (name, stderr) = (unit.name, &confined.exit.stderr);
        let out_of_bounds = match confined.exit.ended {
            Ended::Code(0) => return Ok(Compiled::Done),
            // More errors than are read are still errors.
            Ended::OutputLimit if diagnostics::read(stderr).is_empty() => OutOfBounds::Output,
            // A stranger can look for a source that the compiler breaks on, so that is no fault of the grader's.
            Ended::Code(CRASHED) if self.hold.is_sandbox() && diagnostics::read(stderr).is_empty() => {
                OutOfBounds::Crash
            }
            Ended::Code(_) | Ended::OutputLimit => return errors_of(name, stderr),
            Ended::Signal(_) if stderr.is_empty() && !self.hold.is_sandbox() => {
                return Err(broke(name, "it was killed from outside"));
            }
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
        "the generated executable for the input file",
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
