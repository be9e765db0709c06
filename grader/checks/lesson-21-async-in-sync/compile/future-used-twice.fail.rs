//! A task owns its future, and runs it once.

use lesson_21::{Scheduler, foo, polled};

fn main() {
    let mut sched = Scheduler::new();
    let counting = foo(2);
    sched.spawn(polled(counting));
    sched.spawn(polled(counting)); //~ E0382
    sched.mainloop();
}
