//! A learner's own tests, run against a service of ours: one after the other, each told as it ended.
//!
//! The compiler's harness for tests is the crate `test`; ours of that name stands in its place and hands the tests to
//! [`run_tests`]. That a test passed is worth nothing without the last frame: whoever leaves early says nothing.

use crate::wire::{self, Tested};
use crate::{digest, flaws, marks, panics};
use std::io::Read as _;
use std::panic::catch_unwind;
use std::process::exit;

/// A test of the learner's.
#[derive(Debug, Clone, Copy)]
pub struct OwnTest {
    /// `tests::drops_the_slow_one`.
    pub name: &'static str,
    /// Runs it; `Err` is what it gave back in place of a panic.
    pub body: fn() -> Result<(), String>,
    /// Whether it should panic; and if so, what the message should contain.
    pub should_panic: Option<&'static str>,
}

/// Runs the tests under the flaw that standard input asks for, and tells of each how it ended.
///
/// Standard input holds the flaw's name (an empty line for none), a number that means nothing here, and the nonce.
pub fn run_tests(tests: &[OwnTest]) {
    let mut request = String::new();
    std::io::stdin().read_to_string(&mut request).unwrap_or_default();
    let mut lines = request.lines();
    let (Some(flaw), Some(_), Some(nonce)) = (lines.next(), lines.next(), lines.next()) else {
        eprintln!("a learner's tests are started by the grader: `cargo xtask check`");
        exit(wire::UNKNOWN_CHECK);
    };
    flaws::choose((!flaw.is_empty()).then(|| digest(flaw)));
    marks::begin(nonce.to_owned());
    panics::remember();
    for test in tests {
        marks::told(&run_one(test).write());
    }
    marks::end();
}

fn run_one(test: &OwnTest) -> Tested {
    let ended = catch_unwind(test.body);
    let failed = match (ended, test.should_panic) {
        (Ok(Ok(())), None) => None,
        (Ok(Ok(())), Some(_)) => Some(("it should have panicked".to_owned(), String::new())),
        (Ok(Err(message)), _) => Some((message, String::new())),
        (Err(payload), Some(part)) if panics::words(&*payload).contains(part) => None,
        (Err(payload), _) => Some((panics::message(payload), panics::last_location())),
    };
    Tested { name: test.name.to_owned(), failed }
}
