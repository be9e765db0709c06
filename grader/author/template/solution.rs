//! TODO(author): the idea, in a sentence.

/// The greeting of somebody called `name`: `Hello, world!`.
#[must_use = "a greeting that nobody hears was made for nothing"]
pub fn greet(name: &str) -> String {
    format!("Hello, {name}!")
}
