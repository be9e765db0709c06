//! This scheduler resumes coroutines, and a future is not one.

use lesson_21::{Scheduler, foo, polled};

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(polled(foo(1)));
    sched.spawn(foo(2)); //~ E0277
    sched.mainloop();
}
