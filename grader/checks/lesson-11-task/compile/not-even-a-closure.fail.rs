//! A closure can be called again and again, and is no coroutine for all that.

use lesson_11::{Coroutine, Step, Task, TaskIds};

struct Once;

impl Coroutine<Option<()>> for Once {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _: Option<()>) -> Step<(), ()> {
        Step::Complete(())
    }
}

fn main() {
    let mut ids = TaskIds::new();
    let mut first = Task::new(ids.next_id(), Once);
    let _ = first.run();
    let _second = Task::new(ids.next_id(), |_: Option<()>| Step::<(), ()>::Complete(())); //~ E0277
}
