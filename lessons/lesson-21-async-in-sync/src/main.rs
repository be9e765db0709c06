//! The slide's program: two sync tasks, each of which runs an async function.

use lesson_21::{Scheduler, task};

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(task(3));
    sched.spawn(task(3));
    sched.mainloop();
}
