//! A spawned program is the scheduler's, to run and to drop.

use lesson_14::{Coroutine, Reply, Scheduler, foo};

fn main() {
    let mut sched = Scheduler::new();
    let mut program = foo(2);
    sched.spawn(program);
    program.resume(Reply::Nothing); //~ E0382
}
