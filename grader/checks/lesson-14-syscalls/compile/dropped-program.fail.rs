//! A program that nobody spawns never runs.

#![deny(unused_must_use)]

use lesson_14::{Scheduler, and_then, foo};

fn main() {
    let mut sched = Scheduler::new();
    and_then(foo(1), |()| foo(2)); //~ unused_must_use
    sched.mainloop().expect("nobody waits");
}
