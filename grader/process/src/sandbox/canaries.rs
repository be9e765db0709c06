//! Which sandbox holds on this machine: canaries try to get out of the stronger one, then of the weaker.
//!
//! Versions and settings are not asked: what counts is what happens.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use super::{Policy, Refused, Sandbox, Scratch, Tools};
use crate::{Ended, Job, Limits};

const LIMITS: Limits =
    Limits { deadline: Duration::from_secs(30), cpu: Duration::from_secs(10), memory: 256 << 20, output: 64 << 10 };

/// What to say on a machine where only bubblewrap is missing.
const INSTALL: &str =
    "install bubblewrap: `apt-get install bubblewrap`, `dnf install bubblewrap` or `apk add bubblewrap`";

/// As [`super::probe`] says.
pub fn probe(tools: &Tools, needs: &[&Path]) -> Result<Sandbox, Refused> {
    let mut details = vec![control_groups()];
    if tools.bwrap.is_some() {
        match sandbox_that_holds(tools.clone(), &details, needs) {
            Ok(sandbox) => return Ok(sandbox),
            Err(why) => details.push(format!("bubblewrap is there but can't be used: {why}")),
        }
    } else {
        details.push(format!("bubblewrap is missing, so other files can be seen to exist; {INSTALL}"));
    }
    sandbox_that_holds(Tools { bwrap: None, ..tools.clone() }, &details, needs).map_err(|why| Refused {
        why: format!("no sandbox holds here: {why} ({})", details.join("; ")),
        remedy: match tools.bwrap {
            Some(_) => "grade on a Linux of 6.2 or newer that has Landlock and seccomp, or where user namespaces work"
                .to_owned(),
            None => INSTALL.to_owned(),
        },
    })
}

/// The sandbox, if no canary got out; else why it is none.
fn sandbox_that_holds(tools: Tools, details: &[String], needs: &[&Path]) -> Result<Sandbox, String> {
    let sandbox = Sandbox { tools, details: details.to_vec() };
    sing(&sandbox, needs).map_err(|error| error.to_string())??;
    Ok(sandbox)
}

/// Lets both canaries out: a program's, then a compiler's. `Err(why)` in the inner result: one did what it must not, or
/// could not do what it must.
fn sing(sandbox: &Sandbox, needs: &[&Path]) -> io::Result<Result<(), String>> {
    let outside = Scratch::new_in(&std::env::temp_dir())?;
    let inside = Scratch::new_in(&std::env::temp_dir())?;
    // Nothing but the sandbox keeps it from these.
    let secret = outside.path().join("secret");
    fs::File::create(&secret)?;
    for path in [outside.path(), &secret] {
        fs::set_permissions(path, PermissionsExt::from_mode(0o777))?;
    }

    let grader = std::process::id();
    let bars = [
        format!("read={}", secret.display()),
        format!("write={}", secret.display()),
        format!("write={}", outside.path().join("new").display()),
        format!("signal={grader}"),
        format!("read=/proc/{grader}/environ"),
        "socket=".to_owned(),
        "thread=".to_owned(),
        format!("keep={}", inside.path().join("kept").display()),
        "open=/proc/self/maps".to_owned(),
    ];
    let freedoms = needs.iter().map(|path| format!("open={}", path.display()));
    let common: Vec<String> = bars.into_iter().chain(freedoms).collect();

    for may_fork in [false, true] {
        let own = if may_fork { "child=" } else { "fork=" };
        let words = [own.to_owned()].into_iter().chain(common.iter().cloned());
        let policy = Policy {
            read: needs.iter().map(|path| (*path).to_owned()).collect(),
            execute: Vec::new(),
            write: Some(inside.path().to_owned()),
            may_fork,
            memory: 1 << 30,
            tasks: 16,
            disk: 1 << 20,
            files: 16,
        };
        let job = Job {
            program: sandbox.tools.confine.clone(),
            args: [OsString::from("canary")].into_iter().chain(words.map(OsString::from)).collect(),
            env: Vec::new(),
            cwd: inside.path().to_owned(),
            stdin: Vec::new(),
            limits: LIMITS,
        };
        let confined = sandbox.run(&job, &policy)?;
        let said = String::from_utf8_lossy(&confined.exit.stdout).into_owned();
        if confined.exit.ended != Ended::Code(0) {
            let wrong: Vec<&str> = said.lines().collect();
            return Ok(Err(format!("a canary ended with {:?}: {}", confined.exit.ended, wrong.join(", "))));
        }
    }
    Ok(Ok(()))
}

/// What the kernel could do about totals.
fn control_groups() -> String {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let roots = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let root = words.next()?;
        (words.next()? == "cgroup2").then(|| Path::new(root).join("cgroup.controllers"))
    });
    let controllers: Vec<String> = roots.filter_map(|list| fs::read_to_string(list).ok()).collect();
    let has = |name: &str| controllers.iter().any(|list| list.split_whitespace().any(|word| word == name));
    let why = if has("memory") && has("pids") { "is not used" } else { "with memory and pids is not to be had" };
    format!("a control group of version 2 {why}: the grader itself watches memory, processes and disk")
}
