//! Two closures, one counter: both can't have it to themselves, but both can share a `Cell`.

use lesson_06::follow_into;
use std::ops::ControlFlow;

fn main() {
    let mut calls = 0;
    let idle = || {
        calls += 1;
        ControlFlow::Break(())
    };
    let grepper = |_: &str| calls += 1; //~ E0499
    follow_into("one\ntwo\n".as_bytes(), idle, grepper).unwrap();
    println!("{calls:?}");
}
