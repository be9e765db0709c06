//! rustc and the explored program, each in a process of its own.

use interleave::wire::{self, Explored};
use process::{Ended, Exit, Job, Limits};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

const LIMITS: Limits =
    Limits { deadline: Duration::from_secs(300), cpu: Duration::from_secs(300), memory: 3 << 30, output: 4 << 20 };

/// This package's folder.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The course's folder.
pub fn course() -> &'static Path {
    package().ancestors().nth(2).expect("the package lies in `grader/`")
}

/// The library, compiled once for all tests of this run.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("libinterleave.rlib");
        let source = package().join("src/lib.rs");
        let flags = ["--crate-name=interleave", "--crate-type=rlib", "--cfg=feature=\"shim\"", "-Copt-level=2"];
        rustc(folder.path(), &source, &path, &flags, &[]).expect("the library compiles");
        (folder, path)
    });
    path
}

/// One call of rustc, by the toolchain that runs this test. Gives what it said, if it failed.
fn rustc(cwd: &Path, source: &Path, out: &Path, flags: &[&str], externs: &[(&str, &Path)]) -> Result<(), String> {
    let cargo = PathBuf::from(std::env::var_os("CARGO").expect("cargo runs this test"));
    let mut args = vec!["--edition=2024".into(), "-Cdebuginfo=0".into(), "-Ccodegen-units=1".into(), "-Aunused".into()];
    args.extend(flags.iter().map(Into::into));
    args.extend(externs.iter().map(|(name, path)| format!("--extern={name}={}", path.display()).into()));
    args.extend(["-o".into(), out.into(), source.into()]);
    let exit = run(&cargo.with_file_name("rustc"), args, cwd);
    let said = String::from_utf8_lossy(&exit.stderr).into_owned();
    if exit.ended == Ended::Code(0) { Ok(()) } else { Err(format!("{:?}: {said}", exit.ended)) }
}

fn run(program: &Path, args: Vec<std::ffi::OsString>, cwd: &Path) -> Exit {
    let env = ["PATH", "HOME", "TMPDIR"].iter().filter_map(|name| Some((name.into(), std::env::var_os(name)?)));
    let job =
        Job { program: program.into(), args, env: env.collect(), cwd: cwd.into(), stdin: Vec::new(), limits: LIMITS };
    process::run(&job).expect("the machine starts a process")
}

/// What comes of a program: its standard output.
///
/// `library`: whether it gets this crate as its standard library. `student`: another crate, its name and its source.
pub fn output(with_library: bool, student: Option<(&str, &Path)>, program: &Path) -> Result<String, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let std = |mut externs: Vec<_>| {
        if with_library {
            // `core` and `alloc` as well: their own paths would go round it.
            externs.extend(["std", "core", "alloc", "interleave"].map(|name| (name, library())));
        }
        externs
    };
    let linked = folder.path().join("libstudent.rlib");
    let mut externs = std(Vec::new());
    if let Some((name, source)) = student {
        let flags = [format!("--crate-name={name}"), "--crate-type=lib".to_owned(), "-Funsafe_code".to_owned()];
        rustc(folder.path(), source, &linked, &flags.each_ref().map(String::as_str), &externs[..externs.len().min(3)])?;
        externs.push((name, &linked));
    }
    let binary = folder.path().join("explored");
    let mut flags = vec!["--crate-name=explored".to_owned(), "--crate-type=bin".to_owned()];
    if cfg!(target_os = "linux") {
        flags.extend(["-Cprefer-dynamic".to_owned(), format!("-Clink-arg=-Wl,-rpath,{}", libraries().display())]);
    }
    rustc(folder.path(), program, &binary, &flags.iter().map(String::as_str).collect::<Vec<_>>(), &externs)?;
    let exit = run(&binary, Vec::new(), folder.path());
    let said = String::from_utf8_lossy(&exit.stdout).into_owned();
    match exit.ended {
        Ended::Code(0) => Ok(said),
        ended => Err(format!("{ended:?}: {said}{}", String::from_utf8_lossy(&exit.stderr))),
    }
}

/// Where the standard library's dynamic form lies.
fn libraries() -> &'static Path {
    static LIBRARIES: OnceLock<PathBuf> = OnceLock::new();
    LIBRARIES.get_or_init(|| {
        let cargo = PathBuf::from(std::env::var_os("CARGO").expect("cargo runs this test"));
        let args = ["--print", "target-libdir"].map(Into::into).into();
        let exit = run(&cargo.with_file_name("rustc"), args, package());
        PathBuf::from(String::from_utf8_lossy(&exit.stdout).trim())
    })
}

/// What a program of bodies tells: each body's name, and what came of it.
pub fn explored(student: Option<(&str, &Path)>, bodies: &Path) -> Vec<(String, Explored)> {
    let text = output(true, student, bodies).unwrap_or_else(|error| panic!("{student:?}: {error}"));
    let parts = text.split("body\t").skip(1);
    parts
        .map(|part| {
            let (name, told) = part.split_once('\n').expect("a body's name has a line of its own");
            (name.to_owned(), wire::read(told).expect("what `write` wrote can be read"))
        })
        .collect()
}

/// The bodies of a lesson.
pub fn bodies(lesson: &str) -> PathBuf {
    package().join(format!("tests/bodies/lesson_{lesson}.rs"))
}

/// The names of the bodies that a program breaks.
pub fn broken(explored: &[(String, Explored)]) -> Vec<&str> {
    explored.iter().filter(|(_, it)| matches!(it, Explored::Broken(_))).map(|(name, _)| name.as_str()).collect()
}

/// Fails unless each body holds, with more than one schedule in all.
pub fn assert_holds(program: &Path, explored: &[(String, Explored)]) {
    let mut schedules = 0;
    for (name, it) in explored {
        match it {
            Explored::Holds(holds) => schedules += holds.schedules,
            other => panic!("{}: {name}: {other:#?}", program.display()),
        }
    }
    assert!(schedules > explored.len() as u64, "{}: {schedules} schedules", program.display());
}

/// The files in a folder whose names begin like this.
pub fn files(folder: &Path, start: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder's entry").path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)));
    paths.sort();
    assert!(!paths.is_empty(), "{}: nothing begins with `{start}`", folder.display());
    paths
}
