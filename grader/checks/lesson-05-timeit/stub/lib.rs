//! Lesson 05: a context manager without a generator.
//!
//! You build `timeit`, which prints how long a scope took, however that scope is left: by its last line, by `return`,
//! by `?`, or by a panic. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // to be removed when everything below is used

use std::time::Duration;

/// Tells the time, as [`timeit`] sees it. It never runs backwards.
///
/// A parameter, so that nothing has to wait: `src/main.rs` brings a real clock, the checks bring one of their own.
pub trait Clock {
    /// The time since a moment of the clock's own choice.
    fn now(&self) -> Duration;
}

/// Times its own life: when dropped, it prints the seconds since it was made, with two decimals (`2.00`).
// TODO: start here. A guard that no variable keeps times nothing: have the compiler say so.
pub struct TimeIt<'a, C: Clock> {
    clock: &'a C,
    // TODO: what else must the guard remember until its end?
}

// TODO: print the line when a `TimeIt` is dropped.

/// Starts timing; the guard stops when its scope is left, by whichever way.
pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    todo!()
}

/// Runs the body, prints how long it took, and returns what it returned: `with timeit() as start: …`.
///
/// The body is given the time that the clock showed at the start.
pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    todo!()
}
