//! The grader's own death, what it hides of itself, and the same attacks from an ordinary user's grader.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use process::sandbox::{Level, Scratch};
use rustix::process::{DumpableBehavior, Pid, Signal, dumpable_behavior, geteuid, kill_process};

use crate::stage::{LONG, PROGRAMS, alive, attack, command, hostile, sandboxes};

/// The number of an ordinary user that has no account.
const USER: &str = "54321";

#[expect(clippy::disallowed_methods, reason = "nothing tells when other processes are gone")]
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < LONG, "in vain: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Not a test: a grader for the tests below, which start it and kill it.
#[test]
#[ignore = "the tests of deaths start it"]
fn grader_that_is_killed() {
    let Ok(level) = std::env::var("LEVEL") else { return };
    process::guard().unwrap();
    assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    let mark = std::env::var_os("MARK").unwrap();
    let sandbox = sandboxes().into_iter().find(|sandbox| sandbox.level().name() == level).unwrap();
    let mode = std::env::var("MODE").unwrap();
    let confined = attack(&sandbox, "excesses", &mode, &[mark], |_, policy| {
        policy.may_fork = mode == "four children";
        policy.memory = 4 << 30;
    });
    panic!("came back with {confined:?}");
}

/// Starts one; what it can't remove any more it leaves in this folder.
fn grader(level: Level, mode: &str, mark: &str, temporary: &Scratch) -> Child {
    let mut grader = command(&std::env::current_exe().unwrap());
    grader.args(["--exact", "deaths::grader_that_is_killed", "--ignored", "--nocapture"]);
    grader.env("LEVEL", level.name()).env("MODE", mode).env("MARK", mark);
    grader.env(PROGRAMS, hostile("")).env("TMPDIR", temporary.path());
    grader.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// A job that ignores all signals and has nothing open, and one with children.
#[test]
fn nothing_outlives_a_killed_grader() {
    let cases = [
        (Level::Landlock, "deaf"),
        (Level::Landlock, "four children"),
        (Level::Bubblewrap, "deaf"),
        (Level::Bubblewrap, "four children"),
    ];
    for (n, (level, mode)) in cases.into_iter().enumerate() {
        let mark = format!("mark-killed-{}-{n}", std::process::id());
        let temporary = Scratch::new_in(&std::env::temp_dir()).unwrap();
        let mut grader = grader(level, mode, &mark, &temporary);
        let least = match (level, mode) {
            (Level::Landlock, "deaf") => 1,
            (Level::Bubblewrap, "deaf") => 3,
            (Level::Landlock, _) => 6,
            _ => 7,
        };
        eventually("the job starts", || alive(&mark) >= least);
        kill_process(Pid::from_child(&grader), Signal::KILL).unwrap();
        grader.wait().unwrap();
        eventually("its job ends", || alive(&mark) == 0);
        temporary.remove().unwrap();
    }
}

/// Root may read it all the same, so this says something for ordinary users only.
#[test]
fn guarded_grader_shows_neither_memory_nor_environment_nor_files() {
    let mark = format!("mark-guarded-{}", std::process::id());
    let temporary = Scratch::new_in(&std::env::temp_dir()).unwrap();
    let mut grader = grader(Level::Landlock, "deaf", &mark, &temporary);
    eventually("the job starts", || alive(&mark) >= 1);
    for file in ["environ", "mem", "maps", "fd/1", "fd"] {
        let path = format!("/proc/{}/{file}", grader.id());
        let is_open = if file == "fd" { fs::read_dir(&path).is_ok() } else { fs::File::open(&path).is_ok() };
        assert_eq!(is_open, geteuid().is_root(), "{path}");
    }
    grader.kill().unwrap();
    grader.wait().unwrap();
    eventually("its job ends", || alive(&mark) == 0);
    temporary.remove().unwrap();
}

/// All of this file's neighbours once more. An ordinary user has no part of root's home, so there the toolchain is shown
/// at its place, by bubblewrap, which does nothing else here.
#[test]
fn ordinary_users_grader_holds_the_same_attacks() {
    if !geteuid().is_root() {
        // Then that is who runs all the other tests.
        return;
    }
    let programs = hostile("");
    let rustc = command(Path::new("rustc")).args(["--print", "sysroot"]).output().unwrap();
    let sysroot = String::from_utf8(rustc.stdout).unwrap().trim().to_owned();
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap().to_str().unwrap();
    let mut user = command(Path::new("/usr/bin/bwrap"));
    user.args(["--dev-bind", "/", "/", "--perms", "0755", "--tmpfs", "/root"]);
    let mut made = Vec::new();
    for path in [sysroot.as_str(), course].into_iter().filter(|path| path.starts_with("/root")) {
        let above: Vec<&Path> =
            Path::new(path).ancestors().skip(1).filter(|folder| folder.starts_with("/root")).collect();
        for folder in above.into_iter().rev().filter(|folder| *folder != Path::new("/root")) {
            if !made.contains(&folder.to_owned()) {
                user.args(["--perms", "0755", "--dir"]).arg(folder);
                made.push(folder.to_owned());
            }
        }
        user.args(["--ro-bind", path, path]);
    }
    user.args(["--", "/usr/bin/setpriv", &format!("--reuid={USER}"), &format!("--regid={USER}"), "--clear-groups"]);
    user.arg(std::env::current_exe().unwrap());
    user.env(PROGRAMS, programs).env("RUSTC", format!("{sysroot}/bin/rustc")).env("TMPDIR", "/tmp");
    let output = user.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("test result: ok"), "as a user:\n{said}");
}
