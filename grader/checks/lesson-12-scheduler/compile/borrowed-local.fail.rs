//! A scheduler may be returned or stored, and its tasks with it: they can't borrow from the function that spawned them.

use lesson_12::{Coroutine, Scheduler, Step};

struct Greets<S> {
    name: S,
}

impl<S: AsRef<str>> Coroutine<()> for Greets<S> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        println!("I'm {}", self.name.as_ref());
        Step::Complete(())
    }
}

fn main() {
    let name = String::from("baz");
    let mut sched = Scheduler::new();
    sched.spawn(Greets { name: &name }); //~ E0597
    sched.run_steps(1);
}
