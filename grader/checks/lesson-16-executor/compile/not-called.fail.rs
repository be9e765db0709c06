//! An `async fn` is not a future; what it returns is.

use lesson_16::{Executor, foo};

fn main() {
    let mut executor = Executor::new();
    executor.spawn(foo); //~ E0277
    executor.mainloop();
}
