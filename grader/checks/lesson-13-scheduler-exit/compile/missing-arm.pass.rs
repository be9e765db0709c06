//! Whoever resumes a coroutine has to say what happens at its end.

use lesson_13::{Coroutine, Step, foo};

#[rustfmt::skip] // or the mark below would move to a line of its own
fn main() {
    let mut task = foo(1);
    match task.resume(()) {
        Step::Yielded(()) => println!("it goes on"),
        Step::Complete(()) => println!("it is over"),
    }
}
