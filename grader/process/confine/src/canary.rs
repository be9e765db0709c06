//! What is tried for real before anybody relies on a sandbox: `confine canary KEY=VALUE …` runs in a sandbox, tries to
//! get out, and names what it could do though it must not, or could not do though it must.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

/// One attempt by each argument: `read=`, `write=`, `signal=`, `socket=`, `fork=` must fail, `open=`, `keep=`,
/// `thread=`, `child=` succeed. Prints a line for each that came out otherwise, and exits with their number.
pub fn sing(attempts: impl Iterator<Item = OsString>) -> ExitCode {
    let mut wrong = 0;
    for attempt in attempts {
        let word = attempt.to_string_lossy().into_owned();
        if let Some(said) = try_out(&word) {
            let _ = writeln!(io::stdout(), "{said}");
            wrong += 1;
        }
    }
    ExitCode::from(wrong)
}

/// What is wrong with how it came out.
fn try_out(attempt: &str) -> Option<String> {
    let (what, value) = attempt.split_once('=').unwrap_or((attempt, ""));
    let open_for_writing = |path: &str| OpenOptions::new().create(true).append(true).open(path);
    let escaped = |done: bool, what: &str| done.then(|| format!("it could {what}"));
    let failed = |done: io::Result<()>, what: &str| done.err().map(|error| format!("it could not {what}: {error}"));
    match what {
        "read" => escaped(File::open(value).is_ok(), "read a file of the grader's"),
        "write" => escaped(open_for_writing(value).is_ok(), "write a file of the grader's"),
        "signal" => escaped(signal_reaches(value), "signal a process outside"),
        "socket" => escaped(std::net::UdpSocket::bind("127.0.0.1:0").is_ok(), "open a socket"),
        "fork" => escaped(forks(), "start a process"),
        "open" => failed(fs::metadata(value).and_then(|_| open(value)), &format!("read `{value}`")),
        "keep" => failed(open_for_writing(value).and_then(|mut file| file.write_all(b"kept")), "write in its scratch"),
        "thread" => failed(thread::Builder::new().spawn(|| {}).map(drop), "start a thread"),
        "child" => (!forks()).then(|| "it could not start a process".to_owned()),
        _ => Some(format!("`{attempt}` is no attempt")),
    }
}

fn open(path: &str) -> io::Result<()> {
    File::open(path).map(drop)
}

/// Signal 0 is only the permission to send one.
fn signal_reaches(pid: &str) -> bool {
    // SAFETY: no memory is touched.
    pid.parse().is_ok_and(|pid: i32| unsafe { libc::kill(pid, 0) == 0 })
}

fn forks() -> bool {
    // SAFETY: this process has one thread, and its copy ends at once.
    let child = unsafe { libc::fork() };
    if child == 0 {
        // SAFETY: as above.
        unsafe { libc::_exit(0) }
    }
    // SAFETY: no status is asked for.
    child > 0 && unsafe { libc::waitpid(child, std::ptr::null_mut(), 0) == child }
}
