//! A task owns its coroutine, so nobody resumes it behind the task's back.

use lesson_11::{Coroutine, Task, TaskIds, foo};

fn main() {
    let mut ids = TaskIds::new();
    let (mut target, mut other) = (foo(2), foo(2));
    let _ = other.resume(None);
    let mut task = Task::new(ids.next_id(), target);
    let _ = task.run();
    let _ = target.resume(None); //~ E0382
}
