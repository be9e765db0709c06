//! This scheduler resumes coroutines, and a future is not one.

use lesson_21::{Scheduler, foo, polled};

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(polled(foo(1)));
    sched.spawn(polled(foo(2)));
    sched.mainloop();
}
