//! A closure borrows what it can; with `move` it owns it, and so does the task that is made of it.

use lesson_12::{Coroutine, Scheduler, Step};

struct Repeats<F>(F);

impl<F: FnMut()> Coroutine<()> for Repeats<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        (self.0)();
        Step::Yielded(())
    }
}

fn main() {
    let name = String::from("baz");
    let mut sched = Scheduler::new();
    sched.spawn(Repeats(move || println!("I'm {name}")));
    sched.run_steps(2);
}
