//! A policy in the words of `confine`, and of bubblewrap around it. Pure but for what it looks up in the file system.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::{geteuid, getpid};

use super::{Policy, Tools};
use crate::Job;

/// Files that a job may have open at a time; a compiler opens many.
const FILES: u64 = 256;
const FILES_OF_COMPILERS: u64 = 1024;
/// bubblewrap, the supervisor, and so many more that a job beyond its bound is seen to be.
const OURS: u64 = 16;
/// What else this user may start on the machine before a job notices, where the count is not its own. The totals bound
/// the job closer.
const OTHERS: u64 = 1024;

/// What every program needs of the system, in bubblewrap's new root.
const LIBRARIES: [&str; 4] = ["/usr/lib", "/usr/lib64", "/usr/lib32", "/etc/ld.so.cache"];
/// What compilers need.
const TOOLS: [&str; 3] = ["/usr", "/etc/ld.so.cache", "/etc/alternatives"];
/// Folders, or on most systems links into `/usr`.
const ROOTS: [&str; 3] = ["/lib", "/lib64", "/bin"];
const DEVICES: [&str; 5] = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

/// The program to start in the job's place, and its arguments: bubblewrap if there is one, else `confine`.
///
/// `status` is the number of the inherited pipe, `identity` the user to become.
pub fn orders(
    tools: &Tools,
    job: &Job,
    policy: &Policy,
    status: i32,
    identity: Option<u32>,
) -> (PathBuf, Vec<OsString>) {
    let confine = confine_args(tools, job, policy, status, identity);
    match &tools.bwrap {
        None => (tools.confine.clone(), confine),
        Some(bwrap) => {
            let mut args = bwrap_args(tools, job, policy);
            args.push("--".into());
            args.push(tools.confine.clone().into());
            args.extend(confine);
            (bwrap.clone(), args)
        }
    }
}

/// Whether `confine` stays to see the program's end: always in bubblewrap, which would not tell it truly, and else where
/// the program may have children, who would outlive a grader that is killed.
pub fn is_supervised(tools: &Tools, policy: &Policy) -> bool {
    tools.bwrap.is_some() || policy.may_fork
}

fn confine_args(tools: &Tools, job: &Job, policy: &Policy, status: i32, identity: Option<u32>) -> Vec<OsString> {
    let mut args: Vec<OsString> = vec!["--status".into(), status.to_string().into()];
    let mut order = |name: &str, value: &OsStr| args.extend([name.into(), value.to_owned()]);
    let mut number = |name: &str, value: u64| order(name, value.to_string().as_ref());
    number("--files", if policy.may_fork { FILES_OF_COMPILERS } else { FILES });
    number("--file-size", policy.disk);
    // Where the count is the user's own, it begins with all that runs on the machine, which is at least the user's.
    let others =
        if identity.is_none() && tools.bwrap.is_none() { tasks_of_the_machine().saturating_add(OTHERS) } else { OURS };
    number("--tasks", policy.tasks.saturating_add(others));
    if let Some(identity) = identity {
        number("--identity", identity.into());
    }
    if tools.bwrap.is_none() {
        number("--parent", getpid().as_raw_pid().unsigned_abs().into());
    }
    for path in &policy.read {
        order("--read", path.as_os_str());
    }
    for path in policy.execute.iter().chain([&job.program]) {
        order("--execute", path.as_os_str());
    }
    if let Some(path) = &policy.write {
        order("--write", path.as_os_str());
    }
    if is_supervised(tools, policy) {
        args.push("--supervise".into());
    }
    if tools.bwrap.is_some() {
        // bubblewrap sets it.
        if !job.env.iter().any(|(name, _)| name == "PWD") {
            args.extend(["--unset".into(), "PWD".into()]);
        }
    }
    if policy.may_fork {
        args.push("--may-fork".into());
    }
    args.extend(["--".into(), job.program.clone().into()]);
    args.extend(job.args.iter().cloned());
    args
}

/// Processes and threads of all users; if it can't be read, the totals alone bound them.
fn tasks_of_the_machine() -> u64 {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let tasks = load.split_whitespace().nth(3).and_then(|word| word.split_once('/')).map(|(_, all)| all.parse());
    tasks.and_then(Result::ok).unwrap_or(u32::MAX.into())
}

fn bwrap_args(tools: &Tools, job: &Job, policy: &Policy) -> Vec<OsString> {
    let mut root = Root::default();
    let namespaces: &[&str] = if geteuid().is_root() {
        // A user namespace would make root's files nobody's; these two are what it takes to stop being root.
        &[
            "--unshare-ipc",
            "--unshare-pid",
            "--unshare-net",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--cap-drop",
            "ALL",
            "--cap-add",
            "CAP_SETUID",
            "--cap-add",
            "CAP_SETGID",
        ]
    } else {
        &["--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"]
    };
    root.words(namespaces);
    root.words(&["--die-with-parent", "--new-session", "--as-pid-1"]);

    for folder in ROOTS {
        match fs::read_link(folder) {
            Ok(target) => {
                root.args.extend(["--symlink".into(), target.into(), folder.into()]);
                root.links.push(folder);
            }
            Err(_) => root.bind("--ro-bind-try", Path::new(folder)),
        }
    }
    for path in if policy.may_fork { &TOOLS[..] } else { &LIBRARIES[..] } {
        root.bind("--ro-bind-try", Path::new(path));
    }
    for device in DEVICES {
        root.bind("--dev-bind-try", Path::new(device));
    }
    root.words(&["--proc", "/proc"]);

    let mut readable: BTreeSet<&Path> = policy.read.iter().chain(&policy.execute).map(PathBuf::as_path).collect();
    readable.extend([job.program.as_path(), tools.confine.as_path()]);
    let writable = policy.write.as_deref();
    // In order, so that a folder is there before what lies in it.
    for path in readable.into_iter().filter(|path| Some(*path) != writable) {
        root.bind("--ro-bind", path);
    }
    if let Some(path) = writable {
        root.bind("--bind", path);
    }
    root.words(&["--remount-ro", "/", "--chdir"]);
    root.args.push(job.cwd.clone().into());
    root.args
}

/// bubblewrap's arguments, as its new root grows.
#[derive(Default)]
struct Root {
    args: Vec<OsString>,
    folders: BTreeSet<PathBuf>,
    bound: BTreeSet<PathBuf>,
    /// Links that stand in the root itself.
    links: Vec<&'static str>,
}

impl Root {
    fn words(&mut self, words: &[&str]) {
        self.args.extend(words.iter().map(OsString::from));
    }

    /// Shows a path where it lies. bubblewrap alone would make the folders above it private to root.
    fn bind(&mut self, how: &str, path: &Path) {
        let through_a_link = self.links.iter().any(|link| path.starts_with(link));
        let resolved = through_a_link.then(|| fs::canonicalize(path).ok()).flatten();
        let path = resolved.as_deref().unwrap_or(path);
        let above: Vec<&Path> = path.ancestors().skip(1).filter(|folder| folder.parent().is_some()).collect();
        for folder in above.into_iter().rev() {
            let is_there = self.bound.iter().any(|bound| folder.starts_with(bound));
            if !is_there && self.folders.insert(folder.to_owned()) {
                self.words(&["--perms", "0755", "--dir"]);
                self.args.push(folder.into());
            }
        }
        self.args.extend([how.into(), path.into(), path.into()]);
        self.bound.insert(path.to_owned());
    }
}
