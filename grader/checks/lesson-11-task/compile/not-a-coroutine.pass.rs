//! A Python generator can be iterated over and sent to. In Rust these are two traits, and a range has one of them.

use lesson_11::{Task, TaskIds, foo};

fn main() {
    let mut ids = TaskIds::new();
    let mut first = Task::new(ids.next_id(), foo(2));
    let _ = first.run();
    let _second = Task::new(ids.next_id(), foo(2));
}
