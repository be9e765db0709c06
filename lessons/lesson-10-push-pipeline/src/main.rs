//! The slide's program: each line of a log, printed by two printers.

use lesson_10::{broadcast, follow, printer};
use std::io;
use std::ops::ControlFlow;

fn main() -> io::Result<()> {
    let log = "python\n";
    // The slide waits for more, for ever. Here the log is at its end, and that is that.
    let idle = || ControlFlow::Break(());
    follow(log.as_bytes(), idle, &mut broadcast(vec![&mut printer(), &mut printer()]))
}
