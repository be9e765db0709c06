//! Lesson 13's tasks yield `()`, which asks for nothing.

use lesson_14::{Coroutine, Reply, Scheduler, Step};

type Asks = lesson_14::Request;

struct Silent;

impl Coroutine<Reply> for Silent {
    type Yield = Asks;
    type Return = ();

    fn resume(&mut self, _: Reply) -> Step<Asks, ()> {
        Step::Complete(())
    }
}

fn main() {
    let mut sched = Scheduler::new();
    sched.spawn(Silent);
}
