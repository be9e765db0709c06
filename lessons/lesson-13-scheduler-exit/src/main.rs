//! The slide's program: two tasks that take turns, and end.

use lesson_13::{Scheduler, bar, foo};

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(foo(2));
    sched.spawn(bar(2));
    sched.mainloop();
}
