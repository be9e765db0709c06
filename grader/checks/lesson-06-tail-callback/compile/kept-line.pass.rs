//! The line is lent for one call of the callback: what wants to keep it keeps a copy.

use lesson_06::follow_into;
use std::ops::ControlFlow;

fn main() {
    let mut kept = Vec::new();
    let source = "one\ntwo\n".as_bytes();
    follow_into(source, || ControlFlow::Break(()), |line| kept.push(line.to_owned())).unwrap();
    println!("{}", kept.len());
}
