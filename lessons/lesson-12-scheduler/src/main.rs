//! The slide's program: two tasks that take turns.

use lesson_12::{Scheduler, bar, foo};

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(foo());
    sched.spawn(bar());
    // The slide's `mainloop` never ends. Ours runs as many steps as it is asked for.
    sched.run_steps(6);
}
