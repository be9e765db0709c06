//! Bounds itself for good, then becomes the program that it was told to run.
//!
//! `process` starts it in a job's place, as root or not, inside of bubblewrap or not: `confine ORDERS -- PROGRAM ARGS`.
//! It owns what a process can give up about itself: identity, resource limits, files (Landlock), system calls
//! (seccomp). It knows nothing of deadlines, totals or namespaces, and decides nothing: what it can't give up it
//! reports, and then the program does not run.
//!
//! How it went goes into a pipe that is closed when the program begins, so no program can say it in its stead: see
//! `status`.

#[cfg(target_os = "linux")]
mod arguments;
#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod canary;
#[cfg(target_os = "linux")]
mod enter;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod identity;
#[cfg(target_os = "linux")]
mod status;
#[cfg(target_os = "linux")]
mod supervise;

/// What it exits with when it could not become the program. No verdict rests on it: the pipe tells.
const NOT_ENTERED: u8 = 125;

/// What the program does: its orders come as arguments. See `arguments`.
#[cfg(target_os = "linux")]
#[must_use]
pub fn main() -> std::process::ExitCode {
    let mut words = std::env::args_os().skip(1).peekable();
    if words.next_if(|word| word == "canary").is_some() {
        return canary::sing(words);
    }
    match arguments::parse(words) {
        Ok(orders) => enter::enter(&orders),
        Err(why) => {
            eprintln!("confine: {why}");
            std::process::ExitCode::from(NOT_ENTERED)
        }
    }
}

/// What the program does where there is no sandbox: it says so.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn main() -> std::process::ExitCode {
    eprintln!("confine: only Linux has what it takes");
    std::process::ExitCode::from(NOT_ENTERED)
}
