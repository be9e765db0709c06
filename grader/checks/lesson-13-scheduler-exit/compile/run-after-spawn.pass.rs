//! A spawned task is the scheduler's: nobody else can run a step of it.

use lesson_13::{Coroutine, Scheduler, foo};

fn main() {
    let mut sched = Scheduler::new();
    let mut task = foo(1);
    sched.spawn(foo(1));
    task.resume(());
    sched.mainloop();
}
