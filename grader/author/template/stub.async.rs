//! Lesson @NN@: TODO(author): what it is about.
//!
//! You write `greet`. `src/main.rs` is the slide's program.

#![allow(unused_variables)] // TODO: remove this line when everything below is used

use std::time::Duration;

/// The greeting of somebody called `name`, `Hello, world!`, once `pause` has gone by on tokio's clock.
pub async fn greet(name: &str, pause: Duration) -> String {
    todo!()
}
