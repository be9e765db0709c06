//! Nobody gets a second coroutine that stands at the same place: another one begins at its beginning.

use lesson_11::{Coroutine, Task, TaskIds, foo};

fn main() {
    let mut ids = TaskIds::new();
    let mut target = foo(2);
    let _ = target.resume(None);
    let mut task = Task::new(ids.next_id(), target.clone()); //~ E0599
    let _ = task.run();
}
