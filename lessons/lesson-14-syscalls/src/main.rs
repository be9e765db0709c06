//! The slide's program: a task that starts another one, and waits for its end.

use lesson_14::{Deadlock, Scheduler, parent};

fn main() -> Result<(), Deadlock> {
    let mut sched = Scheduler::new();
    sched.spawn(parent(2));
    sched.mainloop()
}
