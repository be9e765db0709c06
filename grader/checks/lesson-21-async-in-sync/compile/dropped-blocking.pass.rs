//! A future in a task is no longer a future for the lint: the task must say it by itself.

#![deny(unused_must_use)]

use lesson_21::{Scheduler, blocking, foo};

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(blocking(foo(2)));
    sched.mainloop();
}
