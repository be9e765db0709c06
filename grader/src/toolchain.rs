//! Which compiler does the work: the one that the course pins, called by its own path.

use crate::course::Course;
use crate::error::{Error, Result};
use crate::files;
use crate::manifest;
use process::{Ended, Job, Limits};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// The compiler and its cargo. Calling them by path saves the start of rustup's proxy on every call.
#[derive(Debug, Clone)]
pub struct Toolchain {
    /// The absolute path of rustc.
    pub rustc: PathBuf,
    /// The absolute path of cargo.
    pub cargo: PathBuf,
    /// What `rustc --version` says, such as `rustc 1.95.0 (59807616e 2026-04-14)`.
    pub version: String,
    /// Where the standard library's dynamic form lies.
    pub libraries: PathBuf,
}

impl Toolchain {
    /// Finds the toolchain that runs us, by the `CARGO` that cargo sets, and holds it against `rust-toolchain.toml`.
    ///
    /// Fails when there is none, or another one than the course pins: a verdict that quotes another compiler's words,
    /// or misses a lint, is no verdict.
    pub fn find(course: &Course) -> Result<Toolchain> {
        let cargo = std::env::var_os("CARGO").map(PathBuf::from).ok_or_else(|| {
            Error::machine("the grader is started by cargo: run `cargo xtask …` (the variable CARGO is not set)")
        })?;
        let rustc = cargo.with_file_name(format!("rustc{}", std::env::consts::EXE_SUFFIX));
        let about =
            std::fs::metadata(&rustc).map_err(|error| Error::io("find the compiler beside cargo at", &rustc, error))?;
        let stamp = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        let key = format!("{} {} {}", rustc.display(), about.len(), stamp.as_nanos());

        // Asking rustc costs more than a whole check's run, so its answer is kept.
        let kept = course.scratch().join("toolchain");
        let remembered = std::fs::read_to_string(&kept).unwrap_or_default();
        let lines: Vec<&str> = remembered.lines().collect();
        let (version, libraries) = match lines[..] {
            [known, version, libraries] if known == key => (version.to_owned(), PathBuf::from(libraries)),
            _ => {
                let version = ask(&rustc, &["--version"])?;
                let libraries = ask(&rustc, &["--print", "target-libdir"])?;
                files::write(&kept, format!("{key}\n{version}\n{libraries}\n").as_bytes())?;
                (version, PathBuf::from(libraries))
            }
        };
        let pinned = pinned(course)?;
        if version.split(' ').nth(1) != Some(pinned.as_str()) {
            return Err(Error::machine(format!(
                "the course is pinned to Rust {pinned}, but this is {version}; run `rustup toolchain install {pinned}`, \
                 and leave out `+toolchain` and RUSTUP_TOOLCHAIN"
            )));
        }
        Ok(Toolchain { rustc, cargo, version, libraries })
    }
}

impl Toolchain {
    /// The folder that the compiler and all that belongs to it lie in.
    pub fn sysroot(&self) -> PathBuf {
        self.rustc.ancestors().nth(2).unwrap_or(&self.rustc).to_owned()
    }
}

fn pinned(course: &Course) -> Result<String> {
    manifest::read(&course.root.join("rust-toolchain.toml"), |root| root.get("toolchain")?.get("channel")?.string())
}

fn ask(rustc: &Path, args: &[&str]) -> Result<String> {
    let job = Job {
        program: rustc.to_owned(),
        args: args.iter().map(OsString::from).collect(),
        env: build_env(),
        cwd: std::env::temp_dir(),
        stdin: Vec::new(),
        limits: Limits { deadline: Duration::from_secs(60), cpu: Duration::from_secs(60), memory: 0, output: 1 << 20 },
    };
    let fail = |why: String| Error::machine(format!("`{} {}` {why}", rustc.display(), args.join(" ")));
    let exit =
        process::run(&job).map_err(|error| Error::caused("failed to ask the compiler for its version", error))?;
    if exit.ended != Ended::Code(0) {
        return Err(fail(format!("failed: {}", String::from_utf8_lossy(&exit.stderr).trim())));
    }
    Ok(String::from_utf8_lossy(&exit.stdout).trim().to_owned())
}

/// What compilers and linkers need of our own environment; all else is cleared, RUSTFLAGS and RUSTC_BOOTSTRAP above all.
pub fn build_env() -> Vec<(OsString, OsString)> {
    let everywhere = ["PATH", "HOME", "TMPDIR"];
    let macos = ["DEVELOPER_DIR", "SDKROOT", "MACOSX_DEPLOYMENT_TARGET"];
    let windows = [
        "SystemRoot",
        "SystemDrive",
        "TEMP",
        "TMP",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "ProgramData",
        "ProgramFiles",
        "ProgramFiles(x86)",
        "CommonProgramFiles",
        "VSINSTALLDIR",
        "VCINSTALLDIR",
        "INCLUDE",
        "LIB",
    ];
    let kept = everywhere.into_iter().chain(macos).chain(windows);
    kept.filter_map(|name| Some((name.into(), std::env::var_os(name)?))).collect()
}
