//! Two closures, one counter: both can't have it to themselves, but both can share a `Cell`.

use lesson_06::follow_into;
use std::ops::ControlFlow;

fn main() {
    let calls = std::cell::Cell::new(0);
    let idle = || {
        calls.update(|n| n + 1);
        ControlFlow::Break(())
    };
    let grepper = |_: &str| calls.update(|n| n + 1);
    follow_into("one\ntwo\n".as_bytes(), idle, grepper).unwrap();
    println!("{calls:?}");
}
