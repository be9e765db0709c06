//! A future in a task is no longer a future for the lint: the task must say it by itself.

#![deny(unused_must_use)]

use lesson_21::{Scheduler, foo, polled};

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(polled(foo(2)));
    sched.mainloop();
}
