//! The slide's program: a task, run twice.

use lesson_11::{Task, TaskIds, foo};

fn main() {
    let mut ids = TaskIds::new();
    let mut task = Task::new(ids.next_id(), foo(2));
    task.run();
    task.run();
}
