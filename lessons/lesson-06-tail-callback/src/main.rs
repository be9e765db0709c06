//! The slide's program: prints the lines about python that are appended to a file while it is followed.
//!
//! `cargo run -p lesson-06 -- FILE` follows a file of yours until Ctrl+C. Without a file it follows one of its own, which
//! grows a little whenever it has been read to its end.

use lesson_06::{follow_into, open_at_end};
use std::fs::{File, remove_file};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

fn grepper(line: &str) {
    if line.contains("python") {
        println!("{line}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the slide really sleeps between two looks at the file; no check does")]
fn pause() {
    sleep(Duration::from_millis(100));
}

fn main() -> io::Result<()> {
    let Some(path) = std::env::args_os().nth(1) else { return demo() };
    let idle = || {
        pause();
        ControlFlow::Continue(())
    };
    follow_into(open_at_end(Path::new(&path))?, idle, grepper)
}

/// Follows a file that grows in `idle`, so that one program is both the writer and the reader.
fn demo() -> io::Result<()> {
    let path = std::env::temp_dir().join("lesson-06-access.log");
    let mut log = File::create(&path)?;
    log.write_all(b"python, but long ago\n")?;

    let mut pieces = ["a line about snakes\n", "a line about py", "thon\n", "so long\n"].into_iter();
    let idle = || {
        pause();
        match pieces.next().map(|piece| log.write_all(piece.as_bytes())) {
            Some(Ok(())) => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    };
    follow_into(open_at_end(&path)?, idle, grepper)?;
    remove_file(&path)
}
