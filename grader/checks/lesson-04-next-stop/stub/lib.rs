//! Lesson 04: `next`, and what comes after the last one.
//!
//! You build `advance` and `drain`, which ask a generator and notice its end, and give the generator of lesson 03
//! something to hold, which it lets go of in time. `src/main.rs` is the slide's program.

#![allow(unused_variables)] // to be removed when everything below is used

/// The slide's generator: [`countdown_holding`], with nothing to hold.
pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

/// Counts down as in lesson 03: the first `next` prints `Обратный отсёт для {n}`, then it gives `n`, … 1, and `None`.
///
/// After its first `None` it gives `None` for ever, and prints nothing. It keeps `held` from the call on: until that
/// first `None`, or until it is dropped, whichever comes first.
// TODO: start here, from your own lesson 03. Where does `held` live between two calls of `next`?
pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    std::iter::from_fn(|| todo!())
}

/// Asks the generator for its next number, once, and prints it on a line of its own; `КОНЕЦ` if there is none.
///
/// Returns whether there was a number.
pub fn advance(g: &mut impl Iterator<Item = u32>) -> bool {
    todo!()
}

/// Prints what is left of the generator, as [`advance`] does, up to and including the first `КОНЕЦ`.
///
/// After its first `None` the generator is not asked again.
pub fn drain(g: impl Iterator<Item = u32>) {
    todo!()
}
