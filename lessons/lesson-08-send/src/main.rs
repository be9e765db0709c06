//! The slide's program: a countdown that is sent a 10 when it has hardly begun.

use lesson_08::{Fresh, countdown};

fn main() {
    let (first, mut g) = Fresh::new(countdown(1)).start();
    println!("{}", first.expect("a countdown from 1 yields"));
    println!("{}", g.send(10).expect("and so does one from 10"));
    for n in g {
        println!("{n}");
    }
}
