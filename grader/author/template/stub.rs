//! Lesson @NN@: TODO(author): what it is about.
//!
//! You write `greet`. `src/main.rs` is the slide's program.

#![allow(unused_variables)] // TODO: remove this line when everything below is used

/// The greeting of somebody called `name`: `Hello, world!`.
// TODO: a greeting that nobody hears is a mistake. Have the compiler say so.
pub fn greet(name: &str) -> String {
    todo!()
}
