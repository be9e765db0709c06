//! One step must not cost the generator: `advance` borrows it, and the caller can see that in the call.

use lesson_04::{advance, countdown};

fn main() {
    let mut g = countdown(2);
    println!("{:?}", g.next());
    advance(&mut g);
}
