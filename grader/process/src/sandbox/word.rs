//! What `confine` says of itself, read from the pipe that only it can write to. Its lines: `confine/src/status.rs`.

use std::io::{self, PipeReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use rustix::io::ioctl_fionbio;

/// How far it came.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// All bounds held, and it went on to become the program.
    pub ready: bool,
    /// Why it could not.
    pub failed: Option<String>,
    /// From a supervisor.
    pub ended: Option<Supervised>,
}

/// The end of a program, as its supervisor saw it.
#[derive(Debug, PartialEq, Eq)]
pub struct Supervised {
    /// The kernel's own words.
    pub status: ExitStatus,
    /// Processor time of the program and of those of its children that it waited for.
    pub cpu: Duration,
    /// Others were alive when it ended, and were killed.
    pub stragglers: bool,
}

/// What was said until now. To be called when nobody is left to say more; it does not wait.
pub fn read(mut pipe: PipeReader) -> io::Result<Word> {
    ioctl_fionbio(&pipe, true)?;
    let mut said = Vec::new();
    let mut chunk = [0; 1024];
    loop {
        match pipe.read(&mut chunk) {
            Ok(0) => break,
            Ok(n) => said.extend_from_slice(&chunk[..n]),
            // Somebody else's new process has a copy of the pipe for a moment.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(parse(&String::from_utf8_lossy(&said)))
}

fn parse(said: &str) -> Word {
    let mut word = Word::default();
    for line in said.lines() {
        match line.split_once(' ') {
            None if line == "ready" => word.ready = true,
            Some(("failed", why)) => word.failed = Some(why.to_owned()),
            Some(("ended", numbers)) => word.ended = supervised(numbers),
            _ => {}
        }
    }
    word
}

fn supervised(numbers: &str) -> Option<Supervised> {
    let mut words = numbers.split(' ');
    Some(Supervised {
        status: ExitStatus::from_raw(words.next()?.parse().ok()?),
        cpu: Duration::from_micros(words.next()?.parse().ok()?),
        stragglers: words.next()? != "0",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn end_of_a_supervised_program_is_the_kernels_own_word() {
        let word = parse("ready\nended 9 1500 2\n");
        let ended = word.ended.unwrap();
        assert!(word.ready && ended.stragglers);
        assert_eq!((ended.status.signal(), ended.cpu), (Some(9), Duration::from_micros(1500)));
    }

    #[test]
    fn failure_is_not_taken_for_readiness() {
        let word = parse("failed failed to become the user 7: ready\n");
        assert_eq!(word, Word { failed: Some("failed to become the user 7: ready".to_owned()), ..Word::default() });
        assert_eq!(parse(""), Word::default());
    }
}
