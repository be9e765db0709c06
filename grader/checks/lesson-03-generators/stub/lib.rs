//! Lesson 03: a generator without `yield`.
//!
//! You build `countdown`, the slide's generator, as an iterator: it stands still until it is asked for a number.
//! `render` is the slide's loop; it gives the text that the loop prints. `src/main.rs` is the slide's program.

#![allow(unused_variables)] // to be removed when everything below is used

/// Counts down: gives `n`, `n - 1`, … 1, and then `None`, however often it is asked.
///
/// The call itself prints nothing. The first `next` prints `Обратный отсёт для {n}`, once, before it gives anything;
/// it does so for `n = 0` as well. Each number is made when it is asked for, and not before.
// TODO: start here, and return an iterator. A type of your own with an `impl Iterator` shows best what a generator is.
pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(|| todo!())
}

/// The numbers as the slide's loop prints them, three dots after each of them: `3...2...1...`.
///
/// It prints nothing itself, and gives an empty string when there are no numbers.
pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    todo!()
}
