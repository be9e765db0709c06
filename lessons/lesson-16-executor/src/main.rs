//! Lesson 13's program again, now `async`, on your own executor.

use lesson_16::{Executor, bar, foo};

fn main() {
    let mut executor = Executor::new();
    executor.spawn(foo(2));
    executor.spawn(bar(2));
    executor.mainloop();
}
