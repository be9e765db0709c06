//! The pipe that tells `process` how it went, a line a message.
//!
//! | line | meaning |
//! |---|---|
//! | `failed WHY` | a bound could not be set, or the program not be started: the machine's fault |
//! | `ready` | all bounds hold; what comes next is the program's own doing |
//! | `ended STATUS MICROSECONDS STRAGGLERS` | under `--supervise`: the program's wait status, its processor time, and how many others were alive then |
//!
//! The kernel closes the pipe when the program begins, and no other process can open it: Landlock and seccomp keep the
//! program from reaching into its supervisor. So these lines are evidence, and nothing that a program prints is.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsRawFd, FromRawFd, RawFd};

/// The writing end.
pub struct Status(File);

impl Status {
    /// Takes the pipe over, and closes every other file but the standard three.
    pub fn take(fd: RawFd) -> io::Result<Self> {
        let last = i32::MAX.cast_unsigned();
        let number = fd.cast_unsigned();
        close_range(number + 1, last)?;
        if number > 3 {
            close_range(3, number - 1)?;
        }
        // SAFETY: `fcntl` with a number as argument touches no memory.
        if unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) } < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the number was inherited for this one purpose, it is open (above), and nothing else here owns it.
        Ok(Self(unsafe { File::from_raw_fd(fd) }))
    }

    /// Tells a line. That nobody listens any more is noticed elsewhere.
    pub fn tell(&self, line: &str) {
        let _ = (&self.0).write_all(format!("{}\n", line.replace('\n', " ")).as_bytes());
    }

    /// Whether the grader, the only reader, is gone.
    pub fn is_deserted(&self) -> bool {
        let mut poll = libc::pollfd { fd: self.0.as_raw_fd(), events: 0, revents: 0 };
        // SAFETY: `poll` is one valid structure, and lives beyond the call.
        unsafe { libc::poll(&raw mut poll, 1, 0) > 0 && poll.revents & (libc::POLLERR | libc::POLLNVAL) != 0 }
    }
}

fn close_range(first: u32, last: u32) -> io::Result<()> {
    // SAFETY: nothing in this process holds a file beyond the standard three and the status pipe. The flags are none.
    match unsafe { libc::syscall(libc::SYS_close_range, first, last, 0) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
