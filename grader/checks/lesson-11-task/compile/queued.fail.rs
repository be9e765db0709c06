//! A queue owns what is in it: a task is in one place, and whoever wants to run it must take it out.

use lesson_11::{Task, TaskIds, foo};
use std::collections::VecDeque;

fn main() {
    let mut ids = TaskIds::new();
    let mut task = Task::new(ids.next_id(), foo(2));
    let mut queue = VecDeque::new();
    let _ = task.run();
    queue.push_back(task);
    let _ = task.run(); //~ E0382
}
