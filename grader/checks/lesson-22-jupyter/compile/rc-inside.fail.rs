//! On a loop of one thread the future goes to another thread, with all that it holds.

use lesson_22::run_anywhere;
use std::rc::Rc;

fn main() {
    let counter = Rc::new(5);
    let got: i32 = run_anywhere(async { *counter }); //~ E0277
    println!("{got}");
}
