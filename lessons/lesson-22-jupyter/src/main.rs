//! The slide's notebook: a loop already runs, and a cell, which is no `async fn`, wants to await `foo(5)`.

use lesson_22::{foo, run_anywhere};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    cell();
}

/// The loop that called this waits for it to return.
fn cell() {
    run_anywhere(foo(5));
}
