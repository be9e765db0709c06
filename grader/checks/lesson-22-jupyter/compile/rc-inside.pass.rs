//! On a loop of one thread the future goes to another thread, with all that it holds.

use lesson_22::run_anywhere;
use std::sync::Arc;

fn main() {
    let counter = Arc::new(5);
    let got: i32 = run_anywhere(async { *counter });
    println!("{got}");
}
