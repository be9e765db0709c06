//! The slide's program: an asynchronous loop over an asynchronous generator.

use lesson_20::foo;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    foo(5).await;
}
