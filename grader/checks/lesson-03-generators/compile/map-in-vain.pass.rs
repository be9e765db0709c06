//! `map` asks for nothing: it is one more iterator that waits. `for_each` asks.

#![deny(unused_must_use)]

use lesson_03::countdown;

fn main() {
    countdown(3).for_each(|i| println!("{i}"));
}
