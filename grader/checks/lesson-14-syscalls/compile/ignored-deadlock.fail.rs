//! A deadlock is a value: whoever runs the loop has to look at it.

#![deny(unused_must_use)]

use lesson_14::{Scheduler, parent};

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(parent(2));
    sched.mainloop(); //~ unused_must_use
}
