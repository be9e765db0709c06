//! A task that nobody spawns does nothing, though `foo` is called in it.

#![deny(unused_must_use)]

use lesson_21::{Scheduler, task};

fn main() {
    let mut sched = Scheduler::new();
    task(2); //~ unused_must_use
    sched.mainloop();
}
